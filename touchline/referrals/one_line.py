"""A referral in one line. Pure; the grammar is in docs/domain/referrals.md.

*Tom Hart, Hart Foods to Ann Lee: needs a lease read by March, said on Tuesday, heat 3*
"""

import re
from dataclasses import dataclass, field
from datetime import date

from touchline.core.refusal import Refused
from touchline.meetings.day_words import Toward, days
from touchline.people.one_line.judging import is_firm
from touchline.referrals.states import Direction, State

LONGEST = 1_000
NEED = 300
PATTERN = "Tom Hart, Hart Foods to Ann Lee: needs a lease read"


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; anything but partner and need may be empty.

    ``money`` is the amount as it is typed, ``heat`` 1 to 5. ``days`` has those of the states
    that it tells of, none of them an idea.
    """

    direction: str
    partner: str
    need: str
    who: str = ""
    company: str = ""
    stated_on: date | None = None
    stated_where: str = ""
    heat: int | None = None
    money: str = ""
    became: str = ""
    on: date | None = None
    days: dict[State, date] = field(default_factory=dict)


_HEAD = re.compile(
    r"(?P<who>[^:]*)(?:(?<=\s)|^)(?P<way>to|from)\s+(?P<partner>[^:]+?)\s*:\s*(?P<rest>.*)",
    re.I | re.S,
)
_COMPANY = re.compile(r"\s*,\s*|\s+(?:of|at|with)\s+|\s*\((?=[^()]+\)$)", re.I)
_CLAUSE = re.compile(r"\s*[,;]\s+")
_STATES = {
    "introduced": State.INTRODUCED,
    "contacted": State.CONTACTED,
    "met": State.MET,
    "quoted": State.QUOTED,
    "won": State.WON,
    "lost": State.LOST,
    "not yet": State.NOT_YET,
    "no answer": State.NO_ANSWER,
    "dud": State.DUD,
    "thanked": State.THANKED,
}
_STATE = re.compile(rf"(?P<state>{'|'.join(_STATES)})\b\s*(?P<rest>.*)", re.I | re.S)
_SAID = re.compile(r"(?:said|heard|stated)\b\s*(?P<rest>.*)", re.I | re.S)
_WHERE = re.compile(r"(?:at|in|by|to)\s+(?P<where>\S.*)", re.I | re.S)
_HEAT = re.compile(r"(?:heat|hot|warm)\s+(?P<heat>\d+)", re.I)
_WORTH = re.compile(r"worth\s+(?P<money>\S.*)", re.I | re.S)
_BECAME = re.compile(r"became\s+(?P<became>\S.*)", re.I | re.S)
_SINCE = re.compile(r"(?:idea|since)\b\s*(?P<rest>.*)", re.I | re.S)
_LEAD = re.compile(r"(?:on|in|since)\s+$", re.I)


def parse(text: str, today: date, month_first: bool = False) -> Line:
    """Read a line; raises Refused, with the way to write it, where it says too little.

    Only clauses at its end are read as such: what stands before the first of them is the need.
    """
    text = " ".join(text[:LONGEST].split())
    head = _HEAD.fullmatch(text)
    if head is None:
        raise Refused(f"Say to or from whom, and what for: “{PATTERN}”.")
    need, *clauses = _clauses(head["rest"], today, month_first)
    found: dict[str, object] = {}
    told: dict[State, date] = {}
    for clause in clauses:
        for name, value in clause.items():
            if name == "days":
                told |= value  # type: ignore[call-overload]
            else:
                found[name] = value
    words = str(need["need"])
    if not words:
        raise Refused(f"Say what they need, behind the colon: “{PATTERN}”.")
    if len(words) > NEED:
        raise Refused(f"A need fits in a sentence of {NEED} letters. Put the rest in a note.")
    who, company = _who(head["who"].strip(" ,"))
    given = head["way"].lower() == "to"
    return Line(
        direction=Direction.GIVEN if given else Direction.RECEIVED,
        partner=head["partner"],
        need=words,
        who=who,
        company=company,
        days=told,
        **found,  # type: ignore[arg-type]
    )


def _who(text: str) -> tuple[str, str]:
    """Return a person and a company: *Tom Hart at Hart Foods*; a firm alone is a company."""
    name, *rest = _COMPANY.split(text, maxsplit=1)
    company = rest[0].rstrip(")") if rest else ""
    if not company and any(is_firm(word) for word in name.split()):
        return "", name
    return name.strip(), company.strip()


def _clauses(text: str, today: date, month_first: bool) -> list[dict[str, object]]:
    """Return the need, then what each clause at the end of a line says."""
    parts = _CLAUSE.split(text)
    read: list[dict[str, object]] = []
    end = len(text)
    while len(parts) > 1:
        clause = _read(parts[-1].rstrip(" ."), today, month_first)
        if clause is None:
            break
        end = text.rindex(parts.pop(), 0, end)
        end = len(text[:end].rstrip(" ,;"))
        read.insert(0, clause)
    return [{"need": text[:end].strip(" ,;")}, *read]


def _read(text: str, today: date, month_first: bool) -> dict[str, object] | None:
    """Return what one clause says; None where it is none and belongs to the need."""
    if match := _HEAT.fullmatch(text):
        heat = int(match["heat"])
        if not 1 <= heat <= 5:
            raise Refused("Heat goes from 1, a name and number, to 5, introduced in person.")
        return {"heat": heat}
    if match := _WORTH.fullmatch(text):
        return {"money": match["money"]}
    if match := _BECAME.fullmatch(text):
        return {"became": match["became"][:300]}
    if match := _SAID.fullmatch(text):
        return _said(match["rest"], today, month_first)
    if match := _SINCE.fullmatch(text):
        on, rest = _day(match["rest"], today, month_first)
        return {"on": on} if on and not rest else None
    if match := _STATE.fullmatch(text):
        return _state(_STATES[match["state"].lower()], match["rest"], today, month_first)
    return None


def _said(text: str, today: date, month_first: bool) -> dict[str, object] | None:
    on, rest = _day(text, today, month_first)
    where = _WHERE.fullmatch(rest)
    if (rest and not where) or not (on or where):
        return None
    found: dict[str, object] = {"stated_where": where["where"][:120]} if where else {}
    return found | ({"stated_on": on} if on else {})


def _state(state: State, text: str, today: date, month_first: bool) -> dict[str, object] | None:
    on, rest = _day(text, today, month_first)
    rest = re.sub(r"^(?:for|worth)\s+", "", rest, flags=re.I)
    if on is None or (rest and state not in (State.QUOTED, State.WON)):
        return None
    return {"days": {state: on}} | ({"money": rest} if rest else {})


def _day(text: str, today: date, month_first: bool) -> tuple[date | None, str]:
    """Return the first day in a text, back from today where it leaves that open, and the rest."""
    for found in days(text, today, Toward.BACK, month_first):
        before = _LEAD.sub("", text[: found.start])
        return found.on, " ".join(f"{before} {text[found.end :]}".split())
    return None, text.strip()
