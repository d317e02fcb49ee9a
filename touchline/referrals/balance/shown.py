"""A balance in words and pictures, line by line, each with how many it rests on. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from touchline.core.money import Money, shown
from touchline.core.words import capital, count, number
from touchline.referrals.balance.balance import Balance, Passed
from touchline.referrals.balance.picture import draw

# Fewer events than this are said to be few.
FEW = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on both sides; ``ours`` is what we gave or did, ``theirs`` what they did."""

    label: str
    ours: str
    theirs: str
    picture: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows of a balance.

    ``exchanged`` lines have pictures, ``trust`` lines none; ``notes`` are sentences: what a
    third took part in, what can't be known, and where there is too little to read much into.
    """

    exchanged: tuple[Line, ...]
    trust: tuple[Line, ...]
    notes: tuple[str, ...]


def average(total: int, many: int) -> str:
    """Say days on average: *2 days*, *1.5 days*, *the same day*."""
    if not many:
        return ""
    tenths = (20 * total + many) // (2 * many)
    if not tenths:
        return "the same day"
    said = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"
    return f"{said} day{'' if tenths == 10 else 's'}"


def of_many(part: int, many: int, none: str = "none") -> str:
    """Say a share with what it rests on: *2 of 9*."""
    return f"{part} of {many}" if many else none


def money_words(passed: Passed, country: str) -> list[str]:
    """Say the money that went one way, a currency each."""
    return [shown(Money(minor, currency), country) for currency, minor in passed.money]


def show(balance: Balance, name: str, country: str) -> Shown:
    """Put a balance into lines; ``name`` is what the partner is called."""
    return Shown(
        tuple(_exchanged(balance, name, country)),
        tuple(_trust(balance)),
        tuple(_notes(balance, name)),
    )


def _exchanged(balance: Balance, name: str, country: str) -> Iterator[Line]:
    given, received = balance.given, balance.received
    yield _both("Referrals", given.passed, received.passed, name)
    for currency in sorted({*dict(given.money), *dict(received.money)}):
        ours, theirs = dict(given.money).get(currency, 0), dict(received.money).get(currency, 0)
        said = [shown(Money(minor, currency), country) for minor in (ours, theirs)]
        words = f"Business won: given {said[0]}, received {said[1]}"
        yield Line("Business won", said[0], said[1], draw(ours, theirs, max(ours, theirs), words))
    yield _both("Other help", given.help, received.help, name)


def _both(label: str, ours: int, theirs: int, name: str) -> Line:
    words = f"{label}: you gave {number(ours)}, {name} gave {number(theirs)}"
    # Up to a handful a bar is a beat of its own length: one against none is no landslide.
    return Line(label, str(ours), str(theirs), draw(ours, theirs, max(ours, theirs, FEW), words))


def _trust(balance: Balance) -> Iterator[Line]:
    """Say who did what: of what we gave, they make the first contact and tell what came of it."""
    given, received, ours, theirs = balance.given, balance.received, balance.ours, balance.theirs
    if given.passed or received.passed or given.contacted or received.contacted:
        yield Line(
            "Duds", of_many(given.duds, given.passed), of_many(received.duds, received.passed)
        )
        yield Line(
            "Days to first contact",
            _after(received.contact_days, received.contacted, received.passed),
            _after(given.contact_days, given.contacted, given.passed),
        )
    if given.ended or received.ended:
        yield Line(
            "Days to feedback",
            _after(received.told_days, received.told, received.ended),
            _after(given.told_days, given.told, given.ended),
        )
    if ours.due or theirs.due:
        yield Line(
            "Promises kept",
            of_many(ours.kept, ours.due, "none due"),
            of_many(theirs.kept, theirs.due, "none due"),
        )
    if balance.met:
        yield Line("Asked for the one-to-one", str(ours.asked), str(theirs.asked))


def _after(days: int, many: int, of: int) -> str:
    if not of:
        return "nothing to answer"
    return f"{average(days, many)}, {many} of {of}" if many else f"not known of {of}"


def _notes(balance: Balance, name: str) -> Iterator[str]:
    if balance.met:
        held = count(balance.met, "one-to-one")
        yield (
            f"You travelled to {number(balance.travelled)} of {held}; "
            f"whether {name} travelled to the others is not recorded."
        )
    if balance.introduced:
        yield (
            f"{name} was the one introduced in {count(balance.introduced, 'referral')} "
            "with another partner."
        )
    if balance.introduced_by:
        yield (
            f"{name} made the introduction in {count(balance.introduced_by, 'referral')} "
            "with another partner."
        )
    unvalued = [
        f"{number(way.won - way.valued)} {said}"
        for way, said in ((balance.given, "given"), (balance.received, "received"))
        if way.won > way.valued
    ]
    if unvalued:
        yield f"{capital(' and '.join(unvalued))} became business of a value not known."
    events = sum(way.passed + way.help for way in (balance.given, balance.received))
    if 0 < events < FEW:
        many = "one event" if events == 1 else f"{number(events)} events"
        yield f"This rests on {many}: too few to read much into."
