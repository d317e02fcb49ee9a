"""What is stored of people, as it is compared: their shapes."""

from collections.abc import Callable, Collection, Iterable
from itertools import chain
from typing import Any
from urllib.parse import unquote

from touchline.core.fold import fold
from touchline.core.prepared import KEY, Prepared
from touchline.people.doubles.records import Record, Shape, shape
from touchline.people.models import ContactPoint, Person

FEW = 8  # People of whom each is asked for alone.
_PROFILE = "linkedin.com/in/"
_NOTHING: dict[str, list[str]] = {}


def of_some(column: str, rows: Any) -> Callable[[Collection[int]], Iterable[Any]]:
    """Return what reads the rows of some people: by a stretch of keys, or of each by itself.

    Nearly always it is one who changed and the one or two they meet, hence prepared.
    """
    stretch = Prepared(
        lambda at: rows.filter(**{f"{column}__gte": at.first, f"{column}__lt": at.end}),
        first=KEY,
        end=KEY,
    )

    def read(ids: Collection[int]) -> Iterable[Any]:
        if isinstance(ids, range):
            return stretch(first=ids.start, end=ids.stop)
        if len(ids) <= FEW:
            return chain.from_iterable(stretch(first=pk, end=pk + 1) for pk in ids)
        found: Iterable[Any] = rows.filter(**{f"{column}__in": ids})
        return found

    return read


_points_of = of_some(
    "person_id",
    ContactPoint.objects.order_by().values_list("person_id", "kind", "value", "normal"),
)
_people_of = of_some(
    "id",
    Person.objects.filter(deleted_at=None, merged_into=None).values_list(
        "workspace_id", "pk", "name", "given", "family", "company__name", "title", "birthday"
    ),
)


def shapes_of(workspace_id: int, ids: Collection[int]) -> dict[int, Shape]:
    """Read those of ``ids`` who answer for themselves."""
    points: dict[int, dict[str, list[str]]] = {}
    for pk, kind, value, normal in _points_of(ids):
        told = _told(kind, value, normal)
        if told:
            points.setdefault(pk, {}).setdefault(told[0], []).append(told[1])
    return {
        pk: shape(
            Record(
                pk,
                name,
                given,
                family,
                company or "",
                title,
                birthday=birthday,
                **points.get(pk, _NOTHING),
            )
        )
        for own, pk, name, given, family, company, title, birthday in _people_of(ids)
        if own == workspace_id
    }


def _told(kind: str, value: str, normal: str) -> tuple[str, str] | None:
    """Return which field of a record a contact point is, and what it says there."""
    if kind == "email":
        return ("emails", normal) if "@" in normal else None
    if kind == "phone":
        return ("phones", normal) if sum(map(str.isdigit, normal)) >= 6 else None
    if kind == "address":
        return "addresses", value
    before, profile, slug = normal.partition(_PROFILE)
    if profile and slug and "/" not in before:
        return "profiles", _PROFILE + fold(unquote(slug)).partition("/")[0].partition("?")[0]
    # A page elsewhere may be a firm's, which colleagues share.
    return "sites", normal
