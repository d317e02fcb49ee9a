"""The brief as text: JSON and Markdown, in the order of the page. Pure."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from touchline.briefing.shapes import Brief, ItemLine, ReferralLine
from touchline.briefing.story import Question, Said
from touchline.core.words import listed, short_day
from touchline.referrals.clocks.words import Due

# What is said of something due on a referral; the rest is what that was worked out from.
_DUE = (
    "referral", "version", "relationship", "partner", "prospect", "kind", "mine", "due_on", "late",
    "text", "words", "step", "verb", "messages",
)  # fmt: skip


def to_json(brief: Brief) -> dict[str, Any]:
    """Return the brief as plain data: the fields of ``Brief``, days as ISO dates."""

    data: dict[str, Any] = _plain(brief)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Said):
        return _plain(value._asdict())
    if isinstance(value, Due):
        return {name: _plain(getattr(value, name)) for name in _DUE}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def to_markdown(brief: Brief) -> str:
    """Return the brief as Markdown, in the order of the page."""
    out = [f"# {brief.name}", "", brief.what, ""]
    heading = ", ".join(
        part for part in (brief.when, brief.exact_day, brief.where, brief.leave_by) if part
    )
    out += [f"{brief.position_words}, {brief.kind}. {heading}".strip()]
    out += [part for part in (brief.map_url, brief.video_url, brief.phone) if part]
    out += ["", f"> {brief.lead}", ""]
    out += _section("Referrals", [_referral(one) for one in brief.referrals])
    if brief.last_heading:
        out += [f"## {brief.last_heading}", *(f"- {line}" for line in brief.last), ""]
    out += _section("Since then", [f"{short_day(said.on)}: {said.text}" for said in brief.since])
    out += _section("Your promises", [f"{one.text} ({one.words})" for one in brief.mine])
    out += _section("Their promises", [f"{one.text} ({one.words})" for one in brief.theirs])
    expected = []
    if brief.they_expect:
        expected.append(f"{brief.first} of you: {brief.they_expect}")
    if brief.we_expect:
        expected.append(f"You of {brief.first}: {brief.we_expect}")
    out += _section("Expected until now", expected)
    out += _section(f"{brief.first} wants to cover", [_item(item) for item in brief.they_want])
    out += _section("You want to cover", [_item(item) for item in brief.i_want])
    out += _section("Coming up", [f"{short_day(said.on)}: {said.text}" for said in brief.coming])
    out += _section("In common", list(brief.in_common))
    out += _section("History", list(brief.history))
    if brief.topics_open:
        out += ["## Not covered yet", listed(list(brief.topics_open)), ""]
    out += _section("Ask", [_question(question) for question in brief.questions])
    decision = brief.decision
    out += ["## Decide", decision.question]
    out += [f"- {term.text}{'' if term.met else ', not yet'}" for term in decision.terms] + [""]
    for group in brief.facts:
        lines = [f"{fact.text} ({fact.words})" for fact in group.facts]
        if group.more:
            lines.append(f"and {group.more} more")
        out += _section(group.topic, lines)
    return "\n".join(out).rstrip() + "\n"


def _referral(one: ReferralLine) -> str:
    owed = [f"{each.text} ({each.words})" for each in one.owed]
    return ". ".join([one.text, one.standing, *owed])


def _item(item: ItemLine) -> str:
    asides = ", ".join(part for part in (item.carried, item.about) if part)
    return f"{item.text} ({asides})" if asides else item.text


def _question(question: Question) -> str:
    return f"{question.text} ({question.why})" if question.why else question.text


def _section(heading: str, lines: list[str]) -> list[str]:
    return [f"## {heading}", *(f"- {line}" for line in lines), ""] if lines else []
