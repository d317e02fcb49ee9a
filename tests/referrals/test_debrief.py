"""What an outcome taught: said, proposed, accepted, and heard of the next time (M14)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.meetings.cast import ahead, anwen, held
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral, an_ideal
from touchline.meetings.models import OwnPrompt, PitchCard
from touchline.referrals.learning import debriefing
from touchline.referrals.learning.debriefing import accept, learn, leave, told, waiting
from touchline.referrals.learning.lessons import BY_KEY, LESSONS, PROMPT, WHO_ELSE
from touchline.referrals.learning.targets import Targets, put_forward
from touchline.referrals.models import (
    Debrief,
    IdealChange,
    IdealReferral,
    Proposal,
    Referral,
)  # fmt: skip
from touchline.referrals.passing.checking import readiness_of
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def relationship(alice: Member) -> Relationship:
    return anwen(alice)


def passed(alice: Member, relationship: Relationship, outcome: str, **fields: Any) -> Referral:
    tom = makers.a_person(alice, "Tom Hart", title="Practice manager", company="Hart Dental")
    return a_referral(relationship, alice, person=tom, state=outcome, **fields)


def accepted(by: Member, referral: Referral, debrief: Debrief) -> None:
    """Accept all that is proposed, as it stands on the page."""
    for one in put_forward(debrief, Targets(referral)):
        accept(by, referral, one.proposal, after=one.after, seen=one.seen)


def path(referral: Referral, verb: str = "debrief") -> str:
    return f"/referrals/{referral.pk}/{verb}/"


# What is typed with each reason, who comes next, and which item of that one's readiness list
# then says what: whether it is met, and the words in it.
NEXT = [
    ("no_need", "", {}, "qualifying_question", None, "What happens if you leave it"),
    ("not_expecting", "", {}, "words", False, "Tell them to expect a call from Anwen"),
    ("wrong_person", "", {"title": "Practice manager"}, "exclusions", False, "Practice manager"),
    ("no_means", "From 2,000 a year", {}, "value_floor", None, "From 2,000 a year"),
    ("wrong_area", "Cardiff", {"address": "4 Quay Street, Cardiff"}, "area", False, "Not Cardiff"),
    ("no_details", "", {}, "words", False, "Send a number on which they do answer"),
    ("price", "", {}, "qualifying_question", None, "What have you set aside for it?"),
    ("timing", "Half a year before the lease ends", {}, "trigger_events", None, "Half a year"),
    ("no_room", "None before Easter", {}, "capacity", None, "None before Easter"),
    ("had_somebody", "A dental group with a solicitor of its own",
     {"notes": "Part of a dental group with a solicitor of its own"},
     "exclusions", False, "A dental group with a solicitor of its own"),
    ("wrong_fit", "Franchises", {"notes": "One of the franchises"},
     "exclusions", False, "Franchises"),
    ("introduction", "Leave the fee unsaid", {}, "words", False, "Leave the fee unsaid"),
    ("phrase", "we sign on Friday", {"notes": "She said that we sign on Friday"},
     "trigger_phrases", True, "we sign on Friday"),
    ("event", "Their landlord sold up", {"notes": "Their landlord sold up in May"},
     "trigger_events", True, "Their landlord sold up"),
    ("right_role", "", {"title": "Practice manager"}, "roles", True, "Practice manager"),
    ("right_industry", "Dental practices", {"company": "Bright Dental Practice"},
     "industries", True, "Dental practices"),
    ("right_size", "5 to 40 staff", {"notes": "12 staff"}, "size", True, "5 to 40 staff"),
    ("gateway", "Surgery fitters", {"notes": "Known through their surgery fitters"},
     "gateway_professions", True, "Surgery fitters"),
    ("words", "She reads leases as others read novels", {}, "words", False, "She reads leases"),
    ("personal", "", {}, "words", False, "Bring Anwen and them to one table"),
    ("who_else", "", {"company": "Pell Orthodontics"},
     "named_targets", True, "Pell Orthodontics"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "line", "who", "item", "met", "says"), NEXT, ids=[row[0] for row in NEXT]
)
def test_the_next_readiness_list_says_so(
    key: str, line: str, who: dict[str, Any], item: str, met: bool | None, says: str,
    alice: Member, relationship: Relationship,
) -> None:  # fmt: skip
    outcome = BY_KEY[key].outcomes[0]
    first = passed(alice, relationship, outcome)
    following = a_referral(
        relationship, alice, state="idea", need="A dispute with a neighbour",
        person=makers.a_person(alice, "Ruth Abelson", **who),
    )  # fmt: skip
    assert not said_so(following, alice, item, met, says)
    tapped = "unknown" if key == WHO_ELSE else key
    who_else = "Pell Orthodontics" if key == WHO_ELSE else ""
    debrief = learn(alice, first, outcome=outcome, reason=tapped, line=line, who_else=who_else)
    assert not said_so(following, alice, item, met, says), "until somebody accepts it"
    accepted(alice, first, debrief)
    assert said_so(following, alice, item, met, says)


def said_so(referral: Referral, member: Member, key: str, met: bool | None, says: str) -> bool:
    """Say whether an item of a referral's readiness list, as stored, is so and says so."""
    found = Referral.objects.select_related(
        "relationship__person", "person__company", "company"
    ).get(pk=referral.pk)
    return any(
        (one.key, one.met) == (key, met) and says in f"{one.sentence} {one.detail} {one.ask}"
        for one in readiness_of(found, member)
    )


@pytest.mark.parametrize("key", ["invented", "unknown"])
@pytest.mark.parametrize("direction", ["given", "received"])
def test_the_next_brief_asks_it(
    key: str, direction: str, alice: Member, relationship: Relationship, browser: Browser
) -> None:
    first = passed(alice, relationship, "dud", direction=direction)
    held(relationship, alice, days=20)
    following = ahead(relationship, alice)
    client = browser(alice)
    debrief = learn(alice, first, outcome="dud", reason=key)
    (proposal,) = debrief.proposals.all()
    page = f"/one-to-ones/{following.pk}/brief/"
    assert proposal.after not in client.get(page).content.decode()
    accepted(alice, first, debrief)
    assert proposal.after in client.get(page).content.decode()
    assert OwnPrompt.objects.get().relationship == relationship


def test_every_row_of_the_table_is_heard_of_again() -> None:
    through = {key for key, *_ in NEXT} | {"invented", "unknown"}
    assert through == {lesson.key for lesson in LESSONS}
    assert {lesson.key for lesson in LESSONS if lesson.target == PROMPT} == {"invented", "unknown"}


@pytest.mark.parametrize("lesson", [one for one in LESSONS if one.tapped], ids=lambda one: one.key)
def test_one_received_teaches_my_own_ideal_referral(
    lesson: Any, alice: Member, relationship: Relationship
) -> None:
    outcome = lesson.outcomes[-1]
    first = passed(alice, relationship, outcome, direction="received")
    debrief = learn(alice, first, outcome=outcome, reason=lesson.key, line="Cardiff")
    accepted(alice, first, debrief)
    assert not PitchCard.objects.exists()
    assert not IdealReferral.objects.filter(relationship=relationship).exists()
    if lesson.target == PROMPT:
        assert OwnPrompt.objects.get().text == "Cardiff"
        return
    mine = IdealReferral.objects.get(member=alice.pk)
    change = mine.changes.get()
    assert change.referral == first
    assert "Cardiff" in getattr(mine, change.field)


def test_history_names_the_referral(alice: Member, relationship: Relationship) -> None:
    ideal = an_ideal(relationship, exclusions="Students")
    first = passed(alice, relationship, "lost")
    debrief = learn(alice, first, outcome="lost", reason="wrong_fit", line="Franchises")
    accepted(alice, first, debrief)
    ideal.refresh_from_db()
    assert ideal.exclusions == "Students\nFranchises"
    change = ideal.changes.get()
    assert (change.field, change.before, change.after, change.referral, change.by) == (
        "exclusions", "Students", "Students\nFranchises", first, alice,
    )  # fmt: skip
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.before, proposal.decided_by) == ("accepted", "Students", alice)


def test_two_or_three_taps_and_a_line(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    first = passed(alice, relationship, "won")
    page = client.get(path(first)).content.decode()
    assert "What made it work?" in page
    assert "There was no need" not in page
    said = {"outcome": "won", "reason": "event", "line": "Their landlord sold up",
            "who_else": "Pell Orthodontics"}  # fmt: skip
    assert client.post(path(first), said).status_code == 303
    page = client.get(path(first)).content.decode()
    assert ">Their landlord sold up</textarea>" in page
    assert ">Pell Orthodontics</textarea>" in page
    assert not IdealReferral.objects.exists()
    event, named = Proposal.objects.all()
    answer = client.post(
        path(first, "proposals"),
        {"proposal": str(event.pk), "seen": "0", "verb": "accept", "after": "The lease was sold"},
    )
    assert answer.status_code == 303
    answer = client.post(
        path(first, "proposals"), {"proposal": str(named.pk), "seen": "1", "verb": "leave"}
    )
    assert answer.status_code == 303
    ideal = IdealReferral.objects.get(relationship=relationship)
    assert (ideal.trigger_events, ideal.named_targets) == ("The lease was sold", "")
    page = client.get(path(first)).content.decode()
    assert "left as it was" in page
    assert "Write it so" not in page
    record = client.get(f"/referrals/{first.pk}/").content.decode()
    assert "Something had just happened to them." in record
    assert "Changed: what has just happened" in record


def test_what_was_changed_meanwhile_is_put_forward_anew(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    ideal = an_ideal(relationship, exclusions="Students")
    first = passed(alice, relationship, "lost")
    debrief = learn(alice, first, outcome="lost", reason="wrong_fit", line="Franchises")
    (one,) = put_forward(debrief, Targets(first))
    ideal.write(alice, seen=0, on=alice.today(), exclusions="Students\nLandlords")
    with pytest.raises(Refused, match="changed meanwhile"):
        accept(alice, first, one.proposal, after=one.after, seen=one.seen)
    (anew,) = put_forward(debrief, Targets(first))
    assert (anew.before, anew.after) == ("Students\nLandlords", "Students\nLandlords\nFranchises")
    accept(alice, first, anew.proposal, after=anew.after, seen=anew.seen)
    ideal.refresh_from_db()
    assert ideal.exclusions == "Students\nLandlords\nFranchises"
    with pytest.raises(Refused, match="accepted"):
        leave(alice, first, Proposal.objects.get())


def test_the_card_has_to_be_heard_anew(alice: Member, relationship: Relationship) -> None:
    card = PitchCard(workspace_id=relationship.workspace_id, relationship=relationship)
    card.write(alice, seen=card.edition, sentence="She reads leases.", introduce="By mail.")
    card.approve(alice, seen=card.edition, on=alice.today(), today=alice.today())
    first = passed(alice, relationship, "dud")
    debrief = learn(alice, first, outcome="dud", reason="no_details")
    accepted(alice, first, debrief)
    card.refresh_from_db()
    assert card.introduce.startswith("By mail.\nSend a number")
    assert card.state == "draft"


def test_what_says_so_already_is_not_proposed(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    an_ideal(relationship, roles="practice  manager")
    first = passed(alice, relationship, "won")
    assert not learn(alice, first, outcome="won", reason="right_role").proposals.exists()
    page = browser(alice).get(path(first)).content.decode()
    assert "What is written already says so." in page


def test_said_anew_it_takes_the_place_of_what_was_said(
    alice: Member, relationship: Relationship
) -> None:
    first = passed(alice, relationship, "lost")
    debrief = learn(
        alice, first, outcome="lost", reason="wrong_fit", line="Franchises", who_else="Pell"
    )
    first_of_two = debrief.proposals.get(target="ideal.exclusions")
    accept(alice, first, first_of_two, after="Chains", seen="0")
    again = learn(alice, first, outcome="lost", reason="timing", line="In autumn")
    assert again.pk == debrief.pk
    assert [(one.target, one.state) for one in again.proposals.all()] == [
        ("ideal.exclusions", "accepted"), ("ideal.trigger_events", "proposed"),
    ]  # fmt: skip
    assert (again.reason, again.cause, again.who_else) == ("timing", "timing", "")


def test_the_second_dud_of_a_kind_is_told(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    for expected in (False, True):
        first = a_referral(relationship, alice, state="dud")
        learn(alice, first, outcome="dud", reason="no_need")
        page = browser(alice).get(path(first)).content.decode()
        assert ("The second dud of this kind with Anwen" in page) is expected


@pytest.mark.parametrize(
    ("said", "told_so"),
    [
        ({"reason": ""}, "Tap the reason that comes nearest."),
        ({"reason": "event"}, "choose one of those offered"),
        ({"reason": "who_else"}, "choose one of those offered"),
        ({"reason": "wrong_fit"}, "Say in the line what it was: what kind of client"),
        ({"reason": "wrong_fit", "line": "x" * 301}, "at most 300 letters"),
        ({"reason": "timing", "line": "x", "outcome": "won"}, "meanwhile. Look again."),
    ],
)
def test_bad_input_is_told(
    said: dict[str, str], told_so: str, alice: Member, relationship: Relationship, browser: Browser
) -> None:
    first = passed(alice, relationship, "lost")
    answer = browser(alice).post(path(first), {"outcome": "lost", **said})
    assert answer.status_code == 422
    assert told_so in answer.content.decode()
    assert not Debrief.objects.exists()


def test_too_long_a_text_comes_back_as_typed(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    first = passed(alice, relationship, "dud")
    debrief = learn(alice, first, outcome="dud", reason="wrong_area", line="Cardiff")
    proposal = debrief.proposals.get()
    posted = {"proposal": str(proposal.pk), "seen": "0", "verb": "accept"}
    for after, why in (("far " * 80, "room for 200 letters"), (" ", "Write what it should say")):
        answer = client.post(path(first, "proposals"), {**posted, "after": after})
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert after.strip() in answer.content.decode()
    for wrong, status in (
        ({"proposal": "x"}, 404), ({"proposal": "99"}, 404), ({"verb": "wish"}, 303),
    ):  # fmt: skip
        answer = client.post(path(first, "proposals"), {**posted, "after": "y", **wrong})
        assert answer.status_code == status
    assert not IdealReferral.objects.exists()


def test_an_unnamed_prospect_stays_so(alice: Member, relationship: Relationship) -> None:
    first = a_referral(
        relationship, alice, state="asking", need="Tom Hart wants a lease read",
        on=alice.today() - timedelta(days=9),
    )  # fmt: skip
    for verb in ("no_answer", "dud"):
        first.end_as(alice, verb, on=alice.today())
    debrief = learn(alice, first, outcome="dud", reason="unknown")
    (one,) = put_forward(debrief, Targets(first))
    assert "wants a lease read" in one.after
    assert "Tom" not in one.after
    assert "Hart" not in one.after
    with pytest.raises(Refused, match="“Tom Hart” tells Anwen who it is"):
        accept(alice, first, one.proposal, after="Was it Tom Hart?", seen=one.seen)
    accept(alice, first, one.proposal, after=one.after, seen=one.seen)
    assert OwnPrompt.objects.get().text == one.after


def test_nothing_to_learn_before_an_outcome(
    alice: Member, relationship: Relationship, browser: Browser
) -> None:
    first = a_referral(relationship, alice, state="met")
    client = browser(alice)
    assert "This one is at “met”." in client.get(path(first)).content.decode()
    client.post(path(first), {"outcome": "", "reason": "event"})
    assert not Debrief.objects.exists()
    with pytest.raises(Refused, match="won, lost or a dud"):
        learn(alice, first, outcome="won", reason="event")
    assert told(first) == debriefing.Told(can=False)


def test_what_waits_opens_the_next_brief(alice: Member, relationship: Relationship) -> None:
    today = alice.today()
    lost = passed(alice, relationship, "lost", on=today - timedelta(days=90))
    won = a_referral(relationship, alice, state="thanked", on=today - timedelta(days=40))
    a_referral(relationship, alice, state="quoted")
    other = makers.a_relationship(alice, "Ruth Abelson")
    a_referral(other, alice, state="won")
    assert [(one.referral, one.undecided) for one in waiting(relationship)] == [(won, 0), (lost, 0)]
    debrief = learn(alice, lost, outcome="lost", reason="wrong_fit", line="Chains", who_else="Pell")
    assert [(one.referral, one.undecided) for one in waiting(relationship)] == [(won, 0), (lost, 2)]
    first, second = put_forward(debrief, Targets(lost))
    accept(alice, lost, first.proposal, after=first.after, seen=first.seen)
    leave(alice, lost, second.proposal)
    assert [one.referral for one in waiting(relationship)] == [won]
    won.go_back(alice, reason="Thanked too early")
    won.go_back(alice, reason="It was not signed")
    won.end_as(alice, "lose", on=today)
    learn(alice, won, outcome="lost", reason="price")
    won.go_back(alice, reason="Signed after all")
    won.win(alice, on=today)
    found = {one.referral.pk: one.undecided for one in waiting(relationship)}
    assert found == {won.pk: 0}, "what was said of the other outcome counts no more"


def test_strangers_and_viewers(
    alice: Member, bob: Member, stranger: Member, relationship: Relationship, browser: Browser
) -> None:
    first = passed(alice, relationship, "dud")
    page = browser(bob).get(path(first)).content.decode()
    assert "Nobody has said yet what it came down to." in page
    learn(alice, first, outcome="dud", reason="no_need")
    page = browser(bob).get(path(first)).content.decode()
    assert "What happens if you leave it" in page
    assert "Write it so" not in page
    for verb in ("debrief", "proposals"):
        assert browser(stranger).get(path(first, verb)).status_code == 404
        assert browser(stranger).post(path(first, verb), {}).status_code == 404
        assert browser(bob).post(path(first, verb), {}).status_code == 403
    assert IdealChange.objects.count() == 0


def test_few_queries(
    alice: Member, relationship: Relationship, browser: Browser,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:  # fmt: skip
    first = passed(alice, relationship, "lost")
    learn(alice, first, outcome="lost", reason="introduction", line="Less", who_else="Pell")
    client = browser(alice)
    with django_assert_max_num_queries(12):
        client.get(path(first))
