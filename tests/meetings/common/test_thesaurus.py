"""The shipped thesaurus holds together."""

import json
from collections import Counter
from pathlib import Path

import pytest

from touchline.meetings.common import thesaurus

FILE = Path(thesaurus.__file__).parent / "thesaurus.json"
DOCUMENT = json.loads(FILE.read_text(encoding="utf-8"))


def test_every_theme_belongs_to_one_that_is_there() -> None:
    keys = [row["key"] for row in DOCUMENT["themes"]]
    assert [key for key, many in Counter(keys).items() if many > 1] == []
    known = thesaurus.shipped()
    for key in keys:
        lineage = known.lineage(key)
        assert len(set(lineage)) == len(lineage) <= 4
        assert len(key) <= 60, "it fits NotInCommon.theme"


def test_what_a_theme_holds() -> None:
    for row in DOCUMENT["themes"]:
        assert row["kind"] in ("interest", "place", "network")
        assert row.keys() <= {
            "key", "name", "kind", "broader", "wide", "terms", "verbs", "placed", "if",
        }  # fmt: skip
        assert row["name"].strip()
        words = any(row.get(one) for one in ("terms", "verbs", "placed", "if"))
        # One without words of its own is a region that its towns belong to.
        assert words or row["kind"] == "place"


def test_a_term_without_context_means_one_thing() -> None:
    homes: dict[tuple[str, ...], set[str]] = {}
    for row in DOCUMENT["themes"]:
        for term in row.get("terms", ()):
            homes.setdefault(thesaurus.stems(term), set()).add(row["key"])
    assert len(homes) > 2000
    assert {term: keys for term, keys in homes.items() if len(keys) > 1} == {}


@pytest.mark.parametrize(
    ("word", "stem"),
    [("Andrew’s", "andrew"), ("churches", "church"), ("ponies", "pony"), ("bus", "bus"),
     ("chess", "chess"), ("Gwŷr", "gwyr"), ("&", "and"), ("dogs", "dog"), ("tennis", "tennis")],
)  # fmt: skip
def test_stems(word: str, stem: str) -> None:
    assert thesaurus.stem(word) == stem


@pytest.mark.parametrize(
    ("verb", "form"),
    [("jog", "jogging"), ("hike", "hiking"), ("climb", "climbs"), ("swim", "swimming"),
     ("camp", "camped"), ("bake", "baker"), ("ski", "skier")],
)  # fmt: skip
def test_forms(verb: str, form: str) -> None:
    assert form in thesaurus.forms(verb)
