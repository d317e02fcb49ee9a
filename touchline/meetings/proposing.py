"""When to meet next: free times of the usual hours, in weeks with room (M3, M7, M8). Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from touchline.core.words import week_of
from touchline.relationships.cadence import Cadence
from touchline.relationships.load import Change

# Where nothing is known yet: a Tuesday at ten.
USUAL_TIME, USUAL_WEEKDAY = time(10), 1
# M3: the second is booked in the first, or soon after.
SECOND_AFTER = timedelta(days=14)
# Nobody asks somebody out for tomorrow morning.
NOTICE = timedelta(days=2)
LEAST_WINDOW = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Booked:
    """A one-to-one already in the diary: when, in the member's zone, and minutes it takes.

    ``minutes`` is its length, ``around`` the minutes kept free before and after it for
    travel, ``load`` all that it takes of the week: length, travel both ways, preparation.
    """

    name: str
    starts_at: datetime
    minutes: int
    around: int = 0
    load: int = 0


@dataclass(frozen=True, slots=True)
class Hours:
    """When one usually meets: weekdays (0 is Monday), from when, and until when in the day."""

    weekdays: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    closes: time = time(17)

    def nearest(self, at: time, minutes: int) -> time:
        """Return the time nearest to ``at`` at which a meeting lies within these hours.

        One that is longer than they are begins when they open.
        """
        latest = _minutes(self.closes) - minutes
        begins = max(_minutes(self.opens), min(_minutes(at), latest - latest % 15))
        return time(*divmod(begins, 60))


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which the next one is due; ``why`` says so in a clause."""

    opens: date
    closes: date
    why: str


def window(
    cadence: Cadence, *, took_place: int, last: date | None, begun: date, today: date
) -> Window:
    """Return when the next one is due, not before there is time to ask for it.

    The first is due as soon as it can be asked for, the second soon after the first (M3),
    any later one by the cadence.
    """
    earliest = today + NOTICE
    if not took_place or last is None:
        return Window(earliest, earliest + LEAST_WINDOW, "the first one: as soon as it suits")
    if took_place == 1:
        opens = max(earliest, last + SECOND_AFTER)
        return Window(opens, opens + LEAST_WINDOW, "the second: soon after the first")
    due = last + timedelta(days=cadence.ideal_days)
    closes = due + timedelta(days=cadence.tolerance_days)
    if closes < earliest:
        return Window(earliest, earliest + LEAST_WINDOW, "late already, so soon")
    if due < earliest:
        return Window(earliest, max(closes, earliest + timedelta(days=6)), "due now")
    return Window(due, max(closes, due + timedelta(days=6)), "in the window that is due")


def clash(starts_at: datetime, minutes: int, around: int, booked: Iterable[Booked]) -> str:
    """Name the one-to-one that a time would run into, travel included; empty where free."""
    ends_at = starts_at + timedelta(minutes=minutes)
    for one in booked:
        between = timedelta(minutes=max(around, one.around))
        over = one.starts_at + timedelta(minutes=one.minutes)
        if starts_at < over + between and one.starts_at < ends_at + between:
            return one.name
    return ""


def propose(
    within: Window,
    usual: datetime | None,
    booked: Sequence[Booked],
    hours: Hours,
    *,
    minutes: int,
    around: int,
    zone_of: datetime,
    fits: Callable[[date], bool] = lambda on: True,
) -> list[datetime]:
    """Propose up to three times in the member's usual hours, free, from the window's opening on.

    First the weekday and hour of the ``usual`` one, then the same a week on, then two days
    on; a day that is taken, or whose week has no room left (``fits``), gives way to the next
    until the window closes. Only where no week of the window has room are full ones
    proposed. An hour that is taken gives way to the nearest free one of that day. ``minutes``
    is the length, ``around`` what is kept free before and after; ``zone_of`` is any moment in
    the member's zone.
    """
    at = hours.nearest(_quarter(usual) if usual else USUAL_TIME, minutes)
    first = within.opens
    if usual and usual.weekday() in hours.weekdays:
        first += timedelta(days=(usual.weekday() - first.weekday()) % 7)
    elif not usual:
        first += timedelta(days=(USUAL_WEEKDAY - first.weekday()) % 7)
    if first > within.closes:
        first = within.opens
    whole = [time(hour) for hour in range(24)]
    times = [each for each in whole if hours.nearest(each, minutes) == each]
    times.sort(key=lambda each: abs(_minutes(each) - _minutes(at)))
    found: list[datetime] = []
    for later in (0, 7, 2):
        start = first + timedelta(days=later)
        start = start if start <= within.closes else first + timedelta(days=1)
        reach = max(7, (within.closes - start).days + 1)
        days = [start + timedelta(days=ahead) for ahead in range(reach)]
        days = [on for on in days if on.weekday() in hours.weekdays]
        for on in chain(filter(fits, days), days):
            moment = _free(on, [at, *times], booked, minutes, around, zone_of)
            if moment and moment.date() not in {one.date() for one in found}:
                found.append(moment)
                break
    return sorted(found)


def _free(
    on: date,
    times: Iterable[time],
    booked: Sequence[Booked],
    minutes: int,
    around: int,
    zone_of: datetime,
) -> datetime | None:
    """Return the first of the times that is free on a day, None where none is."""
    for each in times:
        moment = datetime.combine(on, each, tzinfo=zone_of.tzinfo)
        if not clash(moment, minutes, around, booked):
            return moment
    return None


def _quarter(moment: datetime) -> time:
    """Return a time of day as one makes appointments: at the quarter hour before."""
    return time(moment.hour, moment.minute - moment.minute % 15)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def makes_room(on: date, booked: Iterable[Booked], over: float) -> str:
    """Name whom to move to another week so that ``over`` minutes fit; empty where none suffices.

    The one that frees least and still suffices: it disturbs least.
    """
    monday = week_of(on)
    enough = [one for one in booked if week_of(one.starts_at.date()) == monday and one.load >= over]
    return min(enough, key=_load).name if over > 0 and enough else ""


def _load(one: Booked) -> int:
    return one.load


def on_day(on: date, booked: Iterable[Booked]) -> list[Booked]:
    """Return what is on that day, in order."""
    return sorted((one for one in booked if one.starts_at.date() == on), key=_starts)


def _starts(one: Booked) -> datetime:
    return one.starts_at


def held_by_week(booked: Iterable[Booked]) -> Counter[date]:
    """Return the minutes that planned one-to-ones take of each week, by its Monday."""
    held: Counter[date] = Counter()
    for one in booked:
        held[week_of(one.starts_at.date())] += one.load
    return held


def week_load(
    on: date, held: Mapping[date, int], *, calls: float, adds: int, budget: int
) -> Change:
    """Return what the week of a day holds before and after one more, in minutes.

    What planned one-to-ones with their travel and preparation take (``held_by_week``), and
    ``calls``, the minutes that calls take of any week.
    """
    before = held.get(week_of(on), 0) + calls
    return Change(before, before + adds, budget)
