"""Chooses what to ask in one meeting (M13). Pure: what it rests on is passed in.

The rules, the weights and the figures of a simulated year are in docs/domain/prompts.md.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date, timedelta
from typing import Any

from touchline.core.months import months_before
from touchline.playbook import wording
from touchline.playbook.prompts import EVENTS, Prompt
from touchline.playbook.situation import (
    Candidate,
    Choice,
    Chosen,
    Offer,
    Said,
    Situation,
    Standing,
)

__all__ = ["Choice", "Chosen", "Offer", "Situation", "arrange", "ceiling", "choose", "opening"]

# From so many minutes on, so many questions; fewer minutes get three.
CEILINGS = ((90, 6), (60, 5), (45, 4))
FEWEST = 3
# Topics still open for the next step come as if they had waited so much longer.
NEEDED = timedelta(days=90)
LONGEST_WAIT = timedelta(days=365)
MOST_OF_A_TOPIC = 2
# What takes up where one left off opens a later meeting, however often it is asked.
TAKEN_UP = {"last_met", "last_said", "last_referral"}


_NOTHING = Offer("", {})


def ceiling(length_minutes: int) -> int:
    """Return how many questions a meeting has room for: three to six."""
    return next((many for least, many in CEILINGS if length_minutes >= least), FEWEST)


def opening(position: int, most: int) -> int:
    """Return how many updates open a meeting: none, then one, from the third on half of all."""
    return 0 if position < 2 else 1 if position == 2 else (most + 1) // 2


def choose(situation: Situation) -> tuple[Chosen, ...]:
    """Return the questions to ask, in order; see ``arrange``."""
    return arrange(situation).chosen


def arrange(situation: Situation) -> Choice:
    """Choose what to ask, and name what else could be asked.

    Guarantees, tested: what is known and fresh is never asked; nothing silenced comes back;
    nothing comes again inside its memory; no text has a brace; at most ``ceiling`` questions
    and no two for the same slot; the same situation in any order gives the same choice.
    """
    chooser = _Chooser(situation)
    most = ceiling(situation.length_minutes)
    done = chooser.done()
    first = opening(situation.position, most) - sum(map(_is_update, done))
    most -= len(done)
    left = sorted(chooser.candidates(), key=chooser.rest_key)
    updates = [one for one in left if _is_update(one.prompt)]
    openers = [one for one in updates if not chooser.closes(one)]
    rest = [one for one in left if not _is_update(one.prompt)]
    picked = chooser.take(openers, min(first, most), chooser.update_key)
    picked += chooser.take(rest, most - len(picked), chooser.rest_key)
    picked += chooser.take(updates, most - len(picked), chooser.update_key)
    picked += chooser.take(rest, most - len(picked), chooser.rest_key, of_a_topic=most)
    picked.sort(key=chooser.closes)
    keys = {one.prompt.key for one in picked}
    others = [one for one in left if one.prompt.key not in keys]
    return Choice(tuple(map(chooser.said, picked)), tuple(map(chooser.said, others)))


def _is_update(prompt: Prompt) -> bool:
    """What is asked each time, since something happened, or where one left off."""
    repeat = prompt.memory.repeat
    return repeat in ("every", "event") or bool(TAKEN_UP & set(prompt.placeholders))


class _Chooser:
    """Indexes of a situation, and what was taken so far."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.topics = {topic.key: topic for topic in situation.topics}
        self.places = {key: at for at, key in enumerate(situation.of_kind)}
        self.fresh: set[tuple[str, str, str]] = set()
        self.known: set[tuple[str, str, str]] = set()
        self.fresh_subjects: set[str] = set()
        self.spoken: set[str] = set(situation.came_up)
        for one in situation.known:
            told = (one.topic, one.slot, one.about)
            self.known.add(told)
            self.spoken.add(one.topic)
            if not one.stale:
                self.fresh.add(told)
                if one.about and not one.slot:
                    self.fresh_subjects.add(one.about)
        self.here: set[str] = set()
        self.asked_here: set[str] = set()
        self.put_forward: dict[str, date] = {}
        self.last: dict[tuple[str, str], date] = {}
        for each in situation.asked:
            if each.here:
                self.here.add(each.prompt)
                if each.outcome != "not_now":
                    self.asked_here.add(each.prompt)
            put = self.put_forward.get(each.prompt, each.on)
            self.put_forward[each.prompt] = max(each.on, put)
            if each.outcome == "answered":
                which = each.prompt, each.about
                self.last[which] = max(each.on, self.last.get(which, each.on))
        self.offers = sorted(situation.offers, key=lambda one: (one.rank, one.about))
        self.of_event: dict[str, list[Offer]] = {}
        for offer in self.offers:
            self.of_event.setdefault(offer.event, []).append(offer)
        self.waits: dict[str, tuple[object, ...]] = {}
        self.of_topic: Counter[str] = Counter()
        self.events: set[str] = set()
        self.asks: set[tuple[str, str, str]] = set()
        for prompt in self.done():
            self.of_topic[prompt.topic] += 1
            if prompt.memory.event:
                self.events.add(prompt.memory.event)
            if prompt.slot:
                self.asks.add((prompt.topic, prompt.slot, ""))

    # What could be asked

    def done(self) -> list[Prompt]:
        """Return what was asked in this meeting already, or is on its agenda."""
        return [one for one in self.situation.prompts if one.key in self.asked_here]

    def candidates(self) -> Iterator[Candidate]:
        """Yield each prompt that may be asked, with the first thing it can be about."""
        for prompt in self.situation.prompts:
            if prompt.key in self.situation.silenced or prompt.key in self.here:
                continue
            found = next(self._filled(prompt), None)
            if found:
                yield found

    def _filled(self, prompt: Prompt) -> Iterator[Candidate]:
        there = self._standing_values(prompt)
        rest = set(prompt.placeholders) - there.keys()
        for offer in self._offers(prompt, rest):
            text = wording.fill(prompt, {name: said.text for name, said in there.items()}, offer)
            about = offer.about or next((one.about for one in there.values() if one.about), "")
            slot = prompt.slot or offer.slot
            told = (prompt.topic, slot, offer.subject)
            if text and self._remembers(prompt, about) and not self._silent(offer, told):
                standing = self._standing(prompt, told, about)
                yield Candidate(prompt, offer, text, about, slot, standing)

    def _standing_values(self, prompt: Prompt) -> dict[str, Said]:
        there = {**self.situation.standing}
        if prompt.topic in self.situation.said:
            there["last_said"] = self.situation.said[prompt.topic]
        return {name: there[name] for name in prompt.placeholders if name in there}

    def _silent(self, offer: Offer, told: tuple[str, str, str]) -> bool:
        """Say whether it is known and fresh; what raised an event does not silence it itself.

        What is known of a company for no slot in particular answers for each of its slots.
        """
        _, slot, subject = told
        if not slot or (offer.event and told == (offer.topic, offer.slot, offer.subject)):
            return False
        return told in self.fresh or (bool(subject) and subject in self.fresh_subjects)

    def _offers(self, prompt: Prompt, names: Set[str]) -> Iterable[Offer]:
        event = prompt.memory.event
        if not event and not names:
            return (_NOTHING,)
        return (
            offer
            for offer in (self.of_event.get(event, ()) if event else self.offers)
            if names <= offer.values.keys()
            and (not offer.topic or offer.topic == prompt.topic)
            and (not offer.topic or prompt.slot in ("", offer.slot))
        )

    def _remembers(self, prompt: Prompt, about: str) -> bool:
        """Say whether a prompt's memory lets it be asked again."""
        answered = self.last.get((prompt.key, about))
        if answered is None or prompt.memory.repeat == "every":
            return True
        if prompt.memory.repeat == "months":
            return answered <= months_before(self.situation.on, prompt.memory.months)
        return False

    def _standing(self, prompt: Prompt, told: tuple[str, str, str], about: str) -> Standing:
        if told[1]:
            return Standing.STALE if told in self.known else Standing.UNKNOWN
        if about and not prompt.memory.event:
            # Asked of nobody yet about this company, or this note.
            return Standing.UNKNOWN if (prompt.key, about) not in self.last else Standing.MORE
        return Standing.MORE if prompt.topic in self.spoken else Standing.UNKNOWN

    # In which order

    def closes(self, one: Candidate) -> bool:
        """Say whether it belongs at the end: what is asked each time, on no kind's topic."""
        closing = one.prompt.topic in self.situation.closing
        return closing and one.prompt.memory.repeat == "every"

    def take(
        self,
        candidates: Sequence[Candidate],
        many: int,
        key: Callable[[Candidate], Any],
        of_a_topic: int = MOST_OF_A_TOPIC,
    ) -> list[Candidate]:
        """Take the best one after another: none asks what another does, nor one event twice."""
        taken: list[Candidate] = []
        while len(taken) < many:
            free = [
                one
                for one in candidates
                if one.asks not in self.asks
                and one.prompt.memory.event not in self.events
                and self.of_topic[one.prompt.topic] < of_a_topic
            ]
            if not free:
                break
            best = min(free, key=key)
            taken.append(best)
            self.asks.add(best.asks)
            self.of_topic[best.prompt.topic] += 1
            if best.prompt.memory.event:
                self.events.add(best.prompt.memory.event)
        return taken

    def rest_key(self, one: Candidate) -> tuple[object, ...]:
        """Unknown, then stale, then the rest; in each the topic that has waited longest.

        On a topic that is not of this kind even the unknown can wait.
        """
        outside = one.prompt.topic not in self.places
        standing = max(one.standing, Standing.STALE) if outside else one.standing
        others = one.prompt.key not in self.situation.own
        return (standing, others, self.of_topic[one.prompt.topic], *self._by_wait(one))

    def update_key(self, one: Candidate) -> tuple[object, ...]:
        """What happened, in the order of ``EVENTS``, then what is asked each time."""
        event = one.prompt.memory.event
        happened = EVENTS.index(event) if event in EVENTS else len(EVENTS)
        return (happened, self.of_topic[one.prompt.topic], *self._by_wait(one))

    def _by_wait(self, one: Candidate) -> tuple[object, ...]:
        """Return what puts the one before that has waited longer; the same all the while."""
        found = self.waits.get(one.prompt.key)
        if found is None:
            found = self.waits[one.prompt.key] = self._wait(one)
        return found

    def _wait(self, one: Candidate) -> tuple[object, ...]:
        topic = one.prompt.topic
        last = self.situation.came_up.get(topic)
        wait = LONGEST_WAIT if last is None else min(self.situation.on - last, LONGEST_WAIT)
        if topic in self.situation.needed:
            wait += NEEDED
        at, found = self.places.get(topic, len(self.places)), self.topics.get(topic)
        slots = [slot.key for slot in found.slots] if found else []
        place = slots.index(one.slot) if one.slot in slots else len(slots)
        put = self.put_forward.get(one.prompt.key, date.min)
        return (-wait, at, topic, put, place, one.prompt.key)

    def said(self, one: Candidate) -> Chosen:
        """Return a candidate as it is shown."""
        topic = one.prompt.topic
        why = wording.why(one, self.situation, self.topics.get(topic))
        return Chosen(one.prompt.key, topic, one.slot, one.text, one.about, why)
