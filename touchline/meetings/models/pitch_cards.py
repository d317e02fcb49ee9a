"""How to speak of a partner to somebody who may need them (M16)."""

from typing import Any, ClassVar

from django.db import models

from touchline.core.scoping import Scoped
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship
from touchline.relationships.models import Relationship


class PitchCard(Scoped):
    """The pitch card of one relationship, on one page.

    ``heard_on`` is the day that they heard it from us, ``approved_on`` the day that they said
    it is right; both are of the words as they stand, and an edit takes them away.
    """

    relationship = models.OneToOneField(
        Relationship, on_delete=models.CASCADE, related_name="pitch_card"
    )
    sentence = models.CharField(max_length=300, blank=True)
    story = models.TextField(blank=True)
    listen_for = models.TextField(blank=True)
    ask_first = models.TextField(blank=True)
    not_to_send = models.TextField(blank=True)
    introduce = models.TextField(blank=True)
    heard_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    heard_in = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects: ClassVar[Any] = OfARelationship.as_manager()

    def __str__(self) -> str:
        return f"Pitch card of {self.relationship}"
