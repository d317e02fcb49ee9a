"""A mail as it was stored (.eml): its text, the cards in it, and what was attached. Pure."""

import re
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser

from touchline.people.importing.text import from_bytes, one_line, shown
from touchline.sheets.sorting.markup import plain

MOST_NESTED = 30
MOST_PARTS = 200
# Bytes of a header: the library reads a longer one in time that grows with its square.
MOST_HEADER = 2000
_CONTENT = re.compile(rb"(?mi)^content-[a-z-]{1,30}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*")
_HEADERS = re.compile(
    rb"(?:[\x21-\x39\x3b-\x7e]{1,70}:[^\r\n]*(?:\r\n|\r|\n)(?:[ \t][^\r\n]*(?:\r\n|\r|\n))*){3}"
)
_OF_MAIL = re.compile(
    rb"(?mi)^(?:from|message-id|mime-version|received|return-path|content-type|delivered-to):"
)
_NESTS = re.compile(rb"(?i)content-type\s*:\s*(?:multipart|message)")
_SHOWN = ("From", "To", "Date", "Subject")


class TooDeep(ValueError):
    """A mail whose parts nobody would nest by hand."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail: the lines that head it, its text, its cards as UTF-8, and the names of the rest."""

    head: str
    text: str
    cards: tuple[bytes, ...]
    left_out: tuple[str, ...]


def looks_like_it(given: bytes) -> bool:
    """Say whether a text opens as a stored mail does: three headers, two of them of mail alone."""
    start = given[:20_000].lstrip(b"\r\n")
    opens = _HEADERS.match(start.partition(b"\n")[2] if start.startswith(b"From ") else start)
    if not opens:
        return False
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return len({found.lower() for found in _OF_MAIL.findall(head)}) >= 2


def read(given: bytes) -> Mail:
    """Read a mail. Raises ``TooDeep`` where its parts nest more than anybody's do."""
    if len(_NESTS.findall(given)) > MOST_NESTED:
        raise TooDeep
    # Its headers stay as they are: the newer policies raise for what is not well formed.
    given = _CONTENT.sub(lambda found: found[0][:MOST_HEADER], given)
    mail = BytesParser(policy=policy.compat32).parsebytes(given)
    texts, pages, cards, left_out = [], [], [], []
    for part in list(mail.walk())[:MOST_PARTS]:
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        name = _decoded(part.get_filename() or "")
        if kind in ("text/vcard", "text/x-vcard", "text/directory") or name.endswith(".vcf"):
            cards.append(_text(part).encode("utf-8", "replace"))
        elif kind == "text/plain":
            texts.append(_text(part))
        elif kind == "text/html":
            pages.append(part)
        else:
            left_out.append(shown(name) or kind)
    # A page says again what the text says, so it is read only where there is none.
    if not any(text.strip() for text in texts):
        texts = [plain(_text(part)) for part in pages]
    head = [f"{name}: {one_line(_decoded(str(mail[name])))}" for name in _SHOWN if mail[name]]
    text = "\n\n".join(text.strip() for text in texts if text.strip())
    return Mail("\n".join(head), text, tuple(cards), tuple(left_out))


def _text(part: Message) -> str:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    if not isinstance(content, bytes):
        content = str(part.get_payload()).encode("utf-8", "surrogateescape")
    charset = part.get_content_charset() or ""
    text = from_bytes(content, charset)
    # A line broken by the format of mail goes on after its space (RFC 3676).
    return _flowed(text) if part.get_param("format", "") == "flowed" else text


def _flowed(text: str) -> str:
    # Of each line its pieces, none of them empty but a whole line.
    out: list[list[str]] = []
    for line in re.split(r"\r\n|\r|\n", text):
        goes = out and out[-1][-1].endswith(" ") and out[-1] != ["-- "]
        if goes and not line.startswith(">") and not out[-1][0].startswith(">"):
            out[-1] += [piece] if (piece := line.removeprefix(" ")) else []
        else:
            out.append([line])
    return "\n".join("".join(pieces) for pieces in out)


def _decoded(header: str) -> str:
    try:
        pieces = decode_header(header[:MOST_HEADER])
        return "".join(
            piece if isinstance(piece, str) else from_bytes(piece, charset or "")
            for piece, charset in pieces
        )
    except (MessageError, ValueError, LookupError):
        return header
