"""The board: columns by state, menus that post a verb, and what leads to the record instead."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given

from tests.referrals.test_record_steps import STANDINGS
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.referrals.listing.listing import FEW
from touchline.referrals.listing.moving import ASKING_MORE, moves
from touchline.referrals.models import State
from touchline.referrals.stepping import Standing, steps
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def partner(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Ann Lloyd", on=alice.today() - timedelta(days=900))


def cards(shown: str) -> dict[str, str]:
    """Return the HTML of each card by the prospect’s name."""
    found = re.findall(r'<li class="card".*?</li>', shown, re.DOTALL)
    return {re.findall(r'class="card__who"[^>]*>([^<]*)<', one)[0]: one for one in found}


def menu(shown: str, card: str) -> tuple[dict[str, str], str]:
    """Return what the menu of a card or line posts besides its step, and its entries as HTML.

    As the page’s script puts them together: the form once, the entries of those that have the
    same ones once, and what is a card’s own from the link in it.
    """
    link = re.search(r'href="([^"]*)" data-menu="(\d+)" data-seen="(\d+)"', card)
    assert link
    form = re.search(r'<template id="menu">(.*?)</template>', shown, re.DOTALL)
    entries = re.search(rf'<template id="menu-{link[2]}">(.*?)</template>', shown, re.DOTALL)
    assert form
    assert entries
    pairs = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form[1])
    back = parse_qs(urlsplit(unescape(link[1])).query)["back"][0]
    return {**dict(pairs), "seen": link[3], "back": back}, entries[1]


@given(STANDINGS)
def test_a_menu_offers_what_the_record_offers(at: Standing) -> None:
    offered = steps(at)
    menu = moves(at)
    assert [one.key for one in menu] == [
        step.key for step in offered.all if not step.key.startswith("tell:")
    ]
    assert len({one.label for one in menu}) == len(menu)
    following = [one.key for one in menu if one.is_next]
    assert following == [step.key for step in offered.all if step is offered.next]
    assert all(one.asks == (one.key in ASKING_MORE) for one in menu)


def test_each_state_has_its_column_with_count_and_money(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    for number in range(FEW + 2):
        a_referral(
            partner, alice, state="quoted", person=f"Tom {number}", value_minor=100_000,
            on=alice.today() - timedelta(days=90 - number),
        )  # fmt: skip
    a_referral(partner, alice, state="thanked", person="Olu Ade")
    answer = browser(alice).get("/referrals/board/")
    shown = answer.content.decode()
    column = re.search(r'<section class="column[^"]*" id="s-quoted".*?</section>', shown, re.DOTALL)
    assert column
    assert f'<span class="num">{FEW + 2}</span>' in column[0]
    assert "£6,000" in column[0]
    assert column[0].count('class="card"') == FEW
    assert f'href="/referrals/?state=quoted">All {FEW + 2}</a>' in column[0]
    # The newest first.
    assert list(cards(column[0])) == [f"Tom {number}" for number in (5, 4, 3, 2)]
    # Those that are closed are folded, and open where they were asked for.
    assert re.search(r'<details class="board__band">', shown)
    closed = browser(alice).get("/referrals/board/?state=closed").content.decode()
    assert re.search(r'<details class="board__band" open>', closed)


@pytest.mark.parametrize(
    ("state", "key", "after"),
    [
        ("idea", "ask:receiver", "asking"),
        ("introduced", "contact", "contacted"),
        ("contacted", "quote", "quoted"),
        ("met", "lose", "lost"),
        ("quoted", "postpone", "not_yet"),
        ("won", "thank", "thanked"),
    ],
)
def test_a_card_is_moved_by_its_menu(
    alice: Member, partner: Relationship, browser: Browser, state: str, key: str, after: str
) -> None:
    made = a_referral(partner, alice, state=state)
    client = browser(alice)
    here = "/referrals/board/?way=given&q=tom"
    shown = client.get(here).content.decode()
    given_, entries = menu(shown, cards(shown)["Tom Hart"])
    assert f'name="step" value="{key}"' in entries
    assert given_["back"] == f"{here}#c-{made.pk}"
    assert given_["seen"] == str(made.version)
    answer = client.post(f"/referrals/{made.pk}/steps/", {**given_, "step": key})
    assert (answer.status_code, answer["Location"]) == (303, given_["back"])
    made.refresh_from_db()
    assert made.state == after
    assert made.steps.latest("id").on == alice.today()
    # Another tab that still shows the card as it was is told, and lands where it stood.
    late = client.post(f"/referrals/{made.pk}/steps/", {**given_, "once": "other", "step": key})
    assert late.status_code == 303
    assert "message--refused" in client.get(here).content.decode()
    made.refresh_from_db()
    assert made.state == after


def test_what_asks_for_more_leads_to_the_record(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="met")
    client = browser(alice)
    board = client.get("/referrals/board/").content.decode()
    _, entries = menu(board, cards(board)["Tom Hart"])
    for key in ("win", "dud"):
        assert f'name="step" value="{key}"' not in entries
        assert f'href="?step={key}#n-next"' in entries
        shown = client.get(f"/referrals/{made.pk}/?step={key}").content.decode()
        assert re.search(rf'name="step" value="{key}" checked', shown)


def test_an_introduction_with_gaps_comes_back_as_the_record_s_form(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="agreed")
    client = browser(alice)
    board = client.get("/referrals/board/?q=tom").content.decode()
    given_, _ = menu(board, cards(board)["Tom Hart"])
    answer = client.post(f"/referrals/{made.pk}/steps/", {**given_, "step": "introduce"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "why you pass it all the same" in shown
    # It still leads back to the card.
    assert f'name="back" value="/referrals/board/?q=tom#c-{made.pk}"' in shown
    made.refresh_from_db()
    assert made.state == State.AGREED


def test_a_viewer_has_no_menus(
    alice: Member, bob: Member, partner: Relationship, browser: Browser
) -> None:
    a_referral(partner, alice, state="met", person="Tom <i>Hart")
    shown = browser(bob).get("/referrals/board/").content.decode()
    assert "Tom &lt;i&gt;Hart" in shown
    assert "card__move" not in shown
    assert "<template" not in shown
    assert "Take this list out" not in browser(bob).get("/referrals/").content.decode()


def test_the_list_has_the_same_menu_and_comes_back_to_its_line(
    alice: Member, bob: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="contacted", person="Tom <i>Hart")
    done = a_referral(partner, alice, state="thanked", person="Olu Ade")
    client, here = browser(alice), "/referrals/?way=given&q=o"
    shown = client.get(here).content.decode()
    assert shown.count('class="verb card__move"') == 1
    assert f'<tr id="c-{done.pk}">' in shown
    assert "Tom &lt;i&gt;Hart" in shown
    assert "<i>Hart" not in shown
    [line] = re.findall(rf'<tr id="c-{made.pk}">.*?</tr>', shown, re.DOTALL)
    given_, _ = menu(shown, line)
    assert (given_["back"], given_["seen"]) == (f"{here}#c-{made.pk}", str(made.version))
    answer = client.post(f"/referrals/{made.pk}/steps/", {**given_, "step": "meet"})
    assert (answer.status_code, answer["Location"]) == (303, given_["back"])
    made.refresh_from_db()
    assert made.state == "met"
    read = browser(bob).get(here).content.decode()
    assert "card__move" not in read
    assert "listed__move" not in read


def test_a_page_has_a_menu_once_however_many_have_it(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    for name in ("Tom Hart", "Olu Ade", "Ira Moss"):
        a_referral(partner, alice, state="contacted", person=name)
    a_referral(partner, alice, state="met", person="Fay Lund")
    for path in ("/referrals/", "/referrals/board/"):
        shown = browser(alice).get(path).content.decode()
        assert shown.count("data-menu=") == 4
        assert shown.count('<template id="menu-') == 2


def test_moving_on_its_own_page_leads_back_to_the_list(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    made = a_referral(partner, alice, state="contacted")
    client, here = browser(alice), "/referrals/?way=given"
    shown = client.get(here).content.decode()
    link = re.search(r'class="verb card__move" href="([^"]*)"', shown)
    assert link
    record = client.get(unescape(link[1])).content.decode()
    assert record.count(f'name="back" value="{here}#c-{made.pk}"') == 2
    # Nowhere else than on this site.
    record = client.get(f"/referrals/{made.pk}/?back=//elsewhere.example").content.decode()
    assert "elsewhere" not in re.sub(r"<nav.*?</nav>", "", record, flags=re.DOTALL)
    assert f'name="back" value="/referrals/{made.pk}/"' in record
