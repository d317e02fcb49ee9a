"""Edits of a playbook document, without a database."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.playbook.editing import (
    Document,
    Named,
    TypedQuestion,
    as_shipped,
    with_kind,
    with_question,
    with_rows,
    with_topic,
    without_question,
)
from touchline.playbook.playbook import KINDS, Malformed, Topic, parse, shipped


def typed(kind: str) -> list[Named]:
    """The topics of a shipped kind, as its page would post them unchanged."""
    return [Named(topic.key, "") for topic in parse(shipped()).kind(kind).topics]


def edited(kind: str, topics: list[Named], data: Document | None = None, **fields: Any) -> Document:
    shown = parse(shipped()).kind(kind)
    unchanged = {
        "name": shown.name,
        "length_minutes": shown.length_minutes,
        "shape": [(share.name, share.minutes) for share in shown.shape],
    }
    return with_kind(data or shipped(), kind, topics=topics, **{**unchanged, **fields})


def retold(key: str, slots: list[Named] | None = None, **fields: Any) -> Document:
    """A shipped topic with other slots, or another name or age."""
    topic = found(shipped(), key)
    same = [Named(slot.key, slot.name) for slot in topic.slots]
    unchanged = {"name": topic.name, "stale_months": topic.stale_months}
    return with_topic(
        shipped(), key, slots=same if slots is None else slots, **{**unchanged, **fields}
    )


def found(data: Document, key: str) -> Topic:
    topic = parse(data).topic(key)
    assert topic is not None
    return topic


def question(text: str = "Are you well?", **fields: Any) -> TypedQuestion:
    given = {"topic": "family", "slot": "", "memory": "every", "kinds": ()}
    return TypedQuestion(**{**given, **fields}, text=text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_saved_as_it_was_changes_nothing(kind: str) -> None:
    assert edited(kind, typed(kind)) == shipped()


@pytest.mark.parametrize("key", [topic.key for topic in parse(shipped()).topics])
def test_a_topic_saved_as_it_was_changes_nothing(key: str) -> None:
    assert retold(key) == shipped()


@pytest.mark.parametrize("prompt", parse(shipped()).prompts, ids=lambda prompt: prompt.key)
def test_a_question_saved_as_it_was_changes_nothing(prompt: Any) -> None:
    same = TypedQuestion(prompt.topic, prompt.slot, prompt.text, str(prompt.memory), prompt.kinds)
    assert with_question(shipped(), prompt.key, same) == shipped()


def test_the_document_given_is_left_alone() -> None:
    data = shipped()
    edited("listening", [Named("", "Hearing")], data, name="Hearing")
    with_topic(data, "family", name="Home", stale_months=1, slots=[])
    with_question(data, "", question())
    with_question(data, "family-1", question())
    without_question(data, "family-1")
    as_shipped(data, "listening")
    assert data == shipped()


def test_order_is_as_typed() -> None:
    made = parse(edited("listening", typed("listening")[::-1])).kind("listening")
    assert [topic.key for topic in made.topics] == ["ideal_referral", "goals", "business"]


def test_parts_are_as_typed() -> None:
    data = edited("listening", typed("listening"), shape=[("Them", 40), ("Then", 15)])
    shape = parse(data).kind("listening").shape
    assert [(share.name, share.minutes) for share in shape] == [("Them", 40), ("Then", 15)]


def test_a_new_name_holds_in_every_kind() -> None:
    made = parse(retold("family", name="Home"))
    for kind in ("getting_to_know_you", "referral_partner"):
        assert "Home" in [topic.name for topic in made.kind(kind).topics]
    assert made.topic_name("family") == "Home"


def test_the_name_of_another_topic_is_refused() -> None:
    with pytest.raises(Malformed, match="same topic twice: family"):
        parse(retold("goals", name="family"))


def test_a_topic_known_elsewhere_is_the_same_topic() -> None:
    topics = [*typed("listening"), Named("", "FAMILY")]
    made = parse(edited("listening", topics))
    assert made.kind("listening").topics[-1].key == "family"
    assert made.topic_name("family") == "Family"


def test_new_topics_get_keys_of_their_own() -> None:
    topics = [
        *typed("listening"),
        Named("", "Über uns"),
        Named("", "Uber-uns!"),
        Named("made-up", "?!"),
        Named("", "家族"),
    ]
    made = parse(edited("listening", topics)).kind("listening")
    assert [topic.key for topic in made.topics[3:]] == ["uber_uns", "uber_uns_2", "topic", "家族"]
    assert made.topics[-1].name == "家族"


def test_the_same_topic_twice_is_refused() -> None:
    topics = [*typed("listening"), Named("", "Business")]
    with pytest.raises(Malformed, match="same topic twice: Business"):
        parse(edited("listening", topics))


def test_a_topic_taken_out_of_a_kind_stays_for_what_was_said_on_it() -> None:
    topics = [topic for topic in typed("tell_me_the_detail") if topic.key != "trigger_events"]
    made = parse(edited("tell_me_the_detail", topics))
    assert made.topic_name("trigger_events") == "What sets it off"
    assert [
        prompt.kinds
        for prompt in made.kind("tell_me_the_detail").prompts
        if prompt.topic == "trigger_events"
    ] == [("tell_me_the_detail", "referral_partner")]


def test_too_few_topics_for_the_stage_is_refused_by_name() -> None:
    with pytest.raises(Malformed, match="Stage Tell me the detail: topics needed"):
        parse(edited("tell_me_the_detail", typed("tell_me_the_detail")[:2]))


def test_slots_keep_their_keys_when_renamed_or_moved() -> None:
    slots = [Named(slot.key, slot.name) for slot in found(shipped(), "family").slots]
    slots = [Named("children", "sons and daughters"), *(s for s in slots if s.key != "children")]
    family = found(retold("family", slots), "family")
    assert (family.slots[0].key, family.slots[0].name) == ("children", "sons and daughters")
    assert len(family.slots) == len(slots)


def test_a_slot_taken_out_leaves_its_question_and_comes_back_by_its_name() -> None:
    data = retold("family", [Named("partner", "partner")])
    assert {p.slot for p in parse(data).prompts if p.topic == "family"} == {"partner", ""}
    assert len(data["prompts"]) == len(shipped()["prompts"])
    slots = [Named("partner", "partner"), Named("", "Children"), Named("made-up", "shoe size")]
    again = found(with_topic(data, "family", name="Family", stale_months=6, slots=slots), "family")
    assert [slot.key for slot in again.slots] == ["partner", "children", "shoe_size"]


def test_the_same_slot_twice_is_refused() -> None:
    with pytest.raises(Malformed, match="same thing to know twice"):
        parse(retold("family", [Named("partner", "partner"), Named("", "Partner")]))


def test_a_question_keeps_its_key_and_place_when_reworded() -> None:
    data = with_question(shipped(), "family-2", question("Any little ones?", slot="children"))
    places = [prompt["key"] for prompt in shipped()["prompts"]]
    assert [prompt["key"] for prompt in data["prompts"]] == places
    made = parse(data).prompt("family-2")
    assert made is not None
    assert (made.text, made.slot, str(made.memory)) == ("Any little ones?", "children", "every")


def test_a_new_question_stands_after_the_others_of_its_topic() -> None:
    data = with_question(shipped(), "", question(kinds=("listening",)))
    family = [prompt for prompt in parse(data).prompts if prompt.topic == "family"]
    assert (family[-1].text, family[-1].kinds) == ("Are you well?", ("listening",))
    topic = edited("listening", [*typed("listening"), Named("", "Health")])
    data = with_question(topic, "", question(topic="health"))
    assert parse(data).prompts[-1].topic == "health"


def test_a_question_taken_out_leaves_its_memory_to_none_but_itself() -> None:
    asked = with_question(shipped(), "", question())
    key = ({p["key"] for p in asked["prompts"]} - {p["key"] for p in shipped()["prompts"]}).pop()
    gone = without_question(asked, key)
    assert gone == shipped()
    other = with_question(gone, "", question("Are you rich?"))
    assert parse(other).prompt(key) is None
    again = with_question(other, "", question())
    back = parse(again).prompt(key)
    assert back is not None
    assert back.text == "Are you well?"


def test_a_key_that_a_reworded_question_holds_is_not_given_again() -> None:
    once = with_question(shipped(), "", question())
    held = next(p["key"] for p in once["prompts"] if p["text"] == "Are you well?")
    data = with_question(with_question(once, held, question("Are you rich?")), "", question())
    texts = {prompt.key: prompt.text for prompt in parse(data).prompts}
    assert (texts[held], texts[f"{held}-2"]) == ("Are you rich?", "Are you well?")


@pytest.mark.parametrize("kind", KINDS)
def test_as_shipped_restores_a_kind_with_its_topics_and_questions(kind: str) -> None:
    shown = parse(shipped()).kind(kind)
    data = edited(kind, [Named("us", "")], name="Other", length_minutes=480, shape=[])
    for topic in shown.topics:
        data = with_topic(data, topic.key, name=topic.key[::-1], stale_months=1, slots=[])
    for prompt in shown.prompts:
        data = without_question(data, prompt.key)
    data = with_question(data, "", question(topic=shown.topics[0].key))
    data = with_question(data, "", question(topic="us", kinds=(kind,)))
    restored = as_shipped(data, kind)
    made = parse(restored).kind(kind)
    assert (made.name, made.topics, made.shape) == (shown.name, shown.topics, shown.shape)
    assert made.prompts == shown.prompts


def test_as_shipped_restores_one_kind_and_no_other() -> None:
    data = edited("listening", [], name="Hearing", length_minutes=30, shape=[])
    data = edited("tell_me_the_detail", typed("tell_me_the_detail"), data, name="Detail")
    data = with_topic(data, "experience", name="Track record", stale_months=60, slots=[])
    data = with_question(data, "", question(topic="business", kinds=("referral_partner",)))
    restored = as_shipped(data, "listening")
    expected = copy.deepcopy(data)
    expected["kinds"][3] = shipped()["kinds"][3]
    assert restored == expected


def test_as_shipped_leaves_a_question_to_the_other_kinds_it_was_made_for() -> None:
    data = with_question(shipped(), "", question(kinds=("listening", "referral_partner")))
    restored = parse(as_shipped(data, "listening"))
    left = [prompt for prompt in restored.prompts if prompt.text == "Are you well?"]
    assert [prompt.kinds for prompt in left] == [("referral_partner",)]


def test_rows_are_set_by_key() -> None:
    rows = {tier["key"]: {"meeting_days": 30} for tier in shipped()["tiers"]}
    made = with_rows(shipped(), "tiers", rows)
    assert [tier["meeting_days"] for tier in made["tiers"]] == [30, 30, 30]
    assert made["stages"] == shipped()["stages"]


names = st.text(min_size=1, max_size=80).filter(lambda name: name.strip())


@given(st.lists(names, max_size=8))
def test_whatever_topics_are_typed_parse_or_stand_twice(typed: list[str]) -> None:
    data = edited("listening", [Named("", name) for name in typed])
    keys = data["kinds"][-1]["topics"]
    if len(set(keys)) < len(keys):
        with pytest.raises(Malformed, match="same topic twice"):
            parse(data)
        return
    made = parse(data)
    assert len(made.kind("listening").topics) == len(typed)
    assert len({topic.key for topic in made.topics}) == len(made.topics)


@given(st.lists(names, max_size=8))
def test_whatever_slots_are_typed_parse_or_stand_twice(typed: list[str]) -> None:
    data = retold("family", [Named("", name) for name in typed])
    slots = next(row["slots"] for row in data["topics"] if row["key"] == "family")
    if len({slot["key"] for slot in slots}) < len(slots):
        with pytest.raises(Malformed, match="same thing to know twice"):
            parse(data)
        return
    assert len(found(data, "family").slots) == len(typed)


texts = st.sampled_from(["Who?", "What?", "Where?"])
steps = st.lists(st.tuples(st.sampled_from(["ask", "reword", "take out"]), texts), max_size=12)


@given(steps, st.data())
def test_a_key_is_made_for_one_question_and_never_for_another(
    steps: list[tuple[str, str]], drawn: Any
) -> None:
    data, made_for = shipped() | {"prompts": []}, {}
    for what, text in steps:
        keys = [prompt["key"] for prompt in data["prompts"]]
        if what == "ask":
            data = with_question(data, "", question(text))
            key = data["prompts"][-1]["key"]
            assert key not in keys
            assert made_for.setdefault(key, text) == text
        elif keys:
            key = drawn.draw(st.sampled_from(keys))
            if what == "reword":
                data = with_question(data, key, question(text))
                assert [prompt["key"] for prompt in data["prompts"]] == keys
            else:
                data = without_question(data, key)
                assert [prompt["key"] for prompt in data["prompts"]] == [
                    other for other in keys if other != key
                ]
    parse(data)
