"""What was learnt about a person, or of oneself."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Q

from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.core.states import swap
from touchline.journal.models import record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.people import search
from touchline.people.models import Company, Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member


FILED = ("topic", "slot", "company_id", "dated_on", "yearly")


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a fact is kept: topic and slot by key, the company and the day it is about."""

    topic: str
    slot: str = ""
    company_id: int | None = None
    dated_on: date | None = None
    yearly: bool = False


def columns_of(filing: Filing) -> dict[str, Any]:
    """Return the columns of a filing; no day comes round every year where there is none."""
    columns = {name: getattr(filing, name) for name in FILED}
    return {**columns, "yearly": bool(filing.yearly and filing.dated_on)}


class SaidBy(models.TextChoices):
    THEM = "them", "They said"
    ME = "me", "You noticed"
    OTHERS = "others", "Others said"


class FactQuerySet(ScopedQuerySet["Fact"]):
    def visible_to(self, member: "Member") -> Self:
        """Return what is known of the people who are there, and the member's own facts.

        Own facts are for nobody else: what one says of oneself is told by handing it out.
        """
        return super().visible_to(member).told_to(member)

    def told_to(self, member: "Member") -> Self:
        """Leave out the deleted, and others' own facts; of people and companies seen already."""
        theirs = Q(person__isnull=False, person__deleted_at=None, person__merged_into=None)
        return self.filter(theirs | Q(of_member=member.pk))

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
        Company, null=True, blank=True, on_delete=models.SET_NULL, related_name="facts"
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
        return self.person.get_absolute_url() if self.person else path_to("meetings:me")

    def _find_anew(self) -> None:
        # Own facts are not searched for: the index is the workspace's.
        if self.person_id:
            search.index([self.person_id])

    def confirm(self, by: "Member", *, on: date) -> None:
        """Say that it is still so."""
        self._must_be_current()
        swap(self, "fact", ["replaced_by_id"], confirmed_on=on)
        record(by, "confirm", self, person_id=self.person_id)

    @transaction.atomic
    def correct(
        self,
        by: "Member",
        *,
        text: str,
        on: date,
        one_to_one: OneToOne | None,
        filing: "Filing | None" = None,
        said_by: str = "",
    ) -> "Fact":
        """Put a new fact in its place; the old one stays behind it.

        The new one is filed as the old one was and said by the same, unless ``filing`` says
        where else and ``said_by`` who. Refused where it was corrected already: of two who do
        so at once, one is told.
        """
        self._must_be_current()
        newer: Fact = Fact(
            workspace_id=self.workspace_id,
            person_id=self.person_id,
            of_member_id=self.of_member_id,
            one_to_one=one_to_one,
            author=by,
            text=text,
            said_by=said_by or self.said_by,
            on=on,
            confirmed_on=on,
            **columns_of(filing or self.filing),
        )
        newer.save()
        swap(self, "fact", ["replaced_by_id"], replaced_by_id=newer.pk)
        record(by, "correct", newer, person_id=self.person_id, replaced=self.pk)
        self._find_anew()
        return newer

    @property
    def filing(self) -> "Filing":
        """Where it is kept, and what day it is about."""
        return Filing(self.topic, self.slot, self.company_id, self.dated_on, self.yearly)

    def file(self, by: "Member", filing: "Filing") -> None:
        """Keep the same words in another place, or about another day."""
        self._must_be_current()
        if filing == self.filing:
            return
        swap(self, "fact", ["replaced_by_id", *FILED], **columns_of(filing))
        record(by, "file", self, person_id=self.person_id)

    def delete_by(self, by: "Member") -> None:
        """Take it away; what it replaced is current again."""
        self._must_be_current()
        record(by, "delete", self, person_id=self.person_id)
        self.delete()
        self._find_anew()

    def _must_be_current(self) -> None:
        if self.replaced_by_id:
            raise Refused("This has been corrected already. Look again, and take the newer one.")
