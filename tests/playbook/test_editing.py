"""Edits of a playbook document, without a database."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.playbook.editing import TypedTopic, as_shipped, with_kind, with_rows
from touchline.playbook.playbook import KINDS, Malformed, parse, shipped


def typed(kind: str) -> list[TypedTopic]:
    """The topics of a shipped kind, as its page would post them unchanged."""
    shown = parse(shipped()).kind(kind)
    return [
        TypedTopic(t.key, t.name, tuple(p.text for p in shown.prompts if p.topic == t.key))
        for t in shown.topics
    ]


def edited(kind: str, topics: list[TypedTopic]):  # type: ignore[no-untyped-def]
    shown = parse(shipped()).kind(kind)
    return with_kind(shipped(), kind, shown.name, shown.length_minutes, topics)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_saved_as_it_was_changes_nothing(kind: str) -> None:
    assert edited(kind, typed(kind)) == shipped()


def test_the_document_given_is_left_alone() -> None:
    data = shipped()
    with_kind(data, "listening", "Hearing", 30, [])
    as_shipped(data, "listening")
    assert data == shipped()


def test_order_is_as_typed() -> None:
    topics = typed("listening")[::-1]
    made = parse(edited("listening", topics)).kind("listening")
    assert [topic.key for topic in made.topics] == ["ideal_referral", "goals", "business"]


def test_a_new_name_holds_in_every_kind() -> None:
    topics = [
        TypedTopic(t.key, "Home" if t.key == "family" else t.name, t.questions)
        for t in typed("referral_partner")
    ]
    made = parse(edited("referral_partner", topics))
    for kind in ("getting_to_know_you", "referral_partner"):
        assert "Home" in [topic.name for topic in made.kind(kind).topics]
    assert made.topic_name("family") == "Home"


def test_a_topic_known_elsewhere_is_the_same_topic() -> None:
    topics = [*typed("listening"), TypedTopic("", "FAMILY", ())]
    made = parse(edited("listening", topics)).kind("listening")
    assert made.topics[-1].key == "family"


def test_new_topics_get_keys_of_their_own() -> None:
    topics = [
        *typed("listening"),
        TypedTopic("", "Über uns", ("Who are you?",)),
        TypedTopic("", "Uber-uns!", ()),
        TypedTopic("made-up", "?!", ()),
    ]
    made = parse(edited("listening", topics)).kind("listening")
    assert [topic.key for topic in made.topics[3:]] == ["uber_uns", "uber_uns_2", "topic"]
    assert made.prompts[-1].topic == "uber_uns"


def test_the_same_topic_twice_is_refused() -> None:
    topics = [*typed("listening"), TypedTopic("", "Business", ())]
    with pytest.raises(Malformed, match="same topic twice"):
        parse(edited("listening", topics))


def test_a_topic_taken_out_takes_its_questions_along_and_keeps_its_name() -> None:
    topics = [topic for topic in typed("tell_me_the_detail") if topic.key != "trigger_events"]
    data = edited("tell_me_the_detail", topics)
    made = parse(data)
    assert all(p.topic != "trigger_events" for p in made.kind("tell_me_the_detail").prompts)
    assert made.topic_name("trigger_events") == "Trigger events"


def test_too_few_topics_for_the_stage_is_refused_by_name() -> None:
    with pytest.raises(Malformed, match="Stage Tell me the detail: topics needed"):
        parse(edited("tell_me_the_detail", typed("tell_me_the_detail")[:2]))


def test_questions_keep_their_keys_when_reworded_or_moved() -> None:
    first, *rest = typed("listening")
    reworded = TypedTopic(first.key, first.name, ("And what else?", *first.questions))
    made = parse(edited("listening", [reworded, *rest])).kind("listening")
    business = {p.text: p.key for p in made.prompts if p.topic == "business"}
    assert business[first.questions[0]] == "business-1"
    assert business["And what else?"] == "business-2"
    replaced = TypedTopic(first.key, first.name, ("What is on your mind?",))
    made = parse(edited("listening", [replaced, *rest])).kind("listening")
    assert made.prompts[0].key == "business-1"


def test_as_shipped_restores_one_kind_and_no_other() -> None:
    data = with_kind(shipped(), "listening", "Hearing", 30, [])
    data = with_kind(data, "tell_me_the_detail", "Detail", 45, typed("tell_me_the_detail"))
    restored = as_shipped(data, "listening")
    expected = copy.deepcopy(shipped())
    expected["kinds"][1] |= {"name": "Detail", "length_minutes": 45}
    assert restored == expected


def test_rows_are_set_by_key() -> None:
    rows = {tier["key"]: {"meeting_days": 30} for tier in shipped()["tiers"]}
    made = with_rows(shipped(), "tiers", rows)
    assert [tier["meeting_days"] for tier in made["tiers"]] == [30, 30, 30]
    assert made["stages"] == shipped()["stages"]


names = st.text(min_size=1, max_size=80).filter(lambda name: name.strip())
lines = st.lists(st.text(min_size=1, max_size=80).filter(str.strip), max_size=4, unique=True)


@given(st.lists(st.tuples(names, lines), max_size=8))
def test_whatever_is_typed_parses_or_names_a_topic_twice(
    topics: list[tuple[str, list[str]]],
) -> None:
    new = [TypedTopic("", name, tuple(questions)) for name, questions in topics]
    data = edited("listening", new)
    keys = [topic["key"] for topic in data["kinds"][-1]["topics"]]
    if len(set(keys)) < len(keys):
        with pytest.raises(Malformed, match="same topic twice"):
            parse(data)
        return
    made = parse(data).kind("listening")
    assert len(made.topics) == len(new)
    prompts = [(prompt.topic, prompt.key) for prompt in made.prompts]
    assert len(prompts) == len(set(prompts))
