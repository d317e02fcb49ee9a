"""The calendar file of one one-to-one (RFC 5545), to keep and to send (RFC 5546).

Its UID never changes and its SEQUENCE rises with each change, so that a later file replaces
the earlier one in a calendar instead of standing beside it. Times are UTC.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from touchline.core.words import one_line
from touchline.meetings.models import OneToOne, State

# Imported where it is used: it takes long, and most who are served never need it.
if TYPE_CHECKING:
    from icalendar.prop import vCalAddress

PRODUCT = "-//Touchline//One-to-ones//EN"
HOUSE = "@touchline"

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an invitation: a name, and the e-mail address that answers for it."""

    name: str
    address: str

    def as_property(self) -> "vCalAddress":
        """Return it as ORGANIZER and ATTENDEE name somebody."""
        from icalendar.prop import vCalAddress

        found = vCalAddress(f"mailto:{self.address}")
        # A parameter takes no double quote and no line break.
        found.params["CN"] = one_line(self.name).replace('"', "’") or self.address
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks whom: what makes a calendar file an invitation."""

    organizer: Party
    attendee: Party


def calendar_file(
    one: OneToOne,
    *,
    stamp: datetime,
    method: Method = "PUBLISH",
    asked: Asked | None = None,
    reader: str = "",
) -> bytes:
    """Return the file; ``one`` comes with its relationship and person, ``stamp`` is UTC now.

    ``PUBLISH`` is a file to keep; ``REQUEST`` invites or brings up to date and ``CANCEL`` takes
    back, both with ``asked``. What is private stays at home: the file has the names, the time
    and the place, no notes. ``reader`` is with whom it is for whoever keeps it, left out the
    partner: for the partner it is one of us.
    """
    from icalendar import Calendar, Event
    from icalendar.prop import vText

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = Event()
    event.add("uid", f"{one.uid}{HOUSE}")
    event.add("sequence", one.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", (one.starts_at + timedelta(minutes=one.length_minutes)).astimezone(UTC))
    if asked is None:
        event.add("summary", f"One-to-one with {one_line(reader or one.relationship.person.name)}")
    else:
        names = f"{one_line(asked.organizer.name)} and {one_line(asked.attendee.name)}"
        event.add("summary", f"One-to-one: {names}")
        event.add("organizer", asked.organizer.as_property())
        attendee = asked.attendee.as_property()
        attendee.params["ROLE"] = "REQ-PARTICIPANT"
        if method == "REQUEST":
            attendee.params["PARTSTAT"] = "NEEDS-ACTION"
            attendee.params["RSVP"] = "TRUE"
        event.add("attendee", attendee)
    gone = one.state in (State.CANCELLED, State.MISSED) or method == "CANCEL"
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    if one.place:
        event["location"] = vText(one.place)
    elif one.video_url:
        event["location"] = vText(one.video_url)
    if one.video_url:
        event.add("url", one.video_url)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def version_in(written: str) -> tuple[UUID, int]:
    """Return which one-to-one a file of ours is about (its ``uid``), and in which version."""
    from icalendar import Calendar

    event = Calendar.from_ical(written).walk("VEVENT")[0]
    return UUID(str(event["UID"]).removesuffix(HOUSE)), int(str(event["SEQUENCE"]))
