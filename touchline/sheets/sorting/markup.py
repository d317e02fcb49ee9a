"""HTML to plain text, in time that grows with its length alone. Pure."""

import html
import re

# More than a page of 1 MB that somebody wrote has; what follows is taken for text.
MOST_TAGS = 50_000
_OPENS = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html|head|body|meta)\b", re.I)
_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9]{0,15}")
# Nothing in them is meant to be read.
_UNREAD = {"script", "style", "head", "title", "template", "noscript", "svg"}
_BREAKS = {
    *("p", "div", "section", "article", "table", "ul", "ol", "dl", "form", "header", "footer"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "pre", "fieldset"),
}
_LINES = {"br", "tr", "li", "dt", "dd", "legend"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SPACE = re.compile(r"[ \r\n\t\f\xa0]+")


def is_markup(text: str) -> bool:
    """Say whether a text opens as a page of HTML."""
    return bool(_OPENS.match(text))


def plain(text: str) -> str:
    """Return the text of a page, line by line; headings, cells and quotes are marked."""
    out: list[str] = []
    unread, comment, quotes = "", False, 0
    first, *pieces = text.split("<", MOST_TAGS)
    _say(out, first, quotes)
    for piece in pieces:
        if comment or unread:
            # Until it is closed.
            if comment and "-->" in piece:
                comment = False
                _say(out, piece.partition("-->")[2], quotes)
            elif unread and piece[: len(unread) + 1].lower() == f"/{unread}":
                unread = ""
                _say(out, piece.partition(">")[2], quotes)
            continue
        if piece.startswith("!--"):
            comment = "-->" not in piece
            _say(out, piece.partition("-->")[2], quotes)
            continue
        tag, closed, said = piece.partition(">")
        name = _NAME.match(tag)
        if not closed or not (name or tag[:1] in ("!", "?")):
            _say(out, f"<{piece}", quotes)
            continue
        word = name[0].lower() if name else ""
        if word in _UNREAD:
            unread = word
            continue
        quotes = _quotes(quotes, word)
        _set_out(out, word, quotes)
        _say(out, said, quotes)
    lines = "".join(out).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


def _quotes(quotes: int, word: str) -> int:
    if word == "blockquote":
        return quotes + 1
    return max(0, quotes - 1) if word == "/blockquote" else quotes


def _set_out(out: list[str], word: str, quotes: int) -> None:
    start = "\n> " if quotes else "\n"
    bare = word.removeprefix("/")
    if word in ("td", "th"):
        # Between cells, not before the first.
        if out and not out[-1].endswith(("\n", "> ", "- ")):
            out.append("\t")
    elif word == "li":
        out.append(f"{start}- ")
    elif bare in _BREAKS:
        out.append(f"\n{start}")
        if word in _HEADINGS:
            out.append("# ")
    elif bare in _LINES:
        out.append(start)


def _say(out: list[str], said: str, quotes: int) -> None:
    plain = _SPACE.sub(" ", html.unescape(said))
    if not out or out[-1].endswith(("\n", "> ", "- ", "# ", "\t", " ")):
        plain = plain.lstrip(" ")
    if plain:
        out.append(plain)
