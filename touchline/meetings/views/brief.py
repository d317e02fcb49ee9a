"""The brief of one meeting, and of a person with none planned yet."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.briefing.cut import OPEN, density, one_page
from touchline.briefing.loading import brief_for
from touchline.briefing.printing import brief_pdf
from touchline.briefing.shapes import Brief, PromiseLine
from touchline.core.paths import path_to
from touchline.core.words import capital, listed, number
from touchline.meetings.models import OneToOne, State
from touchline.meetings.views.reaching import one_to_one_of
from touchline.meetings.views.sending import as_pdf
from touchline.relationships.models import Relationship, Stage
from touchline.relationships.monogram import monogram
from touchline.relationships.views.reaching import relationship_of

# Lines of the last meeting that always stand open.
LAST = 2
# Referrals that always stand open.
REFERRALS = 2
AHEAD = (State.PLANNED, State.UNDER_WAY)


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


def brief_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the brief of a one-to-one as a PDF."""
    one = one_to_one_of(request, pk)
    return _sheet(request, one.relationship, one)


def relationship_brief_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the brief of the next one-to-one with a person as a PDF."""
    return _sheet(request, relationship_of(request, pk), None)


def _sheet(
    request: MemberRequest, relationship: Relationship, one: OneToOne | None
) -> HttpResponse:
    made = brief_for(relationship, request.member, one)
    return as_pdf(brief_pdf(made, request.member.today()), f"Brief {made.name}")


def _page(request: MemberRequest, relationship: Relationship, one: OneToOne | None) -> HttpResponse:
    member = request.member
    made = one_page(brief_for(relationship, member, one))
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
            "density": density(made),
            "pdf_url": path_to("meetings:brief_sheet", one.pk)
            if one
            else path_to("meetings:relationship_brief_sheet", relationship.pk),
            "prepare_url": _prepare(relationship, one) if member.may_change else "",
            "mine": _side(made.mine),
            "theirs": _side(made.theirs),
            "theirs_said": f"{made.first}’s",
            "settled": _settled(made),
            "here": request.path,
            "more_referrals": _more_referrals(made),
            "rest": _rest(made),
            "changed": _changed(made),
            "shared": _shared(made),
        },
    )


def _prepare(relationship: Relationship, one: OneToOne | None) -> str:
    """Return where to prepare: the meeting's page for it, else next time's agenda."""
    if one is None:
        return f"{relationship.get_absolute_url()}#r-agenda"
    return path_to("meetings:prepare", one.pk) if one.state in AHEAD else ""


def _side(promises: tuple[PromiseLine, ...]) -> Promises:
    return Promises(
        tuple(one for one in promises if one.state in OPEN),
        tuple(one for one in promises if one.state not in OPEN),
    )


def _settled(made: Brief) -> str:
    """Say what may be folded beneath the open promises; empty for nothing."""
    many = len(_side(made.mine).settled) + len(_side(made.theirs).settled)
    return f"{capital(number(many))} settled" if many else ""


def _more_referrals(made: Brief) -> str:
    """Say how many referrals may be folded beneath the first; empty for none."""
    more = len(made.referrals[REFERRALS:]) + made.left_out.get("referrals", 0)
    return f"{capital(number(more))} more" if more else ""


def _rest(made: Brief) -> str:
    """Say what may be folded beneath the first lines of the last time; empty for nothing."""
    more = len(made.last[LAST:]) + made.left_out.get("last", 0)
    parts = [f"{number(more)} more"] if more else []
    if made.they_expect or made.we_expect:
        parts.append("what was expected")
    return capital(listed(parts))


def _changed(made: Brief) -> str:
    """Say what may be folded beneath what is to be covered; empty for nothing."""
    since = len(made.since) + made.left_out.get("since", 0)
    when = "since then" if made.last_heading else "so far"
    return f"{capital(number(since))} {when}" if since else ""


def _shared(made: Brief) -> str:
    """Say what may be folded beneath the decision; empty for nothing."""
    parts = ["what it rests on"] if made.decision.terms else []
    if made.coming:
        parts.append(f"{number(len(made.coming))} coming up")
    if made.in_common:
        parts.append(f"{number(len(made.in_common))} in common")
    if made.history:
        parts.append("history")
    return capital(listed(parts))
