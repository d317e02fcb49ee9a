"""How well sheets are sorted that the rules were not written by, and those they were written by."""

import re
from pathlib import Path

import pytest

from tests.sheets.sorting.measuring import HERE, Measure, measure, sheets
from tests.sheets.sorting.measuring import expected as expected_of
from touchline.playbook.playbook import parse, shipped

TOLD = Path(__file__).parents[3] / "docs" / "domain" / "sorting.md"
PLACES = {f"{topic.key}/{slot.key}" for topic in parse(shipped()).topics for slot in topic.slots}
PLACES |= {topic.key for topic in parse(shipped()).topics}


def told() -> dict[str, str]:
    """Return the lines of the table in the documentation, by sheet."""
    rows = re.findall(r"(?m)^\| ((?:\d\d-)?[a-z]+) (\|(?: [\d.]+ \|)+)$", TOLD.read_text("utf-8"))
    return dict(rows)


def row(one: Measure) -> str:
    counts = (one.expected, one.given, one.right, one.near)
    shares = (f"{one.precision:.2f}", f"{one.recall:.2f}")
    return f"| {' | '.join(map(str, (*counts, *shares)))} |"


def total(name: str, folder: str) -> Measure:
    each = [measure(path) for path in sheets(folder)]
    names = ("expected", "given", "right", "near")
    return Measure(name, *(sum(getattr(one, key) for one in each) for key in names))


@pytest.mark.parametrize("path", sheets("held_out"), ids=lambda path: path.stem)
def test_a_sheet_that_no_rule_was_written_by_is_sorted_as_told(path: Path) -> None:
    assert row(measure(path)) == told()[path.stem]


def test_ten_sheets_of_different_make_are_told_together() -> None:
    assert len(sheets("held_out")) == 10
    assert set(told()) == {*(path.stem for path in sheets("held_out")), "all"}
    assert row(total("all", "held_out")) == told()["all"]


def test_the_sheets_that_rules_were_written_by_are_sorted() -> None:
    done = total("seen", "seen")
    assert done.precision >= 0.95
    assert done.recall >= 0.95


@pytest.mark.parametrize("path", sorted(HERE.glob("*/*.expected")), ids=lambda path: path.stem)
def test_what_is_expected_has_a_place_in_the_playbook(path: Path) -> None:
    known = expected_of(path)
    assert {of for of, _ in known} <= PLACES
    assert all(text for _, text in known)
