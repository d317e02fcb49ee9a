"""A referral that begins: from a note, a one-to-one, a person, or nothing but an idea."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.meetings.models import Note, OneToOne
from touchline.people.editing import company_named
from touchline.people.models import Company, Person
from touchline.referrals.entering import begin, enter_history
from touchline.referrals.forms import AboutForm, HistoryForm, NewForm
from touchline.referrals.models import Direction, Referral
from touchline.referrals.models.said import worth
from touchline.relationships.models import Relationship

# A need is a sentence: more of a note than this is not taken over.
NEED = 300


@dataclass(frozen=True, slots=True)
class Source:
    """Where a referral comes from, as its page's address or its form names it.

    ``like`` is one that came to nothing with its partner, begun anew with another.
    """

    note: Note | None = None
    one: OneToOne | None = None
    relationship: Relationship | None = None
    person: Person | None = None
    like: Referral | None = None

    @property
    def partner(self) -> Relationship | None:
        if self.like:
            return None
        if self.note:
            return self.note.relationship
        return self.one.relationship if self.one else self.relationship


def source_of(member: Member, given: QueryDict) -> Source:
    """Read the source; what is not there, or not for the member to see, is left out."""

    def row(rows: Any, name: str) -> Any:
        key = key_in(given.get(name, ""))
        return rows.filter(pk=key).first() if key is not None else None

    notes = Note.objects.visible_to(member).select_related("relationship__person", "one_to_one")
    ones = OneToOne.objects.visible_to(member).select_related("relationship__person")
    there = Relationship.objects.visible_to(member).select_related("person")
    people = Person.objects.visible_to(member).select_related("company")
    like = row(Referral.objects.visible_to(member).select_related("person", "company"), "like")
    if like:
        # It came from where the other one did, as far as that is for the member to see.
        note = notes.filter(pk=like.note_id).first()
        one = ones.filter(pk=like.one_to_one_id).first()
        return Source(note, one, like=like)
    note = row(notes, "note")
    return Source(
        note,
        note.one_to_one if note else row(ones, "one_to_one"),
        row(there, "relationship"),
        row(people, "prospect"),
    )


def initial_of(member: Member, given: QueryDict, source: Source) -> dict[str, Any]:
    """Return what the form starts with: all that the source knows already."""
    direction = given.get("direction", "")
    initial: dict[str, Any] = {
        "direction": direction if direction in Direction.values else Direction.GIVEN,
        "partner": source.partner.pk if source.partner else None,
        "on": member.today(),
        "person": source.person or "",
        "received": direction == Direction.RECEIVED,
    }
    if source.like:
        return initial | _known_of(source.like)
    if source.person and source.person.company:
        initial["company"] = source.person.company.name
    if source.note:
        initial["need"] = " ".join(source.note.text.split())[:NEED]
        initial["stated_on"] = timezone.localtime(source.note.at).date()
    elif source.one:
        initial["stated_on"] = timezone.localtime(source.one.starts_at).date()
    if source.one:
        initial["stated_where"] = f"One-to-one with {source.one.relationship.person.name}"[:120]
    return initial


def _known_of(like: Referral) -> dict[str, Any]:
    """Return who and what for, of one that is begun anew with another partner."""
    person, company = like.person, like.company
    return {
        "direction": like.direction,
        "received": not like.is_given,
        "person": person if person and not person.deleted_at else "",
        "company": company.name if company and not company.deleted_at else "",
        "need": like.need,
        "stated_on": like.stated_on,
        "stated_where": like.stated_where,
    }


def fields_of(
    form: AboutForm, source: Source, partner: Relationship, company: Company | None
) -> dict[str, Any]:
    """Return the columns of a valid form; a new person is made, with the company named."""
    data = form.cleaned_data
    somebody = data["person"]
    told_by = f"{partner.person.name}, a referral"
    return {
        "person": somebody.made(form.member, data["company"], told_by) if somebody else None,
        "company": company,
        "stated_on": data["stated_on"],
        "stated_where": data["stated_where"],
        "third": data["third"],
        "third_is": data["third_is"],
        "note": source.note,
        "one_to_one": source.one,
    }


def refused_in(form: AboutForm, refused: Refused) -> None:
    """Put a refusal beside the field that it is about."""
    said = str(refused)
    field = "person" if "prospect is the partner" in said or "do not contact" in said else None
    form.add_error("company" if "own company" in said else field, said)


def _begin(form: NewForm, source: Source) -> Referral | None:
    """Begin it; None where the form has to be looked at again."""
    data, by = form.cleaned_data, form.member
    partner, company = data["partner"], company_named(by, data["company"])
    if data["direction"] == Direction.GIVEN and not form.weigh(partner, company):
        return None
    try:
        made = begin(
            by,
            partner,
            data["direction"],
            need=data["need"],
            on=data["on"],
            **fields_of(form, source, partner, company),
        )
        if data["received"] and data["direction"] == Direction.RECEIVED:
            made.receive(by, on=data["on"])
    except Refused as refused:
        refused_in(form, refused)
        return None
    return made


def _enter(form: HistoryForm, source: Source) -> Referral | None:
    data, by = form.cleaned_data, form.member
    partner, company = data["partner"], company_named(by, data["company"])
    try:
        return enter_history(
            by,
            partner,
            data["direction"],
            need=data["need"],
            days=form.days(),
            became=data["became"],
            heat=data["heat"],
            **worth(data["value"]),
            **fields_of(form, source, partner, company),
        )
    except Refused as refused:
        refused_in(form, refused)
        return None


def _page(
    request: MemberRequest, template: str, form: AboutForm, source: Source, **more: Any
) -> HttpResponse:
    home = "/"
    if source.like:
        home = source.like.get_absolute_url()
    elif source.one:
        home = source.one.get_absolute_url()
    elif source.partner:
        home = source.partner.get_absolute_url()
    elif source.person:
        home = source.person.get_absolute_url()
    page = {
        "section": "referrals",
        "form": form,
        "source": source,
        "home": home,
        "already": form.already,
        **more,
    }
    return render(request, template, page, status=422 if request.method == "POST" else 200)


@only_a_form
def new(request: MemberRequest) -> HttpResponse:
    """Show the form of a new referral; a POST begins it."""
    member = request.member
    posted = request.POST if request.method == "POST" else None
    source = source_of(member, request.POST or request.GET)
    form = NewForm(posted, initial=initial_of(member, request.GET, source), member=member)
    if posted is not None and form.is_valid() and (made := _begin(form, source)):
        messages.success(request, "It is on record. This is what comes next.")
        return SeeOther(made.get_absolute_url())
    return _page(request, "referrals/new.html", form, source)


@only_a_form
def history_new(request: MemberRequest) -> HttpResponse:
    """Show the form of a referral from before the software; a POST enters it."""
    member = request.member
    posted = request.POST if request.method == "POST" else None
    source = source_of(member, request.POST or request.GET)
    initial = initial_of(member, request.GET, source)
    form = HistoryForm(posted, initial=initial, member=member)
    if posted is not None and form.is_valid() and (made := _enter(form, source)):
        messages.success(request, f"Entered: {made.prospect}.")
        if "another" in request.POST:
            return SeeOther(f"{request.path}?relationship={made.relationship_id}")
        return SeeOther(made.get_absolute_url())
    return _page(request, "referrals/history_new.html", form, source)
