"""Today: what now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from touchline.accounts.middleware import MemberRequest
from touchline.meetings.courses import histories, line_of
from touchline.people.models import ContactPoint, PointKind
from touchline.relationships.line import axis, draw
from touchline.relationships.monogram import monogram
from touchline.relationships.ruler import ruler
from touchline.today.arrange import Due
from touchline.today.gather import Gathered, gather

SHOWN = 12


def today(request: MemberRequest) -> HttpResponse:
    """Show the member's day; ``?all=1`` shows everyone who is due instead of the first dozen."""
    member = request.member
    gathered = gather(member)
    page = gathered.today
    due = page.due if request.GET.get("all") else page.due[:SHOWN]
    keys = [row.who.key for row in due]
    if page.now and page.now.who.key not in keys:
        keys.append(page.now.who.key)
    lines = _lines(request, gathered, keys)
    return render(
        request,
        "today/today.html",
        {
            "section": "today",
            "page": page,
            "on": timezone.localdate(),
            "due": [(row, _monogram(row), lines[row.who.key]) for row in due],
            "more_due": len(page.due) - len(due),
            "calls": page.calls[:SHOWN],
            "more_calls": max(0, len(page.calls) - SHOWN),
            "axis": axis(timezone.localdate()),
            "now_line": lines.get(page.now.who.key) if page.now else None,
            "phone": _phone(request, page.now.who.person) if page.now else "",
            "rail_ruler": ruler(gathered.load),
            "rail_load": gathered.load,
        },
    )


def _monogram(row: Due) -> SafeString:
    who = row.who
    return monogram(who.initials, who.course.took_place, partner=who.is_partner)


def _lines(request: MemberRequest, gathered: Gathered, keys: list[int]) -> dict[int, str]:
    """Draw the lines of the rows shown."""
    if not keys:
        return {}
    on = timezone.localdate()
    return {
        key: draw(line_of(gathered.relationships[key], history, on))
        for key, history in histories(request.member, keys).items()
    }


def _phone(request: MemberRequest, person: int) -> str:
    """Return the number to call the person at the top by."""
    number = (
        ContactPoint.objects.visible_to(request.member)
        .filter(person=person, kind=PointKind.PHONE)
        .values_list("normal", flat=True)
        .first()
    )
    return number or ""
