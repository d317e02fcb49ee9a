"""The fields of a sheet and of the company's part, and how long each may be. Pure."""

from collections.abc import Mapping

from touchline.sheets.parts import ANYONE, KEYS, LONGEST, OFF, PARTNERS, PARTS
from touchline.sheets.showing import CONTACT

# How one is reached: one line each, for whoever sees the sheet.
CONTACTS = {"role": 120, "phone": 40, "email": 254, "website": 200}
MINE = {**CONTACTS, **dict.fromkeys(KEYS, LONGEST)}
COMPANY = {"about": LONGEST, "offer": LONGEST, "area": 200, "website": 200}
_LINES = {*KEYS, "offer"}

NAMES = {
    "role": "What you are",
    "phone": "Phone",
    "email": "E-mail",
    "website": "Website",
    **{part.key: part.name for part in PARTS},
}
COMPANY_NAMES = {
    "about": "About the company",
    "offer": "What it offers",
    "area": "Where it works",
    "website": "Website",
}
# Who sees less before who sees more.
_WIDTH = {OFF: 0, PARTNERS: 1, ANYONE: 2}


def tidy(field: str, text: str) -> str:
    """Return what was typed as a field keeps it: paragraphs with one empty line between them."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    if field not in _LINES:
        return " ".join(line for line in lines if line)
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


def changed_keys(
    fields: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> set[str]:
    """Return what somebody would find new: parts with other words, or shown to more people.

    ``fields`` are those that changed; ``before`` and ``after`` the audiences by part. All that
    one is reached by goes by one key.
    """
    found = {CONTACT if field in CONTACTS else field for field in fields}
    for key in KEYS:
        if _WIDTH[after.get(key, OFF)] > _WIDTH[before.get(key, OFF)]:
            found.add(key)
    return found
