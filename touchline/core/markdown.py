"""Notes as their authors mark them up, made safe: a little Markdown and never any HTML.

Emphasis, lists, quotations, code and links; a line break stays one. What Markdown would drop
or turn into a page of its own (HTML, pictures, headings, rules, references) is left as it was
typed, and so is a link that leads elsewhere than to the web, a mailbox or a telephone.
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "a"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_LEADS_OUT = re.compile(r"(?:https?://|mailto:|tel:)[^\s\\]+", re.I)
# Nothing here can be marked up: most lines, and escaping them is all that is to be done.
_UNMARKED = re.compile(r"(?!\s*(?:[-+>]|\d+[.)]))[^*_`\[\]<>\\~\n\r]*")
_SHOWN = ("text", "code_inline")


@cache
def _markdown() -> "MarkdownIt":
    """Return what reads marks, loaded when the first note that has some is shown."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["blockquote", "list", "emphasis", "backticks", "link", "autolink", "escape", "newline"]
    )
    made.validateLink = lambda url: bool(_LEADS_OUT.fullmatch(url))  # type: ignore[method-assign]
    return made


@lru_cache(maxsize=2048)
def render(text: str) -> SafeString:
    """Return a note as HTML that is safe to show: no script, handler, style or picture."""
    text = text.strip()
    if _UNMARKED.fullmatch(text):
        made = f"<p>{escape(text)}</p>"
    else:
        made = nh3.clean(
            _markdown().render(text),
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes=_SCHEMES,
            link_rel="noopener noreferrer nofollow",
        ).strip()
    return mark_safe(made)  # noqa: S308 - escaped, or cleaned by nh3


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Return a note without its marks, a line for each paragraph or entry of a list."""
    text = text.strip()
    if _UNMARKED.fullmatch(text):
        return text
    lines, number = [], ""
    for token in _markdown().parse(text):
        if token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "inline":
            lines.append(number + _said(token.children or []))
            number = ""
    return "\n".join(lines)


def _said(tokens: "list[Token]") -> str:
    """Return the words; where a link leads follows those that are linked."""
    leads, begins, said = "", 0, ""
    for token in tokens:
        if token.type == "link_open":
            leads, begins = str(token.attrGet("href") or ""), len(said)
        elif token.type == "link_close" and unquote(leads) != unquote(said[begins:]):
            said += f" ({leads})"
        elif token.type in ("softbreak", "hardbreak"):
            said += "\n"
        elif token.type in _SHOWN:
            said += token.content
    return said
