"""How far one-to-ones and calls have come, on the relationship itself."""

from django.db import models


class SoFar(models.Model):
    """What Today asks of every relationship, so that it need not go through all the meetings.

    Stored by ``touchline.meetings.models.so_far.keep`` alone, whenever a one-to-one or a call
    changes; always what their rows say. Those before the software are not in it.
    """

    took_place = models.PositiveIntegerField(default=0, editable=False)
    last_at = models.DateTimeField(null=True, editable=False)
    next_at = models.DateTimeField(null=True, editable=False)
    under_way = models.BooleanField(default=False, editable=False)
    to_close_out = models.BooleanField(default=False, editable=False)
    # Whether any was said not to have gone well: asked of a first one, which is the only one.
    went_badly = models.BooleanField(default=False, editable=False)
    last_call_on = models.DateField(null=True, editable=False)
    call_again_on = models.DateField(null=True, editable=False)

    class Meta:
        abstract = True
