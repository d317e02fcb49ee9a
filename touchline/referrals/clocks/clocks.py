"""What is due on a referral, whose it is to do, and from when on it is late: the clocks. Pure.

How many days each may take is the playbook's (``playbook.clocks``); docs/domain/clocks.md has
the table. Feedback that we owe runs on the same clock as feedback that is owed to us.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from touchline.core.words import day, late_by
from touchline.people import naming
from touchline.playbook.clocks import Clocks
from touchline.referrals.states import (
    DEBRIEFED,
    OUTCOMES,
    UNDER_WAY,
    Direction,
    State,
    thanked_for,
)

# What is due within so many days is worth showing beside what is late.
AHEAD = timedelta(days=7)


class Followed(NamedTuple):
    """A referral as its clocks see it, in the order of ``clock_rows.COLUMNS``.

    ``told`` is the outcome that its debrief speaks of, ``undecided`` whether proposals of it
    are still open; ``taken_up`` the day of the first step taken since it was entered as history.
    """

    key: int
    version: int
    relationship: int
    direction: str
    state: str
    state_on: date
    need: str
    agreed_on: date | None
    introduced_on: date | None
    contacted_on: date | None
    outcome: str
    outcome_on: date | None
    thanked_on: date | None
    feedback_on: date | None
    material: str
    material_on: date | None
    checked_on: date | None
    is_history: bool
    one_to_one: int | None
    value_minor: int | None
    currency: str
    prospect_answer: str
    partner: str
    partner_given: str
    person: str | None
    person_given: str | None
    silent: bool | None
    company: str | None
    told: str | None
    undecided: bool
    taken_up: date | None

    @property
    def given(self) -> bool:
        return self.direction == Direction.GIVEN

    @property
    def first(self) -> str:
        """The partner's name to speak of them by."""
        return naming.first(self.partner, self.partner_given)

    @property
    def prospect(self) -> str:
        """Who is introduced, by name: *Tom Hart, Hart Foods*."""
        return ", ".join(filter(None, (self.person, self.company))) or "Somebody"

    @property
    def spoken(self) -> str:
        """Who is introduced, in a sentence: *Tom Hart*, or the company."""
        return self.person or self.company or "the prospect"

    @property
    def called(self) -> str:
        """Who is introduced, as one speaks to them: *Tom*, or the company."""
        if self.person:
            return naming.first(self.person, self.person_given or "")
        return self.company or "the prospect"

    @property
    def may_be_named(self) -> bool:
        """Say whether the partner may know who it is, as ``Referral.may_be_named`` does."""
        agreed = self.prospect_answer == "yes"
        return not self.given or agreed or (self.is_history and self.introduced_on is not None)

    @property
    def waits(self) -> bool:
        """Say whether its outcome waits for a debrief, or for a word on what that proposed."""
        return (
            self.outcome in DEBRIEFED
            and not self.is_history
            and (self.told != self.outcome or self.undecided)
        )


@dataclass(frozen=True, slots=True)
class Clock:
    """One thing that is due, from ``since`` on counted, with the step that does it.

    ``mine`` says whose it is to do. ``step`` is a key of ``stepping``, empty for a debrief, which
    has a page of its own; ``text`` says it in a sentence without its stop.
    """

    kind: str
    of: Followed
    mine: bool
    since: date
    due_on: date
    step: str
    text: str

    @property
    def verb(self) -> str:
        """What the button says once it is done."""
        if self.kind == "feedback":
            return "Told" if self.mine else "Heard"
        return VERBS[self.kind]

    def is_late(self, today: date) -> bool:
        """Say whether its day has gone by."""
        return self.due_on < today

    def when(self, today: date) -> str:
        """Say when it is due: *tomorrow*, *9 days over*."""
        over = (today - self.due_on).days
        return f"{late_by(over)} over" if over > 0 else day(self.due_on, today)


VERBS = {
    "introduce": "Introduced",
    "contact": "Contacted",
    "material": "Sent",
    "checked": "Asked",
    "thanks": "Thanked",
    "debrief": "Debrief",
}
# Nothing of it has to be said any more to whoever gave it.
_OVER = (State.LOST, State.NO_ANSWER, State.DUD)


def clocks(of: Followed, days: Clocks, today: date) -> tuple[Clock, ...]:
    """Return what is due on a referral, in the order of practice, however far ahead.

    Thanks close a referral: of one that is thanked only the debrief still waits. One entered as
    history is never late for what was before: of it counts what falls due from today on, and
    what starts with a step taken since it was entered.
    """
    found: Iterable[Clock] = (*_before(of, days), *_under_way(of, days), *_after(of, days))
    if of.is_history:
        found = (
            one
            for one in found
            if one.due_on >= today or (of.taken_up is not None and one.since >= of.taken_up)
        )
    return tuple(found)


def due(
    rows: Iterable[Followed], days: Clocks, today: date, ahead: timedelta = AHEAD
) -> tuple[Clock, ...]:
    """Return what is late, or due within ``ahead``: mine first, the longest due first."""
    found = [one for row in rows for one in clocks(row, days, today) if one.due_on <= today + ahead]
    return tuple(sorted(found, key=lambda one: (not one.mine, one.due_on, one.of.key)))


def _clock(
    kind: str, of: Followed, since: date, within: int, step: str, text: str, *, mine: bool
) -> Clock:
    return Clock(kind, of, mine, since, since + timedelta(days=within), step, text)


def _before(of: Followed, days: Clocks) -> Iterator[Clock]:
    if of.state != State.AGREED or of.agreed_on is None or of.silent:
        return
    if of.given:
        text, step = f"Introduce {of.first} and {of.spoken}", "introduce"
    else:
        text, step = f"{of.first} is to introduce you to {of.spoken}", "receive"
    yield _clock("introduce", of, of.agreed_on, days.introduce, step, text, mine=of.given)


def _under_way(of: Followed, days: Clocks) -> Iterator[Clock]:
    start, who = of.introduced_on, of.spoken
    if start is None or of.state not in UNDER_WAY:
        return
    if of.state == State.INTRODUCED and not of.silent:
        said = f"{of.first} is to contact {who}" if of.given else f"Contact {who}"
        yield _clock("contact", of, start, days.contact, "contact", said, mine=not of.given)
    if of.material and of.material_on is None and not of.silent:
        sends = f"{of.first} is to send" if of.given else "Send"
        said = f"{sends} {who} what was promised: {of.material.rstrip('.')}"
        yield _clock("material", of, start, days.material, "tell:material", said, mine=not of.given)
    if of.given and of.checked_on is None:
        both = of.first if of.silent else f"{of.first} and {who}"
        said = f"Ask {both} how it goes"
        yield _clock("checked", of, start, days.checked, "tell:checked", said, mine=True)


def _after(of: Followed, days: Clocks) -> Iterator[Clock]:
    if of.introduced_on is None:
        return
    if of.state != State.THANKED:
        yield from _thanks(of, days)
        yield from _feedback(of, days)
    if of.waits and of.outcome_on:
        said = (
            f"Decide on what {of.spoken} taught"
            if of.told == of.outcome
            else f"Say what {of.spoken} taught: it was {_ENDED[State(of.outcome)]}"
        )
        yield _clock("debrief", of, of.outcome_on, days.debrief, "", said, mine=True)


_ENDED = {State.WON: "won", State.LOST: "lost", State.DUD: "a dud"}


def _thanks(of: Followed, days: Clocks) -> Iterator[Clock]:
    """Thanks come first, and once more where business came of it, which closes it.

    Nobody is chased for thanks before there is something to thank for.
    """
    if thanked_for(of.state, of.thanked_on, of.outcome_on):
        return
    won = of.state == State.WON and of.outcome_on
    if of.given:
        if won:
            said = f"{of.first} is to thank you: it became business with {of.spoken}"
            yield _clock("thanks", of, won, days.thanks, "thank", said, mine=False)
        return
    since = of.introduced_on if of.thanked_on is None else won
    if not since:
        return
    said = f"Thank {of.first} for introducing {of.spoken}"
    if won:
        said = f"Thank {of.first}: it became business with {of.spoken}"
    elif of.state in _OVER:
        said = f"Thank {of.first} for {of.spoken} all the same"
    yield _clock("thanks", of, since, days.thanks, "thank", said, mine=True)


def _feedback(of: Followed, days: Clocks) -> Iterator[Clock]:
    if of.state in OUTCOMES and of.outcome_on:
        # That it is not yet is no news once something was heard.
        newest = of.introduced_on if of.state == State.NOT_YET else of.outcome_on
        if of.feedback_on and newest and of.feedback_on >= newest:
            return
        since, within, how = of.outcome_on, days.feedback, "how it went with"
    elif of.introduced_on and of.feedback_on is None:
        since, within, how = of.introduced_on, days.silence, "how it goes with"
    else:
        return
    whose = f"{of.first} is to tell you" if of.given else f"Tell {of.first}"
    said = f"{whose} {how} {of.spoken}"
    yield _clock("feedback", of, since, within, "tell:feedback", said, mine=not of.given)
