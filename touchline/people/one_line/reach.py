"""Finds e-mail addresses, pages and telephone numbers in a line of text. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import phonenumbers

from touchline.core.fold import fold
from touchline.people.one_line import known

_MAIL = re.compile(r"<?\b(?:mailto:)?([\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})>?")
_PAGE = re.compile(
    r"<?\b(?:https?://[^\s<>|]+|www\.[^\s<>|,;]+"
    r"|(?:[a-z0-9-]{1,63}\.){1,4}"
    r"(?:com|org|net|info|biz|io|eu|uk|de|at|ch|fr|nl|be|it|es|dk|se|no|pl|ie|us|ca|au|nz|co|me|dev|app|law|consulting)"
    r"(?:/[^\s<>|,;]*)?)(?![\w@])>?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w/@.])(?:\+|00)?\(?\d[\d\s()./\u2010-\u2015-]{4,28}\d(?![\w@])"
    r"(?:\s*(?:ext|extn|extension|x|dw)\.?\s*:?\s*\d{1,6})?",
    re.IGNORECASE,
)
_DATES = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d"
)
# The word before: *Tel:*, *M*, *Direct dial*; with a colon or dot unless it is long enough.
_SIGN = re.compile(
    r"(?<![\w@])([^\W\d_][\w-]{0,14}(?: (?:dial|phone|number))?)\s*[.:]?\s*[:.]?\s*$"
)
_AFTER = re.compile(r"\s*\(([^\W\d_]{1,12})\)|\s+([^\W\d_]{4,7})(?=\s*(?:$|[,;|/]))")
_NETWORKS = {
    "linkedin.com": "LinkedIn", "xing.com": "Xing", "facebook.com": "Facebook",
    "instagram.com": "Instagram", "twitter.com": "X", "x.com": "X",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reach:
    """A way to reach somebody, as ``people.editing.Point``."""

    kind: str
    value: str
    label: str = ""


def taken(line: str, country: str) -> tuple[str, list[Reach]]:
    """Return the line without what was found in it, and what was found, in its order."""
    found: list[tuple[int, int, Reach]] = []
    for mail in _MAIL.finditer(line):
        start, _ = _signed(line, mail.start(), known.MAIL_SIGNS)
        found.append((start, mail.end(), Reach("email", mail[1].strip("."))))
    for page in _PAGE.finditer(line):
        value = page[0].strip("<>").rstrip(".,;:)'\"")
        if _overlaps(found, page.start(), page.end()) or not _is_page(value):
            continue
        start, _ = _signed(line, page.start(), known.WEB_SIGNS)
        network = _network(value)
        reach = Reach("social", value, network) if network else Reach("web", value)
        found.append((start, page.start() + page[0].index(value) + len(value), reach))
    found += [one for one in _numbers(line, country) if not _overlaps(found, one[0], one[1])]
    found.sort(key=lambda one: one[0])
    rest, at = [], 0
    for start, end, _ in found:
        rest.append(line[at:start])
        at = max(at, end)
    # What stood between is parted, not joined.
    return " | ".join([*rest, line[at:]]), [reach for _, _, reach in found]


def _overlaps(found: list[tuple[int, int, Reach]], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end, _ in found)


def _is_page(value: str) -> bool:
    """Leave out what only looks like one: *e.g.*, *Inc.*, a name with a dot in it."""
    return "/" in value or value.lower().startswith("www.") or value == value.lower()


def _network(value: str) -> str:
    host = re.sub(r"(?i)^https?://", "", value).partition("/")[0].lower()
    return _NETWORKS.get(".".join(host.split(".")[-2:]), "")


def _signed(line: str, start: int, signs: frozenset[str]) -> tuple[int, str]:
    """Return where the word before begins that says what follows, and the word."""
    sign = _SIGN.search(line, max(0, start - 40), start)
    if sign is None:
        return start, ""
    word = fold(sign[1])
    if word not in signs or (len(word) == 1 and not _stands_alone(line, sign)):
        return start, ""
    return sign.start(), word


def _stands_alone(line: str, sign: re.Match[str]) -> bool:
    """Whether a single letter is a sign: with a colon or dot, or first in its part."""
    return sign[0].rstrip()[-1] in ":." or not line[: sign.start()].strip(" |,;·•-–/")


def _numbers(line: str, country: str) -> Iterator[tuple[int, int, Reach]]:
    for run in _NUMBER.finditer(line):
        for start, end in _parts(line, run.start(), run.end(), country):
            signed, word = _signed(line, start, frozenset(known.SIGNS) | _LONG)
            before = re.search(r"([\w-]+)\W*$", line[max(0, start - 20) : start])
            if not word and before and fold(before[1]) in known.NOT_A_PHONE:
                continue
            label = known.SIGNS.get(word.split(" ")[0], "") if word else ""
            after = _AFTER.match(line, end)
            behind = fold((after[1] or after[2]) if after else "")
            if after and not label and known.SIGNS.get(behind):
                label, end = known.SIGNS[behind], after.end()
            yield (
                signed,
                end,
                Reach("phone", " ".join(line[start:end].split()), label)
                if not (after and end == after.end())
                else Reach("phone", " ".join(line[start : after.start()].split()), label),
            )


_LONG = frozenset(f"{sign} {more}" for sign in known.SIGNS for more in ("dial", "phone", "number"))


def _parts(line: str, start: int, end: int, country: str) -> list[tuple[int, int]]:
    """Cut a run of digits into the numbers in it: none, one, or several beside each other."""
    text = line[start:end]
    if _DATES.fullmatch(text.strip()) or not 6 <= sum(mark.isdigit() for mark in text) <= 40:
        return []
    if _possible(text, country):
        return [(start, end)]
    for cut in re.finditer(r"\s+/\s+|\s{2,}|\s+(?=\+)|\s+[-–]\s+", text):
        left = _parts(line, start, start + cut.start(), country)
        right = _parts(line, start + cut.end(), end, country)
        if left and right:
            return left + right
    # A postcode in front of it.
    for cut in re.finditer(r"\s+", text):
        if _possible(text[cut.end() :], country):
            return [(start + cut.end(), end)]
    return []


def _possible(text: str, country: str) -> bool:
    """Whether this can be dialled; numbers of other countries come without their code too."""
    for region in dict.fromkeys((country, "GB", "DE", "US")):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number) and len(str(number.national_number)) >= 6:
            return True
    return False
