"""What comes out of the printer: one sheet, however much there is to say."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from pypdf import PdfReader

from tests.briefing.test_cut import LONG
from tests.browser.conftest import Journey
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.meetings import capturing
from touchline.meetings.models import PitchCard, State
from touchline.meetings.models.pitch_cards import PARTS
from touchline.playbook.models import of
from touchline.referrals.states import Direction
from touchline.referrals.states import State as Reached
from touchline.relationships.models import Relationship

Travel = Callable[..., Journey]


def printed(journey: Journey, path: str) -> list[str]:
    """Return the text of each sheet."""
    journey.go(path)
    sheets = PdfReader(io.BytesIO(journey.page.pdf(prefer_css_page_size=True))).pages
    return [" ".join(sheet.extract_text().split()) for sheet in sheets]


def talk(alice: Member, relationship: Relationship, many: int, words: str) -> None:
    """Take down so many of everything."""
    today = alice.today()
    held = makers.a_one_to_one(
        relationship, alice, today - timedelta(days=30), state=State.CLOSED_OUT
    )
    for number in range(many):
        said = f"{number}: {words}"
        makers.a_note(relationship, alice, said, one_to_one=held, at=held.starts_at)
        for topic in of(alice.workspace).topics:
            makers.a_fact(relationship, alice, topic.key, said, one_to_one=held)
        makers.a_call(relationship, alice, today - timedelta(days=number), text=said)
        a_referral(
            relationship, alice, Direction.RECEIVED, state=Reached.MET, need=said[:300],
            material=said[:200], person=f"{number} {words}"[:120],
        )  # fmt: skip
        for side in ("mine", "theirs"):
            makers.an_action(relationship, alice, side, said[:300], today)
            capturing.agenda_item(relationship, alice, said[:300], side=side, on=today)
    relationship.change(alice, they_expect=words, we_expect=words)


@pytest.mark.parametrize(
    ("many", "words"), [(0, ""), (2, LONG[:60]), (4, LONG[:90]), (9, LONG)],
    ids=["sparse", "usual", "full", "overfull"],
)  # fmt: skip
def test_a_brief_is_one_sheet(travel: Travel, alice: Member, many: int, words: str) -> None:
    relationship = makers.a_relationship(
        alice, "Anwen Pritchard", on=alice.today() - timedelta(days=400)
    )
    if many:
        talk(alice, relationship, many, words)
    one = makers.a_one_to_one(relationship, alice, alice.today() + timedelta(days=1))
    journey = travel("wide")
    journey.sign_in(alice)
    (sheet,) = printed(journey, f"/one-to-ones/{one.pk}/brief/")
    for said in ("Anwen Pritchard", "Promises", "Ask", "Decide today"):
        assert said in sheet
    if many:
        assert "What you know" in sheet
        assert "Settings" not in sheet, "the way about the site is not printed"
        assert "Not now" not in sheet, "nor what one can press"


@pytest.mark.parametrize("full", [False, True])
def test_a_pitch_card_is_one_sheet(travel: Travel, alice: Member, full: bool) -> None:
    relationship = makers.a_relationship(alice, "Anwen Pritchard", on=alice.today())
    card = PitchCard(workspace_id=relationship.workspace_id, relationship=relationship)
    words = {part: (LONG * 3)[:longest] for part, longest in PARTS.items()}
    given = words if full else {"sentence": "She reads it before you sign."}
    card.write(alice, seen=card.edition, **given)
    journey = travel("wide")
    journey.sign_in(alice)
    (sheet,) = printed(journey, f"/relationships/{relationship.pk}/pitch-card/")
    assert "Anwen Pritchard" in sheet
    assert "Not tried out on Anwen yet." in sheet
    assert ("The story" in sheet) == full
