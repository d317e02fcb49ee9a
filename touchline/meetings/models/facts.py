"""What was learnt about a person."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models

from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.journal.models import record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.people import search
from touchline.people.models import Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class SaidBy(models.TextChoices):
    THEM = "them", "They said"
    ME = "me", "You noticed"
    OTHERS = "others", "Others said"


class FactQuerySet(ScopedQuerySet["Fact"]):
    def visible_to(self, member: "Member") -> Self:
        there = super().visible_to(member)
        return there.filter(person__deleted_at=None, person__merged_into=None)

    def current(self) -> Self:
        """Return the facts that no later one replaced."""
        return self.filter(replaced_by=None)


class Fact(Scoped):
    """Something learnt about a person: on a topic, said by whom, where and when."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facts")
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="facts"
    )
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=40)
    text = models.TextField()
    said_by = models.CharField(max_length=6, choices=SaidBy.choices, default=SaidBy.THEM)
    on = models.DateField()
    confirmed_on = models.DateField()
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "-on", "-id"]
        indexes = [models.Index(fields=["person", "topic", "-on"], name="fact_of")]

    def __str__(self) -> str:
        return self.text[:80]

    def confirm(self, by: "Member", *, on: date) -> None:
        """Say that it is still so."""
        self.confirmed_on = on
        self.save(update_fields=["confirmed_on"])
        record(by, "confirm", self, person_id=self.person_id)

    def correct(self, by: "Member", *, text: str, on: date, one_to_one: OneToOne | None) -> "Fact":
        """Put a new fact in its place; the old one stays behind it."""
        if self.replaced_by_id:
            raise Refused("This has been corrected already. Correct the newer one.")
        newer = Fact.objects.create(
            workspace_id=self.workspace_id,
            person_id=self.person_id,
            one_to_one=one_to_one,
            author=by,
            topic=self.topic,
            text=text,
            said_by=self.said_by,
            on=on,
            confirmed_on=on,
        )
        self.replaced_by = newer
        self.save(update_fields=["replaced_by"])
        record(by, "correct", newer, person_id=self.person_id, replaced=self.pk)
        search.index([self.person_id])
        return newer

    def delete_by(self, by: "Member") -> None:
        """Take it away; what it replaced is current again."""
        record(by, "delete", self, person_id=self.person_id)
        self.delete()
        search.index([self.person_id])
