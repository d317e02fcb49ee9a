"""Begins programmes: with one person, or with several at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.keys import keys_in
from touchline.core.words import capital, count, number, span
from touchline.meetings.deciding import commitments
from touchline.people.models import Person
from touchline.people.views.merging import answered
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.relationships.beginning import DOZEN, candidates, fitting, suggested_tier
from touchline.relationships.forms import (
    AboutForm,
    BeginForm,
    HeldBefore,
    RhythmForm,
    cadences,
    rhythm_words,
)
from touchline.relationships.load import Commitment, total, weekly
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


@answered
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those to begin with, as the form shows them."""

    person: Person
    form: BeginForm
    ticked: bool


def _asked_for(given: QueryDict, member: Member) -> tuple[list[Person], list[Person]]:
    """Return the people of a bulk form: those without a programme, and those with one."""
    ids = keys_in(given.getlist("person"))[:MOST]
    found = (
        Person.objects.visible_to(member)
        .filter(pk__in=ids)
        .select_related("company")
        .order_by("sort_key", "pk")
    )
    busy = set(
        Relationship.objects.visible_to(member)
        .filter(person__in=ids)
        .values_list("person_id", flat=True)
    )
    people = list(found)
    return [p for p in people if p.pk not in busy], [p for p in people if p.pk in busy]


def _draft(member: Member, playbook: Playbook, person: Person, tier: str) -> Commitment:
    """Return what beginning with somebody in a tier's rhythm would take."""
    plain = draft(member, person.name, playbook.kinds[0].length_minutes, 0)
    chosen = playbook.tier(tier) or playbook.tier("medium")
    return in_rhythm(plain, *cadences(chosen)) if chosen else plain


def _tiers(member: Member, playbook: Playbook, *, proposing: bool) -> list[tuple[str, str]]:
    """Return the rhythms one of several may have, each with what it takes of a week."""
    nobody = Person(name="")
    told = [
        (
            tier.key,
            f"{span(weekly(_draft(member, playbook, nobody, tier.key)))} a week: "
            f"{rhythm_words(tier)}",
        )
        for tier in playbook.tiers
    ]
    return told if proposing else [("", "As chosen for all"), *told]


def _why(fits: int, offered: list[Commitment], everything: list[Commitment], budget: int) -> str:
    """Say why so many are ticked and not more."""
    if not offered:
        return ""
    if fits == min(DOZEN, len(offered)):
        return "" if fits < DOZEN else "A dozen are ticked: enough to begin with, and to keep up."
    week = span(total([*everything, *offered[: fits + 1]]))
    if not fits:
        return (
            f"Nobody is ticked: even one more and your week would come to {week} of {span(budget)}."
        )
    return (
        f"{capital(number(fits))} {'is' if fits == 1 else 'are'} ticked: with one more your week "
        f"would come to {week} of {span(budget)}."
    )


@only_a_form
def start_several(request: MemberRequest) -> HttpResponse:
    """Show the form that begins programmes with several; a POST begins all of them or none.

    With ``propose`` it offers whom to begin with, a dozen of them ticked where the week has
    room; else it is about those chosen in the list.
    """
    member = request.member
    playbook = of(member.workspace)
    given = request.POST or request.GET
    proposing = given.get("propose") == "1"
    people, already = _asked_for(given, member)
    offered = people
    if proposing:
        offered = candidates(member)
        there = {one.pk for one in offered}
        offered = [*(one for one in people if one.pk not in there), *offered]
    if not offered:
        return _nobody(request, already, proposing=proposing)
    posted = request.POST if request.method == "POST" else None
    everything, budget = commitments(member), member.weekly_budget_minutes
    ticked = {one.pk for one in people}
    why = ""
    if proposing and posted is None and "weigh" not in given:
        starts = [_draft(member, playbook, one, suggested_tier(one)) for one in offered]
        fits = fitting(everything, budget, starts)
        ticked = {one.pk for one in offered[:fits]}
        why = _why(fits, starts, everything, budget)
    rhythm = RhythmForm(playbook, posted, own=False)
    tiers = _tiers(member, playbook, proposing=proposing)
    common = str(given.get("rhythm") or "medium")
    rows, starts = [], []
    for one in offered:
        own = str(given.get(f"p{one.pk}-rhythm") or "")
        tier = own or (suggested_tier(one) if proposing else common)
        commitment = _draft(member, playbook, one, tier)
        form = BeginForm(
            playbook,
            member.today(),
            # Those not ticked say nothing that could be wrong.
            posted if one.pk in ticked else None,
            prefix=f"p{one.pk}",
            name=one.name,
            tiers=tiers,
            initial={"rhythm": tier if proposing else own},
        )
        rows.append(Candidate(one, form, one.pk in ticked))
        if one.pk in ticked:
            starts.append(commitment)
    chosen = [row for row in rows if row.ticked]
    page: dict[str, Any] = {"weighed": weigh(everything, budget, starts=starts)}
    valid = all([rhythm.is_valid(), *[row.form.is_valid() for row in chosen]]) and bool(chosen)
    # Somebody began with one of them in between: nothing is begun until that has been seen.
    if posted is not None and valid and not already:
        if not page["weighed"].needs_consent or rhythm.cleaned_data["anyway"]:
            for row in chosen:
                begin(
                    row.person,
                    member,
                    on=member.today(),
                    stage=row.form.cleaned_data["stage"],
                    held_before=row.form.cleaned_data["held_before"],
                    held_before_last_on=row.form.cleaned_data["last_on"],
                    fields={
                        "alignment": row.form.cleaned_data["rhythm"]
                        or rhythm.cleaned_data["rhythm"],
                        "length_minutes": playbook.kinds[0].length_minutes,
                    },
                )
            messages.success(request, f"{count(len(chosen), 'programme').capitalize()} begun.")
            return SeeOther(reverse("relationships:partners"))
        page["consent"] = True
    if not proposing:
        drafts = [draft(member, p.name, playbook.kinds[0].length_minutes, 0) for p in people]
        found = options(playbook, common, everything, budget, starts=drafts)
        page["options"] = [one for one in found if one.name]
    page |= {
        "section": "people",
        "rhythm": rhythm,
        "rows": rows,
        "already": already,
        "proposing": proposing,
        "why": why,
        "nobody_ticked": posted is not None and not chosen,
        "here": reverse("relationships:start_several"),
        "has_errors": posted is not None and not page.get("consent"),
        "anyway_label": "Start anyway",
    }
    return render(
        request, "relationships/start_several.html", page, status=200 if posted is None else 422
    )


def _nobody(request: MemberRequest, already: list[Person], *, proposing: bool) -> HttpResponse:
    if already:
        messages.error(request, "All of them have a programme already.")
    elif proposing:
        messages.error(request, "Say of a few people first how well you know them.")
        return redirect("people:acquaintance")
    else:
        messages.error(request, "Select the people to begin with first.")
    return redirect("people:people")
