"""What the list and the board of referrals were asked for. Pure.

Both take the same query string. docs/domain/referral-list.md says what it leaves in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict

from touchline.core.asking import read, written
from touchline.referrals.states import BEFORE, CLOSED, OUTCOMES, UNDER_WAY, Direction, State

YEAR = 365  # Days.

# The states in the order of the road, in groups that pages show together.
BANDS: dict[str, tuple[str, tuple[State, ...]]] = {
    "before": ("Not passed yet", BEFORE),
    "under-way": ("Under way", UNDER_WAY),
    "came": ("What came of it", OUTCOMES),
    "closed": ("Closed", CLOSED),
}
ROAD = tuple(state for _, states in BANDS.values() for state in states)
# Something is still to come of them, however long ago they got there.
GOING = (*BEFORE, *UNDER_WAY, State.NOT_YET)
PERIODS = {
    "": "Now and a year back",
    "30": "The last 30 days",
    "90": "The last 90 days",
    "365": "The last year",
    "all": "Since the beginning",
}
SORTS = {
    "": "Newest first",
    "age": "Longest in its state",
    "partner": "By partner",
    "state": "By state",
    "value": "By value",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The query string, what it cannot mean left out."""

    q: str = ""
    way: str = ""
    state: str = ""
    partner: str = ""
    member: str = ""
    period: str = ""
    currency: str = ""
    sort: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read a query string; what is unknown counts as not given."""
        given = read(
            query,
            cls.__dataclass_fields__,
            among={
                "way": Direction.values,
                "state": [*BANDS, *State.values],
                "period": PERIODS,
                "sort": SORTS,
            },
            keys=("partner", "member"),
        )
        given["currency"] = given["currency"].upper()
        if not (len(given["currency"]) == 3 and given["currency"].isascii()):
            given["currency"] = ""
        return cls(**given)

    def url(self, **changes: str) -> str:
        """Return the query string with ``changes``; what is empty is left out."""
        return written(self.said(**changes))

    def said(self, **changes: str) -> dict[str, str]:
        """Return what was asked for by name, with ``changes``, what is empty left out."""
        values = {name: getattr(self, name) for name in self.__dataclass_fields__} | changes
        return {name: value for name, value in values.items() if value}

    @property
    def states(self) -> tuple[State, ...]:
        """The states asked for, in the order of the road."""
        if self.state in BANDS:
            return BANDS[self.state][1]
        return (State(self.state),) if self.state else ROAD

    @property
    def narrows(self) -> bool:
        """Whether anything but states, period and order leaves some out."""
        return any((self.way, self.partner, self.member, self.currency, self.q))


@dataclass(frozen=True, slots=True)
class Total:
    """How many stand in a state, and their money by currency, in minor units."""

    many: int
    money: tuple[tuple[str, int], ...]


NONE = Total(0, ())


def together(totals: Iterable[Total]) -> Total:
    """Return the total of some."""
    many, money = 0, dict[str, int]()
    for one in totals:
        many += one.many
        for currency, minor in one.money:
            money[currency] = money.get(currency, 0) + minor
    return Total(many, tuple(sorted(money.items())))
