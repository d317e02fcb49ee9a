"""Who is likely who: the table of docs/domain/doubles.md, and what holds for any records."""

# ruff: noqa: E501 - a table reads best with a case a line

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.people.doubles.likeness import LIKELY, Pair
from touchline.people.doubles.meeting import CROWD, doubles
from touchline.people.doubles.records import Record

PHONE = {"phones": ("+441614960000",)}
MOBILE = {"phones": ("+447700900114",)}
ANNA = {"emails": ("anna@hall.example",)}
OFFICE = {"emails": ("office@hall.example",)}
HALL = {"company": "Hall & Co"}
HOME = {"addresses": ("12 Mill Lane, Hallowmere HM1 2AB",)}


def who(name: str, **fields: object) -> Record:
    given_name, _, family = name.rpartition(" ")
    return Record(0, name, given_name, family, **fields)  # type: ignore[arg-type]


def found(one: Record, other: Record) -> Pair | None:
    pairs = doubles([one._replace(key=1), other._replace(key=2)])
    return pairs[0] if pairs else None


LIKE = [
    (who("Anna Smith"), who("Anna Smith"), "same name"),
    (who("Anna Smith", **ANNA), who("Anna Smith", emails=("a@home.example",)), "same name"),
    (who("Anna Smith", **ANNA), who("Ana Smith", **ANNA), "names differ by a letter"),
    (who("Anna Smith", **HALL), who("Anna Smyth", company="Hall and Co Ltd"), "same company"),
    (who("Bob Smith", **PHONE), who("Robert Smith", **PHONE), "Bob can be short for Robert"),
    (who("Liz Hall", **HALL), who("Elizabeth Hall", **HALL), "Liz can be short for Elizabeth"),
    (who("Nik Hall", **PHONE), who("Nikhil Hall", **PHONE), "names nearly the same"),
    (who("Sandy Hall", **PHONE), who("Alexandra Hall", **PHONE), "Sandy can be short for Alexandra"),
    (who("Smith Anna", **PHONE), who("Anna Smith", **PHONE), "same name, given and family name changed about"),
    (Record(0, "Smith, Anna", **PHONE), who("Anna Smith", **PHONE), "same name"),
    (who("SIÂN O’Brien"), who("Sian O'Brien"), "same name"),
    (who("Dr Jürgen Müller"), who("Jurgen Muller"), "same name"),
    (who("A Smith", **PHONE), who("Anna Smith", **PHONE), "one gives only an initial"),
    (who("Anna S", **PHONE), who("Anna Smith", **PHONE), "one gives only an initial"),
    (who("Anna Jane Smith", **PHONE), who("Anna Smith", **PHONE), "one name holds the other"),
    (who("Anna Smith-Jones", **PHONE), who("Anna Smith", **PHONE), "one name holds the other"),
    (Record(0, given="Amber", family="Black Well", **HOME), who("Amber Blackwell", **HOME), "same name"),
    (who("Anna Smith", **ANNA), who("Anna Jones", **ANNA), "same e-mail"),
    (who("Anna", **MOBILE), who("Anna Smith", **MOBILE), "one gives only half of the name"),
    (who("Smith", **PHONE), who("Anna Smith", **PHONE), "one gives only half of the name"),
    (who("Anna Smith", birthday="1970-05-09"), who("Anna Smith", birthday="--05-09"), "same birthday"),
    (who("王小明", **MOBILE), who("王小明", **MOBILE), "same phone number"),
    (who("🙂", **MOBILE), who("🙂", **MOBILE), "same name"),
]  # fmt: skip
UNLIKE = [
    ("spouses at one phone and address", who("Anna Smith", **PHONE, **HOME), who("Bob Smith", **PHONE, **HOME)),
    ("spouses with one e-mail", who("Anna Smith", **ANNA), who("Bob Smith", **ANNA)),
    ("colleagues at office@", who("Anna Smith", **OFFICE, **HALL), who("Bob Jones", **OFFICE, **HALL)),
    ("colleagues at the reception", who("Anna Smith", **PHONE, **HALL), who("Bob Jones", **PHONE, **HALL)),
    ("two Annas in one office", who("Anna Smith", **PHONE, **HALL, **OFFICE), who("Anna Jones", **PHONE, **HALL, **OFFICE)),
    ("names of two people, a letter apart", who("Paul Smith", **HOME), who("Paula Smith", **HOME)),
    ("one name, two firms", who("John Smith", **HALL), who("John Smith", company="Barratt")),
    ("one name, two profiles", who("John Smith", profiles=("linkedin.com/in/js1",)), who("John Smith", profiles=("linkedin.com/in/john-x",))),
    ("father and son", who("John Smith", **PHONE, birthday="1950-01-02"), who("John Smith", birthday="1981-11-20", **HALL)),
    ("a family name alone", who("Anna Smith"), who("Smith")),
    ("a firm's website alone", who("Anna Smith", sites=("hall.example",)), who("Bob Smith", sites=("hall.example",))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "reason"), LIKE, ids=[a.name + "~" + b.name for a, b, _ in LIKE]
)
def test_likely(one: Record, other: Record, reason: str) -> None:
    pair = found(one, other)
    assert pair is not None
    assert reason in pair.reasons
    assert LIKELY <= pair.certainty <= 1


@pytest.mark.parametrize(
    ("one", "other"), [row[1:] for row in UNLIKE], ids=[row[0] for row in UNLIKE]
)
def test_hardly(one: Record, other: Record) -> None:
    assert found(one, other) is None


def test_more_agreement_is_more_certain() -> None:
    name, phone, both = (
        found(who("Anna Smith", **said), who("Anna Smith", **said))
        for said in ({}, PHONE, {**PHONE, **ANNA})
    )
    assert name is not None
    assert phone is not None
    assert both is not None
    assert name.certainty < phone.certainty < both.certainty


def test_never_chained() -> None:
    pairs = doubles(
        who(name, **PHONE)._replace(key=key)
        for key, name in enumerate(("Anna Smith", "A Smith", "Alan Smith"), 1)
    )
    assert {(pair.one, pair.other) for pair in pairs} == {(1, 2), (2, 3)}


def test_a_reception_is_no_meeting_place() -> None:
    crowd = [who(f"Given{n} Family{n}", **PHONE)._replace(key=n) for n in range(2 * CROWD)]
    assert doubles(crowd) == []
    again = [*crowd, crowd[7]._replace(key=999)]
    assert [(pair.one, pair.other) for pair in doubles(again)] == [(7, 999)]


few = st.sampled_from
records = st.lists(
    st.builds(
        Record,
        key=st.integers(1, 99),
        name=st.one_of(st.text(max_size=8), few(["Anna Smith", "Smith, Anna", "A Smith", "王"])),
        given=few(["", "Anna", "Ana", "Bob", "Robert", "A", "Anna Jane", "Siân"]),
        family=few(["", "Smith", "Smyth", "Anna", "Jones", "O’Brien", "Obrien"]),
        company=few(["", "Hall", "Hall & Co", "&"]),
        title=few(["", "Owner"]),
        emails=few([(), ("a@x.example",), ("office@x.example",), ("@",)]),
        phones=few([(), ("+441614960000",), ("+441614960000", "+44770090011")]),
        addresses=few([(), ("12 Mill Lane HM1 2AB",), ("",), ("14 Mill Lane",)]),
        birthday=few(["", "1970-05-09", "1970-09-05", "--05-09", "1971"]),
        profiles=few([(), ("linkedin.com/in/anna",), ("linkedin.com/in/bob",)]),
        sites=few([(), ("x.example",)]),
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)


@settings(max_examples=examples(100))
@given(records, st.randoms(use_true_random=False))
def test_order_makes_no_difference_and_each_pair_comes_once(
    some: list[Record], chance: Random
) -> None:
    pairs = doubles(some)
    turned = some[:]
    chance.shuffle(turned)
    assert doubles(turned) == pairs
    assert len({(pair.one, pair.other) for pair in pairs}) == len(pairs)
    assert all(pair.one < pair.other and LIKELY <= pair.certainty <= 1 for pair in pairs)
    assert [pair.certainty for pair in pairs] == sorted(
        (pair.certainty for pair in pairs), reverse=True
    )


@settings(max_examples=examples(100))
@given(records)
def test_a_pair_is_of_these_two_alone(some: list[Record]) -> None:
    """Symmetric, and whoever else is there makes no difference."""
    pairs = {(pair.one, pair.other): pair for pair in doubles(some)}
    by_key = {one.key: one for one in some}
    for one in by_key:
        for other in by_key:
            if one < other:
                alone = doubles([by_key[one], by_key[other]])
                assert alone == ([pairs[one, other]] if (one, other) in pairs else [])
                swapped = doubles(
                    [by_key[one]._replace(key=other), by_key[other]._replace(key=one)]
                )
                assert swapped == alone
