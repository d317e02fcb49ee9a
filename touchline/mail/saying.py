"""Days, times and places as a message says them: whole, and in whose time."""

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from touchline.core.markdown import plain
from touchline.core.words import clock, full_day
from touchline.mail.templatetags.letters import indented
from touchline.meetings.models import Action, ActionState, Note, OneToOne, Side
from touchline.referrals.passing.naming import tells, unnamed
from touchline.referrals.passing.telling import Told as Names
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class When:
    """A one-to-one as its partner is told of it: *Thursday 10 December 2026*, *10:00 to 11:00*."""

    day: str
    hours: str
    zone: str
    place: str
    video_url: str


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as both hear of it: the text, and its day or that it is done."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Material:
    """What of a one-to-one may be told, as it was loaded already."""

    notes: tuple[Note, ...]
    promises: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What of one one-to-one stands in a message to the partner."""

    day: str
    notes: tuple[str, ...]
    mine: tuple[Promised, ...]
    theirs: tuple[Promised, ...]

    @property
    def anything(self) -> bool:
        return bool(self.notes or self.mine or self.theirs)


class Unnamed:
    """Whom a message to one partner must not name, and what is left out of it for that.

    Each prospect who has not agreed to be named to them (M10). ``left_out`` says a sentence
    for each line that went.
    """

    def __init__(self, relationship: Relationship) -> None:
        self._partner = relationship.person.first
        self._names: tuple[Names, ...] = unnamed(relationship)
        self.left_out: list[str] = []

    def _lets(self, text: str, what: str) -> bool:
        who = tells(text, self._names) if self._names else ""
        if who:
            self.left_out.append(
                f"{what} is left out: it tells {self._partner} of {who}, who has not agreed to "
                "that."
            )
        return not who

    def among(self, texts: Iterable[str], what: str) -> tuple[str, ...]:
        """Return those texts that name none of them."""
        return tuple(text for text in texts if self._lets(text, what))

    def promises(self, actions: Iterable[Action]) -> tuple[Action, ...]:
        """Return those promises that name none of them."""
        return tuple(each for each in actions if self._lets(each.text, "A promise"))

    def line(self, text: str) -> str:
        """Return what the member typed without the lines that name one of them."""
        return "\n".join(self.among(text.split("\n"), "A line of yours")).strip()

    def where(self, one: OneToOne) -> OneToOne:
        """Return a one-to-one as it may be spoken of: without a place that names one of them."""
        where = {"place": one.place, "video_url": one.video_url}
        if all(self._lets(text, "The place") for text in where.values()):
            return one
        spoken = copy(one)
        spoken.place = spoken.video_url = ""
        return spoken


def on_day(one: OneToOne, by: "Member") -> str:
    """Say the day of a one-to-one in full, the year with it: *Thursday 10 December 2026*."""
    return full_day(one.starts_at.astimezone(by.zone).date())


def when(one: OneToOne, by: "Member") -> When:
    """Say when and where it is, in the member's time, which is named: they may be elsewhere."""
    starts, ends = one.starts_at.astimezone(by.zone), one.ends_at.astimezone(by.zone)
    city = by.time_zone.rpartition("/")[2].replace("_", " ")
    return When(
        day=full_day(starts.date()),
        hours=f"{clock(starts)} to {clock(ends)}",
        zone="" if city == "UTC" else f"{city} time",
        place=one.place,
        video_url=one.video_url,
    )


def notes_to_share(one: OneToOne, by: "Member") -> list[Note]:
    """Return the notes of a one-to-one that may be shared: never a private one, mine included."""
    notes = Note.objects.visible_to(by).filter(one_to_one=one, private=False)
    return list(notes.select_related("relationship"))


def promises_of(one: OneToOne, by: "Member") -> list[Action]:
    """Return the promises made in a one-to-one, but those let go."""
    made = Action.objects.visible_to(by).filter(one_to_one=one)
    return list(made.exclude(state=ActionState.DROPPED))


def told_of(
    one: OneToOne,
    by: "Member",
    names: Unnamed,
    without: Collection[int] = (),
    loaded: Material | None = None,
) -> Told:
    """Return what a message says of a one-to-one: what is marked shared, and the promises.

    ``without`` are the ids of promises left out; what names one of ``names`` is left out as
    well, and they say so. Nothing else of it ever stands in a message:
    no other note, fact, expectation or decision. ``loaded`` spares two queries.
    """
    loaded = loaded or material_of(one, by)
    promises = names.promises(each for each in loaded.promises if each.pk not in without)
    notes = [note.text for note in loaded.notes if note.shared]
    return Told(
        day=on_day(one, by),
        notes=names.among(notes, "A note"),
        mine=tuple(_promised(each) for each in promises if each.whose == Side.MINE),
        theirs=tuple(_promised(each) for each in promises if each.whose == Side.THEIRS),
    )


def material_of(one: OneToOne, by: "Member") -> Material:
    """Load what of a one-to-one may be told."""
    return Material(tuple(notes_to_share(one, by)), tuple(promises_of(one, by)))


def private_by_now(relationship: Relationship, text: str) -> bool:
    """Say whether a message holds, as it was written, a note that is private by now."""
    notes = Note.objects.filter(relationship=relationship, private=True)
    texts = notes.values_list("text", flat=True)
    return any(f"\n- {indented(plain(each))}\n" in text for each in texts)


def _promised(action: Action) -> Promised:
    done = action.state != ActionState.OPEN
    return Promised(action.text, "done" if done else f"by {full_day(action.due_on)}")
