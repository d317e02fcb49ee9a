"""The brief of one meeting, and of a person with none planned yet."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.core.words import capital, listed, number
from touchline.meetings.brief import Brief, PromiseLine
from touchline.meetings.briefing import brief_for
from touchline.meetings.models import OneToOne, State
from touchline.meetings.views.reaching import one_to_one_of
from touchline.playbook.models import of
from touchline.relationships.models import Relationship, Stage
from touchline.relationships.monogram import monogram
from touchline.relationships.stages import terms
from touchline.relationships.views.reaching import relationship_of

# Lines of the last meeting that always stand open, and the newest lines since then shown.
LAST, SINCE = 3, 8


@dataclass(frozen=True, slots=True)
class Promises:
    """One side's promises, those still open apart."""

    open: tuple[PromiseLine, ...]
    settled: tuple[PromiseLine, ...]


def brief(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the brief of a one-to-one."""
    one = one_to_one_of(request, pk)
    return _page(request, one.relationship, one)


def relationship_brief(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the brief of the next one-to-one with a person, planned or not."""
    return _page(request, relationship_of(request, pk), None)


def _page(request: MemberRequest, relationship: Relationship, one: OneToOne | None) -> HttpResponse:
    member = request.member
    made = brief_for(relationship, member, one)
    mark = monogram(
        relationship.person.initials,
        made.position - 1,
        partner=relationship.stage == Stage.REFERRAL_PARTNER,
        planned=True,
    )
    return render(
        request,
        "meetings/brief.html",
        {
            "section": "today",
            "relationship": relationship,
            "one_to_one": one,
            "may_begin": one is not None and one.state == State.PLANNED and member.may_change,
            "under_way": one is not None and one.state == State.UNDER_WAY,
            "brief": made,
            "mark": mark,
            "step": _step(request, relationship, made.position),
            "mine": _side(made.mine),
            "theirs": _side(made.theirs),
            "theirs_said": f"{made.first}’s",
            "settled": _settled(made),
            "rest": _rest(made),
            "since": made.since[-SINCE:],
            "earlier": len(made.since[:-SINCE]),
        },
    )


def _side(promises: tuple[PromiseLine, ...]) -> Promises:
    is_open = [one.state in ("open", "late") for one in promises]
    return Promises(
        tuple(one for one, still in zip(promises, is_open, strict=True) if still),
        tuple(one for one, still in zip(promises, is_open, strict=True) if not still),
    )


def _settled(made: Brief) -> str:
    """Say what may be folded beneath the open promises; empty for nothing."""
    many = len(_side(made.mine).settled) + len(_side(made.theirs).settled)
    parts = [f"{number(many)} settled"] if many else []
    if made.they_expect or made.we_expect:
        parts.append("what was expected")
    return capital(listed(parts))


def _rest(made: Brief) -> str:
    """Say what may be folded beneath the first lines of the last time; empty for nothing."""
    parts = [f"{number(len(made.last) - LAST)} more"] if made.last[LAST:] else []
    if made.since:
        parts.append(f"{number(len(made.since))} since then")
    return capital(listed(parts))


def _step(request: MemberRequest, relationship: Relationship, position: int) -> str:
    """Name the step that this meeting would make possible by its number, if there is one."""
    playbook = of(request.member.workspace)
    following = playbook.next_stage(relationship.stage)
    if following is None:
        return ""
    found = terms(playbook, following.key, position, {})
    firm = [term for term in found if term.firm]
    return following.name if all(term.met for term in firm) else ""
