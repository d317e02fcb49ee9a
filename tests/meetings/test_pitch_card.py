"""The pitch card: written, filled from what is known, tried out, on one page (M16)."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.meetings.cast import anwen, under_way
from touchline.accounts.models import Member
from touchline.core.pdf import pdf
from touchline.core.refusal import Refused
from touchline.core.words import short_day
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.meetings.models import PitchCard
from touchline.meetings.models.pitch_cards import PARTS as LONGEST
from touchline.meetings.models.pitch_cards import CardState
from touchline.meetings.pitching import PARTS, Told, data, offers
from touchline.meetings.views.pitch import TEMPLATE, standing
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]
SENTENCE = "She gets family farms through the handing over without a quarrel."
NOTHING = dict.fromkeys(LONGEST, "")


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return anwen(alice)


@pytest.fixture
def card(alice: Member, relationship: Relationship) -> PitchCard:
    made = PitchCard(workspace_id=relationship.workspace_id, relationship=relationship)
    made.write(alice, seen=made.edition, sentence=SENTENCE)
    return made


def path(relationship: Relationship, verb: str = "") -> str:
    return f"/relationships/{relationship.pk}/pitch-card/{verb}"


def test_parts_have_a_length_and_a_heading_each() -> None:
    assert [part.key for part in PARTS] == list(LONGEST)


def test_heard_approved_and_undone_by_a_word(alice: Member, card: PitchCard) -> None:
    today = alice.today()
    seen = card.edition
    assert (card.state, standing(card, today)) == (CardState.DRAFT, "Not tried out on Anwen yet.")
    card.hear(alice, seen=seen, on=today - timedelta(days=3), today=today)
    assert card.state == CardState.HEARD
    heard, now = short_day(today - timedelta(days=3), today), short_day(today, today)
    assert standing(card, today) == f"Anwen heard it on {heard}, and has not approved it yet."
    card.approve(alice, seen=seen, on=today, today=today)
    assert card.state == CardState.APPROVED
    assert standing(card, today) == f"Heard on {heard} and approved by Anwen on {now}."
    card.write(alice, seen=seen, sentence=SENTENCE)
    assert card.state == CardState.APPROVED, "the same words change nothing"
    card.write(alice, seen=seen, ask_first="Who inherits?")
    card.refresh_from_db()
    assert (card.state, card.heard_on, card.approved_on) == (CardState.DRAFT, None, None)
    verbs = [entry.verb for entry in Entry.objects.filter(noun="pitchcard").order_by("pk")]
    assert verbs == [
        "pitchcard.write", "pitchcard.hear", "pitchcard.approve", "pitchcard.write",
    ]  # fmt: skip


def test_who_approves_has_heard_it(alice: Member, card: PitchCard) -> None:
    today = alice.today()
    card.approve(alice, seen=card.edition, on=today, today=today)
    assert card.heard_on == today
    now = short_day(today, today)
    assert standing(card, today) == f"Heard and approved by Anwen on {now}."


def test_what_is_refused(alice: Member, card: PitchCard, relationship: Relationship) -> None:
    today, seen = alice.today(), card.edition
    with pytest.raises(Refused, match="still to come"):
        card.hear(alice, seen=seen, on=today + timedelta(days=1), today=today)
    with pytest.raises(Refused, match="Look again"):
        card.hear(alice, seen="other words", on=today, today=today)
    with pytest.raises(Refused, match="at most 300 letters"):
        card.write(alice, seen=seen, sentence="x" * 301)
    card.hear(alice, seen=seen, on=today, today=today)
    with pytest.raises(Refused, match="before they heard it"):
        card.approve(alice, seen=seen, on=today - timedelta(days=1), today=today)
    with pytest.raises(Refused, match="heard this card already"):
        card.hear(alice, seen=seen, on=today, today=today)
    empty = PitchCard(workspace_id=relationship.workspace_id, relationship=relationship)
    with pytest.raises(Refused, match="Write the sentence first"):
        empty.approve(alice, seen=empty.edition, on=today, today=today)


def test_two_who_write_at_once(alice: Member, card: PitchCard) -> None:
    stale = PitchCard.objects.get(pk=card.pk)
    seen = card.edition
    card.write(alice, seen=seen, ask_first="Who inherits?")
    with pytest.raises(Refused, match="Look again"):
        stale.write(alice, seen=seen, ask_first="Who milks?")
    stale = PitchCard.objects.get(pk=card.pk)
    stale.hear(alice, seen=stale.edition, on=alice.today(), today=alice.today())
    with pytest.raises(Refused):
        card.approve(alice, seen=card.edition, on=alice.today(), today=alice.today())
    card.refresh_from_db()
    assert (card.ask_first, card.state) == ("Who inherits?", CardState.HEARD)


FACTS = (
    Told(1, "trigger_events", "", "The bank wants forecasts"),
    Told(2, "trigger_events", "phrases", "We never talk about it"),
    Told(3, "how_to_introduce", "sentence", SENTENCE),
    Told(4, "ideal_referral", "not_to_send", "Anyone in a hurry"),
    Told(5, "family", "children", "Two daughters"),
)


@pytest.mark.parametrize(
    ("there", "part", "offered"),
    [
        ({}, "sentence", [3]),
        ({"sentence": SENTENCE}, "sentence", []),
        ({}, "listen_for", [2, 1]),
        ({"listen_for": "We never talk about it"}, "listen_for", [1]),
        ({"listen_for": "x" * LONGEST["listen_for"]}, "listen_for", []),
        ({}, "not_to_send", [4]),
        ({}, "story", []),
    ],
)
def test_what_is_known_is_offered_where_it_fits(
    there: dict[str, str], part: str, offered: list[int]
) -> None:
    found = offers({**NOTHING, **there}, FACTS, LONGEST)
    assert [told.pk for told in found[part]] == offered


def test_written_filled_and_tried_out_on_the_page(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    fact = makers.a_fact(
        relationship, alice, "trigger_events", "The bank wants forecasts", slot="signs"
    )
    under = under_way(relationship, alice)
    page = client.get(path(relationship)).content.decode()
    assert "Write the card" in page
    assert "Take it over" in page
    form = client.get(path(relationship, "edit/"))
    seen = form.context["form"].initial["seen"]
    answer = client.post(path(relationship, "edit/"), {"seen": seen, "sentence": SENTENCE})
    assert (answer.status_code, answer["Location"]) == (303, path(relationship))
    card = PitchCard.objects.get()
    took = {"part": "listen_for", "fact": fact.pk, "seen": card.edition}
    assert client.post(path(relationship, "offers/"), took).status_code == 303
    card.refresh_from_db()
    assert card.listen_for == "The bank wants forecasts"
    assert "Take it over" not in client.get(path(relationship)).content.decode()
    today = alice.today().isoformat()
    client.post(path(relationship, "hearing/"), {"seen": card.edition, "on": today})
    card.refresh_from_db()
    assert (card.state, card.heard_in) == (CardState.HEARD, under)
    client.post(path(relationship, "approval/"), {"seen": card.edition, "on": today})
    page = client.get(path(relationship)).content.decode()
    assert f"Heard and approved by Anwen on {short_day(alice.today(), alice.today())}." in page


def test_somebody_wrote_meanwhile(
    alice: Member, card: PitchCard, relationship: Relationship, browser: Browser
) -> None:
    client, seen = browser(alice), card.edition
    card.write(alice, seen=seen, sentence="Another sentence.")
    late = {"seen": seen, "sentence": "My own sentence."}
    answer = client.post(path(relationship, "edit/"), late)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Another sentence." in page
    assert "My own sentence." in page
    card.refresh_from_db()
    assert card.sentence == "Another sentence."
    again = {**late, "seen": answer.context["form"]["seen"].value()}
    assert client.post(path(relationship, "edit/"), again).status_code == 303
    card.refresh_from_db()
    assert card.sentence == "My own sentence."


@pytest.mark.parametrize(
    ("verb", "given", "status", "sentence"),
    [
        ("approval/", {"on": "soon"}, 422, "The day: give a day as 3/12/2026"),
        ("hearing/", {"on": ""}, 422, "Give the day that it was."),
        ("offers/", {"part": "pk", "fact": "1"}, 303, "Choose a part of the card"),
        ("offers/", {"part": "story", "fact": "²"}, 404, ""),
        ("offers/", {"part": "story", "fact": "999999"}, 404, ""),
        ("edit/", {"sentence": "x" * 301}, 422, "at most 300 letters"),
    ],
)
def test_bad_input(
    alice: Member,
    card: PitchCard,
    relationship: Relationship,
    browser: Browser,
    verb: str,
    given: dict[str, str],
    status: int,
    sentence: str,
) -> None:
    client = browser(alice)
    answer = client.post(path(relationship, verb), {"seen": card.edition, **given}, follow=False)
    assert answer.status_code == status
    if status == 303:
        answer = client.get(answer["Location"])
    assert sentence in answer.content.decode()
    card.refresh_from_db()
    assert card.words == {**NOTHING, "sentence": SENTENCE}


def test_a_viewer_reads_and_a_stranger_finds_nothing(
    alice: Member,
    bob: Member,
    stranger: Member,
    card: PitchCard,
    relationship: Relationship,
    browser: Browser,
) -> None:
    page = browser(bob).get(path(relationship)).content.decode()
    assert SENTENCE in page
    assert "<form" not in page.split("<main")[1]
    assert browser(bob).get(path(relationship, "edit/")).status_code == 403
    for verb in ("", "edit/", "offers/", "hearing/", "approval/"):
        assert browser(stranger).get(path(relationship, verb)).status_code == 404


def test_a_fact_of_somebody_else_is_not_taken_over(
    alice: Member, card: PitchCard, relationship: Relationship, browser: Browser
) -> None:
    other = makers.a_relationship(alice, "Glyn Parry", on=alice.today())
    fact = makers.a_fact(other, alice, "trigger_events", "A flood")
    given = {"part": "listen_for", "fact": fact.pk, "seen": card.edition}
    assert browser(alice).post(path(relationship, "offers/"), given).status_code == 404


@pytest.mark.parametrize("words", ["a word or two ", "w" * 90, "a\n", "字"])
def test_one_page_however_much_it_says(words: str) -> None:
    said = {part: (words * 1200)[:longest] for part, longest in LONGEST.items()}
    made = pdf(TEMPLATE, data(words * 60, words * 60, said, "Not tried out on them yet."))
    (page,) = PdfReader(io.BytesIO(made)).pages
    assert "What to listen for" in page.extract_text()


def test_the_pdf_says_what_the_card_says(
    alice: Member, card: PitchCard, relationship: Relationship, browser: Browser
) -> None:
    answer = browser(alice).get(f"/relationships/{relationship.pk}/pitch-card.pdf")
    assert answer["Content-Disposition"] == 'inline; filename="Pitch_card_Anwen_Pritchard.pdf"'
    (page,) = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(page.extract_text().split())
    assert SENTENCE in text
    assert "Not tried out on Anwen yet." in text
    assert "What to ask first" not in text, "an empty part stands on no paper"
