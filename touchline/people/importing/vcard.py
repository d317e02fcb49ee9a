"""vCard 2.1, 3.0 and 4.0, as phones and address books really write them."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from touchline.people.importing import dates
from touchline.people.importing.content_lines import (
    MAX_PHOTO,
    ContentLine,
    content_lines,
    parts,
    unescaped,
)
from touchline.people.importing.drafting import MAX_VALUES, Draft, postal_lines
from touchline.people.importing.rows import Problem, Row
from touchline.people.importing.text import MAX_CELL, lines, one_line, shown

MAX_LINES = 5000  # of one card
# Logos, sounds and keys, and what a card notes about itself rather than about the person.
_LEFT_OUT = {
    *("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "X-MS-OL-DESIGN", "X-WAB-PHOTO"),
    *("VERSION", "BEGIN", "END", "REV", "PRODID", "SOURCE", "MAILER", "CLASS", "PROFILE", "NAME"),
    *("KIND", "X-ADDRESSBOOKSERVER-KIND", "CLIENTPIDMAP", "SORT-STRING", "X-ABLABEL", "X-ABADR"),
    *("X-ABUID", "X-ABSHOWAS", "X-IMAGEHASH", "X-IMAGETYPE", "X-THUNDERBIRD-ETAG", "CREATED"),
    *("X-MS-OL-DEFAULT-POSTAL-ADDRESS", "X-PRODID", "LABEL"),
}
# Types that say how a thing is reached, not which one it is, and what faulty writers leave there.
_NO_LABEL = {
    *("pref", "internet", "voice", "email", "text", "msg", "video", "dom", "intl", "parcel"),
    *("x-pref", "quoted-printable", "base64", "b", "8bit", "7bit", "uri", "utf-8", "inline"),
    *("vcard", "x-unknown", "iphone", "unknown", "tel", "x400"),
}
_SPOKEN = {
    "X-MS-IMADDRESS": "Instant messaging",
    "X-WAB-SPOUSE_NAME": "Spouse",
    "X-WAB-WEDDING_ANNIVERSARY": "Wedding anniversary",
    "X-ABRELATEDNAMES": "Related person",
    "X-ABDATE": "Date",
    "X-EVOLUTION-ANNIVERSARY": "Anniversary",
    "X-WAB-GENDER": "Gender",
    "X-MS-ANNIVERSARY": "Anniversary",
    "X-MS-SPOUSE": "Spouse",
    "X-EVOLUTION-SPOUSE": "Spouse",
    "TZ": "Time zone",
    "GEO": "Position",
    "LANG": "Language",
    "RELATED": "Related person",
}
_MESSENGERS = {"IMPP", "X-AIM", "X-ICQ", "X-JABBER", "X-MSN", "X-YAHOO", "X-SKYPE", "X-QQ"}
_NETWORKS = {"X-LINKEDIN": "LinkedIn", "X-TWITTER": "X", "X-FACEBOOK": "Facebook", "X-XING": "Xing"}
_ABOUT = {
    *("NOTE", "TITLE", "ROLE", "ORG", "N", "FN", "UID", "CATEGORIES", "BDAY", "X-TOUCHLINE-SOURCE"),
}
_WRAPPED = re.compile(r"_\$!<(.*)>!\$_", re.DOTALL)
_BEGIN = re.compile(r"\s*BEGIN\s*:\s*VCARD\s*", re.IGNORECASE)
_OPENS = re.compile(rb"\s*BEGIN\s*:\s*VCARD", re.IGNORECASE)
_BEGINS = re.compile(rb"(?mi)^[ \t]*BEGIN[ \t]*:[ \t]*VCARD[ \t]*\r?$")


def looks_like_it(plain: bytes) -> bool:
    """Whether the text opens with a card."""
    return bool(_OPENS.match(plain))


def holds_one(plain: bytes) -> bool:
    """Whether a card begins on any line."""
    return bool(_BEGINS.search(plain))


def read(plain: bytes) -> Iterator[Row | Problem]:
    """Every card's row, and what is wrong with which."""
    begun: int | None = None
    nested = 0  # cards within this one (AGENT): another person's, and left alone
    agent = False
    held: list[ContentLine] = []
    for line in content_lines(lines(plain)):
        frame = line.name if line.value.strip().upper() == "VCARD" else ""
        if frame == "BEGIN" and begun is not None and (agent or nested):
            nested += 1
        elif frame == "BEGIN":
            if begun is not None:
                yield _broken_off(begun)
            begun, held = line.number, []
        elif frame == "END" and nested:
            nested -= 1
        elif frame == "END" and begun is not None:
            yield from _card(begun, held)
            begun, held = None, []
        elif begun is not None and not nested:
            if line.name == "AGENT" and _BEGIN.match(line.value) and "\\n" not in line.value:
                nested = 1
            if len(held) <= MAX_LINES:
                held.append(line)
        agent = line.name == "AGENT" and not line.value.strip()
    if begun is not None:
        yield _broken_off(begun)


def _broken_off(number: int) -> Problem:
    return Problem(
        number,
        "The card that begins on this line breaks off before its end. It was left out; "
        "export the file again to have it whole.",
    )


def _card(number: int, held: list[ContentLine]) -> list[Row | Problem]:
    values = {line.name: line.value.strip() for line in held}
    kind = values.get("KIND") or values.get("X-ADDRESSBOOKSERVER-KIND") or ""
    if kind.lower() == "group":
        called = shown(unescaped(values.get("FN", "")))
        return [Problem(number, f"“{called}” is a group of contacts, not one. It was left out.")]
    draft = Draft(number)
    if len(held) > MAX_LINES:
        draft.warn(f"This card has more than {MAX_LINES:,} entries; the others were left out.")
    labels = {
        line.group: _unwrapped(line.value)
        for line in held
        if line.group and line.name == "X-ABLABEL"
    }
    for line in held:
        if line.cut:
            name = shown(line.name.lower())
            draft.warn(f"Only the first {MAX_CELL:,} characters of “{name}” were kept.")
        if line.name == "PHOTO":
            _photo(draft, line)
        if not line.binary and line.name not in _LEFT_OUT and line.value.strip(" ;"):
            _property(draft, line, labels.get(line.group, "") or _label(line))
    _labels(draft, held)
    _names(draft, held)
    return draft.finish()


def _photo(draft: Draft, line: ContentLine) -> None:
    """A picture in the card itself; one that is elsewhere on the web is not fetched."""
    if len(line.raw) > MAX_PHOTO:
        draft.warn(f"The photo is larger than {MAX_PHOTO >> 20} MB and was left out.")
    elif line.raw:
        draft.photo = draft.photo or line.raw
    elif line.binary:
        draft.warn("The photo is damaged and was left out.")


def _unwrapped(value: str) -> str:
    return one_line(found[1] if (found := _WRAPPED.fullmatch(value.strip())) else unescaped(value))


def _label(line: ContentLine) -> str:
    if not line.params:
        return ""
    bare = (word for key, word in line.params if key == "TYPE" or _meant(word.lower()))
    words = [word for word in bare if word.lower() not in _NO_LABEL and not word.isdecimal()]
    common = sorted(word for word in words if word.lower() == "fax")
    return " ".join(
        word.removeprefix("X-").removeprefix("x-")
        for word in [*(word for word in words if word not in common), *common]
    )


def _meant(word: str) -> bool:
    """Whether a bare parameter of vCard 2.1 says which one it is."""
    known = {"home", "work", "cell", "fax", "pager", "car", "postal", "main", "other", "msg"}
    return word in known or word.startswith("x-")


def _preferred(line: ContentLine) -> bool:
    return "pref" in line.types or line.param("PREF") == "1"


def _property(draft: Draft, line: ContentLine, label: str) -> None:
    name, value = line.name, unescaped(line.value).strip()
    preferred = _preferred(line)
    if name == "EMAIL":
        draft.email(value, label, preferred=preferred)
    elif name == "TEL":
        draft.phone(_number(value), label, preferred=preferred)
    elif name == "ADR":
        draft.address(_address(line), label, preferred=preferred)
    elif name == "URL":
        draft.web(value, label, preferred=preferred)
    elif name in ("X-SOCIALPROFILE", "SOCIALPROFILE") or name in _NETWORKS:
        # Apple writes 'x-apple:name' where it knows no address.
        value = re.sub(r"(?i)^x-apple:(//)?", "", value) or line.param("X-USER")
        label = label or line.param("SERVICE-TYPE")
        draft.social(value, _NETWORKS.get(name, label), preferred=preferred)
    elif name in _ABOUT:
        _about(draft, line, value)
    else:
        _further(draft, line, label, value)


def _about(draft: Draft, line: ContentLine, value: str) -> None:
    match line.name:
        case "NOTE":
            draft.note(value)
        case "CATEGORIES":
            for tag in parts(line.value, ",")[: MAX_VALUES + 1]:
                draft.tag(tag)
        case "UID":
            draft.uid = draft.uid or re.sub(r"(?i)^urn:uuid:", "", value)
        case "BDAY":
            _birthday(draft, value, line.param("X-APPLE-OMIT-YEAR"))
        case "ORG":
            _organisation(draft, *parts(line.value, ";"))
        case "X-TOUCHLINE-SOURCE":
            draft.source = value
        case "TITLE":
            if draft.title and draft.title != value:
                draft.keep("Title", value)
            draft.title = draft.title or value


def _birthday(draft: Draft, value: str, omit_year: str) -> None:
    found = dates.birthday(value, omit_year)
    if not found:
        draft.unread_date("Birthday", value)
    elif not draft.birthday:
        draft.birthday = found
    elif found != draft.birthday:
        draft.keep("Birthday", value)


def _organisation(draft: Draft, company: str, *departments: str) -> None:
    if draft.company and company != draft.company:
        draft.keep("Company", company)
    draft.company = draft.company or company
    draft.keep("Department", ", ".join(filter(None, departments)))


def _further(draft: Draft, line: ContentLine, label: str, value: str) -> None:
    if line.name in _MESSENGERS:
        service = line.param("X-SERVICE-TYPE") or label
        draft.keep(f"Instant messaging {service}", value)
        return
    if value.lower().startswith("data:"):
        return
    if line.name == "X-TOUCHLINE-DETAIL":
        draft.keep(label, value)
        return
    if "ANNIVERSARY" in line.name or line.name == "X-ABDATE":
        value = dates.birthday(value, line.param("X-APPLE-OMIT-YEAR")) or value
    spoken = _SPOKEN.get(line.name) or line.name.removeprefix("X-").replace("-", " ").capitalize()
    if label and line.name in ("RELATED", "X-ABRELATEDNAMES", "X-ABDATE"):
        spoken, label = label[:1].upper() + label[1:], ""
    draft.keep(f"{spoken} ({label})" if label else spoken, value)


def _number(value: str) -> str:
    if not value.lower().startswith("tel:"):
        return value
    number, *params = unquote(value[4:]).split(";")
    extension = next((param[4:] for param in params if param.lower().startswith("ext=")), "")
    return f"{number} ext. {extension}" if extension else number


def _address(line: ContentLine) -> str:
    if ready := line.param("LABEL"):
        return unescaped(ready)
    box, further, street, city, region, code, country, *_ = parts(line.value, ";") + [""] * 7
    street = "\n".join(filter(None, (box, further, street)))
    return postal_lines(street=street, city=city, region=region, code=code, country=country)


def _labels(draft: Draft, held: list[ContentLine]) -> None:
    """LABEL is the printed form of the ADR of the same types; alone it is the address."""
    told = {
        frozenset(line.types) - {"pref"}
        for line in held
        if line.name == "ADR" and line.value.strip(" ;")
    }
    for line in held:
        types = frozenset(line.types) - {"pref", "quoted-printable"}
        if line.name == "LABEL" and not line.binary and types not in told:
            draft.address(unescaped(line.value), _label(line), preferred=_preferred(line))


def _names(draft: Draft, held: list[ContentLine]) -> None:
    """FN is the name; N says which part is which, and stands in for it."""
    full, *others = [line.value for line in held if line.name == "FN" and line.value.strip()] or [
        ""
    ]
    for other in others:
        draft.keep("Also called", unescaped(other))
    split = next((line.value for line in held if line.name == "N" and line.value.strip(" ;")), "")
    draft.family, draft.given, middle, prefix, suffix, *_ = [
        one_line(part) for part in parts(split, ";") + [""] * 5
    ]
    draft.name = one_line(unescaped(full))
    if not draft.name and split:
        draft.name = one_line(f"{draft.given} {middle} {draft.family}")
    for label, part in (("Middle name", middle), ("Name prefix", prefix), ("Name suffix", suffix)):
        if part not in draft.name:
            draft.keep(label, part)
    for role in (unescaped(line.value).strip() for line in held if line.name == "ROLE"):
        if draft.title and role != draft.title:
            draft.keep("Role", role)
        draft.title = draft.title or role
