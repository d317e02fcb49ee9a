"""The playbook document: what is refused, and what the shipped one holds."""

from collections.abc import Callable
from typing import Any

import pytest

from touchline.playbook.clocks import Clocks
from touchline.playbook.playbook import (
    EVENTS,
    KINDS,
    PLACEHOLDERS,
    Malformed,
    Memory,
    parse,
    shipped,
)

SHIPPED = parse(shipped())
Document = dict[str, Any]


def prompt(**fields: Any) -> Callable[[Document], None]:
    return lambda data: data["prompts"][0].update(fields)


def topic(**fields: Any) -> Callable[[Document], None]:
    return lambda data: data["topics"][0].update(fields)


def kind(**fields: Any) -> Callable[[Document], None]:
    return lambda data: data["kinds"][0].update(fields)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (prompt(memory="weekly"), "“weekly” does not say when to ask"),
        (prompt(memory="0m"), "“0m” does not say when to ask"),
        (prompt(memory="121m"), "at most 120m"),
        (prompt(memory="٦m"), "does not say when to ask"),
        (prompt(memory="on:full_moon"), "there is no event “full_moon”.*promise_broken"),
        (prompt(memory="once:"), "“once:” does not say when to ask"),
        (prompt(memory=6), "needs a memory"),
        (prompt(text="Who is {boss}?"), "nothing fills {boss}.*{company}"),
        (prompt(text="Who is {}?"), "nothing fills {}"),
        (prompt(text="Who is {company?"), "a brace that stands alone"),
        (prompt(text="x" * 301), "the text is longer than 300 letters"),
        (prompt(text=" "), "needs a text"),
        (prompt(key=""), "needs a key"),
        (prompt(slot="shoe_size"), "asks for “shoe_size”, which “Interests” does not have"),
        (prompt(slot=7), "asks for “7”, which"),
        (prompt(topic="weather"), "on a topic that there is not: weather"),
        (prompt(kinds=["lunch"]), "for a kind of meeting that there is not: lunch"),
        (prompt(kinds="listening"), "kinds must be a list of keys"),
        (prompt(key="interests-2"), "the same question twice: interests-2"),
        (topic(stale_months=0), "Topic Interests: stale months must be a whole number from 1"),
        (topic(slots=[{"key": "a", "name": "A"}] * 2), "the same thing to know twice: a"),
        (topic(slots=[{"key": "a"}]), "Topic Interests needs a name"),
        (topic(slots="a"), "slots must be a list"),
        (lambda data: data.update(clocks=7), "The clocks must be days by name"),
        (lambda data: data["clocks"].update(nap=1), "no clock “nap”. There are: introduce, "),
        (lambda data: data["clocks"].update(thanks=366), "thanks must be a whole number from 0 to"),
        (lambda data: data["clocks"].update(thanks=True), "thanks must be a whole number"),
        (topic(name="FAMILY"), "the same topic twice: FAMILY"),
        (topic(key="family"), "the same topic twice: family"),
        (kind(topics=["weather"]), "names a topic that there is not: weather"),
        (kind(topics=["family", "family"]), "has the same topic twice: Family"),
        (kind(topics=[["family"]]), "topics must be a list of keys"),
        (kind(key="lunch"), "no kind of meeting 'lunch'"),
        (kind(length_minutes=4), "length minutes must be a whole number from 5 to 480"),
        (kind(shape=[{"name": "You", "minutes": -1}]), "minutes must be a whole number from 0"),
        (kind(shape=[{"name": "You", "minutes": 481}]), "from 0 to 480"),
        (kind(shape=[{"minutes": 5}]), "a part needs a name"),
        (
            kind(shape=[{"name": "Us", "minutes": 40}] * 2),
            "its parts take 80 minutes, and it is 60",
        ),
        (lambda data: data["kinds"].reverse(), "these kinds of meeting, in this order"),
        (lambda data: data["stages"].reverse(), "these stages, in this order"),
        (lambda data: data["tiers"].pop(), "a rhythm for high, medium and low"),
        (lambda data: data.update(topics={}), "topics must be a list"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(spoil: Any, said: str) -> None:
    data = shipped()
    spoil(data)
    with pytest.raises(Malformed, match=said):
        parse(data)


def test_a_meeting_may_share_out_its_whole_length_or_none() -> None:
    data = shipped()
    data["kinds"][0]["shape"] = [{"name": "All", "minutes": 60}, {"name": "Aside", "minutes": 0}]
    data["kinds"][1]["shape"] = []
    kinds = parse(data).kinds
    assert [share.minutes for share in kinds[0].shape] == [60, 0]
    assert kinds[1].shape == ()


@pytest.mark.parametrize(
    ("written", "memory", "words"),
    [
        ("once", Memory("once"), "once"),
        ("every", Memory("every"), "every time"),
        ("1m", Memory("months", months=1), "again after a month"),
        ("6m", Memory("months", months=6), "again after 6 months"),
        (
            "on:promise_broken",
            Memory("event", event="promise_broken"),
            "when a promise was not kept",
        ),
    ],
)
def test_a_memory_reads_and_writes(written: str, memory: Memory, words: str) -> None:
    assert Memory.read(written) == memory
    assert str(memory) == written
    assert memory.words == words


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_words(event: str) -> None:
    assert Memory.read(f"on:{event}").words.startswith("when ")


def test_a_prompt_for_kinds_is_in_those_and_no_others() -> None:
    data = shipped()
    data["prompts"] = [
        {"key": "a", "topic": "family", "memory": "every", "text": "Any news?"},
        {"key": "b", "topic": "family", "memory": "every", "text": "Well?", "kinds": ["listening"]},
    ]
    made = {kind.key: [prompt.key for prompt in kind.prompts] for kind in parse(data).kinds}
    assert made == {
        "getting_to_know_you": ["a"],
        "tell_me_the_detail": [],
        "referral_partner": ["a"],
        "listening": ["b"],
    }


def test_placeholders_are_named_once_in_their_order() -> None:
    data = shipped()
    data["prompts"][0]["text"] = "{contact} at {company}: is {contact} the one?"
    assert parse(data).prompts[0].placeholders == ("contact", "company")


@pytest.mark.parametrize("prompt", SHIPPED.prompts, ids=lambda prompt: prompt.key)
def test_each_shipped_prompt_can_be_asked(prompt: Any) -> None:
    assert set(prompt.placeholders) <= set(PLACEHOLDERS)
    assert any(prompt in kind.prompts for kind in SHIPPED.kinds)
    assert len(prompt.text) <= 120
    assert prompt.text[-1] in "?.!”"
    # What asks for nothing in particular is brought by something that happened, or each time.
    assert prompt.slot or prompt.placeholders or prompt.memory.repeat == "every"


@pytest.mark.parametrize(
    "prompt",
    [prompt for prompt in SHIPPED.prompts if prompt.memory.repeat == "event"],
    ids=lambda prompt: prompt.key,
)
def test_a_shipped_prompt_on_an_event_says_what_happened(prompt: Any) -> None:
    named = {
        "promise_broken": "promise",
        "fact_stale": "fact",
        "date_coming": "occasion",
        "company_met": "met_company",
        "referral_outcome": "last_referral",
        "note_open": "last_said",
    }
    assert named[prompt.memory.event] in prompt.placeholders


def test_all_that_there_is_to_know_is_asked_for() -> None:
    asked = {(prompt.topic, prompt.slot) for prompt in SHIPPED.prompts}
    assert {(topic.key, slot.key) for topic in SHIPPED.topics for slot in topic.slots} <= asked


def test_every_event_and_every_placeholder_is_used() -> None:
    assert {prompt.memory.event for prompt in SHIPPED.prompts} - {""} == set(EVENTS)
    assert {name for prompt in SHIPPED.prompts for name in prompt.placeholders} == set(PLACEHOLDERS)


def test_no_two_shipped_prompts_say_the_same() -> None:
    texts = [prompt.text.casefold() for prompt in SHIPPED.prompts]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("kind", SHIPPED.kinds, ids=lambda kind: kind.key)
def test_each_shipped_kind_asks_on_each_of_its_topics_without_any_data(kind: Any) -> None:
    plain = {prompt.topic for prompt in kind.prompts if not prompt.placeholders}
    assert {topic.key for topic in kind.topics} <= plain


@pytest.mark.parametrize("key", KINDS[1:])
@pytest.mark.parametrize("topic", ["business", "family", "interests", "achievements", "networks"])
def test_later_meetings_ask_for_news_each_time(key: str, topic: str) -> None:
    prompts = SHIPPED.kind(key).prompts
    assert any(each.topic == topic and each.memory.repeat == "every" for each in prompts)


def test_a_shipped_meeting_is_shared_out_to_the_minute() -> None:
    for kind in SHIPPED.kinds:
        assert sum(share.minutes for share in kind.shape) == kind.length_minutes


def test_topics_of_the_kinds_come_first() -> None:
    keys = [topic.key for topic in SHIPPED.topics]
    assert keys[:5] == [topic.key for topic in SHIPPED.kinds[0].topics]
    assert len(set(keys)) == len(keys)
    assert keys[-1] == "us"


@pytest.mark.parametrize("given", [None, {}, {"thanks": 5}])
def test_a_document_from_before_there_were_clocks_has_those_shipped(given: Any) -> None:
    data = shipped()
    assert parse(data).clocks == Clocks()
    del data["clocks"]
    if given is not None:
        data["clocks"] = given
    assert parse(data).clocks == Clocks(**(given or {}))


def test_what_is_gone_names_itself() -> None:
    assert SHIPPED.topic_name("old_cars") == "Old cars"
    assert SHIPPED.topic("old_cars") is None
    assert SHIPPED.prompt("old_cars-1") is None
    family = SHIPPED.topic("family")
    assert family is not None
    assert (family.slot_name("children"), family.slot_name("shoe_size")) == (
        "children",
        "Shoe size",
    )
