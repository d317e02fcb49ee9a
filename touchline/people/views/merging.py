"""Two records of one person side by side, made one, and parted again."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.forms import Form
from touchline.core.keys import keys_in
from touchline.core.refusal import Refused
from touchline.core.words import capital
from touchline.meetings.models import Note
from touchline.people.merging import choosing, making_one, parting
from touchline.people.merging.answering import answering
from touchline.people.merging.hanging import counts, relations
from touchline.people.models import Merge, Person
from touchline.people.views.comparing import both, has, programme_said, questions, said_of
from touchline.relationships.merging import MAIN_CONTACT
from touchline.relationships.models import Relationship

# What hangs on people, by its relation, as it is spoken of: one, and more.
NOTES = "meetings.Note.relationship"
# Told by what they belong to.


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
    form = MergeForm(questions(member, pair, programmes, hangs), posted)
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
        "has": {each.pk: has(member, each, hangs[each.pk]) for each in pair},
        "contacts": form[MAIN_CONTACT] if MAIN_CONTACT in form.fields else None,
        "differ": [form[field.key] for field in choosing.FIELDS if field.key in form.fields],
        "both": both(member, pair),
        "programme": programme_said(member, programmes) if len(programmes) == 2 else "",
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
