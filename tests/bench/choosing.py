"""Measures what is chosen and composed for one long relationship, the loading left out."""

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any

from django.db import transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bench.measuring import Stand
from tests.bench.pages import FLOOR
from touchline.accounts.models import Member

MEETINGS, FACTS, ACTIONS = 200, 2_000, 500
ASKED_EACH, NOTES_EACH = 4, 5
ROUNDS = 60


def figures(stand: Stand) -> dict[str, float]:
    """Return the milliseconds for choosing, and for choosing and composing the brief.

    The relationship has 200 meetings, 2,000 facts and 500 actions, and is gone afterwards.
    """
    from touchline.briefing.loading import composed
    from touchline.briefing.rows import rows
    from touchline.meetings.asking.choosing import situation
    from touchline.meetings.asking.material import material
    from touchline.playbook.choosing import arrange

    with stand.open(), transaction.atomic():
        member = Member.objects.select_related("workspace__playbook", "user").order_by("pk")[0]
        relationship = _fill(member)
        today = member.today()
        material(relationship, member, None, today=today)
        with CaptureQueriesContext(stand.connection) as choosing:
            found = material(relationship, member, None, today=today)
        rows(relationship, member, None)
        with CaptureQueriesContext(stand.connection) as composing:
            all_of_it = rows(relationship, member, None)
        # A page asked for starts the count anew.
        queries = len(choosing), len(composing)
        floor = next(page.path for page in stand.pages if page.name == FLOOR) or ""
        chosen, whole, lowest = _timed(
            lambda: arrange(situation(found)),
            lambda: composed(relationship, member, all_of_it),
            lambda: stand.client.get(floor),
        )
        transaction.set_rollback(True)
    return {
        "choosing, long story ms": round(chosen, 2),
        "choosing over the floor": round(chosen / lowest, 2),
        "choosing queries": queries[0],
        "choosing and composing ms": round(whole, 2),
        "choosing and composing over the floor": round(whole / lowest, 2),
        "choosing and composing queries": queries[1],
    }


def _timed(*runs: Callable[[], Any]) -> list[float]:
    """Return the median of each in milliseconds, in rounds of all of them."""
    passed: list[list[float]] = [[] for _ in runs]
    for number in range(-5, ROUNDS):
        for run, times in zip(runs, passed, strict=True):
            began = time.perf_counter()
            run()
            if number >= 0:
                times.append((time.perf_counter() - began) * 1000)
    return [median(times) for times in passed]


def _fill(member: Member) -> Any:
    """Make the relationship: fortnightly meetings, the last of them planned."""
    from touchline.demo import makers
    from touchline.meetings.models import (
        Action,
        Asked,
        Fact,
        Note,
        OneToOne,
        State,
    )
    from touchline.playbook.models import of
    from touchline.relationships.models import Relationship

    today, playbook = member.today(), of(member.workspace)
    made = makers.a_relationship(
        member, makers.a_person(member, "Long Story", company="Long & Story"),
        on=today - timedelta(days=14 * MEETINGS),
    )  # fmt: skip
    of_all = {"workspace_id": made.workspace_id}
    places = [(topic.key, slot.key) for topic in playbook.topics for slot in topic.slots]
    now = timezone.now()
    closed = {"state": State.CLOSED_OUT, "closed_out_at": now, "kind": "referral_partner"}
    meetings = OneToOne.objects.bulk_create(
        OneToOne(
            relationship=made, starts_at=now - timedelta(days=14 * ago), covered_topics=["family"],
            **of_all, **closed,
        )
        for ago in range(MEETINGS - 1, 0, -1)
    )  # fmt: skip
    makers.a_one_to_one(made, member, today + timedelta(days=3), kind="referral_partner")
    days = [one.starts_at.date() for one in meetings]
    Fact.objects.bulk_create(
        Fact(
            person_id=made.person_id, one_to_one=meetings[at % len(meetings)], author=member,
            topic=places[at % len(places)][0], slot=places[at % len(places)][1] if at % 3 else "",
            text=f"What was learnt, and it fills a line or so, number {at}",
            on=days[at % len(days)], confirmed_on=days[at % len(days)], **of_all,
        )
        for at in range(FACTS)
    )  # fmt: skip
    Action.objects.bulk_create(
        Action(
            relationship=made, one_to_one=meetings[at % len(meetings)], text=f"Promise {at}",
            whose="mine" if at % 2 else "theirs", promised_on=days[0],
            due_on=today - timedelta(days=at), state="kept" if at % 5 else "open",
            settled_on=today - timedelta(days=at) if at % 5 else None, **of_all,
        )
        for at in range(ACTIONS)
    )  # fmt: skip
    Note.objects.bulk_create(
        Note(
            relationship=made, one_to_one=one, author=member, topic=places[at % len(places)][0],
            text=f"A line of the meeting, number {at}", at=one.starts_at, **of_all,
        )
        for at, one in enumerate(meetings * NOTES_EACH)
    )  # fmt: skip
    prompts = playbook.prompts
    Asked.objects.bulk_create(
        Asked(
            relationship=made, one_to_one=one, by=member, prompt=prompts[at % len(prompts)].key,
            outcome="answered" if at % 4 else "not_now", on=one.starts_at.date(), **of_all,
        )
        for at, one in enumerate(meetings * ASKED_EACH)
    )  # fmt: skip
    found = Relationship.objects.select_related("person__company", "main_contact__user")
    return found.get(pk=made.pk)
