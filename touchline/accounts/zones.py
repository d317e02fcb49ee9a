"""Countries and time zones to choose from. Pure."""

import zoneinfo
from functools import cache

from touchline.core.fold import fold

# ISO 3166 alpha-2. Its phone numbers need no prefix; any other number is read with one.
COUNTRIES = (
    ("GB", "United Kingdom"), ("IE", "Ireland"), ("AU", "Australia"), ("AT", "Austria"),
    ("BE", "Belgium"), ("BR", "Brazil"), ("BG", "Bulgaria"), ("CA", "Canada"), ("CL", "Chile"),
    ("HR", "Croatia"), ("CY", "Cyprus"), ("CZ", "Czechia"), ("DK", "Denmark"), ("EE", "Estonia"),
    ("FI", "Finland"), ("FR", "France"), ("DE", "Germany"), ("GR", "Greece"),
    ("HK", "Hong Kong"), ("HU", "Hungary"), ("IS", "Iceland"), ("IN", "India"),
    ("IL", "Israel"), ("IT", "Italy"), ("JP", "Japan"), ("KE", "Kenya"), ("LV", "Latvia"),
    ("LT", "Lithuania"), ("LU", "Luxembourg"), ("MY", "Malaysia"), ("MT", "Malta"),
    ("MX", "Mexico"), ("NL", "Netherlands"), ("NZ", "New Zealand"), ("NG", "Nigeria"),
    ("NO", "Norway"), ("PH", "Philippines"), ("PL", "Poland"), ("PT", "Portugal"),
    ("RO", "Romania"), ("SG", "Singapore"), ("SK", "Slovakia"), ("SI", "Slovenia"),
    ("ZA", "South Africa"), ("ES", "Spain"), ("SE", "Sweden"), ("CH", "Switzerland"),
    ("TR", "Türkiye"), ("UA", "Ukraine"), ("AE", "United Arab Emirates"),
    ("US", "United States"),
)  # fmt: skip

# Names kept for old files only; nobody lives in them.
_NOT_PLACES = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


@cache
def zones() -> tuple[str, ...]:
    """Return every time zone named after a place, and UTC, in order."""
    places = (
        name
        for name in zoneinfo.available_timezones()
        if "/" in name and not name.startswith(_NOT_PLACES)
    )
    return ("UTC", *sorted(places))


def zone_named(text: str) -> str | None:
    """Return the zone that ``text`` names in full or by its place: *london*, *new york*.

    None where there is none, or where several places share the name.
    """
    wanted = fold(text.strip()).replace(" ", "_")
    found = [name for name in zones() if fold(name) == wanted]
    found = found or [name for name in zones() if fold(name.rpartition("/")[2]) == wanted]
    return found[0] if len(found) == 1 else None
