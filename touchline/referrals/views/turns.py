"""Other help than referrals: kept in a line, corrected, taken away."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.core.forms import Form
from touchline.core.paths import path_to
from touchline.meetings.forms import day_field
from touchline.referrals.forms import been
from touchline.referrals.models import Direction, Help
from touchline.relationships.models import Relationship
from touchline.relationships.views.reaching import relationship_of


class HelpForm(Form):
    """A good turn in a line."""

    direction = forms.ChoiceField(
        label="Who helped",
        choices=Direction.choices,
        error_messages={
            "required": "Say who helped whom.",
            "invalid_choice": "Say who helped whom.",
        },
    )
    text = forms.CharField(
        label="What it was",
        max_length=300,
        error_messages={
            "required": "Say in a line what it was: a club, some advice, a speaker’s slot.",
            "max_length": "That is more than a line. Keep it under 300 characters.",
        },
    )
    on = day_field("On", missing="Give the day that it was.")

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.today = today

    def clean_on(self) -> date | None:
        return been(self.cleaned_data["on"], self.today)


def _turn_of(request: MemberRequest, pk: int) -> Help:
    there = Help.objects.visible_to(request.member).select_related("relationship__person")
    found: Help = get_object_or_404(there, pk=pk)
    return found


def _home(pk: int) -> str:
    return path_to("referrals:balance", pk)


@change
def help_(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep a good turn in a line."""
    relationship = relationship_of(request, pk)
    if request.method != "POST":
        return redirect(_home(relationship.pk))
    form = HelpForm(request.POST, today=request.member.today())
    if not form.is_valid():
        return _asked_again(request, form, relationship)
    Help.keep(request.member, relationship, **form.cleaned_data)
    messages.success(request, "Kept. It counts beside the referrals.")
    return SeeOther(back(request, _home(relationship.pk)))


@only_a_form
def help_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct a line of other help."""
    turn = _turn_of(request, pk)
    posted = request.POST if request.method == "POST" else None
    now = {"direction": turn.direction, "text": turn.text, "on": turn.on}
    form = HelpForm(posted, today=request.member.today(), initial=now)
    if posted is not None and form.is_valid():
        turn.change(request.member, **form.cleaned_data)
        messages.success(request, "Corrected.")
        return SeeOther(_home(turn.relationship_id))
    return _asked_again(request, form, turn.relationship, turn)


def _asked_again(
    request: MemberRequest, form: HelpForm, relationship: Relationship, turn: Help | None = None
) -> HttpResponse:
    """Show the line to write or to correct, with what is wrong with it once it was posted."""
    context = {
        "section": "referrals",
        "turn": turn,
        "relationship": relationship,
        "person": relationship.person,
        "form": form,
        "home": back(request, _home(relationship.pk)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "referrals/help_edit.html", context, status=status)


@change
def help_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a line of other help away."""
    turn = _turn_of(request, pk)
    home = _home(turn.relationship_id)
    if request.method == "POST":
        turn.remove(request.member)
        messages.success(request, "Taken away. It counts no more.")
        return SeeOther(home)
    return redirect("referrals:help_edit", pk)
