"""The parts of an info sheet (M11), and who gets to see each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from touchline.core.months import months_before

# Who a part is shown to: whoever has the address, referral partners, nobody.
ANYONE, PARTNERS, OFF = "anyone", "partners", "off"
AUDIENCES = {
    ANYONE: "Anyone with the address",
    PARTNERS: "Referral partners",
    OFF: "Nobody for now",
}

# A sheet is looked through again after so many months (the practice: about every six).
FRESH_MONTHS = 6
LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sheet: its key, its heading, and what may stand in it."""

    key: str
    name: str
    hint: str
    shown_to: str


PARTS = (
    Part("about", "About me", "Who you are in three lines, as you would say it.", ANYONE),
    Part("work", "My work", "What you do, for whom, and what people come to you for.", ANYONE),
    Part("ideal", "Whom I like to meet", "Who is right for you, and how one tells.", ANYONE),
    Part("story", "A story", "One piece of work that shows what you are good at.", ANYONE),
    Part("interests", "What I like", "What you do when you are not working.", ANYONE),
    Part("family", "Family", "As much as you like to tell, and no more.", PARTNERS),
    Part("networks", "Where I network", "Groups, clubs and committees.", ANYONE),
    Part("introduce", "How to introduce me", "The sentence, and what to ask first.", PARTNERS),
)
KEYS = tuple(part.key for part in PARTS)


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as somebody gets to see it; ``is_new`` since they last looked."""

    key: str
    name: str
    text: str
    is_new: bool


def shown(
    texts: Mapping[str, str],
    audiences: Mapping[str, str],
    changed: Mapping[str, datetime],
    *,
    partner: bool,
    since: datetime | None = None,
) -> tuple[Shown, ...]:
    """Return the parts that have something to say, for a partner or for anyone else.

    ``since`` is when they last looked: what changed then or later is new. None: nothing is.
    What no audience is known for is shown to nobody.
    """
    seen = {ANYONE, PARTNERS} if partner else {ANYONE}
    return tuple(
        Shown(
            part.key,
            part.name,
            texts[part.key],
            bool(since and part.key in changed and changed[part.key] >= since),
        )
        for part in PARTS
        if texts.get(part.key) and audiences.get(part.key, OFF) in seen
    )


def is_stale(confirmed_on: date | None, today: date) -> bool:
    """Is it six months or more since somebody last said that all of a sheet is so?

    A sheet that is not written yet (None) has nothing to look through.
    """
    return confirmed_on is not None and confirmed_on <= months_before(today, FRESH_MONTHS)
