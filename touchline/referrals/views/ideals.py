"""Whom a partner wants to meet, and whom we do: read, written, filled from what is known."""

from dataclasses import dataclass
from typing import Self

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.forms import Form
from touchline.core.keys import key_in
from touchline.core.paths import path_to
from touchline.meetings.models import Fact
from touchline.meetings.pitching import Part, Told, offers
from touchline.people.models import Person
from touchline.referrals.learning import joining
from touchline.referrals.learning.ideal import BETTER, PARTS, Weak, weak
from touchline.referrals.learning.writings import writings
from touchline.referrals.models import SEVERAL, IdealReferral
from touchline.referrals.models.ideals import LONGEST
from touchline.relationships.views.reaching import relationship_of

WRITINGS_SHOWN = 12
# Changes of single fields that are looked at for them.
MOST_CHANGES = 120


@dataclass(frozen=True, slots=True)
class Shown:
    """A field on the page: its lines, what of them nobody could act on, and what is known."""

    part: Part
    lines: list[str]
    weak: tuple[Weak, ...]
    offers: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """What was written of somebody merged into the partner, and is not said here."""

    ideal: IdealReferral
    name: str
    lines: list[tuple[str, list[str]]]
    adds: bool

    @classmethod
    def of(cls, ideal: IdealReferral, other: IdealReferral) -> Self:
        left = joining.left_of(ideal, other)
        lines = [(part.heading, left[part.key]) for part in PARTS if part.key in left]
        person = _person(other)
        return cls(other, person.name if person else "", lines, bool(joining.taken(ideal, other)))


class IdealForm(Form):
    """The fields of an ideal referral, and the version that was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, ideal: IdealReferral, posted: dict[str, str] | None = None) -> None:
        super().__init__(posted, initial={**ideal.words, "seen": ideal.version})
        for part in PARTS:
            rows = 3 if part.key in SEVERAL or part.key == "story" else 1
            self.fields[part.key] = forms.CharField(
                label=part.heading,
                required=False,
                max_length=LONGEST[part.key],
                widget=forms.Textarea(attrs={"rows": rows}),
            )

    def parts(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields with their hints."""
        return [(self[part.key], part.hint) for part in PARTS]


def _ideal_of(request: MemberRequest, pk: int | None) -> IdealReferral:
    """Return the ideal referral of a partner, or one's own; not stored yet where there is none."""
    visible = IdealReferral.objects.visible_to(request.member)
    if pk is None:
        row: IdealReferral | None = visible.filter(member=request.member.pk).first()
        ideal = row or IdealReferral(workspace_id=request.member.workspace_id)
        ideal.member = request.member
        return ideal
    relationship = relationship_of(request, pk)
    row = visible.filter(relationship=relationship).first()
    ideal = row or IdealReferral(workspace_id=relationship.workspace_id)
    ideal.relationship = relationship
    return ideal


def _person(ideal: IdealReferral) -> Person | None:
    return ideal.relationship.person if ideal.relationship else None


def _told(request: MemberRequest, ideal: IdealReferral) -> list[Told]:
    facts = Fact.objects.visible_to(request.member).current()
    person = _person(ideal)
    whose = {"person": person.pk} if person else {"of_member": request.member.pk}
    topics = {topic for part in PARTS for topic, _ in part.sources}
    rows = facts.filter(topic__in=topics, **whose).order_by("-on", "-pk")
    return [
        Told(pk, topic, slot, " ".join(text.split()))
        for pk, topic, slot, text in rows.values_list("pk", "topic", "slot", "text")
    ]


def _page(request: MemberRequest, pk: int | None) -> HttpResponse:
    ideal = _ideal_of(request, pk)
    found: dict[str, tuple[Told, ...]] = {}
    if request.member.may_change:
        found = offers(ideal.words, _told(request, ideal), LONGEST, PARTS)
    shown = [
        Shown(part, ideal.lines(part.key), weak(part.key, getattr(ideal, part.key)),
              found.get(part.key, ()))
        for part in PARTS
    ]  # fmt: skip
    changes = (
        ideal.changes.select_related(
            "by__user", "referral__person", "referral__company", "referral__relationship"
        )[:MOST_CHANGES]
        if ideal.pk
        else ()
    )
    written = writings(changes)
    context = {
        **_about(ideal, pk),
        "empty": not any(ideal.words.values()),
        "sentence": shown[0],
        "example": BETTER["sentence"],
        "parts": shown[1:],
        "unsaid": [one.part for one in shown[1:] if not (one.lines or one.offers)],
        "writings": written[:WRITINGS_SHOWN],
        "more": len(written) > WRITINGS_SHOWN or len(changes) == MOST_CHANGES,
        "others": [Other.of(ideal, one) for one in joining.others(ideal, request.member)],
    }
    return render(request, "referrals/ideal.html", context)


def _about(ideal: IdealReferral, pk: int | None) -> dict[str, object]:
    mine = pk is None
    person = _person(ideal)
    keys = () if pk is None else (pk,)
    name = "referrals:my_ideal" if mine else "referrals:ideal"
    return {
        "section": "referrals",
        "ideal": ideal,
        "relationship": ideal.relationship,
        "person": person,
        "mine": mine,
        "whose": "you" if person is None else person.first,
        "here": path_to(name, *keys),
        "edit_url": path_to(f"{name}_edit", *keys),
        "offers_url": path_to(f"{name}_offers", *keys),
    }


def ideal(request: MemberRequest, pk: int) -> HttpResponse:
    """Show whom a partner wants to meet, and how that came to be said."""
    return _page(request, pk)


def my_ideal(request: MemberRequest) -> HttpResponse:
    """Show whom we want to meet."""
    return _page(request, None)


@only_a_form
def ideal_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Write whom a partner wants to meet."""
    return _edit(request, pk)


@only_a_form
def my_ideal_edit(request: MemberRequest) -> HttpResponse:
    """Write whom we want to meet."""
    return _edit(request, None)


def _edit(request: MemberRequest, pk: int | None) -> HttpResponse:
    found = _ideal_of(request, pk)
    form = IdealForm(found, request.POST.dict() if request.method == "POST" else None)
    late = False
    if form.is_bound and form.is_valid():
        if form.cleaned_data["seen"] == found.version:
            words = {part.key: form.cleaned_data[part.key] for part in PARTS}
            member = request.member
            found.write(member, seen=found.version, on=member.today(), **words)
            return SeeOther(found.get_absolute_url())
        # Somebody wrote meanwhile: both are shown, and what is saved next is decided on.
        late = True
        form.data["seen"] = str(found.version)  # type: ignore[index]
    context = {
        **_about(found, pk),
        "form": form,
        "late": late,
        "theirs": [(part.heading, getattr(found, part.key)) for part in PARTS],
    }
    status = 422 if form.is_bound else 200
    return render(request, "referrals/ideal_edit.html", context, status=status)


@change
def ideal_offers(request: MemberRequest, pk: int) -> HttpResponse:
    """Take what is known of a partner over into a field."""
    return _take_over(request, pk)


@change
def my_ideal_offers(request: MemberRequest) -> HttpResponse:
    """Take what we said of ourselves over into a field."""
    return _take_over(request, None)


def _take_over(request: MemberRequest, pk: int | None) -> HttpResponse:
    found = _ideal_of(request, pk)
    if request.method == "POST" and "other" in request.POST:
        _take_other(request, found)
    elif request.method == "POST":
        fact = key_in(request.POST.get("fact", ""))
        told = {one.pk: one for one in _told(request, found)}
        if fact not in told:
            raise Http404
        field, seen = request.POST.get("field", ""), key_in(request.POST.get("seen", ""))
        member = request.member
        found.take_over(
            member, field, told[fact].text, seen=-1 if seen is None else seen, on=member.today()
        )
    return SeeOther(found.get_absolute_url())


def _take_other(request: MemberRequest, found: IdealReferral) -> None:
    """Take over what was written of somebody who is merged into the partner."""
    key, seen = key_in(request.POST["other"]), key_in(request.POST.get("seen", ""))
    there = {one.pk: one for one in joining.others(found, request.member)}
    if key not in there:
        raise Http404
    by = request.member
    joining.take(found, there[key], by, seen=-1 if seen is None else seen, on=by.today())
    messages.success(request, "Taken over. What was said before stands in the history.")
