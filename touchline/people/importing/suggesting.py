"""What each column of an unknown table most likely is: by its heading, and by its cells. Pure."""

import itertools
import re
from collections.abc import Callable, Sequence

from touchline.core.fold import fold
from touchline.people.importing import dates
from touchline.people.importing.labels import label_of, words_of
from touchline.people.importing.mapping import DETAIL, LEAVE_OUT, ONCE, Mapping

# Beginnings of folded words, in English, German, French, Spanish, Italian, Dutch and Polish; a
# whole word where it ends in a full stop. The first field with one decides, so that the "company
# phone" is a phone and the "last name" is no full name.
_SAYS = {
    "email": "email mail courriel correo",
    "phone": "phone telep telef tel. mobil handy. fax. telefax cell. cellphone cellul gsm. movil "
    "mobiel portable rufnummer komork pager",
    "birthday": "birth dob. geburt geb. anniversaire naissance nacimiento cumple complean nascita "
    "geboorte verjaar urodzin",
    "postcode": "zip postcode postal. postleit plz. cap. cp. codepostal codigopostal kodpocztowy",
    "street": "street strass str. rue. calle. via. straat ulica line.",
    "city": "city cities town ort. stadt wohnort ville. ciudad citta comune plaats miasto localid",
    "region": "state. region provin county. bundesland kanton canton departement wojew",
    "country": "country land. pays. pais. paese nazione kraj. staat.",
    "address": "address adresse anschrift direccion indirizzo adres.",
    "web": "web url homepage site. linkedin xing facebook instagram twitter www. internet",
    "given": "given first. firstname forename vorname rufname prenom voornaam imie christian",
    "family": "family last. lastname surname nachname familienname zuname apellid cognome "
    "achternaam nazwisk",
    "company": "company compan organi firm unternehm employer arbeitgeb societe. entreprise "
    "empresa azienda ditta bedrijf business. employeur werkgever",
    "title": "title titel position role. rolle. beruf funktion function occupation poste. cargo. "
    "puesto ruolo functie profess jobt job. stelle. stanowisko",
    "tags": "tag. tags. categor kategor group gruppe label. labels. keyword schlagw schlagwort "
    "etiquet groupe grupo",
    "notes": "note notiz bemerk comment kommentar remark remarq anmerk memo. nota. notas. "
    "opmerking observac uwagi coment",
    "name": "name fullname displayname contact kontakt person ansprech nom. nombre nome. naam. "
    "member mitglied client kunde who. wer. nazwa",
}
_WHOLE = {
    word.removesuffix("."): field
    for field, words in _SAYS.items()
    for word in words.split()
    if word.endswith(".")
}
_STEMS = {
    field: tuple(word for word in words.split() if not word.endswith("."))
    for field, words in _SAYS.items()
}
_PHONE = re.compile(r"[+(0][0-9 ()/.\-]{6,20}")
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}|(?:[A-Z]{1,2}-)?[0-9]{5}")
_FULL_NAME = re.compile(r"[^\W\d_a-zß-ÿ][\w.'’-]+(?: [\w.'’-]+){1,3}")
_SALUTATION = re.compile(
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|herr|frau|m|mme|mlle|sr|sra|sig)\b\.? ?)+", re.IGNORECASE
)
# A birthday, and not when a row was made.
_BORN = range(1900, 2013)


def suggest(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> Mapping:
    """What each column most likely is; what can't be told is kept as a detail.

    Most often it can be used as it is; `Mapping.refusal` says where it can't.
    """
    columns = [
        [row[at].strip() for row in samples if at < len(row) and row[at].strip()]
        for at in range(len(headings))
    ]
    fields = [_field(heading, cells) for heading, cells in zip(headings, columns, strict=True)]
    _settle_clients(headings, fields)
    _settle_names(fields, samples)
    _settle_addresses(headings, fields)
    for at, field in enumerate(fields):
        if field in ONCE and field in fields[:at]:
            fields[at] = DETAIL
    if not {"name", "given", "family"}.intersection(fields):
        free = (at for at, field in enumerate(fields) if field == DETAIL)
        for at in itertools.islice((at for at in free if _most(columns[at], _is_full_name)), 1):
            fields[at] = "name"
    return Mapping(tuple(zip(headings, fields, strict=True)))


def looks_like_data(cells: Sequence[str]) -> bool:
    """Whether a first line is a record and no headings: it holds an address or a number."""
    return any(_looks(cell.strip()) in ("email", "phone", "web") for cell in cells)


def _field(heading: str, cells: list[str]) -> str:
    said = _said(heading)
    looks = next((field for field in map(_looks, cells) if field), "")
    if looks and not _most(cells, lambda cell: _looks(cell) == looks):
        looks = ""
    if not cells:
        return said or LEAVE_OUT
    if said == "email":
        return said if any("@" in cell for cell in cells) else DETAIL
    if said in ("phone", "birthday"):
        return said if any(map(_has_digit, cells)) else DETAIL
    if said == "web":
        return said if any("." in cell for cell in cells) else DETAIL
    if said == "title" and _most(cells, lambda cell: bool(_SALUTATION.fullmatch(cell))):
        return DETAIL
    # What a cell is shows more surely than what its heading means by "contact".
    if said in ("", "name", "company", "notes", "address") and looks in ("email", "phone", "web"):
        return looks
    return said or looks or DETAIL


def _said(heading: str) -> str:
    words = words_of(heading)
    for field, stems in _STEMS.items():
        if any(_WHOLE.get(word) == field or word.startswith(stems) for word in words):
            return field
    return ""


def _looks(cell: str) -> str:
    """What a cell is by its look alone: one of the fields, or ''."""
    if len(cell) > 300:
        return ""
    if _EMAIL.fullmatch(cell):
        return "email"
    if _WEB.fullmatch(cell):
        return "web"
    day = dates.in_order(cell, "day") or dates.in_order(cell, "month") or dates.named(cell)
    if day:
        return "birthday" if day[:4].isdecimal() and int(day[:4]) in _BORN else ""
    if _PHONE.fullmatch(cell):
        return "phone"
    return "postcode" if _POSTCODE.fullmatch(cell) else ""


def _settle_clients(headings: Sequence[str], fields: list[str]) -> None:
    """A "client" beside a name is the company."""
    for at, heading in enumerate(headings):
        client = fields[at] == "name" and any(
            word.startswith(("client", "kunde")) for word in words_of(heading)
        )
        if client and "company" not in fields and fields.count("name") > 1:
            fields[at] = "company"


def _settle_names(fields: list[str], samples: Sequence[Sequence[str]]) -> None:
    """A "name" beside one part of it is the other part, unless it holds that part."""
    if "name" not in fields or ("given" in fields) == ("family" in fields):
        return
    name = fields.index("name")
    part, other = ("given", "family") if "given" in fields else ("family", "given")
    at = fields.index(part)
    pairs = [(row[name], row[at]) for row in samples if max(name, at) < len(row)]
    if not any(own.strip() and fold(own.strip()) in fold(whole) for whole, own in pairs):
        fields[name] = other


def _settle_addresses(headings: Sequence[str], fields: list[str]) -> None:
    """An "address" beside a town or a postcode of the same place is the street."""
    places = {
        label_of(heading)
        for heading, field in zip(headings, fields, strict=True)
        if field in ("city", "postcode")
    }
    for at, heading in enumerate(headings):
        if fields[at] == "address" and label_of(heading) in places:
            fields[at] = "street"


def _most(cells: list[str], is_so: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(is_so, cells)) * 2 > len(cells)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdecimal, cell))


def _is_full_name(cell: str) -> bool:
    return len(cell) < 60 and bool(_FULL_NAME.fullmatch(cell))
