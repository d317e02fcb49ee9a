"""Chooses what to ask in a one-to-one from what is stored; the rules are the playbook's."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from touchline.core.fold import fold
from touchline.meetings.asking.events import about_company, line, raised
from touchline.meetings.asking.material import material
from touchline.meetings.asking.rows import PICKED, Material
from touchline.meetings.asking.standing import standing
from touchline.meetings.coverage import gathered
from touchline.meetings.knowing.freshness import freshness
from touchline.meetings.models import NoteKind, OneToOne, Outcome, SaidBy
from touchline.people.models import Acquaintance
from touchline.playbook.choosing import Choice, Chosen, arrange
from touchline.playbook.situation import Earlier, Known, Offer, Said, Situation
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

DOORS = "target_companies"


def chosen(
    relationship: Relationship,
    member: "Member",
    one_to_one: OneToOne | None = None,
    *,
    today: date,
) -> tuple[Chosen, ...]:
    """Return what to ask in a one-to-one: the given one, else the next planned, else the next.

    ``relationship`` comes with its person. See ``playbook.choosing.arrange``.
    """
    return choice(relationship, member, one_to_one, today=today).chosen


def choice(
    relationship: Relationship,
    member: "Member",
    one_to_one: OneToOne | None = None,
    *,
    today: date,
) -> Choice:
    """Return what to ask, and all else that could be asked."""
    return arrange(situation(material(relationship, member, one_to_one, today=today)))


def situation(found: Material) -> Situation:
    """Shape the rows for the choice. Pure: nothing is loaded here."""
    playbook = found.playbook
    following = playbook.next_stage(found.stage)
    of_a_kind = {topic.key for kind in playbook.kinds for topic in kind.topics}
    answers = _answers(found)
    return Situation(
        topics=playbook.topics,
        of_kind=[topic.key for topic in found.kind.topics],
        prompts=found.prompts,
        position=found.position,
        length_minutes=found.length_minutes,
        on=found.on,
        known=_known(found),
        asked=answers,
        silenced=_silenced(found),
        own=found.own,
        closing={topic.key for topic in playbook.topics} - of_a_kind,
        offers=[*raised(found), *_contacts(found)],
        standing=standing(found),
        said=_said(found),
        came_up=_came_up(found, answers),
        needed=_needed(found),
        step=following.name if following else "",
    )


def _known(found: Material) -> list[Known]:
    """Return for each slot, and each company, whether anything fresh is known."""
    fresh = freshness(found.playbook, found.today)
    stale: dict[tuple[str, str, int | None], bool] = {}
    # The newest first: one that is fresh is enough.
    for fact in reversed(found.facts):
        which = (fact.topic, fact.slot, fact.company)
        if stale.get(which, True):
            stale[which] = fresh.is_stale(
                fact.topic, fact.confirmed_on, fact.dated_on, yearly=fact.yearly
            )
    return [
        Known(topic, slot, about_company(company), old)
        for (topic, slot, company), old in stale.items()
    ]


def _here(found: Material, one_to_one: int | None, on: date) -> bool:
    """Say whether an answer was given in this meeting, or since the last one for it."""
    if one_to_one is not None:
        return one_to_one == found.key
    return on >= found.today or found.last_on is None or on > found.last_on


def _answers(found: Material) -> list[Earlier]:
    """Return the last time each was answered or put off, and what is on the agenda.

    Covered from there it was asked.
    """
    last: dict[tuple[str, str, str, bool], date] = {}
    for row in found.asked:
        if row.relationship != found.relationship or row.outcome in _SILENCE:
            continue
        outcome, on = row.outcome, row.on
        here = _here(found, row.one_to_one, on)
        if outcome == PICKED:
            here = row.one_to_one in (None, found.key)
            if row.one_to_one is not None:
                outcome, on = Outcome.ANSWERED, found.days.get(row.one_to_one, on)
        which = (row.prompt, row.about, outcome, here)
        if which not in last or last[which] < on:
            last[which] = on
    return [Earlier(*which[:3], on, which[3]) for which, on in last.items()]


_SILENCE = (Outcome.NOT_HERE, Outcome.NEVER)


def _needed(found: Material) -> frozenset[str]:
    """Return the topics still open for the next stage, none where enough are covered (M1)."""
    following = found.playbook.next_stage(found.stage)
    if following is None or not following.topics_needed:
        return frozenset()
    kinds = found.kinds
    noted = {(kinds.get(fact.one_to_one or 0), fact.topic) for fact in found.facts}
    noted |= {(kinds.get(note.one_to_one or 0), note.topic) for note in found.notes if note.topic}
    covered = gathered(
        [(kinds[key], [topic]) for key, topic in found.ticked],
        noted,
    ).get(following.key, frozenset())
    topics = {topic.key for topic in found.playbook.kind(following.key).topics}
    return frozenset(topics - covered if following.topics_needed > len(covered & topics) else ())


def _silenced(found: Material) -> frozenset[str]:
    """Return what is never to be asked of this person, and what I never ask anybody again."""
    return frozenset(
        row.prompt
        for row in found.asked
        if row.outcome == Outcome.NOT_HERE
        or (row.outcome == Outcome.NEVER and row.by == found.member)
    )


def _contacts(found: Material) -> Iterator[Offer]:
    """Yield for each company who I know there best: first where they named the company."""
    doors = fold(" ".join(fact.text for fact in found.facts if fact.topic == DOORS))
    seen = set()
    for one in found.contacts:
        if one.company in seen:
            continue
        seen.add(one.company)
        about = about_company(one.company)
        well = one.acquaintance == Acquaintance.WELL
        how = "well" if well else "a little"
        named = bool(doors) and fold(one.company_name) in doors
        name = line(one.name)
        yield Offer(
            about,
            {"contact": name, "company": line(one.company_name)},
            subject=about,
            why=f"You know {name} {how}.",
            rank=2 * (not named) + (not well),
        )


def _said(found: Material) -> dict[str, Said]:
    """Return by topic the last thing they said before this meeting: a fact, or a note on it."""
    last: dict[str, tuple[date, int, int, str]] = {}
    # The newest first, so that most of a long story is passed over at a glance.
    for fact in reversed(found.facts):
        newest = last.get(fact.topic)
        if newest is not None and newest[0] > fact.on:
            continue
        if fact.said_by == SaidBy.THEM and _before(found, fact.one_to_one):
            told = (fact.on, 0, fact.pk, fact.text)
            last[fact.topic] = max(told, newest or told)
    for note in found.notes:
        noted = (note.on, 1, note.pk, note.text)
        if note.topic and note.kind == NoteKind.NOTE and _before(found, note.one_to_one):
            last[note.topic] = max(noted, last.get(note.topic, noted))
    nouns = ("fact", "note")
    return {
        topic: Said(line(text), f"{nouns[noun]}:{pk}")
        for topic, (_, noun, pk, text) in last.items()
    }


def _came_up(found: Material, answers: Iterable[Earlier]) -> dict[str, date]:
    """Return the last day before this meeting that each topic was asked, ticked or noted on."""
    topics = {prompt.key: prompt.topic for prompt in found.playbook.prompts}
    topics |= {prompt.key: prompt.topic for prompt in found.prompts}
    last: dict[str, date] = {}

    def up(topic: str, on: date) -> None:
        if on <= found.on and (topic not in last or last[topic] < on):
            last[topic] = on

    for key, topic in found.ticked:
        if _before(found, key):
            up(topic, found.days[key])
    for fact in reversed(found.facts):
        newest = last.get(fact.topic)
        if (newest is None or newest < fact.on) and _before(found, fact.one_to_one):
            up(fact.topic, fact.on)
    for note in found.notes:
        if note.topic and _before(found, note.one_to_one):
            up(note.topic, note.on)
    for each in answers:
        if each.prompt in topics and not each.here:
            up(topics[each.prompt], each.on)
    return last


def _before(found: Material, one_to_one: int | None) -> bool:
    return one_to_one is None or one_to_one != found.key
