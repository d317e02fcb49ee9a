"""Logs a call from what was typed about it: the call, and facts and promises in the same line."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.core.words import full_day
from touchline.meetings import capturing
from touchline.meetings.holding.reading import COMMANDS, Promise
from touchline.meetings.holding.taking import UNSAID, keep, read_of
from touchline.meetings.models import Call
from touchline.meetings.one_line import parse_call
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# In one line or in several: what begins with a command is a line of its own.
_PIECES = re.compile(rf"\n+|\s+(?=/(?:{'|'.join(COMMANDS)})\b)", re.I)
# What ends the line after a promise is not about the promise.
_AGAIN = re.compile(
    r"\s*[,;.]\s*((?:and\s+)?(?:call|speak|ring|talk|phone)\s+again\b[^,;\n]*)$", re.I
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was said apart from the line, and goes before it; None where it was not."""

    on: date | None = None
    minutes: int | None = None
    again_on: date | None = None


def pieces(text: str) -> tuple[str, list[str]]:
    """Return what is said of the call itself, and the lines that begin with a command. Pure.

    *Spoke, 10 min /action me send the outline by Friday* is a call and a promise. Lines
    without a command are all of the call, and so is *, call again in a week* at the end.
    """
    parts = [part.strip() for part in _PIECES.split(text)]
    commands = [part for part in parts if part.startswith("/")]
    said = [part for part in parts if part and not part.startswith("/")]
    if commands and (again := _AGAIN.search(commands[-1])):
        commands[-1] = commands[-1][: again.start()]
        said[-1:] = [", ".join([*said[-1:], again[1]])]
    return " ".join(said), commands


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


def to_come(call: Call, text: str, by: "Member", today: date) -> str:
    """Say what of a logged line was understood to come: the next call, promises with their days.

    Each is a sentence with a space before it; empty where nothing is to come.
    """
    told = f" You speak again on {full_day(call.again_on, today)}." if call.again_on else ""
    for command in pieces(text)[1]:
        match read_of(command, call.relationship, by, today):
            case Promise(what, _, due_on):
                on = full_day(due_on or today + UNSAID, today)
                told += f" Promised by {on}: {what.rstrip('.')}."
    return told
