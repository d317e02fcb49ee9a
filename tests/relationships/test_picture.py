"""What is known as strokes: what stands beside them is what is drawn."""

import pytest

from touchline.meetings.knowing.coverage import OfSlot, OfStage, OfTopic, State
from touchline.relationships.views.telling import MOST_STROKES, picture, strokes


def topic(known: int, stale: int, unknown: int, fresh: int = 0, old: int = 0) -> OfTopic:
    states = [State.KNOWN] * known + [State.STALE] * stale + [State.UNKNOWN] * unknown
    slots = tuple(OfSlot(f"s{at}", f"slot {at}", state) for at, state in enumerate(states))
    return OfTopic("family", "Family", slots, fresh, old)


@pytest.mark.parametrize(
    ("given", "drawn", "said"),
    [
        (topic(2, 1, 3), (2, 1, 3), "2 known, 1 old"),
        (topic(2, 0, 0), (2, 0, 0), "2 known"),
        (topic(0, 2, 1), (0, 2, 1), "all growing old"),
        (topic(1, 0, 2, fresh=3, old=1), (4, 1, 2), "4 known, 1 old"),
        (topic(0, 0, 2, fresh=400), (11, 0, 2), "400 known"),
        (topic(1, 0, 40), (1, 0, 12), "1 known"),
    ],
)
def test_strokes(given: OfTopic, drawn: tuple[int, int, int], said: str) -> None:
    found = strokes(given)
    assert (len(found.known), len(found.stale), len(found.unknown)) == drawn
    assert found.said == said
    places = [*found.known, *found.stale, *found.unknown]
    assert places == sorted(set(places))
    assert len(places) <= MOST_STROKES
    for slot in given.those(State.UNKNOWN):
        assert slot.name in found.spoken


def test_a_stage_says_what_nothing_is_known_of() -> None:
    goals = OfTopic("goals", "Goals and dreams", (), 0, 0)
    (stage,) = picture([OfStage("tell_me_the_detail", "Detail", (topic(1, 0, 0), goals))])
    assert [one.name for one in stage.topics] == ["Family"]
    assert stage.nothing_on == "goals and dreams"
