"""What a member asks for on the command line: the day, and a brief."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from touchline import cli
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.meetings.models import State


@pytest.fixture
def programme(alice: Member) -> Member:
    today = alice.today()
    late = makers.a_relationship(
        alice, "Ruth Abelson", on=today - timedelta(days=300), meeting_days=28,
        meeting_tolerance_days=7, held_before=3, held_before_last_on=today - timedelta(days=310),
    )  # fmt: skip
    makers.a_one_to_one(late, alice, today - timedelta(days=90), state=State.CLOSED_OUT)
    anwen = makers.a_relationship(alice, "Anwen Pritchard", on=today - timedelta(days=60))
    held = makers.a_one_to_one(anwen, alice, today - timedelta(days=9), state=State.HELD)
    makers.a_note(anwen, alice, "Sings alto", one_to_one=held, at=held.starts_at)
    makers.an_action(anwen, alice, "mine", "Send the note", today - timedelta(days=2))
    makers.an_action(anwen, alice, "theirs", "Introduce Glyn", today + timedelta(days=3))
    makers.a_relationship(alice, "Anna Price", on=today)
    return alice


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = cli.main(words)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_today_as_data(programme: Member, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "today", "--json")
    assert status == 0
    data = json.loads(out)
    assert set(data) == {
        "now", "day", "waiting", "promised_by_me", "promised_to_me", "due", "calls", "days",
        "referrals", "arrivals", "load",
    }  # fmt: skip
    assert data["now"]["with"]["name"] == "Anwen Pritchard"
    assert [(one["kind"], one["with"]["name"]) for one in data["waiting"]] == [
        ("close_out", "Anwen Pritchard"),
        ("first", "Anna Price"),
    ]
    assert [(one["text"], one["late"]) for one in data["promised_by_me"]] == [
        ("Send the note", True)
    ]
    assert [one["text"] for one in data["promised_to_me"]] == ["Introduce Glyn"]
    assert [(one["with"]["name"], one["days_late"]) for one in data["due"]] == [
        ("Ruth Abelson", 55)
    ]
    assert data["load"]["budget"] == programme.weekly_budget_minutes


def test_today_in_words(programme: Member, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "today")
    assert status == 0
    assert "Ruth Abelson: 7 weeks late" in out
    assert "Send the note (to Anwen, 2 days over)" in out


def test_the_brief_in_both_shapes(programme: Member, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "brief", "anwen", "--format", "json")
    assert status == 0
    data = json.loads(out)
    assert data["name"] == "Anwen Pritchard"
    assert data["last"] == ["Sings alto"]
    assert [(one["text"], one["state"]) for one in data["mine"]] == [("Send the note", "late")]
    status, out, _ = run(capsys, "brief", "Pritchard")
    assert status == 0
    assert out.startswith("# Anwen Pritchard\n")
    assert "- Send the note (2 days over)" in out


def test_the_brief_as_a_pdf(
    programme: Member, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "brief.pdf"
    assert run(capsys, "brief", "anwen", "--pdf", str(file)) == (0, "", "")
    (page,) = PdfReader(file).pages
    assert "Anwen Pritchard" in page.extract_text()
    status, _, err = run(capsys, "brief", "anwen", "--pdf", str(tmp_path / "nowhere" / "b.pdf"))
    assert status == 1
    assert "can’t be written" in err


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("nobody", "There is no programme with anybody called “nobody”."),
        ("an", "could be several: "),
        ("99999999999999999999999", "There is no programme"),
        ("²", "There is no programme"),
    ],
)
def test_a_brief_that_cannot_be_found(
    programme: Member, capsys: pytest.CaptureFixture[str], wanted: str, sentence: str
) -> None:
    status, out, err = run(capsys, "brief", wanted)
    assert (status, out) == (1, "")
    assert sentence in err
