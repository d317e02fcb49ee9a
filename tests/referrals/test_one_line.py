"""What a line about a referral says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.core.refusal import Refused
from touchline.referrals.one_line import LONGEST, Line, parse
from touchline.referrals.states import State

TODAY = date(2026, 11, 22)  # A Sunday.
LEASE = "needs a lease read"


def given_to(**said: object) -> Line:
    return Line("given", **{"partner": "Ann Lee", "need": LEASE, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("to Ann Lee: needs a lease read", given_to()),
        ("Tom Hart to Ann Lee: needs a lease read", given_to(who="Tom Hart")),
        ("Tom Hart  TO  Ann Lee :  needs a\tlease read", given_to(who="Tom Hart")),
        *(
            (f"{who} to Ann Lee: {LEASE}", given_to(who="Tom Hart", company="Hart Foods"))
            for who in (
                "Tom Hart, Hart Foods", "Tom Hart of Hart Foods", "Tom Hart at Hart Foods",
                "Tom Hart (Hart Foods)", "Tom Hart with Hart Foods",
            )
        ),
        (f"Hart Foods Ltd to Ann Lee: {LEASE}", given_to(company="Hart Foods Ltd")),
        (f"17 to Ann Lee: {LEASE}", given_to(who="17")),
        (f"Tom from Ann Lee: {LEASE}", Line("received", "Ann Lee", LEASE, who="Tom")),
        (f"a man from Leeds to Ann Lee: {LEASE}", given_to(who="a man from Leeds")),
        (f"to Ann Lee: {LEASE}, heat 3", given_to(heat=3)),
        (f"to Ann Lee: {LEASE}, warm 5.", given_to(heat=5)),
        (f"to Ann Lee: {LEASE}, worth £1,250", given_to(money="£1,250")),
        (f"to Ann Lee: {LEASE}, said on Tuesday", given_to(stated_on=date(2026, 11, 17))),
        (
            f"to Ann Lee: {LEASE}; heard on 3 March at the Boathouse",
            given_to(stated_on=date(2026, 3, 3), stated_where="the Boathouse"),
        ),
        (f"to Ann Lee: {LEASE}, said at lunch", given_to(stated_where="lunch")),
        (f"to Ann Lee: {LEASE}, since Monday", given_to(on=date(2026, 11, 16))),
        (
            f"to Ann Lee: {LEASE}, introduced 3 March 2019, won 4 May 2019 for £900, "
            f"thanked on 5 May 2019, became two more",
            given_to(
                money="£900", became="two more",
                days={
                    State.INTRODUCED: date(2019, 3, 3), State.WON: date(2019, 5, 4),
                    State.THANKED: date(2019, 5, 5),
                },
            ),
        ),
        (
            f"to Ann Lee: {LEASE}, quoted £5 yesterday",
            given_to(money="£5", days={State.QUOTED: date(2026, 11, 21)}),
        ),
        (
            f"to Ann Lee: {LEASE}, not yet yesterday",
            given_to(days={State.NOT_YET: date(2026, 11, 21)}),
        ),
        # What is no clause belongs to the need, and so does all before it.
        ("to Ann Lee: a lease, and a will", given_to(need="a lease, and a will")),
        ("to Ann Lee: a lease, heat 3, and a will", given_to(need="a lease, heat 3, and a will")),
        ("to Ann Lee: a lease, said she would pay", given_to(need="a lease, said she would pay")),
        ("to Ann Lee: a lease, met at the fair", given_to(need="a lease, met at the fair")),
        ("to Ann Lee: a roof for £1,250", given_to(need="a roof for £1,250")),
        ("to Ann Lee: time: now", given_to(need="time: now")),
    ],
)  # fmt: skip
def test_what_it_says(text: str, line: Line) -> None:
    assert parse(text, TODAY) == line


def test_the_month_first_where_one_writes_it_so() -> None:
    text = "to Ann Lee: a lease, said 3/4/2026"
    assert parse(text, TODAY).stated_on == date(2026, 4, 3)
    assert parse(text, TODAY, month_first=True).stated_on == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Say to or from whom"),
        ("Tom Hart Ann Lee lease", "Say to or from whom"),
        ("Tom Hart: a lease", "Say to or from whom"),
        ("Tom to : a lease", "Say to or from whom"),
        ("together: a lease", "Say to or from whom"),
        ("Tom to Ann:", "Say what they need"),
        ("Tom to Ann: , heat 3", "Say what they need"),
        ("Tom to Ann: lease, heat 6", "Heat goes from 1"),
        ("Tom to Ann: lease, heat 0", "Heat goes from 1"),
        ("Tom to Ann: " + "x" * 301, "300 letters"),
    ],
)
def test_what_is_missing_is_said(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        parse(text, TODAY)


@given(st.text(max_size=LONGEST + 50))
def test_anything_is_read_or_refused(text: str) -> None:
    for whole in (text, f"Tom to Ann: {text}", f"to Ann: a lease, {text}"):
        try:
            line = parse(whole, TODAY)
        except Refused:
            continue
        assert line.partner
        assert 0 < len(line.need) <= 300
        assert set(line.days) <= set(State)


@given(
    st.text("abcdefgh ,;", min_size=1, max_size=40).filter(lambda text: text.strip(" ,;")),
    st.integers(1, 5),
)
def test_nothing_of_the_need_is_lost(need: str, heat: int) -> None:
    words = " ".join(need.split()).strip(" ,;")
    line = parse(f"Tom to Ann: {need}, heat {heat}", TODAY)
    assert line == Line("given", "Ann", words, who="Tom", heat=heat)
