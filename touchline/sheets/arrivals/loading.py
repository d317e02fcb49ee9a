"""Loads what arrived from partners: for Today, a relationship, a one-to-one, a referral."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateTimeField,
    F,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from touchline.core.months import months_before
from touchline.core.prepared import ALWAYS, DAY, KEY, MEMBER, Prepared
from touchline.meetings.models import Decision, OneToOne
from touchline.sheets.arrivals.telling import Answered, Arrived, Standing, Told, standing, tell
from touchline.sheets.models import Arrival, Sheet, What
from touchline.sheets.parts import FRESH_MONTHS

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# Of one page. Who sends more is read on the page of the relationship as these are seen.
MOST = 40
# As much as a decision keeps of their view.
LONGEST_VIEW = 2000

ABOUT = Coalesce(
    F("their_sheet_id"), F("referral_id"), F("one_to_one_id"), output_field=BigIntegerField()
)
OF = Coalesce(
    "agenda_item__text", "action__text", "referral__person__name", "referral__company__name",
    Value(""), output_field=TextField(),
)  # fmt: skip
HOLDS = Case(When(sequence=F("one_to_one__sequence"), then=Value(True)), default=Value(False))
COLUMNS = (
    "pk", "relationship_id", "what", "text", "at", "answer", ABOUT, OF, "one_to_one__starts_at",
    HOLDS, "relationship__person__name", "relationship__person__given",
)  # fmt: skip

# A sheet of one's own to look through stands above what arrived, so that no cut takes it.
_STALE = "stale"


def _for_today(at: Any) -> Any:
    """Return what nobody has seen, and one's own sheet where it was confirmed too long ago."""
    arrived = (
        Arrival.objects.visible_to(at.member)
        .unseen()
        .filter(relationship__main_contact=at.member.pk)
        .order_by()
        .values_list(*COLUMNS)
    )
    nothing, never = Value(""), Value(None, output_field=DateTimeField())
    stale = (
        Sheet.objects.visible_to(at.member)
        .filter(confirmed_on__lte=at.until)
        .order_by()
        .values_list(
            "pk", Value(0), Value(_STALE), nothing, Value(ALWAYS), nothing,
            Value(None, output_field=BigIntegerField()), nothing, never, Value(False), nothing,
            nothing,
        )
    )  # fmt: skip
    return arrived.union(stale, all=True).order_by("-at")[:MOST]


_FOR_TODAY = Prepared(_for_today, member=MEMBER, until=DAY)


def for_today(member: "Member", today: date) -> tuple[tuple[Told, ...], bool]:
    """Tell what arrived from a member's partners and nobody has seen, newest first.

    And say whether the member's own sheet is to be looked through (``parts.is_stale``): one
    query for both.
    """
    rows = _FOR_TODAY(member=member, until=months_before(today, FRESH_MONTHS))
    found = [Arrived._make(row) for row in rows]
    return (
        tuple(tell(row, today) for row in found if row.what != _STALE),
        any(row.what == _STALE for row in found),
    )


# The one-to-one was fetched through the member; what hangs on it needs no join to be seen.
_BEFORE_IT = Prepared(
    lambda at: (
        Arrival.objects.filter(relationship=at.relationship)
        .filter(Q(seen_at=None) | Q(what=What.ANSWER, one_to_one=at.one_to_one))
        .order_by("-at", "-pk")
        .values_list(*COLUMNS, "sequence", "times", "seen_at")[:MOST]
    ),
    relationship=KEY,
    one_to_one=KEY,
)


@dataclass(frozen=True, slots=True)
class Before:
    """What came before a one-to-one: where their answer stands, and what else is unseen.

    ``unseen`` is whether the answer that stands has been seen by nobody.
    """

    standing: Standing | None
    unseen: bool
    others: tuple[Told, ...]


def before(one: OneToOne, today: date, now: datetime) -> Before:
    """Load what arrived that a one-to-one to come is about, in one query."""
    rows = _BEFORE_IT(relationship=one.relationship_id, one_to_one=one.pk)
    found = [(Arrived._make(row[:-3]), *row[-3:]) for row in rows]
    answers = [
        Answered(row.key, row.answer, row.text, row.at, sequence, times or ())
        for row, sequence, times, _ in found
        if row.what == What.ANSWER and row.about == one.pk
    ]
    stands = standing(answers, sequence=one.sequence, starts_at=one.starts_at, now=now)
    shown = stands.key if stands else 0
    return Before(
        stands,
        any(row.key == shown and seen is None for row, _, _, seen in found),
        tuple(tell(row, today) for row, _, _, seen in found if seen is None and row.key != shown),
    )


_GOING = Prepared(
    lambda at: (
        Arrival.objects.filter(relationship=at.relationship, what=What.GOING)
        .order_by("-at", "-pk")
        .values_list(
            "pk",
            "text",
            "at",
            Subquery(_last_decision(at).values("on")[:1]),
            Subquery(_last_decision(at).values("their_view")[:1]),
        )[:1]
    ),
    relationship=KEY,
)


def _last_decision(at: Any) -> Any:
    return Decision.objects.filter(relationship=at.relationship).order_by("-on", "-pk")


@dataclass(frozen=True, slots=True)
class Going:
    """How it is going for them, as they said it on their page."""

    key: int
    text: str
    at: datetime


def going(relationship: int) -> Going | None:
    """Return what they last said of how it is going (M6), unless it was decided upon since."""
    rows = _GOING(relationship=relationship)
    if not rows:
        return None
    key, text, at, decided_on, their_view = rows[0]
    on, text = timezone.localtime(at).date(), text[:LONGEST_VIEW]
    same = " ".join(text.split()) == " ".join((their_view or "").split())
    if decided_on is not None and (on < decided_on or same):
        return None
    return Going(key, text, at)


_FEEDBACK = Prepared(
    lambda at: (
        Arrival.objects.filter(referral=at.referral, what=What.FEEDBACK)
        .order_by("-at", "-pk")
        .values_list("pk", "text", "at", "seen_at", named=True)[:MOST]
    ),
    referral=KEY,
)


def feedback(referral: int) -> list[Any]:
    """Return what the partner said of a referral on their page, newest first."""
    rows: list[Any] = _FEEDBACK(referral=referral)
    return rows
