"""The sample workspace holds what it promises, on any day."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from touchline.accounts.models import Member, Role
from touchline.demo import cast
from touchline.demo.referral_story import GoodTurn, Ideal, Passed, Past
from touchline.demo.stories import STORIES
from touchline.demo.stories.referrals import REFERRALS
from touchline.demo.workspace import make_demo
from touchline.journal.models import Entry
from touchline.meetings.models import Action, AgendaItem, Call, Decision, Fact, Note, OneToOne
from touchline.people import search
from touchline.people.models import Person
from touchline.referrals.learning import debriefing, ideal
from touchline.referrals.models import (
    OUTCOMES,
    Debrief,
    Goal,
    Help,
    IdealReferral,
    Proposal,
    Referral,
    State,
    Step,
)
from touchline.relationships.models import Relationship
from touchline.sheets.models import (
    Arrival,
    CompanySheet,
    Link,
    Sheet,
    SheetChange,
    TheirSheet,
)
from touchline.today.gather import gather

LONDON = ZoneInfo("Europe/London")
TUESDAY = date(2026, 3, 10)


@pytest.fixture(scope="module")
def made_once(lasting: Callable[..., Any]) -> Member:
    member: Member = lasting(make_demo, TUESDAY)
    return member


@pytest.fixture
def hannah(db: None, made_once: Member) -> Member:
    return made_once


def forget() -> None:
    """Take the sample away, to make another."""
    for model in (
        Arrival, TheirSheet, SheetChange, Sheet, CompanySheet, Link,
        Referral, IdealReferral, Help, AgendaItem, Action, Call, Decision, Fact, Note, OneToOne,
        Relationship, Entry,
    ):  # fmt: skip
        model.objects.all().delete()
    search.remove(Person.objects.values_list("pk", flat=True))
    for member in Member.objects.select_related("workspace", "user"):
        member.user.delete()
        member.workspace.delete()


def test_the_cast_is_forty_people_who_can_be_reached_nowhere(hannah: Member) -> None:
    people = Person.objects.visible_to(hannah).prefetch_related("points")
    assert people.count() == 40
    for person in people:
        for point in person.points.all():
            if point.kind == "email":
                assert point.value.endswith(".example")
            elif point.kind == "phone":
                assert point.value.startswith(("07700 900", "01632 960"))
    assert len({one.acquaintance for one in people}) == 3


def test_the_members_are_an_owner_a_member_and_a_viewer(hannah: Member) -> None:
    roles = Member.objects.visible_to(hannah).values_list("role", flat=True)
    assert sorted(roles) == sorted(Role.values)
    assert (str(hannah.user), hannah.user.email) == cast.OWNER
    assert hannah.weekly_budget_minutes == 360


def test_every_stage_and_state_is_there(hannah: Member) -> None:
    found = Relationship.objects.visible_to(hannah)
    assert found.count() == 12
    assert set(found.values_list("stage", flat=True)) == {
        "prospective", "getting_to_know_you", "tell_me_the_detail", "referral_partner",
    }  # fmt: skip
    assert Counter(found.values_list("state", flat=True)) == {"active": 9, "paused": 2, "ended": 1}
    assert found.filter(held_before__gt=0).exists()
    meetings = OneToOne.objects.visible_to(hannah)
    assert set(meetings.values_list("state", flat=True)) == {
        "planned", "held", "closed_out", "cancelled", "missed",
    }  # fmt: skip
    assert meetings.filter(times_moved__gt=0).exists()
    actions = Action.objects.visible_to(hannah)
    assert set(actions.values_list("state", "agreed")) == {
        ("open", False), ("kept", False), ("kept_late", False),
        ("dropped", True), ("dropped", False),
    }  # fmt: skip
    assert {d.choice for d in Decision.objects.all()} == {"continue", "meet_more", "pause", "end"}
    assert AgendaItem.objects.filter(about_note__isnull=False, covered_in=None).exists()
    assert Fact.objects.exclude(replaced_by=None).exists()


def test_it_is_found_by_search(hannah: Member) -> None:
    swans = Person.objects.get(name="Henrik Solberg")
    assert swans.pk in search.find(hannah, "three sw").ids
    assert search.find(hannah, "ilic").ids


def test_nothing_is_said_twice() -> None:
    said: list[str] = []
    for story in STORIES:
        said += [story.why, *(note.text for note in story.between)]
        said += [item.text for item in story.items] + [call.text for call in story.calls]
        for meeting in story.meetings:
            said += [each.text for each in (*meeting.notes, *meeting.facts, *meeting.promises)]
            said += [meeting.reason, meeting.no_next, *meeting.expect]
    for told in REFERRALS:
        match told:
            case Passed():
                said += [told.need, told.where, told.words, told.material]
                said += [turn.text for turn in told.turns]
                said += [told.learnt.line, told.learnt.who_else] if told.learnt else []
            case Past():
                said += [told.need, told.became]
            case Ideal():
                said += told.words.values()
            case GoodTurn():
                said.append(told.text)
    repeated = [text for text, times in Counter(filter(None, said)).items() if times > 1]
    assert repeated == []


def test_referrals_stand_everywhere_they_can(hannah: Member) -> None:
    found = Referral.objects.visible_to(hannah)
    reached = {*found.values_list("state", flat=True), *found.values_list("outcome", flat=True)}
    assert reached >= set(State.values)
    assert set(found.values_list("direction", flat=True)) == {"given", "received"}
    assert set(found.values_list("currency", flat=True)) == {"", "GBP", "EUR"}
    assert found.filter(is_history=True).count() == 3
    assert found.exclude(gaps=[]).exists()
    assert found.filter(third_is="introduced").exists()
    asked = found.get(state="asking")
    assert (asked.receiver_answer, asked.prospect_answer) == ("yes", "")
    assert not asked.may_be_named
    # One outcome each way that its giver, or its receiver, has heard nothing of.
    quiet = found.filter(feedback_on=None, is_history=False, thanked_on__isnull=False)
    assert [one.direction for one in quiet.filter(outcome__in=OUTCOMES)] == ["received"]
    assert [one.direction for one in found.filter(state="contacted")] == ["given"]
    assert set(Help.objects.values_list("direction", flat=True)) == {"given", "received"}
    assert Goal.objects.get().member == hannah


def test_outcomes_taught_something_and_one_waits_to(hannah: Member) -> None:
    waits = [
        one
        for relationship in Relationship.objects.visible_to(hannah)
        for one in debriefing.waiting(relationship)
    ]
    assert [str(one.referral.person) for one in waits] == ["Henrik Solberg"]
    dud = Debrief.objects.get(outcome="dud").proposals.get()
    assert dud.state == "accepted"
    gordon = IdealReferral.objects.get(relationship__person__name="Gordon Pell")
    assert dud.after in gordon.qualifying_question
    weak = [
        (one, said.words)
        for one in IdealReferral.objects.all()
        for field, text in one.words.items()
        for said in ideal.weak(field, text)
    ]
    assert weak == [(gordon, gordon.sentence)]
    assert IdealReferral.objects.filter(member=hannah).exists()
    assert IdealReferral.objects.filter(member=None).count() >= 5


def contents(member: Member) -> list[list[object]]:
    """Everything that was told, without keys."""
    return [
        list(OneToOne.objects.order_by("pk").values_list("state", "starts_at", "kind", "place")),
        list(Action.objects.order_by("pk").values_list("text", "state", "due_on", "settled_on")),
        list(Note.objects.order_by("pk").values_list("text", "at", "topic")),
        list(Fact.objects.order_by("pk").values_list("text", "on", "topic")),
        list(Relationship.objects.order_by("pk").values_list("stage", "state", "meeting_days")),
        list(Person.objects.order_by("pk").values_list("name", "created_at")),
        list(Referral.objects.order_by("pk").values_list("need", "state", "state_on", "gaps")),
        list(Step.objects.order_by("pk").values_list("verb", "what", "on")),
        list(Proposal.objects.order_by("pk").values_list("target", "after", "decided_on")),
        list(IdealReferral.objects.order_by("pk").values_list("sentence", "changes__on")),
        list(Help.objects.order_by("pk").values_list("text", "on")),
        list(Entry.objects.order_by("pk").values_list("verb", "at")),
    ]


def test_the_journal_says_when_it_happened(hannah: Member) -> None:
    entries = Entry.objects.visible_to(hannah)
    story_end = datetime(2026, 3, 10, 23, tzinfo=LONDON)
    assert not entries.filter(at__gt=story_end).exists()
    assert entries.earliest("at").at.date() < TUESDAY - timedelta(days=300)


@pytest.mark.one_database
def test_the_same_day_makes_the_same_sample_in_any_zone_of_the_machine(hannah: Member) -> None:
    first = contents(hannah)
    forget()
    with override_settings(TIME_ZONE="Pacific/Auckland"):
        assert contents(make_demo(TUESDAY)) == first


@pytest.mark.one_database
@pytest.mark.django_db
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(today=st.dates(date(2024, 1, 1), date(2040, 12, 31)))
@example(today=date(2028, 2, 29))
@example(today=date(2026, 3, 29))  # the clocks go forward, a Sunday
@example(today=date(2026, 10, 25))  # and back
@example(today=date(2027, 1, 2))
def test_on_any_day_today_is_worth_looking_at(db: None, today: date) -> None:
    with transaction.atomic():
        forget()
        worth_looking_at(today)
        # Hypothesis asks for many days within one test: each is taken back.
        transaction.set_rollback(True)


def worth_looking_at(today: date) -> None:
    hannah = make_demo(today)
    with timezone.override(hannah.zone):
        shown = gather(
            hannah, datetime(today.year, today.month, today.day, 10, tzinfo=LONDON)
        ).today
        on = [(slot.at.strftime("%H:%M"), slot.meeting.state) for slot in shown.day if slot.meeting]
    assert on == [("09:00", "held"), ("11:30", "planned"), ("16:30", "planned")]
    assert shown.now is not None
    assert shown.now.who.name == "Nikhil Bhandari"
    assert {"pause", "second"} <= {one.kind for one in shown.waiting}
    for side in (shown.mine, shown.theirs):
        assert any(one.late for one in side)
        assert any(one.words == "today" for one in side)
    due = {row.who.name: row.situation.text for row in shown.due}
    assert due["Marguerite Osei"] == "due today"
    assert due["Gordon Pell"].endswith("late")
    assert not overlapping(hannah)
    assert no_settling_before_promising()
    connection.check_constraints()


def overlapping(member: Member) -> list[tuple[OneToOne, OneToOne]]:
    """Return pairs of meetings that nobody could have held both."""
    rows = list(
        OneToOne.objects.visible_to(member)
        .exclude(state="cancelled")
        .select_related("relationship__person")
        .order_by("starts_at")
    )
    return [(one, later) for one, later in pairwise(rows) if later.starts_at < one.ends_at]


def no_settling_before_promising() -> bool:
    return all(
        action.promised_on <= action.due_on
        and (action.settled_on is None or action.promised_on <= action.settled_on)
        for action in Action.objects.all()
    )
