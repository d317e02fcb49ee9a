"""The brief opens with referrals: what waits, what is owed on either side, what is under way."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.briefing.test_brief import PLAYBOOK, STORY, TODAY
from tests.meetings.cast import anwen
from tests.referrals.cast import followed
from touchline.accounts.models import Member
from touchline.briefing.cut import REFERRALS, one_page
from touchline.briefing.loading import brief_for
from touchline.briefing.preparing import prepare
from touchline.briefing.printing import brief_pdf, data
from touchline.briefing.shapes import Brief
from touchline.briefing.text import to_json, to_markdown
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.people.models import Acquaintance
from touchline.referrals.clocks.clocks import Followed
from touchline.referrals.states import Direction, State
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
GIVEN, RECEIVED = Direction.GIVEN, Direction.RECEIVED


def since(days: int) -> Any:
    return TODAY - timedelta(days=days)


def one(direction: str, state: str, days: int, **fields: Any) -> Followed:
    """Make one introduced so many days ago, that ended on the day after where it has."""
    plain = {"introduced_on": since(days), "state_on": since(days)}
    if state in (State.WON, State.LOST, State.DUD, State.THANKED):
        plain["outcome_on"] = plain["state_on"] = since(days - 1)
    return followed(direction, state, **{**plain, **fields})


def brief_of(*rows: Followed, **fields: Any) -> Brief:
    return prepare(
        replace(STORY, **{"referrals": rows, "by": "Bea", "country": "GB", **fields}),
        PLAYBOOK, TODAY,
    )  # fmt: skip


def test_a_waiting_debrief_is_first_of_all() -> None:
    brief = brief_of(
        one(RECEIVED, State.CONTACTED, 30),
        one(GIVEN, State.IDEA, 2, prospect_answer="", need="A barn to be converted"),
        one(GIVEN, State.DUD, 90, person="Una Voss", feedback_on=TODAY),
    )
    assert [line.state for line in brief.referrals] == ["debrief", "late", ""]
    assert brief.lead.startswith("Una Voss was a dud, and nobody has said why. You still owe: ask")
    assert brief.referrals[0].standing.endswith("Say why")
    owed = [(each.text, each.words, each.late) for each in brief.referrals[1].owed]
    assert owed == [
        ("Thank Ann for introducing Tom Hart", "4 weeks over", True),
        ("Tell Ann how it goes with Tom Hart", "2 weeks over", True),
    ]
    # It lies on the table between the two.
    assert brief.referrals[2].text == "A barn to be converted"
    assert brief.referrals[2].standing.endswith("Not named to Ann yet")


def test_a_need_says_no_name_before_its_time() -> None:
    named = "Una Voss of Voss Barns wants a barn converted"
    idea, dud = brief_of(
        one(
            GIVEN, State.IDEA, 2, prospect_answer="", person="Una Voss", company="Voss Barns",
            need=named,
        ),
        one(GIVEN, State.DUD, 3, prospect_answer="", person="Una Voss", need="A barn"),
    ).referrals[::-1]  # fmt: skip
    assert "Una" not in idea.text
    assert "Voss" not in idea.text
    assert "barn" in idea.text
    assert "Una" not in brief_of(one(GIVEN, State.DUD, 3, prospect_answer="", person="Una")).lead
    assert dud.state == "debrief"


def test_a_need_of_nobody_yet_stands_alone() -> None:
    [line] = brief_of(
        one(RECEIVED, State.IDEA, 2, person=None, company=None, need="A barn.")
    ).referrals
    assert line.text == "A barn"


@pytest.mark.parametrize(
    ("direction", "lead"),
    [
        (GIVEN, "Ann is to tell you how it goes with Tom Hart, 6 days over."),
        (RECEIVED, "Tell Ann how it goes with Tom Hart, 6 days over."),
    ],
)
def test_feedback_that_is_late_is_whispered_whoever_owes_it(direction: str, lead: str) -> None:
    late = one(direction, State.MET, 20, thanked_on=since(19), checked_on=since(5))
    assert brief_of(late).lead.startswith(f"{lead} You still owe:")
    in_time = one(direction, State.MET, 14, thanked_on=since(13), checked_on=since(5))
    assert brief_of(in_time).lead.startswith("You still owe:")
    [line] = brief_of(in_time).referrals
    assert (line.state, line.owed[0].words, line.owed[0].mine) == (
        "open", "today", direction == RECEIVED
    )  # fmt: skip


def test_what_ended_since_we_met_is_told_once_and_what_is_settled_not_at_all() -> None:
    met = STORY.last
    assert met is not None
    told = {"told": State.WON, "value_minor": 320000, "currency": "GBP"}
    thanked = one(RECEIVED, State.THANKED, 20, **told)
    [line] = brief_of(thanked).referrals
    assert line.state == ""
    assert "won, and thanked for" in line.standing
    assert line.standing.endswith("£3,200")
    assert not brief_of(thanked._replace(outcome_on=met.on)).referrals
    assert brief_of().referrals == ()


def test_everything_under_way_is_in_the_record_and_the_sheet_counts_what_it_leaves_out() -> None:
    rows = [one(GIVEN, State.MET, 3, key=key, checked_on=TODAY, feedback_on=TODAY)
            for key in range(9)]  # fmt: skip
    brief = brief_of(*rows)
    assert [line.referral for line in brief.referrals] == list(range(9))
    cut = one_page(brief)
    assert len(cut.referrals) == REFERRALS
    assert data(cut, TODAY)["referrals_more"] == f"and {9 - REFERRALS} more"
    long = one(RECEIVED, State.CONTACTED, 30, need="word " * 59, person="Tom " * 20)
    sheet = PdfReader(io.BytesIO(brief_pdf(brief_of(*[long] * 6), TODAY))).pages
    assert len(sheet) == 1
    assert "Referrals" in sheet[0].extract_text()


def test_text_and_json_say_the_same() -> None:
    brief = brief_of(one(GIVEN, State.MET, 30))
    text = to_markdown(brief)
    assert text.index("## Referrals") < text.index("## Last time")
    assert "Tom Hart: A lease. Given, met 4 weeks ago. Ask Ann and Tom Hart how it goes (" in text
    [row] = json.loads(json.dumps(to_json(brief)))["referrals"]
    assert (row["referral"], row["direction"], row["state"]) == (7, "given", "late")
    assert [each["kind"] for each in row["owed"]] == ["checked", "feedback"]
    assert row["owed"][1]["messages"][0]["text"].startswith("Hello Ann,")


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return anwen(alice)


def test_the_page_has_the_tap_and_stays_within_its_queries(
    alice: Member, bob: Member, relationship: Relationship, browser: Browser
) -> None:
    today = alice.today()
    makers.a_one_to_one(relationship, alice, today - timedelta(days=40), state="held")
    ahead = makers.a_one_to_one(relationship, alice, today + timedelta(days=2))
    makers.a_person(alice, "Well Known", company="Zebra", acquaintance=Acquaintance.WELL)
    won = a_referral(relationship, alice, GIVEN, state=State.WON)
    late = a_referral(relationship, alice, RECEIVED, state=State.MET, person="Una Voss")
    path = f"/one-to-ones/{ahead.pk}/brief/"
    client = browser(alice)
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(path).content.decode()
    assert len(queries) <= 12
    assert page.index("b-refer") < page.index("b-last")
    assert f'href="/referrals/{won.pk}/debrief/"' in page
    posted = {"step": "tell:feedback", "seen": late.version, "back": path, "once": "a"}
    assert 'value="tell:feedback"' in page
    answer = client.post(f"/referrals/{late.pk}/steps/", posted)
    assert (answer.status_code, answer["Location"]) == (303, path)
    assert "Tell Anwen how it goes with Una Voss" not in client.get(path).content.decode()
    seen = browser(bob).get(path).content.decode()
    assert "Thank Anwen" in seen
    assert "/steps/" not in seen
    with CaptureQueriesContext(connection) as queries:
        brief_for(relationship, alice, ahead)
    assert len(queries) <= 9


def test_another_partner_s_are_not_in_it(alice: Member, relationship: Relationship) -> None:
    other = makers.a_relationship(alice, makers.a_person(alice, "Ruth Abel"))
    a_referral(other, alice, GIVEN, state=State.WON)
    assert brief_for(relationship, alice).referrals == ()
    assert len(brief_for(other, alice).referrals) == 1
