"""Those likely in twice, side by side, to be said the same or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, back, change
from touchline.core.fold import fold
from touchline.core.words import capital, count, listed
from touchline.people import contact
from touchline.people.doubles.models import Double
from touchline.people.forms import said_birthday
from touchline.people.models import ContactPoint, Person

PAGE = 20
COUNTED = 500
_POINTS = {"email": "E-mail", "phone": "Phone", "address": "Address", "web": "Web", "social": "Web"}


@dataclass(frozen=True, slots=True)
class Value:
    """One thing one of two says; ``agrees`` where the other says it too."""

    text: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One field of two people: what each says, and whether they say the same."""

    label: str
    one: tuple[Value, ...]
    other: tuple[Value, ...]

    @property
    def agrees(self) -> bool:
        """Whether there is nothing that only one of them says."""
        return all(value.agrees for value in (*self.one, *self.other))


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as the page has it."""

    double: Double
    lines: list[Line]

    @property
    def why(self) -> str:
        """The reasons as one sentence."""
        return f"{capital(listed(self.double.reasons))}."


def doubles(request: MemberRequest) -> HttpResponse:
    """Show the likely doubles, most certain first; with ``apart``, those said to be two."""
    member = request.member
    is_apart = "apart" in request.GET
    there = Double.objects.visible_to(member)
    pairs = there.set_apart().order_by("-id") if is_apart else there.open().certain_first()
    found = list(pairs.select_related("one__company", "other__company")[: PAGE + 1])
    many = len(found)
    if many > PAGE and not is_apart:
        many = there.open().order_by()[: COUNTED + 1].count()
    return render(
        request,
        "people/doubles.html",
        {
            "section": "people",
            "pairs": _shown(member, found[:PAGE]),
            "is_apart": is_apart,
            "summary": _summary(many),
            "is_more": len(found) > PAGE,
            "any_apart": not is_apart and there.set_apart().exists(),
            "here": request.get_full_path(),
        },
    )


def _summary(many: int) -> str:
    if many > COUNTED:
        return f"More than {COUNTED} pairs, the most certain first."
    order = ", the most certain first" if many > 1 else ""
    return f"{capital(count(many, 'pair', 'pairs'))}{order}."


def _shown(member: Member, found: Sequence[Double]) -> list[Shown]:
    people = {pk for pair in found for pk in (pair.one_id, pair.other_id)}
    points: dict[int, list[ContactPoint]] = {}
    for point in ContactPoint.objects.visible_to(member).filter(person__in=people):
        points.setdefault(point.person_id or 0, []).append(point)
    country = member.workspace.country
    return [
        Shown(
            pair,
            _lines(
                _said(pair.one, points.get(pair.one_id, []), country),
                _said(pair.other, points.get(pair.other_id, []), country),
            ),
        )
        for pair in found
    ]


def _said(
    person: Person, points: Iterable[ContactPoint], country: str
) -> dict[str, list[tuple[str, str]]]:
    """Return what a person says by field: texts, each with what makes it the same as another."""
    plain = {
        "Title": person.title,
        "Company": person.company.name if person.company else "",
        "Birthday": said_birthday(person.birthday) if person.birthday else "",
    }
    said = {"Name": [(person.name, fold(person.name))]}
    said |= {label: [(text, fold(text))] if text else [] for label, text in plain.items()}
    for point in points:
        text = contact.spoken(point.kind, point.value, country)
        said.setdefault(_POINTS[point.kind], []).append((text, point.normal))
    said["From"] = [(person.source, person.source)] if person.source else []
    return said


def _lines(
    one: dict[str, list[tuple[str, str]]], other: dict[str, list[tuple[str, str]]]
) -> list[Line]:
    found = []
    for label in ("Name", "Title", "Company", "E-mail", "Phone", "Address", "Web", "Birthday",
                  "From"):  # fmt: skip
        mine, theirs = one.get(label, []), other.get(label, [])
        if mine or theirs:
            found.append(Line(label, _values(mine, theirs), _values(theirs, mine)))
    return found


def _values(said: list[tuple[str, str]], other: list[tuple[str, str]]) -> tuple[Value, ...]:
    there = {normal for _, normal in other}
    return tuple(Value(text, normal in there) for text, normal in said)


@change
def apart(request: MemberRequest, double_id: int) -> HttpResponse:
    """Remember that a pair is two people."""
    return _decided(request, double_id, "set_apart_by", "{} and {} stay two.")


@change
def asking(request: MemberRequest, double_id: int) -> HttpResponse:
    """Take back that a pair is two people: they are asked about again."""
    return _decided(request, double_id, "ask_again_by", "{} and {} are asked about again.")


def _decided(request: MemberRequest, double_id: int, verb: str, said: str) -> HttpResponse:
    pairs: Any = Double.objects.visible_to(request.member).select_related("one", "other")
    pair = get_object_or_404(pairs, pk=double_id)
    if request.method != "POST":
        return redirect("people:doubles")
    getattr(pair, verb)(request.member)
    messages.success(request, said.format(pair.one.name, pair.other.name))
    return SeeOther(back(request, reverse("people:doubles")))
