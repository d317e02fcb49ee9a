"""Close a one-to-one out, in under a minute."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Value
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.keys import keys_in
from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.core.refusal import Refused
from touchline.core.words import capital, count, full_day, listed
from touchline.meetings import capturing, coverage
from touchline.meetings.basis import Basis, basis_of
from touchline.meetings.close_out import Closed, CloseOut, nothing_to_note
from touchline.meetings.close_out import close_out as closing
from touchline.meetings.deciding import commitments
from touchline.meetings.decision_options import MEETINGS, PROMISES, deliberate
from touchline.meetings.forms import OTHER, CloseOutForm
from touchline.meetings.holding.taking import UNSAID
from touchline.meetings.meeting_page import owed_by_week, owed_soon
from touchline.meetings.models import (
    ActionState,
    AgendaItem,
    Call,
    Decision,
    OneToOne,
    Side,
    State,
)
from touchline.meetings.next_date import next_date, planned_ahead
from touchline.meetings.one_line import parse_promise
from touchline.meetings.views.one_to_ones import when
from touchline.meetings.views.reaching import one_to_one_of, shared
from touchline.playbook.models import of
from touchline.playbook.playbook import Stage
from touchline.referrals.views.balances import beside
from touchline.relationships.models import Relationship
from touchline.relationships.stages import Term, missing, terms
from touchline.sheets.arrivals.loading import Going, going
from touchline.sheets.arrivals.weighing import weighed

CLOSES_FROM = (State.UNDER_WAY, State.HELD)


@only_a_form
def close_out(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what is to be decided, and do all of it at once."""
    one = one_to_one_of(request, pk)
    if one.state not in CLOSES_FROM:
        messages.error(request, f"This one-to-one is {one.get_state_display().lower()}.")
        return SeeOther(one.get_absolute_url())
    if request.method == "POST" and "nothing_to_note" in request.POST:
        nothing_to_note(one, request.member, now=timezone.now())
        messages.success(request, "Closed out: met, nothing to note.")
        return SeeOther(one.get_absolute_url())
    now, member = timezone.now(), request.member
    meetings = MEETINGS(relationship=one.relationship_id)
    ahead = planned_ahead(meetings, now)
    posted = request.POST if request.method == "POST" else None
    basis = basis_of(one.relationship, one)
    # Opened again it starts from what was decided; what they said since is for the next one.
    said = None if basis.former else going(one.relationship_id)
    form = CloseOutForm(
        posted,
        member=member,
        ahead=ahead is not None,
        initial={
            "they_expect": one.relationship.they_expect,
            "we_expect": one.relationship.we_expect,
            "next": CloseOutForm.PLANNED if ahead else "",
            "next_place": one.relationship.place,
            "went_well": {True: "yes", False: "no", None: ""}[one.went_well],
            **_said_before(basis.former, said),
        },
    )
    if posted is not None and form.is_valid():
        try:
            with transaction.atomic():
                closed = _close(request, one, form, meetings)
        except Refused as refused:
            # The verbs have changed these objects already, the database not: fetch them anew.
            one = one_to_one_of(request, pk)
            form.add_error(None, str(refused))
        else:
            weighed(one.relationship, request.member, request.POST.get("going"), now=now)
            messages.success(request, _told(request, closed))
            return SeeOther(one.get_absolute_url())
    context = {
        **shared(one),
        **_page(request, one, form, basis, meetings),
        "ahead": ahead,
        "going": said,
    }
    return render(request, "meetings/close_out.html", context, status=422 if posted else 200)


def _said_before(former: Decision | None, said: Going | None) -> dict[str, str]:
    """Return the answer that the form starts from: the former one of a close-out opened again.

    Else what the partner ``said`` on their page is offered as their view.
    """
    if former is None:
        return {"choice": "continue", "their_view": said.text if said else ""}
    return {
        "choice": former.choice,
        "reason": former.reason,
        "their_view": former.their_view,
        "until": former.until.isoformat() if former.until else "",
    }


def _close(
    request: MemberRequest, one: OneToOne, form: CloseOutForm, meetings: Sequence[OneToOne]
) -> Closed:
    """Do what the form says, or raise Refused with nothing changed."""
    member, data, now = request.member, form.cleaned_data, timezone.now()
    today = member.today()
    if data["another"].strip():
        read = parse_promise(data["another"], today, member.month_first)
        capturing.promise(
            one.relationship,
            member,
            read.text,
            whose=data["another_whose"] or Side.MINE,
            due_on=read.due_on or today + UNSAID,
            on=today,
            one_to_one=one,
        )
    listed_ids, confirmed = _keys(request, "listed"), _keys(request, "confirmed")
    stage = _next_stage(one, member, meetings).stage
    return closing(
        one,
        member,
        CloseOut(
            choice=data["choice"],
            reason=data["reason"].strip(),
            their_view=data["their_view"].strip(),
            until=data["until"],
            went_well={"yes": True, "no": False}.get(data["went_well"]),
            they_expect=data["they_expect"].strip(),
            we_expect=data["we_expect"].strip(),
            unconfirmed=listed_ids - confirmed,
            next_at=data["starts_at"],
            next_place=data["next_place"].strip(),
            no_next_reason=data["no_next_reason"],
            step_to=stage.key if stage and data["step"] == "yes" else "",
        ),
        now=now,
    )


def _keys(request: MemberRequest, field: str) -> set[int]:
    return set(keys_in(request.POST.getlist(field)))


def _told(request: MemberRequest, closed: Closed) -> str:
    """Say what came of it."""
    name = closed.one_to_one.relationship.person.first
    parts = ["Closed out."]
    if closed.next:
        parts.append(f"You meet {name} next on {when(closed.next)}.")
    if closed.step:
        stage = of(request.member.workspace).stage(closed.step.to_stage)
        parts.append(f"{name} is at “{stage.name}” from today.")
    return " ".join(parts)


# What was not covered, and what calls took, with nothing in the text: one question for both.
_OPEN_ITEMS_AND_CALLS = Prepared(
    lambda at: (
        AgendaItem.objects.visible_to(at.member)
        .filter(relationship=at.relationship, covered_in=None, dropped=False)
        .order_by()
        .values_list("text", Value(0))
        .union(
            Call.objects.filter(relationship=at.relationship)
            .order_by()
            .values_list(Value(""), "minutes"),
            all=True,
        )
    ),
    member=MEMBER,
    relationship=KEY,
)


def _page(
    request: MemberRequest,
    one: OneToOne,
    form: CloseOutForm,
    basis: Basis,
    meetings: Sequence[OneToOne],
) -> dict[str, Any]:
    """Gather what the page shows."""
    member, now = request.member, timezone.now()
    relationship, today = one.relationship, member.today()
    met_on = timezone.localtime(one.starts_at).date()
    earlier = relationship.held_before_last_on or met_on
    last = max([met_on, earlier, *(_day(each) for each in meetings if each.took_place)])
    promises = PROMISES(relationship=relationship.pk)
    actions = [
        each for each in promises if each.one_to_one_id == one.pk and each.state == ActionState.OPEN
    ]
    unticked = _keys(request, "listed") - _keys(request, "confirmed")
    found = _OPEN_ITEMS_AND_CALLS(member=member, relationship=relationship.pk)
    open_items = [text for text, _ in found if text]
    calls = [minutes for text, minutes in found if not text]
    following = _next_stage(one, member, meetings)
    everything = commitments(relationship.main_contact)
    return {
        "form": form,
        "actions": actions,
        "unticked": unticked,
        "actions_said": _promised(actions, relationship, today),
        "owed": owed_soon(owed_by_week(member, today), today),
        "expectations_said": _expected(relationship),
        "choices": next_date(
            relationship,
            relationship.main_contact,
            now=now,
            meetings=meetings,
            everything=everything,
            counting=one,
        ),
        "deliberation": deliberate(
            relationship,
            member,
            today=today,
            basis=basis,
            last=last,
            meetings=meetings,
            promises=promises,
            everything=everything,
            calls=calls,
        ),
        "balance": beside(relationship, member),
        "choice": form["choice"].value(),
        "reason": form["reason"].value() or "",
        "their_view": form["their_view"].value() or "",
        "until": form["until"].value() or "",
        "decision_error": _errors(form, "choice", "until", "reason"),
        "next_error": _errors(form, "next", "next_on", "next_at", "no_next_reason", "next_place"),
        "other_error": _errors(form, "they_expect", "we_expect", "another", "another_whose")
        + _errors(form, "went_well", "step"),
        "today": today,
        "following": following,
        "carried": _carried(open_items),
        "other": OTHER,
    }


def _errors(form: CloseOutForm, *fields: str) -> str:
    return " ".join(str(error) for field in fields for error in form.errors.get(field, []))


def _day(one: OneToOne) -> date:
    return timezone.localtime(one.starts_at).date()


@dataclass(frozen=True, slots=True)
class Following:
    """The next stage: offered with its terms where all are met, else why it is not yet."""

    stage: Stage | None = None
    terms: tuple[Term, ...] = ()
    waits: str = ""


def _next_stage(one: OneToOne, member: Member, meetings: Sequence[OneToOne]) -> Following:
    """Look at the next stage, this meeting counted; it is offered only when its terms are met."""
    relationship, playbook = one.relationship, of(member.workspace)
    stage = playbook.next_stage(relationship.stage)
    if stage is None:
        return Following()
    took_place = relationship.held_before + sum(
        each.took_place or each.pk == one.pk for each in meetings
    )
    covered = {}
    if took_place >= stage.minimum_meetings and stage.topics_needed:
        ticked = [(each.kind, each.covered_topics) for each in meetings]
        covered = coverage.covered(relationship, ticked)
    found = terms(playbook, stage.key, took_place, covered)
    short = missing(found, firm_only=True) or missing(found)
    if short:
        return Following(waits=f"“{stage.name}” is not offered yet: {short}.")
    return Following(stage, found)


def _promised(actions: Sequence[Any], relationship: Relationship, today: date) -> str:
    """Say in a sentence what was promised."""
    if not actions:
        return "Nothing was promised."
    mine = [action for action in actions if action.whose == Side.MINE]
    theirs = [action for action in actions if action.whose == Side.THEIRS]
    said = []
    for whose, some in (("You", mine), (relationship.person.first, theirs)):
        if some:
            each = [f"{one.text.rstrip('.')}, by {full_day(one.due_on, today)}" for one in some]
            said.append(f"{whose}: {'; '.join(each)}.")
    return " ".join(said)


def _expected(relationship: Relationship) -> str:
    """Say in a sentence what each side expects."""
    name = relationship.person.first
    parts = []
    if relationship.they_expect:
        parts.append(f"{name} of you: {relationship.they_expect.rstrip('.')}.")
    if relationship.we_expect:
        parts.append(f"You of {name}: {relationship.we_expect.rstrip('.')}.")
    return " ".join(parts) or "Nothing beyond the promises."


def _carried(items: Sequence[str]) -> str:
    """Say what carries forward because it was not reached."""
    if not items:
        return ""
    if len(items) <= 2:
        verb = "was not reached and carries" if len(items) == 1 else "were not reached and carry"
        return f"{listed([f'“{item}”' for item in items])} {verb} forward."
    what = count(len(items), "agenda item")
    return f"{capital(what)} were not reached and carry forward."
