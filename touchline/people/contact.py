"""Ways to reach a person, made comparable and made to act on. Pure."""

from functools import lru_cache
from urllib.parse import quote

import phonenumbers

from touchline.core.fold import fold

NORMAL_LENGTH = 500


# A number is read when it is matched, stored and indexed; reading is the slow part.
@lru_cache(maxsize=20_000)
def _number(value: str, country: str) -> phonenumbers.PhoneNumber | None:
    """Read a number as dialled from ``country``; None where it can't be one."""
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def normal(kind: str, value: str, country: str) -> str:
    """Return what two ways of writing the same contact point have in common.

    An e-mail in lower case; a phone as E.164 where it can be read as dialled from
    ``country`` (ISO 3166 alpha-2), an extension behind it, else its digits; a web or social
    address without scheme, ``www.`` and last stroke; a postal one without commas; anything else
    folded, its spaces single.
    """
    value = value.strip()
    if kind == "email":
        return value.casefold()[:NORMAL_LENGTH]
    if kind == "phone":
        number = _number(value, country)
        if number is None:
            plain = "".join(mark for mark in value if mark.isdigit() or mark == "+")
            return (plain or fold(value))[:NORMAL_LENGTH]
        text = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        return f"{text};{number.extension}" if number.extension else str(text)
    if kind == "address":
        # On lines or with commas between them, it is the same place.
        value = value.replace(",", " ")
    text = " ".join(fold(value).split())
    if kind in ("web", "social"):
        text = text.removeprefix("https://").removeprefix("http://").removeprefix("www.")
        text = text.rstrip("/")
    return text[:NORMAL_LENGTH]


def digits(value: str, normal: str) -> list[str]:
    """Return the digits of a number that somebody may type: as written, national, with country.

    Taken apart from ``normal`` (E.164) by hand, because reading a number anew takes longer
    than storing it.
    """
    forms = ["".join(mark for mark in value if mark.isdigit())]
    whole = normal[1:].split(";")[0] if normal.startswith("+") else ""
    for length in (1, 2, 3) if whole.isdecimal() else ():
        regions = phonenumbers.region_codes_for_country_code(int(whole[:length]))
        if regions:
            trunk = phonenumbers.ndd_prefix_for_region(regions[0], True) or ""
            forms += [trunk + whole[length:], whole[length:], whole]
            break
    return list(dict.fromkeys(form for form in forms if form))


def spoken(kind: str, value: str, country: str) -> str:
    """Return a contact point as it reads best: a number in its usual groups."""
    number = _number(value, country) if kind == "phone" else None
    if number is None:
        return value
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    if phonenumbers.region_code_for_number(number) == country:
        form = phonenumbers.PhoneNumberFormat.NATIONAL
    return str(phonenumbers.format_number(number, form))


def link(kind: str, value: str, normal: str) -> str:
    """Return the address that calls, writes, or shows the way; '' where nothing can.

    Only ``tel:``, ``mailto:``, ``https:`` and ``http:`` ever come back, so that no imported
    text can become a script.
    """
    value = value.strip()
    if kind == "phone":
        dialled = normal.split(";")[0]
        return f"tel:{quote(dialled, safe='+')}" if dialled.lstrip("+").isdigit() else ""
    if kind == "email":
        return f"mailto:{quote(value, safe='@')}" if "@" in value else ""
    if kind == "address":
        return f"https://www.openstreetmap.org/search?query={quote(' '.join(value.split()))}"
    if value.lower().startswith(("https://", "http://")):
        return value
    if "." in value and " " not in value and ":" not in value:
        return f"https://{value}"
    return ""
