"""A call is logged from one line, with what came of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from touchline import cli
from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.core.words import full_day
from touchline.demo import makers
from touchline.meetings.calling import log, pieces, to_come
from touchline.meetings.models import Action, Call, Fact, Note, NoteKind, Side

Browser = Callable[[Member], Client]


@pytest.mark.parametrize(
    ("text", "said", "commands"),
    [
        ("spoke, 10 min", "spoke, 10 min", []),
        ("spoke /action me send it", "spoke", ["/action me send it"]),
        ("spoke\n/fact family: a son\nhiring", "spoke hiring", ["/fact family: a son"]),
        ("/them call Ann  /idea Ann and Bob", "", ["/them call Ann", "/idea Ann and Bob"]),
        (
            "spoke /me send it by Friday, call again in a week",
            "spoke, call again in a week",
            ["/me send it by Friday"],
        ),
        (
            "/me ask whether to call again, then send it",
            "",
            ["/me ask whether to call again, then send it"],
        ),
        ("and/or either/idea", "and/or either/idea", []),
        ("see /usr and /actions", "see /usr and /actions", []),
        ("", "", []),
    ],
)
def test_pieces(text: str, said: str, commands: list[str]) -> None:
    assert pieces(text) == (said, commands)


@given(st.lists(st.sampled_from(["spoke", "/fact", "/action me", "10 min", "\n", "a/b", "/x"])))
def test_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    said, commands = pieces(text)
    assert sorted(" ".join([said, *commands]).split()) == sorted(text.split())


def test_a_call_with_facts_and_promises(alice: Member) -> None:
    relationship = makers.a_relationship(alice, "Ruth Abelson")
    today = alice.today()
    call = log(
        relationship,
        alice,
        "spoke, 12 min, hiring, call again in a week /action me send the outline"
        " /them introduce Glyn /fact family: two daughters /idea Ruth and the farm shop",
        now=timezone.now(),
        today=today,
    )
    assert (call.minutes, call.text, call.again_on) == (12, "hiring", today + timedelta(days=7))
    assert to_come(call, "/me send it by 1 January 2099 /fact family: a son", alice, today) == (
        f" You speak again on {full_day(today + timedelta(days=7), today)}."
        " Promised by Thursday 1 January 2099: send it."
    )
    promised = Action.objects.order_by("pk").values_list("whose", "text", "one_to_one")
    assert list(promised) == [
        (Side.MINE, "send the outline", None),
        ("theirs", "introduce Glyn", None),
    ]
    assert [(one.topic, one.text) for one in Fact.objects.all()] == [("family", "two daughters")]
    assert [one.kind for one in Note.objects.all()] == [NoteKind.IDEA]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("spoke /fact sings alto", "A fact is about a topic"),
        ("spoke /action me by friday", "That is a day, not yet a promise"),
        ("spoke /next friday 9am", "A next date is set on their page"),
    ],
)
def test_what_cannot_be_read_keeps_nothing(alice: Member, line: str, sentence: str) -> None:
    relationship = makers.a_relationship(alice, "Ruth Abelson")
    with pytest.raises(Refused, match=sentence):
        log(relationship, alice, line, now=timezone.now(), today=alice.today())
    assert not Call.objects.exists()
    assert not Action.objects.exists()


def test_from_the_page_and_the_mistake_is_said_beside_what_was_typed(
    alice: Member, browser: Browser
) -> None:
    relationship = makers.a_relationship(alice, "Ruth Abelson")
    client, url = browser(alice), f"/relationships/{relationship.pk}/calls/"
    answer = client.post(url, {"line": "spoke /fact sings alto"})
    assert answer.status_code == 422
    assert "A fact is about a topic" in answer.content.decode()
    assert "spoke /fact sings alto" in answer.content.decode()
    answer = client.post(url, {"line": "spoke, 5 min /me send it by friday", "back": "/"})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert Call.objects.get().minutes == 5
    assert Action.objects.get().text == "send it"


def test_from_today_with_one_line(alice: Member, browser: Browser) -> None:
    makers.a_relationship(
        alice, "Ruth Abelson", call_days=7, on=alice.today() - timedelta(days=40),
        held_before=3, held_before_last_on=alice.today() - timedelta(days=50),
    )  # fmt: skip
    page = browser(alice).get("/").content.decode()
    assert "Worth a call" in page
    assert 'name="line"' in page


def test_from_the_command_line(alice: Member, capsys: pytest.CaptureFixture[str]) -> None:
    makers.a_relationship(alice, "Ruth Abelson")
    assert cli.main(["call", "ruth", "spoke,", "8", "min", "/me", "send", "it"]) == 0
    due = full_day(alice.today() + timedelta(days=7), alice.today())
    told = f"The call with Ruth Abelson is logged. Promised by {due}: send it.\n"
    assert capsys.readouterr().out == told
    assert Call.objects.get().minutes == 8
    assert Action.objects.get().text == "send it"
    assert cli.main(["call", "nobody", "spoke"]) == 1
    assert cli.main(["call", "--json", "ruth", "spoke"]) == 0
    assert capsys.readouterr().out.startswith('{"person": "Ruth Abelson", "on": ')
