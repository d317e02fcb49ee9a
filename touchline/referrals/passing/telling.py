"""What tells who somebody is, and whether a text says it. Pure.

A text tells of somebody by name, by company, or by a way to reach them. Words are compared
folded and in a row; a name that is also a word (*Will*, *Rose*, *Hill*) counts where it has a
capital. In doubt it counts: what is left out can be said in other words, what is said cannot
be taken back.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from touchline.core.fold import fold, words
from touchline.meetings.common.reading import ordinary
from touchline.meetings.common.thesaurus import stem

_WORD = re.compile(r"[^\W_]+")
_FIGURES = re.compile(r"\d[\d\s()./\-\u2010-\u2013]{3,}\d")
_DATED = frozenset(("april", "may", "june", "august"))
# Names too, and so frequent that alone they tell of nobody.
_SMALL = frozenset(
    words(
        "a an and as at be but by can do for go he hello her him his how i if in is it its me"
        " my no not of on one or our she so thank thanks that the their them then they this to"
        " us was we what when where who why with would yes you your"
    )
)
# Names that are words: alone they count with a capital.
_WORDS_TOO = frozenset(
    words(
        "angel april art august autumn ball bell best bill bird bishop black bond book bridge"
        " brook brooks brown burns bush carpenter case chance church close cook cooper cross"
        " dale dawn day dean drew eve faith farmer field fields fish fisher ford fox frank"
        " french frost gardener gold good grace grant green guy hand head heath hill holly home"
        " hope house hunt hunter ivy jack jay joy june king knight lake lamb lane law lily long"
        " love low major march mark marsh mason may melody mercy miller moon moss noble north"
        " olive page park parks pat peace pearl penny piper pool pope potter power price pride"
        " quick ray reed rich robin rob rock root rose ruby rush sage sands savage scott sharp"
        " shepherd shore singer sky smith south star stone street sue summer swan sweet swift"
        " taylor temple thorn town turner vale victor violet walker wall ward waters way weaver"
        " wells west white will wise wolf wood woods wren young"
    )
)
_FORMS = frozenset(
    words(
        "ag bv co company corp corporation gmbh group holdings inc incorporated kg limited llc"
        " llp ltd nv oy plc pte pty sa sarl spa srl"
    )
)
# Where everybody has an address, it tells of nobody.
_EVERYBODYS = frozenset(
    words(
        "gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac aol gmx web proton"
        " protonmail btinternet sky talktalk virginmedia ntlworld zoho fastmail example linkedin"
        " facebook twitter instagram"
    )
)
TAIL = 8  # So many figures at the end tell a number.
SOMEBODY, A_FIRM, A_WAY = "somebody", "a firm", "…"


@dataclass(frozen=True, slots=True)
class Told:
    """What tells of one person or company; ``who`` is for ourselves.

    ``phrases`` are folded words in a row, each with what stands for it where it is masked;
    ``alone`` those of one word that need a capital; ``marks`` folded addresses and hosts;
    ``figures`` the last figures of numbers.
    """

    who: str
    phrases: tuple[tuple[tuple[str, ...], str], ...] = ()
    alone: frozenset[str] = frozenset()
    marks: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Where a text tells of somebody: the words as they stand there, and who it is."""

    start: int
    end: int
    text: str
    who: str
    instead: str


def told(
    who: str,
    *,
    name: str = "",
    given: str = "",
    family: str = "",
    companies: Iterable[str] = (),
    addresses: Iterable[str] = (),
    numbers: Iterable[str] = (),
    known: Iterable[str] = (),
) -> Told:
    """Return what tells of somebody.

    ``addresses`` are e-mail, web, social and postal ones as written, ``numbers`` telephone
    numbers, ``known`` names of people and firms that the reader may hear of all the same: the
    partner's own, and ours. A word of theirs tells of nobody else when it stands alone.
    """
    heard = {tuple(words(each)) for each in known}
    familiar = {word for each in heard for word in each}
    phrases: dict[tuple[str, ...], str] = {}
    alone: set[str] = set()
    if name and not (given or family):
        given, _, family = name.rpartition(" ")
    whole = [name, f"{given} {family}", f"{family} {given}"]
    single = [family, *given.split()]
    for row in (tuple(words(each)) for each in (*whole, *single)):
        if len(row) == 1 and (row[0] in familiar or row[0] in _SMALL or len(row[0]) < 2):
            continue
        if row and row not in heard:
            phrases.setdefault(row, SOMEBODY)
            if len(row) == 1 and (row[0] in _WORDS_TOO or len(row[0]) == 2):
                alone.add(row[0])
    for row in (_core(each) for each in companies):
        if not row or row in {_core_of(each) for each in heard}:
            continue
        phrases.setdefault(row, A_FIRM)
        if len(row) == 1 and (stem(row[0]) in ordinary() or row[0] in _WORDS_TOO):
            alone.add(row[0])
        if len(row) > 1 and len("".join(row)) > 5:
            phrases.setdefault(("".join(row),), A_FIRM)
    marks: list[str] = []
    for each in addresses:
        marks += _marks(each)
        if street := _street(each):
            phrases.setdefault(street, A_WAY)
    figures = {re.sub(r"\D", "", each)[-TAIL:] for each in numbers}
    return Told(
        who,
        tuple(sorted(phrases.items(), key=lambda one: -len(one[0]))),
        frozenset(alone),
        tuple(dict.fromkeys(marks)),
        tuple(sorted(each for each in figures if len(each) > 4)),
    )


def _core(company: str) -> tuple[str, ...]:
    return _core_of(tuple(words(company)))


def _core_of(row: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what firms have in common: *The Hart Foods Co. Ltd* is *hart foods*."""
    while len(row) > 1 and row[-1] in _FORMS:
        row = row[:-1]
    return row[1:] if len(row) > 1 and row[0] == "the" else row


def _marks(address: str) -> list[str]:
    """Return an e-mail address or a page with the host that is theirs alone."""
    plain = fold(address.strip()).removeprefix("mailto:")
    if "@" in plain:
        found, host = [plain], plain.rpartition("@")[2]
    elif match := re.match(r"(?:https?://)?(?:www\.)?([\w.-]+\.[a-z]{2,})(/\S*)?$", plain):
        host = match.group(1)
        found = [f"{host}{match.group(2)}".rstrip("/")] if match.group(2) else []
    else:
        return []
    return [*found, host] if host.split(".")[0] not in _EVERYBODYS else found


def _street(address: str) -> tuple[str, ...]:
    line = address.strip().splitlines()[0] if address.strip() else ""
    row = tuple(words(line.split(",")[0]))
    return row if len(row) > 1 and row[0].isdigit() else ()


def plain(text: str) -> str:
    """Return a text as it is looked through: composed, without marks that nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return composed
    return "".join(mark for mark in composed if unicodedata.category(mark) != "Cf")


def find(text: str, everybody: Iterable[Told]) -> list[Found]:
    """Return what of a text tells of any of them, in order; places are those of its plain."""
    text = plain(text)
    tokens = _tokens(text)
    found: list[Found] = []
    for one in everybody:
        for start, end, instead in (*_named(text, tokens, one), *_reached(text, one)):
            found.append(Found(start, end, text[start:end], one.who, instead))
    return sorted(found, key=lambda each: (each.start, -each.end))


def masked(text: str, everybody: Iterable[Told]) -> str:
    """Return a text that tells of none of them; empty where that leaves nothing to be said."""
    everybody, text = tuple(everybody), plain(text)
    for _ in range(4):
        found = find(text, everybody)
        if not found:
            return text
        kept, at = "", 0
        for each in found:
            if each.start >= at:
                kept += text[at : each.start] + each.instead
                at = each.end
        text = kept + text[at:]
    return ""


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple((fold(each.group()), *each.span()) for each in _WORD.finditer(text))


def _named(
    text: str, tokens: tuple[tuple[str, int, int], ...], one: Told
) -> Iterable[tuple[int, int, str]]:
    begins: dict[str, list[int]] = {}
    for place, (word, _, _) in enumerate(tokens):
        begins.setdefault(word, []).append(place)
    for row, instead in one.phrases:
        for place in begins.get(row[0], ()):
            last = place + len(row)
            if tuple(word for word, _, _ in tokens[place:last]) != row:
                continue
            start, end = tokens[place][1], tokens[last - 1][2]
            is_a_word = text[start].islower() or _is_a_date(tokens, place)
            if not (len(row) == 1 and row[0] in one.alone and is_a_word):
                yield start, end, instead


def _is_a_date(tokens: tuple[tuple[str, int, int], ...], place: int) -> bool:
    """Say whether a name is a month here: *4 June*, *June 2027*."""
    if tokens[place][0] not in _DATED:
        return False
    beside = [tokens[at][0] for at in (place - 1, place + 1) if 0 <= at < len(tokens)]
    return any(word.isdigit() for word in beside)


def _reached(text: str, one: Told) -> Iterable[tuple[int, int, str]]:
    # Folding letter by letter keeps the places.
    lowered = "".join(fold(mark)[:1] or mark for mark in text)
    for mark in one.marks:
        at = lowered.find(mark)
        while at >= 0:
            yield at, at + len(mark), A_WAY
            at = lowered.find(mark, at + 1)
    if one.figures:
        for run in _FIGURES.finditer(text):
            figures = re.sub(r"\D", "", run.group())
            if any(tail in figures for tail in one.figures):
                yield *run.span(), A_WAY
