"""What now: everything that presses, in order. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from touchline.core.words import capital, clock, count, day, late_by, mid_sentence, ordinal, span
from touchline.meetings.knowing.days import Occasion
from touchline.meetings.situation import (
    asks_for_second,
    call_standing,
    meeting_standing,
    situation,
)
from touchline.referrals.clocks.words import Due as ReferralDue
from touchline.sheets.arrivals.telling import Told
from touchline.today.days import days_of
from touchline.today.shapes import (
    TO_BOOK,
    Due,
    Meeting,
    Now,
    Owed,
    PromiseDue,
    Slot,
    Someone,
    Today,
    Waiting,
)

AHEAD = timedelta(days=7)
PREPARE_WITHIN = timedelta(days=3)


def arrange(
    people: Iterable[Someone],
    meetings: Iterable[Meeting],
    owed: Iterable[Owed],
    now: datetime,
    occasions: Iterable[tuple[int | None, Occasion]] = (),
    referrals: Iterable[ReferralDue] = (),
    *,
    arrivals: Iterable[Told] = (),
    stale: bool = False,
) -> Today:
    """Arrange the day of one member at ``now`` (in the member's zone).

    Guarantees: what is on today stands in its order with the way there; every one-to-one
    whose time has gone by waits to be said what became of it, every held one of an earlier
    day to be closed out (those of today stand in the day); every due or late relationship
    with nothing planned is there once, ordered by (elapsed - ideal) / ideal (M7); every
    promise overdue or due within a week is there. Birthdays and other days of people (each
    occasion with its person's key, None for one's own) are there from a week before until
    the day itself, each once, the nearest first. What is late on referrals or due within a
    week is there as given, in its order: mine first, and the longest due first (M18). So is
    what arrived from partners, and whether one's own sheet is to be looked through (M11).
    """
    known = {someone.key: someone for someone in people}
    today = now.date()
    found = sorted(
        (one for one in meetings if one.relationship in known), key=lambda one: one.starts_at
    )
    promises = sorted(
        (one for one in owed if one.relationship in known and one.due_on <= today + AHEAD),
        key=lambda one: (one.due_on, one.key),
    )
    day_slots = _day(found, known, now)
    waiting = _waiting(found, known, now)
    due = _due(known, today)
    return Today(
        now=_now(found, known, waiting, due, promises, now),
        day=day_slots,
        # What was held today stands in the day, with its close-out beside it.
        waiting=tuple(
            each
            for each in waiting
            if not (
                each.kind == "close_out"
                and each.meeting is not None
                and each.meeting.starts_at.date() == today
            )
        ),
        mine=tuple(PromiseDue(one, known[one.relationship], today) for one in promises if one.mine),
        theirs=tuple(
            PromiseDue(one, known[one.relationship], today) for one in promises if not one.mine
        ),
        due=due,
        calls=_calls(known, today),
        days=days_of(known, occasions, today),
        programme=len(known),
        referrals=tuple(referrals),
        arrivals=tuple(arrivals),
        stale=stale,
    )


def nth(who: Someone) -> str:
    """Say which one-to-one the next one is."""
    return capital(f"{ordinal(who.course.took_place + 1)} one-to-one")


def _where(one: Meeting) -> str:
    return one.place or ("By video" if one.video_url else "")


def _day(found: list[Meeting], known: dict[int, Someone], now: datetime) -> tuple[Slot, ...]:
    slots = []
    for one in found:
        if one.starts_at.date() != now.date():
            continue
        who = known[one.relationship]
        ahead = one.state == "planned" and one.starts_at > now
        if ahead and one.travel_minutes:
            leave = one.starts_at - timedelta(minutes=one.travel_minutes)
            slots.append(
                Slot(
                    leave,
                    f"Leave for {_where(one) or who.name}, {span(one.travel_minutes)}",
                    past=leave < now,
                )
            )
        note = ". ".join(part for part in (_where(one), nth(who)) if part) + "."
        if one.state == "held":
            note = "Held, and nothing decided yet."
        elif one.state == "closed_out":
            note = "Closed out."
        elif one.state == "under_way":
            note = "Under way."
        slots.append(
            Slot(
                one.starts_at,
                who.name,
                one,
                who,
                note,
                past=one.ends_at < now and one.state != "under_way",
                now=one.state == "under_way"
                or (ahead and one.starts_at - now < timedelta(hours=1)),
            )
        )
    return tuple(sorted(slots, key=lambda slot: slot.at))


def _waiting(found: list[Meeting], known: dict[int, Someone], now: datetime) -> tuple[Waiting, ...]:
    today = now.date()
    waiting: list[tuple[int, Waiting]] = []
    for one in found:
        who, on = known[one.relationship], one.starts_at.date()
        if one.state == "held":
            waiting.append(
                (
                    0,
                    Waiting(
                        "close_out", day(on, today), who, "Held, and nothing decided yet.", one
                    ),
                )
            )
        elif one.state == "under_way" and on < today:
            waiting.append(
                (
                    0,
                    Waiting(
                        "close_out",
                        day(on, today),
                        who,
                        "Begun and never ended, nothing decided yet.",
                        one,
                    ),
                )
            )
        elif one.state == "planned" and one.ends_at < now:
            waiting.append((1, Waiting("happened", day(on, today), who, "Did it take place?", one)))
        elif one.state == "planned" and today < on <= today + PREPARE_WITHIN:
            place = f", {_where(one)}" if _where(one) else ""
            note = f"{nth(who)}, {clock(one.starts_at)}{place}."
            waiting.append((4, Waiting("prepare", day(on, today), who, note, one)))
    waiting += [asks for who in known.values() if (asks := _asks(who, today)) is not None]
    waiting.sort(key=lambda pair: pair[0])
    return tuple(each for _, each in waiting)


def _asks(who: Someone, today: date) -> tuple[int, Waiting] | None:
    """Return what a relationship itself waits for, with its place in the list."""
    course = who.course
    if course.state == "paused" and course.paused_until and course.paused_until <= today:
        since = day(course.paused_until, today)
        return 2, Waiting(
            "pause", since, who, "The pause is over: take it up again, or let it rest?"
        )
    if course.state != "active" or course.next_planned or course.under_way:
        return None
    if asks_for_second(course, today) and course.last_met:
        since = day(course.last_met, today)
        return 3, Waiting("second", since, who, "The first took place. The second is not booked.")
    stands = None if course.took_place else meeting_standing(course, today)
    if stands and not stands.is_due:
        since = day(course.begun_on, today)
        return 3, Waiting("first", since, who, "Begun, and the first one-to-one has no date yet.")
    return None


def _due(known: dict[int, Someone], today: date) -> tuple[Due, ...]:
    rows = []
    for who in known.values():
        # Of a hundred a few are due: only those are put into words.
        stands = meeting_standing(who.course, today)
        if stands and stands.is_due and not asks_for_second(who.course, today):
            rows.append(Due(who, situation(who.course, today)))
    rows.sort(key=lambda row: (-_priority(row), row.who.name))
    return tuple(rows)


def _priority(row: Due) -> float:
    return row.situation.meeting.priority if row.situation.meeting else 0.0


def _calls(known: dict[int, Someone], today: date) -> tuple[Waiting, ...]:
    rows = []
    for who in known.values():
        call = call_standing(who.course, today) if who.course.state == "active" else None
        if call is None or not call.is_due:
            continue
        planned = who.course.next_planned
        if planned is not None and planned.date() <= today + timedelta(days=2):
            continue
        late = f"{late_by(call.days_late)} late" if call.is_late else "due"
        said = "due today" if call.due_on == today else late
        rows.append((call.priority, Waiting("call", said, who, "")))
    rows.sort(key=lambda pair: (-pair[0], pair[1].who.name))
    return tuple(row for _, row in rows)


def _in(one: Meeting, now: datetime) -> str:
    minutes = round((one.starts_at - now).total_seconds() / 60)
    if minutes <= 0:
        return "Now"
    if minutes < 60:
        return f"In {count(minutes, 'minute')}"
    return f"Today at {clock(one.starts_at)}"


def whisper(who: Someone, promises: Iterable[Owed], today: date) -> str:
    """Say in a sentence or two what one would want to hear before going in."""
    parts = []
    for mine, intro in ((True, f"You owe {who.first}"), (False, f"{who.first} owes you")):
        own = [one for one in promises if one.mine == mine and one.relationship == who.key]
        if own:
            over = (today - own[0].due_on).days
            late = f", {late_by(over)} over" if over > 0 else ""
            more = f", and {count(len(own) - 1, 'more', 'more')}" if own[1:] else ""
            parts.append(f"{intro}: {mid_sentence(own[0].text)}{late}{more}.")
    if not parts and who.they_expect:
        parts.append(f"{who.first} expects: {mid_sentence(who.they_expect)}.")
    if not parts and not who.course.took_place:
        parts.append(f"Your first one-to-one. Find out what drives {who.first}.")
    return " ".join(parts) or "No promises are open between you."


def _now(
    found: list[Meeting],
    known: dict[int, Someone],
    waiting: tuple[Waiting, ...],
    due: tuple[Due, ...],
    promises: list[Owed],
    now: datetime,
) -> Now | None:
    """Choose the one thing: what is under way, the next of today, what waits, what is due."""
    today = now.date()
    on = [
        one
        for one in found
        if one.starts_at.date() == today
        and (one.state == "under_way" or (one.state == "planned" and one.ends_at >= now))
    ]
    on.sort(key=lambda one: (one.state != "under_way", one.starts_at))
    if on:
        one = on[0]
        who = known[one.relationship]
        heading = "Under way" if one.state == "under_way" else _in(one, now)
        times = f"{clock(one.starts_at)} to {clock(one.ends_at)}"
        where = f"{times}{', ' + _where(one) if _where(one) else ''}. {nth(who)}."
        if one.travel_minutes and one.state == "planned":
            leave = one.starts_at - timedelta(minutes=one.travel_minutes)
            if leave > now:
                where += f" Leave by {clock(leave)}."
        return Now(who, heading, where, whisper(who, promises, today), one)
    if waiting and waiting[0].kind in ("close_out", "happened"):
        first = waiting[0]
        heading = "To close out" if first.kind == "close_out" else "Did it take place?"
        when = f"{capital(first.when)}."
        return Now(
            first.who, heading, when, whisper(first.who, promises, today), first.meeting, first
        )
    if due:
        row = due[0]
        text = row.situation.text
        return Now(
            row.who,
            capital(text),
            f"{row.who.what}." if row.who.what else "",
            whisper(row.who, promises, today),
            None,
        )
    unbooked = [each for each in waiting if each.kind in TO_BOOK]
    if unbooked:
        who = unbooked[0].who
        return Now(who, TO_BOOK[unbooked[0].kind], "", whisper(who, promises, today), None)
    return None
