"""The referrals that answer to what was asked for: rows, totals, the newest of each state.

What is asked without words to look for is SQL that is made once (decisions/0005).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import combinations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db.models import BigIntegerField, Case, CharField, Count, F, Q, Sum, Value, When

from touchline.core.fold import fold, words
from touchline.core.money import Money, currency_of
from touchline.core.prepared import DAY, KEY, KEYS, MEMBER, TEXT, Prepared, one_of
from touchline.referrals.listing.asked import GOING, ROAD, YEAR, Asked, Total, together
from touchline.referrals.models import Referral, State
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

PAGE = 40
FEW = 4  # Cards in a column of the board.


@dataclass(frozen=True, slots=True)
class At:
    """What the queries are asked with, by the names of their slots.

    Those ``GOING`` count from the day ``going`` on, the others from ``since``. ``gone`` are the
    relationships whose person is: few. Left out by their keys, not each of many referrals goes
    and looks whether its partner is there; what is left is what ``visible_to`` leaves. ``narrows``
    has the value of each column that is asked for one.
    """

    member: "Member"
    going: date
    since: date
    gone: tuple[int, ...]
    narrows: dict[str, Any]

    @classmethod
    def of(cls, member: "Member", asked: Asked) -> Self:
        first = EARLIEST
        if asked.period != "all":
            first = member.today() - timedelta(days=int(asked.period or YEAR))
        narrows = {}
        for column, (name, kind) in _NARROWS.items():
            if said := getattr(asked, name):
                narrows[column] = int(said) if kind is KEY else said
        gone = tuple(pk for (pk,) in _GONE(member=member))
        return cls(member, first if asked.period else EARLIEST, first, gone, narrows)

    @property
    def days(self) -> dict[str, Any]:
        """Who asks, and from which days on."""
        return {"member": self.member, "going": self.going, "since": self.since}

    @property
    def own(self) -> str:
        """The currency of the member's country."""
        return currency_of(self.member.workspace.country)


EARLIEST = date(2, 1, 1)
# The columns of which one value is asked for: the filter's name, and the slot's kind.
_NARROWS: dict[str, tuple[str, Any]] = {
    "direction": ("way", TEXT),
    "relationship_id": ("partner", KEY),
    "member_id": ("member", KEY),
    "currency": ("currency", TEXT),
}
# Every choice of them: what is asked with any of these is SQL that is made once.
_CHOICES = [some for many in range(len(_NARROWS) + 1) for some in combinations(_NARROWS, many)]

_GONE = Prepared(
    lambda at: (
        Relationship.objects.filter(workspace_id=at.member.workspace_id)
        .filter(Q(person__deleted_at__isnull=False) | Q(person__merged_into__isnull=False))
        .order_by("pk")
        .values_list("pk")
    ),
    member=MEMBER,
)


def _spans(at: Any, states: Sequence[State]) -> list[tuple[list[State], date]]:
    """Return groups of states, each with the day from which on they count.

    Apart, so that each is one stretch of the index.
    """
    going = [state for state in states if state in GOING]
    settled = [state for state in states if state not in GOING]
    return [(some, day) for some, day in ((going, at.going), (settled, at.since)) if some]


def _narrowed(found: Any, at: Any, columns: Iterable[str], text: str = "") -> Any:
    """Return the referrals that filters other than state and period leave."""
    for column in columns:
        found = found.filter(**{column: getattr(at, column)})
    for word in text.split()[:8]:
        found = found.filter(_says(at, word))
    return found


def _there(at: Any) -> Any:
    found = Referral.objects.order_by().filter(workspace_id=at.member.workspace_id)
    return found.exclude(one_of("relationship_id", at.gone))


def _says(at: Any, word: str) -> Q:
    """Return the condition that one word is said of a referral somewhere."""
    said = Q(need__icontains=word) | Q(became__icontains=word)
    if folded := " ".join(words(word)) or fold(word):
        # Partners are few: found once, and not with each of what was passed to them.
        partners = Relationship.objects.filter(
            workspace_id=at.member.workspace_id, person__sort_key__contains=folded
        )
        said |= Q(relationship__in=partners.values("pk")) | Q(person__sort_key__contains=folded)
        for whose in ("company", "person__company"):
            said |= Q(**{f"{whose}__folded__contains": folded})
    return said


def _totals(at: Any, names: Iterable[str], text: str = "") -> Any:
    """Return rows of state, currency, how many, minor units.

    Counted by state alone, in the order of one index, and the few with money apart from another:
    those in one's own currency are one stretch of it, those in others the rest. Where each has
    to be looked at for a word, both in one go.
    """
    found = _narrowed(_there(at), at, names, text)
    none, minor = Value(0, BigIntegerField()), Sum("value_minor", output_field=BigIntegerField())
    parts = []
    for states, first in _spans(at, ROAD):
        some = found.filter(state__in=states, state_on__gte=first)
        by_currency = some.values_list("state", "currency")
        if text:
            parts.append(by_currency.annotate(many=Count("pk"), minor=minor))
            continue
        many = some.annotate(none=Value("", CharField())).values_list("state", "none")
        parts.append(many.annotate(many=Count("pk"), minor=none))
        for currencies in (Q(currency=at.own), Q(currency__lt=at.own), Q(currency__gt=at.own)):
            worth = by_currency.filter(currencies, value_minor__isnull=False)
            parts.append(worth.annotate(many=none, minor=minor))
    return parts[0].union(*parts[1:], all=True)


def _chosen(at: Any, states: Sequence[State], names: Iterable[str], text: str = "") -> Any:
    """Return the rows of the list, in no order yet."""
    where = Q()
    for some, first in _spans(at, states):
        where |= Q(state__in=some, state_on__gte=first)
    return _narrowed(_there(at), at, names, text).filter(where)


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


def _columns(at: Any, states: Sequence[State], names: Iterable[str], text: str = "") -> Any:
    """Return the newest few of each state: a short stretch of the index each."""
    few = Q()
    for some, first in _spans(at, states):
        for state in some:
            found = Referral.objects.visible_to(at.member).filter(state=state, state_on__gte=first)
            found = _narrowed(found, at, names, text).order_by("-state_on", "-id")
            few |= Q(pk__in=found.values("pk")[:FEW])
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


def _each(build: Callable[..., Any], **slots: Any) -> dict[Any, Prepared]:
    """Return a query for each choice of columns."""
    return {
        some: Prepared(
            partial(build, names=some), **slots, **{name: _NARROWS[name][1] for name in some}
        )
        for some in _CHOICES
    }


_DAYS: dict[str, Any] = {"member": MEMBER, "going": DAY, "since": DAY}
_TOTALS = _each(_totals, gone=KEYS, own=TEXT, **_DAYS)
_COLUMNS = _each(lambda at, names: _lines(_columns(at, ROAD, names)), **_DAYS)
_FIRST_PLAIN = Prepared(
    lambda at: (
        _chosen(at, ROAD, ()).order_by(*_order(Asked(), "")).values_list("pk", flat=True)[:PAGE]
    ),
    gone=KEYS,
    **_DAYS,
)
_LINES = Prepared(
    lambda at: _lines(Referral.objects.visible_to(at.member).filter(one_of("id", at.keys))),
    member=MEMBER,
    keys=KEYS,
)


def totals(at: At, asked: Asked) -> dict[State, Total]:
    """Return how many stand in each state, whatever states were asked for, and their money."""
    given = {**at.days, "gone": at.gone, "own": at.own, **at.narrows}
    if asked.q:
        rows = _totals(SimpleNamespace(**given), at.narrows, asked.q)
    else:
        rows = _TOTALS[tuple(at.narrows)](**given)
    found: dict[State, list[Total]] = {}
    for state, currency, many, minor in rows:
        money = ((currency, int(minor)),) if currency else ()
        found.setdefault(State(state), []).append(Total(many, money))
    return {state: together(some) for state, some in found.items()}


def keys(at: At, asked: Asked, first: int = 0, many: int | None = PAGE) -> list[int]:
    """Return the keys of some rows of the list in its order; all from ``first`` where None."""
    given = {**at.days, "gone": at.gone}
    if (asked.url(period=""), first, many) == (Asked().url(), 0, PAGE):
        return list(_FIRST_PLAIN(**given))
    found = _chosen(SimpleNamespace(**given, **at.narrows), asked.states, at.narrows, asked.q)
    found = found.order_by(*_order(asked, at.own)).values_list("pk", flat=True)
    return list(found[first:] if many is None else found[first : first + many])


def columns(at: At, asked: Asked) -> dict[State, list[Line]]:
    """Return the newest ``FEW`` of each state that was asked for, newest first."""
    given = {**at.days, **at.narrows}
    if asked.q:
        found = _lines(_columns(SimpleNamespace(**given), asked.states, at.narrows, asked.q))
    else:
        found = _COLUMNS[tuple(at.narrows)](**given)
    made: dict[State, list[Line]] = {state: [] for state in asked.states}
    for line in sorted(
        map(Line._make, found), key=lambda one: (one.state_on, one.pk), reverse=True
    ):
        if line.state in made:
            made[State(line.state)].append(line)
    return made


def lines(member: "Member", ids: Sequence[int]) -> list[Line]:
    """Return what is said of some referrals, in the order of their keys."""
    if not ids:
        return []
    found = {line.pk: line for line in map(Line._make, _LINES(member=member, keys=ids))}
    return [found[pk] for pk in ids if pk in found]
