"""One person: everything known, and making, editing, deleting them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import CharField, Exists, IntegerField, OuterRef, Value
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.meetings.knowing import listing
from touchline.meetings.timeline import timeline
from touchline.people import contact
from touchline.people.editing import edit, make
from touchline.people.forms import PersonForm, point_forms, points_of, said_birthday
from touchline.people.models import ContactPoint, Merge, Person, Photo, PointKind, Tag
from touchline.people.views.deleting import bring_back, put_away
from touchline.people.views.merging import answered, merges_of
from touchline.people.views.rows import start_url
from touchline.playbook.models import of
from touchline.referrals.passing import introduced
from touchline.referrals.passing.introduced import Introduced
from touchline.relationships.models import Relationship
from touchline.relationships.monogram import monogram
from touchline.sheets.arrivals.history import FROM_THEM


@dataclass(frozen=True, slots=True)
class Way:
    """A contact point ready to show: ``verb`` says what the link does."""

    kind: str
    text: str
    label: str
    url: str
    verb: str


VERBS = {"phone": "Call", "email": "Write", "address": "Map", "web": "Open", "social": "Open"}


@answered
def person(request: MemberRequest, person_id: int) -> HttpResponse:
    """Show a person with their whole history, filtered by ``?show=``."""
    member = request.member
    before = _moment(request.GET.get("before", ""))
    rows = _FOUND(member=member, person=person_id)
    if not rows:
        raise Http404
    found: Any = rows[0]
    programme: Relationship | None = getattr(found, "relationship", None)
    took_place = programme.held_before + programme.took_place if programme else None
    ways, tags, introductions = _ways_tags_and_referrals(member, found)
    history = None
    if programme is not None:
        programme.person = found
        history = timeline(
            programme,
            member,
            only=request.GET.get("show", ""),
            before=before,
            also=FROM_THEM,
        )
    stages = {stage.key: stage.name for stage in of(member.workspace).stages}
    return render(
        request,
        "people/person.html",
        {
            "section": "people",
            "person": found,
            "monogram": monogram(
                found.initials,
                took_place,
                partner=programme is not None and programme.stage == "referral_partner",
                large=True,
            ),
            "programme": programme,
            "stage": stages[programme.stage] if programme else "",
            "start_url": start_url([found.pk]),
            "ways": ways,
            "tags": tags,
            "birthday": said_birthday(found.birthday),
            # With a programme the history tells them, and its page has them by topic.
            "shelves": [] if programme else listing.theirs(member, found.pk),
            "history": history,
            "history_url": found.get_absolute_url(),
            "introductions": introductions,
            "merges": merges_of(found) if found.is_merged else [],
        },
    )


_FOUND = Prepared(
    lambda at: (
        Person.objects.visible_to(at.member)
        .filter(pk=at.person)
        .select_related("company", "relationship")
        .annotate(
            is_merged=Exists(Merge.objects.filter(kept=OuterRef("pk"))),
            has_photo=Exists(Photo.objects.filter(person=OuterRef("pk"))),
        )
    ),
    member=MEMBER,
    person=KEY,
)


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    # Beyond these a moment has no day in some time zone.
    if not 1900 <= at.year <= 2100:
        return None
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def way_of(member: Member, kind: str, value: str, normal: str, label: str) -> Way:
    """Make a contact point ready to show, numbers as the member's country writes them."""
    return Way(
        PointKind(kind).label,
        contact.spoken(kind, value, member.workspace.country),
        label,
        contact.link(kind, value, normal),
        VERBS[kind],
    )


def _text(value: str) -> Any:
    return Value(value, output_field=CharField())


def _points_and_tags(at: Any) -> Any:
    points = (
        ContactPoint.objects.filter(person=at.person)
        .order_by()
        .values_list("kind", Cast("value", CharField()), "normal", "label", "position", "pk")
    )
    tags = (
        Tag.objects.filter(people=at.person)
        .order_by()
        .values_list(
            _text("tag"),
            Cast("name", CharField()),
            _text(""),
            _text(""),
            Value(0, output_field=IntegerField()),
            "pk",
        )
    )
    return points.union(tags, introduced.rows(at.person), all=True)


_POINTS_AND_TAGS = Prepared(_points_and_tags, person=KEY)


def _ways_tags_and_referrals(
    member: Member, found: Person
) -> tuple[list[Way], list[tuple[int, str]], list[Introduced]]:
    """Load contact points, tags and referrals in one query: the page keeps within its dozen."""
    ways, named, passed = [], [], []
    for kind, value, normal, label, position, pk in _POINTS_AND_TAGS(person=found.pk):
        if kind == "tag":
            named.append((pk, value))
            continue
        if kind == introduced.KIND:
            passed.append(introduced.read(pk, value, normal, label))
            continue
        ways.append((position, pk, way_of(member, kind, value, normal, label)))
    return (
        [way for _, _, way in sorted(ways, key=lambda one: one[:2])],
        sorted(named, key=lambda one: one[1].casefold()),
        sorted(passed, key=lambda one: (one.on, one.key), reverse=True),
    )


@only_a_form
def person_new(request: MemberRequest) -> HttpResponse:
    """Show the form for a new person; a POST makes them."""
    posted = request.POST if request.method == "POST" else None
    form, points = PersonForm(posted), point_forms(posted)
    if posted is not None and form.is_valid() and points.is_valid():
        made = make(
            request.member,
            form.fields_of(),
            company=form.cleaned_data["company"],
            tags=form.cleaned_data["tags"],
            points=points_of(points),
        )
        messages.success(request, f"{made.name} is among your people.")
        return SeeOther(made.get_absolute_url())
    return _form(request, form, points, None)


@answered
@only_a_form
def person_edit(request: MemberRequest, person_id: int) -> HttpResponse:
    """Show the form of a person; a POST stores it."""
    member = request.member
    found = get_object_or_404(
        Person.objects.visible_to(member).select_related("company"), pk=person_id
    )
    posted = request.POST if request.method == "POST" else None
    form = PersonForm(posted, initial=PersonForm.initial_of(found))
    points = point_forms(
        posted,
        [
            {"kind": point.kind, "value": point.value, "label": point.label}
            for point in found.points.all()
        ],
    )
    if posted is not None and form.is_valid() and points.is_valid():
        changed = edit(
            member,
            found,
            form.fields_of(),
            company=form.cleaned_data["company"],
            tags=form.cleaned_data["tags"],
            points=points_of(points),
        )
        messages.success(request, f"{found.name} is saved." if changed else "Nothing was changed.")
        return SeeOther(found.get_absolute_url())
    return _form(request, form, points, found)


def _form(
    request: MemberRequest, form: PersonForm, points: Any, found: Person | None
) -> HttpResponse:
    page = {"section": "people", "form": form, "points": points, "person": found}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/person_form.html", page, status=status)


@answered
@change
def deletion(request: MemberRequest, person_id: int) -> HttpResponse:
    """Put a person out of sight; for a month it can be undone."""
    found = get_object_or_404(Person.objects.visible_to(request.member), pk=person_id)
    return put_away(
        request, found, said="is deleted.", deleted="people:deleted", then="people:people"
    )


@change
def restoration(request: MemberRequest, person_id: int) -> HttpResponse:
    """Take a deletion back."""
    found = get_object_or_404(Person.objects.deleted_for(request.member), pk=person_id)
    return bring_back(request, found, deleted="people:deleted")


def deleted(request: MemberRequest) -> HttpResponse:
    """Show who was deleted in the last month."""
    gone = (
        Person.objects.deleted_for(request.member)
        .select_related("company")
        .order_by("-deleted_at")[:200]
    )
    return render(request, "people/deleted.html", {"section": "people", "people": gone})
