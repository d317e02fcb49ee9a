"""Pairs of people who are likely one, and the keys at which people meet."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q

from touchline.core.scoping import Scoped, ScopedQuerySet
from touchline.core.states import Transitions
from touchline.journal.models import record

if TYPE_CHECKING:
    from typing import Self

    from touchline.accounts.models import Member


class DoubleState(models.TextChoices):
    OPEN = "open", "Open"
    SET_APART = "set_apart", "Not the same"


STATES = Transitions(
    "pair",
    {
        "set_apart": {DoubleState.OPEN: DoubleState.SET_APART},
        "ask_again": {DoubleState.SET_APART: DoubleState.OPEN},
    },
    says=lambda verb, state: (
        "Somebody has said already that these two are not the same."
        if verb == "set_apart"
        else "These two are among the likely doubles already."
    ),
)


class DoubleQuerySet(ScopedQuerySet["Double"]):
    """Pairs, as they are shown."""

    def visible_to(self, member: "Member") -> "Self":
        """Return the workspace's pairs of whom nobody is deleted, or merged into another."""
        there = {
            f"{which}__{column}": None
            for which in ("one", "other")
            for column in ("deleted_at", "merged_into")
        }
        return super().visible_to(member).filter(**there)

    def open(self) -> "Self":
        """Those nobody has decided about."""
        return self.filter(state=DoubleState.OPEN)

    def set_apart(self) -> "Self":
        """Those said to be two people."""
        return self.filter(state=DoubleState.SET_APART)

    def certain_first(self) -> "Self":
        """The order in which they are shown."""
        return self.order_by("-certainty", "id")


class Double(Scoped):
    """Two people who are likely one: docs/domain/doubles.md. ``one`` is the lower key.

    Found anew after each change while it is open. Once somebody has said that the two are not
    the same, it stays as it is, whatever is found.
    """

    one = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    # From 0.5 to 1.
    certainty = models.FloatField()
    # What speaks for it, in words, the weightiest first.
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DoubleState.choices, default=DoubleState.OPEN)

    objects: ClassVar[Any] = DoubleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="double_once"),
            models.CheckConstraint(name="double_in_order", condition=Q(one__lt=F("other"))),
        ]
        indexes = [
            # The page, and the line on the list of people that says whether there are any.
            models.Index(fields=["workspace", "state", "-certainty", "id"], name="double_page"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

    def set_apart_by(self, member: "Member") -> None:
        """Remember that these two are not the same person; they are not proposed again."""
        STATES.take(self, "set_apart")
        record(member, "set_apart", self, person_id=self.one_id, other_id=self.other_id)

    def ask_again_by(self, member: "Member") -> None:
        """Take that back: the two are proposed again."""
        STATES.take(self, "ask_again")
        record(member, "ask_again", self, person_id=self.one_id, other_id=self.other_id)


class KeyRing(Scoped):
    """All the keys of one person: ``meeting.keys``, four bytes each."""

    person = models.OneToOneField(
        "people.Person",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
    )
    workspace = models.ForeignKey(
        "accounts.Workspace",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    keys = models.BinaryField()

    def __str__(self) -> str:
        return f"the keys of {self.person_id}"


class KeyRack(Scoped):
    """Who is at which key, of all keys of one workspace that end alike: ``ringing.SLOTS``.

    There are hundreds of thousands of keys, and a row for each would take most of the time of
    looking for doubles. Eight bytes each: the key, then the person. A person who has gone
    for good would meet nobody.
    """

    pk = models.CompositePrimaryKey("workspace_id", "slot")
    workspace = models.ForeignKey(
        "accounts.Workspace",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    slot = models.PositiveIntegerField()
    there = models.BinaryField()

    def __str__(self) -> str:
        return f"slot {self.slot} of {self.workspace_id}"
