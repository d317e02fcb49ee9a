"""What fills a placeholder that stands for one thing: ``{last_met}``, ``{last_referral}``.

A later part, which stands above this one and is not known here, hands in what it knows better
when Django is ready, as with ``events.raised_by``::

    standing.filled_by("last_referral", last_passed)
"""

from collections.abc import Callable

from touchline.core.words import short_day
from touchline.meetings.asking.events import line
from touchline.meetings.asking.rows import Material
from touchline.meetings.models import NoteKind
from touchline.playbook.prompts import PLACEHOLDERS
from touchline.playbook.situation import Said

Source = Callable[[Material], Said | None]


def last_met(found: Material) -> Said | None:
    """Return the day of the last one-to-one."""
    return Said(short_day(found.last_on, found.today)) if found.last_on else None


def last_idea(found: Material) -> Said | None:
    """Return the newest idea for a referral, unless it is from this very meeting."""
    idea = next((note for note in found.notes if note.kind == NoteKind.IDEA), None)
    if idea is None or idea.one_to_one == found.key:
        return None
    return Said(line(idea.text), f"note:{idea.pk}")


SOURCES: dict[str, list[Source]] = {"last_met": [last_met], "last_referral": [last_idea]}


def filled_by(name: str, source: Source) -> None:
    """Let another part fill a placeholder, before what fills it already; ValueError for none."""
    if name not in PLACEHOLDERS:
        raise ValueError(f"Nothing is filled by {name}. There are: {', '.join(PLACEHOLDERS)}.")
    SOURCES.setdefault(name, []).insert(0, source)


def standing(found: Material) -> dict[str, Said]:
    """Return what fills each: of several sources the first that has something."""
    filled = {
        name: next((said for source in sources if (said := source(found))), None)
        for name, sources in SOURCES.items()
    }
    return {name: said for name, said in filled.items() if said is not None}
