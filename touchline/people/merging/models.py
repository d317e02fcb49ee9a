"""What is remembered of two people who were made one, so that they can be parted again."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from touchline.core.scoping import Scoped


class Merge(Scoped):
    """One person who answers for another as well; gone once the two are parted.

    Rows are kept by the relation they hang by, such as *meetings.Fact.person*, with their
    keys. Written and read by ``merging`` alone.
    """

    kept = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="merges")
    other = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="merge")
    member = models.ForeignKey(
        "accounts.Member", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    # Whose rows went over: a list of [model, key they hang on now, key they go back to].
    homes = models.JSONField(default=list)
    # Rows by relation: that came from the other one, that stood at the kept one already, and
    # that stayed behind because the kept one has their like.
    came = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    stood = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    stayed = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    # What was written over: a list of [model, key, {field: [before, after]}].
    changes = models.JSONField(default=list, encoder=DjangoJSONEncoder)

    class Meta:
        indexes = [
            # Those who were merged into one, the latest first.
            models.Index(fields=["kept", "-id"], name="merge_of"),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} in {self.kept_id}"
