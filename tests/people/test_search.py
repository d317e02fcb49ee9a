"""Finding people: a table of questions, and the same after every change."""

from typing import Any

import pytest
from django.db import connection

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.people import search
from touchline.people.editing import Point, edit, make, rename_tag, untag_people
from touchline.people.models import Person, Tag


@pytest.fixture
def sian(alice: Member) -> Person:
    return make(
        alice,
        {
            "name": "Siân Müller-O’Brien", "given": "Siân", "family": "Müller-O’Brien",
            "title": "Partner", "notes": "Met at the Anwen lunch. Plays the cello — well.",
        },
        company="Pritchard & Söhne",
        tags=["Golf club"],
        points=[
            Point("email", "sian.m@example.org"),
            Point("phone", "0161 496 0123", "work"),
            Point("phone", "+41 44 668 18 00"),
            Point("address", "12 Gloucester Rd\nBristol"),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        "sian", "SIÂN", "Siân", "si", "müller", "muller", "o'brien", "obrien sian", "brien",
        "mul pri", "sohne", "söh", "partner", "golf", "club golf", "cello", "sian.m@example.org",
        "example.org", "0161 496", "0161496", "01614960123", "+44161", "+44 161 496",
        "+44 (0)161 496 0123", "0044 161", "(0161) 496-0123", "496", "044 668", "+41446681800",
        "bristol 12", "sian 0161", "lunch sian",
    ],
)  # fmt: skip
def test_finds(alice: Member, sian: Person, asked: str) -> None:
    assert search.find(alice, asked).ids == [sian.pk]


@pytest.mark.parametrize(
    "asked",
    [
        "ian", "ello", "sian jones", "1614960124", "scope", "w1", "name", "", " ", "!?", '"',
        "***", "sian AND", "sian OR zebra", "NOT sian zebra", "name:sian x", "🙂",
    ],
)  # fmt: skip
def test_does_not_find(alice: Member, sian: Person, asked: str) -> None:
    assert search.find(alice, asked).ids == []


@pytest.mark.parametrize(
    "asked",
    [
        '"sian', "sian*", "sian)", "(sian", "sian -", "{sian}", "^sian", "sian+", "'sian'",
        "sian\\", "sian:*", "sian|", "sian\x00",
    ],
)  # fmt: skip
def test_the_marks_of_the_query_languages_are_harmless(
    alice: Member, sian: Person, asked: str
) -> None:
    assert search.find(alice, asked).ids == [sian.pk]


def test_names_come_first_each_part_by_name(alice: Member) -> None:
    noted = make(alice, {"name": "Aaron Able", "notes": "knows Grace"})
    late = make(alice, {"name": "Grace Young"})
    early = make(alice, {"name": "Grace Adams"})
    assert search.find(alice, "grace").ids == [early.pk, late.pk, noted.pk]


def test_a_word_in_the_name_and_one_elsewhere(alice: Member) -> None:
    grace = make(alice, {"name": "Grace Young", "title": "Bookkeeper"})
    make(alice, {"name": "Grace Adams"})
    assert search.find(alice, "grace book").ids == [grace.pk]


def test_says_when_there_are_more(alice: Member) -> None:
    for number in range(5):
        make(alice, {"name": f"Grace {number}"})
    assert search.find(alice, "grace", limit=3).capped
    assert len(search.find(alice, "grace", limit=3).ids) == 3
    assert not search.find(alice, "grace", limit=5).capped


def test_a_stranger_finds_nobody(alice: Member, stranger: Member, sian: Person) -> None:
    assert search.find(stranger, "sian").ids == []


def test_follows_every_change(alice: Member, sian: Person) -> None:
    edit(alice, sian, {"notes": "likes chess"}, company="Acme", tags=["Rowing"], points=[])
    assert search.find(alice, "chess acme rowing").ids == [sian.pk]
    for gone in ("cello", "golf", "pritchard", "0161"):
        assert search.find(alice, gone).ids == []
    rename_tag(alice, Tag.objects.get(name="Rowing"), "Sculling")
    assert search.find(alice, "sculling").ids == [sian.pk]
    untag_people(alice, [sian.pk], "sculling")
    assert search.find(alice, "sculling").ids == []


def test_what_is_added_is_found_as_if_it_had_always_been_there(alice: Member, sian: Person) -> None:
    search.add(sian.pk, "O’Hara keeps bees")
    for asked in ("bees", "ohara", "o'hara sian", "cello bees"):
        assert search.find(alice, asked).ids == [sian.pk], asked
    other = makers.a_person(alice, "Ruth Abelson")
    assert search.find(alice, "ruth").ids == []
    search.add(other.pk, "Not in the index yet")
    assert search.find(alice, "ruth").ids == [other.pk]


def test_words_that_are_there_are_not_stored_again(
    alice: Member, sian: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stored() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CAST(rest AS text) FROM people_search")
            return list(cursor.fetchall())

    search.add(sian.pk, "Keeps bees")
    before = stored()
    search.add(sian.pk, "Bees, she keeps BEES")
    assert "she" in stored()[0][0]
    search.add(sian.pk, "she keeps bees")
    assert len(stored()[0][0].split()) == len(before[0][0].split()) + 1
    # Where there is no room left, all of it is read again.
    again: list[list[int]] = []
    monkeypatch.setattr(search, "WORDS_KEPT", 0)
    monkeypatch.setattr(search, "index", again.append)
    search.add(sian.pk, "hives")
    assert again == [[sian.pk]]


def test_the_deleted_are_gone_until_restored(alice: Member, sian: Person) -> None:
    sian.delete_by(alice)
    assert search.find(alice, "sian").ids == []
    sian.restore_by(alice)
    assert search.find(alice, "sian").ids == [sian.pk]


def test_parts_above_contribute(alice: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_contributions", [])
    search.contribute(lambda ids: dict.fromkeys(ids, "brass band"))
    person = make(alice, {"name": "Grace Young"})
    assert search.find(alice, "brass").ids == [person.pk]


def test_reindex_builds_the_same_again(alice: Member, stranger: Member, sian: Person) -> None:
    unseen = makers.a_person(alice, "Grace Young")
    other = make(stranger, {"name": "Grace Far"})
    search.remove([sian.pk])
    assert search.reindex(alice.workspace) == 2
    assert search.find(alice, "sian").ids == [sian.pk]
    assert search.find(alice, "grace").ids == [unseen.pk]
    assert search.find(stranger, "grace").ids == [other.pk]
