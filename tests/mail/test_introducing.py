"""Asking by mail and introducing by mail: sent and put on record at once, or neither."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.mail import outbox
from touchline.mail.models import Message
from touchline.mail.models import State as MailState
from touchline.meetings.models import PitchCard
from touchline.meetings.models import State as MeetingState
from touchline.people.models import Company, ContactPoint, Person
from touchline.people.purging import purge, purge_companies
from touchline.referrals.models import Referral, State

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def partner(alice: Member) -> Any:
    person = makers.a_person(alice, "Ann Lee", company="Lee & Co", email="ann@example.org")
    made = makers.a_relationship(alice, person, on=alice.today() - timedelta(days=90))
    PitchCard.objects.create(
        workspace=alice.workspace, relationship=made, sentence="She reads leases."
    )
    return made


@pytest.fixture
def tom(alice: Member) -> Any:
    return makers.a_person(alice, "Tom Hart", company="Hart Foods", email="tom@hartfoods.co.uk")


def form(client: Client, path: str) -> dict[str, Any]:
    """Return the form as the page shows it."""
    page = client.get(path)
    assert page.status_code == 200, page
    shown = page.context["form"]
    return {**shown.initial, "once": "x", "back": path}


def at(found: Referral, rest: str) -> str:
    return f"/referrals/{found.pk}/{rest}"


def deliver() -> list[Any]:
    for pk in Message.objects.filter(state=MailState.QUEUED).values_list("pk", flat=True):
        outbox.deliver(pk)
    return list(mail.outbox)


@pytest.mark.parametrize(
    ("whom", "to", "relates"),
    [("receiver", "ann@example.org", True), ("prospect", "tom@hartfoods.co.uk", False)],
)
def test_asked_by_mail_is_asked(
    alice: Member, partner: Any, tom: Any, browser: Browser, whom: str, to: str, relates: bool
) -> None:
    found = a_referral(partner, alice, person=tom)
    client, path = browser(alice), at(found, f"asking/{whom}/")
    data = form(client, path)
    answer = client.post(path, {**data, "text": f"{data['text']}\r\nP.S. No hurry", "do": "send"})
    assert (answer.status_code, answer["Location"]) == (303, at(found, ""))
    found.refresh_from_db()
    assert (found.state, getattr(found, f"{whom}_how")) == (State.ASKING, "mail")
    assert getattr(found, f"{whom}_asked_on") == alice.today()
    (message,) = Message.objects.all()
    assert (message.what, message.to_address, message.also_address) == ("asking", to, "")
    assert (message.relationship_id is not None, message.referral) == (relates, found)
    (sent,) = deliver()
    assert sent.body.endswith("No hurry\n")
    assert (len(sent.to), to in sent.to[0]) == (1, True)
    assert "alice@example.org" in sent.reply_to[0]
    html = sent.alternatives[0].content
    assert "No hurry" in html


def test_the_partner_reads_nothing_of_the_prospect(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=tom, need="Tom Hart wants a lease read")
    client = browser(alice)
    for style in ("short", "warm", "formal"):
        data = form(client, at(found, f"asking/receiver/?draft={style}"))
        assert "somebody wants a lease read" in data["text"]
        assert "Hart" not in f"{data['subject']} {data['text']}"


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("text", "Hello Ann, Tom would like to meet you.", "Tom"),
        ("text", "It is hart foods.", "hart foods"),
        ("text", "Write to tom@hartfoods.co.uk", "tom@hartfoods.co.uk"),
        ("subject", "For Hart Foods", "Hart Foods"),
    ],
)
def test_an_edited_draft_that_names_the_prospect_is_refused_with_the_word(
    alice: Member, partner: Any, tom: Any, browser: Browser, field: str, typed: str, word: str
) -> None:
    found = a_referral(partner, alice, person=tom)
    client, path = browser(alice), at(found, "asking/receiver/")
    answer = client.post(path, {**form(client, path), field: typed, "do": "send"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"“{word}” tells Ann who it is, and" in page
    assert typed in page, "what was typed is still there"
    found.refresh_from_db()
    assert (found.state, Message.objects.count()) == (State.IDEA, 0)
    found.answer(alice, "prospect", "yes", on=alice.today())
    answer = client.post(path, {**form(client, path), field: typed, "do": "send"})
    assert answer.status_code == 303, "once they agreed, they may be named"


def test_asked_in_another_way_sends_nothing(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=tom)
    client, path = browser(alice), at(found, "asking/prospect/")
    data = {**form(client, path), "do": "asked", "how": "phone"}
    assert client.post(path, data).status_code == 303
    found.refresh_from_db()
    assert (found.prospect_how, Message.objects.count()) == ("phone", 0)


def test_asked_again_is_sent_again_and_asked_once(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=tom, state=State.ASKING)
    before = found.receiver_asked_on
    client, path = browser(alice), at(found, "asking/receiver/")
    assert client.post(path, {**form(client, path), "do": "send"}).status_code == 303
    found.refresh_from_db()
    assert (found.receiver_asked_on, Message.objects.count()) == (before, 1)


@pytest.mark.parametrize(
    ("change", "whom", "says"),
    [
        ({"do_not_contact": True}, "prospect", "marked do not contact"),
        ({"person": None}, "prospect", "Say first who"),
        ({"state": State.AGREED}, "receiver", "answered already"),
        ({"state": State.DECLINED}, "receiver", "past the asking"),
        ({"direction": "received"}, "receiver", "were not yours to ask"),
    ],
)
def test_whom_nobody_asks_from_here(
    alice: Member, partner: Any, tom: Any, browser: Browser, change: dict[str, Any], whom: str,
    says: str,
) -> None:  # fmt: skip
    if change.pop("do_not_contact", False):
        found = a_referral(partner, alice, person=tom)
        tom.do_not_contact = True
        tom.save()
    else:
        found = a_referral(partner, alice, **{"person": tom, **change})
    page = browser(alice).get(at(found, f"asking/{whom}/"), follow=True)
    assert page.redirect_chain == [(at(found, ""), 303)]
    assert says in page.content.decode()


def test_without_an_address_the_words_can_still_be_copied(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    ContactPoint.objects.filter(person=tom).delete()
    found = a_referral(partner, alice, person=tom)
    client, path = browser(alice), at(found, "asking/prospect/")
    data = form(client, path)
    assert 'value="send"' not in client.get(path).content.decode()
    answer = client.post(path, {**data, "do": "send"})
    assert (answer.status_code, "no e-mail address" in answer.content.decode()) == (422, True)
    found.refresh_from_db()
    assert found.state == State.IDEA


def test_a_firm_alone_is_asked_at_its_own_address(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    tom.company.points.create(
        workspace=alice.workspace, kind="email", value="office@hartfoods.co.uk"
    )
    found = a_referral(partner, alice, person=None, company=tom.company)
    client, path = browser(alice), at(found, "asking/prospect/")
    data = form(client, path)
    assert "Hello Hart Foods," in data["text"]
    client.post(path, {**data, "do": "send"})
    assert Message.objects.get().to_address == "office@hartfoods.co.uk"


@pytest.mark.parametrize("wrong", [{"text": " "}, {"subject": ""}, {"text": "x" * 5001}])
def test_empty_or_endless_words_are_told(
    alice: Member, partner: Any, tom: Any, browser: Browser, wrong: dict[str, str]
) -> None:
    found = a_referral(partner, alice, person=tom)
    client, path = browser(alice), at(found, "asking/prospect/")
    answer = client.post(path, {**form(client, path), **wrong, "do": "send"})
    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert "errorlist" in answer.content.decode()
    assert client.get(at(found, "asking/nobody/")).status_code == 404


def agreed(alice: Member, partner: Any, tom: Any, **fields: Any) -> Referral:
    return a_referral(
        partner, alice, person=tom, need="A lease to read.", state=State.AGREED, **fields
    )


def test_the_introduction_goes_to_both_and_is_the_introduction(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = agreed(alice, partner, tom)
    client, path = browser(alice), at(found, "introduction/")
    data = form(client, path)
    assert (
        data["subject"]
        == "Introduction: Ann Lee (Lee & Co) and Tom Hart (Hart Foods), a lease to read"
    )
    without = client.post(path, {**data, "do": "send"})
    assert (without.status_code, Message.objects.count()) == (422, 0)
    answer = client.post(path, {**data, "do": "send", "reason": "He is in a hurry", "once": "y"})
    assert (answer.status_code, answer["Location"]) == (303, at(found, ""))
    found.refresh_from_db()
    assert (found.state, found.heat, found.introduced_on) == (State.INTRODUCED, 2, alice.today())
    assert found.gaps
    assert found.gaps_reason == "He is in a hurry"
    message = Message.objects.get()
    assert (message.to_address, message.also_address) == ("ann@example.org", "tom@hartfoods.co.uk")
    (sent,) = deliver()
    assert sent.to == ["Ann Lee <ann@example.org>", "Tom Hart <tom@hartfoods.co.uk>"]
    assert "move me to bcc" in sent.body
    assert (sent.cc, sent.bcc) == ([], [])


def test_who_writes_first_is_chosen(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    path = at(agreed(alice, partner, tom), "introduction/")
    assert "write to Tom" in form(browser(alice), path)["text"]
    assert "write to Ann" in form(browser(alice), f"{path}?first=prospect")["text"]


def test_introduced_in_another_way_sends_nothing(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = agreed(alice, partner, tom)
    client, path = browser(alice), at(found, "introduction/")
    data = {**form(client, path), "do": "done", "reason": "By hand"}
    assert client.post(path, data).status_code == 303
    found.refresh_from_db()
    assert (found.state, Message.objects.count()) == (State.INTRODUCED, 0)


@pytest.mark.parametrize("state", [State.IDEA, State.ASKING, State.INTRODUCED])
def test_no_introduction_but_from_agreed(
    alice: Member, partner: Any, tom: Any, browser: Browser, state: str
) -> None:
    found = a_referral(partner, alice, person=tom, state=state)
    client, path = browser(alice), at(found, "introduction/")
    assert client.get(path).status_code == 303
    client.post(path, {"subject": "x", "text": "x", "do": "send", "reason": "x"})
    assert Message.objects.count() == 0
    found.refresh_from_db()
    assert found.state == state


def test_of_two_tabs_one_introduces(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = agreed(alice, partner, tom)
    client, path = browser(alice), at(found, "introduction/")
    data = {**form(client, path), "do": "send", "reason": "x"}
    found.change(alice, heat=5)
    answer = client.post(path, data, follow=True)
    assert "has changed since" in answer.content.decode()
    assert Message.objects.count() == 0


@pytest.mark.parametrize("who", ["ann", "tom"])
def test_whoever_asked_not_to_be_contacted_by_then_gets_nothing(
    alice: Member, partner: Any, tom: Any, browser: Browser, who: str
) -> None:
    found = agreed(alice, partner, tom)
    client, path = browser(alice), at(found, "introduction/")
    client.post(path, {**form(client, path), "do": "send", "reason": "x"})
    person = partner.person if who == "ann" else tom
    person.do_not_contact = True
    person.save()
    assert deliver() == []
    assert "asked not to be contacted" in Message.objects.get().failure
    today = client.get("/").content.decode()
    assert f'href="{at(found, "")}">Ann Lee</a>' in today


def test_a_yes_taken_back_before_it_goes_out_stops_it(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = agreed(alice, partner, tom)
    client, path = browser(alice), at(found, "introduction/")
    client.post(path, {**form(client, path), "do": "send", "reason": "x"})
    found.refresh_from_db()
    found.go_back(alice, reason="Not yet sent")
    found.go_back(alice, reason="He takes it back")
    assert deliver() == []
    assert "does not agree to it by now" in Message.objects.get().failure


def test_what_names_somebody_unnamed_by_then_stays_at_home(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=None)
    client, path = browser(alice), at(found, "asking/receiver/")
    client.post(path, {**form(client, path), "text": "It is for Tom Hart.", "do": "send"})
    found.refresh_from_db()
    found.change(alice, person=tom)
    assert deliver() == []
    assert Message.objects.get().failure == (
        "It tells Ann of Tom Hart, who has not agreed to that."
    )


def test_the_way_to_the_words_stands_on_the_record(
    alice: Member, bob: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=tom)
    page = browser(alice).get(at(found, "")).content.decode()
    for whom in ("receiver", "prospect"):
        assert at(found, f"asking/{whom}/") in page
    assert at(found, "introduction/") not in page
    assert "/asking/" not in browser(bob).get(at(found, "")).content.decode()
    done = agreed(alice, partner, tom)
    assert at(done, "introduction/") in browser(alice).get(at(done, "")).content.decode()


@pytest.mark.parametrize("rest", ["asking/receiver/", "asking/prospect/", "introduction/", ""])
def test_pages_stay_within_their_queries(
    alice: Member, partner: Any, tom: Any, browser: Browser, rest: str,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    state = State.AGREED if rest == "introduction/" else State.IDEA
    found = a_referral(partner, alice, person=tom, state=state)
    client = browser(alice)
    client.get(at(found, rest))
    with django_assert_max_num_queries(12):
        assert client.get(at(found, rest)).status_code == 200


@pytest.mark.parametrize("name", ["recap", "beforehand", "invitation"])
def test_letters_stay_within_their_queries_with_somebody_unnamed(
    alice: Member, partner: Any, tom: Any, browser: Browser, name: str,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:  # fmt: skip
    a_referral(partner, alice, person=tom)
    today = alice.today()
    held = makers.a_one_to_one(partner, alice, today, state=MeetingState.HELD)
    makers.a_note(partner, alice, "Tom wants a lease read", one_to_one=held, shared=True)
    planned = makers.a_one_to_one(partner, alice, today + timedelta(days=20))
    one = held if name == "recap" else planned
    client = browser(alice)
    page = client.get(f"/one-to-ones/{one.pk}/{name}/").content.decode()
    assert ("A note is left out: it tells Ann of Tom Hart" in page) is (name != "invitation")
    with django_assert_max_num_queries(12):
        client.get(f"/one-to-ones/{one.pk}/{name}/")


# Who is gone, or is somebody else by now


def sent(client: Client, found: Referral, rest: str) -> Message:
    path = at(found, rest)
    answer = client.post(path, {**form(client, path), "do": "send", "reason": "She insists"})
    assert answer.status_code == 303, answer.context["form"].errors
    message: Message = Message.objects.get()
    return message


def failure() -> str:
    for pk in Message.objects.filter(state=MailState.QUEUED).values_list("pk", flat=True):
        outbox.deliver(pk)
    assert not mail.outbox
    return str(Message.objects.get().failure)


def test_a_question_to_the_prospect_before_is_not_sent(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=tom)
    sent(browser(alice), found, "asking/prospect/")
    found.refresh_from_db()
    found.change(alice, person=makers.a_person(alice, "Eve Moss", email="eve@example.org"))
    assert failure() == (
        "tom@hartfoods.co.uk is not the prospect’s address by now. Let it go, and write it anew."
    )


def test_nor_is_one_to_somebody_who_has_said_no(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=tom)
    sent(browser(alice), found, "asking/prospect/")
    found.refresh_from_db()
    found.answer(alice, "prospect", "no", on=alice.today())
    assert "does not agree" in failure()


@pytest.mark.parametrize("whom", ["receiver", "prospect"])
@pytest.mark.parametrize("back", [True, False])
def test_nor_is_a_question_that_was_gone_back_from_or_was_about_another_partner(
    alice: Member, partner: Any, tom: Any, browser: Browser, whom: str, back: bool
) -> None:
    found = a_referral(partner, alice, person=tom)
    sent(browser(alice), found, f"asking/{whom}/")
    found.refresh_from_db()
    if back:
        found.go_back(alice, reason="Not yet")
    else:
        gus = makers.a_person(alice, "Gus Pole", email="gus@example.org")
        found.change(alice, relationship=makers.a_relationship(alice, gus))
        found.ask(alice, "receiver", on=alice.today())
    assert failure() == outbox.NOT_ASKED


def test_an_older_page_asks_nobody_again(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, person=tom, state=State.ASKING)
    client, path = browser(alice), at(found, "asking/receiver/")
    posted = {**form(client, path), "do": "send"}
    found.change(alice, need="Something else altogether")
    answer = client.post(path, posted, follow=True)
    assert "has changed since this page was loaded" in answer.content.decode()
    assert not Message.objects.exists()


def test_an_introduction_gone_back_from_is_not_sent(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    found = a_referral(partner, alice, state="agreed", person=tom)
    sent(browser(alice), found, "introduction/")
    found.refresh_from_db()
    found.go_back(alice, reason="Too early")
    assert "gone back from" in failure()


@pytest.mark.parametrize(
    ("state", "rest"), [("idea", "asking/prospect"), ("agreed", "introduction")]
)
def test_a_prospect_who_goes_for_good_goes_from_the_mails(
    alice: Member, partner: Any, tom: Any, browser: Browser, state: str, rest: str
) -> None:
    found = a_referral(partner, alice, state=state, person=tom, words="Tom Hart wants it")
    sent(browser(alice), found, f"{rest}/")
    others = makers.a_person(alice, "Eve Moss")
    kept = Message.objects.get()
    kept.pk, kept.referral, kept.what = None, a_referral(partner, alice, person=others), "recap"
    kept.save()
    now = timezone.now()
    tom.delete_by(alice)
    Person.objects.filter(pk=tom.pk).update(deleted_at=now - timedelta(days=31))
    assert purge(now) == 1
    assert Message.objects.get() == kept
    found.refresh_from_db()
    assert (found.words, found.gaps) == ("", [])
    page = browser(alice).get(found.get_absolute_url())
    assert page.status_code == 200
    assert "Tom" not in page.content.decode()


def test_a_company_that_goes_for_good_goes_from_the_mails(
    alice: Member, partner: Any, browser: Browser
) -> None:
    firm = makers.a_company(alice, "Hart Foods")
    ContactPoint.objects.create(
        workspace=alice.workspace, company=firm, kind="email", value="info@hartfoods.co.uk",
        normal="info@hartfoods.co.uk",
    )  # fmt: skip
    found = a_referral(partner, alice, person=None, company=firm)
    sent(browser(alice), found, "asking/prospect/")
    Company.objects.filter(pk=firm.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    assert purge_companies(timezone.now()) == 1
    assert not Message.objects.exists()
    assert browser(alice).get(found.get_absolute_url()).status_code == 200


def test_a_subject_of_two_lines_is_one_header(
    alice: Member, partner: Any, tom: Any, browser: Browser
) -> None:
    tom.name = "Tom Hart\r\nBcc: all@example.org"
    tom.save()
    found = a_referral(partner, alice, state="agreed", person=tom)
    client, path = browser(alice), at(found, "introduction/")
    subject = "Hello\r\nBcc: eve@example.org"
    given = {**form(client, path), "subject": subject, "do": "send", "reason": "So"}
    assert client.post(path, given).status_code == 303
    letter = deliver()[0].message()
    assert letter["Subject"] == "Hello Bcc: eve@example.org"
    assert letter["Bcc"] is None
