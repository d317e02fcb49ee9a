"""Reads a line, or a pasted signature, into the form of a new person."""

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import only_a_form
from touchline.people import contact, naming
from touchline.people.forms import PersonForm, point_forms
from touchline.people.importing.matching import agree, name_tokens
from touchline.people.models import Person
from touchline.people.one_line.reading import Told, read

if TYPE_CHECKING:
    from touchline.accounts.models import Member

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody who is there already, and what they have in common with what was read."""

    person: Person
    why: str


@only_a_form
def one_line(request: MemberRequest) -> HttpResponse:
    """Show the form filled in from what was pasted; nothing is stored yet."""
    if request.method != "POST":
        return redirect("people:person_new")
    member = request.member
    text = request.POST.get("text", "")
    told = read(text, member.workspace.country)
    form = PersonForm(
        initial={
            "name": told.name,
            "title": told.title,
            "company": told.company,
            "notes": told.notes,
        }
    )
    points = point_forms(
        None, [{"kind": one.kind, "value": one.value, "label": one.label} for one in told.points]
    )
    page = {
        "section": "people",
        "form": form,
        "points": points,
        "person": None,
        "line": text,
        "was_read": bool(text.strip()),
        "nothing": not text.strip(),
        "alike": alike(member, told) if text.strip() else [],
        # A draft of another person is not this one.
        "draft": f"line-{hashlib.sha256(text.encode()).hexdigest()[:16]}",
    }
    return render(request, "people/person_form.html", page, status=422)


def alike(member: "Member", told: Told) -> list[Alike]:
    """Return who is there with the same e-mail address, a number and name that agree, or the
    same name; at most five."""
    country = member.workspace.country
    mails = [
        contact.normal("email", one.value, country) for one in told.points if one.kind == "email"
    ]
    phones = [
        contact.normal("phone", one.value, country) for one in told.points if one.kind == "phone"
    ]
    same_mail = Q(points__kind="email", points__normal__in=mails)
    same_phone = Q(points__kind="phone", points__normal__in=phones)
    tokens = name_tokens(told.name) if told.name else frozenset()
    everyone = Person.objects.visible_to(member).select_related("company").order_by("pk")
    found: dict[int, Alike] = {}
    # Each is one look into an index; together they would be none.
    for asked, why in ((same_mail, "the same e-mail address"), (same_phone, "the same number")):
        for person in everyone.filter(asked).distinct()[:SHOWN] if (mails or phones) else ():
            there = name_tokens(person.name, person.given, person.family)
            if asked is same_mail or agree(there, tokens):
                found.setdefault(person.pk, Alike(person, why))
    if told.name:
        order = naming.order(told.name, "", "")
        for person in everyone.filter(sort_key=order)[:SHOWN]:
            found.setdefault(person.pk, Alike(person, "the same name"))
    return list(found.values())[:SHOWN]
