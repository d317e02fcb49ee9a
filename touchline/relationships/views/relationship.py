"""One relationship: where it stands, what is open, what is known, how it came here."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.words import capital, every, late_by
from touchline.meetings import coverage, events
from touchline.meetings.common.loading import common_with
from touchline.meetings.common.matching import Told as Known
from touchline.meetings.courses import History, course_of, line_of
from touchline.meetings.fact_form import options
from touchline.meetings.knowing import listing
from touchline.meetings.knowing.coverage import Told
from touchline.meetings.knowing.coverage import coverage as coverage_of
from touchline.meetings.knowing.freshness import freshness
from touchline.meetings.models import (
    ActionState,
    Choice,
    Side,
)
from touchline.meetings.models import State as MeetingState
from touchline.meetings.situation import Course, Situation, situation
from touchline.playbook.models import of
from touchline.playbook.playbook import STAGES, Playbook
from touchline.referrals.views.balances import beside
from touchline.relationships.cadence import standing
from touchline.relationships.forms import rhythm_words
from touchline.relationships.line import draw_long
from touchline.relationships.models import Relationship, Stage, State
from touchline.relationships.monogram import monogram
from touchline.relationships.stages import missing, terms
from touchline.relationships.views.reaching import answering, relationship_of
from touchline.relationships.views.rows import Rows, load
from touchline.relationships.views.telling import due_words, picture, stations

# So far shows the newest of everything; the person's page has the rest.
SO_FAR = 6
FACTS_A_TOPIC = 2
TOPICS_SHOWN = 4
DECISIONS, EARLIER_DECISIONS = 3, 9


def history_of(rows: Rows) -> History:
    """Return the days of a relationship as its line needs them."""
    history = History(calls=[call.on for call in rows.calls])
    for one in rows.meetings:
        history.take(one.state, timezone.localtime(one.starts_at).date())
    return history


def so_far(rows: Rows, took_place: int, playbook: Playbook) -> list[events.Event]:
    """Return the newest of what happened, newest first."""
    said: dict[int, list[str]] = {}
    for note in reversed(rows.notes):
        if note.one_to_one_id and not note.private:
            said.setdefault(note.one_to_one_id, []).append(note.text)
    told = []
    nth = took_place
    now = timezone.now()
    shown = [one for one in rows.meetings if one.state != MeetingState.PLANNED]
    for one in reversed(shown[-SO_FAR:]):
        if one.starts_at <= now or one.state != MeetingState.CANCELLED:
            told.append(events.met(one, nth, said.get(one.pk, []), playbook))
        nth -= one.took_place
    settled = [one for one in rows.actions if one.settled_on]
    settled.sort(key=lambda one: one.settled_on or one.due_on)
    between = [note for note in rows.notes if note.one_to_one_id is None]
    groups = (
        told,
        [events.called(call) for call in rows.calls[-SO_FAR:]],
        [events.settled(action) for action in settled[-SO_FAR:]],
        [events.noted(note) for note in between[:SO_FAR]],
        [events.decision_made(one) for one in rows.decisions[:SO_FAR]],
        [events.step_taken(step, playbook) for step in rows.steps],
    )
    return events.newest(groups, SO_FAR)


def _promises(actions: Iterable[Any], side: str, today: date) -> list[dict[str, Any]]:
    return [
        {
            "action": action,
            "late": late_by((today - action.due_on).days) if action.due_on < today else "",
        }
        for action in actions
        if action.whose == side and action.state == ActionState.OPEN
    ]


def _next_step(
    relationship: Relationship, rows: Rows, took_place: int, playbook: Playbook
) -> dict[str, Any] | None:
    """Return the step to the next stage with its terms; None at the last stage."""
    stage = playbook.next_stage(relationship.stage)
    if stage is None:
        return None
    kinds = {one.pk: one.kind for one in rows.meetings}
    covered = coverage.gathered(
        [(one.kind, one.covered_topics) for one in rows.meetings],
        [
            *((kinds.get(one.one_to_one_id or 0), one.topic) for one in rows.notes if one.topic),
            *((kinds.get(one.one_to_one_id or 0), one.topic) for one in rows.facts),
        ],
    )
    found = terms(playbook, stage.key, took_place, covered)
    return {
        "stage": stage,
        "terms": found,
        "lacking": missing(found, firm_only=True),
        "passed_over": missing(found),
    }


def _alignment(relationship: Relationship, playbook: Playbook) -> dict[str, Any]:
    """Return the alignment, and the rhythm it suggests where that is another one (M15)."""
    tier = playbook.tier(relationship.alignment)
    differs = tier is not None and (tier.meeting_days, tier.call_days) != (
        relationship.meeting_days,
        relationship.call_days,
    )
    return {"tier": tier, "rhythm": rhythm_words(tier) if tier else "", "differs": differs}


def rhythm_heading(relationship: Relationship) -> str:
    """Say the rhythm as a heading: *Every four weeks, and a call every week*."""
    meetings = every(relationship.meeting_days)
    calls = f", and a call {every(relationship.call_days)}" if relationship.call_days else ""
    return f"{capital(meetings)}{calls}"


def _meetings(rows: Rows, stands: Situation, course: Course, today: date) -> dict[str, Any]:
    """Return what the rhythm sentence says of meetings and calls."""
    happened = [one for one in rows.meetings if one.took_place]
    waiting = [
        one for one in rows.meetings if one.state in (MeetingState.UNDER_WAY, MeetingState.HELD)
    ]
    planned = [one for one in rows.meetings if one.state == MeetingState.PLANNED]
    due = None
    if course.state == State.ACTIVE:
        due = standing(course.meetings, course.last_met, course.begun_on, today)
    return {
        "last": happened[-1] if happened else None,
        "last_met": course.last_met,
        "waiting": waiting[0] if waiting else None,
        "planned": planned[0] if planned else None,
        "planned_is_past": bool(planned) and planned[0].starts_at < timezone.now(),
        "due": due_words(due, today),
        "last_call": rows.calls[-1] if rows.calls else None,
        "call_due": due_words(stands.call, today),
        "again_on": course.call_again_on,
    }


def _known(rows: Rows, playbook: Playbook, today: date) -> dict[str, Any]:
    """Return what is known as a picture by stage, and the newest facts of the first topics."""
    fresh = freshness(playbook, today)
    told = (
        Told(one.topic, one.slot, one.confirmed_on, one.dated_on, one.yearly) for one in rows.facts
    )
    by_topic: dict[str, list[Any]] = {}
    for one in rows.facts:
        by_topic.setdefault(one.topic, []).append(one)
    order = {topic.key: place for place, topic in enumerate(playbook.topics)}
    keys = sorted(by_topic, key=lambda key: order.get(key, len(order)))[:TOPICS_SHOWN]
    return {
        "pictures": picture(coverage_of(playbook, told, fresh)),
        "facts": [
            (
                playbook.topic_name(key),
                [listing.shown(one, playbook, fresh) for one in by_topic[key][:FACTS_A_TOPIC]],
            )
            for key in keys
        ],
        "facts_total": len(rows.facts),
    }


def relationship(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the relationship with one person."""
    try:
        found = relationship_of(request, pk)
    except Http404:
        if (one := answering(request, pk)) is None:
            raise
        return redirect(one)
    member, today = request.member, request.member.today()
    playbook = of(member.workspace)
    rows = load(found, member, today)
    history = history_of(rows)
    course = course_of(found)
    stands = situation(course, today)
    ended = next((one for one in rows.decisions if one.choice == Choice.END), None)
    page = {
        "section": "people",
        "relationship": found,
        "person": found.person,
        "monogram": monogram(
            found.person.initials,
            course.took_place,
            partner=found.stage == Stage.REFERRAL_PARTNER,
            planned=course.next_planned is not None,
            large=True,
        ),
        "is_mine": found.main_contact_id == member.pk,
        "line": draw_long(line_of(found, history, today, ended.on if ended else None)),
        "took_place": course.took_place,
        "heading": rhythm_heading(found),
        "rhythm": _meetings(rows, stands, course, today),
        "stations": stations(found, rows.steps, playbook, today),
        "next_step": _next_step(found, rows, course.took_place, playbook),
        "earlier_stages": playbook.stages[: STAGES.index(found.stage)],
        "mine": _promises(rows.actions, Side.MINE, today),
        "theirs": _promises(rows.actions, Side.THEIRS, today),
        "our_agenda": [item for item in rows.agenda if item.whose == Side.MINE],
        "their_agenda": [item for item in rows.agenda if item.whose == Side.THEIRS],
        "alignment": _alignment(found, playbook),
        "decisions": rows.decisions[:DECISIONS],
        "older_decisions": rows.decisions[DECISIONS:][:EARLIER_DECISIONS],
        "older_decisions_total": max(0, len(rows.decisions) - DECISIONS),
        "ended": ended,
        **_known(rows, playbook, today),
        "topic_options": options(playbook),
        "common": common_with(found, member, [Known(one.text, one.pk) for one in rows.facts]),
        "entries": so_far(rows, course.took_place, playbook),
        "balance": beside(found, member, few=True),
        "arrivals": rows.arrivals,
        "looked": rows.looked,
        "today": today,
    }
    return render(request, "relationships/relationship.html", page)
