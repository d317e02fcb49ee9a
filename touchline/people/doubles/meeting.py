"""Which records are compared at all: those that meet at a key. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from zlib import crc32

from touchline.people.doubles.likeness import (
    Pair,
    certain_first,
    compare,
)
from touchline.people.doubles.nicknames import FORMAL
from touchline.people.doubles.records import Record, Shape, is_shared, shape

# People at one key beyond whom it tells nobody from anybody: a reception, a name like a word.
CROWD = 60


def keys(one: Shape) -> frozenset[int]:
    """Return the keys at which a record meets others, as whole numbers of 32 bits.

    Two who share a key are compared, two who share none never are. A key is made of one
    exact thing (a whole name, a number, a birthday) or of two of which one is cut short, so
    that a slip in either half of a name leaves another key that holds.
    """
    found = [*_names(one), *_rest(one)]
    return frozenset(map(crc32, "\n".join(found).encode().split(b"\n")))


def _names(one: Shape) -> Iterator[str]:
    given, family = one.given.split(), one.family.split()
    for first in FORMAL.get(given[0], given[:1]) if given else ("",):
        # In either order: given and family name get changed about.
        yield "n" + " ".join(sorted([first, *given[1:], *family]))
        if len(given) > 1 or len(family) > 1:
            for last in {*family[:1], *family[-1:]}:
                yield "n" + " ".join(sorted((first, last)))
            whole = first if len(given) == 1 else "".join(given)
            yield "n" + " ".join(sorted((whole, "".join(family))))
    if len(given) == len(family) == 1:
        yield f"w{given[0]} {family[0][:2]}"
        yield f"w{family[0]} {given[0][:2]}"


def _rest(one: Shape) -> Iterator[str]:
    firsts = "".join(sorted((one.given[:1], one.family[:1])))
    for email in one.emails:
        if not is_shared(email):
            yield "e" + email
    for phone in one.phones:
        yield "p" + phone
    for profile in one.profiles:
        yield "s" + profile
    if one.birthday:
        if one.birthday[0] != "-":
            yield "b" + one.birthday
        for first in firsts:
            yield f"d{one.birthday[-5:]} {first}"
    for each in one.places:
        if each.number and each.postcode:
            yield f"a{each.number} {each.postcode}"
    if one.company:
        yield f"c{one.company} {firsts}"


def candidates(met: Mapping[int, Sequence[int]]) -> set[tuple[int, int]]:
    """Return whom the keys bring together, each two once, the lower first."""
    found: set[tuple[int, int]] = set()
    for there in met.values():
        if 1 < len(there) <= CROWD:
            found.update(combinations(there, 2))
    return found


def doubles(records: Iterable[Record]) -> list[Pair]:
    """Return every pair of records likely to be one person, most certain first.

    The order of ``records`` makes no difference, nor who else is among them (unless a key
    gets crowded); each pair comes once. Nothing is joined, and nothing chained: that A is
    likely B and B likely C says nothing of A and C.
    """
    shapes = {one.key: shape(one) for one in records}
    return between(shapes, candidates(meetings(shapes)))


def meetings(shapes: Mapping[int, Shape]) -> dict[int, list[int]]:
    """Return for each key who is there, in order."""
    met: dict[int, list[int]] = {}
    for key in sorted(shapes):
        for at in keys(shapes[key]):
            met.setdefault(at, []).append(key)
    return met


def between(shapes: Mapping[int, Shape], two: Collection[tuple[int, int]]) -> list[Pair]:
    """Return those of ``two`` and two that are likely one person, most certain first."""
    return certain_first(
        pair for one, other in two if (pair := compare(shapes[one], shapes[other]))
    )
