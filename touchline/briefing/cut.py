"""Cuts a brief to what one page holds, by rule. Pure.

The order inside each part is the order of what matters, so what goes is always the end of it,
and how many went is said. ``docs/domain/brief.md`` has the table.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from touchline.briefing.shapes import Brief, PromiseLine
from touchline.core.words import clipped

T = TypeVar("T")

OPEN = ("late", "open")
# How many of each part at most.
LAST, SINCE, COMING = 5, 4, 2
REFERRALS, OWED = 4, 2
OPEN_PROMISES, SETTLED, ITEMS = 4, 2, 4
QUESTIONS, IN_COMMON, HISTORY = 6, 3, 2
TOPICS, FACTS = 6, 2
# How many letters of each at most.
LINE, SHORT, ABOUT, LEAD, QUESTION, NAME, PLACE = 120, 90, 60, 260, 300, 100, 120

LETTERS_A_ROW = 30
# Rows, of all columns together, from which a sheet is printed smaller, and smaller still.
DENSE, PACKED = 105, 145


def one_page(brief: Brief) -> Brief:
    """Return the brief cut to what fits one sheet of paper, with what was left out counted."""
    left_out: dict[str, int] = {}

    def first(name: str, lines: Sequence[T], many: int) -> tuple[T, ...]:
        if len(lines) > many:
            left_out[name] = len(lines) - many
        return tuple(lines[:many])

    def promises(name: str, lines: Sequence[PromiseLine]) -> tuple[PromiseLine, ...]:
        still = first(name, [line for line in lines if line.state in OPEN], OPEN_PROMISES)
        # What is settled stands on record; only the newest is news.
        settled = [line for line in lines if line.state not in OPEN][-SETTLED:]
        return tuple(replace(line, text=clipped(line.text, LINE)) for line in (*still, *settled))

    # The newest are the news; they stand in the order of their days all the same.
    if len(brief.since) > SINCE:
        left_out["since"] = len(brief.since) - SINCE
    since = brief.since[-SINCE:]
    facts = first("facts", brief.facts, TOPICS)
    return replace(
        brief,
        name=clipped(brief.name, NAME),
        what=clipped(brief.what, NAME),
        where=clipped(brief.where, PLACE),
        lead=clipped(brief.lead, LEAD),
        referrals=tuple(
            replace(
                one,
                text=clipped(one.text, SHORT),
                standing=clipped(one.standing, SHORT),
                owed=tuple(
                    replace(each, clock=replace(each.clock, text=clipped(each.clock.text, SHORT)))
                    for each in one.owed[:OWED]
                ),
            )
            for one in first("referrals", brief.referrals, REFERRALS)
        ),
        last=tuple(clipped(line, LINE) for line in first("last", brief.last, LAST)),
        since=tuple(said._replace(text=clipped(said.text, LINE)) for said in since),
        coming=tuple(
            said._replace(text=clipped(said.text, SHORT))
            for said in first("coming", brief.coming, COMING)
        ),
        mine=promises("mine", brief.mine),
        theirs=promises("theirs", brief.theirs),
        they_expect=clipped(brief.they_expect, LINE),
        we_expect=clipped(brief.we_expect, LINE),
        they_want=tuple(
            replace(item, text=clipped(item.text, LINE), about=clipped(item.about, ABOUT))
            for item in first("they_want", brief.they_want, ITEMS)
        ),
        i_want=tuple(
            replace(item, text=clipped(item.text, LINE), about=clipped(item.about, ABOUT))
            for item in first("i_want", brief.i_want, ITEMS)
        ),
        questions=tuple(
            replace(one, text=clipped(one.text, QUESTION), why=clipped(one.why, SHORT))
            for one in first("questions", brief.questions, QUESTIONS)
        ),
        in_common=tuple(
            clipped(each, SHORT) for each in first("in_common", brief.in_common, IN_COMMON)
        ),
        history=tuple(clipped(each, LINE) for each in first("history", brief.history, HISTORY)),
        facts=tuple(
            replace(
                group,
                facts=tuple(
                    replace(fact, text=clipped(fact.text, SHORT)) for fact in group.facts[:FACTS]
                ),
                more=group.more + len(group.facts[FACTS:]),
            )
            for group in facts
        ),
        left_out=left_out,
    )


def density(cut: Brief) -> str:
    """Say how small a cut brief is to be printed by a browser, which cannot measure it first.

    Empty for the usual size, then *dense* and *packed*. The PDF measures instead.
    """
    lines: list[str] = [
        cut.name,
        cut.what,
        cut.lead,
        *(one.text + one.standing for one in cut.referrals),
        *(each.text + each.words for one in cut.referrals for each in one.owed),
        *cut.last,
        cut.they_expect,
        cut.we_expect,
        *(said.text for said in (*cut.since, *cut.coming)),
        *(line.text for line in (*cut.mine, *cut.theirs)),
        *(item.text + item.about for item in (*cut.they_want, *cut.i_want)),
        *(one.text + one.why for one in cut.questions),
        *cut.in_common,
        *cut.history,
        *(fact.text + fact.words for group in cut.facts for fact in group.facts),
    ]
    # A line has some thirty letters, and each begins a new one.
    rows = sum(1 + len(line) // LETTERS_A_ROW for line in lines if line)
    return "packed" if rows > PACKED else "dense" if rows > DENSE else ""
