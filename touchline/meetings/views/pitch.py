"""The pitch card: read, written, filled from what is known, tried out, printed (M16)."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.forms import Form
from touchline.core.keys import key_in
from touchline.core.pdf import pdf
from touchline.core.refusal import Refused
from touchline.core.words import short_day
from touchline.meetings.forms import day_field
from touchline.meetings.models import Fact, OneToOne, PitchCard, State
from touchline.meetings.models.pitch_cards import PARTS as LONGEST
from touchline.meetings.pitching import BY_KEY, PARTS, Part, Told, data, offers
from touchline.meetings.views.sending import as_pdf
from touchline.relationships.models import Relationship
from touchline.relationships.views.reaching import relationship_of

TEMPLATE = "meetings/typst/pitch_card.typ"


@dataclass(frozen=True, slots=True)
class Shown:
    """A part on the page: what it says, line by line, and what could be taken over into it."""

    part: Part
    lines: list[str]
    offers: tuple[Told, ...]


class CardForm(Form):
    """The parts of a card, and the edition that was on the screen."""

    seen = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, card: PitchCard, posted: dict[str, str] | None = None) -> None:
        super().__init__(posted, initial={**card.words, "seen": card.edition})
        for part in PARTS:
            lines = 2 if part.key == "sentence" else 4
            self.fields[part.key] = forms.CharField(
                label=part.heading,
                required=False,
                max_length=LONGEST[part.key],
                widget=forms.Textarea(attrs={"rows": lines}),
            )

    def parts(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields of the parts with their hints."""
        return [(self[part.key], part.hint) for part in PARTS]


class TriedForm(Form):
    """A day on which they heard or approved the words on the screen."""

    seen = forms.CharField()
    on = day_field("The day", "Give the day that it was.")


def _card_of(request: MemberRequest, pk: int) -> PitchCard:
    """Return the card of a relationship that the member may see, not stored yet if it has none."""
    relationship = relationship_of(request, pk)
    card: PitchCard | None = (
        PitchCard.objects.visible_to(request.member).filter(relationship=relationship).first()
    )
    card = card or PitchCard(workspace_id=relationship.workspace_id)
    card.relationship = relationship
    return card


def _told(request: MemberRequest, relationship: Relationship) -> list[Told]:
    facts = Fact.objects.visible_to(request.member).current().filter(person=relationship.person_id)
    topics = {topic for part in PARTS for topic, _ in part.sources}
    rows = facts.filter(topic__in=topics).order_by("-on", "-pk")
    return [Told(*row) for row in rows.values_list("pk", "topic", "slot", "text")]


def standing(card: PitchCard, today: date) -> str:
    """Say whether they heard and approved it, and when."""
    who = card.relationship.person.first
    if card.approved_on and card.heard_on:
        apart = card.heard_on != card.approved_on
        heard = f"Heard on {short_day(card.heard_on, today)} and" if apart else "Heard and"
        return f"{heard} approved by {who} on {short_day(card.approved_on, today)}."
    if card.heard_on:
        return f"{who} heard it on {short_day(card.heard_on, today)}, and has not approved it yet."
    return f"Not tried out on {who} yet."


def pitch_card(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the card, what could be taken over into it, and whether they approved it."""
    return _page(request, _card_of(request, pk))


def _page(request: MemberRequest, card: PitchCard, tried: TriedForm | None = None) -> HttpResponse:
    relationship, today = card.relationship, request.member.today()
    found = offers(card.words, _told(request, relationship), LONGEST)
    if not request.member.may_change:
        found = {}
    context = {
        "section": "partners",
        "relationship": relationship,
        "person": relationship.person,
        "card": card,
        "empty": not any(card.words.values()),
        "sentence": Shown(PARTS[0], card.sentence.splitlines(), found.get("sentence", ())),
        "parts": [
            Shown(part, card.words[part.key].splitlines(), found.get(part.key, ()))
            for part in PARTS[1:]
        ],
        "standing": standing(card, today),
        # A browser cannot measure before it prints: beyond some thirty lines it prints smaller.
        "dense": sum(
            1 + len(line) // 70 for text in card.words.values() for line in text.splitlines()
        )
        > 30,
        "tried": tried,
        "today": today,
    }
    status = 422 if tried else 200
    return render(request, "meetings/pitch_card.html", context, status=status)


@only_a_form
def pitch_card_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the card."""
    card = _card_of(request, pk)
    form = CardForm(card, request.POST.dict() if request.method == "POST" else None)
    late = False
    if form.is_bound and form.is_valid():
        words = {part.key: form.cleaned_data[part.key] for part in PARTS}
        if form.cleaned_data["seen"] == card.edition:
            card.write(request.member, seen=card.edition, **words)
            return SeeOther(card.get_absolute_url())
        # Somebody wrote meanwhile: both are shown, and what is saved next is decided on.
        late = True
        form.data["seen"] = card.edition  # type: ignore[index]
    context = {
        "section": "partners",
        "person": card.relationship.person,
        "card": card,
        "form": form,
        "late": late,
        "theirs": [(part.heading, card.words[part.key]) for part in PARTS],
    }
    return render(
        request, "meetings/pitch_card_edit.html", context, status=422 if form.is_bound else 200
    )


@change
def pitch_card_offers(request: MemberRequest, pk: int) -> HttpResponse:
    """Take what is known over into a part."""
    card = _card_of(request, pk)
    if request.method == "POST":
        part = request.POST.get("part", "")
        if part not in BY_KEY:
            raise Refused("Choose a part of the card to put it in.")
        key = key_in(request.POST.get("fact", ""))
        if key is None:
            raise Http404
        facts = Fact.objects.visible_to(request.member).filter(person=card.relationship.person_id)
        fact = get_object_or_404(facts, pk=key)
        card.take_over(request.member, part, fact.text, seen=request.POST.get("seen", ""))
    return SeeOther(card.get_absolute_url())


@change
def pitch_card_hearing(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that they heard it."""
    return _tried(request, pk, "hear")


@change
def pitch_card_approval(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that they approved it."""
    return _tried(request, pk, "approve")


def _tried(request: MemberRequest, pk: int, verb: str) -> HttpResponse:
    card = _card_of(request, pk)
    if request.method != "POST":
        return SeeOther(card.get_absolute_url())
    form = TriedForm(request.POST)
    if not form.is_valid():
        return _page(request, card, form)
    member = request.member
    given = {**form.cleaned_data, "today": member.today()}
    if verb == "approve":
        card.approve(member, **given)
    else:
        card.hear(member, **given, one_to_one=_meeting_on(card, member.today(), given["on"]))
    messages.success(request, standing(card, member.today()))
    return SeeOther(card.get_absolute_url())


def _meeting_on(card: PitchCard, today: date, on: date) -> OneToOne | None:
    """Return the one-to-one that is under way, where it was heard today."""
    if on != today:
        return None
    found: OneToOne | None = card.relationship.one_to_ones.filter(state=State.UNDER_WAY).first()
    return found


def pitch_card_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Send the card as a PDF."""
    card = _card_of(request, pk)
    person = card.relationship.person
    filled = data(person.name, person.what, card.words, standing(card, request.member.today()))
    return as_pdf(pdf(TEMPLATE, filled), f"Pitch card {person.name}")
