"""Logs a call from what was typed about it: the call, and facts and promises in the same line."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.meetings import capturing
from touchline.meetings.holding.reading import COMMANDS
from touchline.meetings.holding.taking import keep, read_of
from touchline.meetings.models import Call
from touchline.meetings.one_line import parse_call
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# In one line or in several: what begins with a command is a line of its own.
_PIECES = re.compile(rf"\n+|\s+(?=/(?:{'|'.join(COMMANDS)})\b)", re.I)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was said apart from the line, and goes before it; None where it was not."""

    on: date | None = None
    minutes: int | None = None
    again_on: date | None = None


def pieces(text: str) -> tuple[str, list[str]]:
    """Return what is said of the call itself, and the lines that begin with a command. Pure.

    *Spoke, 10 min /action me send the outline by Friday* is a call and a promise. Lines
    without a command are all of the call.
    """
    parts = [part.strip() for part in _PIECES.split(text)]
    commands = [part for part in parts if part.startswith("/")]
    return " ".join(part for part in parts if part and not part.startswith("/")), commands


@transaction.atomic
def log(
    relationship: Relationship,
    by: "Member",
    text: str,
    *,
    now: datetime,
    today: date,
    corrected: Corrected | None = None,
) -> Call:
    """Log a call with all that was typed about it, or raise Refused with nothing kept.

    ``today`` is the member's day. A promise without a day is due in a week; a fact names its
    topic (``/fact family: two daughters``).
    """
    said, commands = pieces(text)
    corrected = corrected or Corrected()
    line = parse_call(said, today, by.month_first)
    made = capturing.call(
        relationship,
        by,
        on=corrected.on or line.on,
        minutes=corrected.minutes or line.minutes or relationship.main_contact.call_minutes,
        text=line.text,
        again_on=corrected.again_on or line.again_on,
        today=today,
    )
    for command in commands:
        keep(read_of(command, relationship, by, today), relationship, by, at=now)
    return made
