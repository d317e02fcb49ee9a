"""What a partner does on their page: it works, arrives once, and only where it is theirs."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.sheets.partner_page.cast import Cast
from touchline.demo.sheet_makers import a_link
from touchline.journal.models import Entry
from touchline.meetings.models import Action, AgendaItem, OneToOne
from touchline.sheets.models import Arrival, Link
from touchline.sheets.partner_page import doing


def arrived(cast: Cast, what: str = "") -> list[Arrival]:
    found = Arrival.objects.filter(relationship=cast.anwen)
    return list((found.filter(what=what) if what else found).order_by("pk"))


# Where each is posted, and something that it takes.
def everywhere(cast: Cast) -> list[tuple[str, dict[str, Any]]]:
    return [
        ("answers/", {"one": cast.one.pk, "sequence": cast.one.sequence, "answer": "yes"}),
        ("agenda/", {"text": "The dinner"}),
        (f"actions/{cast.promised.pk}/keeping/", {}),
        (f"actions/{cast.promised.pk}/reopening/", {}),
        (f"referrals/{cast.named.pk}/feedback/", {"came": "met", "text": "A good talk"}),
        ("going/", {"text": "It goes well"}),
    ]


@pytest.mark.parametrize(
    ("says", "sentence"), [("yes", "You said yes."), ("no", "You said that you can’t come.")]
)
def test_an_answer_arrives_and_stands_on_the_page(cast: Cast, says: str, sentence: str) -> None:
    answer = cast.answer(says, text="See you <b>there</b>")
    assert (answer.status, answer.to) == (303, f"{cast.path}?said=answer#meeting")
    (made,) = arrived(cast)
    assert (made.what, made.answer, made.text) == ("answer", says, "See you <b>there</b>")
    assert (made.one_to_one, made.sequence, made.link) == (cast.one, 0, cast.link)
    page = cast.read()
    assert sentence in page
    assert "&lt;b&gt;there" in page
    cast.one.refresh_from_db()
    assert (cast.one.state, cast.one.sequence) == ("planned", 0), "what follows is ours to do"


def test_another_time_is_kept_in_utc_and_shown_in_the_hosts(cast: Cast) -> None:
    cast.alice.time_zone = "America/New_York"
    cast.alice.save()
    day = (timezone.now() + timedelta(days=5)).date()
    answer = cast.answer("other", first=f"{day}T10:00", third=f"{day}T10:00", text="Mornings")
    assert answer.status == 303
    (made,) = arrived(cast)
    (at,) = made.times
    read = datetime.fromisoformat(at)
    assert read.utcoffset() == timedelta(0)
    assert read.astimezone(cast.alice.zone).hour == 10
    page = cast.read()
    assert "You asked for another time." in page
    assert ", 10:00</time>" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "Give at least one time"),
        ({"first": "2020-01-01T10:00"}, "That time has passed"),
        ({"second": "2099-01-01T10:00"}, "more than a year ahead"),
        ({"first": "next Tuesday"}, "give a day and a time"),
        ({"text": "x" * 501}, "at most 500 letters"),
    ],
)
def test_a_time_that_cannot_be_is_said_and_what_was_typed_stays(
    cast: Cast, more: dict[str, str], said: str
) -> None:
    answer = cast.answer("other", **{"text": "Mornings suit me" if more else "", **more})
    assert answer.status == 422
    assert said in answer.text
    assert more == {} or "Mornings suit me" in answer.text or "x" * 500 in answer.text
    assert arrived(cast) == []


@pytest.mark.parametrize(
    "given", [{"answer": "maybe"}, {"one": "x"}, {"one": ""}, {"sequence": "-1"}, {"answer": ""},
              {"one": "9" * 40}],
)  # fmt: skip
def test_an_answer_that_no_form_of_ours_gives_is_refused(cast: Cast, given: dict[str, str]) -> None:
    assert cast.answer(**{"answer": "yes", **given}).status == 422
    assert arrived(cast) == []


def test_an_answer_to_a_time_that_was_moved_meanwhile_is_asked_anew(cast: Cast) -> None:
    cast.answer("yes")
    OneToOne.objects.get(pk=cast.one.pk).move(
        cast.alice, starts_at=cast.one.starts_at + timedelta(days=1)
    )
    answer = cast.answer("no")
    assert answer.status == 422
    assert "changed while you had this page open" in answer.text
    assert len(arrived(cast)) == 1
    page = cast.read()
    assert "It was changed since you answered" in page
    assert "You said yes" not in page


def test_moved_to_a_time_that_they_gave_the_page_says_so(cast: Cast) -> None:
    at = timezone.now().astimezone(cast.alice.zone).replace(second=0, microsecond=0)
    at += timedelta(days=5)
    assert cast.answer("other", second=f"{at:%Y-%m-%dT%H:%M}").status == 303
    OneToOne.objects.get(pk=cast.one.pk).move(cast.alice, starts_at=at)
    page = cast.read()
    assert "Alice moved it to a time that you gave" in page
    assert "Yes, that suits me" in page


def test_one_that_was_called_off_takes_no_answer(cast: Cast) -> None:
    OneToOne.objects.get(pk=cast.one.pk).cancel(cast.alice)
    answer = cast.answer("yes")
    assert answer.status == 422
    assert "not planned any more" in answer.text


def test_a_changed_mind_takes_the_place_of_what_nobody_has_seen(cast: Cast) -> None:
    for says in ("yes", "no", "no", "yes"):
        assert cast.answer(says).status == 303
    assert [each.answer for each in arrived(cast)] == ["yes", "no", "yes"]
    assert [each.answer for each in Arrival.objects.unseen()] == ["yes"]


def test_an_agenda_item_is_on_the_agenda_once(cast: Cast) -> None:
    for typed in ("The dinner", "  The\r\ndinner ", "The dinner"):
        answer = cast.post("agenda/", text=typed)
        assert (answer.status, answer.to) == (303, f"{cast.path}?said=agenda#agenda")
    item = AgendaItem.objects.get(text="The dinner")
    assert (item.side, item.relationship) == ("theirs", cast.anwen)
    (made,) = arrived(cast)
    assert (made.what, made.agenda_item, made.text) == ("agenda", item, "The dinner")
    entry = Entry.objects.get(verb="agendaitem.add")
    assert (entry.member, entry.details) == (None, {"link": cast.link.pk})


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_an_agenda_item_that_says_nothing_or_too_much(cast: Cast, text: str) -> None:
    answer = cast.post("agenda/", text=text)
    assert answer.status == 422
    assert 'role="alert"' in answer.text
    assert arrived(cast) == []


def test_the_list_has_an_end(cast: Cast) -> None:
    for at in range(doing.MOST_ITEMS - 1):
        assert cast.post("agenda/", text=f"Item {at}").status == 303
    answer = cast.post("agenda/", text="One more")
    assert answer.status == 422
    assert "more on this list" in answer.text


def test_a_promise_is_ticked_once_and_taken_back_until_it_was_seen(cast: Cast) -> None:
    where = f"actions/{cast.promised.pk}"
    for _ in range(2):
        answer = cast.post(f"{where}/keeping/")
        assert (answer.status, answer.to) == (303, f"{cast.path}?said=kept#promises")
    cast.promised.refresh_from_db()
    assert (cast.promised.state, cast.promised.settled_on) == ("kept", cast.alice.today())
    assert [each.action for each in arrived(cast)] == [cast.promised]
    assert "Not done after all" in cast.read()
    for _ in range(2):
        assert cast.post(f"{where}/reopening/").status == 303
    cast.promised.refresh_from_db()
    assert cast.promised.state == "open"
    assert not Arrival.objects.unseen().exists()
    cast.post(f"{where}/keeping/")
    Arrival.objects.unseen().get().see(cast.alice, now=timezone.now())
    assert "Not done after all" not in cast.read()
    answer = cast.post(f"{where}/reopening/")
    assert answer.status == 409
    assert "has seen it by now" in answer.text


def test_a_promise_that_was_let_go_cannot_be_ticked(cast: Cast) -> None:
    cast.promised.drop(cast.alice, on=cast.alice.today(), agreed=True)
    answer = cast.post(f"actions/{cast.promised.pk}/keeping/")
    assert answer.status == 409
    assert "not needed any more" in answer.text


def test_feedback_is_words_and_no_step(cast: Cast) -> None:
    answer = cast.post(f"referrals/{cast.named.pk}/feedback/", came="met", text="A good talk")
    assert answer.to == f"{cast.path}?said=feedback#introduction-{cast.named.pk}"
    (made,) = arrived(cast)
    assert (made.what, made.text) == ("feedback", "We have met. A good talk")
    assert made.referral == cast.named
    before = cast.named.version
    cast.named.refresh_from_db()
    assert (cast.named.state, cast.named.version) == ("introduced", before)
    assert "We have met. A good talk" in cast.read()


@pytest.mark.parametrize("given", [{}, {"came": "won"}, {"text": "x" * 1001}, {"text": " "}])
def test_feedback_that_says_nothing_is_asked_again_where_it_stood(
    cast: Cast, given: dict[str, str]
) -> None:
    answer = cast.post(f"referrals/{cast.named.pk}/feedback/", **given)
    assert answer.status == 422
    assert answer.text.count('role="alert"') == 1
    assert arrived(cast) == []


def test_how_it_is_going_in_a_line(cast: Cast) -> None:
    assert cast.post("going/", text="").status == 422
    for _ in range(2):
        answer = cast.post("going/", text="It goes well\nmostly")
        assert (answer.status, answer.to) == (303, f"{cast.path}?said=going#going")
    (made,) = arrived(cast)
    assert made.what == "going"
    assert "It goes well<br>mostly" in cast.read()


def test_what_is_not_theirs_is_not_there(cast: Cast) -> None:
    idea = cast.received
    for where in (
        f"actions/{cast.owed.pk}/keeping/",
        f"actions/{cast.other_promise.pk}/keeping/",
        f"actions/{cast.other_promise.pk}/reopening/",
        f"referrals/{cast.other_referral.pk}/feedback/",
        "actions/0/keeping/",
        "actions/999999/keeping/",
    ):
        answer = cast.post(where, text="x")
        assert answer.status == 404, where
        assert "Glyn" not in answer.text
    assert cast.post(f"referrals/{cast.other_referral.pk}/feedback/").status == 404
    type(idea).objects.filter(pk=idea.pk).update(state="idea", introduced_on=None)
    assert cast.post(f"referrals/{idea.pk}/feedback/", text="x").status == 404
    assert arrived(cast) == []
    assert Action.objects.filter(state="open").count() == 3


def test_another_ones_meeting_cannot_be_answered(cast: Cast) -> None:
    answer = cast.post("answers/", one=cast.one.pk + 999, sequence=0, answer="yes")
    assert answer.status == 422
    assert not Arrival.objects.exists()


def test_a_link_that_opens_nothing_takes_nothing(cast: Cast) -> None:
    yours = cast.anwen.links.get(purpose="yours").token
    for where, data in everywhere(cast):
        for secret in ("A" * 32, cast.link.token[:-1], yours):
            answer = Client().post(f"/with/page/{secret}/{where}", data)
            assert answer.status_code == 404, where
    assert arrived(cast) == []


def test_a_link_revoked_while_the_page_was_open_takes_nothing_more(cast: Cast) -> None:
    gone = Client().get(f"/with/page/{'A' * 32}/").content.decode()
    Link.objects.get(pk=cast.link.pk).revoke(cast.alice, now=timezone.now())
    for where, data in everywhere(cast):
        answer = cast.post(where, **data)
        assert (answer.status, answer.text) == (404, gone), where
    assert arrived(cast) == []
    a_link(cast.anwen, cast.alice)
    assert cast.post("going/", text="x").status == 404, "the new address is another one"


def test_a_double_click_and_the_way_back_do_it_once(cast: Cast) -> None:
    for where, data in everywhere(cast):
        if where.endswith("reopening/"):
            continue
        once = {**data, "once": f"token-of-{where}"}
        first, second = cast.post(where, **once), cast.post(where, **once)
        # From the page before, which still has its old form; and from a second tab, which has
        # a token of its own.
        third, fourth = cast.post(where, **once), cast.post(where, **{**once, "once": "other"})
        assert {each.to for each in (first, second, third, fourth)} == {first.to}, where
        assert first.status == second.status == third.status == fourth.status == 303
    assert sorted(each.what for each in arrived(cast)) == [
        "action", "agenda", "answer", "feedback", "going",
    ]  # fmt: skip


def test_to_look_at_an_address_that_takes_posts_leads_to_the_page(cast: Cast) -> None:
    for where, _ in everywhere(cast):
        answer = Client().get(f"{cast.path}{where}")
        assert (answer.status_code, answer["Location"]) == (303, cast.path), where


def test_who_fills_the_page_is_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doing, "MOST_UNSEEN", 3)
    for at in range(3):
        assert cast.post("going/", text=f"Line {at}").status == 303
    for where, data in everywhere(cast):
        if not where.endswith("reopening/"):
            assert cast.post(where, **data).status in (409, 422), where
    assert len(arrived(cast)) == 3
    cast.promised.refresh_from_db()
    assert cast.promised.state == "open"


def test_what_was_said_is_a_sentence_of_ours(cast: Cast) -> None:
    page = Client().get(f"{cast.path}?said=agenda").content.decode()
    assert "It is on the list for your next meeting." in page
    page = Client().get(f"{cast.path}?said=Mischief").content.decode()
    assert "Mischief" not in page


def test_nul_and_script_in_what_is_typed(cast: Cast) -> None:
    cast.post("going/", text="<script>alert(1)</script>\x00\u202e")
    page = cast.read()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
