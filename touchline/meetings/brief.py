"""The brief: everything one needs for one meeting, arranged (M12). Pure.

What the page, the printed sheet, the command and its JSON show is this one record; what
it is made from is in ``brief_story``, its text in ``brief_text``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from touchline.core.words import (
    capital,
    clock,
    count,
    day,
    full_day,
    late_by,
    mid_sentence,
    ordinal,
    short_day,
    span,
)
from touchline.meetings.brief_story import Earlier, Item, Known, Meeting, Promised, Said, Story
from touchline.playbook.playbook import Kind, Playbook

__all__ = ["Brief", "Earlier", "Item", "Known", "Meeting", "Promised", "Said", "Story", "prepare"]

FACTS_A_TOPIC = 3
# A fact this old is worth asking after again.
STALE_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise with its state in words: *due today*, *9 days over*, *kept on 2 October*."""

    text: str
    state: str
    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An agenda item, with where it was carried over from."""

    text: str
    carried: str
    about: str


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact with its age in words; ``stale`` where it is worth asking after again."""

    text: str
    words: str
    stale: bool


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """What is known on a topic: the newest few, and how many more."""

    topic: str
    facts: tuple[FactLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Question:
    """A first prompt on a topic not covered yet."""

    key: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The prepared page for one meeting; see ``prepare``."""

    name: str
    first: str
    what: str
    position: int
    position_words: str
    kind: str
    when: str
    where: str
    leave_by: str
    lead: str
    last_heading: str
    last: tuple[str, ...]
    they_expect: str
    we_expect: str
    mine: tuple[PromiseLine, ...]
    theirs: tuple[PromiseLine, ...]
    they_want: tuple[ItemLine, ...]
    i_want: tuple[ItemLine, ...]
    since: tuple[Said, ...]
    topics_open: tuple[str, ...]
    questions: tuple[Question, ...]
    facts: tuple[TopicFacts, ...]


def promise_words(promise: Promised, today: date) -> str:
    """Say where a promise stands."""
    if promise.state in ("kept", "kept_late"):
        on = f" on {short_day(promise.settled_on, today)}" if promise.settled_on else ""
        return f"kept{on}" if promise.state == "kept" else f"kept late{on}"
    if promise.state == "dropped":
        return "dropped"
    over = (today - promise.due_on).days
    if over > 0:
        return f"{late_by(over)} over"
    return f"due {day(promise.due_on, today)}"


def _promise_lines(
    promises: Iterable[Promised], mine: bool, today: date
) -> tuple[PromiseLine, ...]:
    """Order one side's promises: overdue first, then open by day, then settled."""
    own = [promise for promise in promises if promise.mine == mine]
    own.sort(key=lambda one: (one.state != "open", one.due_on))
    return tuple(
        PromiseLine(
            one.text,
            "late" if one.state == "open" and one.due_on < today else one.state,
            promise_words(one, today),
            one.due_on,
        )
        for one in own
    )


def _item_lines(story: Story, mine: bool) -> tuple[ItemLine, ...]:
    last = story.last
    return tuple(
        ItemLine(
            item.text,
            f"carried over from {item.added_on:%B}" if last and item.added_on <= last.on else "",
            item.about,
        )
        for item in story.items
        if item.mine == mine
    )


def _fact_line(fact: Known, first: str, today: date) -> FactLine:
    who = {"them": f"{first} said", "me": "You noticed"}.get(fact.said_by, "Others said")
    stale = today - fact.confirmed_on >= STALE_AFTER
    confirmed = (
        f", confirmed {day(fact.confirmed_on, today)}" if fact.confirmed_on > fact.on else ""
    )
    return FactLine(fact.text, f"{who}, {day(fact.on, today)}{confirmed}", stale)


def _facts(story: Story, playbook: Playbook, kind: Kind, today: date) -> tuple[TopicFacts, ...]:
    """Group facts by topic: the topics of this kind of meeting first, newest fact first."""
    by_topic: dict[str, list[Known]] = {}
    for fact in sorted(story.facts, key=lambda one: one.on, reverse=True):
        by_topic.setdefault(fact.topic, []).append(fact)
    order = [topic.key for topic in (*kind.topics, *playbook.topics)]
    keys = [key for key in dict.fromkeys(order) if key in by_topic]
    keys += [key for key in by_topic if key not in keys]
    return tuple(
        TopicFacts(
            playbook.topic_name(key),
            tuple(_fact_line(fact, story.first, today) for fact in by_topic[key][:FACTS_A_TOPIC]),
            max(0, len(by_topic[key]) - FACTS_A_TOPIC),
        )
        for key in keys
    )


def _lead(story: Story, mine: Sequence[PromiseLine], theirs: Sequence[PromiseLine]) -> str:
    """Say the one thing one would want whispered at the car door."""
    parts: list[str] = []
    for owed, intro in ((mine, "You still owe"), (theirs, "Still owed to you")):
        if parts:
            # One sentence on promises is enough to go in with; all of them stand beneath.
            break
        open_ones = [line for line in owed if line.state in ("late", "open")]
        if open_ones:
            first = open_ones[0]
            late = f", {first.words}" if first.state == "late" else ""
            rest = f", and {count(len(open_ones) - 1, 'more', 'more')}" if open_ones[1:] else ""
            parts.append(f"{intro}: {mid_sentence(first.text)}{late}{rest}.")
    if story.since:
        parts.append(f"{_sentence(story.since[-1].text)}")
    elif story.they_expect and len(parts) < 2:
        parts.append(f"{story.first} expects: {mid_sentence(story.they_expect.rstrip('.'))}.")
    if parts:
        return " ".join(parts[:3])
    if story.took_place == 0:
        return f"You have not met yet. Find out what drives {story.first}, and what you share."
    if story.last and story.last.notes:
        return _sentence(story.last.notes[0])
    return f"No promises are open between you and {story.first}."


def _sentence(text: str) -> str:
    text = text.strip().split("\n")[0]
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."


def prepare(story: Story, playbook: Playbook, today: date) -> Brief:
    """Arrange the brief.

    Guarantees: every open promise and every open agenda item of both sides is in it; a topic
    of the meeting's kind is either covered or named as open; every topic with a fact stands
    with its newest facts and their age; nothing is in it that was not said.
    """
    meeting = story.meeting
    kind = playbook.kind(meeting.kind if meeting else story.next_kind)
    covered = story.covered.get(kind.key, frozenset())
    open_topics = [topic for topic in kind.topics if topic.key not in covered]
    mine = _promise_lines(story.promises, True, today)
    theirs = _promise_lines(story.promises, False, today)
    first_prompt = {prompt.topic: prompt for prompt in reversed(kind.prompts)}
    when = where = leave_by = ""
    if meeting:
        ends = meeting.starts_at + timedelta(minutes=meeting.length_minutes)
        on = meeting.starts_at.date()
        spoken = day(on, today) if abs((on - today).days) < 2 else full_day(on, today)
        when = f"{clock(meeting.starts_at)} to {clock(ends)} {spoken}"
        where = meeting.place or ("By video" if meeting.video_url else "")
        if meeting.travel_minutes:
            leave = meeting.starts_at - timedelta(minutes=meeting.travel_minutes)
            leave_by = f"{span(meeting.travel_minutes)} away: leave by {clock(leave)}"
    last = story.last
    return Brief(
        name=story.name,
        first=story.first,
        what=story.what,
        position=story.took_place + 1,
        position_words=capital(f"{ordinal(story.took_place + 1)} one-to-one"),
        kind=kind.name,
        when=when,
        where=where,
        leave_by=leave_by,
        lead=_lead(story, mine, theirs),
        last_heading=f"Last time, {short_day(last.on, today)}" if last else "",
        last=last.notes if last else (),
        they_expect=story.they_expect,
        we_expect=story.we_expect,
        mine=mine,
        theirs=theirs,
        they_want=_item_lines(story, mine=False),
        i_want=_item_lines(story, mine=True),
        since=story.since,
        topics_open=tuple(topic.name for topic in open_topics),
        questions=tuple(
            Question(first_prompt[topic.key].key, topic.name, first_prompt[topic.key].text)
            for topic in open_topics
            if topic.key in first_prompt
        ),
        facts=_facts(story, playbook, kind, today),
    )
