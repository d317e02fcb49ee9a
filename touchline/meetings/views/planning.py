"""Plan a one-to-one, or enter one that happened already."""

from datetime import date, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.refusal import Refused
from touchline.core.words import full_day, span
from touchline.meetings import planning
from touchline.meetings.deciding import commitments
from touchline.meetings.forms import OTHER, HeldForm, PlanForm, moment
from touchline.meetings.models import OneToOne
from touchline.meetings.next_date import NextDate, also_on, booked, next_date, planned_ahead
from touchline.meetings.one_line import HeldLine, parse_held
from touchline.meetings.proposing import USUAL_TIME
from touchline.meetings.views.one_to_ones import when
from touchline.meetings.views.reaching import short_name
from touchline.playbook.models import of
from touchline.relationships.models import Relationship
from touchline.relationships.views.reaching import relationship_of


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


@only_a_form
def plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Plan the next one: a proposed time in one tap, or another."""
    member = request.member
    relationship = relationship_of(request, pk)
    now = timezone.now()
    meetings = list(relationship.one_to_ones.order_by("starts_at"))
    choices = next_date(
        relationship,
        relationship.main_contact,
        now=now,
        meetings=meetings,
        everything=commitments(relationship.main_contact),
    )
    playbook = of(member.workspace)
    took_place = relationship.held_before + sum(one.took_place for one in meetings)
    suggested = playbook.kind_after(took_place)
    form = PlanForm(
        request.POST if request.method == "POST" else None,
        playbook=playbook,
        initial=_suggestion(relationship, choices, _day(request.GET.get("on", "")))
        | {"kind": suggested.key},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            one = planning.plan(
                relationship,
                member,
                now=now,
                **{key: value for key, value in data.items() if key not in ("when", "on", "at")},
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Planned for {when(one)}. Nothing is sent to anybody.")
            return SeeOther(one.get_absolute_url())
    status = 422 if request.method == "POST" else 200
    context = _page(relationship, form, choices, meetings) | {
        "suggested": suggested,
        "that_day": _that_day(request, form),
    }
    return render(request, "meetings/plan.html", context, status=status)


def _suggestion(relationship: Relationship, choices: NextDate, on: date | None) -> dict[str, Any]:
    """Return what the form opens with: the day asked for, else the first in a week with room."""
    here = [each for each in choices.proposals if on and each.starts_at.date() == on]
    roomy = [each for each in choices.proposals if not each.over]
    first = here or ([] if on else roomy or list(choices.proposals))
    return {
        "when": first[0].value if first else OTHER,
        "on": on or choices.window.opens,
        "at": choices.usual.time() if choices.usual else USUAL_TIME,
        "length_minutes": relationship.length_minutes,
        "place": relationship.place,
        "travel_minutes": relationship.travel_minutes,
    }


def _that_day(request: MemberRequest, form: PlanForm) -> str:
    """Say what is on the day in the form, where it is another than those proposed."""
    on = _day(str(form["on"].value() or ""))
    if on is None or not 2000 <= on.year <= 2100:
        return ""
    noon = moment(on, time(12))
    taken = booked(request.member, noon - timedelta(hours=13), noon + timedelta(hours=13))
    return also_on(on, taken) or "Nothing else that day."


def _page(
    relationship: Relationship, form: PlanForm, choices: NextDate, meetings: list[OneToOne]
) -> dict[str, Any]:
    return {
        "relationship": relationship,
        "person": relationship.person,
        "short_name": short_name(relationship.person),
        "section": "today",
        "form": form,
        "choices": choices,
        "ahead": planned_ahead(meetings, timezone.now()),
    }


@only_a_form
def enter_held(request: MemberRequest, pk: int) -> HttpResponse:
    """Enter a coffee already drunk, in a line."""
    member = request.member
    relationship = relationship_of(request, pk)
    form = HeldForm(request.POST if request.method == "POST" else None)
    understood = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        read = parse_held(data["line"], member.today(), member.month_first)
        try:
            one = _enter(request, relationship, read, data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _entered(one, read))
            return SeeOther(one.get_absolute_url())
    line = form["line"].value()
    if line:
        held = parse_held(line, member.today(), member.month_first)
        understood = _understood(held, relationship, member.today())
    context = {
        "relationship": relationship,
        "person": relationship.person,
        "section": "today",
        "form": form,
        "understood": understood,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/enter_held.html", context, status=status)


def _enter(
    request: MemberRequest, relationship: Relationship, read: HeldLine, data: dict[str, Any]
) -> OneToOne:
    more: dict[str, Any] = {}
    if length := data["length_minutes"] or read.minutes:
        if length < 5:
            raise Refused("A one-to-one takes five minutes at least. Log it as a call.")
        more["length_minutes"] = length
    if read.place:
        more["place"] = read.place
    if read.at:
        more["at"] = read.at
    return planning.enter_held(
        relationship,
        request.member,
        on=data["on"] or read.on or request.member.today(),
        now=timezone.now(),
        text=read.text,
        nothing_to_note="nothing_to_note" in request.POST,
        **more,
    )


def _entered(one: OneToOne, read: HeldLine) -> str:
    place = f" at {one.place}" if read.place else ""
    return f"Entered as held: {when(one)}{place}, {span(one.length_minutes)}."


def _understood(read: HeldLine, relationship: Relationship, today: date) -> str:
    """Say what the line is taken to mean."""
    on = full_day(read.on or today, today)
    parts = [on if read.on else f"{on}, as no day was said"]
    parts.append(span(read.minutes or relationship.length_minutes))
    if read.place:
        parts.append(read.place)
    return ", ".join(parts)
