"""The prompts of one relationship, with what each remembers; for the page that shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from touchline.core.words import capital, short_day
from touchline.meetings.asking.material import asked_of
from touchline.meetings.asking.own import own_of
from touchline.meetings.asking.rows import PICKED, AskedRow
from touchline.meetings.models import Outcome
from touchline.playbook.models import of
from touchline.playbook.prompts import Memory, Prompt
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Listed:
    """A prompt as it is here: what it asks for, when, and what became of it so far.

    ``own`` is one that this person alone has, ``reworded`` one with other words than the
    playbook's; ``silenced`` is never asked; ``again`` can be asked anew.
    """

    prompt: Prompt
    slot: str
    when: str
    became: str
    own: bool
    reworded: bool
    silenced: bool
    again: bool


@dataclass(frozen=True, slots=True)
class OfTopic:
    """The prompts on one topic, by its name."""

    name: str
    prompts: tuple[Listed, ...]


def listing(relationship: Relationship, member: "Member", today: date) -> tuple[OfTopic, ...]:
    """Return every prompt that can be asked of a person, by topic; in two queries."""
    playbook = of(member.workspace)
    own = {row[0]: row for row in own_of(relationship)}
    answers: dict[str, list[AskedRow]] = {}
    for row in asked_of(relationship, member):
        if row.relationship == relationship.pk or row.outcome == Outcome.NEVER:
            answers.setdefault(row.prompt, []).append(row)
    prompts = [prompt for prompt in playbook.prompts if prompt.key not in own]
    kinds = {prompt.key: prompt.kinds for prompt in playbook.prompts}
    prompts += [
        Prompt(key, topic, text, slot, Memory.read(memory), kinds.get(key, ()))
        for key, topic, slot, text, memory in own.values()
    ]
    by_topic: dict[str, list[Listed]] = {topic.key: [] for topic in playbook.topics}
    for prompt in prompts:
        found = playbook.topic(prompt.topic)
        became, silenced = _became(answers.get(prompt.key, ()), member, today)
        by_topic.setdefault(prompt.topic, []).append(
            Listed(
                prompt,
                found.slot_name(prompt.slot) if found and prompt.slot else "",
                capital(prompt.memory.words),
                became,
                prompt.key in own and prompt.key not in kinds,
                prompt.key in own and prompt.key in kinds,
                silenced,
                bool(became),
            )
        )
    return tuple(
        OfTopic(playbook.topic_name(key), tuple(sorted(rows, key=lambda one: not one.own)))
        for key, rows in by_topic.items()
        if rows
    )


def _became(rows: Iterable[AskedRow], member: "Member", today: date) -> tuple[str, bool]:
    """Say what became of a prompt last, and whether it is never asked any more."""
    never = [row for row in rows if row.outcome == Outcome.NEVER and row.by == member.pk]
    if never:
        return "You never ask it again, of anybody", True
    here = [row for row in rows if row.outcome == Outcome.NOT_HERE]
    if here:
        return f"Not for this person, said {short_day(here[-1].on, today)}", True
    answered = [
        row.on
        for row in rows
        if row.outcome == Outcome.ANSWERED or (row.outcome == PICKED and row.one_to_one is not None)
    ]
    if answered:
        return f"Answered {short_day(max(answered), today)}", False
    put_off = [row.on for row in rows if row.outcome == Outcome.NOT_NOW]
    return (f"Put off {short_day(max(put_off), today)}" if put_off else ""), False
