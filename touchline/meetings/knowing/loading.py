"""Loads what is known for those who ask: history with companies, and the days that come up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import CharField, Q
from django.db.models.functions import Cast, Substr

from touchline.core.prepared import DAY, KEYS, MEMBER, TEXT, Prepared, one_of
from touchline.meetings.knowing import days
from touchline.meetings.models import Fact

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# The newest are enough: history with a firm is a handful of sentences.
MOST = 200


@dataclass(frozen=True, slots=True)
class History:
    """What somebody has had to do with a company, or what I have where ``person`` is None.

    ``text`` is as it was said, ``on`` when, ``confirmed_on`` when last; ``said_by`` a SaidBy.
    """

    fact: int
    company: int
    company_name: str
    person: int | None
    who: str
    text: str
    said_by: str
    topic: str
    on: date
    confirmed_on: date


_HISTORY = Prepared(
    lambda at: (
        Fact.objects.visible_to(at.member)
        .current()
        .filter(one_of("company_id", at.companies), company__deleted_at=None)
        .order_by("-on", "-pk")
        .values_list(
            "pk", "company_id", "company__name", "person_id", "person__name", "text", "said_by",
            "topic", "on", "confirmed_on",
        )[:MOST]
    ),
    member=MEMBER,
    companies=KEYS,
)  # fmt: skip


def history_with(
    company_ids: Iterable[int | None], member: "Member"
) -> Mapping[int, tuple[History, ...]]:
    """Return what is known of anybody's history with these companies, newest first, by company.

    One query, none where there is no company; what others say of themselves is not in it.
    """
    keys = [key for key in dict.fromkeys(company_ids) if key is not None]
    found: dict[int, list[History]] = {}
    for row in _HISTORY(member=member, companies=keys) if keys else ():
        fact, company, name, person, who, text, said_by, topic, on, confirmed_on = row
        one = History(
            fact, company, name, person, who or "", text, said_by, topic, on, confirmed_on
        )
        found.setdefault(one.company, []).append(one)
    return {key: tuple(rows) for key, rows in found.items()}


@dataclass(frozen=True, slots=True)
class Coming:
    """A day that comes up, of a person by key and name, or my own where that is None."""

    fact: int
    person: int | None
    occasion: days.Occasion


# The day of the year as text, which both databases compare as it stands.
_OF_YEAR = Substr(Cast("dated_on", CharField()), 6)

_DATED = Prepared(
    lambda at: (
        Fact.objects.visible_to(at.member)
        .current()
        # A stretch of days, so that both databases go by the index of facts that have one.
        .filter(dated_on__gte=date.min, dated_on__lte=at.until)
        .filter(Q(of_member=at.member.pk) | Q(person__relationship__main_contact=at.member.pk))
        .alias(of_year=_OF_YEAR)
        .filter(
            Q(yearly=False, dated_on__gte=at.today)
            | Q(yearly=True, of_year__gte=at.first, of_year__lte=at.last)
            | Q(yearly=True, of_year__gte=at.first_next, of_year__lte=at.last_next)
        )
        .order_by("dated_on", "pk")
        .values_list("pk", "person_id", "slot", "text", "dated_on", "yearly", "on")
    ),
    member=MEMBER,
    today=DAY,
    until=DAY,
    first=TEXT,
    last=TEXT,
    first_next=TEXT,
    last_next=TEXT,
)


def coming(member: "Member", today: date) -> list[Coming]:
    """Return the days that come up for those whose main contact one is, and one's own.

    One query, by the index of facts with a day; birthdays of a person's own record are not
    in it (``days.next_birthday``).
    """
    first, last, first_next, last_next = days.stretches(today)
    rows = _DATED(
        member=member,
        today=today,
        until=today + days.AHEAD,
        first=first,
        last=last,
        first_next=first_next,
        last_next=last_next,
    )
    found = []
    for pk, person, slot, text, dated_on, yearly, said_on in rows:
        on = days.next_occurrence(dated_on, today, yearly=yearly)
        if on is not None and days.upcoming(on, today):
            birthday = yearly and slot == days.BIRTHDAY
            since = days.year_of_birth(dated_on, said_on) if birthday else None
            found.append(Coming(pk, person, days.Occasion(on, text, birthday, since)))
    return found
