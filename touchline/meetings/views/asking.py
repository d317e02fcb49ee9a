"""What to ask: preparing a one-to-one, answering a question, and the questions of one person."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change, only_a_form
from touchline.core.forms import Form
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.core.words import ordinal
from touchline.meetings.asking import answering, own
from touchline.meetings.asking.choosing import situation
from touchline.meetings.asking.listing import listing
from touchline.meetings.asking.material import material
from touchline.meetings.fact_form import Grouped, choices, place
from touchline.meetings.models import AgendaItem, OneToOne, Outcome, Side, State
from touchline.meetings.views.reaching import one_to_one_of, shared, short_name
from touchline.playbook.choosing import arrange
from touchline.playbook.forms import fillings, memories
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook
from touchline.playbook.prompts import LONGEST_PROMPT, Memory, Prompt
from touchline.relationships.models import Relationship
from touchline.relationships.views.reaching import relationship_of

# Of all that could be asked as well, so many are offered; the page of questions has the rest.
OTHERS = 24
NEVER = {
    Outcome.NOT_HERE: "It is not asked of {first} any more.",
    Outcome.NEVER: "You never ask it again, of anybody.",
}


class WordingForm(Form):
    """A question of one relationship: its words, what it asks for, and when."""

    text = forms.CharField(
        label="The question, as you would say it",
        max_length=LONGEST_PROMPT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the question first."},
    )
    topic = forms.ChoiceField(
        label="It asks for",
        widget=Grouped,
        error_messages={"required": "Say which topic the question is on."},
    )
    memory = forms.ChoiceField(label="Ask it")

    def __init__(self, playbook: Playbook, data: Any, prompt: Prompt | None = None) -> None:
        memory = prompt.memory if prompt else Memory("once")
        initial = {"memory": str(memory)}
        if prompt:
            initial |= {"text": prompt.text, "topic": place(prompt.topic, prompt.slot)}
        super().__init__(data, initial=initial)
        self.fields["topic"].choices = choices(playbook)  # type: ignore[attr-defined]
        self.fields["memory"].choices = memories(memory)  # type: ignore[attr-defined]

    def typed(self) -> dict[str, str]:
        """Return what was typed, as ``own.add`` takes it."""
        topic, _, slot = self.cleaned_data["topic"].partition("/")
        given = self.cleaned_data
        return {"topic": topic, "slot": slot, "text": given["text"], "memory": given["memory"]}

    def kept(self, keep: Callable[..., object]) -> bool:
        """Keep what was typed; whatever is turned down stands at the question, as typed."""
        if not self.is_valid():
            return False
        try:
            keep(**self.typed())
        except Refused as refused:
            self.add_error("text", str(refused))
        return not self.errors


def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    """Prepare a one-to-one: what to ask, and what either side wants to cover."""
    one = one_to_one_of(request, pk)
    if one.state not in (State.PLANNED, State.UNDER_WAY):
        return render(request, "meetings/prepare.html", {**shared(one), "over": True})
    member = request.member
    found = material(one.relationship, member, one, today=member.today())
    choice = arrange(situation(found))
    items = list(
        AgendaItem.objects.visible_to(member).filter(
            relationship=one.relationship, covered_in=None, dropped=False
        )
    )
    mine = [item for item in items if item.side == Side.MINE]
    theirs = [item for item in items if item.side == Side.THEIRS]
    page = {
        **shared(one),
        "one_to_one": one,
        "which": ordinal(found.position),
        "kind": found.kind,
        "chosen": choice.chosen,
        "others": choice.others[:OTHERS],
        "more": max(0, len(choice.others) - OTHERS),
        "mine": mine,
        "sides": [(mine, "What you want"), (theirs, f"What {one.relationship.person.first} wants")],
    }
    return render(request, "meetings/prepare.html", page)


@change
def prompt_answers(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep what became of a question: answered, not now, or never."""
    relationship = relationship_of(request, pk)
    home = back(request, reverse("meetings:prompts", args=[pk]))
    if request.method != "POST":
        return SeeOther(home)
    member = request.member
    outcome = request.POST.get("outcome", "")
    answering.answer(
        relationship,
        member,
        prompt=request.POST.get("prompt", ""),
        about=request.POST.get("about", ""),
        outcome=outcome,
        on=member.today(),
        one_to_one=_meeting_in(request, relationship),
        text=request.POST.get("text", ""),
    )
    if outcome in NEVER:
        said = NEVER[Outcome(outcome)].format(first=relationship.person.first)
        messages.success(request, f"{said} You can bring it back among the questions.")
    return SeeOther(home)


def _meeting_in(request: MemberRequest, relationship: Relationship) -> OneToOne | None:
    written = request.POST.get("one_to_one", "")
    if not written:
        return None
    ours = OneToOne.objects.visible_to(request.member).filter(relationship=relationship)
    found: OneToOne = get_object_or_404(ours, pk=key_in(written))
    return found


@change
def prompts(request: MemberRequest, pk: int) -> HttpResponse:
    """Show every question of one person with its memory; add one that is for them alone."""
    relationship = relationship_of(request, pk)
    form = WordingForm(of(request.member.workspace), request.POST or None)
    if request.method == "POST" and form.kept(partial(own.add, relationship, request.member)):
        messages.success(request, "The question is among theirs.")
        return SeeOther(reverse("meetings:prompts", args=[pk]))
    topics = listing(relationship, request.member, request.member.today())
    every = [one for topic in topics for one in topic.prompts]
    page = {
        **_about(relationship),
        "form": form,
        "fillings": fillings(),
        "topics": topics,
        "theirs": [one for one in every if one.own or one.reworded],
        "silenced": [one for one in every if one.silenced],
    }
    return render(request, "meetings/prompts.html", page, status=_status(request))


@only_a_form
def prompt_wording(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a question say something else to one person."""
    relationship = relationship_of(request, pk)
    home = reverse("meetings:prompts", args=[pk])
    key = request.POST.get("prompt") or request.GET.get("prompt", "")
    try:
        prompt = own.the_prompt(relationship, request.member, key)
    except Refused:
        if request.method == "POST":
            raise
        return SeeOther(home)
    playbook = of(request.member.workspace)
    form = WordingForm(playbook, request.POST if request.method == "POST" else None, prompt)
    if request.method == "POST" and form.kept(
        partial(own.reword, relationship, request.member, key)
    ):
        messages.success(request, "The question says so from now on.")
        return SeeOther(home)
    shipped = playbook.prompt(key)
    page = {
        **_about(relationship),
        "form": form,
        "fillings": fillings(),
        "prompt": prompt,
        "home": home,
        "in_playbook": shipped is not None,
        "as_playbook": shipped == prompt,
    }
    return render(request, "meetings/prompt_wording.html", page, status=_status(request))


@change
def prompt_removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an own question away, or other words for one of the playbook's."""
    relationship = relationship_of(request, pk)
    if request.method == "POST":
        own.take_away(relationship, request.member, request.POST.get("prompt", ""))
        messages.success(request, "Gone. What was answered stays.")
    return SeeOther(reverse("meetings:prompts", args=[pk]))


@change
def prompt_return(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget what became of a question, so that it can be asked again."""
    relationship = relationship_of(request, pk)
    if request.method == "POST":
        answering.ask_again(relationship, request.member, request.POST.get("prompt", ""))
        messages.success(request, "It can be asked again.")
    return SeeOther(reverse("meetings:prompts", args=[pk]))


def _about(relationship: Relationship) -> dict[str, Any]:
    return {
        "section": "partners",
        "relationship": relationship,
        "person": relationship.person,
        "short_name": short_name(relationship.person),
    }


def _status(request: MemberRequest) -> int:
    return 422 if request.method == "POST" else 200
