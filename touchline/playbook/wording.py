"""Puts a chosen question into words: what it asks, and why. Pure; see ``choosing``."""

import re
from collections.abc import Mapping
from datetime import date

from touchline.core.words import count_figure, day
from touchline.playbook.prompts import Prompt, Topic
from touchline.playbook.situation import Candidate, Offer, Situation, Standing

_NAME = re.compile(r"\{([^{}]*)\}")
_PLAIN = str.maketrans("{}", "()")


def fill(prompt: Prompt, standing: Mapping[str, str], offer: Offer) -> str:
    """Return the words with every placeholder filled; empty where one of them cannot be."""
    values = {**standing, **offer.values}
    filled = {name: values.get(name, "").strip() for name in prompt.placeholders}
    if not all(filled.values()):
        return ""
    text = _NAME.sub(lambda found: filled[found[1]].translate(_PLAIN), prompt.text)
    return "" if set("{}") & set(text) else text


def why(one: Candidate, situation: Situation, found: Topic | None) -> str:
    """Say in a sentence why it was chosen; ``found`` is its topic, None where there is none."""
    if one.offer.why:
        return one.offer.why
    topic = one.prompt.topic
    name = found.name if found else topic.replace("_", " ").capitalize()
    step = f" It counts for the step to {situation.step}."
    counts = step if topic in situation.needed and situation.step else ""
    if one.prompt.memory.repeat == "every" and situation.position > 1:
        return "Worth asking each time."
    if one.slot and one.standing != Standing.MORE:
        wanted = found.slot_name(one.slot) if found else one.slot.replace("_", " ")
        how = "Not known yet" if one.standing == Standing.UNKNOWN else "Not confirmed lately"
        return f"{how}: {wanted}.{counts}"
    if one.standing == Standing.UNKNOWN:
        return f"{name} has not come up yet.{counts}"
    last = situation.came_up.get(topic)
    if last is None:
        return f"There is more to know on {name}.{counts}"
    return f"{name} last came up {_ago(last, situation.on)}.{counts}"


def _ago(last: date, on: date) -> str:
    days = (on - last).days
    if days < 70:
        return day(last, on)
    return f"{count_figure(round(days / 30.4), 'month')} ago"
