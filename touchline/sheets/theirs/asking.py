"""Which questions a partner is asked: about a dozen, and next time only what is old or new. Pure.

What they said by their own link is shown back to them. What we know otherwise is never shown;
it only keeps us from asking for what they have told us already (M11).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from touchline.meetings.knowing.coverage import Told
from touchline.meetings.knowing.freshness import Freshness, freshness
from touchline.playbook.playbook import Playbook
from touchline.sheets.theirs.wording import PARTS, Key, Question, questions

# At a sitting: so many are answered in about four minutes.
MOST = 12


@dataclass(frozen=True, slots=True)
class Said:
    """An answer they gave by their link: their words, none where they took it back, and the day."""

    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on their page.

    ``text`` is what the field holds: what they have typed by now (``kept``), else what they said
    before. ``before`` is the day on which they said it, where it is asked again as it is old;
    ``emptied`` says that they took back what they had said.
    """

    question: Question
    text: str = ""
    before: date | None = None
    kept: bool = False
    emptied: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What they are asked now, and what they have told us by their link, to change it."""

    asked: tuple[Asked, ...]
    told: tuple[Asked, ...]

    @property
    def answered(self) -> int:
        """How many of those that are asked they have answered at this sitting."""
        return sum(1 for one in self.asked if one.kept)


def asking(
    playbook: Playbook,
    today: date,
    *,
    said: Mapping[Key, Said],
    now: Mapping[Key, str],
    known: Iterable[Told] = (),
) -> Form:
    """Choose what to ask, in the order of ``wording``.

    ``said`` are their answers on sheets that were settled, ``now`` those on the one they are at
    (without words where they took one back), ``known`` the current facts that they told us anyhow.

    Guarantees: what they have answered or taken back on this sheet stays where it is; what they
    said before is asked again only once it is old, with their own words in the field, and stands
    apart until then; what they told us otherwise is not asked while it is fresh, nor shown; and no
    more than ``MOST`` are asked, answered ones first, then old ones, then new ones.
    """
    fresh = freshness(playbook, today)
    heard = {(one.topic, one.slot) for one in known if _is_fresh(one, fresh)}
    ranked: list[tuple[int, Asked]] = []
    told = []
    for question in questions(playbook):
        of = question.of
        before, text = said.get(of), now.get(of)
        old = before is not None and _is_old(question, before, fresh)
        if before is not None and not old:
            stands = before.text if text is None else text
            told.append(Asked(question, stands, kept=bool(text), emptied=not stands))
        elif text:
            again = before.on if before and before.text else None
            ranked.append((0, Asked(question, text, again, kept=True)))
        elif text is not None:
            ranked.append((0, Asked(question, emptied=True)))
        elif of in heard:
            continue
        elif before is not None and before.text:
            ranked.append((1, Asked(question, before.text, before.on)))
        else:
            ranked.append((2, Asked(question)))
    # Sorting is stable, so that those of one rank are cut from the end.
    chosen = {id(one) for _, one in sorted(ranked, key=lambda each: each[0])[:MOST]}
    asked = (one for _, one in ranked if id(one) in chosen)
    return Form(tuple(sorted(asked, key=_part)), tuple(sorted(told, key=_part)))


def _part(one: Asked) -> int:
    return PARTS.index(one.question.heading)


def _is_fresh(one: Told, fresh: Freshness) -> bool:
    return not fresh.is_stale(one.topic, one.confirmed_on, one.dated_on, yearly=one.yearly)


def _is_old(question: Question, said: Said, fresh: Freshness) -> bool:
    # A birthday comes round as it is.
    return not question.is_birthday and fresh.is_stale(question.topic, said.on)
