"""My referral partners, and those on the way to becoming so."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.words import number
from touchline.meetings.courses import course_of, histories, line_of
from touchline.meetings.models import Action, Choice, Decision
from touchline.meetings.situation import Situation, situation
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.relationships.line import axis, draw
from touchline.relationships.models import Alignment, Relationship, Stage, State
from touchline.relationships.monogram import monogram


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the list, with all that is said of them."""

    relationship: Relationship
    stage: str
    alignment: str
    took_place: int
    last_met: date | None
    monogram: SafeString
    line: SafeString
    stands: Situation
    promises: str


def promises_words(mine: int, theirs: int) -> str:
    """Say the open promises of both sides: *you owe two, they owe one*; "" where none is."""
    parts = []
    if mine:
        parts.append(f"you owe {number(mine)}")
    if theirs:
        parts.append(f"they owe {number(theirs)}")
    return ", ".join(parts)


def _rows(member: Member, found: list[Relationship], playbook: Playbook) -> list[Row]:
    """Draw the rows in four queries, however many there are."""
    today = member.today()
    ids = [one.pk for one in found]
    days = histories(ids)
    owed: dict[int, dict[str, int]] = defaultdict(dict)
    counted = (
        Action.objects.visible_to(member)
        .open()
        .filter(relationship__in=ids)
        .order_by()
        .values_list("relationship_id", "whose")
        .annotate(many=Count("pk"))
    )
    for key, whose, many in counted:
        owed[key][whose] = many
    over = [one.pk for one in found if one.state == State.ENDED]
    ended = dict(
        Decision.objects.visible_to(member)
        .filter(relationship__in=over, choice=Choice.END)
        .order_by()
        .values_list("relationship_id")
        .annotate(last=Max("on"))
    )
    rows = []
    for one in found:
        history = days[one.pk]
        course = course_of(one)
        rows.append(
            Row(
                one,
                playbook.stage(one.stage).name,
                Alignment(one.alignment).label if one.alignment else "",
                course.took_place,
                course.last_met,
                monogram(
                    one.person.initials,
                    course.took_place,
                    partner=one.stage == Stage.REFERRAL_PARTNER,
                    planned=course.next_planned is not None,
                ),
                draw(line_of(one, history, today, ended.get(one.pk))),
                situation(course, today),
                promises_words(owed[one.pk].get("mine", 0), owed[one.pk].get("theirs", 0)),
            )
        )
    return rows


def partners(request: MemberRequest) -> HttpResponse:
    """List my referral partners, those on the way, those paused, and those ended."""
    member = request.member
    playbook = of(member.workspace)
    everyone = request.GET.get("whose") == "everyone"
    found = Relationship.objects.visible_to(member)
    if not everyone:
        found = found.led_by(member)
    found = found.select_related("person__company", "main_contact__user").order_by(
        "person__sort_key", "pk"
    )
    rows = _rows(member, list(found), playbook)
    active = [row for row in rows if row.relationship.state == State.ACTIVE]
    page: dict[str, Any] = {
        "section": "partners",
        "everyone": everyone,
        "axis": axis(member.today()),
        "partner_stage": playbook.stage(Stage.REFERRAL_PARTNER),
        "partners": [r for r in active if r.relationship.stage == Stage.REFERRAL_PARTNER],
        "on_the_way": [r for r in active if r.relationship.stage != Stage.REFERRAL_PARTNER],
        "paused": [row for row in rows if row.relationship.state == State.PAUSED],
        "ended": [row for row in rows if row.relationship.state == State.ENDED],
        "is_empty": not rows,
    }
    return render(request, "relationships/partners.html", page)
