"""Countries and zones to choose from."""

import zoneinfo

import phonenumbers
import pytest

from touchline.accounts.zones import COUNTRIES, zone_named, zones


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/London", "Europe/London"),
        (" europe/london ", "Europe/London"),
        ("London", "Europe/London"),
        ("New York", "America/New_York"),
        ("utc", "UTC"),
        ("", None),
        ("Atlantis", None),
        ("Louisville", None),  # two of them
        ("../etc/passwd", None),
    ],
)
def test_zone_named(text: str, zone: str | None) -> None:
    assert zone_named(text) == zone


def test_every_zone_can_be_read_and_names_itself() -> None:
    for zone in zones():
        zoneinfo.ZoneInfo(zone)
        assert zone_named(zone) == zone


def test_countries_are_ones_whose_numbers_can_be_read() -> None:
    codes = [code for code, _ in COUNTRIES]
    assert len(set(codes)) == len(codes)
    assert set(codes) <= set(phonenumbers.SUPPORTED_REGIONS)
