"""What they handed in becomes facts said by them, as one of us decides, answer by answer (M11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings import capturing
from touchline.meetings.knowing.days import BIRTHDAY
from touchline.meetings.models import Fact, Filing, SaidBy
from touchline.people import photos
from touchline.people.models import Photo
from touchline.sheets.models import AnswerState, Arrival, TheirAnswer, TheirSheet
from touchline.sheets.models.theirs import ANSWER_STATES
from touchline.sheets.theirs.birthdays import birthday
from touchline.sheets.theirs.saving import digest
from touchline.sheets.theirs.taking_back import held, withdraw
from touchline.sheets.theirs.weighing import Known, Way, Weighed, taken_back, weigh

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for an answer, and what they saw as they chose.

    ``seen`` is the digest of its words, ``fact`` the one that is confirmed or replaced;
    ``topic`` and ``slot`` say where it goes, ``dated_on`` which day it is about.
    """

    answer: int
    seen: str
    way: Way
    topic: str
    slot: str = ""
    fact: int | None = None
    dated_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """An answer that waits to be decided on, weighed, and the day it would be about."""

    answer: TheirAnswer
    weighed: Weighed
    dated_on: date | None

    @property
    def seen(self) -> str:
        return digest(self.answer.text)


def said_on(sheet: TheirSheet) -> date:
    """Return the day that its answers are of: when it was handed in."""
    return timezone.localtime(sheet.handed_in_at or sheet.began_at).date()


def proposed(sheet: TheirSheet, answers: Iterable[TheirAnswer]) -> tuple[Proposed, ...]:
    """Weigh the answers of a sheet against what is known of the person, in one query."""
    on = said_on(sheet)
    facts: dict[str, list[Known]] = {}
    rows = Fact.objects.current().filter(
        workspace_id=sheet.workspace_id, person_id=sheet.relationship.person_id
    )
    for topic, pk, slot, text, said_by, since, confirmed_on, dated_on in rows.order_by(
        "pk"
    ).values_list("topic", "pk", "slot", "text", "said_by", "on", "confirmed_on", "dated_on"):
        one = Known(pk, slot, text, said_by, since, confirmed_on, dated_on)
        facts.setdefault(topic, []).append(one)
    made = []
    for answer in answers:
        if answer.is_taken_back:
            made.append(Proposed(answer, taken_back(_known(held(answer.fact))), None))
            continue
        day = birthday(answer.text, on) if answer.slot == BIRTHDAY else None
        known = facts.get(answer.topic, ())
        weighed = weigh(answer.topic, answer.slot, answer.text, on, known, day)
        made.append(Proposed(answer, weighed, day))
    return tuple(made)


def _known(fact: Fact | None) -> Known | None:
    if fact is None:
        return None
    return Known(
        fact.pk, fact.slot, fact.text, fact.said_by, fact.on, fact.confirmed_on, fact.dated_on
    )


@transaction.atomic
def settle(
    by: "Member",
    sheet: TheirSheet,
    choices: Sequence[Choice],
    *,
    picture: bool | None = None,
    now: datetime,
) -> None:
    """Do with each answer as chosen.

    ``picture`` makes theirs the person's (True) or leaves it out (False); None leaves it for
    later. What is chosen for *later* stays proposed; the last one decided on settles the sheet.
    Raises Refused, and changes nothing, where an answer or a fact was changed meanwhile, or the
    sheet was taken away.
    """
    locked = TheirSheet.objects.select_for_update(of=("self",)).filter(pk=sheet.pk)
    found = locked.select_related("relationship__person").first()
    if found is None:
        raise Refused("Somebody else has just taken this sheet away.")
    sheet = found
    rows = {row.pk: row for row in TheirAnswer.objects.filter(sheet=sheet)}
    for one in choices:
        _settle(by, sheet, rows.get(one.answer), one)
    if picture is not None:
        _picture(by, sheet, take=picture)
    _finish(by, sheet, rows.values(), now)


def _settle(by: "Member", sheet: TheirSheet, answer: TheirAnswer | None, choice: Choice) -> None:
    if choice.way == Way.LATER:
        return
    if answer is None or answer.state == AnswerState.TYPED or digest(answer.text) != choice.seen:
        first = sheet.relationship.person.first
        raise Refused(f"{first} has changed an answer since you opened this. Look again.")
    if choice.way == Way.LEAVE:
        ANSWER_STATES.take(answer, "decline", still=["text"])
        record(by, "decline", answer, person_id=sheet.relationship.person_id)
        return
    if answer.is_taken_back:
        withdraw(by, answer)
        ANSWER_STATES.take(answer, "accept", still=["text"], fact_id=None)
        record(by, "withdraw", answer, person_id=sheet.relationship.person_id)
        return
    fact = _fact(by, sheet, answer, choice)
    ANSWER_STATES.take(answer, "accept", still=["text"], fact_id=fact.pk)
    record(by, "accept", answer, person_id=sheet.relationship.person_id, fact=fact.pk)


def _fact(by: "Member", sheet: TheirSheet, answer: TheirAnswer, choice: Choice) -> Fact:
    on, relationship = said_on(sheet), sheet.relationship
    dated_on = choice.dated_on
    yearly = bool(dated_on) and choice.slot == BIRTHDAY
    if choice.way == Way.TAKE:
        return capturing.fact(
            relationship, by, answer.text, topic=choice.topic, slot=choice.slot, on=on,
            said_by=SaidBy.THEM, dated_on=dated_on, yearly=yearly,
        )  # fmt: skip
    ours = Fact.objects.visible_to(by).current().filter(person_id=relationship.person_id)
    known: Fact | None = ours.filter(pk=choice.fact or 0).first()
    if known is None:
        raise Refused("What this stood beside was changed meanwhile. Look again.")
    if choice.way == Way.SAME:
        known.confirm(by, on=max(on, known.confirmed_on))
        return known
    filing = Filing(choice.topic, choice.slot, known.company_id, dated_on, yearly)
    return known.correct(
        by, text=answer.text, on=on, one_to_one=None, filing=filing, said_by=SaidBy.THEM
    )


def _picture(by: "Member", sheet: TheirSheet, *, take: bool) -> None:
    if sheet.photo is None or not sheet.photo_given:
        raise Refused("There is no picture to decide on any more. Look again.")
    if take:
        content = bytes(sheet.photo)
        Photo.objects.update_or_create(
            person=sheet.relationship.person,
            defaults={
                "workspace_id": sheet.workspace_id,
                "content": content,
                "source": photos.digest(content),
            },
        )
    sheet.photo, sheet.photo_given = None, False
    sheet.save(update_fields=["photo", "photo_given"])
    verb = "accept_picture" if take else "decline_picture"
    record(by, verb, sheet, person_id=sheet.relationship.person_id)


def _finish(by: "Member", sheet: TheirSheet, rows: Iterable[TheirAnswer], now: datetime) -> None:
    """Settle a sheet on which nothing waits any more, and say that what arrived was seen."""
    states = {row.state for row in rows}
    if AnswerState.PROPOSED in states or (sheet.photo is not None and sheet.photo_given):
        return
    for arrival in Arrival.objects.unseen().filter(their_sheet=sheet).select_related(
        "relationship"
    ):  # fmt: skip
        arrival.see(by, now=now)
    # What they have typed since and not handed over keeps it open for them.
    if sheet.settled_at is None and AnswerState.TYPED not in states and sheet.photo is None:
        sheet.settled_at = now
        sheet.save(update_fields=["settled_at"])
        record(by, "settle", sheet, person_id=sheet.relationship.person_id)
