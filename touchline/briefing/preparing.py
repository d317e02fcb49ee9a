"""The brief: everything one needs for one meeting, arranged (M12). Pure.

What the page, the printed sheet, the command and its JSON show is this one record; what
it is made from is in ``story``, its text in ``text``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter
from urllib.parse import quote

from touchline.briefing.referring import referral_lead, referral_lines
from touchline.briefing.shapes import (
    Brief,
    Decision,
    FactLine,
    ItemLine,
    PromiseLine,
    TermLine,
    TopicFacts,
)
from touchline.briefing.story import Promised, Question, Said, Story
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
from touchline.meetings.asking.rows import FactRow
from touchline.meetings.knowing.days import Occasion, next_birthday, next_occurrence
from touchline.meetings.knowing.freshness import Freshness, freshness
from touchline.playbook.playbook import Kind, Playbook, Topic
from touchline.relationships.stages import terms

FACTS_A_TOPIC = 3
# A day somebody has is worth naming this long before.
COMING_WITHIN = timedelta(days=30)
MAP = "https://www.openstreetmap.org/search?query="


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


def _fact_line(fact: FactRow, first: str, fresh: Freshness) -> FactLine:
    who = {"them": f"{first} said", "me": "You noticed"}.get(fact.said_by, "Others said")
    today = fresh.today
    stale = fresh.is_stale(fact.topic, fact.confirmed_on, fact.dated_on, yearly=fact.yearly)
    confirmed = (
        f", confirmed {day(fact.confirmed_on, today)}" if fact.confirmed_on > fact.on else ""
    )
    return FactLine(fact.text, f"{who}, {day(fact.on, today)}{confirmed}", stale)


def _facts(story: Story, playbook: Playbook, kind: Kind, today: date) -> tuple[TopicFacts, ...]:
    """Group facts by topic: the topics of this kind of meeting first, newest fact first."""
    fresh = freshness(playbook, today)
    by_topic: dict[str, list[FactRow]] = {}
    for fact in sorted(story.facts, key=attrgetter("on"), reverse=True):
        by_topic.setdefault(fact.topic, []).append(fact)
    order = [topic.key for topic in (*kind.topics, *playbook.topics)]
    keys = [key for key in dict.fromkeys(order) if key in by_topic]
    keys += [key for key in by_topic if key not in keys]
    return tuple(
        TopicFacts(
            playbook.topic_name(key),
            tuple(_fact_line(fact, story.first, fresh) for fact in by_topic[key][:FACTS_A_TOPIC]),
            max(0, len(by_topic[key]) - FACTS_A_TOPIC),
        )
        for key in keys
    )


def _lead(
    story: Story, referrals: str, mine: Sequence[PromiseLine], theirs: Sequence[PromiseLine]
) -> str:
    """Say what one would want whispered at the car door: on referrals first (M4)."""
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
    if referrals:
        parts.insert(0, referrals)
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


def _coming(story: Story, today: date) -> tuple[Said, ...]:
    """Return the days that come up within the month, the nearest first."""
    found = []
    if story.birthday and (born := next_birthday(story.birthday, today)):
        found.append(Said(born[0], capital(Occasion(born[0], "", True, born[1]).birthday_words)))
    found += [
        Said(on, fact.text)
        for fact in story.facts
        if fact.dated_on and (on := next_occurrence(fact.dated_on, today, yearly=fact.yearly))
    ]
    near = [one for one in found if one.on <= today + COMING_WITHIN]
    return tuple(sorted(near, key=lambda one: one.on))


def _decision(story: Story, playbook: Playbook) -> Decision:
    """Say what is to be decided today: the next step, where this meeting makes it possible.

    Else what is asked at every close-out (M6), and how far the next step is.
    """
    still = Decision(f"Is it still right, for {story.first} and for you?", ())
    following = playbook.next_stage(story.stage) if story.stage else None
    if following is None:
        return still
    found = terms(playbook, following.key, story.took_place + 1, story.covered)
    met = tuple(TermLine(term.text, term.met) for term in found)
    if any(term.firm and not term.met for term in found):
        return replace(still, terms=met)
    if playbook.next_stage(following.key) is None:
        return Decision(f"Is {story.first} a referral partner?", met)
    return Decision(f"Step on to “{following.name}”?", met)


def _questions(story: Story, kind: Kind, open_topics: Sequence[Topic]) -> tuple[Question, ...]:
    """Return the questions chosen; where none were, those to ask first on what is open."""
    if story.asking:
        return story.asking
    plain = [prompt for prompt in kind.prompts if not prompt.placeholders]
    first = {prompt.topic: prompt for prompt in reversed(plain)}
    return tuple(
        Question(first[topic.key].key, topic.name, first[topic.key].text)
        for topic in open_topics
        if topic.key in first
    )


def _sentence(text: str) -> str:
    text = text.strip().split("\n")[0]
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."


def prepare(story: Story, playbook: Playbook, today: date) -> Brief:
    """Arrange the brief.

    Guarantees: every open promise and every open agenda item of both sides is in it; a topic
    of the meeting's kind is either covered or named as open; every topic with a fact stands
    with its newest facts and their age; every referral in flight, owed a word or waiting for a
    debrief is in it; nothing is in it that was not said.
    """
    meeting = story.meeting
    kind = playbook.kind(meeting.kind if meeting else story.next_kind)
    covered = story.covered.get(kind.key, frozenset())
    open_topics = [topic for topic in kind.topics if topic.key not in covered]
    mine = _promise_lines(story.promises, True, today)
    theirs = _promise_lines(story.promises, False, today)
    when = exact_day = where = leave_by = map_url = ""
    if meeting:
        ends = meeting.starts_at + timedelta(minutes=meeting.length_minutes)
        on = meeting.starts_at.date()
        near = abs((on - today).days) < 2
        spoken = day(on, today) if near else full_day(on, today)
        # *Today* is another day once it is printed.
        exact_day = full_day(on) if near else ""
        when = f"{clock(meeting.starts_at)} to {clock(ends)} {spoken}"
        where = meeting.place or ("By video" if meeting.video_url else "")
        map_url = MAP + quote(meeting.place) if meeting.place else ""
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
        exact_day=exact_day,
        where=where,
        leave_by=leave_by,
        map_url=map_url,
        video_url=meeting.video_url if meeting else "",
        phone=story.phone,
        phone_number=story.phone_number,
        lead=_lead(story, referral_lead(story, playbook.clocks, today), mine, theirs),
        referrals=referral_lines(story, playbook.clocks, today),
        last_heading=f"Last time, {short_day(last.on, today)}" if last else "",
        last=last.notes if last else (),
        they_expect=story.they_expect,
        we_expect=story.we_expect,
        mine=mine,
        theirs=theirs,
        they_want=_item_lines(story, mine=False),
        i_want=_item_lines(story, mine=True),
        since=story.since,
        coming=_coming(story, today),
        topics_open=tuple(topic.name for topic in open_topics),
        questions=_questions(story, kind, open_topics),
        decision=_decision(story, playbook),
        in_common=story.in_common,
        history=story.history,
        facts=_facts(story, playbook, kind, today),
    )
