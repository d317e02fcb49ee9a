"""How one is called: a table of the names there are."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from touchline.people.naming import first, initials, short


@pytest.mark.parametrize(
    ("name", "given", "called"),
    [
        ("Ruth Abelson", "Ruth", "Ruth"),
        ("Abelson Ruth", "Ruth", "Ruth"),
        ("Ruth Abelson", "", "Ruth"),
        ("Madonna", "", "Madonna"),
        ("Dr Smith", "", "Dr Smith"),
        ("Prof. Dr. Smith", "", "Prof. Dr. Smith"),
        ("Dr Jane Smith", "", "Jane"),
        ("Mr van Dyke", "", "Mr van Dyke"),
        ("van Dyke", "", "van Dyke"),
        ("J. Smith", "", "J. Smith"),
        ("Smith, John", "", "John"),
        ("Smith, Dr", "", "Dr Smith"),
        ("Heron & Daughters", "", "Heron & Daughters"),
        ("Fallowfield House Ltd.", "", "Fallowfield House Ltd."),
        ("Hill, Crane and Partners", "", "Hill, Crane and Partners"),
        ("The Copper Pot", "", "The Copper Pot"),
        ("Dr", "", "Dr"),
        ("李小龍", "", "李小龍"),
    ],
)
def test_first(name: str, given: str, called: str) -> None:
    assert first(name, given) == called


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Ruth Abelson", "Ruth"),
        ("Dr Smith", "Smith"),
        ("J. Smith", "Smith"),
        ("Mr van Dyke", "Dyke"),
        ("Heron & Daughters", "Heron"),
        ("The Copper Pot", "Copper"),
        ("Dr", "Dr"),
        ("", ""),
    ],
)
def test_short(name: str, called: str) -> None:
    assert short(name, "") == called


@pytest.mark.parametrize(
    ("name", "given", "family", "letters"),
    [
        ("Ruth Abelson", "Ruth", "Abelson", "RA"),
        ("Dr Smith", "", "", "S"),
        ("Dr Jane Smith", "", "", "JS"),
        ("Heron & Daughters Ltd", "", "", "HD"),
        ("Dr", "", "", "D"),
        ("", "", "", ""),
    ],
)
def test_initials(name: str, given: str, family: str, letters: str) -> None:
    assert initials(name, given, family) == letters


@drawn(st.text(max_size=30))
def test_nobody_with_a_name_is_called_nothing(name: str) -> None:
    name = " ".join(name.split())
    assert bool(first(name, "")) == bool(name)
    assert len(initials(name, "", "")) <= 4
