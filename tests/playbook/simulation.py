"""A simulated year of one-to-ones with one person: what is asked, answered, put off, forgotten.

``python -m tests.playbook.simulation`` prints the table of docs/domain/prompts.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from touchline.core.months import months_before
from touchline.playbook.choosing import Chosen, arrange
from touchline.playbook.playbook import Kind, Playbook, parse, shipped
from touchline.playbook.situation import Earlier, Known, Offer, Said, Situation

BEGIN = date(2026, 1, 5)


@dataclass
class Year:
    """One year with a rhythm, a length and one kind, or the kinds as they follow each other.

    ``chance`` decides what becomes of each question: most are answered, and a fact comes of
    most answers; some are put off and some only stood there.
    """

    days: int
    minutes: int
    kind: str = ""
    chance: Random = field(default_factory=lambda: Random(7))
    playbook: Playbook = field(default_factory=lambda: parse(shipped()))
    facts: dict[tuple[str, str, str], date] = field(default_factory=dict)
    asked: list[Earlier] = field(default_factory=list)
    came_up: dict[str, date] = field(default_factory=dict)
    silenced: dict[str, date] = field(default_factory=dict)
    met: list[tuple[date, Kind, tuple[Chosen, ...]]] = field(default_factory=list)

    def run(self) -> "Year":
        """Hold every meeting of the year."""
        on, position = BEGIN, 1
        while on < BEGIN + timedelta(days=365):
            kind = self.playbook.kind(self.kind or self.playbook.kind_after(position - 1).key)
            chosen = arrange(self.situation(kind, position, on)).chosen
            self.met.append((on, kind, chosen))
            for each in chosen:
                self.ask(each, on)
            on, position = on + timedelta(days=self.days), position + 1
        return self

    def stale(self, topic: str, on: date, confirmed: date) -> bool:
        found = self.playbook.topic(topic)
        return found is not None and confirmed <= months_before(on, found.stale_months)

    def situation(self, kind: Kind, position: int, on: date) -> Situation:
        """Return all that is known on a day, with something of every event but referrals."""
        used = {topic.key for each in self.playbook.kinds for topic in each.topics}
        return Situation(
            topics=self.playbook.topics,
            of_kind=[topic.key for topic in kind.topics],
            prompts=kind.prompts,
            position=position,
            length_minutes=self.minutes,
            on=on,
            known=[
                Known(topic, slot, about, self.stale(topic, on, confirmed))
                for (topic, slot, about), confirmed in self.facts.items()
            ],
            asked=[each._replace(here=False) for each in self.asked],
            silenced=set(self.silenced),
            closing={topic.key for topic in self.playbook.topics} - used,
            offers=list(self.offers(on)),
            standing={"last_met": Said("3 March")} if position > 1 else {},
            came_up=self.came_up,
        )

    def offers(self, on: date) -> Iterator[Offer]:
        for number in range(40):
            about = f"company:{number}"
            yield Offer(about, {"contact": f"Ann {number}", "company": f"Firm {number}"},
                        subject=about)  # fmt: skip
        for (topic, slot, about), confirmed in self.facts.items():
            if self.stale(topic, on, confirmed):
                yield Offer(f"fact:{topic}:{slot}:{confirmed}", {"fact": f"{slot}, as told"},
                            event="fact_stale", subject=about, topic=topic, slot=slot)  # fmt: skip
        if on.month % 3 == 0:
            yield Offer(f"action:{on.month}", {"promise": "Send it"}, event="promise_broken")
            yield Offer(f"company:9{on.month}", {"met_company": "Lloyd", "date": "Monday"},
                        event="company_met", subject=f"company:9{on.month}")  # fmt: skip
        if on.month == 6:
            yield Offer("birthday:6", {"occasion": "Your birthday"}, event="date_coming",
                        topic="family", slot="birthday")  # fmt: skip

    def ask(self, each: Chosen, on: date) -> None:
        """Let the day decide what becomes of a question."""
        fate = self.chance.random()
        if fate < 0.1:
            return
        self.came_up[each.topic] = on
        outcome = "not_now" if fate < 0.2 else "answered"
        self.asked.append(Earlier(each.key, each.about, outcome, on, True))
        if fate > 0.4:
            subject = each.about if each.about.startswith("company:") else ""
            self.facts[each.topic, each.slot, subject] = on
        if fate > 0.98:
            self.silenced[each.key] = on

    def silenced_by(self, on: date) -> set[str]:
        """Return the prompts silenced before a day."""
        return {key for key, since in self.silenced.items() if since < on}

    def too_early(self) -> list[tuple[date, str]]:
        """Return the questions that were asked again inside their memory."""
        prompts = {prompt.key: prompt for prompt in self.playbook.prompts}
        answered = {(each.prompt, each.about, each.on) for each in self.asked
                    if each.outcome == "answered"}  # fmt: skip
        found = []
        last: dict[tuple[str, str], date] = {}
        for on, _, chosen in self.met:
            for each in chosen:
                before = last.get((each.key, each.about))
                memory = prompts[each.key].memory
                if before and memory.repeat == "months":
                    if before > months_before(on, memory.months):
                        found.append((on, each.key))
                elif before and memory.repeat != "every":
                    found.append((on, each.key))
            last |= {(each.key, each.about): on for each in chosen
                     if (each.key, each.about, on) in answered}  # fmt: skip
        return found

    def reached(self) -> dict[str, tuple[int, int]]:
        """Return for each kind met how many of its topics were asked for, and how many it has."""
        found: dict[str, tuple[int, int]] = {}
        for kind in self.playbook.kinds:
            if kind not in [of for _, of, _ in self.met]:
                continue
            asked = {each.topic for _, of, chosen in self.met if of == kind for each in chosen}
            keys = {topic.key for topic in kind.topics}
            found[kind.key] = (len(keys & asked), len(keys))
        return found


def table() -> list[str]:
    """Return the figures of a year for each kind, in several rhythms and lengths."""
    kinds = [(kind.key, kind.name) for kind in parse(shipped()).kinds]
    rhythms = [(14, 60), (28, 30), (28, 60), (28, 90), (63, 60)]
    found = []
    for key, name in [*kinds, ("", "as they follow")]:
        for days, minutes in rhythms:
            year = Year(days, minutes, key).run()
            asked = [one for _, _, chosen in year.met for one in chosen]
            different = {(one.key, one.about) for one in asked}
            reached = ", ".join(f"{done} of {of_all}" for done, of_all in year.reached().values())
            found.append(
                f"| {name} | {days} | {minutes} | {len(year.met)} | {len(asked)} "
                f"| {len(different)} | {len(year.too_early())} | {reached} |"
            )
    return found


if __name__ == "__main__":
    print("\n".join(table()))  # noqa: T201
