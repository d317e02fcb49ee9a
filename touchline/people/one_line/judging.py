"""What a word or a piece of a signature may be: part of a name, a title, a firm. Pure."""

import re

from touchline.core.fold import fold
from touchline.people.naming import TITLES
from touchline.people.one_line import known
from touchline.people.one_line.pieces import Piece


def bare(word: str) -> str:
    """Return a word folded, without its dots."""
    return fold(word).replace(".", "").strip(",:")


def is_firm(word: str) -> bool:
    """Whether a word is one of a firm: *Ltd*, *Surveyors*, *&*."""
    return word == "&" or (bare(word) in known.COMPANY and bare(word) != "and")


def is_of_a_name(word: str) -> bool:
    """Whether a word may stand in somebody’s name."""
    plain = bare(word)
    if plain in known.TITLE and plain not in TITLES:
        return False
    if plain in known.PARTICLES or plain in TITLES or word == "&":
        return True
    return not word[0].islower() and not are_letters(word) and not word[0].isdigit()


def is_name(parts: list[str]) -> bool:
    """Whether words may be somebody’s name together."""
    return len(parts) in (1, 2, 3, 4) and all(is_of_a_name(word) for word in parts)


def are_letters(text: str) -> bool:
    """Whether a text is letters after a name alone: *FRICS, MBE*."""
    found = [bare(word) for word in re.split(r"[\s,/]+", text) if word]
    return bool(found) and all(word in known.LETTERS for word in found)


def is_company(piece: Piece) -> bool:
    """Whether a piece names a firm."""
    joined = frozenset(word.replace(".", "") for word in fold(piece.text).split())
    firm = piece.has(known.COMPANY - {"and"}) or bool(joined & known.LEGAL)
    return firm and not (piece.folded and piece.folded[0] in known.TITLE)


def is_title(piece: Piece) -> bool:
    """Whether a piece says what somebody does."""
    return piece.has(known.TITLE) or (piece.text[0].islower() and len(piece.folded) <= 4)


def may_be_given(piece: Piece) -> bool:
    """Whether a piece may be a given name by itself."""
    return (
        len(piece.folded) <= 2 and piece.text[0].isupper() and piece.text.replace(" ", "").isalpha()
    )


def is_closing(piece: Piece) -> bool:
    """Whether a piece closes a letter: *Kind regards*."""
    return bool(piece.folded) and all(
        word in known.CLOSINGS or word in ("mit", "and", "iphone", "android", "for", "ihr", "ihre")
        for word in piece.folded
    )


def is_person(piece: Piece) -> bool:
    """Whether a piece is a whole name."""
    parts = piece.text.split()
    return len(parts) > 1 and is_name(parts) and not is_company(piece) and not is_title(piece)
