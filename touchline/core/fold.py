"""Text made comparable: accents and case aside. Pure."""

import re
import unicodedata

_SPECIAL = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th"})
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return ``text`` without accents and case: *Siân Müller* gives *sian muller*.

    What is nothing but accents is left as it is, so that no name folds to nothing.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    folded = "".join(mark for mark in decomposed if not unicodedata.combining(mark))
    return folded if folded.strip() else text


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order: runs of letters and digits."""
    return _WORD.findall(fold(text))
