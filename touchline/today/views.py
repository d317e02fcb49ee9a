"""Today: what now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from touchline.accounts.middleware import MemberRequest
from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.mail.unsent import unsent_of
from touchline.meetings.courses import histories, line_of
from touchline.people.models import ContactPoint, Person, PointKind
from touchline.relationships.line import Line, axis, draw, say
from touchline.relationships.monogram import monogram
from touchline.relationships.ruler import ruler
from touchline.today.gather import Gathered, gather
from touchline.today.keeping import to_keep
from touchline.today.shapes import Due

SHOWN = 5  # Of what waits, those due, calls, and promises of each side.
REFERRALS = 3  # Of each side: each line has its words to copy and its tap with it.


def today(request: MemberRequest) -> HttpResponse:
    """Show the member's day; ``?all=1`` shows everything, not the first of each."""
    member = request.member
    gathered = gather(member)
    page = gathered.today
    everything = bool(request.GET.get("all"))
    due = page.due if everything else page.due[:SHOWN]
    mine = page.mine if everything else page.mine[:SHOWN]
    theirs = page.theirs if everything else page.theirs[:SHOWN]
    calls = page.calls if everything else page.calls[:SHOWN]
    sides = [[one for one in page.referrals if one.mine == whose] for whose in (True, False)]
    our_referrals, their_referrals = (side if everything else side[:REFERRALS] for side in sides)
    waiting = page.waiting if everything else page.waiting[:SHOWN]
    arrivals = page.arrivals if everything else page.arrivals[:SHOWN]
    keys = [row.who.key for row in due]
    if page.now and page.now.who.key not in keys:
        keys.append(page.now.who.key)
    lines = _lines(gathered, keys)
    now = lines.get(page.now.who.key) if page.now else None
    return render(
        request,
        "today/today.html",
        {
            "section": "today",
            "page": page,
            "unsent": unsent_of(member),
            "on": timezone.localdate(),
            "due": [(row, _monogram(row), draw(lines[row.who.key])) for row in due],
            "more_due": len(page.due) - len(due),
            "mine": mine,
            "theirs": theirs,
            "more_promises": len(page.mine) + len(page.theirs) - len(mine) - len(theirs),
            "our_referrals": our_referrals,
            "their_referrals": their_referrals,
            "more_referrals": len(page.referrals) - len(our_referrals) - len(their_referrals),
            "arrivals": arrivals,
            "more_arrivals": len(page.arrivals) - len(arrivals),
            "here": "/",
            "owing": any(one.late for one in (*page.mine, *page.theirs))
            or any(one.late for one in page.referrals),
            "calls": calls,
            "more_calls": len(page.calls) - len(calls),
            "waiting": waiting,
            "more_waiting": len(page.waiting) - len(waiting),
            "axis": axis(timezone.localdate()),
            "anyone": bool(page.programme) or Person.objects.visible_to(member).exists(),
            "now_line": draw(now) if now else None,
            "now_said": say(now) if now else "",
            "phone": _phone(request, page.now.who.person) if page.now else "",
            "keep": to_keep(request, gathered.meetings, timezone.localtime()),
            "rail_ruler": ruler(gathered.load),
            "rail_load": gathered.load,
        },
    )


def _monogram(row: Due) -> SafeString:
    who = row.who
    return monogram(who.initials, who.course.took_place, partner=who.is_partner)


def _lines(gathered: Gathered, keys: list[int]) -> dict[int, Line]:
    """Return the lines of the rows shown."""
    on = timezone.localdate()
    return {
        key: line_of(gathered.relationships[key], history, on)
        for key, history in histories(keys).items()
    }


_PHONES = Prepared(
    lambda at: (
        ContactPoint.objects.visible_to(at.member)
        .filter(person=at.person, kind=PointKind.PHONE)
        .order_by("position", "pk")
        .values_list("normal", flat=True)[:1]
    ),
    member=MEMBER,
    person=KEY,
)


def _phone(request: MemberRequest, person: int) -> str:
    """Return the number to call the person at the top by."""
    numbers: list[str] = _PHONES(member=request.member, person=person)
    return numbers[0] if numbers else ""
