"""One-to-ones and what is said, promised and decided in them."""

from touchline.meetings.models.actions import ACTION_STATES, Action, ActionQuerySet, ActionState
from touchline.meetings.models.agenda import AGENDA_STATES, AgendaItem, AgendaState
from touchline.meetings.models.asked import Asked, Outcome, OwnPrompt
from touchline.meetings.models.calls import Call
from touchline.meetings.models.common import NotInCommon
from touchline.meetings.models.decisions import Choice, Decision
from touchline.meetings.models.facts import Fact, FactQuerySet, Filing, SaidBy
from touchline.meetings.models.notes import Note, NoteKind, NoteQuerySet
from touchline.meetings.models.one_to_ones import (
    STATES,
    TOOK_PLACE,
    Kind,
    OneToOne,
    OneToOneQuerySet,
    State,
)
from touchline.meetings.models.pitch_cards import PitchCard
from touchline.meetings.models.scoping import OfARelationship, Side

__all__ = [
    "ACTION_STATES",
    "AGENDA_STATES",
    "STATES",
    "TOOK_PLACE",
    "Action",
    "ActionQuerySet",
    "ActionState",
    "AgendaItem",
    "AgendaState",
    "Asked",
    "Call",
    "Choice",
    "Decision",
    "Fact",
    "FactQuerySet",
    "Filing",
    "Kind",
    "NotInCommon",
    "Note",
    "NoteKind",
    "NoteQuerySet",
    "OfARelationship",
    "OneToOne",
    "OneToOneQuerySet",
    "Outcome",
    "OwnPrompt",
    "PitchCard",
    "SaidBy",
    "Side",
    "State",
]
