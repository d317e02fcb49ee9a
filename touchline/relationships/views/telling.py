"""What a relationship's page says of its road, of what is known, and of what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from touchline.core.words import full_day, late_by, short_day
from touchline.meetings.brief import STALE_AFTER
from touchline.meetings.models import Fact
from touchline.playbook.playbook import STAGES, Playbook
from touchline.relationships.cadence import Standing
from touchline.relationships.forms import held_before_words
from touchline.relationships.models import Relationship, Step

MOST_STROKES = 12


@dataclass(frozen=True, slots=True)
class Station:
    """One stage on the road: its name, when it was reached, and whether it is ahead."""

    name: str
    when: str
    here: bool
    ahead: bool


def stations(
    relationship: Relationship, steps: Iterable[Step], playbook: Playbook, today: date
) -> list[Station]:
    """Return the four stages with the day each was last reached."""
    reached = {step.to_stage: step for step in steps}
    current = STAGES.index(relationship.stage)
    before = held_before_words(relationship, today)
    found = []
    for place, stage in enumerate(playbook.stages):
        step = reached.get(stage.key) if place <= current else None
        if step is not None:
            when = (
                f"since {short_day(step.on, today)}"
                if place == current
                else short_day(step.on, today)
            )
            if not step.from_stage and before:
                when = f"{when}, {before}"
        elif place < current:
            when = "before Touchline" if before and STAGES[0] not in reached else "passed"
        else:
            when = ""
        found.append(Station(stage.name, when, place == current, place > current))
    return found


@dataclass(frozen=True, slots=True)
class Strokes:
    """What is known on one topic: the x of each stroke, tall or half, and words beside it."""

    name: str
    known: tuple[int, ...]
    stale: tuple[int, ...]
    said: str


def strokes(facts: Iterable[Fact], topics: Iterable[tuple[str, str]], today: date) -> list[Strokes]:
    """Return a stroke for each fact, by topic; a topic without any has none."""
    ages: dict[str, list[bool]] = {}
    for fact in facts:
        ages.setdefault(fact.topic, []).append(today - fact.confirmed_on >= STALE_AFTER)
    found = []
    for key, name in topics:
        old = sorted(ages.get(key, []))
        many, aged = len(old), sum(old)
        said = f"{many} known, {aged} old" if 0 < aged < many else f"{many} known"
        if aged and aged == many:
            said = "all growing old"
        # Beyond a dozen strokes nobody counts; the words have the number.
        drawn = old if many <= MOST_STROKES else [*old[:4], *old[4 - MOST_STROKES :]]
        places = [(3 + 11 * place, is_old) for place, is_old in enumerate(drawn)]
        found.append(
            Strokes(
                name,
                tuple(x for x, is_old in places if not is_old),
                tuple(x for x, is_old in places if is_old),
                said,
            )
        )
    return found


def topics_shown(
    playbook: Playbook, took_place: int, facts: Iterable[Fact]
) -> list[tuple[str, str]]:
    """Return the topics to show: those of the kinds so far and of the next, then any known."""
    kinds = playbook.kinds[: min(took_place, 2) + 1]
    names = {topic.key: topic.name for kind in kinds for topic in kind.topics}
    for fact in facts:
        names.setdefault(fact.topic, playbook.topic_name(fact.topic))
    return list(names.items())


def due_words(standing: Standing | None, today: date) -> dict[str, str]:
    """Say when the next is due: a plain clause and, where it is late, the heavy one."""
    if standing is None:
        return {}
    if standing.is_late:
        return {"late": f"{late_by(standing.days_late)} late"}
    last_day = standing.late_on - timedelta(days=1)
    start = "now" if standing.is_due else f"from {full_day(standing.due_on, today)}"
    return {"due": start, "until": f"late after {short_day(last_day, today)}"}
