"""Our own CSV: how its cells are written, and that they come back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.people.importing import own
from touchline.people.importing.cells import guarded, joined, parted, unguarded
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Point, Row

CHARACTERS = st.sampled_from("aB é1;;\\\\'=+-@,\t\n\"")
VALUES = st.text(CHARACTERS, max_size=12).map(str.strip).filter(bool)


@given(st.lists(VALUES, max_size=5))
def test_several_values_in_one_cell_come_back(values: list[str]) -> None:
    assert parted(joined(values)) == values


@given(st.text(CHARACTERS, max_size=12))
def test_a_guarded_cell_comes_back_and_is_no_formula(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


@pytest.mark.parametrize(
    ("values", "cell"),
    [
        ([], ""),
        (["a", "b"], "a ; b"),
        (["a;b", "c ; d"], r"a;b ; c \; d"),
        (["a ;", "; b"], r"a \; ; \; b"),
        (["C:\\x"], "C:\\\\x"),
    ],
)
def test_how_values_are_written(values: list[str], cell: str) -> None:
    assert joined(values) == cell


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=1+1", "'=1+1"), ("+44 20", "'+44 20"), ("'=x", "''=x"), ("'tis", "'tis"), ("", ""),
     ("\uff1d1", "'\uff1d1")],
)  # fmt: skip
def test_how_a_formula_is_written(cell: str, written: str) -> None:
    assert guarded(cell) == written


def test_every_column_comes_back() -> None:
    cells = [
        *("@Ann Bee", "Ann", "Bee", "=Bees()", "-Head", joined(["a@b.example", "c@d.example"])),
        *(joined(["+44 20 1", "021"]), joined(["3 Lane ; back\nEly", "PO 1"]), "--05-09"),
        *(joined(["Golf", "Wine; red"]), "+1 for tea\n\nno milk", "Fair, 5 May"),
    ]
    out = io.StringIO()
    csv.writer(out).writerows([own.COLUMNS, map(guarded, cells)])
    reading = read(out.getvalue().encode())
    assert (reading.format, reading.title, reading.problems) == (
        *("touchline", "Touchline contacts", ()),
    )
    assert reading.rows == (
        Row(
            line=2,
            name="@Ann Bee",
            given="Ann",
            family="Bee",
            company="=Bees()",
            title="-Head",
            points=(
                *(Point("email", "a@b.example"), Point("email", "c@d.example")),
                *(Point("phone", "+44 20 1"), Point("phone", "021")),
                *(Point("address", "3 Lane ; back\nEly"), Point("address", "PO 1")),
            ),
            birthday="--05-09",
            tags=("Golf", "Wine; red"),
            notes="+1 for tea\n\nno milk",
            source="Fair, 5 May",
        ),
    )


def test_a_column_added_and_a_birthday_nobody_can_read_are_kept() -> None:
    reading = read(b"Name,Given name,Family name,E-mails,Phones,Birthday,Shoe\nAnn,,,,,May,'+5\n")
    assert reading.rows[0].extra == (("Birthday", "May"), ("Shoe", "+5"))
    assert [problem.line for problem in reading.problems] == [2]
