"""What is asked (M13): the rules by table, the guarantees for anything, a simulated year."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.playbook.simulation import Year
from touchline.playbook.choosing import arrange, ceiling, choose, opening
from touchline.playbook.playbook import parse, shipped
from touchline.playbook.prompts import EVENTS, PLACEHOLDERS, Memory, Prompt, Slot, Topic
from touchline.playbook.situation import Earlier, Known, Offer, Said, Situation

TODAY = date(2026, 11, 23)
TOPICS = tuple(
    Topic(key, key.capitalize(), 6, tuple(Slot(f"{key}{n}", f"{key} {n}") for n in range(3)))
    for key in ("family", "work", "places", "us")
)
KIND = ("family", "work", "places")


def a_prompt(key: str, topic: str = "family", slot: str = "", memory: str = "once",
             text: str = "How so?") -> Prompt:  # fmt: skip
    return Prompt(key, topic, text, slot, Memory.read(memory), ())


def a_situation(*prompts: Prompt, **given: Any) -> Situation:
    values: dict[str, Any] = {
        "topics": TOPICS, "of_kind": KIND, "prompts": prompts, "position": 1,
        "length_minutes": 60, "on": TODAY, "closing": {"us"}, **given,
    }  # fmt: skip
    return Situation(**values)


def keys(situation: Situation) -> list[str]:
    return [one.key for one in choose(situation)]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("minutes", "many"), [(5, 3), (30, 3), (44, 3), (45, 4), (60, 5), (89, 5), (90, 6), (480, 6)]
)
def test_the_ceiling_by_length(minutes: int, many: int) -> None:
    assert ceiling(minutes) == many
    prompts = [a_prompt(f"p{n}", KIND[n % 3]) for n in range(9)]
    assert len(keys(a_situation(*prompts, length_minutes=minutes))) == many


def test_what_is_known_and_fresh_rests_by_slot_and_by_company() -> None:
    slots = [a_prompt(f"p{n}", "family", f"family{n}") for n in range(3)]
    known = [
        Known("family", "family0", "", stale=False),
        Known("family", "family1", "", stale=True),
    ]
    assert keys(a_situation(*slots, known=known)) == ["p2", "p1"]

    history = a_prompt("h", "work", "work0", "every", "Do you know {company}?")
    offers = [Offer(f"company:{n}", {"company": f"Firm {n}"}, subject=f"company:{n}")
              for n in (1, 2)]  # fmt: skip
    assert choose(a_situation(history, offers=offers))[0].text == "Do you know Firm 1?"
    for slot in ("work0", ""):
        told = [Known("work", slot, "company:1", stale=False)]
        chosen = choose(a_situation(history, offers=offers, known=told))
        assert [one.about for one in chosen] == ["company:2"]
    person = [Known("work", "work0", "", stale=False)]
    assert choose(a_situation(history, offers=offers, known=person))[0].about == "company:1"


def test_the_unknown_comes_first_then_the_stale_then_the_rest() -> None:
    prompts = [a_prompt("more"), a_prompt("stale", slot="family0"), a_prompt("new", slot="family1")]
    known = [Known("family", "family0", "", stale=True)]
    assert arrange(a_situation(*prompts, known=known, length_minutes=30)).chosen[0].key == "new"
    order = [*arrange(a_situation(*prompts, known=known)).chosen]
    assert [one.key for one in order] == ["new", "stale", "more"]
    assert [one.why for one in order][:2] == [
        "Not known yet: family 1.",
        "Not confirmed lately: family 0.",
    ]


def test_what_the_next_step_needs_weighs_like_three_months_of_waiting() -> None:
    prompts = [a_prompt("f", "family", "family0"), a_prompt("w", "work", "work0")]
    both = {"needed": {"work"}, "step": "Tell me the detail"}
    recent = {"family": ago(60), "work": ago(20)}
    assert keys(a_situation(*prompts, came_up=recent)) == ["f", "w"]
    chosen = choose(a_situation(*prompts, came_up=recent, **both))
    assert [one.key for one in chosen] == ["w", "f"]
    assert chosen[0].why.endswith(" It counts for the step to Tell me the detail.")
    longer = {"family": ago(120), "work": ago(20)}
    assert keys(a_situation(*prompts, came_up=longer, **both)) == ["f", "w"]


@pytest.mark.parametrize(("position", "many"), [(1, 0), (2, 1), (3, 3), (9, 3)])
def test_updates_open_the_second_meeting_too_and_later_ones(position: int, many: int) -> None:
    assert opening(position, 5) == many
    updates = [a_prompt(f"u{n}", KIND[n % 3], "", "every") for n in range(4)]
    slots = [a_prompt(f"s{n}", KIND[n % 3], f"{KIND[n % 3]}0") for n in range(3)]
    slots += [a_prompt(f"t{n}", KIND[n % 3], f"{KIND[n % 3]}1") for n in range(3)]
    found = keys(a_situation(*updates, *slots, position=position))
    assert [key[0] == "u" for key in found] == [True] * many + [False] * (5 - many)


def test_what_is_asked_each_time_of_no_kinds_topic_closes() -> None:
    close = a_prompt("close", "us", "", "every")
    prompts = [close, a_prompt("s", "work", "work0"), a_prompt("u", "work", "", "every")]
    assert keys(a_situation(*prompts, position=4)) == ["u", "s", "close"]


def test_of_each_topic_one_before_a_second_and_the_longest_waiting_first() -> None:
    prompts = [a_prompt(f"{topic}{n}", topic, f"{topic}{n}") for topic in KIND for n in range(2)]
    up = {"family": ago(10), "work": ago(100)}
    assert keys(a_situation(*prompts, came_up=up, length_minutes=45)) == [
        "places0", "work0", "family0", "places1",
    ]  # fmt: skip


def test_never_two_for_one_slot_nor_of_one_event() -> None:
    twice = [a_prompt("a", slot="family0"), a_prompt("b", slot="family0")]
    assert keys(a_situation(*twice)) == ["a"]
    events = [a_prompt(f"e{n}", KIND[n], "", "on:promise_broken") for n in range(3)]
    offers = [Offer(f"action:{n}", {}, event="promise_broken") for n in range(3)]
    assert len(keys(a_situation(*events, offers=offers, position=3))) == 1


@pytest.mark.parametrize(
    ("memory", "days", "again"),
    [
        ("once", 4000, False),
        ("6m", 150, False),
        ("6m", 184, True),
        ("every", 1, True),
        ("on:note_open", 4000, False),
    ],
)
def test_the_memory_of_a_prompt(memory: str, days: int, again: bool) -> None:
    prompt = a_prompt("p", memory=memory)
    offers = [Offer("note:1", {}, event="note_open")]
    about = "note:1" if memory.startswith("on:") else ""
    asked = [Earlier("p", about, "answered", ago(days), False)]
    assert keys(a_situation(prompt, offers=offers)) == ["p"]
    assert bool(keys(a_situation(prompt, asked=asked, offers=offers))) == again
    put_off = [one._replace(outcome="not_now") for one in asked]
    assert keys(a_situation(prompt, asked=put_off, offers=offers)) == ["p"]
    for outcome in ("not_now", "answered", "picked"):
        here = [Earlier("p", "", outcome, TODAY, True)]
        assert keys(a_situation(prompt, asked=here, offers=offers)) == []


def test_the_same_question_about_another_company_is_another_question() -> None:
    prompt = a_prompt("p", memory="once", text="Would {company} suit you? I know {contact}.")
    offers = [Offer(f"company:{n}", {"company": f"Firm {n}", "contact": "Ann"}) for n in (1, 2)]
    asked = [Earlier("p", "company:1", "answered", ago(9), False)]
    (chosen,) = choose(a_situation(prompt, offers=offers, asked=asked))
    assert chosen.text == "Would Firm 2 suit you? I know Ann."
    assert chosen.about == "company:2"


def test_what_was_asked_here_or_picked_takes_room() -> None:
    prompts = [a_prompt(f"p{n}", KIND[n % 3], f"{KIND[n % 3]}{n // 3}") for n in range(9)]
    asked = [Earlier("p0", "", "answered", TODAY, True), Earlier("p1", "", "picked", TODAY, True)]
    assert len(keys(a_situation(*prompts, asked=asked))) == 3
    assert len(keys(a_situation(*prompts, asked=[asked[0]._replace(outcome="not_now")]))) == 5


def test_what_cannot_be_filled_is_left_out() -> None:
    prompt = a_prompt("p", text="How has it been since {last_met}, and “{last_said}”?")
    filled = {"standing": {"last_met": Said("3 March")},
              "said": {"family": Said("A {new} dog", "note:4")}}  # fmt: skip
    assert keys(a_situation(prompt)) == []
    assert keys(a_situation(prompt, standing=filled["standing"])) == []
    assert keys(a_situation(prompt, **{**filled, "said": {"work": Said("Other")}})) == []
    assert keys(a_situation(prompt, **{**filled, "said": {"family": Said("  ")}})) == []
    (chosen,) = choose(a_situation(prompt, **filled))
    assert chosen.text == "How has it been since 3 March, and “A (new) dog”?"
    assert chosen.about == "note:4"


def test_an_event_is_asked_after_only_while_it_is_raised_and_says_why() -> None:
    prompt = a_prompt("p", memory="on:fact_stale", text="Still {fact}?")
    other = a_prompt("q", "work", memory="on:fact_stale", text="Still {fact}?")
    stale = Offer("fact:9", {"fact": "two dogs"}, event="fact_stale", topic="family",
                  slot="family1", why="Last confirmed 8 months ago.")  # fmt: skip
    assert keys(a_situation(prompt, offers=[replace(stale, event="note_open")])) == []
    (chosen,) = choose(a_situation(prompt, other, offers=[stale], position=3))
    assert (chosen.key, chosen.slot, chosen.why) == ("p", "family1", stale.why)


def test_a_birthday_does_not_silence_itself() -> None:
    prompt = a_prompt("p", memory="on:date_coming", text="{occasion}: any plans?")
    day = Offer("birthday:1", {"occasion": "Your birthday"}, event="date_coming",
                topic="family", slot="family0")  # fmt: skip
    known = [Known("family", "family0", "", stale=False)]
    assert keys(a_situation(prompt, offers=[day], known=known, position=3)) == ["p"]


# Whatever there is

WORDS = st.text("ab {}.", max_size=8)
DAYS = st.dates(date(2024, 1, 1), TODAY)
PLACES = st.tuples(st.sampled_from([topic.key for topic in TOPICS]), st.integers(-1, 2)).map(
    lambda pair: (pair[0], f"{pair[0]}{pair[1]}" if pair[1] >= 0 else "")
)
MEMORIES = st.sampled_from(["once", "every", "3m", "12m", *(f"on:{event}" for event in EVENTS)])
ABOUTS = st.sampled_from(["", "company:1", "company:2", "note:1"])
NAMES = st.lists(st.sampled_from(PLACEHOLDERS), max_size=3).map(
    lambda names: "What" + "".join(f" {{{name}}}" for name in names) + "?"
)
PROMPTS = st.lists(
    st.builds(
        lambda key, at, memory, text: Prompt(key, at[0], text, at[1], Memory.read(memory), ()),
        st.sampled_from([f"p{n}" for n in range(12)]), PLACES, MEMORIES, NAMES,
    ),
    unique_by=lambda one: one.key, max_size=12,
)  # fmt: skip
OFFERS = st.lists(
    st.builds(
        lambda about, values, event, subject, at, rank: Offer(
            about, values, event, subject, at[0] if at else "", at[1] if at else "", rank=rank
        ),
        ABOUTS, st.dictionaries(st.sampled_from(PLACEHOLDERS), WORDS, max_size=5),
        st.sampled_from(["", *EVENTS]), ABOUTS, st.none() | PLACES, st.integers(0, 2),
    ),
    unique_by=lambda one: (one.rank, one.about), max_size=6,
)  # fmt: skip
SITUATIONS = st.builds(
    Situation,
    topics=st.just(TOPICS),
    of_kind=st.just(KIND),
    prompts=PROMPTS,
    position=st.integers(1, 5),
    length_minutes=st.integers(5, 200),
    on=st.just(TODAY),
    known=st.lists(
        st.builds(lambda at, about, stale: Known(*at, about, stale), PLACES, ABOUTS, st.booleans()),
        max_size=8,
    ),
    asked=st.lists(
        st.builds(
            Earlier, st.sampled_from([f"p{n}" for n in range(12)]), ABOUTS,
            st.sampled_from(["answered", "not_now", "picked"]), DAYS, st.booleans(),
        ),
        max_size=8,
    ),
    silenced=st.sets(st.sampled_from([f"p{n}" for n in range(12)]), max_size=3),
    own=st.sets(st.sampled_from([f"p{n}" for n in range(12)]), max_size=3),
    closing=st.just({"us"}),
    offers=OFFERS,
    standing=st.dictionaries(
        st.sampled_from(["last_met", "last_referral"]), st.builds(Said, WORDS)
    ),
    said=st.dictionaries(st.sampled_from(KIND), st.builds(Said, WORDS, ABOUTS)),
    came_up=st.dictionaries(st.sampled_from(KIND), DAYS),
    needed=st.sets(st.sampled_from(KIND)),
)  # fmt: skip


@given(SITUATIONS)
def test_whatever_is_known_asked_and_silenced(situation: Situation) -> None:
    choice = arrange(situation)
    prompts = {prompt.key: prompt for prompt in situation.prompts}
    assert len(choice.chosen) <= ceiling(situation.length_minutes)
    places = [(one.topic, one.slot, one.about) for one in choice.chosen if one.slot]
    assert len(places) == len(set(places))
    fresh = {(one.topic, one.slot) for one in situation.known if not one.stale}
    stale = {(one.topic, one.slot) for one in situation.known if one.about or one.stale}
    for one in (*choice.chosen, *choice.others):
        prompt = prompts[one.key]
        assert one.text
        assert not set("{}") & set(one.text)
        assert one.why.endswith(".")
        assert one.key not in situation.silenced
        if prompt.memory.repeat != "event" and not prompt.placeholders:
            assert (one.topic, one.slot) not in fresh - stale
        for each in situation.asked:
            if each.prompt != one.key:
                continue
            assert not each.here
            if each.about == one.about and each.outcome == "answered":
                assert prompt.memory.repeat in ("every", "months")
                if prompt.memory.repeat == "months":
                    assert (TODAY - each.on).days >= 28 * prompt.memory.months
    keys = [one.key for one in (*choice.chosen, *choice.others)]
    assert len(keys) == len(set(keys))


@given(SITUATIONS, st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_told_makes_no_difference(
    situation: Situation, chance: Any
) -> None:
    def mixed(rows: Any) -> list[Any]:
        rows = list(rows)
        chance.shuffle(rows)
        return rows

    other = replace(
        situation,
        topics=mixed(situation.topics),
        prompts=mixed(situation.prompts),
        known=mixed(situation.known),
        asked=mixed(situation.asked),
        offers=mixed(situation.offers),
    )
    assert arrange(other) == arrange(situation)


# A year

KINDS = [kind.key for kind in parse(shipped()).kinds]
RHYTHMS = [(days, minutes) for days in (14, 28, 63) for minutes in (30, 60, 90)]


@pytest.mark.parametrize("kind", ["", *KINDS])
@pytest.mark.parametrize(("days", "minutes"), RHYTHMS)
def test_a_year_repeats_nothing_inside_its_memory_and_reaches_every_topic(
    kind: str, days: int, minutes: int
) -> None:
    year = Year(days, minutes, kind).run()
    assert year.too_early() == []
    assert all(len(chosen) <= ceiling(minutes) for _, _, chosen in year.met)
    assert all(one.key not in year.silenced_by(on) for on, _, chosen in year.met for one in chosen)
    reached = year.reached()
    for key in [kind] if kind else ["referral_partner"]:
        done, of_all = reached[key]
        assert done == of_all, reached
