"""What brings up a question whose memory is an event (M13): the one place to raise it from.

Each event has one function in ``SOURCES``, from the material of a meeting to what the event is
about. A later part, which stands above this one and is not known here, hands its own in when
Django is ready, as referrals do for ``referral_outcome``::

    class ReferralsConfig(AppConfig):
        def ready(self) -> None:
            events.raised_by("referral_outcome", outcomes)

    def outcomes(material: Material) -> Iterable[Offer]:
        for one in material.further["referrals"]:
            yield Offer(f"referral:{one.key}", {"last_referral": one.need}, why=...)

``material.loaded_by`` has its rows loaded. ``Offer.about`` names the event once: the same about
is not asked after again. The name of the event is filled in here, and it must be one of
``playbook.prompts.EVENTS``.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from touchline.core.words import capital, clipped, day, full_day, late_by, short_day
from touchline.meetings.asking.rows import Material
from touchline.meetings.knowing import days
from touchline.meetings.knowing.freshness import freshness
from touchline.meetings.models import NoteKind, Side
from touchline.playbook.prompts import EVENTS
from touchline.playbook.situation import Offer

Source = Callable[[Material], Iterable[Offer]]

# A day is worth asking after from so long before.
COMING = timedelta(days=30)
# What was noted longer ago is no loose end any more.
OPEN_FOR = timedelta(days=180)
LETTERS, AN_OCCASION = 120, 60


def promises_broken(material: Material) -> Iterator[Offer]:
    """Yield the open promises whose day has gone by, the longest overdue first."""
    for one in material.promises:
        due = short_day(one.due_on, material.today)
        whose = f"You promised it for {due}." if one.whose == Side.MINE else f"It was due {due}."
        yield Offer(
            f"action:{one.pk}:{one.due_on}",
            {"promise": line(one.text)},
            why=whose,
            rank=(one.due_on - material.today).days,
        )


def facts_stale(material: Material) -> Iterator[Offer]:
    """Yield for each slot that nothing fresh answers its newest fact, the oldest of these first."""
    fresh = freshness(material.playbook, material.today)
    newest: dict[tuple[str, str, int | None], tuple[date, int]] = {}
    answered, by_key = set(), {}
    topics = {one.topic for one in material.prompts if one.memory.event == "fact_stale"}
    # The newest first: most slots turn out to be answered by the first fact of theirs.
    for fact in reversed(material.facts):
        which = (fact.topic, fact.slot, fact.company)
        if fact.topic not in topics or which in answered:
            continue
        if fresh.is_stale(fact.topic, fact.confirmed_on, fact.dated_on, yearly=fact.yearly):
            here = (fact.confirmed_on, fact.pk)
            if which not in newest or newest[which] < here:
                newest[which], by_key[fact.pk] = here, fact
        elif fact.slot:
            # Without a slot one fact says nothing about another.
            answered.add(which)
    for which, (confirmed_on, pk) in newest.items():
        if which in answered:
            continue
        fact = by_key[pk]
        ago = max(0, (material.today - confirmed_on).days)
        yield Offer(
            f"fact:{pk}:{confirmed_on}",
            {"fact": line(fact.text)},
            subject=about_company(fact.company),
            topic=fact.topic,
            slot=fact.slot,
            why=f"Last confirmed {late_by(ago)} ago.",
            rank=-ago,
        )


def dates_coming(material: Material) -> Iterator[Offer]:
    """Yield the days they have within the month after the meeting, the nearest first."""
    birthday = False
    for fact in material.facts:
        if fact.dated_on is None:
            continue
        on = days.next_occurrence(fact.dated_on, material.on, yearly=fact.yearly)
        own = fact.yearly and fact.slot == days.BIRTHDAY
        birthday = birthday or own
        words = "Your birthday" if own else capital(line(fact.text))
        if on is not None and on <= material.on + COMING and len(words) <= AN_OCCASION:
            about = f"birthday:{on}" if own else f"fact:{fact.pk}:{on}"
            yield _coming(material, about, words, on, fact.topic, fact.slot)
    found = days.next_birthday(material.birthday, material.on)
    if found and not birthday and found[0] <= material.on + COMING:
        on = found[0]
        yield _coming(material, f"birthday:{on}", "Your birthday", on, "family", days.BIRTHDAY)


def _coming(material: Material, about: str, words: str, on: date, topic: str, slot: str) -> Offer:
    ahead = (on - material.on).days
    why = f"It is on {full_day(on, material.today)}."
    return Offer(about, {"occasion": words}, topic=topic, slot=slot, why=why, rank=ahead)


def companies_met(material: Material) -> Iterator[Offer]:
    """Yield the companies of those in my own diary after this meeting, the soonest first.

    Now it is the other one-to-ones planned; a later part adds what else is in the diary.
    """
    seen = set()
    for one in material.met:
        if one.company in seen:
            continue
        seen.add(one.company)
        on = one.on
        said = full_day(on, material.today)
        yield Offer(
            about_company(one.company),
            {"met_company": line(one.company_name), "date": said},
            subject=about_company(one.company),
            why=f"You see {one.name} of {line(one.company_name)} on {said}.",
            rank=(on - material.today).days,
        )


def notes_open(material: Material) -> Iterator[Offer]:
    """Yield by topic the last thing noted at an earlier meeting, the newest first."""
    seen = set()
    for note in material.notes:
        on = note.on
        earlier = note.one_to_one is not None and note.one_to_one != material.key
        if not earlier or note.kind != NoteKind.NOTE or note.topic in seen:
            continue
        seen.add(note.topic)
        if on >= material.on - OPEN_FOR:
            yield Offer(
                f"note:{note.pk}",
                {"last_said": line(note.text)},
                topic=note.topic,
                why=f"Noted {day(on, material.today)}.",
                rank=(material.on - on).days,
            )


SOURCES: list[tuple[str, Source]] = [
    ("promise_broken", promises_broken),
    ("fact_stale", facts_stale),
    ("date_coming", dates_coming),
    ("company_met", companies_met),
    ("note_open", notes_open),
]


def raised_by(event: str, source: Source) -> None:
    """Let another part raise an event; ValueError for one that the playbook does not know."""
    if event not in EVENTS:
        raise ValueError(f"There is no event {event}. There are: {', '.join(EVENTS)}.")
    SOURCES.append((event, source))


def raised(material: Material) -> list[Offer]:
    """Return everything that has come up, by the events that the prompts wait for."""
    wanted = {prompt.memory.event for prompt in material.prompts}
    return [
        replace(offer, event=event)
        for event, source in SOURCES
        if event in wanted
        for offer in source(material)
    ]


def about_company(company: int | None) -> str:
    """Name a company as memory does: ``company:12``, empty for none."""
    return f"company:{company}" if company else ""


def line(text: str) -> str:
    """Return a text as it goes into a sentence: one line, no stop at its end."""
    return clipped(text, LETTERS).rstrip(" .")
