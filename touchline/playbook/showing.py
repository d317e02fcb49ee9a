"""What the pages show of the playbook's topics and questions and clocks, in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from touchline.core.words import capital, count, listed
from touchline.playbook.clocks import NAMES
from touchline.playbook.playbook import KINDS, Playbook
from touchline.playbook.prompts import Prompt, Topic


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question with what it asks for and when and where it is asked, in words."""

    prompt: Prompt
    slot: str
    when: str


@dataclass(frozen=True, slots=True)
class TopicShown:
    """A topic, the kinds of meeting that have it, and its questions."""

    topic: Topic
    kinds: str
    questions: tuple[QuestionShown, ...]


def topics_shown(playbook: Playbook) -> list[TopicShown]:
    """Return every topic with its questions."""
    return [topic_shown(playbook, topic) for topic in playbook.topics]


def topic_shown(playbook: Playbook, topic: Topic) -> TopicShown:
    """Return a topic with its questions, in the order of its slots, the others after them."""
    order = {slot.key: place for place, slot in enumerate(topic.slots)}
    prompts = [prompt for prompt in playbook.prompts if prompt.topic == topic.key]
    prompts.sort(key=lambda prompt: order.get(prompt.slot, len(order)))
    return TopicShown(
        topic,
        listed([f"“{kind.name}”" for kind in playbook.kinds if topic in kind.topics]),
        tuple(
            QuestionShown(
                prompt,
                topic.slot_name(prompt.slot) if prompt.slot else "",
                ", ".join(filter(None, [prompt.memory.words, where(playbook, prompt.kinds)])),
            )
            for prompt in prompts
        ),
    )


def where(playbook: Playbook, kinds: Iterable[str]) -> str:
    """Say in which meetings a question is asked: *in “Listening”*; nothing where its topic is."""
    chosen = set(kinds)
    others = [kind.name for kind in playbook.kinds if kind.key not in chosen]
    if not chosen:
        return ""
    if len(others) <= 1:
        return "in every meeting" + "".join(f" but “{name}”" for name in others)
    return "in " + listed([f"“{playbook.kind(key).name}”" for key in KINDS if key in chosen])


def clocks_shown(playbook: Playbook) -> list[tuple[str, str]]:
    """Return for each clock what it is and how long it runs: *two days*, *the same day*."""
    days = {key: getattr(playbook.clocks, key) for key in NAMES}
    return [
        (said, capital(count(days[key], "day")) if days[key] else "The same day")
        for key, said in NAMES.items()
    ]
