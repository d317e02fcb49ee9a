"""The brief as plain data for its Typst template, cut to one page. Pure but for the PDF."""

from datetime import date
from typing import Any

from touchline.briefing.cut import OPEN, one_page
from touchline.briefing.shapes import Brief, ItemLine, PromiseLine, ReferralLine
from touchline.briefing.story import Said
from touchline.core.pdf import pdf
from touchline.core.words import capital, clipped, count, day

PIPS = 9
QUESTION = 200  # Letters on paper; on the page one may put all of it on the agenda.
TEMPLATE = "briefing/typst/brief.typ"


def brief_pdf(brief: Brief, today: date) -> bytes:
    """Return the brief as a PDF of one page of A4."""
    return pdf(TEMPLATE, data(one_page(brief), today))


def data(brief: Brief, today: date) -> dict[str, Any]:
    """Return what the template sets: headings with their lines, in the order of the page."""
    return {
        "name": brief.name,
        "what": brief.what,
        "when": brief.when or "Not planned yet",
        "where": brief.where,
        "how": [
            part
            for part in (brief.exact_day, brief.leave_by, brief.phone and f"Call {brief.phone}")
            if part
        ],
        "pips": min(brief.position - 1, PIPS),
        "kind": f"{brief.position_words}, {brief.kind}",
        "map": brief.map_url,
        "video": brief.video_url,
        "lead": brief.lead,
        "referrals": [
            {
                "line": _line(one.text, one.standing),
                "owed": _owed(one),
            }
            for one in brief.referrals
        ],
        "referrals_more": _more(brief, "referrals"),
        "columns": [
            _last(brief, today),
            {"heading": "Promises", "parts": _promises(brief), "none": "None are open."},
            {
                "heading": "To cover",
                "parts": _cover(brief),
                "none": "Neither side has said yet.",
            },
        ],
        "questions": [
            {
                "text": clipped(one.text, QUESTION),
                "mark": ". ".join(part for part in (one.topic, one.why) if part),
            }
            for one in brief.questions
        ],
        "open": brief.topics_open if not brief.questions else [],
        "decide": {
            "question": brief.decision.question,
            "terms": [{"text": term.text, "met": term.met} for term in brief.decision.terms],
        },
        "shared": [
            part
            for part in (
                _part("Coming up", [_dated(said, today) for said in brief.coming], brief, ""),
                _part("In common", [_line(each) for each in brief.in_common], brief, "in_common"),
                _part("History", [_line(each) for each in brief.history], brief, "history"),
            )
            if part
        ],
        "facts": _known(brief),
        "facts_more": _more(brief, "facts", "topic"),
    }


def _owed(one: ReferralLine) -> list[dict[str, str]]:
    """Return what is due first on a referral; paper has room for one line each."""
    if not one.owed:
        return []
    first, more = one.owed[0], len(one.owed) - 1
    words = f"{first.words}, and {count(more, 'more', 'more')}" if more else first.words
    return [_line(first.text, words, "late" if first.late else "open")]


def _known(brief: Brief) -> list[list[dict[str, Any]]]:
    """Share the topics out to three columns, in their order and about as long each."""
    groups = [
        {
            "topic": group.topic,
            "lines": [
                _line(fact.text, fact.words + (", ask again" if fact.stale else ""))
                for fact in group.facts
            ],
            "more": f"and {group.more} more" if group.more else "",
        }
        for group in brief.facts
    ]
    # In lines of a column; the topic is one.
    sizes = [
        1 + sum(1 + len(fact.text + fact.words) // 45 for fact in group.facts)
        for group in brief.facts
    ]
    columns: list[list[dict[str, Any]]] = [[], [], []]
    before = 0
    for group, size in zip(groups, sizes, strict=True):
        columns[min(2, (before + size // 2) * 3 // max(1, sum(sizes)))].append(group)
        before += size
    return columns if groups else []


def _line(text: str, mark: str = "", state: str = "") -> dict[str, str]:
    return {"text": text, "mark": mark, "state": state}


def _more(brief: Brief, name: str, noun: str = "") -> str:
    many = brief.left_out.get(name, 0)
    if not many:
        return ""
    return f"and {count(many, noun)} more" if noun else f"and {many} more"


def _part(label: str, lines: list[dict[str, str]], brief: Brief, name: str) -> dict[str, Any]:
    return {"label": label, "lines": lines, "more": _more(brief, name)} if lines else {}


def _dated(said: Said, today: date) -> dict[str, str]:
    return _line(said.text, day(said.on, today))


def _last(brief: Brief, today: date) -> dict[str, Any]:
    expected = [
        _line(text, who)
        for text, who in (
            (brief.they_expect, f"{brief.first} of you"),
            (brief.we_expect, f"you of {brief.first}"),
        )
        if text
    ]
    parts = [
        _part("", [_line(line) for line in brief.last], brief, "last"),
        _part("Expected until now", expected, brief, ""),
        _part(
            "Since then" if brief.last_heading else "So far",
            [_dated(said, today) for said in brief.since],
            brief,
            "since",
        ),
    ]
    return {
        "heading": brief.last_heading or "Not met yet",
        "parts": [part for part in parts if part],
        "none": "Nothing was noted." if brief.last_heading else "What you learn is kept here.",
    }


def _promise(line: PromiseLine, whose: str = "") -> dict[str, str]:
    words = f"{whose}, {line.words}" if whose else line.words
    return _line(line.text, words, line.state)


def _promises(brief: Brief) -> list[dict[str, Any]]:
    def standing(lines: tuple[PromiseLine, ...]) -> list[dict[str, str]]:
        return [_promise(line) for line in lines if line.state in OPEN]

    settled = [_promise(line, "yours") for line in brief.mine if line.state not in OPEN]
    settled += [
        _promise(line, f"{brief.first}’s") for line in brief.theirs if line.state not in OPEN
    ]
    parts = [
        _part("Yours", standing(brief.mine), brief, "mine"),
        _part(f"{brief.first}’s", standing(brief.theirs), brief, "theirs"),
        _part("Settled since", settled, brief, ""),
    ]
    return [part for part in parts if part]


def _item(item: ItemLine) -> dict[str, str]:
    about = f"“{item.about}”" if item.about else ""
    return _line(item.text, ", ".join(part for part in (about, item.carried) if part))


def _cover(brief: Brief) -> list[dict[str, Any]]:
    parts = [
        _part(
            f"{capital(brief.first)} wants",
            [_item(one) for one in brief.they_want],
            brief,
            "they_want",
        ),
        _part("You want", [_item(one) for one in brief.i_want], brief, "i_want"),
    ]
    return [part for part in parts if part]
