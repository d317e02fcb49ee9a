"""What somebody gets to see of a sheet: as partners, as anyone, and what is new."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.sheets.models import CompanySheet, Sheet
from touchline.sheets.parts import ANYONE, AUDIENCES, KEYS, OFF, PARTNERS, is_stale
from touchline.sheets.showing import SheetShown, for_viewer, web

LOOKED = datetime(2026, 5, 1, 9, 30, tzinfo=UTC)
BEFORE, AFTER = "2026-05-01T09:29:59+00:00", "2026-05-01T11:30:01+02:00"


def a_sheet(audiences: dict[str, str], **more: object) -> Sheet:
    words = {key: f"The words of {key}" for key in KEYS}
    return Sheet(audiences=audiences, **{**words, **more})


def see(sheet: Sheet | None, company: CompanySheet | None = None, **more: object) -> SheetShown:
    given: dict[str, object] = {"name": "Ada", "company_name": "Loom", "partner": False, **more}
    return for_viewer(sheet, company, **given)  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(list(AUDIENCES))))
def test_a_part_is_seen_by_those_it_is_for_and_by_nobody_else(audiences: dict[str, str]) -> None:
    sheet = a_sheet(audiences)
    anyone = [part.key for part in see(sheet).parts]
    partner = [part.key for part in see(sheet, partner=True).parts]
    assert anyone == [key for key in KEYS if audiences.get(key) == ANYONE]
    assert partner == [key for key in KEYS if audiences.get(key) in (ANYONE, PARTNERS)]


def test_what_is_hidden_is_nowhere_in_what_is_shown() -> None:
    sheet = a_sheet(dict.fromkeys(KEYS, OFF), role="Weaver", phone="+44 20 5550 1234")
    for partner in (False, True):
        said = repr(see(sheet, partner=partner))
        assert "The words of" not in said
        assert "Weaver" in said
        assert "+44 20 5550 1234" in said


@pytest.mark.parametrize(
    ("changed", "since", "news"),
    [
        ({"about": LOOKED.isoformat()}, LOOKED, ("About me",)),
        ({"about": AFTER}, LOOKED, ("About me",)),
        ({"about": BEFORE}, LOOKED, ()),
        ({"about": AFTER}, None, ()),
        ({"contact": AFTER}, LOOKED, ("How to reach me",)),
        ({"contact": BEFORE}, LOOKED, ()),
        ({"family": AFTER}, LOOKED, ()),
        ({}, LOOKED, ()),
    ],
)
def test_what_changed_since_they_looked_is_new(
    changed: dict[str, str], since: datetime | None, news: tuple[str, ...]
) -> None:
    sheet = a_sheet({"about": ANYONE, "family": PARTNERS}, phone="020", changed=changed)
    assert see(sheet, since=since).news == news


def test_the_company_is_new_where_its_part_was_changed() -> None:
    company, later = CompanySheet(about="We weave"), LOOKED + timedelta(seconds=1)
    assert see(None, company, since=LOOKED, company_changed=later).news == ("Loom",)
    assert see(None, company, since=later, company_changed=LOOKED).news == ()
    assert see(None, company, since=LOOKED).news == ()
    assert see(None, company, company_changed=later).news == ()


def test_nothing_written_shows_a_name_and_says_so() -> None:
    shown = see(None)
    assert (shown.name, shown.parts, shown.ways, shown.as_of) == ("Ada", (), (), None)
    assert not shown.says_something


def test_pictures_are_named_only_where_there_are_any() -> None:
    sheet, company = a_sheet({}), CompanySheet()
    bare = see(sheet, company, photo="/p", logo="/l")
    assert (bare.photo, bare.company.logo) == ("", "")
    sheet.photo = company.logo = b"x"
    shown = see(sheet, company, photo="/p", logo="/l")
    assert (shown.photo, shown.company.logo) == ("/p", "/l")


@pytest.mark.parametrize(
    ("address", "words", "href"),
    [
        ("https://www.example.org/", "example.org", "https://www.example.org/"),
        ("http://example.org/a", "example.org/a", "http://example.org/a"),
        ("javascript:alert(1)", "javascript:alert(1)", ""),
        ("data:text/html,x", "data:text/html,x", ""),
    ],
)
def test_only_pages_are_linked(address: str, words: str, href: str) -> None:
    found = web(address)
    assert found is not None
    assert (found.words, found.href) == (words, href)


def test_contact_details_are_links_that_carry_nothing_else() -> None:
    sheet = a_sheet({}, phone='020 "7946" <0>;ext=1', email="a?b&c=d@example.org")
    assert [way.href for way in see(sheet).ways] == [
        "tel:020794601",
        "mailto:a%3Fb%26c%3Dd@example.org",
    ]


@pytest.mark.parametrize(
    ("confirmed", "stale"),
    [
        (None, False),
        (date(2026, 5, 22), True),
        (date(2026, 5, 23), False),
        (date(2026, 11, 22), False),
        (date(2020, 1, 1), True),
    ],
)
def test_a_sheet_is_looked_through_after_six_months(confirmed: date | None, stale: bool) -> None:
    assert is_stale(confirmed, date(2026, 11, 22)) is stale
