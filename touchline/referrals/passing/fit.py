"""How a prospect fits what a partner said about whom to send, field by field. Pure."""

import re
from collections.abc import Sequence

from touchline.core import money
from touchline.core.refusal import Refused
from touchline.core.words import capital, clipped, listed, mid_sentence
from touchline.referrals.learning.ideal import BY_KEY
from touchline.referrals.passing.fitting import (
    Found,
    Known,
    agrees,
    counted,
    denies,
    excluded,
    spans,
)
from touchline.referrals.passing.shapes import Group, Item, Partner, Passing, Prospect

# Any one of these says that something sets it off; the others then need not be known.
TRIGGERS = ("trigger_events", "trigger_phrases", "signs")
# Compared with what is known, in the order in which they stand on the list.
COMPARED = ("roles", "industries", "size", "area", *TRIGGERS, "value_floor", "season", "capacity")
# Shown where they agree, and missed by nobody where they do not.
WELCOME = ("named_targets", "gateway_professions")
# What the member can say yes or no to in one tap.
ANSWERED = (*COMPARED, "qualifying_question", "exclusions")
_LETTERS = 90
# What of the prospect a field is about, as a sentence begins with it.
_WHAT = {
    "roles": "Their role",
    "industries": "Their trade",
    "size": "Their size",
    "area": "Where they are",
    "trigger_events": "What has just happened there",
    "trigger_phrases": "What they say",
    "signs": "What one sees there",
    "value_floor": "What it is worth",
    "season": "The time of year",
    "capacity": "Room for one more",
}
_WELCOME = {
    "named_targets": "{partner} asked for them by name: {line}.",
    "gateway_professions": "They see {partner}’s clients before or after: {line}.",
}
_MARKS = " .“”‘’\"'"
_AND = re.compile(r"\band\b")
_AMOUNT = re.compile(r"[£$€¥₹]\s*\d[\d.,]*[km]?\b|\b\d[\d.,]*\s*(?:EUR|GBP|USD)\b")


def fit(partner: Partner, prospect: Prospect, passing: Passing) -> list[Item]:
    """Return the items of the ideal referral, of its question, and of whom not to send."""
    if not any(partner.ideal.get(field) for field in BY_KEY):
        found = [_no_ideal(partner)]
    else:
        found = _compared(partner, prospect, passing)
    return [*found, *_question(partner, prospect, passing), _exclusions(partner, prospect, passing)]


def _no_ideal(partner: Partner) -> Item:
    return Item(
        "ideal",
        Group.FIT,
        f"Whom {partner.name} wants to meet is not written down yet.",
        None,
        ask="Who was your best client this year, and what had just happened to them?",
        answer="ideal",
    )


def _compared(partner: Partner, prospect: Prospect, passing: Passing) -> list[Item]:
    found = {
        field: _field(field, partner.ideal[field], partner, prospect, passing)
        for field in COMPARED
        if partner.ideal.get(field)
    }
    if any(found[field].met for field in TRIGGERS if field in found):
        for field in TRIGGERS:
            if field in found and found[field].met is None:
                del found[field]
    known = _told(prospect, passing)
    for field in WELCOME:
        if hit := agrees(partner.ideal.get(field, ()), known):
            said = _WELCOME[field].format(partner=partner.name, line=_quote(hit.line))
            found[field] = Item(field, Group.FIT, said, True, _standing(hit.known))
    return list(found.values())


def _told(prospect: Prospect, passing: Passing) -> tuple[Known, ...]:
    return (*prospect.known, Known("the need", passing.need))


def _quoted(lines: Sequence[str]) -> str:
    return listed([_quote(line) for line in lines], "or")


def _quote(text: str) -> str:
    return f"“{clipped(text.strip(_MARKS), _LETTERS)}”"


def _standing(known: Known) -> str:
    return f"{capital(known.where)}: {_quote(known.text)}."


def _says(field: str, fits: bool, lines: Sequence[str]) -> str:
    return f"{_WHAT[field]} {'fits' if fits else 'does not fit'}: {_quoted(lines)}."


def _agreeing(field: str, line: str, known: Known) -> Item:
    return Item(
        field,
        Group.FIT,
        _says(field, True, [line]),
        True,
        detail=_standing(known),
    )


def _field(
    field: str, lines: tuple[str, ...], partner: Partner, prospect: Prospect, passing: Passing
) -> Item:
    """Compare one field: what the member said first, then figures, then words."""
    said = passing.fits.get(field)
    if said is not None:
        return _by_word(field, lines, said)
    figures = _figures(field, lines, prospect, passing)
    if figures is not None:
        detail = "By the figures in what you know of them."
        return Item(field, Group.FIT, _says(field, figures, lines), figures, detail)
    told = _told(prospect, passing) if field not in ("season", "capacity") else ()
    if hit := denies(lines, told):
        said_no, detail = _says(field, False, [hit.line]), _standing(hit.known)
        return Item(field, Group.FIT, said_no, False, detail)
    if field == "area":
        # *Chester and within 30 miles*: either will do.
        lines = tuple(part for line in lines for part in _AND.split(line))
    if hit := agrees(lines, told):
        return _agreeing(field, hit.line, hit.known)
    return Item(
        field,
        Group.FIT,
        f"{_WHAT[field]} is still open. {partner.name} says {_quoted(lines)}.",
        None,
        ask=_ask(field, partner.name, prospect.name),
        answer="yes_no",
    )


def _by_word(field: str, lines: tuple[str, ...], said: bool) -> Item:
    return Item(
        field,
        Group.FIT,
        _says(field, said, lines),
        said,
        detail="You said so.",
        answer="yes_no",
    )


def _figures(
    field: str, lines: tuple[str, ...], prospect: Prospect, passing: Passing
) -> bool | None:
    """Compare what is counted or paid; None where either side names no figure."""
    if field == "size":
        named = [span for line in lines for span in spans(line)]
        return counted(named, _told(prospect, passing))
    if field == "value_floor" and passing.value:
        floors = [floor for line in lines if (floor := _amount(line, passing))]
        if floors:
            return passing.value.minor >= min(floors)
    return None


def _amount(line: str, passing: Passing) -> int | None:
    """Return an amount that a line names in the referral's currency, in its minor units."""
    written = _AMOUNT.search(line)
    if written is None or passing.value is None:
        return None
    try:
        read = money.read(written.group().rstrip(".,"), passing.country)
    except Refused:
        return None
    return read.minor if read.currency == passing.value.currency else None


def _ask(field: str, partner: str, prospect: str) -> str:
    return {
        "roles": f"Ask {prospect}: who decides about this with you?",
        "industries": f"What does {prospect} do, and for whom?",
        "size": f"How large is it, at {prospect}’s?",
        "area": f"Where is {prospect}? Ask {partner} whether that is near enough.",
        "trigger_events": f"What has just happened at {prospect}’s?",
        "trigger_phrases": f"What did {prospect} say, in their own words?",
        "signs": f"What does one see at {prospect}’s?",
        "value_floor": f"What might it come to for {partner}?",
        "season": f"Ask {partner}: is now a good time?",
        "capacity": f"Ask {partner}: have you room for one more now?",
    }[field]


def _question(partner: Partner, prospect: Prospect, passing: Passing) -> list[Item]:
    """Return the item of what to ask first: the ideal referral's question, or the card's."""
    own = partner.ideal.get("qualifying_question", ())
    question = own[0] if own else next(iter(partner.ask_first.splitlines()), "")
    if not question.strip():
        return []
    said = passing.fits.get("qualifying_question")
    how = {True: "answered well to", False: "did not answer well to", None: "has not been asked"}
    asked = f"what {partner.name} asks first: “{clipped(question.strip(), 200)}”"
    sentence = f"{prospect.name} {how[said]} {asked}"
    detail = "" if said is None else "You said so."
    return [Item("qualifying_question", Group.FIT, sentence, said, detail, answer="yes_no")]


def _exclusions(partner: Partner, prospect: Prospect, passing: Passing) -> Item:
    """Look for whom not to send. Words that were found stand, whatever was said before."""
    lines = (*partner.ideal.get("exclusions", ()), *partner.not_to_send)
    lines = tuple(dict.fromkeys(lines))
    known = _told(prospect, passing)

    def item(sentence: str, met: bool | None, detail: str = "", ask: str = "") -> Item:
        answer = "yes_no" if lines and (met is not False or not hits) else ""
        return Item("exclusions", Group.FIT, sentence, met, detail, ask, answer=answer)

    hits: list[str] = []
    if not lines:
        return item(
            f"{partner.name} has not said whom not to send.", None,
            ask=f"Ask {partner.name}: whom should I never send you, however keen they are?",
        )  # fmt: skip
    by_line = {line: excluded(line, known) for line in lines}
    hits = [line for line, found in by_line.items() if found is Found.YES]
    if hits:
        return item(
            f"{partner.name} asked not to be sent {_quoted(hits)}.", False,
            detail=_where(hits[0], known),
        )  # fmt: skip
    said = passing.fits.get("exclusions")
    if said is not None:
        none = "none of those" if said else "one of those"
        return item(
            f"{prospect.name} is {none} whom {partner.name} asked not to be sent.", said,
            detail="You said so.",
        )  # fmt: skip
    perhaps = [line for line, found in by_line.items() if found is Found.PERHAPS]
    if perhaps or not prospect.known:
        shown = perhaps or lines
        return item(
            f"{prospect.name} may be one of those whom {partner.name} asked not to be sent.", None,
            detail=f"{capital(_quoted(shown[:3]))}.", ask=f"Is {prospect.name} none of those?",
        )  # fmt: skip
    return item(
        f"{prospect.name} is none of those whom {partner.name} asked not to be sent.", True,
        detail=f"Looked for {_quoted([mid_sentence(line) for line in lines[:3]])}.",
    )  # fmt: skip


def _where(line: str, known: Sequence[Known]) -> str:
    """Say in which of the things known the words were found, the first that has any."""
    for one in known:
        if excluded(line, [one]) is not Found.NO:
            return _standing(one)
    return ""
