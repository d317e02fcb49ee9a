"""Keys of rows as forms, addresses and commands give them. Pure."""

from collections.abc import Iterable

# One digit short of the largest 64-bit number: what is longer no row can have, and a database
# asked for it fails instead of finding nothing.
LONGEST = 18


def key_in(text: str) -> int | None:
    """Read the key of a row; None for anything that cannot be one."""
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST
    return int(text) if plain else None


def keys_in(texts: Iterable[str]) -> list[int]:
    """Read the keys among some texts, in order; the rest are passed over."""
    return [key for text in texts if (key := key_in(text)) is not None]
