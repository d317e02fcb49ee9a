"""Who a row is: the table of docs/domain/identity.md."""

# ruff: noqa: E501 - a table reads best with a case a line

import pytest

from touchline.people.importing.matching import Known, agree, group, name_tokens, seen
from touchline.people.importing.rows import Point, Row


def row(name: str, *points: tuple[str, str], identity: str = "") -> Row:
    return Row(
        line=1, name=name, points=tuple(Point(*point) for point in points), identity=identity
    )  # type: ignore[arg-type]


def known(number: int, told: Row) -> Known:
    sight = seen(told, "GB")
    keys = frozenset(key for key in sight.keys if not key.startswith("said:"))
    return Known(number, sight.tokens, keys, frozenset(sight.marks))


OFFICE = ("email", "office@a.example")


@pytest.mark.parametrize(
    ("there", "told", "who"),
    [
        ([row("Anna Smith", OFFICE)], row("Anna Smith", ("email", "OFFICE@a.example")), 1),
        ([row("Anna Smith", ("phone", "0161 496 0000"))], row("Smith", ("phone", "+44 161 496 0000")), 1),
        ([row("Anna Smith", OFFICE)], row("Bob Jones", OFFICE), None),
        ([row("Anna Smith", OFFICE), row("Bob Smith", OFFICE)], row("Smith", OFFICE), None),
        ([row("Anna Smith", OFFICE), row("Smith", OFFICE)], row("Smith", OFFICE), 2),
        ([row("Anna Smith", identity="profile:anna")], row("Anna Jones", identity="profile:anna"), 1),
        ([row("Anna Smith", identity="profile:anna")], row("Jones", ("social", "https://linkedin.com/in/anna")), 1),
        ([row("Anna Smith")], row("Anna Smith"), None),
        ([row("Anna Smith", OFFICE, identity="vcard:1"), row("Anna Smith", OFFICE)], row("X", OFFICE, identity="vcard:1"), 1),
    ],
)  # fmt: skip
def test_who(there: list[Row], told: Row, who: int | None) -> None:
    people = [known(number, one) for number, one in enumerate(there, 1)]
    (found,) = group([seen(told, "GB")], people)
    assert found.person_id == who


def test_rows_of_one_person_are_joined_in_their_order() -> None:
    rows = [row("Anna Smith", OFFICE), row("Bob Jones", OFFICE), row("Anna Smith", OFFICE)]
    assert [one.rows for one in group([seen(one, "GB") for one in rows], [])] == [[0, 2], [1]]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Siân O’Brien", "SIAN O'Brien", True),
        ("Smith, Anna", "Anna Smith", True),
        ("Anna", "Anna Smith", True),
        ("Anna Smith", "Anna Jones", False),
        ("🙂", "🙃", False),
    ],
)
def test_names_agree(one: str, other: str, same: bool) -> None:
    assert agree(name_tokens(one), name_tokens(other)) is same
