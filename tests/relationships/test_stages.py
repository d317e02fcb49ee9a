"""The terms of the stages (M1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.playbook.playbook import KINDS, STAGES, parse, shipped
from touchline.relationships.forms import furthest
from touchline.relationships.stages import missing, terms

PLAYBOOK = parse(shipped())
TOPICS = {kind.key: [topic.key for topic in kind.topics] for kind in PLAYBOOK.kinds}
coverages = st.fixed_dictionaries(
    {key: st.frozensets(st.sampled_from(TOPICS[key])) for key in KINDS if TOPICS[key]}
)


@pytest.mark.parametrize(
    ("stage", "took_place", "lacking"),
    [
        ("getting_to_know_you", 0, "0 of 1 one-to-ones took place, so 1 more first"),
        ("getting_to_know_you", 1, ""),
        ("referral_partner", 2, "2 of 3 one-to-ones took place, so 1 more first"),
        ("referral_partner", 3, ""),
        ("referral_partner", 40, ""),
    ],
)
def test_the_minimum_of_meetings_is_firm(stage: str, took_place: int, lacking: str) -> None:
    assert missing(terms(PLAYBOOK, stage, took_place, {}), firm_only=True) == lacking


def test_topics_are_asked_for_and_named_but_not_firm() -> None:
    covered = {"getting_to_know_you": frozenset(TOPICS["getting_to_know_you"][:2])}
    found = terms(PLAYBOOK, "getting_to_know_you", 1, covered)
    assert missing(found, firm_only=True) == ""
    lacking = missing(found)
    assert "experience" in lacking
    assert "interests" not in lacking


@given(st.sampled_from(STAGES), st.integers(0, 60), coverages)
def test_terms_are_met_exactly_when_a_plain_count_says_so(
    stage: str, took_place: int, covered: dict[str, frozenset[str]]
) -> None:
    wanted = PLAYBOOK.stage(stage)
    found = terms(PLAYBOOK, stage, took_place, covered)
    enough_meetings = took_place >= wanted.minimum_meetings
    have = 0
    for topic in TOPICS.get(stage, []):
        if topic in covered.get(stage, frozenset()):
            have += 1
    assert (missing(found, firm_only=True) == "") == enough_meetings
    assert (missing(found) == "") == (enough_meetings and have >= wanted.topics_needed)
    for term in found:
        assert bool(term.missing) != term.met


@given(st.integers(0, 999))
def test_the_furthest_stage_is_allowed_and_never_the_last(held: int) -> None:
    found = furthest(PLAYBOOK, held)
    assert found != STAGES[-1]
    assert missing(terms(PLAYBOOK, found, held, {}), firm_only=True) == ""
