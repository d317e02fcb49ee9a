"""Loads what went back and forth with one partner: counts, reasons, and the newest in lines."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    IntegerField,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.referrals.balance import loading as balancing
from touchline.referrals.balance.balance import Balance
from touchline.referrals.balance.hints import Reason, Side
from touchline.referrals.balance.periods import everything
from touchline.referrals.balance.rows import EVER, GIVEN, RECEIVED
from touchline.referrals.models import Help, Referral, State
from touchline.referrals.states import CLOSED
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# A partner's page shows so many newest of each; the list and the balance have the rest.
FEW = 3
STATE_LABELS = dict(State.choices)


@dataclass(frozen=True, slots=True)
class Turn:
    """Other help in a line, as a page lists it."""

    pk: int
    given: bool
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Line:
    """A referral in a line; ``partner`` is whose it is where that is another partner."""

    pk: int
    given: bool
    prospect: str
    state: str
    on: date
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Between:
    """What went back and forth; ``balance`` over a period, the rest whenever it was.

    ``many`` are those given and received, ideas included. ``given``, ``received`` and
    ``took_part`` (as a third, with another partner) are ``FEW`` of them: those that something is
    to come of first, each newest first. ``help`` is newest first.
    """

    balance: Balance
    many: tuple[int, int]
    sides: tuple[Side, Side]
    help: tuple[Turn, ...]
    given: tuple[Line, ...] = ()
    received: tuple[Line, ...] = ()
    took_part: tuple[Line, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.given or self.received or self.took_part)

    @property
    def many_in_all(self) -> int:
        return sum(self.many)

    @property
    def more(self) -> bool:
        return self.many_in_all > len(self.given) + len(self.received)


def _newest(at: Any, **which: Any) -> Any:
    closed = Case(When(state__in=CLOSED, then=1), default=0, output_field=IntegerField())
    # Of a partner's own the relationship was fetched through the member already.
    there = Referral.objects.visible_to(at.member) if "third" in which else Referral.objects.all()
    return there.filter(**which).order_by(closed, "-state_on", "-pk")[:FEW].values("pk")


_WORD = CharField()


def _few(at: Any) -> Any:
    return (
        Referral.objects.filter(
            Q(pk__in=_newest(at, relationship=at.relationship, direction=GIVEN))
            | Q(pk__in=_newest(at, relationship=at.relationship, direction=RECEIVED))
            | Q(pk__in=_newest(at, third=at.relationship))
        )
        .order_by()
        .values_list(
            Value("few", _WORD), "pk", "direction", Coalesce("person__name", Value("")),
            Coalesce("company__name", Value("")), "relationship_id",
            "relationship__person__name", "state", "outcome", "state_on",
        )
    )  # fmt: skip


def _turns(at: Any, most: int | None) -> Any:
    there = Help.objects.filter(relationship=at.relationship)
    if most is not None:
        newest = there.order_by("-on", "-pk")[:most].values("pk")
        there = Help.objects.filter(pk__in=newest)
    nothing = Value("", _WORD)
    return there.order_by().values_list(
        Value("help", _WORD), "pk", "direction", "text", nothing, "relationship_id", nothing,
        nothing, nothing, "on",
    )  # fmt: skip


_SLOTS: dict[str, Any] = {"member": MEMBER, "relationship": KEY}
_HELP = Prepared(lambda at: _turns(at, None), relationship=KEY)
_LINES = Prepared(lambda at: _few(at).union(_turns(at, FEW), all=True), **_SLOTS)


def between(
    relationship: Relationship, member: "Member", *, few: bool = False, whole: bool = False
) -> Between:
    """Return what went back and forth with a partner since the beginning: one query.

    With ``few`` comes a little of it in lines, with ``whole`` all other help, of a second one.
    One-to-ones and promises are not in this balance: ``balancing.acts`` has them.
    """
    key = relationship.pk
    rows = balancing.rows_of(member, key, everything(member.today()))
    balance = balancing.balance_of(rows)
    there = {way: (many, days) for what, way, _, _, many, days, *_ in rows if what == "there"}
    given, received = there.get(GIVEN, (0, 0)), there.get(RECEIVED, (0, 0))
    lines: list[Any] = []
    if few:
        lines = _LINES(member=member, relationship=key)
    elif whole:
        lines = _HELP(relationship=key)
    newest = sorted(
        (row for row in lines if row[0] == "help"),
        key=lambda row: (row[-1], row[1]),
        reverse=True,
    )
    reasons = sorted((row for row in rows if row[0] == "reason"), key=lambda row: (row[6], row[3]))
    return Between(
        balance,
        (given[0], received[0]),
        (
            _side(reasons, GIVEN, balance.given.passed, received[1]),
            _side(reasons, RECEIVED, balance.received.passed, given[1]),
        ),
        tuple(Turn(row[1], row[2] == GIVEN, row[3], row[-1]) for row in newest),
        *_lines(lines, key),
    )


def _side(reasons: list[Any], way: str, passed: int, others: int) -> Side:
    """Return what hints see of one way; the others were last asked for so many days after
    ``EVER`` began, none of them ever at 0."""
    own = [
        (Reason(key, name), dud, silent, on)
        for _, its, name, key, dud, silent, on, _ in reasons
        if its == way
    ]
    since = tuple(reason for reason, _, _, on in own if on > others)
    duds = tuple(reason for reason, dud, _, _ in own if dud)
    untold = tuple(reason for reason, _, silent, _ in own if silent)
    asked_on = EVER.first + timedelta(days=others) if others else None
    return Side(passed, asked_on, since, duds, untold)


def _lines(rows: list[Any], key: int) -> list[tuple[Line, ...]]:
    """Return those given, received, and of other partners: the open ones first, newest first."""
    few = [row for row in rows if row[0] == "few"]
    few.sort(key=lambda row: (row[7] not in CLOSED, row[-1], row[1]), reverse=True)
    sides: list[list[Line]] = [[], [], []]
    for _, pk, way, person, company, whose, partner, state, outcome, *_, on in few:
        other = whose != key
        said = STATE_LABELS[state]
        if state == State.THANKED and outcome:
            said = f"{said}, {STATE_LABELS[outcome].lower()}"
        prospect = ", ".join(filter(None, (person, company))) or "Somebody"
        line = Line(pk, way == GIVEN, prospect, said, on, partner if other else "")
        sides[2 if other else 0 if line.given else 1].append(line)
    return [tuple(side) for side in sides]
