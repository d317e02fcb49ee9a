"""Money as it is typed and said: nothing is read silently as what was not meant."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.core.money import (
    MOST,
    Ambiguous,
    Money,
    currencies,
    currency_of,
    decimal,
    digits,
    is_currency,
    read,
    shown,
)
from touchline.core.refusal import Refused

# Every way there is to part thousands and decimals, signs before and behind, from right to left.
COUNTRIES = (
    "GB", "US", "IE", "CA", "AU", "ZA", "IN", "DE", "AT", "CH", "FR", "ES", "SE", "DK", "PL", "BR",
    "JP", "KR", "AE", "BH", "IL", "IR", "CV", "BU", "MM", "XX", "TN", "NG", "KE", "TR", "LK", "PA",
)  # fmt: skip


@pytest.mark.parametrize(
    ("country", "text", "minor", "currency"),
    [
        ("GB", "1250", 125_000, "GBP"),
        ("GB", "£1,250", 125_000, "GBP"),
        ("GB", "1250.50", 125_050, "GBP"),
        ("GB", " 2k ", 200_000, "GBP"),
        ("GB", "2.5k EUR", 250_000, "EUR"),
        ("GB", "1.5m", 150_000_000, "GBP"),
        ("GB", "900 EUR", 90_000, "EUR"),
        ("GB", "EUR900", 90_000, "EUR"),
        ("GB", "900eur", 90_000, "EUR"),
        ("GB", "$500", 50_000, "USD"),
        ("CA", "$500", 50_000, "CAD"),
        ("GB", "US$500", 50_000, "USD"),
        ("GB", "12,50", 1_250, "GBP"),
        ("GB", ".5", 50, "GBP"),
        ("GB", "1.234.567", 123_456_700, "GBP"),
        ("GB", "€1.250,50", 125_050, "EUR"),
        ("GB", "1 250", 125_000, "GBP"),
        ("GB", "１，２５０", 125_000, "GBP"),
        ("DE", "1.250", 125_000, "EUR"),
        ("DE", "12.50", 1_250, "EUR"),
        ("DE", "1.250,50 €", 125_050, "EUR"),
        ("CH", "1'250.-", 125_000, "CHF"),
        ("IN", "1,25,000", 12_500_000, "INR"),
        ("IN", "₹500", 50_000, "INR"),
        ("DK", "5 kr.", 500, "DKK"),
        ("SE", "5 kr", 500, "SEK"),
        ("JP", "12,345", 12_345, "JPY"),
        ("BH", "12.345", 12_345, "BHD"),
    ],
)
def test_what_is_typed_is_read(country: str, text: str, minor: int, currency: str) -> None:
    assert read(text, country) == Money(minor, currency)


@pytest.mark.parametrize(
    ("country", "text", "minors"),
    [
        ("GB", "1.250", (125, 125_000)),
        ("DE", "1,250", (125, 125_000)),
        ("GB", "12.345k", (1_234_500, 1_234_500_000)),
        ("GB", "1.250k", (125_000, 125_000_000)),
        # As the country reads it, it would be finer than a penny: the other way is asked.
        ("GB", "12.345", (1_234_500,)),
        ("JP", "12.345", (12_345,)),
    ],
)
def test_what_is_ambiguous_is_asked_back(country: str, text: str, minors: tuple[int, ...]) -> None:
    with pytest.raises(Ambiguous) as asked:
        read(text, country)
    assert tuple(one.minor for one in asked.value.readings) == minors
    for one in asked.value.readings:
        assert shown(one, country) in str(asked.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no amount"), ("abc", "no amount"), ("k", "no amount"), ("12²", "no amount"),
        ("½", "no amount"), ("1e5", "no amount"), ("5-10", "no amount"), ("12 50", "no amount"),
        ("1,2,3", "no amount"), ("1,234,56,789", "no amount"), ("500 quid", "no amount"),
        ("Rs.500", "no amount"), ("9" * 30, "no amount"), ("abc 500", "ABC” is no currency"),
        ("12 DEM", "DEM” is no currency"), ("£5 EUR", "two currencies"),
        ("-5", "less than nothing"), ("£-5", "less than nothing"), ("(5)", "less than nothing"),
        ("5-", "less than nothing"), ("−5 EUR", "less than nothing"),
        ("0.125", "finer than GBP"), ("0,125", "finer than GBP"), ("1.005", "finer than GBP"),
        ("1000000001", "thousand million"), ("2000m", "thousand million"),
    ],
)  # fmt: skip
def test_what_is_no_money_is_told_why(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read(text, "GB")


def test_a_currency_that_is_meant_by_itself() -> None:
    assert read("500", "GB", "EUR") == Money(50_000, "EUR")
    assert read("$500", "GB", "AUD") == Money(50_000, "AUD")
    assert read("£500", "GB", "EUR") == Money(50_000, "GBP")
    with pytest.raises(Refused, match="no currency"):
        read("500", "GB", "ZZZ")


@pytest.mark.parametrize(
    ("money", "country", "said"),
    [
        (Money(125_000, "GBP"), "GB", "£1,250"),
        (Money(125_050, "GBP"), "GB", "£1,250.50"),
        (Money(125_000, "EUR"), "DE", "1.250\u00a0€"),
        (Money(125_050, "EUR"), "DE", "1.250,50\u00a0€"),
        (Money(125_000, "CHF"), "CH", "CHF\u00a01’250"),
        (Money(125_000, "CHF"), "GB", "CHF\u00a01,250"),
        (Money(12_345, "JPY"), "GB", "JP¥12,345"),
        (Money(12_345, "BHD"), "GB", "BHD\u00a012.345"),
        (Money(500, "MMK"), "MM", "MMK"),
    ],
)
def test_money_is_said_as_the_country_writes_it(money: Money, country: str, said: str) -> None:
    assert said in shown(money, country)


MONEYS = st.builds(
    Money,
    st.one_of(
        st.integers(0, 10**7), st.integers(0, MOST), st.integers(0, 10**6).map(lambda n: n * 100)
    ),
    st.sampled_from(sorted(currencies())),
)


@given(MONEYS, st.sampled_from(COUNTRIES), st.sampled_from(("", "USD", "EUR")))
def test_what_is_said_is_read_again(money: Money, country: str, usual: str) -> None:
    assert read(shown(money, country), country, usual) == money


@given(st.sampled_from(COUNTRIES), st.integers(0, 10**9))
def test_a_country_s_own_money_is_read_again(country: str, minor: int) -> None:
    money = Money(minor, currency_of(country))
    assert read(shown(money, country), country) == money


TYPED = st.text(alphabet="0123456789.,' kKm-£€$EURGBPkr()x\u00a0\u202f٣½²\u200f", max_size=14)


@given(st.one_of(TYPED, st.text(max_size=60)), st.sampled_from(COUNTRIES))
def test_nothing_crashes_and_no_figure_is_made_up(text: str, country: str) -> None:
    try:
        found = read(text, country)
    except Refused:
        return
    assert 0 <= found.minor <= MOST * 10 ** digits(found.currency)
    assert is_currency(found.currency)
    # The figures that were typed are those that were understood.
    typed = "".join(str(int(mark)) for mark in text if mark.isdecimal()).strip("0")
    assert str(found.minor).strip("0") == typed


@given(MONEYS)
def test_in_a_file_it_is_a_plain_decimal(money: Money) -> None:
    assert Decimal(decimal(money)).scaleb(digits(money.currency)) == money.minor
    assert decimal(Money(125_050, "GBP")) == "1250.50"


def test_currencies_in_use() -> None:
    assert is_currency("EUR")
    assert not is_currency("DEM")
    assert not is_currency("abc")
    assert currency_of("CH") == "CHF"
    assert currency_of("XX") == "GBP"
