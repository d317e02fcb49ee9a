"""What is taken down with a person: notes, facts, actions, agenda items, calls."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchline.core.refusal import Refused
from touchline.journal.models import Partner, record
from touchline.meetings.models import (
    Action,
    AgendaItem,
    Call,
    Fact,
    Filing,
    Note,
    NoteKind,
    OneToOne,
    SaidBy,
)
from touchline.meetings.models.facts import columns_of
from touchline.people import search
from touchline.people.models import Company
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def _said(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused("There is nothing to save yet: write a line first.")
    return text


@transaction.atomic
def note(
    relationship: Relationship,
    by: "Member",
    text: str,
    *,
    at: datetime,
    one_to_one: OneToOne | None = None,
    topic: str = "",
    private: bool = False,
    kind: str = NoteKind.NOTE,
) -> Note:
    """Take a note down."""
    made: Note = Note.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        one_to_one=one_to_one,
        author=by,
        kind=kind,
        topic=topic,
        text=_said(text),
        private=private,
        at=at,
    )
    record(by, "take", made, person_id=relationship.person_id)
    if not private:
        search.add(relationship.person_id, made.text)
    return made


@transaction.atomic
def fact(
    relationship: Relationship,
    by: "Member",
    text: str,
    *,
    topic: str,
    on: date,
    one_to_one: OneToOne | None = None,
    said_by: str = SaidBy.THEM,
    slot: str = "",
    company: Company | None = None,
    dated_on: date | None = None,
    yearly: bool = False,
) -> Fact:
    """Keep something learnt, on a topic; ``slot`` is what it answers within that.

    ``company`` is the one it is about as well, ``dated_on`` the day it is about, and
    ``yearly`` that the day comes round, as a birthday does.
    """
    filing = Filing(topic, slot, company.pk if company else None, dated_on, yearly)
    made = _kept(
        by,
        text,
        filing,
        on,
        person_id=relationship.person_id,
        one_to_one=one_to_one,
        said_by=said_by,
    )
    search.add(relationship.person_id, made.text)
    return made


@transaction.atomic
def own_fact(
    by: "Member",
    text: str,
    *,
    topic: str,
    on: date,
    slot: str = "",
    company: Company | None = None,
    dated_on: date | None = None,
    yearly: bool = False,
) -> Fact:
    """Keep something of oneself, as what is learnt of others is kept; for nobody else to see."""
    filing = Filing(topic, slot, company.pk if company else None, dated_on, yearly)
    return _kept(by, text, filing, on, of_member=by, said_by=SaidBy.ME)


def _kept(by: "Member", text: str, filing: Filing, on: date, **whose: Any) -> Fact:
    if not filing.topic:
        raise Refused("A fact is about a topic: choose one.")
    made: Fact = Fact.objects.create(
        workspace_id=by.workspace_id,
        author=by,
        text=_said(text),
        on=on,
        confirmed_on=on,
        **columns_of(filing),
        **whose,
    )
    record(by, "keep", made, person_id=made.person_id)
    return made


@transaction.atomic
def promise(
    relationship: Relationship,
    by: "Member",
    text: str,
    *,
    whose: str,
    due_on: date,
    on: date,
    one_to_one: OneToOne | None = None,
) -> Action:
    """Note an action: whose, what, by when."""
    text = _said(text)
    if len(text) > 300:
        raise Refused("A promise fits in a line of 300 letters. Put the rest in a note.")
    made: Action = Action.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        one_to_one=one_to_one,
        whose=whose,
        text=text,
        due_on=due_on,
        promised_on=on,
    )
    record(by, "promise", made, person_id=relationship.person_id)
    return made


@transaction.atomic
def agenda_item(
    relationship: Relationship,
    by: "Member | Partner",
    text: str,
    *,
    side: str,
    on: date,
    prompt: str = "",
    prompt_about: str = "",
    about: Note | None = None,
) -> AgendaItem:
    """Put something on the agenda of the next meeting."""
    text = _said(text)
    if len(text) > 300:
        raise Refused("An agenda item fits in a line of 300 letters.")
    made: AgendaItem = AgendaItem.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        side=side,
        text=text,
        prompt=prompt,
        prompt_about=prompt_about,
        about_note=about,
        added_on=on,
    )
    record(by, "add", made, person_id=relationship.person_id)
    return made


@transaction.atomic
def call(
    relationship: Relationship,
    by: "Member",
    *,
    on: date,
    minutes: int,
    text: str,
    again_on: date | None,
    today: date,
) -> Call:
    """Log a call."""
    if on > today:
        raise Refused("A call is logged once it has been made; that day is still to come.")
    if again_on is not None and again_on < on:
        raise Refused("The next call can’t be before this one.")
    if again_on is not None and again_on.year > 2100:
        raise Refused("The next call is too far ahead. Check the year.")
    made: Call = Call.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        by=by,
        on=on,
        minutes=minutes,
        text=text.strip(),
        again_on=again_on,
    )
    record(by, "log", made, person_id=relationship.person_id)
    return made
