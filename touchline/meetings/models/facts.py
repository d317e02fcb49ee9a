"""What was learnt about a person, or of oneself."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.journal.models import record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.people import search
from touchline.people.models import Company, Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class SaidBy(models.TextChoices):
    THEM = "them", "They said"
    ME = "me", "You noticed"
    OTHERS = "others", "Others said"


class FactQuerySet(ScopedQuerySet["Fact"]):
    def visible_to(self, member: "Member") -> Self:
        """Return what is known of the people who are there, and the member's own facts.

        Own facts are for nobody else: what one says of oneself is told by handing it out.
        """
        there = super().visible_to(member)
        theirs = Q(person__isnull=False, person__deleted_at=None, person__merged_into=None)
        return there.filter(theirs | Q(of_member=member.pk))

    def current(self) -> Self:
        """Return the facts that no later one replaced."""
        return self.filter(replaced_by=None)


class Fact(Scoped):
    """Something learnt about a person: on a topic, said by whom, where and when.

    ``slot`` is what it answers within the topic, by a key of the playbook (*children*, not
    just *family*); empty where nobody said. ``company`` is the company that it is about as
    well: *history with them*. One's own facts have ``of_member`` in place of ``person``.
    """

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="facts"
    )
    of_member = models.ForeignKey(
        "accounts.Member",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="own_facts",
    )
    company = models.ForeignKey(
        Company, null=True, blank=True, on_delete=models.CASCADE, related_name="facts"
    )
    one_to_one = models.ForeignKey(
        OneToOne, null=True, blank=True, on_delete=models.SET_NULL, related_name="facts"
    )
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=40)
    slot = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    said_by = models.CharField(max_length=6, choices=SaidBy.choices, default=SaidBy.THEM)
    on = models.DateField()
    confirmed_on = models.DateField()
    # The day that it is about: a birthday (each year anew), an exam, a contract's end.
    dated_on = models.DateField(null=True, blank=True)
    yearly = models.BooleanField(default=False)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )

    objects: ClassVar[Any] = FactQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "-on", "-id"]
        indexes = [
            models.Index(fields=["person", "topic", "-on"], name="fact_of"),
            # Today: the days that come up.
            models.Index(
                fields=["workspace", "dated_on"],
                name="fact_dated",
                condition=Q(dated_on__isnull=False, replaced_by=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="fact_of_somebody",
                condition=Q(person__isnull=False, of_member=None)
                | Q(person=None, of_member__isnull=False),
            ),
            models.CheckConstraint(
                name="fact_yearly_has_a_day",
                condition=Q(yearly=False) | Q(dated_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        """Return the page it stands on: its person's, or one's own."""
        return self.person.get_absolute_url() if self.person else path_to("today")

    def _find_anew(self) -> None:
        # Own facts are not searched for: the index is the workspace's.
        if self.person_id:
            search.index([self.person_id])

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
        self._find_anew()
        return newer

    def delete_by(self, by: "Member") -> None:
        """Take it away; what it replaced is current again."""
        record(by, "delete", self, person_id=self.person_id)
        self.delete()
        self._find_anew()
