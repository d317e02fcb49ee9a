"""The referrals that answer to what was asked for: rows, totals, the newest of each state.

What is asked most, without a filter, is SQL that is made once (decisions/0005).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db.models import BigIntegerField, Case, CharField, Count, F, Q, Sum, Value, When

from touchline.core.fold import fold, words
from touchline.core.money import Money, currency_of
from touchline.core.prepared import DAY, KEYS, MEMBER, Prepared, one_of
from touchline.referrals.listing.asked import GOING, ROAD, YEAR, Asked, Total, together
from touchline.referrals.models import Referral, State
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

PAGE = 40
FEW = 4  # Cards in a column of the board.


@dataclass(frozen=True, slots=True)
class At:
    """Who asks, from which day on, and the relationships whose person is ``gone``.

    Those are few. Left out by their keys, not each of many referrals goes and looks whether its
    partner is there; what is left is what ``visible_to`` leaves.
    """

    member: "Member"
    since: date
    gone: tuple[int, ...]

    @classmethod
    def of(cls, member: "Member", asked: Asked) -> Self:
        days = int(asked.period or YEAR) if asked.period != "all" else None
        first = date(2, 1, 1) if days is None else member.today() - timedelta(days=days)
        return cls(member, first, tuple(pk for (pk,) in _GONE(member=member)))

    def slots(self) -> dict[str, Any]:
        """Return it as the values of a prepared query."""
        return {"member": self.member, "since": self.since, "gone": self.gone}


_GONE = Prepared(
    lambda at: (
        Relationship.objects.filter(workspace_id=at.member.workspace_id)
        .filter(Q(person__deleted_at__isnull=False) | Q(person__merged_into__isnull=False))
        .order_by("pk")
        .values_list("pk")
    ),
    member=MEMBER,
)


def _arms(asked: Asked, states: Sequence[State]) -> list[tuple[Sequence[State], bool]]:
    """Return groups of states, each with whether the period counts for it.

    Apart, so that each is one stretch of the index.
    """
    if asked.period:
        return [(states, asked.period != "all")]
    going = [state for state in states if state in GOING]
    rest = [state for state in states if state not in GOING]
    return [(some, bounded) for some, bounded in ((going, False), (rest, True)) if some]


def _narrowed(at: Any, asked: Asked, *, few: bool = False) -> Any:
    """Return the referrals that all filters but state and period leave."""
    found = Referral.objects.order_by()
    if few:
        found = found.visible_to(at.member)
    else:
        found = found.filter(workspace_id=at.member.workspace_id)
        found = found.exclude(one_of("relationship_id", at.gone))
    if asked.way:
        found = found.filter(direction=asked.way)
    if asked.partner:
        found = found.filter(relationship_id=int(asked.partner))
    if asked.member:
        found = found.filter(member_id=int(asked.member))
    if asked.currency:
        found = found.filter(currency=asked.currency)
    for word in asked.q.split()[:8]:
        found = found.filter(_says(word))
    return found


def _says(word: str) -> Q:
    """Return the condition that one word is said of a referral somewhere."""
    said = Q(need__icontains=word) | Q(became__icontains=word)
    if folded := " ".join(words(word)) or fold(word):
        for whose in ("person", "relationship__person"):
            said |= Q(**{f"{whose}__sort_key__contains": folded})
        for whose in ("company", "person__company"):
            said |= Q(**{f"{whose}__folded__contains": folded})
    return said


def _standing(found: Any, states: Sequence[State], at: Any, bounded: bool) -> Any:
    found = found.filter(state__in=states) if len(states) < len(ROAD) else found
    return found.filter(state_on__gte=at.since) if bounded else found


def _totals(at: Any, asked: Asked) -> Any:
    """Return rows of state, currency, how many, minor units.

    Counted by state alone, in the order of one index, and the few with money apart from another.
    """
    parts = []
    for states, bounded in _arms(asked, ROAD):
        found = _standing(_narrowed(at, asked), states, at, bounded)
        many = found.annotate(none=Value("", CharField())).values_list("state", "none")
        parts.append(many.annotate(many=Count("pk"), minor=Value(0, BigIntegerField())))
        worth = found.filter(value_minor__isnull=False).values_list("state", "currency")
        total = Sum("value_minor", output_field=BigIntegerField())
        parts.append(worth.annotate(many=Value(0, BigIntegerField()), minor=total))
    return parts[0].union(*parts[1:], all=True)


def _chosen(at: Any, asked: Asked) -> Any:
    """Return the rows of the list, in no order yet."""
    where = Q()
    for states, bounded in _arms(asked, asked.states):
        one = Q() if len(states) == len(ROAD) else Q(state__in=states)
        where |= one & Q(state_on__gte=at.since) if bounded else one
    return _narrowed(at, asked).filter(where)


def _order(asked: Asked, own: str) -> tuple[Any, ...]:
    newest = (F("state_on").desc(), F("id").desc())
    ranks = [When(state=state, then=place) for place, state in enumerate(ROAD)]
    # Money of one currency is not compared with another’s: the own first, then by code.
    nearest = Case(When(value_minor=None, then=2), When(currency=own, then=0), default=1)
    return {
        "": newest,
        "age": (F("state_on").asc(), F("id").asc()),
        "partner": (F("relationship__person__sort_key").asc(), F("relationship_id").asc(), *newest),
        "state": (Case(*ranks, default=len(ROAD)), *newest),
        "value": (nearest, F("currency").asc(), F("value_minor").desc(nulls_last=True), *newest),
    }[asked.sort]


def _columns(at: Any, asked: Asked) -> Any:
    """Return the newest few of each state: a short stretch of the index each."""
    few = Q()
    for state in asked.states:
        for some, bounded in _arms(asked, (state,)):
            one = _standing(_narrowed(at, asked, few=True), some, at, bounded)
            few |= Q(pk__in=one.order_by("-state_on", "-id").values("pk")[:FEW])
    return Referral.objects.filter(few)


class Line(NamedTuple):
    """What the list and the board say of a referral, as the database has it."""

    pk: int
    way: str
    state: str
    state_on: date
    version: int
    need: str
    minor: int | None
    currency: str
    outcome: str
    partner_pk: int
    partner: str
    partner_given: str
    person_pk: int | None
    person: str | None
    silent: bool | None
    firm: str | None
    company_pk: int | None
    receiver_asked_on: date | None
    receiver_answer: str
    prospect_asked_on: date | None
    prospect_answer: str
    thanked_on: date | None

    @property
    def prospect(self) -> str:
        """Who is introduced, as ``Referral.prospect`` says it."""
        return ", ".join(name for name in (self.person, self.firm) if name) or "Somebody"

    @property
    def money(self) -> Money | None:
        return None if self.minor is None else Money(self.minor, self.currency)


def _lines(found: Any) -> Any:
    return found.order_by().values_list(
        "pk", "direction", "state", "state_on", "version", "need", "value_minor", "currency",
        "outcome", "relationship_id", "relationship__person__name",
        "relationship__person__given", "person_id", "person__name", "person__do_not_contact",
        "company__name", "company_id", "receiver_asked_on", "receiver_answer",
        "prospect_asked_on", "prospect_answer", "thanked_on",
    )  # fmt: skip


_PLAIN = Asked()
_AT: dict[str, Any] = {"member": MEMBER, "since": DAY, "gone": KEYS}
_TOTALS_PLAIN = Prepared(lambda at: _totals(at, _PLAIN), **_AT)
_COLUMNS_PLAIN = Prepared(lambda at: _lines(_columns(at, _PLAIN)), member=MEMBER, since=DAY)
_FIRST_PLAIN = Prepared(
    lambda at: (
        _chosen(at, _PLAIN).order_by(*_order(_PLAIN, "")).values_list("pk", flat=True)[:PAGE]
    ),
    **_AT,
)
_LINES = Prepared(
    lambda at: _lines(Referral.objects.visible_to(at.member).filter(one_of("id", at.keys))),
    member=MEMBER,
    keys=KEYS,
)


def _is_plain(asked: Asked) -> bool:
    return not asked.narrows and not asked.period and not asked.state and not asked.sort


def totals(at: At, asked: Asked) -> dict[State, Total]:
    """Return how many stand in each state, whatever states were asked for, and their money."""
    plain = not asked.narrows and not asked.period
    rows = _TOTALS_PLAIN(**at.slots()) if plain else _totals(at, asked)
    found: dict[State, list[Total]] = {}
    for state, currency, many, minor in rows:
        money = ((currency, int(minor)),) if currency else ()
        found.setdefault(State(state), []).append(Total(many, money))
    return {state: together(some) for state, some in found.items()}


def keys(at: At, asked: Asked, first: int = 0, many: int | None = PAGE) -> list[int]:
    """Return the keys of some rows of the list in its order; all from ``first`` where None."""
    if _is_plain(asked) and first == 0 and many == PAGE:
        return list(_FIRST_PLAIN(**at.slots()))
    own = currency_of(at.member.workspace.country)
    found = _chosen(at, asked).order_by(*_order(asked, own)).values_list("pk", flat=True)
    return list(found[first:] if many is None else found[first : first + many])


def columns(at: At, asked: Asked) -> dict[State, list[Line]]:
    """Return the newest ``FEW`` of each state that was asked for, newest first."""
    found = (
        _COLUMNS_PLAIN(member=at.member, since=at.since)
        if _is_plain(asked)
        else _lines(_columns(at, asked))
    )
    made: dict[State, list[Line]] = {state: [] for state in asked.states}
    for line in sorted(
        map(Line._make, found), key=lambda one: (one.state_on, one.pk), reverse=True
    ):
        made[State(line.state)].append(line)
    return made


def lines(member: "Member", ids: Sequence[int]) -> list[Line]:
    """Return what is said of some referrals, in the order of their keys."""
    if not ids:
        return []
    found = {line.pk: line for line in map(Line._make, _LINES(member=member, keys=ids))}
    return [found[pk] for pk in ids if pk in found]
