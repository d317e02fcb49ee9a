"""Prompts of one relationship: one more, or other words for one of the playbook's."""

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from touchline.core.prepared import KEY, Prepared
from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings.models import OwnPrompt
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.playbook.prompts import (
    LONGEST_PROMPT,
    Malformed,
    Memory,
    Prompt,
    check_placeholders,
)
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# Keys of prompts that one relationship alone has begin so.
OWN = "own:"
PLACE = "The question"

_OF = Prepared(
    lambda at: (
        OwnPrompt.objects.filter(relationship=at.relationship)
        .order_by("pk")
        .values_list("key", "topic", "slot", "text", "memory")
    ),
    relationship=KEY,
)


def own_of(relationship: Relationship) -> list[tuple[str, str, str, str, str]]:
    """Return the key, topic, slot, words and memory of a person's own prompts."""
    return _OF(relationship=relationship.pk)


def the_prompt(relationship: Relationship, member: "Member", key: str) -> Prompt:
    """Return a prompt as this relationship has it; Refused where there is none of that key."""
    own = OwnPrompt.objects.visible_to(member).filter(relationship=relationship, key=key).first()
    from_playbook = of(member.workspace).prompt(key)
    if own is not None:
        kinds = from_playbook.kinds if from_playbook else ()
        return Prompt(key, own.topic, own.text, own.slot, Memory.read(own.memory), kinds)
    if from_playbook is None:
        raise Refused("That question is not there any more. Choose another one.")
    return from_playbook


@transaction.atomic
def add(
    relationship: Relationship, by: "Member", *, topic: str, slot: str, text: str, memory: str
) -> OwnPrompt:
    """Add a prompt for this person alone. Refused says what is wrong with it."""
    made: OwnPrompt = OwnPrompt(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        key=f"{OWN}{secrets.token_hex(8)}",
        **_checked(of(by.workspace), topic, slot, text, memory),
    )
    made.save()
    record(by, "add", made, person_id=relationship.person_id)
    return made


@transaction.atomic
def reword(
    relationship: Relationship,
    by: "Member",
    key: str,
    *,
    topic: str,
    slot: str,
    text: str,
    memory: str,
) -> OwnPrompt:
    """Let a prompt say something else here; its memory of what was answered stays."""
    the_prompt(relationship, by, key)
    made, _ = OwnPrompt.objects.update_or_create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        key=key,
        defaults=_checked(of(by.workspace), topic, slot, text, memory),
    )
    record(by, "reword", made, person_id=relationship.person_id, prompt=key)
    return made


@transaction.atomic
def take_away(relationship: Relationship, by: "Member", key: str) -> None:
    """Take an own prompt away; one of the playbook's has the playbook's words again."""
    own = OwnPrompt.objects.visible_to(by).filter(relationship=relationship, key=key).first()
    if own is None:
        raise Refused("That question is as the playbook has it.")
    record(by, "take_away", own, person_id=relationship.person_id, prompt=key)
    own.delete()


def _checked(playbook: Playbook, topic: str, slot: str, text: str, memory: str) -> dict[str, str]:
    found = playbook.topic(topic)
    if found is None:
        raise Refused("Say which topic the question is on.")
    if slot and slot not in {each.key for each in found.slots}:
        raise Refused(f"{found.name} has nothing of that name to ask for. Choose from its list.")
    text = " ".join(text.split())
    if not text:
        raise Refused("Write the question first.")
    if len(text) > LONGEST_PROMPT:
        raise Refused(f"A question is at most {LONGEST_PROMPT} letters long.")
    try:
        check_placeholders(PLACE, text)
        read = Memory.read(memory)
    except Malformed as wrong:
        raise Refused(str(wrong)) from None
    return {"topic": topic, "slot": slot, "text": text, "memory": str(read)}
