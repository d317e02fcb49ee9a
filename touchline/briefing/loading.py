"""Makes the story of a brief from its rows."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from touchline.briefing import preparing
from touchline.briefing.rows import MeetingRow, Rows, rows
from touchline.briefing.shapes import Brief
from touchline.briefing.story import (
    Earlier,
    Item,
    Meeting,
    Promised,
    Question,
    Said,
    Story,
)
from touchline.core.markdown import plain
from touchline.core.words import capital
from touchline.meetings.asking.choosing import situation
from touchline.meetings.common.matching import Told, in_common
from touchline.meetings.coverage import gathered
from touchline.meetings.models import OneToOne, Side
from touchline.playbook.choosing import arrange
from touchline.playbook.models import of
from touchline.relationships.models import Relationship
from touchline.sheets.models import What

if TYPE_CHECKING:
    from touchline.accounts.models import Member


# So many facts, the newest, are looked through for what is in common; a page shows them all.
COMPARED = 300


def brief_for(
    relationship: Relationship, member: "Member", one_to_one: OneToOne | None = None
) -> Brief:
    """Load and arrange the brief of one meeting, as of the member's today.

    ``relationship`` comes with its person and company. Only what ``member`` may see is in it.
    """
    found = rows(relationship, member, one_to_one)
    return composed(relationship, member, found)


def composed(relationship: Relationship, member: "Member", found: Rows) -> Brief:
    """Choose the questions and arrange the brief, from rows that are loaded."""
    made = story(relationship, member, found)
    return preparing.prepare(made, of(member.workspace), member.today())


def story(relationship: Relationship, member: "Member", found: Rows) -> Story:
    """Return the story of a relationship up to one meeting. Nothing is loaded here."""
    person, last, playbook = relationship.person, found.last, found.found.playbook
    spoken, loose = [], [Said(on, text) for on, text in found.calls]
    for _, one_id, _, _, text, at, _ in found.notes:
        if last and one_id == last.pk:
            spoken.append(plain(text))
        elif one_id is None and (last is None or at > last.starts_at):
            loose.append(Said(timezone.localtime(at).date(), plain(text)))
    loose += [
        Said(fact.on, fact.text)
        for fact in found.facts
        if last and fact.on > found.since and fact.one_to_one != last.pk
    ]
    loose += [Said(on, _arrived(person.first, what, text)) for on, what, text in found.arrived]
    phone, number = found.phone
    return Story(
        name=person.name,
        first=person.first,
        what=person.what,
        took_place=found.took_place,
        meeting=_meeting(found.meeting) if found.meeting else None,
        last=Earlier(found.since, last.place, tuple(spoken)) if last else None,
        promises=tuple(
            Promised(whose == Side.MINE, *promised[:4]) for _, whose, *promised in found.promises
        ),
        items=tuple(_items(found)),
        facts=found.facts,
        since=tuple(sorted(loose, key=lambda said: said.on)),
        covered=_covered(found),
        they_expect=relationship.they_expect,
        we_expect=relationship.we_expect,
        next_kind=found.found.kind.key,
        stage=relationship.stage,
        phone=phone,
        phone_number=number,
        birthday=person.birthday,
        asking=tuple(
            Question(one.key, playbook.topic_name(one.topic), one.text, one.about, one.why)
            for one in arrange(situation(found.found)).chosen
        ),
        in_common=tuple(_shared(found)),
        referrals=tuple(found.referrals),
        country=member.workspace.country,
        by=str(member),
        history=tuple(f"{who or 'You'}: {text}" for who, text in found.history),
    )


def _arrived(first: str, what: str, text: str) -> str:
    """Say what they wrote on their page, or that their sheet waits to be looked through."""
    if what == What.SHEET:
        return f"{first} has handed over a sheet: look through it"
    about = "how it is going" if what == What.GOING else "a referral"
    return f"{first} on {about}: “{text}”"


def _meeting(one: MeetingRow) -> Meeting:
    return Meeting(
        one.kind,
        timezone.localtime(one.starts_at),
        one.length_minutes,
        one.place,
        one.video_url,
        one.travel_minutes,
    )


def _items(found: Rows) -> Iterable[Item]:
    for _, side, text, added_on, _, _, about in found.items:
        yield Item(side == Side.MINE, text, added_on, about)


def _shared(found: Rows) -> Iterable[str]:
    if not found.own:
        return
    mine = [Told(text, pk) for pk, text in found.own]
    newest = found.facts[-COMPARED:]
    theirs = [Told(fact.text, fact.pk) for fact in reversed(newest)]
    for one in in_common(mine, theirs):
        if one.theme not in found.away:
            yield f"{capital(one.name)}: {one.theirs.text}"


def _covered(found: Rows) -> dict[str, frozenset[str]]:
    """Return the topics covered, by kind: ticked, or with a note or a fact on them."""
    kinds = {one.pk: one.kind for one in found.meetings}
    noted = {(kinds.get(fact.one_to_one or 0), fact.topic) for fact in found.facts}
    noted |= {(kinds.get(one_id), topic) for _, one_id, _, topic, *_ in found.notes if topic}
    return gathered(((one.kind, one.covered_topics) for one in found.meetings), noted)
