"""The decision on a relationship (M6) as it is shown before: each answer with its effects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from touchline.core.prepared import KEY, Prepared
from touchline.core.words import capital, clock, every, full_day, listed, number, span
from touchline.meetings.basis import Basis, basis_of
from touchline.meetings.deciding import Effect, Effects, commitments, effects, last_of
from touchline.meetings.evidence import Evidence, Meeting, Promise, weigh
from touchline.meetings.models import Action, Call, Choice, OneToOne
from touchline.relationships import load, ruler
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# In effect a pause or an end empties the diary; more than this many are counted, not named.
NAMED = 2


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what it is called, and in sentences what it would change.

    ``load_sentence`` has rhythm and weekly load, ``planned_sentence`` what becomes of planned
    one-to-ones ("" where nothing does), ``relief_sentence`` how far over the budget it goes
    and what would make room ("" where it fits).
    """

    choice: str
    label: str
    load_sentence: str
    planned_sentence: str
    relief_sentence: str
    load: load.Change


@dataclass(frozen=True, slots=True)
class Deliberation:
    """The question as asked: the options, and the evidence beside it."""

    name: str
    since: date
    options: tuple[Option, ...]
    evidence: Evidence


MEETINGS = Prepared(
    lambda at: (
        OneToOne.objects.filter(relationship=at.relationship)
        .only(
            "relationship", "kind", "state", "starts_at", "length_minutes", "travel_minutes",
            "place", "covered_topics", "times_moved", "missed_by", "asked_by", "began_at",
            "ended_at",
        )
        .order_by("starts_at", "pk")
    ),
    relationship=KEY,
)  # fmt: skip
PROMISES = Prepared(
    lambda at: (
        Action.objects.filter(relationship=at.relationship)
        .order_by("due_on", "pk")
        .values_list(
            "pk", "one_to_one_id", "whose", "text", "state", "due_on", "agreed", named=True
        )
    ),
    relationship=KEY,
)
_CALLS = Prepared(
    lambda at: Call.objects.filter(relationship=at.relationship).values_list("minutes", flat=True),
    relationship=KEY,
)


def deliberate(
    relationship: Relationship,
    by: "Member",
    *,
    today: date,
    basis: Basis | None = None,
    last: date | None = None,
    meetings: Sequence[OneToOne] | None = None,
    promises: Sequence[Any] | None = None,
    everything: Sequence[load.Commitment] | None = None,
    calls: Sequence[int] | None = None,
) -> Deliberation:
    """Load what the decision rests on and work out what each answer would change.

    Five queries: planned and past one-to-ones, promises, calls, the main contact's
    commitments; ``relationship`` has ``person`` and ``main_contact`` selected. ``basis`` is
    what the answers start from where that is not what holds now. ``last`` is
    the day last met where the caller counts one that is just being closed out. What the caller
    has already need not be fetched again: the rows of ``MEETINGS`` and ``PROMISES``, the main
    contact's commitments (``everything``), and the minutes of its ``calls``.
    """
    if calls is None:
        calls = _CALLS(relationship=relationship.pk)
    if meetings is None:
        meetings = MEETINGS(relationship=relationship.pk)
    if promises is None:
        promises = PROMISES(relationship=relationship.pk)
    evidence = weigh(
        [
            Meeting(
                one.state,
                one.times_moved,
                one.missed_by,
                one.asked_by,
                one.minutes_spent + 2 * one.travel_minutes,
            )
            for one in meetings
        ],
        [Promise(one.whose == "mine", one.state, one.due_on, one.agreed) for one in promises],
        calls=len(calls),
        call_minutes=sum(calls),
        held_before=relationship.held_before,
        today=today,
    )
    if everything is None:
        everything = commitments(relationship.main_contact)
    basis = basis or basis_of(relationship)
    planned = [one for one in meetings if one.state == "planned"]
    took_place = [one.starts_at for one in meetings if one.took_place]
    since = last or last_of(relationship, took_place) or relationship.begun_on
    options = tuple(
        _option(
            effects(
                relationship,
                choice,
                basis=basis,
                today=today,
                last=since,
                planned=planned,
                everything=everything,
            ),
            relationship,
            by,
            everything,
            today,
        )
        for choice in Choice
    )
    return Deliberation(relationship.person.first, relationship.begun_on, options, evidence)


def _option(
    found: Effects,
    relationship: Relationship,
    by: "Member",
    everything: Sequence[load.Commitment],
    today: date,
) -> Option:
    whose = whose_budget(relationship, by)
    change = found.load
    over = ruler.over(change)
    relief = ""
    if over and change.after > change.before:
        ways = load.relief(everything, change.over, sparing=[relationship.pk])
        relief = f"{over}. {ruler.room(ways, change.over)}".strip()
    weekly = f"{span(change.after)} of {whose} {span(change.budget)} a week"
    if found.choice in (Choice.PAUSE, Choice.END):
        lead = (
            "Comes back to Today on that day"
            if found.choice == Choice.PAUSE
            else "With a reason, and kept in the history"
        )
    else:
        days = found.meetings.ideal_days
        lead = capital(every(days)) + (", as now" if days == relationship.meeting_days else "")
    return Option(
        found.choice,
        Choice(found.choice).label,
        f"{lead}: {weekly}",
        planned_words(found.choice, found.planned, today),
        relief,
        change,
    )


def whose_budget(relationship: Relationship, by: "Member") -> str:
    """Say whose week a relationship takes from: *your*, or *Alice’s*."""
    if relationship.main_contact_id == by.pk:
        return "your"
    return f"{relationship.main_contact.user.first_name}’s"


def planned_words(choice: str, planned: Sequence[Effect], today: date) -> str:
    """Say what a choice does to planned one-to-ones; "" where it leaves them.

    A pause whose day is not known yet says what it would cancel before that day.
    """
    if not planned:
        return ""
    moved = [each for each in planned if each.after is not None]
    if moved and (after := moved[0].after) is not None:
        return (
            f"{full_day(moved[0].before.date(), today)} moves to "
            f"{full_day(after.date(), today)}, {clock(after)}."
        )
    days = [full_day(each.before.date(), today) for each in planned]
    what = listed(days) if len(days) <= NAMED else f"{number(len(days))} one-to-ones ahead"
    verb = "is" if len(days) == 1 else "are"
    if choice == Choice.PAUSE:
        return f"{capital(what)} {verb} cancelled where before that day."
    return f"{capital(what)} {verb} cancelled."
