"""Referrals as a file: what is in it, in which order, and nothing a spreadsheet would run."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.journal.models import Entry
from touchline.referrals.listing.table import COLUMNS
from touchline.relationships.models import Relationship

Browser = Callable[[Member], Client]


@pytest.fixture
def partner(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Ann Lloyd", on=alice.today() - timedelta(days=900))


def file_of(client: Client, **given: str) -> list[dict[str, str]]:
    answer = client.post("/referrals/export/", given)
    assert answer.status_code == 303
    sent = client.get(answer["Location"])
    assert sent["Content-Type"].startswith("text/csv")
    assert sent["Cache-Control"] == "private, no-store"
    text = b"".join(sent.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_money_is_plain_and_days_are_iso(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    on = alice.today() - timedelta(days=50)
    a_referral(partner, alice, state="won", on=on, value_minor=125_050, currency="EUR")
    (row,) = file_of(browser(alice))
    assert tuple(row) == COLUMNS
    assert (row["Value"], row["Currency"]) == ("1250.50", "EUR")
    assert (row["Direction"], row["Partner"], row["Person"]) == ("Given", "Ann Lloyd", "Tom Hart")
    assert (row["State"], row["Outcome"], row["Heat"]) == ("Won", "Won", "3")
    assert on < date.fromisoformat(row["Introduced on"]) < date.fromisoformat(row["Outcome on"])
    assert row["Thanked on"] == ""


@pytest.mark.parametrize(
    "attack",
    ["=1+1", "+44", "-2+3", "@SUM(A1)", "'=1", "＝1+1", "\t=1", "\r=1", '=HYPERLINK("x")', " =1"],
)
def test_no_cell_is_a_formula(
    alice: Member, partner: Relationship, browser: Browser, attack: str
) -> None:
    a_referral(partner, alice, need=f"{attack}", person=f"{attack} Hart", became=attack)
    for row in file_of(browser(alice)):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
    assert attack.strip().lstrip("'") in row["Need"]


def test_the_file_is_the_list_that_was_shown(
    alice: Member, partner: Relationship, browser: Browser
) -> None:
    other = makers.a_relationship(alice, "Zoe Park", on=alice.today() - timedelta(days=90))
    a_referral(partner, alice, state="contacted", person="Tom Hart")
    a_referral(other, alice, state="met", person="Olu Ade")
    a_referral(partner, alice, "received", state="met", person="Ines Bell")
    client = browser(alice)
    assert len(file_of(client)) == 3
    assert [row["Person"] for row in file_of(client, partner=str(partner.pk), way="given")] == [
        "Tom Hart"
    ]
    assert [row["Partner"] for row in file_of(client, sort="partner")] == [
        "Ann Lloyd", "Ann Lloyd", "Zoe Park"
    ]  # fmt: skip
    entries = Entry.objects.filter(verb="member.export")
    assert entries.order_by("pk")[0].details == {"format": "csv", "referrals": 3}


def test_it_is_asked_for_each_time_and_by_those_who_may(
    alice: Member, bob: Member, stranger: Member, partner: Relationship, browser: Browser
) -> None:
    client = browser(alice)
    refused = client.post("/referrals/export/", {})
    assert refused.status_code == 303
    assert "file" not in refused["Location"]
    a_referral(partner, alice)
    where = client.post("/referrals/export/", {})["Location"]
    assert browser(bob).get(where).status_code == 403
    assert browser(bob).post("/referrals/export/", {}).status_code == 403
    assert browser(stranger).get(where)["Location"] == "/referrals/"
    assert client.get("/referrals/export/file/?of=forged")["Location"] == "/referrals/"
    assert client.get("/referrals/export/?way=given")["Location"] == "/referrals/?way=given"
