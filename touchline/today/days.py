"""Days to remember: birthdays on people's records, and the days that facts are about. Pure."""

from collections.abc import Iterable
from datetime import date

from touchline.meetings.knowing.days import Occasion, next_birthday, upcoming
from touchline.today.shapes import DayComing, Someone


def days_of(
    known: dict[int, Someone], occasions: Iterable[tuple[int | None, Occasion]], today: date
) -> tuple[DayComing, ...]:
    """Return what comes up of those in the programme and of oneself, the nearest first.

    Each once: a birthday may be on the record and among the facts as well.
    """
    by_person = {who.person: who for who in known.values()}
    found: dict[tuple[object, ...], DayComing] = {}

    def take(who: Someone | None, one: Occasion) -> None:
        if upcoming(one.on, today):
            key = (who and who.key, one.on, "" if one.birthday else one.text)
            found.setdefault(key, DayComing(one, who, one.placed(today)))

    for who in known.values():
        if who.birthday and (born := next_birthday(who.birthday, today)):
            take(who, Occasion(born[0], "", birthday=True, since=born[1]))
    for person, one in occasions:
        if person is None or person in by_person:
            take(by_person[person] if person is not None else None, one)
    return tuple(sorted(found.values(), key=lambda one: one.occasion.on))
