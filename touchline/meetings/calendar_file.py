"""The calendar file of one one-to-one (RFC 5545).

Its UID never changes and its SEQUENCE rises with each change, so that a later file replaces
the earlier one in a calendar instead of standing beside it. Times are UTC.
"""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event
from icalendar.prop import vText

from touchline.meetings.models import OneToOne, State

PRODUCT = "-//Touchline//One-to-ones//EN"


def calendar_file(one: OneToOne, *, stamp: datetime) -> bytes:
    """Return the file; ``one`` comes with its relationship and person, ``stamp`` is UTC now.

    What is private stays at home: the file has the name, the time and the place, no notes.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{one.uid}@touchline")
    event.add("sequence", one.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", (one.starts_at + timedelta(minutes=one.length_minutes)).astimezone(UTC))
    event.add("summary", f"One-to-one with {one.relationship.person.name}")
    gone = one.state in (State.CANCELLED, State.MISSED)
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
