"""The terms of each stage (M1). Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from touchline.core.words import capital, listed, number
from touchline.playbook.playbook import Playbook


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a stage: a clause that says it, whether it is met, and what is missing.

    A ``firm`` term cannot be passed over (the minimum of one-to-ones); others can, and it
    is noted that they were.
    """

    text: str
    met: bool
    missing: str
    firm: bool


def terms(
    playbook: Playbook, stage: str, took_place: int, covered: Mapping[str, Set[str]]
) -> tuple[Term, ...]:
    """Return the terms for stepping to ``stage``.

    ``took_place`` counts one-to-ones held, those before the software included; ``covered``
    maps a kind of meeting to the topics covered in it.
    """
    wanted = playbook.stage(stage)
    found = []
    least = wanted.minimum_meetings
    if least:
        short = least - took_place
        plural = "one-to-one" if least == 1 else "one-to-ones"
        found.append(
            Term(
                capital(f"{number(least)} {plural} took place"),
                took_place >= least,
                ""
                if short <= 0
                else f"{took_place} of {least} one-to-ones took place, so {short} more first",
                firm=True,
            )
        )
    if wanted.topics_needed:
        kind = playbook.kind(stage)
        have = [topic for topic in kind.topics if topic.key in covered.get(stage, frozenset())]
        open_topics = [topic.name.lower() for topic in kind.topics if topic not in have]
        found.append(
            Term(
                f"{len(have)} of {len(kind.topics)} topics of “{kind.name}” covered",
                len(have) >= wanted.topics_needed,
                ""
                if len(have) >= wanted.topics_needed
                else f"{wanted.topics_needed} topics of “{kind.name}” are asked for, and "
                f"{len(have)} covered: still open are {listed(open_topics)}",
                firm=False,
            )
        )
    return tuple(found)


def missing(found: tuple[Term, ...], *, firm_only: bool = False) -> str:
    """Name in one clause what is missing; empty where nothing is."""
    gaps = [term.missing for term in found if not term.met and (term.firm or not firm_only)]
    return listed(gaps, "and")
