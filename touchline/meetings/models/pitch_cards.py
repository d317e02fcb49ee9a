"""How to speak of a partner to somebody who may need them (M16)."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.core.scoping import Scoped
from touchline.core.states import Transitions
from touchline.journal.models import record
from touchline.meetings.models.one_to_ones import OneToOne
from touchline.meetings.models.scoping import OfARelationship
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# The parts of a card in its order, and how many letters each may have: one page holds them all.
PARTS = {
    "sentence": 300,
    "story": 1200,
    "listen_for": 700,
    "ask_first": 700,
    "not_to_send": 500,
    "introduce": 500,
}


class CardState(models.TextChoices):
    DRAFT = "draft", "Not heard yet"
    HEARD = "heard", "Heard"
    APPROVED = "approved", "Approved"


def _says(verb: str, state: str) -> str:
    if verb == "hear":
        return f"They have {state} this card already. Change a word and they can hear it anew."
    return "They have approved this card already."


CARD_STATES = Transitions(
    "pitch card",
    {
        # Whatever is changed, nobody has heard yet.
        "write": dict.fromkeys(CardState, CardState.DRAFT),
        "hear": {CardState.DRAFT: CardState.HEARD},
        "approve": {CardState.DRAFT: CardState.APPROVED, CardState.HEARD: CardState.APPROVED},
    },
    held_in=["heard_on", "approved_on"],
    says=_says,
)


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

    def get_absolute_url(self) -> str:
        return path_to("meetings:pitch_card", self.relationship_id)

    @property
    def state(self) -> str:
        """A draft until they have heard it; then until they have approved it."""
        if self.approved_on:
            return CardState.APPROVED
        return CardState.HEARD if self.heard_on else CardState.DRAFT

    @property
    def words(self) -> dict[str, str]:
        """What the card says, by part."""
        return {part: getattr(self, part) for part in PARTS}

    @property
    def edition(self) -> str:
        """Tell these words from any others: what somebody saw who now says they are right."""
        whole = "\x00".join(self.words.values())
        return hashlib.sha256(whole.encode()).hexdigest()[:16]

    def _unless_changed(self, seen: str) -> None:
        if seen != self.edition:
            raise Refused("Somebody else has just changed this pitch card. Look again.")

    def write(self, by: "Member", *, seen: str, **words: str) -> None:
        """Change what it says, and take away that it was heard and approved.

        ``seen`` is the ``edition`` that the writer had before them; ``words`` are parts by name.
        The same words again change nothing. Raises Refused where a part is too long or another
        was quicker.
        """
        self._unless_changed(seen)
        words = {part: text.strip() for part, text in words.items()}
        for part, text in words.items():
            if len(text) > PARTS[part]:
                raise Refused(
                    f"A pitch card is one page: {part.replace('_', ' ')} has at most "
                    f"{PARTS[part]:,} letters."
                )
        changed = sorted(part for part, text in words.items() if text != getattr(self, part))
        if not changed:
            return
        if self._state.adding:
            self._begin(words)
        else:
            CARD_STATES.take(
                self,
                "write",
                still=[*PARTS],
                heard_on=None,
                approved_on=None,
                heard_in=None,
                **{part: words[part] for part in changed},
            )
        record(by, "write", self, person_id=self.relationship.person_id, parts=changed)

    def _begin(self, words: dict[str, str]) -> None:
        row, first = PitchCard.objects.get_or_create(
            relationship=self.relationship,
            defaults={"workspace_id": self.workspace_id, **words},
        )
        if not first:
            raise Refused("Somebody else has just begun this pitch card. Look again.")
        self.pk, self._state.adding = row.pk, False
        for part, text in words.items():
            setattr(self, part, text)

    def take_over(self, by: "Member", part: str, text: str, *, seen: str) -> None:
        """Add to a part what is known already, in a line of its own."""
        before = getattr(self, part)
        if text.strip() in before.split("\n"):
            return
        self.write(by, seen=seen, **{part: f"{before}\n{text.strip()}" if before else text})

    def hear(
        self, by: "Member", *, seen: str, on: date, today: date, one_to_one: OneToOne | None = None
    ) -> None:
        """Say that they heard these words from us on a day."""
        self._take("hear", by, seen, on, today, heard_on=on, heard_in=one_to_one)

    def approve(self, by: "Member", *, seen: str, on: date, today: date) -> None:
        """Say that they approved these words on a day; who approves has heard them."""
        if self.heard_on and on < self.heard_on:
            raise Refused("They can’t have approved it before they heard it. Check the day.")
        self._take("approve", by, seen, on, today, heard_on=self.heard_on or on, approved_on=on)

    def _take(
        self, verb: str, by: "Member", seen: str, on: date, today: date, **values: Any
    ) -> None:
        if not self.sentence:
            raise Refused("There is nothing to try out yet. Write the sentence first.")
        if on > today:
            raise Refused("That day is still to come. Give the day that it was.")
        self._unless_changed(seen)
        CARD_STATES.take(self, verb, still=[*PARTS], **values)
        record(by, verb, self, person_id=self.relationship.person_id, on=on.isoformat())
