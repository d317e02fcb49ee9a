"""The list of everyone, and what is done with several of them at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import connection
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, back, change
from touchline.core.keys import keys_in
from touchline.core.prepared import MEMBER, Prepared
from touchline.core.refusal import Refused
from touchline.core.words import count
from touchline.people.editing import tag_people, untag_people
from touchline.people.models import Acquaintance, Double, Person, Tag
from touchline.people.views.listing import COUNTED, GROUPS, SORTS, Asked, Page, page
from touchline.people.views.rows import rows, start_url
from touchline.playbook.models import of
from touchline.relationships.line import axis
from touchline.relationships.models import Relationship, Stage, State

DENSITY = "density"
TAGS_OFFERED = 200
SOURCES_OFFERED = 100


def people(request: MemberRequest) -> HttpResponse:
    """Show a page of people: filtered, sorted, searched, or with boxes to choose several."""
    member = request.member
    asked = Asked.of(request.GET)
    if not member.may_change:
        asked = replace(asked, select="")
    shown = page(member, asked, request.GET)
    dense = request.GET.get(DENSITY) or request.COOKIES.get(DENSITY, "")
    stages = of(member.workspace).stages
    choices = [
        _choice("tag", "Tag", [(str(pk), name) for pk, name in _TAGS(member=member)], asked.tag),
        _choice("stage", "Stage", [(stage.key, stage.name) for stage in stages], asked.stage),
        _choice("source", "Source", [(one, one) for one in _sources(member)], asked.source),
        _choice("acquaintance", "Known", Acquaintance.choices, asked.acquaintance),
    ]
    response = render(
        request,
        "people/people.html",
        {
            "section": "people",
            "asked": asked,
            "page": shown,
            "rows": rows(member, shown.people),
            "axis": axis(member.today()),
            "groups": _groups(member, asked, shown),
            "choices": choices,
            "sorts": SORTS.items(),
            "narrowed": any(one["value"] for one in choices) or bool(asked.company),
            "summary": _summary(asked, shown),
            "is_dense": dense == "dense",
            "easy_url": asked.url(density="easy"),
            "dense_url": asked.url(density="dense"),
            "select_url": asked.url(select="" if asked.select else "1"),
            "here": request.get_full_path(),
            "ticked": _ticked(request.GET),
            "doubles": not asked.q and not asked.select and _DOUBLES(member=member),
            "acquaintances": [*Acquaintance.choices[1:], Acquaintance.choices[0]],
            "export_url": reverse("people:export") + asked.url(select=""),
            "nobody": not shown.people and not asked.q and not asked.narrows,
        },
    )
    if request.GET.get(DENSITY) in ("easy", "dense"):
        response.set_cookie(DENSITY, request.GET[DENSITY], max_age=31_536_000, samesite="Lax")
    return response


def _choice(name: str, label: str, options: Any, value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "options": options, "value": value}


_TAGS = Prepared(
    lambda at: Tag.objects.visible_to(at.member).values_list("pk", "name")[:TAGS_OFFERED],
    member=MEMBER,
)
_DOUBLES = Prepared(
    lambda at: Double.objects.visible_to(at.member).open().order_by().values_list("pk")[:1],
    member=MEMBER,
)
_PROGRAMMES = Prepared(
    lambda at: (
        Relationship.objects.visible_to(at.member)
        .values_list("state", "stage")
        .annotate(many=Count("id"))
        .order_by()
    ),
    member=MEMBER,
)


def _sources(member: Member) -> list[str]:
    """Return the sources in use. Each step jumps along the index to the next one, so that it
    costs as many look-ups as there are sources, not people."""
    alive = "workspace_id = %s AND deleted_at IS NULL AND merged_into_id IS NULL"
    sql = f"""
        WITH RECURSIVE found(source) AS (
          SELECT min(source) FROM people_person WHERE {alive} AND source > ''
          UNION ALL
          SELECT (SELECT min(source) FROM people_person WHERE {alive} AND source > found.source)
          FROM found WHERE found.source IS NOT NULL
        )
        SELECT source FROM found WHERE source IS NOT NULL LIMIT {SOURCES_OFFERED}
    """  # noqa: S608 - nothing but constants is put in
    with connection.cursor() as cursor:
        cursor.execute(sql, [member.workspace_id, member.workspace_id])
        return [row[0] for row in cursor.fetchall()]


def _groups(member: Member, asked: Asked, shown: Page) -> list[dict[str, Any]]:
    """Return the groups with their counts, where a count is to be had without walking everyone."""
    numbers: dict[str, int] = {}
    programmes = 0
    for state, stage, many in _PROGRAMMES(member=member):
        programmes += many
        if state == State.PAUSED:
            key = "paused"
        elif state == State.ENDED:
            continue
        else:
            key = {Stage.REFERRAL_PARTNER: "partners", Stage.PROSPECTIVE: "prospective"}.get(
                stage, "on-the-way"
            )
        numbers[key] = numbers.get(key, 0) + many
    if not asked.q and not asked.narrows and shown.count is not None:
        numbers[""] = shown.count
        numbers["none"] = shown.count - programmes
    return [
        {
            "name": name,
            "url": asked.url(group=key, stage=""),
            "is_here": key == asked.group,
            "count": numbers.get(key),
        }
        for key, name in GROUPS.items()
    ]


def _summary(asked: Asked, shown: Page) -> str:
    """Say how many there are, and what a cap left out."""
    if shown.capped:
        some = (
            "" if asked.narrows is False else f"{count(shown.count or 0, 'person', 'people')} of "
        )
        return f"{some}the first 500 that match".capitalize()
    if shown.count is None:
        return f"More than {COUNTED:,} people"
    return count(shown.count, "person", "people").capitalize()


def chosen(request: MemberRequest) -> list[int]:
    """Return the keys ticked in the list; Refused where there are none."""
    ticked = keys_in(request.POST.getlist("person"))
    if not ticked:
        raise Refused("Choose at least one person first.")
    return ticked


def ticked_again(request: MemberRequest, ids: Sequence[int]) -> str:
    """Return the address of the list that was posted from, with the same people ticked."""
    path, _, query = back(request, reverse("people:people")).partition("?")
    given = QueryDict(query, mutable=True)
    # Each ends in a dash, so that a list cut short names nobody else.
    given["ticked"] = "".join(f"{pk}-" for pk in ids)
    return f"{path}?{given.urlencode()}"


def _ticked(query: QueryDict) -> set[int]:
    return set(keys_in(query.get("ticked", "").split("-")[:-1]))


@change
def tags(request: MemberRequest) -> HttpResponse:
    """Show the tags; a POST gives the people chosen in the list a tag, or takes it from them."""
    member = request.member
    if request.method != "POST":
        found = Tag.objects.visible_to(member)
        return render(request, "people/tags.html", {"section": "people", "tags": found})
    name = request.POST.get("tag", "")
    ids = chosen(request)
    if request.POST.get("verb") == "remove":
        done = untag_people(member, ids, name)
        messages.success(request, f"“{name}” taken from {count(done, 'person', 'people')}.")
    else:
        done = tag_people(member, ids, name)
        messages.success(request, f"“{name}” given to {count(done, 'person', 'people')}.")
    return SeeOther(ticked_again(request, ids))


@change
def programmes(request: MemberRequest) -> HttpResponse:
    """Go on to begin programmes with the people chosen in the list."""
    if request.method != "POST":
        return redirect("people:people")
    ids = Person.objects.visible_to(request.member).filter(pk__in=chosen(request))
    return SeeOther(start_url(ids.values_list("pk", flat=True)))
