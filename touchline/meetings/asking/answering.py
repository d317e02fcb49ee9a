"""What becomes of a question: answered, not now, never for this person, never again; or anew."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings import capturing
from touchline.meetings.asking.own import the_prompt
from touchline.meetings.models import AgendaItem, Asked, Fact, OneToOne, Outcome
from touchline.people.models import Company
from touchline.playbook.prompts import Prompt
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

LONGEST_ABOUT = 80
LONGEST_ANSWER = 2000  # As any fact that is typed.


@transaction.atomic
def answer(
    relationship: Relationship,
    by: "Member",
    *,
    prompt: str,
    about: str,
    outcome: str,
    on: date,
    one_to_one: OneToOne | None = None,
    text: str = "",
) -> Asked:
    """Keep what became of a prompt; ``text``, where it was answered, is kept as a fact.

    ``about`` is what it was filled with, as the choice named it. The fact answers the
    prompt's slot, and is about the company that the prompt was; where a fact gone stale was
    asked after, it takes that one's place. Refused for a prompt that is not there, or for
    words that no outcome would keep.
    """
    asked = the_prompt(relationship, by, prompt)
    if outcome not in Outcome.values:
        raise Refused("Say what became of the question: answered, not now, or never.")
    if text.strip() and outcome != Outcome.ANSWERED:
        raise Refused("You wrote an answer. Choose Answered to keep it, or empty the line first.")
    if len(text.strip()) > LONGEST_ANSWER:
        raise Refused(
            f"An answer is at most {LONGEST_ANSWER:,} letters long. Put the rest in a note."
        )
    made: Asked = Asked.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        one_to_one=one_to_one,
        by=by,
        prompt=prompt,
        about=about[:LONGEST_ABOUT],
        outcome=outcome,
        on=on,
    )
    record(by, outcome, made, person_id=relationship.person_id, prompt=prompt)
    if text.strip():
        _keep(relationship, by, asked, about, text.strip(), on, one_to_one)
    return made


def _keep(
    relationship: Relationship,
    by: "Member",
    asked: Prompt,
    about: str,
    text: str,
    on: date,
    one_to_one: OneToOne | None,
) -> None:
    if asked.memory.event == "fact_stale":
        ours = Fact.objects.visible_to(by).current()
        old = ours.filter(pk=_key(about, "fact"), person_id=relationship.person_id).first()
        if old:
            old.correct(by, text=text, on=on, one_to_one=one_to_one)
            return
    company = Company.objects.visible_to(by).filter(pk=_key(about, "company")).first()
    capturing.fact(
        relationship,
        by,
        text,
        topic=asked.topic,
        slot=asked.slot,
        company=company,
        on=on,
        one_to_one=one_to_one,
    )


def _key(about: str, noun: str) -> int:
    """Return the key in ``company:12`` or ``fact:9:2026-03-01``; 0, which nothing has, else."""
    parts = about.split(":")
    right = parts[0] == noun and len(parts) > 1 and parts[1].isdecimal() and len(parts[1]) < 16
    return int(parts[1]) if right else 0


@transaction.atomic
def ask_again(relationship: Relationship, by: "Member", prompt: str) -> None:
    """Forget what became of a prompt here, so that it can be asked again.

    A *never again* of one's own is taken back for everybody, as it was said; that of another
    member is theirs. What was covered from the agenda no longer counts as asked.
    """
    the_prompt(relationship, by, prompt)
    theirs = Q(outcome=Outcome.NEVER) & ~Q(by=by)
    answers = Asked.objects.visible_to(by).filter(prompt=prompt)
    answers.filter(Q(relationship=relationship) | Q(outcome=Outcome.NEVER)).exclude(theirs).delete()
    AgendaItem.objects.filter(
        relationship=relationship, prompt=prompt, covered_in__isnull=False
    ).update(prompt="", prompt_about="")
    record(by, "ask_again", relationship, person_id=relationship.person_id, prompt=prompt)
