"""Money as it is typed and as it is said. Pure.

Kept in minor units (pence, cents) with the currency's ISO 4217 code. How many minor units a
currency has, how its country writes numbers and which currency is a country's own are Babel's
to know.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from touchline.core.refusal import Refused

# Beyond this many whole units it is a slip of the finger.
MOST = 1_000_000_000
# A figure longer than this is no amount, and would be rounded where it is worked with.
_LONGEST = 24
# What stands before, the figure, *k* or *m* for thousands and millions, and what stands behind.
_SHAPE = re.compile(
    r"(?P<before>\D*?)"
    r"(?P<number>(?:(?<![^\s£€$¥₹])[.,])?\d(?:[\d.,'’٬\s]*\d)?)(?:[.,](?!\w)[-–—]*)?"
    r"\s*(?P<times>[kKmM](?!\w))?"
    r"(?P<after>\D*)"
)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}
# What a country means by them where its own locale does not say.
_SYMBOLS = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD")
_NARROW = {0xFEE0 + mark: mark for mark in range(0x21, 0x7F)} | {0xFFE1: "£", 0xFFE5: "¥"}
_ENGLISH = ("GB", "IE", "US", "AU", "NZ", "ZA", "CA", "IN", "SG")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: ``minor`` units of ``currency``."""

    minor: int
    currency: str


class Ambiguous(Refused):
    """An amount to be asked back; ``readings`` has what may be meant, the likelier first.

    Mostly two of them. One alone where the text as the country reads it is finer than the
    currency goes, so that only the other way is left: probable, and still to be asked.
    """

    def __init__(self, text: str, readings: tuple[Money, ...], country: str) -> None:
        self.readings = readings
        said = [shown(one, country) for one in readings]
        if len(said) == 1:
            finer = f"“{text}” is finer than {readings[0].currency} goes."
            super().__init__(f"{finer} Did you mean {said[0]}?")
        else:
            super().__init__(f"“{text}” can be read in two ways: {' or '.join(said)}. Which is it?")


@lru_cache(maxsize=256)
def _locale(country: str) -> Any:
    """Return Babel's locale for how a country writes money, English where it is spoken."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(f"en_{country}" if country in _ENGLISH else f"und_{country}")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@lru_cache(maxsize=256)
def currency_of(country: str) -> str:
    """Return the currency of a country (ISO 3166 alpha-2), GBP where there is none."""
    from babel.numbers import get_territory_currencies

    return str(next(iter(get_territory_currencies(country)), "GBP"))


@lru_cache(maxsize=256)
def digits(currency: str) -> int:
    """Return how many decimals a currency has: 2 for most, 0 for the yen."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Return the codes of all currencies that are some country's own today."""
    from babel.core import get_global
    from babel.numbers import get_territory_currencies

    return frozenset(
        code for country in get_global("territory_currencies")
        for code in get_territory_currencies(country)
    )  # fmt: skip


def is_currency(code: str) -> bool:
    """Say whether a code is one of ISO 4217's that is in use."""
    return code in currencies()


def _plain(mark: str) -> str:
    """Return what names a currency without case, spaces and the point of an abbreviation."""
    return _typed("".join(mark.split())).casefold().rstrip(".")


def _seen(text: str) -> str:
    """Return a text without marks that nobody sees, such as those of direction."""
    return "".join(mark for mark in text if unicodedata.category(mark) != "Cf")


@lru_cache(maxsize=256)
def _symbols(country: str) -> dict[str, str]:
    """Return the symbols that are plain to a country, each with its currency.

    One that two currencies share means the country's own, or nothing where neither is.
    """
    own, locale = currency_of(country), _locale(country)
    found: dict[str, str] = {}
    for code in sorted(currencies() - {own}):
        mark = _plain(locale.currency_symbols.get(code, code))
        found[mark] = "" if mark in found else code
    for code in currencies():
        # A code always means itself, whatever a symbol elsewhere looks like.
        found[code.casefold()] = code
    found[_plain(locale.currency_symbols.get(own, own))] = own
    # What is empty, or reads as thousands or millions, names nothing.
    return {mark: code for mark, code in found.items() if code and mark not in ("", "k", "m")}


@lru_cache(maxsize=4096)
def _said(minor: int, currency: str, country: str) -> str:
    from babel.numbers import format_currency

    locale, places = _locale(country), digits(currency)
    pattern = str(locale.currency_formats["standard"].pattern).partition(";")[0]
    if minor % 10**places == 0:
        pattern = re.sub(r"\.0+", "", pattern)
        places = 0
    else:
        pattern = re.sub(r"\.0+", "." + "0" * places, pattern)
    amount = Decimal(minor).scaleb(-digits(currency))
    symbol = _plain(locale.currency_symbols.get(currency, currency))
    if _symbols(country).get(symbol) != currency:
        # A symbol that says something else here: the code it is.
        pattern = pattern.replace("¤", "¤¤")
    said = str(
        format_currency(amount, currency, locale=locale, format=pattern, currency_digits=False)
    )
    # Letters beside figures need the space that a sign does not.
    said = re.sub(r"(?<=[A-Za-z]{3})(?=\d)|(?<=\d)(?=[A-Za-z]{3})", "\u00a0", said)
    return _seen(said)


def shown(money: Money, country: str) -> str:
    """Say an amount as the country writes it; round ones without their empty decimals.

    ``read`` understands it again, in the same country.
    """
    return _said(money.minor, money.currency, country)


def decimal(money: Money) -> str:
    """Return an amount as a plain decimal for a file: *1250.50*, without its currency."""
    places = digits(money.currency)
    return f"{Decimal(money.minor).scaleb(-places):.{places}f}"


def read(text: str, country: str, currency: str = "") -> Money:
    """Read an amount as somebody in ``country`` types it: *£1,250*, *1250.50*, *2k*, *900 EUR*.

    ``currency`` is meant where the text names none; without it the country's own. Raises
    Ambiguous where a separator could be the decimal one or that of the thousands, and Refused
    with a sentence for what is no amount, less than nothing, finer than the currency or absurd.
    """
    said = _typed(text)
    found = _SHAPE.fullmatch(said)
    if not found or len(found["number"]) > _LONGEST:
        raise Refused(f"“{said[:40]}” is no amount of money. Write it as 1250 or 1,250.50.")
    before, after = found["before"].strip(), found["after"].strip()
    if re.search(r"[-−‒–—(]", before + after):
        raise Refused(f"“{said}” is less than nothing. Give the amount itself, such as 1250.")
    code = _currency((before, after), said, country, currency)
    times = _TIMES[(found["times"] or "").lower()]
    readings = [each * times for each in _readings(found["number"], country, digits(code))]
    exact = tuple(dict.fromkeys(_minor(each, code, said) for each in readings))
    whole = tuple(one for one in exact if one is not None)
    if not readings:
        raise Refused(f"“{said}” is no amount of money. Write it as 1250 or 1,250.50.")
    if not whole:
        raise Refused(f"“{said}” is finer than {code} goes. Check the figure.")
    if len(whole) > 1 or whole[0] != exact[0]:
        raise Ambiguous(said, whole, country)
    return whole[0]


def _typed(text: str) -> str:
    """Return a text without marks that nobody sees, wide forms as the narrow ones."""
    return _seen(text.translate(_NARROW)).strip()


def _currency(marks: tuple[str, str], said: str, country: str, usual: str) -> str:
    """Return the currency that the marks around a figure name, else the usual one."""
    named = {_named(mark, said, country, usual) for mark in marks if mark}
    if len(named) > 1:
        raise Refused(f"“{said}” names two currencies. Leave one out.")
    code = named.pop() if named else usual or currency_of(country)
    if not is_currency(code):
        raise Refused(f"“{code}” is no currency. Write it as EUR or GBP, for example.")
    return code


def _named(mark: str, said: str, country: str, usual: str) -> str:
    if code := _symbols(country).get(_plain(mark)):
        return code
    if mark in _SYMBOLS:
        return _SYMBOLS[mark]
    if mark == "$":
        return next((one for one in (usual, currency_of(country)) if one in _DOLLARS), "USD")
    if len(mark) == 3 and mark.isascii() and mark.isalpha():
        raise Refused(f"“{mark.upper()}” is no currency. Write it as EUR or GBP, for example.")
    raise Refused(
        f"“{said[:40]}” is no amount of money. Write it as 1250 or 1,250.50, with EUR or GBP "
        f"where it is another currency."
    )


def _readings(number: str, country: str, places: int) -> list[Decimal]:
    """Return what a number may mean, as the country reads it first; ``places``: its decimals."""
    from babel.numbers import get_decimal_symbol

    point = get_decimal_symbol(_locale(country))
    point = point if point in ".," else "."
    other = "," if point == "." else "."
    own, elsewhere = _by(number, point, other), _by(number, other, point)
    if own is None or elsewhere is None:
        return [one for one in (own, elsewhere) if one is not None]
    mark = next((mark for mark in number if mark in ".,"), "")
    # *1,250* where commas part thousands is plain; so are as many decimals as the currency has.
    after = len(number.partition(mark)[2]) if mark else 0
    if not mark or mark == other or (mark == point and after == places):
        return [own]
    return [own, elsewhere]


def _by(number: str, point: str, group: str) -> Decimal | None:
    """Read a number by its separators; None where they stand as no one would put them."""
    whole, _, part = number.partition(point)
    if part and not part.isdecimal():
        return None
    groups = re.split(r"[\s'’٬]" if group not in whole else re.escape(group), whole)
    if len(groups) > 1 and not _are_groups(groups):
        return None
    if not all(each.isdecimal() for each in groups if each or len(groups) > 1):
        return None
    return Decimal(("".join(groups) or "0") + (f".{part}" if part else ""))


def _are_groups(groups: list[str]) -> bool:
    """Say whether figures are parted by thousands, or as in India."""
    first, *middle, last = map(len, groups)
    if groups[0].startswith("0") or last != 3:
        return False
    by_three = 1 <= first <= 3 and all(each == 3 for each in middle)
    return by_three or (1 <= first <= 2 and all(each == 2 for each in middle))


def _minor(amount: Decimal, currency: str, said: str) -> Money | None:
    """Return an amount in minor units, None where it is finer than they are."""
    if amount > MOST:
        raise Refused(f"“{said}” is more than a thousand million. Check the figure.")
    minor = amount.scaleb(digits(currency))
    return Money(int(minor), currency) if minor == minor.to_integral_value() else None
