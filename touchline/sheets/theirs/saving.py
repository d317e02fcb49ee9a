"""What they type is kept as they type it, and is ours to see once they hand it over."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from touchline.core.refusal import Refused
from touchline.journal.models import Partner, record
from touchline.meetings.knowing.coverage import Told
from touchline.meetings.models import Fact, SaidBy
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.sheets.arriving import arrive
from touchline.sheets.models import (
    AnswerState,
    Arrival,
    Link,
    Source,
    TheirAnswer,
    TheirSheet,
    What,
)
from touchline.sheets.models.theirs import ANSWER_STATES
from touchline.sheets.theirs.asking import Form, Said, asking
from touchline.sheets.theirs.taking_back import Before, held, said_before
from touchline.sheets.theirs.wording import WORDED, Key, questions

if TYPE_CHECKING:
    from touchline.relationships.models import Relationship

# As long as a fact may be.
LONGEST = 2000


def digest(text: str) -> str:
    """Return what tells one text from another, short enough to stand beside each field."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def tidy(text: str) -> str:
    """Return what was typed as it is kept: plain line breaks, nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def draft_key(link: Link) -> str:
    """Return the name under which their browser keeps what it could not send yet.

    The same for every link of a relationship, so that a newer link finds it; it tells nothing.
    """
    key = f"{link.workspace_id}:{link.relationship_id}"
    return salted_hmac("touchline.sheets.draft", key, algorithm="sha256").hexdigest()[:16]


def changed_since(sheet: TheirSheet | None) -> bool:
    """Say whether they typed or gave something after they handed over, or before they did."""
    if sheet is None:
        return False
    if sheet.photo is not None and not sheet.photo_given:
        return True
    typed: bool = TheirAnswer.objects.filter(sheet=sheet, state=AnswerState.TYPED).exists()
    return typed


def open_sheet(relationship: "Relationship") -> TheirSheet | None:
    """Return the sheet that they are at: begun by their link and not settled yet."""
    found: TheirSheet | None = TheirSheet.objects.filter(
        relationship=relationship, source=Source.LINK, settled_at=None
    ).first()
    return found


def form_for(relationship: "Relationship", playbook: Playbook, today: date) -> Form:
    """Load what is to be asked of a partner, with what they said by their link, in two queries."""
    said: dict[Key, Said] = {}
    now: dict[Key, str] = {}
    rows = TheirAnswer.objects.filter(
        sheet__relationship=relationship, sheet__source=Source.LINK
    ).order_by("pk")
    for topic, slot, text, typed_at, settled_at in rows.values_list(
        "topic", "slot", "text", "typed_at", "sheet__settled_at"
    ):
        if settled_at is None:
            now[topic, slot] = text
        else:
            said[topic, slot] = Said(text, timezone.localtime(typed_at).date())
    facts = Fact.objects.current().filter(
        workspace_id=relationship.workspace_id,
        person_id=relationship.person_id,
        said_by=SaidBy.THEM,
    )
    known = [
        Told(*row)
        for row in facts.order_by().values_list(
            "topic", "slot", "confirmed_on", "dated_on", "yearly"
        )
    ]
    return asking(playbook, today, said=said, now=now, known=known)


@transaction.atomic
def type_in(link: Link, typed: Mapping[Key, str], *, now: datetime) -> TheirSheet | None:
    """Keep what they typed: the words for each slot, none to take an answer back.

    Begins a sheet with the first words there are. What was handed in and not decided on yet is
    typed anew until it is handed over again; what was decided on stays, and is answered anew,
    or taken back where no words are given (``taking_back``). Refused for a slot that nobody
    asks for any more. Returns the sheet they are at.
    """
    sheet = _held(link)
    rows = {row.of: row for row in _rows(sheet)}
    # What was taken out of the playbook while they typed is still an answer.
    asked = {one.of for one in (*WORDED, *questions(of(link.workspace)))} | set(rows)
    if not asked.issuperset(typed):
        raise Refused("That question is not asked any more. Load the page again.")
    before = said_before(link, _emptied(typed, rows))
    for slot, text in typed.items():
        if sheet is None and (text or slot in before):
            sheet = _begin(link, now)
        if sheet is not None:
            _type(sheet, rows.get(slot), slot, text, before.get(slot), now)
    if sheet is not None and rows and not _is_under_way(sheet):
        # All was decided on, and what they began anew they took back.
        sheet.settled_at = now
        sheet.save(update_fields=["settled_at"])
    return sheet


def _emptied(typed: Mapping[Key, str], rows: Mapping[Key, TheirAnswer]) -> set[Key]:
    """Return the slots that have no words now, or had none until now."""
    return {of for of, text in typed.items() if not text or (of in rows and not rows[of].text)}


def _is_under_way(sheet: TheirSheet) -> bool:
    """Say whether anything on it is typed or waits for us, or nothing of it was ever decided."""
    states = {row.state for row in _rows(sheet)}
    waits = states & {AnswerState.TYPED, AnswerState.PROPOSED}
    return bool(waits or sheet.photo is not None or not states)


def _held(link: Link) -> TheirSheet | None:
    """Return the sheet they are at, held so that nobody settles it meanwhile."""
    found: TheirSheet | None = (
        TheirSheet.objects.select_for_update()
        .filter(relationship=link.relationship_id, source=Source.LINK, settled_at=None)
        .first()
    )
    return found


def _begin(link: Link, now: datetime) -> TheirSheet:
    made: TheirSheet = TheirSheet.objects.create(
        workspace_id=link.workspace_id,
        relationship=link.between,
        source=Source.LINK,
        link=link,
        began_at=now,
    )
    record(Partner(link.pk), "begin", made, person_id=link.person_id)
    return made


def _rows(sheet: TheirSheet | None) -> list[TheirAnswer]:
    return list(TheirAnswer.objects.filter(sheet=sheet).order_by("pk")) if sheet else []


def _type(
    sheet: TheirSheet,
    row: TheirAnswer | None,
    slot: Key,
    text: str,
    before: Before | None,
    now: datetime,
) -> None:
    """Keep the words for one slot; ``before`` is what they said of it that was decided on."""
    if row is not None and row.text == text:
        return
    fact = before.fact if before and not text else None
    if row is None or not ANSWER_STATES.allows("type", row.state):
        if text or before:
            TheirAnswer.objects.create(
                workspace_id=sheet.workspace_id,
                sheet=sheet,
                topic=slot[0],
                slot=slot[1],
                text=text,
                fact=fact,
                typed_at=now,
            )
    elif text == (before.text if before else ""):
        # As it was decided on, or as if it had never been.
        row.delete()
    else:
        ANSWER_STATES.take(row, "type", still=["text"], text=text, fact=fact, typed_at=now)


@transaction.atomic
def give_picture(link: Link, drawn: bytes, *, now: datetime) -> None:
    """Keep a picture of theirs, as ``photos.small`` drew it anew."""
    sheet = _held(link) or _begin(link, now)
    sheet.photo, sheet.photo_given = drawn, False
    sheet.save(update_fields=["photo", "photo_given"])


@transaction.atomic
def take_picture_out(link: Link) -> None:
    """Forget their picture, unless one of us has taken it over already."""
    sheet = _held(link)
    if sheet is not None and sheet.photo is not None:
        sheet.photo, sheet.photo_given = None, False
        sheet.save(update_fields=["photo", "photo_given"])


@transaction.atomic
def hand_over(link: Link, *, now: datetime) -> None:
    """Hand in all that they typed: from now on it is a proposal that we see.

    What was handed over before stays so. Refused where there is nothing at all.
    """
    sheet = _held(link)
    rows = _rows(sheet)
    if sheet is None or not (rows or sheet.photo):
        raise Refused("There is nothing to hand over yet. Answer whichever question you like.")
    typed = [row for row in rows if row.state == AnswerState.TYPED]
    picture = sheet.photo is not None and not sheet.photo_given
    if not typed and not picture:
        return
    for row in typed:
        ANSWER_STATES.take(row, "hand_in")
        if row.is_taken_back and held(row.fact) is None:
            # Nothing of it is kept here, so that nobody has to decide.
            ANSWER_STATES.take(row, "decline")
    waits = _is_under_way(sheet)
    sheet.handed_in_at = now
    sheet.photo_given = sheet.photo is not None
    if not waits:
        sheet.settled_at = now
    sheet.save(update_fields=["handed_in_at", "photo_given", "settled_at"])
    record(Partner(link.pk), "hand_in", sheet, person_id=link.person_id, answers=len(typed))
    if waits and not Arrival.objects.unseen().filter(their_sheet=sheet).exists():
        arrive(link, What.SHEET, at=now, their_sheet=sheet)
