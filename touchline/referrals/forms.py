"""The shape of what is typed about a referral."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q

from touchline.core.forms import Form
from touchline.core.money import Money
from touchline.meetings.forms import day_field
from touchline.people.models import Company
from touchline.referrals.models import HEATS, Direction, How, Referral, State, Third
from touchline.referrals.money_field import MoneyField
from touchline.referrals.prospect_field import ProspectField
from touchline.referrals.prospects import Somebody
from touchline.referrals.states import OUTCOMES
from touchline.referrals.twice import passed_already
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member

EARLIEST = date(1950, 1, 1)
HEAT_CHOICES = [("", "Not said"), *((str(key), f"{key}: {said}") for key, said in HEATS.items())]


def been(on: date | None, today: date) -> date | None:
    """Return a day that has been, or say what is wrong with it."""
    if on and on > today:
        raise forms.ValidationError("That day is still to come. Give the day that it was.")
    if on and on < EARLIEST:
        raise forms.ValidationError("That is too long ago. Check the year.")
    return on


class StepForm(Form):
    """One step: what happened, on which day, and what goes with it."""

    step = forms.CharField(
        max_length=20,
        error_messages={"required": "Say what happened: choose one of those offered."},
    )
    on = day_field("On", missing="Give the day that it was.")
    how = forms.ChoiceField(label="How", choices=How.choices, required=False)
    value = MoneyField("What it is worth")
    said = forms.CharField(label="In a line", max_length=300, required=False)
    heat = forms.TypedChoiceField(
        label="How warm", choices=HEAT_CHOICES, coerce=int, empty_value=None, required=False
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, member: "Member", referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = member.today()
        money: Any = self.fields["value"]
        money.spoken_in(member.workspace.country, referral.currency)

    def clean_on(self) -> date | None:
        return been(self.cleaned_data["on"], self.today)


class GoingBackForm(Form):
    """Taking the last step back."""

    reason = forms.CharField(
        label="Why, in a line",
        max_length=300,
        error_messages={
            "required": "Say in a line why it goes back; it is kept with the referral."
        },
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AboutForm(Form):
    """Who is introduced and what they need: asked of a new one, of history and of a correction.

    ``anyway`` is asked for where the same prospect has gone to a partner for the same already,
    ``elsewhere`` says that it was another one.
    """

    person = ProspectField("Who", help_text="One of your people by name, or somebody new.")
    company = forms.CharField(label="Company", max_length=200, required=False)
    need = forms.CharField(
        label="What they need, in a sentence",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 1}),
        error_messages={
            "required": "Say in a sentence what the prospect needs.",
            "max_length": "A need fits in a sentence of 300 letters. Put the rest in a note.",
        },
    )
    stated_on = day_field("Said on", required=False)
    stated_where = forms.CharField(
        label="Where, or to whom",
        max_length=120,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )
    third = forms.ModelChoiceField(
        label="Another partner takes part",
        queryset=Relationship.objects.none(),
        required=False,
        empty_label="Nobody else",
    )
    third_is = forms.ChoiceField(
        label="What they do in it", choices=[("", "Not said"), *Third.choices[1:]], required=False
    )
    anyway = forms.BooleanField(label="Yes, anyway", required=False)

    def __init__(self, *args: Any, member: "Member", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.today = member, member.today()
        self.already: list[Referral] = []
        self.elsewhere = False
        person: Any = self.fields["person"]
        person.member = member
        third: Any = self.fields["third"]
        third.queryset = partners_of(member)
        third.label_from_instance = called

    def clean_stated_on(self) -> date | None:
        return been(self.cleaned_data["stated_on"], self.today)

    def clean_stated_where(self) -> str:
        return " ".join(str(self.cleaned_data["stated_where"]).split())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("third") and not data.get("third_is"):
            self.add_error("third_is", "Say what the other partner does in it.")
        if not data.get("third"):
            data["third_is"] = ""
        if data.get("third") and data.get("third_is") == Third.INTRODUCER:
            somebody = data.get("person")
            if somebody and somebody.person and somebody.person.pk == data["third"].person_id:
                self.add_error("third", "The prospect can’t make the introduction as well.")
        return data

    def weigh(
        self, relationship: Relationship, company: Company | None, besides: int | None = None
    ) -> bool:
        """Say whether it may be kept: the prospect went to nobody for it yet, or *anyway*."""
        data = self.cleaned_data
        somebody: Somebody | None = data["person"]
        if somebody and somebody.person is None:
            return True
        self.already = passed_already(
            self.member,
            data["need"],
            person=somebody.person if somebody else None,
            company=company,
            besides=besides,
        )
        self.elsewhere = any(one.relationship_id != relationship.pk for one in self.already)
        return not self.already or data["anyway"]


class NewForm(AboutForm):
    """A referral to begin, as an idea or already received."""

    direction = forms.ChoiceField(
        label="Which way",
        choices=[(Direction.GIVEN, "I give it"), (Direction.RECEIVED, "I receive it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you give it or receive it."},
    )
    partner = forms.ModelChoiceField(
        label="Partner",
        queryset=Relationship.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose the partner it goes to or comes from."},
    )
    on = day_field("Day", missing="Give the day that it was.")
    received = forms.BooleanField(label="They have introduced us already", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partner: Any = self.fields["partner"]
        partner.queryset = partners_of(self.member)
        partner.label_from_instance = called

    def clean_on(self) -> date | None:
        return been(self.cleaned_data["on"], self.today)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("third") and data["third"] == data.get("partner"):
            self.add_error("third", "A third partner is somebody else than the partner.")
        return data


class HistoryForm(NewForm):
    """A referral of before: the days that are known, and what came of it."""

    DAYS = (State.INTRODUCED, State.CONTACTED, State.MET, State.QUOTED)
    on = None  # type: ignore[assignment]
    received = None  # type: ignore[assignment]
    introduced = day_field("Introduced", missing="Give the day on which they were introduced.")
    contacted = day_field("Contacted", required=False)
    met = day_field("Met", required=False)
    quoted = day_field("Quoted", required=False)
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=[("", "Nothing yet"), *((one, State(one).label) for one in OUTCOMES)],
        required=False,
    )
    outcome_on = day_field("Since when", required=False)
    thanked = day_field("Thanked", required=False)
    value = MoneyField("What it was worth")
    became = forms.CharField(label="What it became", max_length=300, required=False)
    heat = forms.TypedChoiceField(
        label="How warm", choices=HEAT_CHOICES, coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        money: Any = self.fields["value"]
        money.spoken_in(self.member.workspace.country)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name in (*self.DAYS, "outcome_on", "thanked"):
            try:
                been(data.get(name), self.today)
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        if data.get("outcome") and not data.get("outcome_on") and "outcome_on" not in self.errors:
            self.add_error("outcome_on", "Give the day, or the nearest you know.")
        if data.get("outcome_on") and not data.get("outcome"):
            self.add_error("outcome", "Say what came of it on that day.")
        return data

    def days(self) -> dict[State, date]:
        """Return the days that were given, by state."""
        data = self.cleaned_data
        found = {state: data[state] for state in self.DAYS if data.get(state)}
        if data.get("outcome"):
            found[State(data["outcome"])] = data["outcome_on"]
        if data.get("thanked"):
            found[State.THANKED] = data["thanked"]
        return found


def money_of(referral: Referral) -> Money | None:
    """Return what a referral is worth; None where that is not known."""
    if referral.value_minor is None:
        return None
    return Money(referral.value_minor, referral.currency)


def partners_of(member: "Member", besides: int | None = None) -> Any:
    """Return those whom a referral may go to or come from, by name, and ``besides``.

    That is one who takes part already, and is deleted meanwhile.
    """
    there = Relationship.objects.visible_to(member)
    if besides is not None:
        own = Relationship.objects.filter(workspace_id=member.workspace_id)
        there = own.filter(Q(pk__in=there.values("pk")) | Q(pk=besides))
    return there.select_related("person").order_by("person__sort_key", "pk")


def called(relationship: Relationship) -> str:
    """Return what a partner is called in a list to choose from."""
    return str(relationship.person.name)
