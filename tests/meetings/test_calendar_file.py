"""The calendar file: what leaves the house, read back by the library others use."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from icalendar import Calendar

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.calendar_file import calendar_file
from touchline.meetings.models import OneToOne

STAMP = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def one(alice: Member) -> OneToOne:
    relationship = makers.a_relationship(alice, "Siân Ó Briain", place="The Boathouse, Ellesmere")
    return makers.a_one_to_one(
        relationship, alice, date(2027, 6, 10), hour=11, minute=30, length_minutes=45,
        video_url="https://meet.example.org/x",
    )  # fmt: skip


def event(written: bytes) -> dict[str, object]:
    return Calendar.from_ical(written).walk("VEVENT")[0]


def test_the_whole_file(one: OneToOne) -> None:
    written = calendar_file(one, stamp=STAMP).decode()
    assert written.replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Touchline//One-to-ones//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "SUMMARY:One-to-one with Siân Ó Briain",
        "DTSTART:20270610T103000Z",
        "DTEND:20270610T111500Z",
        "DTSTAMP:20261124T090000Z",
        f"UID:{one.uid}@touchline",
        "SEQUENCE:0",
        "LOCATION:The Boathouse\\, Ellesmere",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://meet.example.org/x",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_later_file_replaces_the_earlier(one: OneToOne, alice: Member) -> None:
    first = event(calendar_file(one, stamp=STAMP))
    one.move(alice, starts_at=makers.at(alice, date(2027, 6, 11)))
    moved = event(calendar_file(one, stamp=STAMP))
    one.cancel(alice)
    cancelled = event(calendar_file(one, stamp=STAMP))
    assert first["UID"] == moved["UID"] == cancelled["UID"]
    assert int(first["SEQUENCE"]) < int(moved["SEQUENCE"]) < int(cancelled["SEQUENCE"])  # type: ignore[call-overload]
    assert cancelled["STATUS"] == "CANCELLED"


def test_the_page_gives_the_file(
    one: OneToOne, alice: Member, bob: Member, stranger: Member, browser
) -> None:  # type: ignore[no-untyped-def]
    url = f"/one-to-ones/{one.pk}.ics"
    for member, status in ((alice, 200), (bob, 200), (stranger, 404)):
        assert browser(member).get(url).status_code == status
    found = browser(alice).get(url)
    assert found["Content-Type"].startswith("text/calendar")
    assert event(found.content)["UID"] == f"{one.uid}@touchline"
    assert Client().get(url).status_code == 302
