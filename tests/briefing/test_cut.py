"""The brief cut to one page: by rule, the count said, and one page it is."""

import gzip
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.briefing.test_brief import PLAYBOOK, STORY, TODAY, known
from tests.referrals.cast import followed
from touchline.accounts.models import Member
from touchline.briefing.cut import one_page
from touchline.briefing.preparing import prepare
from touchline.briefing.printing import brief_pdf
from touchline.briefing.story import Item, Promised, Question, Said, Story
from touchline.core.words import clipped
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.meetings import capturing
from touchline.meetings.models import OneToOne
from touchline.meetings.models import State as Meeting
from touchline.referrals.states import Direction, State

LONG = "She would rather have two clients who stay than ten who shop around every spring, " * 6
MARGIN = 39  # Points at the foot of the paper.
WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3


def full(words: str) -> Story:
    """Return a story with far more of everything than a page holds."""
    assert STORY.last
    assert STORY.meeting
    return replace(
        STORY,
        name=words[:160],
        what=words[:200],
        meeting=replace(STORY.meeting, place=words[:200], video_url="https://meet.example.org/x"),
        last=replace(STORY.last, notes=(words,) * 30),
        promises=tuple(
            Promised(n % 2 == 0, f"{n} {words}"[:300], TODAY, "open" if n < 40 else "kept", TODAY)
            for n in range(60)
        ),
        items=tuple(Item(n % 2 == 0, f"{n} {words}"[:300], TODAY, words) for n in range(30)),
        facts=tuple(
            known(topic.key, f"{number} {words}", "them", TODAY, TODAY, TODAY + timedelta(days=2))
            for topic in PLAYBOOK.topics
            for number in range(9)
        ),
        since=tuple(Said(date(2026, 10, 1) + timedelta(days=n), f"{n} {words}") for n in range(30)),
        they_expect=words,
        we_expect=words,
        asking=tuple(Question("goals-1", "goals", words[:300], "", words) for _ in range(12)),
        in_common=(words,) * 9,
        history=(words,) * 9,
        referrals=tuple(
            followed(
                Direction.RECEIVED, State.INTRODUCED, key=n, introduced_on=date(2026, 9, 1),
                state_on=date(2026, 9, 1), need=words[:300], person=words[:160],
                partner=words[:160], material=words[:200],
            )
            for n in range(12)
        ),
        phone="07700 900123",
        stage="getting_to_know_you",
    )  # fmt: skip


SPARSE = replace(
    STORY, took_place=0, last=None, promises=(), items=(), facts=(), since=(), covered={},
    they_expect="", meeting=None, next_kind="getting_to_know_you", what="",
)  # fmt: skip


def lowest(content: bytes) -> float:
    """Return how far above the foot of the paper the lowest text stands, in points."""
    heights: list[float] = []

    def visit(text: str, matrix: list[float], *rest: object) -> None:
        if text.strip():
            heights.append(matrix[5])

    (page,) = PdfReader(io.BytesIO(content)).pages
    page.extract_text(visitor_text=visit)
    return min(heights)


def read(content: bytes) -> tuple[int, str]:
    pages = PdfReader(io.BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    return len(pages), text.replace("\u200b", "")


@pytest.mark.parametrize("words", [LONG, WORD, "字" * 300], ids=["long", "one word", "wide"])
def test_an_unusually_full_story_is_one_page(words: str) -> None:
    content = brief_pdf(prepare(full(words), PLAYBOOK, TODAY), TODAY)
    pages, text = read(content)
    assert pages == 1
    assert lowest(content) > MARGIN, "and none of it is cut off by the paper"
    for heading in (
        "Referrals",
        "Promises",
        "To cover",
        "Ask",
        "Decide today",
        "What you know",
        "Notes",
    ):
        assert heading in text
    assert text.count("and 25 more") == 1, "of thirty notes five stand"
    assert text.count("and 8 more") == 1, "of twelve referrals four stand"
    assert text.count("and 16 more") == 2, "of twenty promises on each side four stand"
    assert text.count("and 11 more") == 2, "of fifteen items on each side four stand"


def test_a_sparse_story_is_one_page_that_teaches() -> None:
    pages, text = read(brief_pdf(prepare(SPARSE, PLAYBOOK, TODAY), TODAY))
    assert pages == 1
    assert "Anwen Pritchard" in text
    assert "Not planned yet" in text
    assert "You have not met yet. Find out what drives Anwen" in text
    assert "What you know" not in text


def test_what_a_page_has_room_for_is_all_there() -> None:
    brief = prepare(STORY, PLAYBOOK, TODAY)
    cut = one_page(brief)
    assert cut == brief
    _, text = read(brief_pdf(brief, TODAY))
    for said in (
        "11:30 to 12:30 today", "The Boathouse", "Thursday 19 November", "leave by 11:15",
        "Lowri becomes second partner in April", "Ask Martin to speak", "9 days over",
        "How you would work with Lowri", "carried over from September", "Sings alto", "ask again",
        "Her mother has just moved in", "A name a month",
    ):  # fmt: skip
        assert said in text


@given(st.text(max_size=400), st.integers(2, 120))
def test_a_clipped_line_is_short_enough_and_begins_as_the_whole(text: str, letters: int) -> None:
    short = clipped(text, letters)
    whole = " ".join(text.split())
    assert len(short) <= letters
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


def test_the_oldest_of_what_changed_goes_and_the_newest_stays() -> None:
    cut = one_page(prepare(full("word " * 20), PLAYBOOK, TODAY))
    assert [said.on.day for said in cut.since] == [27, 28, 29, 30]
    assert cut.left_out["since"] > 20


@pytest.fixture
def talkative(alice: Member) -> OneToOne:
    """A relationship with more of everything than a page holds."""
    today = alice.today()
    relationship = makers.a_relationship(alice, "Anwen Pritchard", on=today - timedelta(days=400))
    held = makers.a_one_to_one(
        relationship, alice, today - timedelta(days=30), state=Meeting.CLOSED_OUT
    )
    for number in range(25):
        said = f"{number}: {LONG}"
        makers.a_note(relationship, alice, said, one_to_one=held, at=held.starts_at, topic="goals")
        makers.a_fact(relationship, alice, "family", said, one_to_one=held)
        makers.a_call(relationship, alice, today - timedelta(days=number), text=said)
        a_referral(relationship, alice, Direction.RECEIVED, state=State.MET, need=said[:300])
        for side in ("mine", "theirs"):
            makers.an_action(relationship, alice, side, said[:300], today)
            capturing.agenda_item(relationship, alice, said[:300], side=side, on=today)
    return makers.a_one_to_one(relationship, alice, today + timedelta(days=1), travel_minutes=20)


def test_the_page_with_its_style_is_under_forty_kilobytes(
    alice: Member, talkative: OneToOne, browser: Callable[[Member], Client]
) -> None:
    page = browser(alice).get(f"/one-to-ones/{talkative.pk}/brief/").content
    sheets = Path(settings.PACKAGE) / "static" / "css"
    style = b"".join(sheet.read_bytes() for sheet in sorted(sheets.rglob("*.css")))
    assert len(gzip.compress(page)) + len(gzip.compress(style)) < 40 * 1024


def test_the_page_says_what_it_leaves_out(
    alice: Member, talkative: OneToOne, browser: Callable[[Member], Client]
) -> None:
    page = browser(alice).get(f"/one-to-ones/{talkative.pk}/brief/").content.decode()
    assert page.count("and 21 more") == 5, "four of 25 referrals, promises and items on each side"
    assert page.count("and 20 more") == 1, "five of 25 notes"
    assert f"/one-to-ones/{talkative.pk}/brief.pdf" in page


@pytest.mark.parametrize("route", ["one-to-ones/{one}/brief.pdf", "relationships/{of}/brief.pdf"])
def test_the_pdf_is_sent_under_a_name(
    alice: Member,
    bob: Member,
    stranger: Member,
    talkative: OneToOne,
    browser: Callable[[Member], Client],
    route: str,
) -> None:
    path = "/" + route.format(one=talkative.pk, of=talkative.relationship_id)
    for member in (alice, bob):
        answer = browser(member).get(path)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == 'inline; filename="Brief_Anwen_Pritchard.pdf"'
        assert answer["Cache-Control"] == "private, no-store"
        assert read(answer.content)[0] == 1
    assert browser(stranger).get(path).status_code == 404
