"""Two records of one person side by side, made one, and parted again."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.forms import Form
from touchline.core.keys import keys_in
from touchline.core.refusal import Refused
from touchline.core.words import capital, count, listed, number, short_day
from touchline.meetings.models import Note
from touchline.people import contact
from touchline.people.forms import said_birthday
from touchline.people.importing.joining import with_notes
from touchline.people.merging import choosing, making_one, parting
from touchline.people.merging.answering import answering
from touchline.people.merging.hanging import counts, relations
from touchline.people.models import Acquaintance, Merge, Person
from touchline.playbook.models import of
from touchline.relationships.merging import MAIN_CONTACT, further
from touchline.relationships.models import Relationship

# What hangs on people, by its relation, as it is spoken of: one, and more.
SPOKEN = {
    "relationships.Relationship.person": ("programme", "programmes"),
    "meetings.OneToOne.relationship": ("one-to-one", "one-to-ones"),
    "meetings.Call.relationship": ("call", "calls"),
    "meetings.Fact.person": ("fact", "facts"),
    "meetings.Note.relationship": ("note", "notes"),
    "meetings.Action.relationship": ("promise", "promises"),
    "meetings.AgendaItem.relationship": ("agenda item", "agenda items"),
    "meetings.Decision.relationship": ("decision", "decisions"),
    "people.ContactPoint.person": ("way to reach them", "ways to reach them"),
    "people.Person_tags.person": ("tag", "tags"),
    "people.Photo.person": ("picture", "pictures"),
}
NOTES = "meetings.Note.relationship"
# Told by what they belong to.
SILENT = ("people.Identity.person", "relationships.Step.relationship")
LONG = 300  # Characters of a note that the page repeats.


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead the address of somebody merged into another to the one who answers for both."""

    @wraps(view)
    def wrapped(request: MemberRequest, person_id: int, **others: Any) -> HttpResponse:
        try:
            return view(request, person_id, **others)
        except Http404:
            one = answering(request.member, person_id)
            if one is None:
                raise
        match = request.resolver_match
        assert match is not None  # noqa: S101 - a view was found for it
        url = reverse(match.view_name, kwargs={**match.kwargs, "person_id": one.pk})
        if request.method == "POST":
            if not request.member.may_change:
                raise Http404
            messages.error(request, f"They were merged into {one.name}. Look here, then do it.")
            return SeeOther(one.get_absolute_url())
        return HttpResponseRedirect(url)

    return wrapped


class MergeForm(Form):
    """Which of two records answers, and whose value stands where they differ."""

    def __init__(
        self, questions: Iterable[tuple[str, str, list[tuple[int, str]], int]], posted: Any
    ) -> None:
        super().__init__(posted)
        for key, label, options, chosen in questions:
            self.fields[key] = forms.TypedChoiceField(
                label=label,
                choices=options,
                coerce=int,
                initial=chosen,
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Choose one of the two.",
                    "invalid_choice": "Choose one of the two.",
                },
            )


@change
def merge_two(request: MemberRequest) -> HttpResponse:
    """Go on to merge the two people chosen in the list."""
    if request.method != "POST":
        return redirect("people:people")
    chosen = list(
        Person.objects.visible_to(request.member)
        .filter(pk__in=keys_in(request.POST.getlist("person"))[:3])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if len(chosen) != 2:
        raise Refused("Choose the two who are one person; two at a time.")
    return SeeOther(reverse("people:merge", args=chosen))


@only_a_form
def merge(request: MemberRequest, person_id: int, other_id: int) -> HttpResponse:
    """Show two people side by side; a POST makes them one."""
    member = request.member
    one, other = (_there(member, pk) for pk in (person_id, other_id))
    if one.pk == other.pk:
        if request.method == "POST":
            raise Refused(f"{one.name} is one person already.")
        return HttpResponseRedirect(one.get_absolute_url())
    if (one.pk, other.pk) != (person_id, other_id):
        url = reverse("people:merge", args=[one.pk, other.pk])
        if request.method == "POST":
            messages.error(request, "One of the two has just been merged. Look here, then do it.")
            return SeeOther(url)
        return HttpResponseRedirect(url)
    pair = (one, other)
    prefetch_related_objects(pair, "points", "tags")
    hangs = _hangs(member, pair)
    programmes = [found for each in pair if (found := getattr(each, "relationship", None))]
    posted = request.POST if request.method == "POST" else None
    # From the likely doubles one goes on with the next pair.
    among_doubles = "doubles" in request.GET
    form = MergeForm(_questions(member, pair, programmes, hangs), posted)
    if posted is not None and form.is_valid():
        said = form.cleaned_data
        kept, gone = pair if said["kept"] == one.pk else pair[::-1]
        made = making_one.merge(member, kept, gone, said)
        came = said_of(_came(member, made))
        moved = f" {capital(came)} came over." if came else ""
        if not among_doubles:
            messages.success(request, f"{gone.name} and {kept.name} are one person now.{moved}")
            return SeeOther(kept.get_absolute_url())
        text = '{} and <a href="{}">{}</a> are one person now.{}'
        done = format_html(text, gone.name, kept.get_absolute_url(), kept.name, moved)
        messages.success(request, done)
        return SeeOther(reverse("people:doubles"))
    page = {
        "section": "people",
        "pair": pair,
        "among_doubles": among_doubles,
        "form": form,
        "has": {each.pk: _has(member, each, hangs[each.pk]) for each in pair},
        "contacts": form[MAIN_CONTACT] if MAIN_CONTACT in form.fields else None,
        "differ": [form[field.key] for field in choosing.FIELDS if field.key in form.fields],
        "both": _both(member, pair),
        "programme": _programme(member, programmes) if len(programmes) == 2 else "",
    }
    return render(request, "people/merge.html", page, status=200 if posted is None else 422)


@change
def part(request: MemberRequest, person_id: int) -> HttpResponse:
    """Part somebody from the one who answers for them."""
    member = request.member
    kept = answering(member, person_id)
    if request.method != "POST" or kept is None:
        there = kept or get_object_or_404(Person.objects.visible_to(member), pk=person_id)
        if request.method == "POST":
            raise Refused("They have been parted already.")
        return redirect(there)
    parting.part(member, person_id)
    again = Person.objects.visible_to(member).get(pk=person_id)
    messages.success(
        request,
        format_html(
            '<a href="{}">{}</a> is by themselves again, with all that came from there.',
            again.get_absolute_url(),
            again.name,
        ),
    )
    return SeeOther(kept.get_absolute_url())


def merges_of(found: Person) -> list[Merge]:
    """Return who was merged into somebody, the latest first: that one can be parted."""
    return list(Merge.objects.filter(kept=found).select_related("other").order_by("-pk"))


def said_of(hangs: Mapping[str, int]) -> str:
    """Say what hangs on somebody: *three one-to-ones and nine facts*; '' for nothing."""
    known = {key: place for place, key in enumerate(SPOKEN)}
    every = (*relations(Person), *relations(Relationship))
    words = {**{each.key: _plain(each.model) for each in every}, **SPOKEN}
    told = sorted(
        (key for key, many in hangs.items() if many and key not in SILENT),
        key=lambda key: known.get(key, len(known)),
    )
    return listed([count(hangs[key], *words[key]) for key in told])


def _plain(model: Any) -> tuple[str, str]:
    return str(model._meta.verbose_name), str(model._meta.verbose_name_plural)


def _there(member: Member, pk: int) -> Person:
    """Return a person, or the one who answers for them, or 404."""
    people = Person.objects.visible_to(member).select_related(
        "company", "relationship__main_contact__user"
    )
    found: Person | None = people.filter(pk=pk).first()
    if found is None and (one := answering(member, pk)):
        found = people.filter(pk=one.pk).first()
    if found is None:
        raise Http404
    return found


def _hangs(member: Member, pair: tuple[Person, Person]) -> dict[int, dict[str, int]]:
    paths = [(each, each.column) for each in relations(Person)]
    paths += [(each, f"{each.column}__person") for each in relations(Relationship)]
    found = counts([each.pk for each in pair], paths)
    # That others keep notes to themselves is theirs to know as well.
    told = Note.objects.visible_to(member).filter(relationship__person__in=pair).order_by()
    many = Counter(told.values_list("relationship__person", flat=True))
    for each in pair:
        found[each.pk][NOTES] = many[each.pk]
    return found


def _came(member: Member, made: Merge) -> dict[str, int]:
    came = {key: len(keys) for key, keys in made.came.items()}
    if came.get(NOTES):
        came[NOTES] = Note.objects.visible_to(member).filter(pk__in=made.came[NOTES]).count()
    return came


def _questions(
    member: Member,
    pair: tuple[Person, Person],
    programmes: list[Relationship],
    hangs: dict[int, dict[str, int]],
) -> list[tuple[str, str, list[tuple[int, str]], int]]:
    kept, _ = making_one.in_order(*pair, hangs)
    sensible = choosing.sensible(*pair)
    questions = [("kept", "Who answers", [(each.pk, each.name) for each in pair], kept.pk)]
    questions += [
        (
            field.key,
            field.label,
            [(each.pk, _value(field.key, each)) for each in pair],
            sensible[field.key],
        )
        for field in choosing.differing(*pair)
    ]
    contacts = {one.main_contact_id: str(one.main_contact) for one in programmes}
    if len(contacts) == 2:
        leads, _ = further(*programmes)
        questions.append(
            (MAIN_CONTACT, "Main contact", list(contacts.items()), leads.main_contact_id)
        )
    return questions


def _has(member: Member, person: Person, hangs: dict[str, int]) -> str:
    """Say since when a record is here and what hangs on it."""
    since = f"Here since {short_day(localdate(person.created_at), member.today())}"
    has = said_of(hangs)
    return f"{since}, with {has}." if has else f"{since}, with nothing more."


def _value(key: str, person: Person) -> str:
    """Say what one record has in a field."""
    if key == "company":
        return person.company.name if person.company else "Nothing"
    if key == "acquaintance":
        return Acquaintance(person.acquaintance).label
    if key == "birthday":
        return said_birthday(person.birthday) or "Nothing"
    if key == "told_on":
        return short_day(person.told_on) if person.told_on else "Nothing"
    if key == "name" and (person.given or person.family):
        parts = f"{person.given} {person.family}".strip()
        return person.name if parts == person.name else f"{person.name} ({parts})"
    return str(getattr(person, key)) or "Nothing"


def _both(member: Member, pair: tuple[Person, Person]) -> list[tuple[str, list[str]]]:
    """Return what is kept of both: label, and every value once."""
    country = member.workspace.country
    found: dict[str, dict[str, str]] = {}
    for each in pair:
        for point in each.points.all():
            text = contact.spoken(point.kind, point.value, country)
            found.setdefault(point.get_kind_display(), {}).setdefault(point.normal, text)
        for tag in each.tags.all():
            found.setdefault("Tags", {})[tag.folded] = tag.name
        for label, value in each.extra:
            found.setdefault(str(label), {})[str(value)] = str(value)
    one, other = pair
    if notes := with_notes(one.notes, other.notes):
        found["Notes"] = {"": notes if len(notes) <= LONG else f"{notes[:LONG]}…"}
    shown = [(label, list(values.values())) for label, values in found.items()]
    if one.do_not_contact or other.do_not_contact:
        shown.append(("Contact", ["Asked not to be contacted."]))
    return shown


def _programme(member: Member, programmes: list[Relationship]) -> str:
    leads, _ = further(*programmes)
    stage = of(member.workspace).stage(leads.stage).name
    before = sum(each.held_before for each in programmes)
    counted = f", the {number(before)} held before among them" if before else ""
    return (
        f"Both have a programme. The one with {leads.person.name} leads, at {stage}: its stage "
        f"and rhythm stand. The one-to-ones of both count together{counted}."
    )
