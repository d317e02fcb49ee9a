"""Referrals as a CSV that no spreadsheet takes for formulas: docs/domain/referral-list.md."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from touchline.core.money import decimal
from touchline.core.words import one_line
from touchline.people.importing.cells import guarded
from touchline.people.search import batches
from touchline.referrals.forms import money_of
from touchline.referrals.models import Referral, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member

MEDIA_TYPE = "text/csv; charset=utf-8"
# Without this mark spreadsheets take the file for Windows-1252.
_MARK = "\ufeff"
BATCH = 500  # Referrals held in memory at once.
_DAYS = (
    "asked_on", "agreed_on", "introduced_on", "contacted_on", "met_on", "quoted_on", "outcome_on",
    "thanked_on", "feedback_on",
)  # fmt: skip
COLUMNS = (
    "Direction", "Partner", "Person", "Company", "Need", "State", "Since", "Outcome", "Value",
    "Currency", "Became", "Heat", "Looked after by",
    *(name.replace("_", " ").capitalize() for name in _DAYS),
)  # fmt: skip


def content(by: "Member", ids: Sequence[int]) -> Iterator[bytes]:
    """Yield the file of these referrals in their order; those gone meanwhile are left out."""
    yield (_MARK + _line(COLUMNS)).encode()
    for some in batches(ids, BATCH):
        found = {
            one.pk: one
            for one in Referral.objects.visible_to(by)
            .filter(pk__in=some)
            .select_related("relationship__person", "person", "company", "member__user")
        }
        yield "".join(_line(_cells(found[pk])) for pk in some if pk in found).encode()


def _cells(one: Referral) -> Iterator[str]:
    worth = money_of(one)
    yield from (
        one.get_direction_display(),
        one.relationship.person.name,
        one.person.name if one.person else "",
        one.company.name if one.company else "",
        one.need,
        State(one.state).label,
        _iso(one.state_on),
        State(one.outcome).label if one.outcome else "",
        decimal(worth) if worth else "",
        worth.currency if worth else "",
        one.became,
        str(one.heat or ""),
        str(one.member),
    )
    for name in _DAYS:
        yield _iso(getattr(one, name))


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""


def _line(cells: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(guarded(one_line(cell)) for cell in cells)
    return out.getvalue()
