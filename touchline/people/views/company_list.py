"""The list of companies: one page of it by keyset, with how many people each has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.http import QueryDict

from touchline.core.fold import fold
from touchline.people.models import Company, Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member

PAGE = 50
COUNTED = 10_000  # Beyond it a count says *more than*.


@dataclass(frozen=True, slots=True)
class Page:
    """Companies in order, and the query strings of its neighbours, '' where there is none."""

    q: str
    companies: list[Company]
    people: dict[int, int]
    first: str
    previous: str
    following: str
    last: str
    # How many in all, None where more than COUNTED.
    count: int | None


def page(member: "Member", query: QueryDict) -> Page:
    """Return the page that a query string asks for: ``q``, and ``after``, ``before`` or ``last``.

    ``q`` is the beginning of a word of the name. No two companies share a folded name, so that
    alone says where a page starts or ends; the last page is the first of the opposite order.
    """
    q, after, before = (_text(query, name) for name in ("q", "after", "before"))
    found = Company.objects.visible_to(member)
    if start := fold(q):
        found = found.filter(Q(folded__startswith=start) | Q(folded__contains=f" {start}"))
    counted = found[: COUNTED + 1].count()
    backwards = bool(before) or "last" in query
    if before:
        found = found.filter(folded__lt=before)
    elif after:
        found = found.filter(folded__gt=after)
    rows = list(found.order_by("-folded" if backwards else "folded")[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if backwards:
        rows.reverse()
    ahead = bool(before) if backwards else more
    behind = more if backwards else bool(after)

    def url(**place: str) -> str:
        given = {"q": q} | place
        return "?" + urlencode({name: value for name, value in given.items() if value})

    return Page(
        q=q,
        companies=rows,
        people=_people(member, rows),
        first=url() if behind else "",
        previous=url(before=rows[0].folded) if behind and rows else "",
        following=url(after=rows[-1].folded) if ahead and rows else "",
        last=url(last="1") if ahead else "",
        count=None if counted > COUNTED else counted,
    )


def _text(query: QueryDict, name: str) -> str:
    return query.get(name, "").replace("\x00", "").strip()[:200]


def _people(member: "Member", companies: Sequence[Company]) -> dict[int, int]:
    """Return how many people each has."""
    counted = (
        Person.objects.visible_to(member)
        .filter(company__in=[one.pk for one in companies])
        .order_by()
        .values_list("company")
        .annotate(many=Count("pk"))
    )
    return dict(counted)
