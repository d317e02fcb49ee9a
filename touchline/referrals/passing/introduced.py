"""The referrals of which somebody is the prospect, as one arm of a query of a person's page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, IntegerField, Value
from django.db.models.functions import Cast, Concat

from touchline.core.paths import path_to
from touchline.referrals.models import Direction, Referral, State

KIND = "referral"
_PART = "|"


@dataclass(frozen=True, slots=True)
class Introduced:
    """One of them: what for, to or from whom, and where it stands."""

    key: int
    need: str
    partner: str
    direction: str
    state: str
    on: date

    @property
    def is_given(self) -> bool:
        return self.direction == Direction.GIVEN

    @property
    def url(self) -> str:
        return path_to("referrals:referral", self.key)

    @property
    def state_label(self) -> str:
        return str(State(self.state).label)


def _text(value: str) -> Any:
    return Value(value, output_field=CharField())


def rows(person: Any) -> Any:
    """Return them with the columns of a person's points and tags, for a union with those."""
    return (
        Referral.objects.filter(
            person=person, relationship__person__deleted_at=None,
            relationship__person__merged_into=None,
        )
        .order_by()
        .values_list(
            _text(KIND),
            Cast("need", CharField()),
            Cast("relationship__person__name", CharField()),
            Concat(
                "direction", _text(_PART), "state", _text(_PART), Cast("state_on", CharField()),
                output_field=CharField(),
            ),
            Value(0, output_field=IntegerField()),
            "pk",
        )
    )  # fmt: skip


def read(key: int, need: str, partner: str, packed: str) -> Introduced:
    """Read one of those rows."""
    direction, state, on = packed.split(_PART)
    return Introduced(key, need, partner, direction, state, date.fromisoformat(on))
