"""The brief of one meeting, and of a person with none planned yet."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.meetings.briefing import brief_for
from touchline.meetings.models import OneToOne, State
from touchline.playbook.models import of
from touchline.relationships.models import Relationship, Stage
from touchline.relationships.monogram import monogram
from touchline.relationships.stages import terms


def brief(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the brief of a one-to-one."""
    one = get_object_or_404(
        OneToOne.objects.visible_to(request.member).select_related("relationship__person__company"),
        pk=pk,
    )
    return _page(request, one.relationship, one)


def relationship_brief(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the brief of the next one-to-one with a person, planned or not."""
    relationship = get_object_or_404(
        Relationship.objects.visible_to(request.member).select_related("person__company"), pk=pk
    )
    return _page(request, relationship, None)


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
        },
    )


def _step(request: MemberRequest, relationship: Relationship, position: int) -> str:
    """Name the step that this meeting would make possible by its number, if there is one."""
    playbook = of(request.member.workspace)
    following = playbook.next_stage(relationship.stage)
    if following is None:
        return ""
    found = terms(playbook, following.key, position, {})
    firm = [term for term in found if term.firm]
    return following.name if all(term.met for term in firm) else ""
