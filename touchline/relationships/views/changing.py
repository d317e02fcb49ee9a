"""Changes a programme: what it is like, its rhythm, who leads it, taking it up again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member, Role
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.core.words import span
from touchline.meetings import stepping
from touchline.meetings.deciding import commitments, take_up_again
from touchline.meetings.decision_options import whose_budget
from touchline.playbook.models import of
from touchline.relationships import load
from touchline.relationships.forms import AboutForm, HeldBefore, RhythmForm, tier_of
from touchline.relationships.models import Relationship, State
from touchline.relationships.views.reaching import relationship_of
from touchline.relationships.views.weighing import (
    in_rhythm,
    options,
    rhythm_in,
    weigh,
)


@only_a_form
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what a programme is like; a POST changes it."""
    relationship = relationship_of(request, pk)
    posted = request.POST if request.method == "POST" else None
    names = list(AboutForm.base_fields)
    about = AboutForm(posted, initial={name: getattr(relationship, name) for name in names})
    held = HeldBefore(
        of(request.member.workspace),
        request.member.today(),
        posted,
        initial={
            "held_before": relationship.held_before or None,
            "last_on": relationship.held_before_last_on,
        },
    )
    if posted is not None and about.is_valid() and held.is_valid():
        relationship.change(request.member, **about.cleaned_data)
        stepping.correct_held_before(
            relationship,
            request.member,
            held_before=held.cleaned_data["held_before"],
            last_on=held.cleaned_data["last_on"],
        )
        messages.success(request, "Saved.")
        return SeeOther(relationship.get_absolute_url())
    page = {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "about": about,
        "held": held,
        "colleagues": _colleagues(relationship, request.member),
        "has_errors": posted is not None,
    }
    return render(request, "relationships/edit.html", page, status=200 if posted is None else 422)


def _colleagues(relationship: Relationship, member: Member) -> list[dict[str, Any]]:
    """Return the members who could become main contact, each with what it does to their week."""
    found = (
        Member.objects.visible_to(member)
        .exclude(pk=relationship.main_contact_id)
        .exclude(role=Role.VIEWER)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    colleagues = list(found)
    if not colleagues:
        return []
    active = relationship.state == State.ACTIVE
    loads: dict[int, list[load.Commitment]] = {}
    led = Relationship.objects.visible_to(member).active().select_related("person", "main_contact")
    for held in led:
        loads.setdefault(held.main_contact_id, []).append(held.commitment)
    shown = []
    for one in colleagues:
        after = load.Commitment(
            relationship.person.name,
            relationship.length_minutes,
            relationship.travel_minutes,
            one.preparation_minutes,
            relationship.meeting_days,
            one.call_minutes,
            relationship.call_days,
            relationship.pk,
        )
        theirs = weigh(
            loads.get(one.pk, []),
            one.weekly_budget_minutes,
            starts=[after] if active else [],
            whose="your" if one.pk == member.pk else f"{one.user.first_name}’s",
        )
        shown.append({"member": one, "weighed": theirs})
    return shown


@change
def main_contact(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand the programme over to another member."""
    relationship = relationship_of(request, pk)
    if request.method != "POST":
        return redirect("relationships:edit", pk)
    given = key_in(request.POST.get("member", ""))
    if given is None:
        raise Refused("Choose who becomes the main contact.")
    to = get_object_or_404(
        Member.objects.visible_to(request.member).select_related("user"), pk=given
    )
    before = commitments(relationship.main_contact)
    relationship.hand_over(request.member, to)
    whole = load.total(before)
    now = load.total(one for one in before if one.key != relationship.pk)
    after = load.total(commitments(to))
    messages.success(
        request,
        f"{to} is the main contact now, with {span(after)} a week promised of "
        f"{span(to.weekly_budget_minutes)}. The one before goes from {span(whole)} to {span(now)}.",
    )
    return SeeOther(relationship.get_absolute_url())


@only_a_form
def rhythm(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the rhythm with the load of each choice; a POST changes it."""
    relationship = relationship_of(request, pk)
    playbook = of(request.member.workspace)
    posted = request.POST if request.method == "POST" else None
    now = (relationship.meetings, relationship.calls_cadence)
    kept = tier_of(playbook, relationship)
    initial = {
        "rhythm": kept,
        "meeting_days": relationship.meeting_days,
        "meeting_tolerance_days": relationship.meeting_tolerance_days,
        "call_days": relationship.call_days,
    }
    form = RhythmForm(playbook, posted, initial=initial)
    given = request.POST or request.GET
    key, cadences = rhythm_in(given, playbook, now)
    lead = relationship.main_contact
    everything = commitments(lead)
    own = [relationship.commitment] if relationship.state == State.ACTIVE else []
    stops, whose = [relationship.pk], whose_budget(relationship, request.member)
    page = {
        "weighed": weigh(
            everything,
            lead.weekly_budget_minutes,
            starts=[in_rhythm(one, *cadences) for one in own],
            stops=stops,
            whose=whose,
        ),
        "options": options(
            playbook,
            key or kept,
            everything,
            lead.weekly_budget_minutes,
            starts=own,
            stops=stops,
            whose=whose,
        ),
    }
    if posted is not None and form.is_valid():
        if not page["weighed"].needs_consent or form.cleaned_data["anyway"]:  # type: ignore[attr-defined]
            relationship.set_rhythm(request.member, *form.rhythm_of())
            messages.success(request, "The rhythm is changed.")
            return SeeOther(relationship.get_absolute_url())
        page["consent"] = True
    page |= {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "rhythm": form,
        "here": reverse("relationships:rhythm", args=[pk]),
        "has_errors": posted is not None and not page.get("consent"),
        "anyway_label": "Change it anyway",
    }
    return render(request, "relationships/rhythm.html", page, status=200 if posted is None else 422)


@only_a_form
def resumption(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the load of taking a programme up again; a POST takes it up."""
    relationship = relationship_of(request, pk)
    if request.method != "POST" and relationship.state == State.ACTIVE:
        return redirect(relationship)
    lead = relationship.main_contact
    weighed = weigh(
        commitments(lead),
        lead.weekly_budget_minutes,
        starts=[relationship.commitment],
        stops=[relationship.pk],
        whose=whose_budget(relationship, request.member),
    )
    if request.method == "POST" and (request.POST.get("anyway") or not weighed.needs_consent):
        take_up_again(relationship, request.member, on=request.member.today())
        messages.success(request, f"The programme with {relationship.person.name} goes on.")
        return SeeOther(relationship.get_absolute_url())
    page = {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "weighed": weighed,
        "consent": request.method == "POST",
        "anyway_label": "Take it up anyway",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "relationships/resumption.html", page, status=status)
