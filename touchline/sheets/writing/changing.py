"""Writes a sheet, mine or the company's: what changes is kept with the words before it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.core.states import swap
from touchline.journal.models import record
from touchline.sheets.models import CompanySheet, Sheet, SheetChange
from touchline.sheets.parts import AUDIENCES, KEYS, OFF, PARTS
from touchline.sheets.writing.words import (
    COMPANY,
    COMPANY_NAMES,
    MINE,
    NAMES,
    changed_keys,
    tidy,
)

if TYPE_CHECKING:
    from touchline.accounts.models import Member

_QUICKER = "This sheet has been changed meanwhile, perhaps in another tab. Look again."


def begun(member: "Member") -> Sheet:
    """Return a sheet that is not stored yet: its parts shown to whom they usually are."""
    return Sheet(
        workspace_id=member.workspace_id,
        member=member,
        audiences={part.key: part.shown_to for part in PARTS},
    )


@transaction.atomic
def write(
    sheet: Sheet,
    by: "Member",
    *,
    seen: int,
    now: datetime,
    words: Mapping[str, str],
    audiences: Mapping[str, str] | None = None,
) -> None:
    """Change what a sheet says, and who sees its parts.

    ``seen`` is the version that the writer had before them. What is not in ``words`` or
    ``audiences`` stays; the same again changes nothing. Raises Refused where a field or an
    audience is not there, a text is too long, or another was quicker.
    """
    if sheet.member_id != by.pk:
        raise Refused("Everybody writes their own sheet.")
    shown = {**sheet.audiences, **(audiences or {})}
    if shown.keys() - set(KEYS) or set(shown.values()) - AUDIENCES.keys():
        raise Refused("Choose who sees a part among those offered.")
    given = _differing(sheet, words, MINE, NAMES)
    if sheet.version != seen:
        raise Refused(_QUICKER)
    if not given and shown == sheet.audiences and not sheet._state.adding:
        return
    former = {} if sheet._state.adding else sheet.audiences
    new = changed_keys(given, former, shown)
    # What is said for the first time to nobody is not news either.
    new = {key for key in new if key not in KEYS or given.get(key, getattr(sheet, key))}
    times = {**sheet.changed, **dict.fromkeys(new, now.isoformat())}
    more = {"audiences": shown, "changed": times, "confirmed_on": by.today(now)}
    _store(sheet, by, now, given, **more)
    moved = [key for key in KEYS if shown.get(key, OFF) != former.get(key, OFF)]
    record(by, "write", sheet, fields=sorted(given), shown=moved)


def confirm(sheet: Sheet, by: "Member", *, now: datetime) -> None:
    """Say that all of it is still right: nobody is asked again for six months."""
    if sheet._state.adding:
        raise Refused("Write your sheet first.")
    swap(sheet, "sheet", ["version"], confirmed_on=by.today(now))
    record(by, "confirm", sheet)


@transaction.atomic
def write_company(
    company: CompanySheet, by: "Member", *, seen: int, now: datetime, words: Mapping[str, str]
) -> None:
    """Change the company's part, which stands on everybody's sheet. As ``write``."""
    _owner(by)
    given = _differing(company, words, COMPANY, COMPANY_NAMES)
    if company.version != seen:
        raise Refused(_QUICKER)
    if given:
        _store(company, by, now, given)
        record(by, "write", company, fields=sorted(given))


@transaction.atomic
def put_back(change: SheetChange, by: "Member", *, now: datetime) -> None:
    """Put the words of before a change back; what was written since is kept as well."""
    words = {change.field: change.before}
    if change.sheet:
        write(change.sheet, by, seen=change.sheet.version, now=now, words=words)
    elif change.company:
        write_company(change.company, by, seen=change.company.version, now=now, words=words)


@transaction.atomic
def picture(sheet: Sheet, by: "Member", drawn: bytes | None, *, now: datetime) -> None:
    """Put one's picture on the sheet, drawn by ``photos.small``; None takes it off."""
    if sheet.member_id != by.pk:
        raise Refused("Everybody writes their own sheet.")
    _store(sheet, by, now, {}, photo=drawn, confirmed_on=by.today(now))
    record(by, "picture", sheet, there=drawn is not None)


@transaction.atomic
def logo(company: CompanySheet, by: "Member", drawn: bytes | None, *, now: datetime) -> None:
    """Put the company's logo on everybody's sheet, drawn by ``photos.whole``; None takes it off."""
    _owner(by)
    _store(company, by, now, {}, logo=drawn)
    record(by, "picture", company, there=drawn is not None)


def _owner(by: "Member") -> None:
    if not by.is_owner:
        raise Refused("The company’s part is written by its owners.")


def _differing(
    row: Sheet | CompanySheet,
    words: Mapping[str, str],
    longest: Mapping[str, int],
    names: Mapping[str, str],
) -> dict[str, str]:
    """Return the fields that would change, tidied, each checked."""
    if unknown := words.keys() - longest.keys():
        raise Refused(f"A sheet has no part “{min(unknown)}”.")
    given = {field: tidy(field, text) for field, text in words.items()}
    for field, text in given.items():
        if len(text) > longest[field]:
            raise Refused(f"{names[field]}: at most {longest[field]:,} letters. Shorten it.")
    return {field: text for field, text in given.items() if text != getattr(row, field)}


def _store(
    row: Sheet | CompanySheet, by: "Member", now: datetime, words: dict[str, str], **more: Any
) -> None:
    before = {field: getattr(row, field) for field in words}
    if row._state.adding:
        _begin(row, {**words, **more})
    else:
        swap(row, "sheet", ["version"], version=row.version + 1, **words, **more)
    whose = {"sheet": row} if isinstance(row, Sheet) else {"company": row}
    SheetChange.objects.bulk_create(
        SheetChange(
            workspace_id=row.workspace_id, version=row.version, field=field,
            before=before[field], after=text, by=by, at=now, **whose,
        )
        for field, text in words.items()
    )  # fmt: skip


def _begin(row: Sheet | CompanySheet, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version = 1
    kind = type(row)
    whose: dict[str, Any] = {"workspace_id": row.workspace_id}
    if isinstance(row, Sheet):
        whose["member_id"] = row.member_id
    names = {field.attname for field in kind._meta.concrete_fields} - {"id", *whose}
    stored, first = kind._base_manager.get_or_create(
        **whose, defaults={name: getattr(row, name) for name in names}
    )
    if not first:
        raise Refused(_QUICKER)
    row.pk, row._state.adding = stored.pk, False
