"""When what was said is old enough to be asked for again. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from touchline.core.months import months_before
from touchline.playbook.playbook import Playbook

# Of a topic that is in the playbook no more.
USUAL_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old is too old on ``today``, by topic; made once for a page.

    ``limits`` holds for each topic the last day of confirmation that is stale, ``usual`` that
    of any other topic.
    """

    today: date
    limits: Mapping[str, date]
    usual: date

    def is_stale(
        self, topic: str, confirmed_on: date, dated_on: date | None = None, *, yearly: bool = False
    ) -> bool:
        """Say whether a fact is worth asking for again.

        It is from the day on which its topic's months have gone by since it was last
        confirmed. What is about one day is stale once that day is over, until somebody
        confirms it afterwards: one asks how it went. What comes round every year never is.
        """
        if dated_on is not None:
            if yearly:
                return False
            if confirmed_on <= dated_on < self.today:
                return True
        return confirmed_on <= self.limits.get(topic, self.usual)


def freshness(playbook: Playbook, today: date) -> Freshness:
    """Return how old is too old by the playbook's months of each topic (M2)."""
    return Freshness(
        today,
        {topic.key: months_before(today, topic.stale_months) for topic in playbook.topics},
        months_before(today, USUAL_MONTHS),
    )
