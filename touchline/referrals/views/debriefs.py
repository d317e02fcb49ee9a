"""What an outcome taught: two or three taps and a line, then what it would change (M14)."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change
from touchline.core.forms import Form
from touchline.core.keys import key_in
from touchline.core.paths import path_to
from touchline.core.refusal import Refused
from touchline.referrals.learning import debriefing
from touchline.referrals.learning.debriefing import LONGEST_LINE
from touchline.referrals.learning.lessons import BY_KEY, WHO_ELSE, reasons
from touchline.referrals.learning.targets import Targets, heading, put_forward
from touchline.referrals.models import Cause, Proposal, Referral
from touchline.referrals.states import DEBRIEFED
from touchline.referrals.views.reaching import referral_of

QUESTIONS = {
    "won": "What made it work?",
    "lost": "What was it lost by?",
    "dud": "What was wrong with it?",
}


class DebriefForm(Form):
    """A reason, a line, and who else is in that position."""

    reason = forms.ChoiceField(
        error_messages={"required": "Tap the reason that comes nearest."}, choices=()
    )
    line = forms.CharField(
        label="What it was",
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    who_else = forms.CharField(
        label="Who else is in that position?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 1}),
    )

    def __init__(self, referral: Referral, told: debriefing.Told, data: Any = None) -> None:
        said = told.debrief
        initial = (
            {"reason": said.reason, "line": said.note, "who_else": said.who_else} if said else {}
        )
        super().__init__(data, initial=initial)
        self.groups = [
            (Cause(cause).label if cause else "Otherwise", group)
            for cause, group in reasons(referral.outcome)
        ]
        field = self.fields["reason"]
        field.choices = [  # type: ignore[attr-defined]
            (one.key, one.words) for _, group in self.groups for one in group
        ]
        if referral.outcome not in BY_KEY[WHO_ELSE].outcomes:
            del self.fields["who_else"]


@change
def debrief(request: MemberRequest, pk: int) -> HttpResponse:
    """Say why it worked or not; then show what that would change."""
    referral = referral_of(request, pk)
    told = debriefing.told(referral)
    posted = request.method == "POST"
    if posted and referral.outcome not in DEBRIEFED:
        raise Refused("A debrief is for what was won, lost or a dud. Say first what came of it.")
    form = DebriefForm(referral, told, request.POST if posted else None)
    if posted and form.is_valid():
        given = form.cleaned_data
        try:
            debriefing.learn(
                request.member,
                referral,
                outcome=request.POST.get("outcome", ""),
                reason=given["reason"],
                line=given["line"],
                who_else=given.get("who_else", ""),
            )
            return SeeOther(path_to("referrals:debrief", pk))
        except Refused as refused:
            form.add_error("line", str(refused))
    return _page(request, referral, told, form)


def _page(
    request: MemberRequest,
    referral: Referral,
    told: debriefing.Told,
    form: DebriefForm,
    typed: dict[int, str] | None = None,
) -> HttpResponse:
    """Render the page; ``typed`` has the words of a proposal that could not be accepted."""
    shown = put_forward(told.debrief, Targets(referral)) if told.debrief else []
    for key, after in (typed or {}).items():
        shown = [replace(one, after=after) if one.proposal.pk == key else one for one in shown]
    context = {
        "section": "referrals",
        "referral": referral,
        "relationship": referral.relationship,
        "partner": referral.relationship.person,
        "told": told,
        "question": QUESTIONS.get(referral.outcome, ""),
        "form": form,
        "asking": form.is_bound or told.debrief is None,
        "shown": shown,
        "times": debriefing.of_that_kind(told.debrief, referral) if told.debrief else 0,
        "ideal_url": _ideal_url(request, referral),
    }
    status = 422 if form.is_bound or typed else 200
    return render(request, "referrals/debrief.html", context, status=status)


def _ideal_url(request: MemberRequest, referral: Referral) -> str:
    """Return the page of the ideal referral that it teaches; empty where that is another’s."""
    if referral.is_given:
        return path_to("referrals:ideal", referral.relationship_id)
    return path_to("referrals:my_ideal") if referral.member_id == request.member.pk else ""


@change
def proposals(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept what is proposed, as edited, or leave it as it is."""
    referral = referral_of(request, pk)
    home = path_to("referrals:debrief", pk)
    if request.method != "POST":
        return SeeOther(home)
    key = key_in(request.POST.get("proposal", ""))
    rows = Proposal.objects.visible_to(request.member).filter(debrief__referral=referral)
    proposal: Proposal = get_object_or_404(rows, pk=-1 if key is None else key)
    match request.POST.get("verb", ""):
        case "accept":
            after, seen = request.POST.get("after", ""), request.POST.get("seen", "")
            try:
                debriefing.accept(request.member, referral, proposal, after=after, seen=seen)
            except Refused as refused:
                told = debriefing.told(referral)
                if proposal not in told.open:
                    raise
                messages.error(request, str(refused))
                form = DebriefForm(referral, told)
                return _page(request, referral, told, form, {proposal.pk: after})
            messages.success(request, f"{heading(proposal.target)}: written as you have it.")
        case "leave":
            debriefing.leave(request.member, referral, proposal)
            messages.success(request, f"{heading(proposal.target)}: left as it is.")
        case _:
            raise Refused("Say whether to write it so, or to leave it as it is.")
    return SeeOther(home)
