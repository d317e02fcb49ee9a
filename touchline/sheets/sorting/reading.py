"""What was put in, as text: plain text, mail or a vCard, known by its content. Pure."""

import re
from dataclasses import dataclass, field

from touchline.people.importing import vcard
from touchline.people.importing.rows import Row
from touchline.people.importing.rows import Unreadable as Spoilt
from touchline.people.importing.text import clean, lines, settle, shown, utf8
from touchline.sheets.sorting import cards, mails
from touchline.sheets.sorting.markup import is_markup, plain

MAX_BYTES = 1024 * 1024
MAX_LETTERS = 100_000
MAX_LINES = 5_000
_BINARIES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word file or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Outlook file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
)


class Unreadable(ValueError):
    """What was put in is refused; the message is the sentence to show."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sheet as text.

    ``text`` is what is sorted, ``raw`` the sheet as it came, without its pictures. ``photo`` is
    the picture of a card, of any kind, or b''. ``left_out`` names attachments that nobody read.
    """

    text: str
    raw: str
    photo: bytes = field(default=b"", repr=False)
    left_out: tuple[str, ...] = ()


def too_large(called: str, size: int) -> str:
    """Say why what was put in is refused for its size."""
    return (
        f"{called} has {size / 1024 / 1024:.1f} MB, and 1 MB is the most. Leave out its pictures, "
        "or copy its text and paste it."
    )


def read(data: bytes, filename: str = "") -> Text:
    """Return a sheet as text; ``filename`` only names it in a sentence.

    Raises ``Unreadable``, and nothing else, for what is too large, is empty, is no text, or is
    more than one sheet.
    """
    called = f"“{shown(filename)}”" if shown(filename) else "It"
    if len(data) > MAX_BYTES:
        raise Unreadable(too_large(called, len(data)))
    for magic, what in _BINARIES:
        if data.startswith(magic):
            raise Unreadable(f"{called} is {what}. Open it, copy its text and paste it here.")
    try:
        given, _ = utf8(data, called)
    except Spoilt as spoilt:
        empty = "is empty" in str(spoilt)
        raise Unreadable(_empty(called) if empty else _no_text(called)) from None
    found = _read(given, called)
    if not found.text.strip():
        left = (
            f" What is attached ({_named(found.left_out)}) was not read." if found.left_out else ""
        )
        raise Unreadable(f"{_empty(called)}{left}")
    if len(found.text) > MAX_LETTERS or found.text.count("\n") >= MAX_LINES:
        raise Unreadable(
            f"{called} is longer than a sheet can be: {MAX_LETTERS:,} letters or {MAX_LINES:,} "
            "lines are the most. Paste the part that is theirs."
        )
    return found


def _read(given: bytes, called: str) -> Text:
    if vcard.looks_like_it(given):
        return _card(given, called)
    if mails.looks_like_it(given):
        return _mail(given, called)
    text = _text(given)
    if is_markup(text):
        text = clean(plain(text))
    return Text(text, text)


def _text(given: bytes) -> str:
    return clean("".join(map(settle, lines(given))))


def _card(given: bytes, called: str) -> Text:
    found = [row for row in vcard.read(given) if isinstance(row, Row)]
    if not found:
        raise Unreadable(f"{called} is a vCard that cannot be read. Paste its text.")
    if len(found) > 1:
        raise Unreadable(
            f"{called} has the cards of {len(found)} people. Put in the one that is theirs."
        )
    return Text(cards.said(found[0]), cards.without_pictures(_text(given)), found[0].photo)


def _mail(given: bytes, called: str) -> Text:
    try:
        mail = mails.read(given)
    except mails.TooDeep:
        raise Unreadable(
            f"{called} has mails within mails within mails. Copy the text and paste it."
        ) from None
    text, photo = clean(mail.text), b""
    for card in mail.cards:
        row = next((row for row in vcard.read(card) if isinstance(row, Row)), None)
        if row is not None:
            text, photo = f"{text}\n\n{cards.said(row)}".strip(), photo or row.photo
    raw = clean(f"{mail.head}\n\n{text}")
    return Text(text, raw, photo, mail.left_out)


def _empty(called: str) -> str:
    return f"{called} has no text in it. Paste what they wrote, or choose another file."


def _no_text(called: str) -> str:
    return f"{called} is no text, mail or vCard. Open it, copy its text and paste it here."


def _named(names: tuple[str, ...]) -> str:
    return re.sub(r"\s+", " ", ", ".join(names[:5]))
