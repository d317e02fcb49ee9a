"""What is between us and one partner, line by line, in one query.

Agenda, promises, what arrived, and what they told of themselves are rows of five tables. Asked
one by one they would be five queries of a page that anybody with the link can ask for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from touchline.core.prepared import DAY, KEY, MOMENT, Prepared
from touchline.meetings.models import Action, ActionState, AgendaItem, Note, Side
from touchline.sheets.models import AnswerState, Arrival, Source, TheirAnswer, What

# What was settled longer ago is no news, and what was said longer ago no answer.
SETTLED_DAYS = 45
SAID_DAYS = 400

KEPT = (ActionState.KEPT, ActionState.KEPT_LATE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the query; what each column is depends on ``table``, see below."""

    table: str
    pk: int
    kind: str
    word: str
    text: str
    ref: int
    sequence: int
    on: date | None
    at: datetime | None
    times: tuple[datetime, ...] = field(default=())


def lines(relationship_id: int, now: datetime, today: date) -> list[Row]:
    """Return what may be shown of one relationship, and the private notes that may not.

    - ``said``: an arrival; kind is its ``What``, word the answer, ref the record it is about.
    - ``agenda``: kind is the side, word ``typed`` where they typed it here, in these words.
    - ``action``: kind is the side, word the state, on the day it is due.
    - ``told``: an answer handed in by link; kind is the topic, word the slot, ref its sheet.
    - ``private``: a note that no text shown may hold.
    """
    found = _LINES(
        relationship=relationship_id,
        said_since=now - timedelta(days=SAID_DAYS),
        settled_since=today - timedelta(days=SETTLED_DAYS),
    )
    return sorted((_row(each) for each in found), key=lambda row: row.pk)


def _lines(at: Any) -> Any:
    one = {"relationship": at.relationship}
    said = (
        Arrival.objects.filter(
            Q(what=What.ACTION, seen_at=None)
            | Q(what__in=[What.ANSWER, What.FEEDBACK, What.GOING]),
            **one,
            at__gt=at.said_since,
        )
        .order_by()
        .values_list(
            _word("said"), "pk", "what", "answer", "text",
            Coalesce(F("action_id"), F("referral_id"), F("one_to_one_id"), Value(0)),
            Coalesce(F("sequence"), Value(0)), _NO_DAY, "at", "times",
        )
    )  # fmt: skip
    # Our own items that came with a note or were filled from a record hold words that were
    # meant for us.
    ours = Q(side=Side.MINE, prompt_about="") & (
        Q(about_note=None) | Q(about_note__shared=True, about_note__private=False)
    )
    typed = Arrival.objects.filter(
        agenda_item=OuterRef("pk"), what=What.AGENDA, text=OuterRef("text")
    )
    agenda = (
        AgendaItem.objects.filter(ours | Q(side=Side.THEIRS), **one, covered_in=None, dropped=False)
        .order_by()
        .values_list(_word("agenda"), "pk", "side",
                     Case(When(Exists(typed), then=Value("typed")), default=_word("")),
                     _as_text("text"), *_NO_REF,
                     _NO_DAY, _NO_TIME, _NO_TIMES)
    )  # fmt: skip
    settled = Q(state__in=KEPT, settled_on__gt=at.settled_since)
    actions = (
        Action.objects.filter(Q(state=ActionState.OPEN) | settled, **one)
        .order_by()
        .values_list(_word("action"), "pk", "whose", "state", _as_text("text"), *_NO_REF,
                     "due_on", _NO_TIME, _NO_TIMES)
    )  # fmt: skip
    told = (
        TheirAnswer.objects.filter(
            sheet__relationship=at.relationship,
            sheet__source=Source.LINK,
            sheet__handed_in_at__isnull=False,
        )
        .exclude(state=AnswerState.TYPED)
        .order_by()
        .values_list(_word("told"), "pk", "topic", "slot", "text", "sheet_id", Value(0),
                     _NO_DAY, "sheet__handed_in_at", _NO_TIMES)
    )  # fmt: skip
    private = (
        Note.objects.filter(**one, private=True)
        .order_by()
        .values_list(_word("private"), "pk", _word(""), _word(""), "text", *_NO_REF,
                     _NO_DAY, _NO_TIME, _NO_TIMES)
    )  # fmt: skip
    return said.union(agenda, actions, told, private, all=True)


def of(rows: Iterable[Row], table: str, kind: str = "") -> list[Row]:
    """Return the rows of one table, and of one kind where it is given, in the order of keys."""
    return [row for row in rows if row.table == table and kind in ("", row.kind)]


def _row(values: tuple[Any, ...]) -> Row:
    table, pk, kind, word, text, ref, sequence, on, at, times = values
    read = tuple(datetime.fromisoformat(each) for each in times)
    return Row(table, pk, kind, word, text, ref, sequence, on, at, read)


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def _as_text(column: str) -> Cast:
    return Cast(column, TextField())


_NO_REF = (Value(0, output_field=IntegerField()), Value(0, output_field=IntegerField()))
_NO_DAY = Cast(Value(None), DateField())
_NO_TIME = Cast(Value(None), DateTimeField())
_NO_TIMES = Value([], output_field=JSONField())
_LINES = Prepared(_lines, relationship=KEY, said_since=MOMENT, settled_since=DAY)
