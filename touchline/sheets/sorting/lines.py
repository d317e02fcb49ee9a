"""The lines of a sheet, each as it stood and as it is read: quotes, bullets, marks. Pure."""

import re
from dataclasses import dataclass

_QUOTE = re.compile(r"\s*(?:>\s?)+")
_BULLET = re.compile(r"\s*(?:[-*•·‣◦▪●○■□✓✔➤►→+]|[–—](?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"(?:\(?\d{1,2}[.):]|\(?[a-z]\)|q\d{1,2}[.:)]?)\s+(?=\S)", re.IGNORECASE)
_ROLE = re.compile(r"(q|f|a|question|answer|frage|antwort)\s?(?:\d{1,2}\s?)?[:.)]\s*(?=\S|$)", re.I)
_HASHES = re.compile(r"#{1,6}\s*(?=\S)")
_BOLD = re.compile(r"(?:\*\*|__|\*)(?=\S)(.{1,200}?)(?<=\S)(?:\*\*|__|\*)(:?)")
_RULE = re.compile(r"[\s\-=_*~#|+:.–—]*")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,})\s*")
_ENDS = re.compile(r"[?.:!…]['\"”)]?\s*$")
_ASKS = re.compile(
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|do|does|have|has|can|could|would|"
    r"was|wer|wen|wem|welche\w*|wann|wo|wie|warum|woher|haben|hast|gibt|sind|ist|worüber)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"(?:please\s|bitte\s)?(?:tell (?:us|me)|describe|list|name|share|give (?:us|me)|explain|"
    r"write|complete|erzähl\w*|beschreib\w*|nennen?|schreib\w*)\b",
    re.IGNORECASE,
)
# What closes a letter, and what parts the letter from the one that it answers.
_CLOSES = re.compile(
    r"(?:(?:kind|best|warm|many|with)(?:est)? (?:kind )?(?:regards|wishes|thanks)|regards|best|"
    r"cheers|"
    r"thanks|thank you|many thanks|yours|yours (?:sincerely|faithfully|truly)|sincerely|"
    r"looking forward.{0,60}|see you.{0,40}|hope (?:this|that) helps.{0,40}|all the best|"
    r"(?:mit )?(?:freundlichen|besten|herzlichen|lieben|viele|liebe|beste|herzliche) grüßen?|"
    r"viele grüße|bis (?:bald|dann).{0,40}|lg|vg|mfg)(?: (?:from|aus) .{1,30})?\s*[,.!]*\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*-{2,}\s*(?:original message|ursprüngliche nachricht)\s*-{2,}\s*", re.I)
_SIGNATURE = re.compile(r"-- ?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that has something on it.

    ``text`` is it as it stood, ``said`` without what only sets it out, ``body`` without a number
    and a role as well. ``role`` is *q*, *a* or nothing. ``after`` says that an empty line or a
    rule stands before it, ``marked`` that it is set out as a heading.
    """

    text: str
    said: str
    body: str
    quoted: bool = False
    bullet: bool = False
    numbered: bool = False
    marked: bool = False
    indented: bool = False
    role: str = ""
    after: bool = True

    @property
    def asks(self) -> bool:
        """Whether it is a question, or tells somebody to answer."""
        plain = self.body.rstrip(" :*_")
        return plain.endswith("?") or self.role == "q" or bool(_TELLS.match(plain))

    @property
    def closes(self) -> bool:
        """Whether it ends a letter."""
        return not self.bullet and bool(_CLOSES.fullmatch(self.body))


def lines_of(text: str) -> tuple[list[Line], list[str]]:
    """Return the lines of a text, and those below its signature or of the letter it answers.

    What has nothing but strokes is left out. A question that runs over its line is one line.
    """
    found: list[Line] = []
    after = True
    given = text.split("\n")
    for at, raw in enumerate(given):
        raw = raw.rstrip()
        if (_SIGNATURE.fullmatch(raw) and found) or _PARTS.fullmatch(raw):
            return found, [line.rstrip() for line in given[at:] if not _is_rule(line)]
        if _is_rule(raw):
            if found and raw.strip() and not after and _UNDERLINE.fullmatch(raw):
                found[-1] = _as_heading(found[-1])
            after = True
            continue
        line = _line(raw, after)
        if found and not after and _runs_on(found[-1], line):
            found[-1] = _joined(found[-1], line)
        else:
            found.append(line)
        after = False
    return found, []


def _is_rule(raw: str) -> bool:
    return bool(_RULE.fullmatch(_QUOTE.sub("", raw, count=1) if raw.lstrip()[:1] == ">" else raw))


def _line(raw: str, after: bool) -> Line:
    rest, marked = raw, False
    quote = _QUOTE.match(rest)
    rest = rest[quote.end() :] if quote else rest
    indented = rest[:1] in (" ", "\t")
    rest = rest.strip(" ")
    if hashes := _HASHES.match(rest):
        rest, marked = rest[hashes.end() :].rstrip("# "), True
    bullet = _BULLET.match(rest) if not _BOLD.match(rest) else None
    rest = rest[bullet.end() :] if bullet else rest
    if bold := _BOLD.match(rest):
        marked = marked or bold.end() == len(rest)
        behind = rest[bold.end() :]
        # *Hobbies* set out in bold is a label without its colon.
        colon = ":" if behind.strip(" ") and bold[1][-1] not in ":?" and behind[0] == " " else ""
        rest = f"{bold[1]}{bold[2] or colon}{behind}"
    said, role = rest.strip(), ""
    number = _NUMBER.match(said)
    body = said[number.end() :] if number else said
    if found := _ROLE.match(body):
        role = "q" if found[1][0].lower() in "qf" else "a"
        body = body[found.end() :]
    return Line(
        raw, said, body, bool(quote), bool(bullet), bool(number), marked, indented, role, after
    )


def _as_heading(line: Line) -> Line:
    return Line(
        line.text, line.said, line.body, line.quoted, line.bullet, line.numbered, True,
        line.indented, line.role, line.after,
    )  # fmt: skip


def _runs_on(first: Line, line: Line) -> bool:
    """Say whether a question goes on in the next line."""
    if not line.body.rstrip(" :*_").endswith("?") or first.quoted != line.quoted:
        return False
    if line.bullet or line.numbered or line.role or line.marked or _ENDS.search(first.body):
        return False
    return first.quoted or bool(_ASKS.match(first.body) and not _ASKS.match(line.body))


def _joined(first: Line, line: Line) -> Line:
    return Line(
        f"{first.text}\n{line.text}", f"{first.said} {line.said}", f"{first.body} {line.body}",
        first.quoted, first.bullet, first.numbered, first.marked, first.indented, first.role,
        first.after,
    )  # fmt: skip
