"""The rows that a choice of questions is made from, as they are loaded; days are the member's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from touchline.playbook.playbook import Kind, Playbook
from touchline.playbook.prompts import Prompt

# In the place of an outcome: it stands on the agenda, or was covered from there.
PICKED = "picked"


class FactRow(NamedTuple):
    """A current fact about the person."""

    pk: int
    one_to_one: int | None
    topic: str
    slot: str
    company: int | None
    text: str
    said_by: str
    on: date
    confirmed_on: date
    dated_on: date | None
    yearly: bool


class NoteRow(NamedTuple):
    """A note of the team's that is on a topic, or an idea for a referral."""

    pk: int
    one_to_one: int | None
    kind: str
    topic: str
    text: str
    on: date


class PromiseRow(NamedTuple):
    """An open promise whose day has gone by."""

    pk: int
    whose: str
    text: str
    due_on: date


class ContactRow(NamedTuple):
    """Somebody I know well or a little, where they work."""

    company: int
    company_name: str
    name: str
    acquaintance: str


class MetRow(NamedTuple):
    """Another one-to-one in my diary, with somebody of a company."""

    company: int
    company_name: str
    name: str
    on: date


class AskedRow(NamedTuple):
    """An answer about a prompt, or one ``PICKED`` for the agenda and where that was covered."""

    relationship: int
    one_to_one: int | None
    by: int
    prompt: str
    about: str
    outcome: str
    on: date


@dataclass(frozen=True, slots=True)
class Material:
    """The rows, and the meeting they are for; ``key`` is its own, None where none is planned.

    ``position`` counts it, ``on`` is its day (today for one that is past or not planned),
    ``last_on`` that of the one before. ``prompts`` are what could be asked, own ones in place.
    ``days`` and ``kinds`` have those of every meeting, ``ticked`` the topics ticked, by key.
    ``further`` has the rows of parts above this one, by the name each gave them.
    """

    playbook: Playbook
    kind: Kind
    prompts: tuple[Prompt, ...]
    own: frozenset[str]
    key: int | None
    position: int
    length_minutes: int
    today: date
    on: date
    last_on: date | None
    stage: str
    days: Mapping[int, date]
    kinds: Mapping[int, str]
    birthday: str
    member: int
    relationship: int
    ticked: Sequence[tuple[int, str]]
    facts: Sequence[FactRow] = ()
    asked: Sequence[AskedRow] = ()
    notes: Sequence[NoteRow] = ()
    promises: Sequence[PromiseRow] = ()
    contacts: Sequence[ContactRow] = ()
    met: Sequence[MetRow] = ()
    further: Mapping[str, Sequence[Any]] = field(default_factory=dict)
