"""The balances of many relationships as a table that sorts by any of its columns. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from touchline.referrals.balance.balance import Balance, Passed
from touchline.referrals.balance.picture import draw
from touchline.referrals.balance.shown import average, money_words, of_many

EXCHANGED, TRUST = "exchanged", "trust"
NAME = "name"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``value`` is what it sorts by, None where nothing is known, ``says`` its cell.

    A cell that ``wraps`` may take a second line; the others are as wide as what they say.
    """

    key: str
    group: str
    label: str
    value: Callable[[Balance], Any]
    says: Callable[[Balance, str], str]
    wraps: bool = False


def _figure(key: str, group: str, label: str, value: Callable[[Balance], int]) -> Column:
    return Column(key, group, label, value, lambda balance, _: f"{value(balance) or '–'}")


def _share(
    key: str, group: str, label: str, part: Callable[[Balance], int], of: Callable[[Balance], int]
) -> Column:
    def value(balance: Balance) -> Fraction | None:
        many = of(balance)
        return Fraction(part(balance), many) if many else None

    def says(balance: Balance, _: str) -> str:
        return of_many(part(balance), of(balance), "–")

    return Column(key, group, label, value, says)


def _days(
    key: str, group: str, label: str, days: Callable[[Balance], int], of: Callable[[Balance], int]
) -> Column:
    def value(balance: Balance) -> Fraction | None:
        many = of(balance)
        return Fraction(days(balance), many) if many else None

    def says(balance: Balance, _: str) -> str:
        many = of(balance)
        # Without its article: a dozen columns have to fit.
        said = average(days(balance), many).removeprefix("the ")
        return f"{said} ({many})" if many else "–"

    return Column(key, group, label, value, says)


def _money(way: str, label: str, currency: str) -> Column:
    """Return the money that went one way, which sorts by one currency and shows them all."""
    passed: Callable[[Balance], Passed] = lambda balance: getattr(balance, way)  # noqa: E731

    def value(balance: Balance) -> int:
        return dict(passed(balance).money).get(currency, 0)

    def says(balance: Balance, country: str) -> str:
        return ", ".join(money_words(passed(balance), country)) or "–"

    return Column(f"money_{way}_{currency}", "Business won", label, value, says, wraps=True)


EXCHANGED_COLUMNS = (
    _figure("given", "Referrals", "You gave", lambda b: b.given.passed),
    _figure("received", "Referrals", "They gave", lambda b: b.received.passed),
    _share("duds_given", "Duds of them", "Given", lambda b: b.given.duds, lambda b: b.given.passed),
    _share(
        "duds_received", "Duds of them", "Received",
        lambda b: b.received.duds, lambda b: b.received.passed,
    ),
    _figure("help_given", "Other help", "You gave", lambda b: b.given.help),
    _figure("help_received", "Other help", "They gave", lambda b: b.received.help),
    _figure("introduced", "As a third", "Introduced", lambda b: b.introduced),
    _figure("introduced_by", "As a third", "Introducing", lambda b: b.introduced_by),
)  # fmt: skip
TRUST_COLUMNS = (
    _days(
        "contact_ours", "First contact after", "You",
        lambda b: b.received.contact_days, lambda b: b.received.contacted,
    ),
    _days(
        "contact_theirs", "First contact after", "They",
        lambda b: b.given.contact_days, lambda b: b.given.contacted,
    ),
    _days(
        "told_ours", "Feedback after", "You",
        lambda b: b.received.told_days, lambda b: b.received.told,
    ),
    _days(
        "told_theirs", "Feedback after", "They",
        lambda b: b.given.told_days, lambda b: b.given.told,
    ),
    _share("kept_ours", "Promises kept", "You", lambda b: b.ours.kept, lambda b: b.ours.due),
    _share("kept_theirs", "Promises kept", "They", lambda b: b.theirs.kept, lambda b: b.theirs.due),
    _figure("asked_ours", "Asked to meet", "You", lambda b: b.ours.asked),
    _figure("asked_theirs", "Asked to meet", "They", lambda b: b.theirs.asked),
    _share("travelled", "Travelled", "You", lambda b: b.travelled, lambda b: b.met),
)  # fmt: skip


def columns(half: str, currencies: Iterable[str], own: str) -> tuple[Column, ...]:
    """Return the columns of one half; money has one for each currency, the country's own first.

    Where there are several currencies, each sorts by its own and only the first pair is shown:
    see ``shown_columns``.
    """
    if half == TRUST:
        return TRUST_COLUMNS
    order = sorted(currencies, key=lambda code: (code != own, code)) or [own]
    money = (
        _money(way, label, currency)
        for currency in order
        for way, label in (("given", "You gave"), ("received", "They gave"))
    )
    return (*EXCHANGED_COLUMNS[:4], *money, *EXCHANGED_COLUMNS[4:])


def shown_columns(every: Sequence[Column]) -> list[Column]:
    """Return the columns that are shown: money once, with all its currencies in a cell."""
    seen: set[str] = set()
    found = []
    for column in every:
        place = column.key.rsplit("_", 1)[0] if column.key.startswith("money_") else column.key
        if place not in seen:
            seen.add(place)
            found.append(column)
    return found


def ordered(
    balances: Mapping[int, Balance],
    names: Sequence[tuple[int, str]],
    every: Sequence[Column],
    sort: str,
) -> list[tuple[int, str]]:
    """Return keys and names in the order of a column's key, the largest first after a minus.

    ``names`` come by name, which stays the order among equals and of an unknown key. Those of
    which nothing is known come last, whichever way.
    """
    down, key = sort.startswith("-"), sort.removeprefix("-")
    if key == NAME:
        return list(reversed(names)) if down else list(names)
    column = next((one for one in every if one.key == key), None)
    if column is None:
        return list(names)
    nothing = Balance()
    known, unknown = [], []
    for one in names:
        value = column.value(balances.get(one[0], nothing))
        if value is None:
            unknown.append(one)
        else:
            known.append((value, one))
    known.sort(key=lambda pair: pair[0], reverse=down)
    return [*(one for _, one in known), *unknown]


def most(balances: Iterable[Balance]) -> int:
    """Return the largest number of referrals that went one way, which the pictures scale by."""
    return max((max(b.given.passed, b.received.passed) for b in balances), default=0)


def rows(
    names: Iterable[tuple[int, str, str]],
    balances: Mapping[int, Balance],
    shown: Sequence[Column],
    country: str,
    scale: int | None,
) -> list[SafeString]:
    """Return some relationships, by key, name and address, as the rows of the table.

    Every string is ready, so that thirty rows of a dozen cells stay fast. With a ``scale`` the
    picture of given and received stands after the first column.
    """
    nothing = Balance()
    return [_row(name, url, balances.get(key, nothing), shown, country, scale)
            for key, name, url in names]  # fmt: skip


_ENDS = {False: "<td>", True: '<td class="balances__wraps">'}


def _cells(balance: Balance, shown: Sequence[Column], country: str, picture: str | None) -> str:
    """Return the cells of a row, escaped in one call; a picture stands after the first."""
    said = "\x1e".join(column.says(balance, country) for column in shown)
    texts = escape(said).split("\x1e")
    cells = [f"{_ENDS[column.wraps]}{text}</td>" for column, text in zip(shown, texts, strict=True)]
    if picture is not None:
        cells[0] += f'<td class="balances__picture">{picture}</td>'
    return "".join(cells)


def _row(
    name: str,
    url: str,
    balance: Balance,
    shown: Sequence[Column],
    country: str,
    scale: int | None,
) -> SafeString:
    picture = None
    if scale is not None:
        picture = draw(balance.given.passed, balance.received.passed, scale)
    cells = _cells(balance, shown, country, picture)
    return mark_safe(  # noqa: S308 - each part is escaped, or a drawing of ours
        f'<tr><th scope="row"><a href="{escape(url)}">{escape(name)}</a></th>{cells}</tr>'
    )


def totals(
    balance: Balance, shown: Sequence[Column], country: str, *, with_picture: bool
) -> SafeString:
    """Return the cells of what all come to, as wide as those of a row."""
    cells = _cells(balance, shown, country, "" if with_picture else None)
    return mark_safe(cells)  # noqa: S308 - escaped above
