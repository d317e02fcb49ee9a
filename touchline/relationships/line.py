"""The line of a relationship: what was, what is due, what is planned. Pure.

Every line has the same clock: a year back, three months ahead, today three quarters along.
The months nearest to today are given more room, because that is where things crowd; the
scale is the same for everyone, so lines under each other can be compared. All x are per
cent of the width, so that the drawing stretches without bending a dot and needs no style of
its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from touchline.core.words import capital, count, late_by, listed, short_day

# (days from today, per cent): straight between these corners.
CORNERS = ((-365, 0.0), (-91, 44.0), (0, 75.0), (91, 100.0))
BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Line:
    """What one line shows; days only, in any order, those beyond the clock are left out.

    ``due`` is the window in which the next one-to-one is due, first and last day;
    ``ended`` and ``paused`` (first day, last day) where the programme rests.
    """

    today: date
    begun: date | None = None
    held: tuple[date, ...] = ()
    calls: tuple[date, ...] = ()
    missed: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    due: tuple[date, date] | None = None
    paused: tuple[date, date] | None = None
    ended: date | None = None
    past_windows: tuple[tuple[date, date], ...] = ()


def place(on: date, today: date) -> float | None:
    """Return where a day is, in per cent from the left; None beyond the clock."""
    days = (on - today).days
    if not CORNERS[0][0] <= days <= CORNERS[-1][0]:
        return None
    return _scaled(days)


def _scaled(days: int) -> float:
    for (d0, x0), (d1, x1) in pairwise(CORNERS):
        if days <= d1:
            return round(x0 + (x1 - x0) * (days - d0) / (d1 - d0), 2)
    return CORNERS[-1][1]


def clamped(on: date, today: date) -> float:
    """Return where a day is, drawn at the edge where it lies beyond."""
    return _scaled(max(CORNERS[0][0], min(CORNERS[-1][0], (on - today).days)))


def months(today: date) -> list[tuple[float, str]]:
    """Return the months to label: every quarter or so, and never on top of *today*."""
    found = []
    for back in (10, 7, 4, 2, -3):
        month = today.month - 1 - back
        first = date(today.year + month // 12, month % 12 + 1, 1)
        x = place(first, today)
        if x is not None and abs(x - 75) > 13:
            found.append((x, f"{first:%b}"))
    return found


def axis(today: date) -> SafeString:
    """Draw the clock above a list."""
    labels = "".join(
        f'<text x="{x}%" y="15" text-anchor="middle">{name}</text>'
        for x, name in months(today)
        if abs(x - 75) > 14
    )
    return mark_safe(  # noqa: S308 - numbers and month names only
        f'<svg class="axis" aria-hidden="true">{labels}'
        '<text class="today-label" x="75%" y="15" text-anchor="middle">today</text></svg>'
    )


def _stroke(kind: str, x1: float, x2: float, y: str) -> str:
    return f'<line class="{kind}" x1="{x1}%" x2="{x2}%" y1="{y}" y2="{y}"/>'


def _strokes(line: Line, y: str) -> Iterator[str]:
    today = line.today
    if line.begun is not None:
        end = min(line.ended or today, line.paused[0] if line.paused else today, today)
        if line.begun <= end:
            yield _stroke("run", clamped(line.begun, today), clamped(end, today), y)
    if line.paused:
        yield _stroke("pause", clamped(line.paused[0], today), clamped(line.paused[1], today), y)
    if line.due and not line.ended and not line.paused:
        first, last = line.due
        left, right = clamped(first, today), clamped(last, today)
        # A window of a day, or one beyond the clock, is still seen.
        yield _stroke("band", min(left, 99.4), min(100.0, max(right, left + 0.6)), y)
        if today > last:
            yield _stroke("over", right, 75.0, y)


def _dots(line: Line, y: str, radius: float) -> Iterator[str]:
    today = line.today
    for on in line.calls:
        x = place(on, today)
        if x is not None:
            yield f'<circle class="call" cx="{x}%" cy="{y}" r="1.75"/>'
    for on in line.held:
        x = place(on, today)
        if x is not None:
            yield f'<circle class="held" cx="{x}%" cy="{y}" r="{radius}"/>'
    for on in line.missed:
        x = place(on, today)
        if x is not None:
            yield f'<svg x="{x}%" y="{y}"><path class="missed" d="M-4-4 4 4M4-4-4 4"/></svg>'
    for on in line.planned:
        yield f'<circle class="planned" cx="{clamped(on, today)}%" cy="{y}" r="{radius + 0.5}"/>'


def draw(line: Line) -> SafeString:
    """Draw the line for a row of a list, with the sentence that says the same."""
    body = "".join((*_strokes(line, "50%"), *_dots(line, "50%", 4.5)))
    return mark_safe(  # noqa: S308 - numbers, and a sentence made of dates and fixed words
        f'<svg class="touchline" role="img" aria-label="{say(line)}">'
        '<line class="ground" x1="0" x2="100%" y1="50%" y2="50%"/>'
        f'<line class="today" x1="75%" x2="75%" y1="0" y2="100%"/>{body}</svg>'
    )


def draw_long(line: Line) -> SafeString:
    """Draw the line for one person's page: months named, past windows kept as pale bars."""
    today, y = line.today, "44"
    past = "".join(
        _stroke("band-past", clamped(first, today), clamped(last, today), y)
        for first, last in line.past_windows
        if last >= today - BACK
    )
    labels = "".join(
        f'<text x="{x}%" y="84" text-anchor="middle">{name}</text>' for x, name in months(today)
    )
    body = "".join((*_strokes(line, y), *_dots(line, y, 5.5)))
    return mark_safe(  # noqa: S308 - numbers, and a sentence made of dates and fixed words
        f'<svg class="touchline touchline--long" role="img" aria-label="{say(line)}">'
        f'<line class="ground" x1="0" x2="100%" y1="{y}" y2="{y}"/>{past}'
        f'<line class="today" x1="75%" x2="75%" y1="0" y2="66"/>{body}{labels}'
        '<text class="today-label" x="75%" y="84" text-anchor="middle">today</text></svg>'
    )


def say(line: Line) -> str:
    """Say in words what the line shows."""
    today = line.today
    held = sorted(on for on in line.held if today - BACK <= on <= today)
    parts = []
    if held:
        last = f", the last on {short_day(held[-1], today)}" if len(held) > 1 else ""
        on = f", on {short_day(held[0], today)}" if len(held) == 1 else ""
        parts.append(capital(f"{count(len(held), 'one-to-one')} in the last year{on}{last}"))
    else:
        parts.append("No one-to-one in the last year")
    calls = [on for on in line.calls if today - BACK <= on <= today]
    if calls:
        parts.append(capital(count(len(calls), "call")))
    missed = [short_day(on, today) for on in sorted(line.missed) if on >= today - BACK]
    if missed:
        parts.append(f"Missed on {listed(missed)}")
    if line.planned:
        parts.append(f"Planned for {listed([_when(on, today) for on in sorted(line.planned)])}")
    parts.append(_say_due(line))
    return ". ".join(part for part in parts if part) + "."


def _when(on: date, today: date) -> str:
    return "today" if on == today else short_day(on, today)


def _say_due(line: Line) -> str:
    today = line.today
    if line.ended:
        return f"Ended on {short_day(line.ended, today)}"
    if line.paused:
        return f"Paused until {short_day(line.paused[1], today)}"
    if not line.due:
        return ""
    first, last = line.due
    if today > last:
        return f"{late_by((today - last).days)} late"
    if today >= first:
        return "Due now"
    return f"Due from {short_day(first, today)} to {short_day(last, today)}"
