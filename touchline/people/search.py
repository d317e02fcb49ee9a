"""Finds people by the beginnings of words: docs/domain/search.md.

The index is a table beside the models (``search_tables``), filled by :func:`index` in the
transaction of the change itself. Text is folded and cut into words here, by the same rule for
what is stored and what is asked, so that both databases answer alike.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction

from touchline.core import fold
from touchline.people import contact, search_tables

if TYPE_CHECKING:
    from touchline.accounts.models import Member, Workspace

CAP = 500  # People that a search ranks at most; beyond them it says so.
WORD_LENGTH = 60
WORDS_KEPT = 8_000  # Different words of one person, so that one huge note stays bounded.
WORDS_ASKED = 8
BATCH = 500

Contribution = Callable[[Sequence[int]], dict[int, str]]
_contributions: list[Contribution] = []

_APOSTROPHE = re.compile("(?<=\\w)['’ʼ](?=\\w)")
_NUMBER = re.compile(r"(?<![^\W_])\+?\(?\d[\d\s().\-/]*(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of people, those whose name matches first; ``capped`` where there were more."""

    ids: list[int]
    capped: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for: any of its ``alternatives``, each a list of word starts."""

    alternatives: tuple[tuple[str, ...], ...]


def contribute(function: Contribution) -> Contribution:
    """Let a part above add text: ``function`` gives, for ids of people, the text of each.

    Called once, from the part's ``AppConfig.ready``. Whoever changes such text calls
    :func:`index` for its person in the same transaction.
    """
    if function not in _contributions:
        _contributions.append(function)
    return function


def words(text: str) -> list[str]:
    """Return the folded words of ``text``, each cut at 60."""
    return [word[:WORD_LENGTH] for word in fold.words(text)]


def clauses(text: str) -> list[Clause]:
    """Return what ``text`` asks for, at most eight clauses.

    Each word is a clause. Groups of digits that stand together are one clause with two
    readings: a word each, or one number with a trunk zero in brackets and a leading 00 left
    out (*+44 (0)161 496* is *44161496*).
    """
    found: list[Clause] = []
    at = 0
    for number in _NUMBER.finditer(text):
        found += [Clause(((word,),)) for word in words(text[at : number.start()])]
        found.append(_number_clause(number[0]))
        at = number.end()
    found += [Clause(((word,),)) for word in words(text[at:])]
    return list(dict.fromkeys(found))[:WORDS_ASKED]


def _number_clause(text: str) -> Clause:
    abroad = text.startswith(("+", "00"))
    joined = "".join(words(text.replace("(0)", "") if abroad else text))
    if abroad and not text.startswith("+"):
        joined = joined[2:] or joined
    readings = (tuple(words(text)), (joined[:WORD_LENGTH],))
    return Clause(tuple(dict.fromkeys(reading for reading in readings if any(reading))))


def find(member: "Member", text: str, limit: int = CAP) -> Found:
    """Return the people of the member's workspace in whom every word of ``text`` starts a word.

    Those whose name has them all come first, each part by name. At most ``limit`` candidates
    are looked at, so that a common word costs the same in a large workspace as in a small
    one; ``capped`` says that there were more. Text without a letter or digit finds nobody.
    """
    asked = clauses(text)
    if not asked:
        return Found([], capped=False)
    readings = [clause.alternatives for clause in asked]
    ids = search_tables.table().find(member.workspace_id, readings, limit + 1)
    return Found(ids[:limit], capped=len(ids) > limit)


def index(person_ids: Iterable[int]) -> None:
    """Store what is found about these people, in the caller's transaction.

    Those deleted or merged into another go.
    """
    table = search_tables.table()
    for ids in batches(list(dict.fromkeys(person_ids)), BATCH):
        with transaction.atomic():
            table.take(ids)
            table.put(list(_entries(ids)))


def add(person_id: int, text: str) -> None:
    """Let a person be found by ``text`` as well, in the caller's transaction.

    What is written in a meeting is only ever more; reading all that was said of somebody for
    each line of it would cost more than the line. Whoever changes or takes away uses ``index``.
    """
    longest = WORDS_KEPT * search_tables.WORD
    if not search_tables.table().add(person_id, list(dict.fromkeys(_both(text))), longest):
        index([person_id])


def remove(person_ids: Iterable[int]) -> None:
    """Take people out of the index."""
    for ids in batches(list(person_ids), BATCH):
        search_tables.table().take(ids)


def reindex(workspace: "Workspace") -> int:
    """Build the index of a workspace anew; return how many people are in it."""
    person = apps.get_model("people", "Person")
    with transaction.atomic():
        search_tables.table().empty(workspace.pk)
        ids = list(
            person.objects.filter(
                workspace=workspace, deleted_at=None, merged_into=None
            ).values_list("pk", flat=True)
        )
        index(ids)
    return len(ids)


def batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Cut a sequence into pieces of at most ``size``."""
    return (items[at : at + size] for at in range(0, len(items), size))


def _entries(ids: Sequence[int]) -> Iterator[search_tables.Entry]:
    """Read what each person is found by: three queries and plain rows, as files are large."""
    person = apps.get_model("people", "Person")
    rows = person.objects.filter(pk__in=ids, deleted_at=None, merged_into=None).values_list(
        "pk", "workspace_id", "name", "given", "family", "title", "company__name", "notes", "extra"
    )
    more: dict[int, list[str]] = {}
    for source in (_tags, _points, *_contributions):
        for pk, text in source(ids).items():
            more.setdefault(pk, []).append(text)
    for pk, workspace_id, name, given, family, title, company, notes, extra in rows:
        kept = " ".join(str(value) for _, value in extra)
        rest = _both(" ".join((title, company or "", notes, kept, *more.get(pk, ()))))
        yield search_tables.Entry(
            person_id=pk,
            workspace_id=workspace_id,
            name=list(dict.fromkeys(_both(f"{name} {given} {family}"))),
            rest=list(dict.fromkeys(rest))[:WORDS_KEPT],
        )


def _tags(ids: Sequence[int]) -> dict[int, str]:
    through = apps.get_model("people", "Person").tags.through
    return _gathered(
        through.objects.filter(person_id__in=ids).values_list("person_id", "tag__name")
    )


def _points(ids: Sequence[int]) -> dict[int, str]:
    points = apps.get_model("people", "ContactPoint").objects.filter(person_id__in=ids)
    return _gathered(
        (pk, " ".join((value, *contact.digits(value, normal))) if kind == "phone" else value)
        for pk, kind, value, normal in points.values_list("person_id", "kind", "value", "normal")
    )


def _gathered(rows: Iterable[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for pk, text in rows:
        found.setdefault(pk, []).append(text)
    return {pk: " ".join(texts) for pk, texts in found.items()}


def _both(text: str) -> list[str]:
    """Words as written and with their apostrophes closed up: *O’Brien* is found as *obrien*."""
    closed = _APOSTROPHE.sub("", text)
    return words(text) + (words(closed) if closed != text else [])
