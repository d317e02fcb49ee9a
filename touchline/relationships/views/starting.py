"""Begins programmes: with one person, or with several at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.keys import keys_in
from touchline.core.words import count
from touchline.meetings.deciding import commitments
from touchline.people.models import Person
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.relationships.forms import AboutForm, HeldBefore, RhythmForm, cadences
from touchline.relationships.models import Relationship
from touchline.relationships.starting import start as begin
from touchline.relationships.views.weighing import (
    draft,
    in_rhythm,
    number_in,
    options,
    rhythm_in,
    weigh,
)

# More at once is a list nobody has thought about.
MOST = 100


def _load(
    request: MemberRequest, playbook: Playbook, people: Sequence[Person], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the rhythm part of the page shows, for a form filled in so far."""
    member = request.member
    medium = next(tier for tier in playbook.tiers if tier.key == "medium")
    length = number_in(given, "length_minutes", 5, 480) or playbook.kinds[0].length_minutes
    travel = number_in(given, "travel_minutes", 0, 600) or 0
    everything = commitments(member)
    key, rhythm = rhythm_in(given, playbook, cadences(medium))
    drafts = [draft(member, person.name, length, travel) for person in people]
    budget = member.weekly_budget_minutes
    return {
        "weighed": weigh(everything, budget, starts=[in_rhythm(one, *rhythm) for one in drafts]),
        "options": options(playbook, key or medium.key, everything, budget, starts=drafts),
    }


@only_a_form
def start(request: MemberRequest, person_id: int) -> HttpResponse:
    """Show the form that begins a programme with a person; a POST begins it."""
    member = request.member
    person = get_object_or_404(
        Person.objects.visible_to(member).select_related("company"), pk=person_id
    )
    playbook = of(member.workspace)
    posted = request.POST if request.method == "POST" else None
    already = Relationship.objects.visible_to(member).filter(person=person).first()
    if already:
        if posted is not None:
            messages.error(request, f"{person.name} has a programme already. This is it.")
        return SeeOther(already.get_absolute_url())
    rhythm = RhythmForm(playbook, posted)
    held = HeldBefore(playbook, member.today(), posted)
    about = AboutForm(
        posted, initial={"length_minutes": playbook.kinds[0].length_minutes, "travel_minutes": 0}
    )
    page = _load(request, playbook, [person], request.POST or request.GET)
    if posted is not None and all([rhythm.is_valid(), held.is_valid(), about.is_valid()]):
        if not page["weighed"].needs_consent or rhythm.cleaned_data["anyway"]:
            meetings, calls = rhythm.rhythm_of()
            relationship = begin(
                person,
                member,
                on=member.today(),
                stage=held.cleaned_data["stage"],
                held_before=held.cleaned_data["held_before"],
                held_before_last_on=held.cleaned_data["last_on"],
                fields={
                    **about.cleaned_data,
                    "meeting_days": meetings.ideal_days,
                    "meeting_tolerance_days": meetings.tolerance_days,
                    "call_days": calls.ideal_days if calls else None,
                    **({"call_tolerance_days": calls.tolerance_days} if calls else {}),
                },
            )
            messages.success(request, f"The programme with {person.name} has begun.")
            return SeeOther(relationship.get_absolute_url())
        page["consent"] = True
    page |= {
        "section": "people",
        "person": person,
        "rhythm": rhythm,
        "held": held,
        "about": about,
        "here": reverse("relationships:start", args=[person.pk]),
        "has_errors": posted is not None and not page.get("consent"),
        "anyway_label": "Start anyway",
    }
    return render(request, "relationships/start.html", page, status=200 if posted is None else 422)


def _asked_for(request: MemberRequest) -> tuple[list[Person], list[Person]]:
    """Return the people of a bulk form: those without a programme, and those with one."""
    given = request.POST or request.GET
    ids = keys_in(given.getlist("person"))[:MOST]
    found = (
        Person.objects.visible_to(request.member)
        .filter(pk__in=ids)
        .select_related("company")
        .order_by("sort_key", "pk")
    )
    busy = set(
        Relationship.objects.visible_to(request.member)
        .filter(person__in=ids)
        .values_list("person_id", flat=True)
    )
    people = list(found)
    return [p for p in people if p.pk not in busy], [p for p in people if p.pk in busy]


@only_a_form
def start_several(request: MemberRequest) -> HttpResponse:
    """Show the form that begins programmes with several; a POST begins all of them or none."""
    member = request.member
    playbook = of(member.workspace)
    people, already = _asked_for(request)
    if not people:
        if already:
            messages.error(request, "All of them have a programme already.")
        else:
            messages.error(request, "Select the people to begin with first.")
        return redirect("people:people")
    posted = request.POST if request.method == "POST" else None
    rhythm = RhythmForm(playbook, posted)
    rows = [
        HeldBefore(playbook, member.today(), posted, prefix=f"p{one.pk}", name=one.name)
        for one in people
    ]
    page = _load(request, playbook, people, request.POST or request.GET)
    page["options"] = [one for one in page["options"] if one.name]
    valid = all([rhythm.is_valid(), *[row.is_valid() for row in rows]])
    # Somebody began with one of them in between: nothing is begun until that has been seen.
    if posted is not None and valid and not already:
        if not page["weighed"].needs_consent or rhythm.cleaned_data["anyway"]:
            for one, row in zip(people, rows, strict=True):
                begin(
                    one,
                    member,
                    on=member.today(),
                    stage=row.cleaned_data["stage"],
                    held_before=row.cleaned_data["held_before"],
                    held_before_last_on=row.cleaned_data["last_on"],
                    fields={
                        "alignment": rhythm.cleaned_data["rhythm"],
                        "length_minutes": playbook.kinds[0].length_minutes,
                    },
                )
            messages.success(request, f"{count(len(people), 'programme').capitalize()} begun.")
            return SeeOther(reverse("relationships:partners"))
        page["consent"] = True
    page |= {
        "section": "people",
        "rhythm": rhythm,
        "rows": list(zip(people, rows, strict=True)),
        "already": already,
        "here": reverse("relationships:start_several"),
        "has_errors": posted is not None and not page.get("consent"),
        "anyway_label": "Start anyway",
    }
    return render(
        request, "relationships/start_several.html", page, status=200 if posted is None else 422
    )
