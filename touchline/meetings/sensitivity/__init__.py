"""Whether a text touches what is nobody else's business: health, belief and the like. Pure.

``words.json`` holds for each category ``phrases`` (folded; ``*`` ends a word in any way, ``/``
or ``|`` parts what may stand in one place, ``{kin}`` is the list of that name under ``sets``)
and ``exact`` ones, told by their capitals (*MS*).
What stands under ``innocent`` is taken out before anything counts: *credit union*, *labour
costs*.
"""

import re
from enum import StrEnum
from functools import lru_cache

from touchline.core.fold import fold
from touchline.meetings.sensitivity.phrases import shipped

LONGEST = 20_000
_APART = re.compile(r"[^\w.,;:!?]+")
_APOSTROPHE = re.compile(r"['’]")
_MARK = re.compile(r"([.,;:!?])")


class Category(StrEnum):
    """The kinds of what the law holds for special, as one says them."""

    HEALTH = "health"
    RELIGION = "religion"
    POLITICS = "politics"
    ETHNICITY = "ethnicity"
    SEXUALITY = "sexuality"
    UNION = "union"

    @property
    def label(self) -> str:
        """The category within a sentence: *touches a trade union*."""
        return "a trade union" if self is Category.UNION else self.value


@lru_cache(maxsize=2048)
def touches(text: str) -> Category | None:
    """Return the category that ``text`` touches first; None where it touches none.

    Text beyond ``LONGEST`` letters is not looked at.
    """
    known = shipped()
    text = _APOSTROPHE.sub("", text[:LONGEST])
    if found := known.exact.search(known.innocent_exact.sub(" ", text)):
        return Category(str(found.lastgroup))
    plain = " ".join(_MARK.sub(r" \1 ", _APART.sub(" ", fold(text))).split())
    told = [phrase for phrase in known.phrases.near(plain) if phrase.pattern.search(plain)]
    if not told:
        return None
    for phrase in known.innocent.near(plain):
        plain = phrase.pattern.sub(" . ", plain)
    at = [(match.start(), one.category) for one in told if (match := one.pattern.search(plain))]
    return Category(min(at)[1]) if at else None
