"""The partner never learns who the prospect is before they may."""

import contextlib
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.accounts.models import Member
from touchline.core.fold import fold, words
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.mail.beforehand import beforehand
from touchline.mail.draft import Draft, Recipient
from touchline.mail.introducing import asking as written_asking
from touchline.mail.invitation import cancellation, invitation
from touchline.mail.recap import recap
from touchline.meetings.models import State as MeetingState
from touchline.referrals.models import Asked, Referral, State
from touchline.referrals.passing import naming, wording
from touchline.referrals.passing.telling import find, masked, told

TOM = told(
    "Tom Hart",
    name="Tom Hart",
    given="Tom",
    family="Hart",
    addresses=[
        "tom@hartfoods.co.uk",
        "https://www.hart.example.net/menu",
        "3 Quay Street\nChester",
    ],
    numbers=["+44 7700 900123"],
    known=["Anwen Pritchard", "Alice Hill"],
)
FIRM = told("Hart Foods Ltd", companies=["Hart Foods Ltd"], addresses=["https://hartfoods.co.uk"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tom Hart needs a lease read", "Tom Hart"),
        ("TOM HART’S lease", "TOM HART"),
        ("Hart, Tom", "Hart, Tom"),
        ("ask tom about it", "tom"),
        ("the Harts", ""),
        ("For Hart Foods’ new shop", "Hart Foods"),
        ("hartfoods has it", "hartfoods"),
        ("Write to Tom@HartFoods.co.uk", "Tom@HartFoods.co.uk"),
        ("See www.hartfoods.co.uk/menu", "hartfoods.co.uk"),
        ("Ring 07700 900 123 today", "07700 900 123"),
        ("Ring +44 (0)7700-900123", "44 (0)7700-900123"),
        ("At 3 Quay Street", "3 Quay Street"),
        ("T\u00adom", "Tom"),
        ("Tomorrow, from the heart", ""),
        ("Somebody needs a lease read", ""),
    ],
)
def test_what_tells_of_somebody(text: str, found: str) -> None:
    hits = find(text, (TOM, FIRM))
    assert (hits[0].text if hits else "") == found


@pytest.mark.parametrize(
    ("given_name", "family", "text", "tells"),
    [
        ("Will", "Rose", "will you come?", False),
        ("Will", "Rose", "Will likes it", True),
        ("May", "Hill", "on 4 May", False),
        ("May", "Hill", "in May 2027", False),
        ("May", "Hill", "May likes it", True),
        ("May", "Hill", "up the hill", False),
        ("An", "So", "So, this is an idea", False),
        ("An", "So", "An So likes it", True),
        ("Siân", "Ó Briain", "SIAN O BRIAIN", True),
        ("Siân", "Ó Briain", "the O’Briain lease", True),
        ("Anwen", "Moor", "Hello Anwen,", False),
        ("Anwen", "Moor", "Anwen Moor", True),
        ("Alice", "Moor", "Warm regards\nAlice Hill", False),
        ("王", "伟", "问王伟", False),
        ("", "王伟", "王伟 has a lease", True),
    ],
)
def test_names_that_are_words_or_somebody_elses(
    given_name: str, family: str, text: str, tells: bool
) -> None:
    names = told(
        "x", name=f"{given_name} {family}".strip(), given=given_name, family=family,
        known=["Anwen Pritchard", "Alice Hill"],
    )  # fmt: skip
    assert bool(find(text, [names])) is tells


def test_a_host_that_everybody_has_tells_of_nobody() -> None:
    names = told("x", name="Tom Hart", addresses=["t.h.99@gmail.com"])
    assert not find("Mine is a@gmail.com", [names])
    assert find("It is T.H.99@gmail.com", [names])


def test_the_partners_own_firm_tells_of_nobody_else() -> None:
    names = told("x", companies=["Lloyd Ltd"], known=["Anwen Pritchard", "Lloyd"])
    assert not find("Your lease at Lloyd", [names])


_NAMES = st.sampled_from(
    ["Tom", "Siân", "Will", "May", "Jo", "Anne-Marie", "O’Brien", "van der Berg", "Hart", "Müller",
     "Rose", "Ng", "de la Cruz", "Łukasz", "Smith"]
)  # fmt: skip
_FIRMS = st.sampled_from(
    ["Hart Foods Ltd", "The Copper Pot", "Apple", "A & B", "K-9 Training", "Müller GmbH", "4you"]
)
_texts = st.lists(st.text(max_size=12) | _NAMES | _FIRMS | st.just("."), max_size=8).map(" ".join)


@given(_texts, _NAMES, _NAMES, _FIRMS)
def test_masked_tells_of_nobody(text: str, given_name: str, family: str, firm: str) -> None:
    names = (
        told("x", name=f"{given_name} {family}", given=given_name, family=family),
        told("y", companies=[firm]),
    )
    left = masked(text, names)
    assert not find(left, names)
    assert masked(left, names) == left
    if not find(text, names):
        assert words(left) == words(text.replace("\u00ad", "")) or not text.isascii()


# On record.


@pytest.fixture
def partner(alice: Member) -> Any:
    person = makers.a_person(alice, "Anwen Pritchard", company="Lloyd", email="anwen@example.org")
    return makers.a_relationship(alice, person, on=alice.today() - timedelta(days=90))


SECRETS = {
    "name": "Tomos Hartwell",
    "company": "Quillfeather Foods Ltd",
    "email": "tomos@quillfeather.co.uk",
    "phone": "+44 7700 900123",
    "address": "3 Quay Street",
}
TELLING = (
    "tomos", "hartwell", "quillfeather", "900123", "900 123", "quay street",
)  # fmt: skip
LINES = (
    "Tomos Hartwell needs a lease read",
    "A lease for Quillfeather Foods",
    "Write to tomos@quillfeather.co.uk",
    "Ring 07700 900 123 on Monday",
    "The shop at 3 Quay Street",
    "ask hartwell",
    "A lease to read",
)


def said(draft: Draft) -> str:
    calendar = draft.calendar.replace("\r\n ", "")
    return fold("\n".join((draft.subject, draft.text, draft.html, calendar)))


def everything(partner: Any, found: Referral, alice: Member, line: str) -> list[str]:
    """Write every mail and every draft to the partner, with a line in each place there is."""
    today, now = alice.today(), timezone.now()
    held = makers.a_one_to_one(partner, alice, today - timedelta(days=1), state=MeetingState.HELD)
    planned = makers.a_one_to_one(partner, alice, today + timedelta(days=20), place=line)
    planned.refresh_from_db()
    makers.a_note(partner, alice, line, one_to_one=held, shared=True)
    makers.a_note(partner, alice, "The barn is let.", one_to_one=held, shared=True)
    for whose in ("mine", "theirs"):
        makers.an_action(partner, alice, whose, line, today, one_to_one=held)
    to = Recipient("Anwen Pritchard", "anwen@example.org")
    drafts = [
        recap(held, alice, to, now=now, line=f"Hello!\n{line}"),
        beforehand(planned, alice, to, now=now, line=line),
        invitation(planned, alice, to, now=now, line=line),
    ]
    planned.cancel(alice, reason=line)
    drafts.append(cancellation(planned, alice, to, now=now, line=line))
    assert "The barn is let." in drafts[0].text
    written = [said(draft) for draft in drafts]
    for one in wording.asking(found, Asked.RECEIVER, alice):
        written.append(fold(f"{one.subject}\n{one.text}"))
        written.append(said(written_asking(found, "receiver", to, one.subject, one.text)))
    written.append(fold(repr(naming.for_partner(found))))
    return written


def moved(found: Referral, alice: Member, moves: list[tuple[str, str]]) -> None:
    """Take the steps that may be taken, and pass over the others."""
    today = alice.today()
    for verb, what in moves:
        with contextlib.suppress(Refused):
            if verb == "ask":
                found.ask(alice, what, on=today)
            elif verb in ("yes", "no"):
                found.answer(alice, what, verb, on=today)
            elif verb == "introduce":
                found.introduce(alice, on=today, gaps=[])
            elif verb == "decline":
                found.decline(alice, on=today, reason="Not now")
            else:
                found.go_back(alice, reason="A slip")


_moves = st.lists(
    st.sampled_from(
        [
            *product(("ask", "yes", "no"), Asked.values),
            ("introduce", ""),
            ("decline", ""),
            ("go_back", ""),
        ]
    ),
    max_size=5,
)


@pytest.mark.django_db
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    direction=st.sampled_from(["given", "given", "given", "received"]),
    moves=_moves,
    line=st.sampled_from(LINES),
    need=st.sampled_from(LINES),
    who=st.sampled_from(["person", "company", "both"]),
)
@example("given", [("yes", "receiver"), ("no", "prospect")], LINES[0], LINES[2], "person")
@example("given", [("ask", "receiver"), ("ask", "prospect")], LINES[1], LINES[1], "company")
@example("given", [("yes", "prospect"), ("go_back", "")], LINES[3], LINES[5], "both")
@example("given", [], LINES[4], LINES[4], "person")
@example("given", [("yes", "receiver"), ("yes", "prospect")], LINES[0], LINES[0], "both")
def test_the_partner_never_sees_an_unnamed_prospect(
    alice: Member,
    partner: Any,
    direction: str,
    moves: list[tuple[str, str]],
    line: str,
    need: str,
    who: str,
) -> None:
    with transaction.atomic():
        tomos = makers.a_person(
            alice, SECRETS["name"], company=SECRETS["company"], email=SECRETS["email"],
            phone=SECRETS["phone"], address=SECRETS["address"],
        )  # fmt: skip
        fields = {
            "person": None if who == "company" else tomos,
            "company": None if who == "person" else tomos.company,
        }
        found = a_referral(partner, alice, direction, need=need, **fields)
        moved(found, alice, moves)
        # A firm alone has no ways of its own here: what reaches its people tells nothing.
        telling = TELLING if who != "company" else ("quillfeather foods",)
        written = everything(partner, found, alice, line)
        hits = {secret for text in written for secret in telling if secret in text}
        if not found.may_be_named:
            assert hits == set()
        elif secret := next((one for one in telling if one in fold(line)), None):
            assert secret in hits, "who agreed may be spoken of"
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_what_is_left_out_is_said(alice: Member, partner: Any) -> None:
    a_referral(partner, alice)
    held = makers.a_one_to_one(partner, alice, alice.today(), state=MeetingState.HELD)
    makers.a_note(partner, alice, "Tom wants a lease read", one_to_one=held, shared=True)
    to = Recipient("Anwen", "anwen@example.org")
    draft = recap(held, alice, to, now=timezone.now())
    assert draft.left_out == (
        "A note is left out: it tells Anwen of Tom Hart, who has not agreed to that.",
    )
    assert "lease" not in draft.text


@pytest.mark.django_db
def test_who_agreed_in_another_referral_is_known_to_them(alice: Member, partner: Any) -> None:
    before = a_referral(partner, alice, state=State.CONTACTED)
    again = a_referral(partner, alice, need="A pension", person=before.person)
    assert naming.unnamed(partner) == ()
    # The new need is not theirs to hear yet, whoever has it.
    assert naming.told_of(again)
    with pytest.raises(Refused, match="“Tom Hart” tells Anwen who it is"):
        naming.refuse_names("Tom Hart needs a pension", again)


@pytest.mark.django_db
def test_names_are_of_one_partner_alone_and_go_with_the_yes(alice: Member, partner: Any) -> None:
    found = a_referral(partner, alice)
    ruth = makers.a_relationship(alice, "Ruth Abelson", on=alice.today())
    assert naming.unnamed(ruth) == ()
    assert [one.who for one in naming.unnamed(partner)] == ["Tom Hart"]
    found.answer(alice, "prospect", "yes", on=alice.today())
    assert naming.unnamed(partner) == ()
    found.go_back(alice, reason="It was somebody else")
    assert [one.who for one in naming.unnamed(partner)] == ["Tom Hart"]


@pytest.mark.django_db
def test_who_works_at_a_company_that_is_the_prospect_tells_of_it(
    alice: Member, partner: Any
) -> None:
    eve = makers.a_person(alice, "Eve Moss", company="Hart Foods", email="eve@mossmail.co.uk")
    found = a_referral(partner, alice, person=None, company=eve.company)
    for line in ("I met Eve Moss", "Write to eve@mossmail.co.uk"):
        assert naming.tells(line, naming.unnamed(partner)), line
        with pytest.raises(Refused, match="tells Anwen"):
            naming.refuse_names(line, found)
    # Alone a name is anybody's, and she is named where she agreed herself.
    assert not naming.tells("Eve is coming", naming.unnamed(partner))
    a_referral(partner, alice, state="agreed", person=eve, need="Something else")
    assert not naming.tells("I met Eve Moss", naming.unnamed(partner))


def test_a_third_partner_who_is_introduced_is_unnamed_too(alice: Member, partner: Any) -> None:
    ruth = makers.a_relationship(alice, "Ruth Abelson", on=alice.today())
    a_referral(partner, alice, person=None, third=ruth, third_is="introduced")
    assert [one.who for one in naming.unnamed(partner)] == ["Ruth Abelson"]


@pytest.mark.django_db
def test_what_a_partner_may_see_is_a_whitelist(alice: Member, partner: Any) -> None:
    tom = makers.a_person(alice, "Tom Hart", company="Hart Foods")
    found = a_referral(partner, alice, person=tom, need="Hart Foods: Tom needs a lease read")
    shown = naming.for_partner(found)
    assert (shown.prospect, shown.company) == ("", "")
    assert shown.need == "a firm: somebody needs a lease read"
    found.answer(alice, "prospect", "yes", on=alice.today())
    shown = naming.for_partner(found)
    assert (shown.prospect, shown.company) == ("Tom Hart", "Hart Foods")
    assert shown.need == "Hart Foods: Tom needs a lease read"
