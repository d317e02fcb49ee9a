"""Money as it is typed and as it is said. Pure.

Kept in minor units (pence, cents) with the currency's ISO 4217 code. How many minor units a
currency has, how its country writes numbers and which currency is a country's own are Babel's
to know.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from touchline.core.refusal import Refused

# Beyond this many whole units it is a slip of the finger.
MOST = 1_000_000_000
_NUMBER = re.compile(r"[\d.,'’\s\u00a0\u202f]*\d[\d.,'’\s\u00a0\u202f]*")
_TIMES = {"k": 1_000, "m": 1_000_000}
_SYMBOLS = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR"}
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: ``minor`` units of ``currency``."""

    minor: int
    currency: str


class Ambiguous(Refused):
    """An amount that can be read in two ways; ``readings`` has both, the likelier first."""

    def __init__(self, text: str, readings: tuple[Money, ...], country: str) -> None:
        self.readings = readings
        said = " or ".join(shown(one, country) for one in readings)
        super().__init__(f"“{text}” can be read in two ways: {said}. Which is it?")


@lru_cache(maxsize=64)
def _locale(country: str) -> str:
    from babel import Locale, UnknownLocaleError

    if country in ("GB", "IE", "US", "AU", "NZ", "ZA", "CA", "IN", "SG"):
        return f"en_{country}"
    try:
        return str(Locale.parse(f"und_{country}"))
    except (UnknownLocaleError, ValueError):
        return "en_GB"


@lru_cache(maxsize=64)
def currency_of(country: str) -> str:
    """Return the currency of a country (ISO 3166 alpha-2), GBP where there is none."""
    from babel.numbers import get_territory_currencies

    return str(next(iter(get_territory_currencies(country)), "GBP"))


@lru_cache(maxsize=64)
def digits(currency: str) -> int:
    """Return how many decimals a currency has: 2 for most, 0 for the yen."""
    from babel.numbers import get_currency_precision

    return int(get_currency_precision(currency))


def is_currency(code: str) -> bool:
    """Say whether a code is one of ISO 4217's."""
    from babel.numbers import is_currency as known

    return bool(known(code))


@lru_cache(maxsize=4096)
def _said(minor: int, currency: str, country: str, whole: bool) -> str:
    from babel.numbers import format_currency

    places = digits(currency)
    amount = Decimal(minor).scaleb(-places)
    return str(
        format_currency(
            amount,
            currency,
            locale=_locale(country),
            format="¤#,##0" if whole else None,
            currency_digits=not whole,
        )
    )


def shown(money: Money, country: str) -> str:
    """Say an amount as the country writes it; round ones without their empty decimals."""
    whole = money.minor % 10 ** digits(money.currency) == 0
    if whole and not _locale(country).startswith("en"):
        whole = False
    return _said(money.minor, money.currency, country, whole)


def read(text: str, country: str, currency: str = "") -> Money:
    """Read an amount as somebody in ``country`` types it: *£1,250*, *1250.50*, *2k*, *900 EUR*.

    ``currency`` is meant where the text names none; without it the country's own. Raises
    Ambiguous where a separator could be the decimal one or that of the thousands, and Refused
    with a sentence for what is no amount, less than nothing, finer than the currency or absurd.
    """
    said = text.strip()
    code, rest = _currency(said, country)
    code = code or currency or currency_of(country)
    if not is_currency(code):
        raise Refused(f"“{code}” is no currency. Write it as EUR or GBP, for example.")
    if re.match(r"\s*[-−–(]", rest):
        raise Refused(f"“{said}” is less than nothing. Give what it was worth, or leave it out.")
    times = _TIMES.get(rest[-1:].lower(), 1)
    number = rest[:-1].strip() if times > 1 else rest.strip()
    if not _NUMBER.fullmatch(number):
        raise Refused(f"“{said}” is no amount of money. Write it as 1250 or 1,250.50.")
    readings = tuple(
        dict.fromkeys(_minor(each * times, code, said) for each in _readings(number, country))
    )
    if not readings:
        raise Refused(f"“{said}” is no amount of money. Write it as 1250 or 1,250.50.")
    if len(readings) > 1:
        raise Ambiguous(said, readings, country)
    return readings[0]


def _currency(said: str, country: str) -> tuple[str, str]:
    """Return the currency that a text names, empty where none, and the text without it."""
    found = re.match(r"([A-Za-z]{3})\b|", said) or re.match("", said)
    if found and found.group(1):
        return found.group(1).upper(), said[3:].strip()
    found = re.search(r"(?<![A-Za-z])([A-Za-z]{3})$", said)
    if found:
        return found.group(1).upper(), said[:-3].strip()
    for symbol, code in _SYMBOLS.items():
        if symbol in said:
            return code, said.replace(symbol, "", 1).strip()
    if "$" in said:
        own = currency_of(country)
        return own if own in _DOLLARS else "USD", said.replace("$", "", 1).strip()
    return "", said


def _readings(number: str, country: str) -> list[Decimal]:
    """Return what a number may mean, by the country's separators first."""
    from babel.numbers import get_decimal_symbol

    point = get_decimal_symbol(_locale(country))
    other = "," if point == "." else "."
    plain = re.sub(r"['’\s\u00a0\u202f]", "", number)
    found = [_by(plain, point, other), _by(plain, other, point)]
    kept = [each for each in found if each is not None]
    dots, commas = plain.count("."), plain.count(",")
    if len(kept) > 1 and dots + commas == 1:
        head, mark, tail = plain.partition("." if dots else ",")
        three = len(tail) == 3 and head.lstrip("0")
        # *1,250* where commas part thousands, and *12.50* where points part pence, are plain.
        if (mark == other) == bool(three):
            return kept[:1]
    return kept


def _by(plain: str, point: str, group: str) -> Decimal | None:
    """Read a number by its separators; None where they stand as no one would put them."""
    whole, _, part = plain.partition(point)
    if group in part or point in part:
        return None
    groups = whole.split(group)
    if len(groups) > 1 and not (
        1 <= len(groups[0]) <= 3
        and len(groups[-1]) == 3
        and all(2 <= len(g) <= 3 for g in groups[1:])
    ):
        return None
    try:
        return Decimal(("".join(groups) or "0") + (f".{part}" if part else ""))
    except ArithmeticError:
        return None


def _minor(amount: Decimal, currency: str, said: str) -> Money:
    if amount > MOST:
        raise Refused(f"“{said}” is more than a thousand million. Check the figure.")
    minor = amount.scaleb(digits(currency))
    if minor != minor.to_integral_value():
        raise Refused(f"“{said}” is finer than {currency} goes. Check the figure.")
    return Money(int(minor), currency)
