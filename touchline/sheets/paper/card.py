"""A sheet as a vCard, to be put into an address book. Pure."""

import uuid

from django.utils.crypto import salted_hmac

from touchline.people.exporting import vcard
from touchline.people.importing.rows import Point, PointKind, Row
from touchline.sheets.showing import SheetShown

# One's own words for how one is reached, by the kinds of an address book.
_KINDS: dict[str, PointKind] = {"phone": "phone", "email": "email", "website": "web"}


def sheet_card(shown: SheetShown, *, whose: int, address: str = "", photo: bytes = b"") -> str:
    """Return a sheet as a vCard 4.0 with the parts in its note.

    ``whose`` is the member's key: fetched again, the card takes the place of the former one and
    gives no key away. ``photo`` is a JPEG; ``address`` the whole address of the sheet's page.
    """
    points = [Point(_KINDS[way.key], way.words if way.key != "website" else way.href or way.words,
                    "work") for way in shown.ways]  # fmt: skip
    if shown.company.website:
        points.append(
            Point("web", shown.company.website.href or shown.company.website.words, "work")
        )
    if address:
        points.append(Point("web", address, "info sheet"))
    parts = [f"{part.name}\n{part.text}" for part in shown.parts]
    return vcard.card(
        Row(
            line=0,
            name=_line(shown.name),
            company=_line(shown.company.name),
            title=_line(shown.role),
            points=tuple(points),
            notes="\n\n".join(parts),
            identity=f"vcard:{_uid(whose)}",
            photo=photo,
        )
    )


def _line(text: str) -> str:
    # A lone carriage return ends a line for some readers; sheets hold none, names of members may.
    return " ".join(text.split())


def _uid(whose: int) -> uuid.UUID:
    made = salted_hmac("touchline.sheets.card", str(whose), algorithm="sha256").digest()
    return uuid.UUID(bytes=made[:16], version=4)
