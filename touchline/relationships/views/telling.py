"""What a relationship's page says of its road, of what is known, and of what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from touchline.core.words import full_day, late_by, listed, mid_sentence, short_day
from touchline.meetings.knowing.coverage import OfStage, OfTopic
from touchline.meetings.knowing.coverage import State as Knowing
from touchline.playbook.playbook import STAGES, Playbook
from touchline.relationships.cadence import Standing
from touchline.relationships.forms import held_before_words
from touchline.relationships.models import Relationship, Step

# Beyond these nobody counts strokes; the words have the numbers.
MOST_STROKES = 13
STROKE_WIDTH = 11


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
    """One topic as a picture: the x of each tall stroke, half one and speck, and the words.

    ``said`` stands beside it, ``spoken`` says the rest to those who do not see it.
    """

    key: str
    name: str
    known: tuple[int, ...]
    stale: tuple[int, ...]
    unknown: tuple[int, ...]
    said: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Picture:
    """One stage: its topics with anything known on them, and the others by name."""

    name: str
    topics: tuple[Strokes, ...]
    nothing_on: str


def picture(stages: Iterable[OfStage]) -> list[Picture]:
    """Return the coverage as strokes: tall is known, half is growing old, a speck is unknown."""
    return [
        Picture(
            stage.name,
            tuple(strokes(topic) for topic in stage.topics if topic.state != Knowing.UNKNOWN),
            listed(
                [
                    mid_sentence(topic.name)
                    for topic in stage.topics
                    if topic.state == Knowing.UNKNOWN
                ]
            ),
        )
        for stage in stages
    ]


def strokes(topic: OfTopic) -> Strokes:
    """Return a stroke for each slot, and for each fact that answers none of them."""
    known = len(topic.those(Knowing.KNOWN)) + topic.fresh
    stale = len(topic.those(Knowing.STALE)) + topic.old
    unknown = topic.those(Knowing.UNKNOWN)
    said = f"{known} known, {stale} old" if stale and known else f"{known} known"
    if stale and not known:
        said = "all growing old"
    # What is missing is drawn last, and first left out.
    drawn = ([0] * known + [1] * stale)[: MOST_STROKES - min(len(unknown), 4)]
    drawn += [2] * min(len(unknown), MOST_STROKES - len(drawn))
    places = [
        tuple(3 + STROKE_WIDTH * x for x, sort in enumerate(drawn) if sort == which)
        for which in range(3)
    ]
    spoken = f"not known yet: {listed([slot.name for slot in unknown])}" if unknown else ""
    return Strokes(topic.key, topic.name, places[0], places[1], places[2], said, spoken)


def due_words(standing: Standing | None, today: date) -> dict[str, str]:
    """Say when the next is due: a plain clause and, where it is late, the heavy one."""
    if standing is None:
        return {}
    if standing.is_late:
        return {"late": f"{late_by(standing.days_late)} late"}
    last_day = standing.late_on - timedelta(days=1)
    start = "now" if standing.is_due else f"from {full_day(standing.due_on, today)}"
    return {"due": start, "until": f"late after {short_day(last_day, today)}"}
