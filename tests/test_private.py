"""What one member keeps private reaches nobody else: by no page, file, command, mail or table."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pypdf import PdfReader

from touchline import cli
from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.meetings.models import Note, NoteKind, State
from touchline.people import search
from touchline.relationships.models import Relationship

from .test_fence import NAMES, anonymous, everything, filled, opened

Browser = Callable[[Member], Client]
MARK = "Quagganaut"
# The only rows that may hold it: the note, and what its author typed into a form.
KEPT_IN = {"meetings.Note"}


def _kept_private() -> tuple[Member, Member, dict[str, Any]]:
    """Make Carol main contact of the programme in which Alice keeps notes to herself."""
    alice = makers.a_member(makers.a_workspace(), "alice@example.org", "Alice Hill", Role.OWNER)
    world = everything(alice)
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol Moor", Role.MEMBER)
    relationship = Relationship.objects.get(pk=world["relationships"])
    relationship.main_contact = carol
    relationship.save()
    today = alice.today()
    held = relationship.one_to_ones.get()
    ahead = makers.a_one_to_one(relationship, carol, today + timedelta(days=1), state=State.PLANNED)
    for topic in ("", "family", "goals", "business", "referrals"):
        for where in (held, None):
            note = makers.a_note(
                relationship, alice, f"{MARK} {topic}", one_to_one=where, topic=topic, private=True
            )
    makers.a_note(
        relationship, alice, f"{MARK} idea", private=True, kind=NoteKind.IDEA, one_to_one=held
    )
    makers.an_agenda_item(relationship, alice, "mine", "Come back to it", about_note=note)
    search.index([relationship.person_id])
    world["notes"] = makers.a_note(relationship, carol, "For the team", one_to_one=held).pk
    world["ahead"] = ahead.pk
    return alice, carol, world


@pytest.fixture(scope="module")
def kept_private(lasting: Callable[..., Any]) -> tuple[Member, Member, dict[str, Any]]:
    made: tuple[Member, Member, dict[str, Any]] = lasting(_kept_private)
    return made


@pytest.fixture
def alice(db: None, kept_private: tuple[Member, Member, dict[str, Any]]) -> Member:
    return kept_private[0]


@pytest.fixture
def carol(db: None, kept_private: tuple[Member, Member, dict[str, Any]]) -> Member:
    return kept_private[1]


@pytest.fixture
def world(db: None, kept_private: tuple[Member, Member, dict[str, Any]]) -> dict[str, Any]:
    return kept_private[2]


def said(answer: Any) -> str:
    """Return all that an answer says: text, or the text of a PDF's pages."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode(errors="replace")


@pytest.mark.one_database
@pytest.mark.parametrize(("name", "route", "converters"), NAMES, ids=[n for n, _, _ in NAMES])
def test_no_page_or_file_says_it(
    name: str,
    route: str,
    converters: dict[str, Any],
    world: dict[str, Any],
    alice: Member,
    carol: Member,
    browser: Browser,
) -> None:
    if anonymous(name):
        return
    client = browser(carol)
    held = opened(name, route, converters, world, alice)
    ahead = filled(route, converters, {**world, "one-to-ones": world["ahead"]})
    for url in {held, ahead}:
        for address in (url, f"{url}?all=1", f"{url}?q={MARK}"):
            answer = client.get(address, follow=True)
            assert MARK not in said(answer).replace(f"?q={MARK}", "").replace(
                f'value="{MARK}"', ""
            ).replace(f"“{MARK}”", ""), address


def test_its_author_does_see_it(
    world: dict[str, Any], alice: Member, carol: Member, browser: Browser
) -> None:
    """Without this the test above could not fail."""
    for route in ("/relationships/{relationships}/", "/one-to-ones/{one-to-ones}/"):
        assert MARK in said(browser(alice).get(route.format(**world)))


def test_nobody_else_opens_the_note(world: dict[str, Any], carol: Member, browser: Browser) -> None:
    note = Note.objects.filter(private=True).first()
    assert note is not None
    client = browser(carol)
    assert client.get(f"/notes/{note.pk}/edit/").status_code == 404
    for verb in ("edit", "deletion", "weighing"):
        assert client.post(f"/notes/{note.pk}/{verb}/", {"choice": "keep"}).status_code == 404
    assert Note.objects.filter(pk=note.pk, private=True).exists()


def test_no_command_says_it(
    carol: Member, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    sheet = tmp_path / "brief.pdf"
    for words in (
        ("today",),
        ("today", "--json"),
        ("brief", "Anwen"),
        ("brief", "Anwen", "--format", "json"),
        ("brief", "Anwen", "--pdf", str(sheet)),
    ):
        assert cli.main([words[0], "--as", carol.user.email, *words[1:]]) == 0
        spoken = capsys.readouterr()
        assert "Anwen" in spoken.out + spoken.err or sheet.exists()
        assert MARK not in spoken.out + spoken.err, words
    for name in ("all.vcf", "all.csv"):
        assert cli.main(["export", "--as", carol.user.email, "--people", str(tmp_path / name)]) == 0
        whole = (tmp_path / name).read_text()
        assert "Anwen" in whole
        assert MARK not in whole
    pages = PdfReader(sheet).pages
    assert MARK not in "".join(page.extract_text() for page in pages)


def test_no_search_finds_it(carol: Member, alice: Member) -> None:
    """Not even its author's: the index is one for the whole workspace."""
    for member in (carol, alice):
        assert search.find(member, MARK).ids == []
    assert search.find(carol, "Anwen").ids


def test_no_other_table_holds_it(
    world: dict[str, Any], alice: Member, carol: Member, browser: Browser
) -> None:
    """The journal keeps that a private note was, and not what it said; likewise all else."""
    relationship = Relationship.objects.get(pk=world["relationships"])
    browser(alice).post(
        f"/relationships/{relationship.pk}/notes/", {"text": f"{MARK} new", "private": "on"}
    )
    note = Note.objects.get(text=f"{MARK} new")
    assert note.private
    browser(alice).post(
        f"/notes/{note.pk}/edit/", {"text": f"{MARK} newer", "topic": "", "private": "on"}
    )
    browser(alice).post(f"/notes/{note.pk}/deletion/", {})
    assert not Note.objects.filter(pk=note.pk).exists()
    holding = {
        model._meta.label
        for model in apps.get_models()
        if any(MARK in json.dumps(row, default=str) for row in model._base_manager.values_list())
    }
    assert holding == KEPT_IN
