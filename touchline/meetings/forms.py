"""The shape of what is typed about one-to-ones."""

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from touchline.core.forms import Form
from touchline.meetings.models import Choice, Kind, Side
from touchline.playbook.playbook import Playbook

if TYPE_CHECKING:
    from touchline.accounts.models import Member

OTHER = "other"
LATEST_YEAR = 2100


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def day_field(label: str, missing: str = "Give a day.", **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=DayInput(),
        error_messages={"required": missing},
        **more,
    )


def time_field(label: str, **more: Any) -> forms.TimeField:
    """Return a field for a time of day."""
    return forms.TimeField(
        label=label,
        widget=TimeInput(),
        error_messages={"required": "Say at what time."},
        **more,
    )


def minutes_field(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    """Return a field for minutes."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        **more,
    )


def moment(on: date, at: time) -> datetime:
    """Return a day and a time of day as a moment in the member's zone."""
    return timezone.make_aware(datetime.combine(on, at))


class WhereForm(Form):
    """Where one meets, and how long it takes."""

    length_minutes = minutes_field("Length in minutes", 5, 480)
    place = forms.CharField(label="Place", max_length=200, required=False)
    video_url = forms.URLField(
        label="Video link",
        max_length=300,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Video link: give its whole address, as https://…"},
    )
    travel_minutes = minutes_field("Travel in minutes, one way", 0, 600, required=False)

    def clean_travel_minutes(self) -> int:
        return self.cleaned_data["travel_minutes"] or 0


class PlanForm(WhereForm):
    """A one-to-one to plan: one of the proposed times, or another."""

    when = forms.CharField(required=False, max_length=20)
    on = day_field("Date", required=False)
    at = time_field("Time", required=False)
    kind = forms.ChoiceField(label="What it is for", choices=Kind.choices)
    asked_by = forms.ChoiceField(
        label="Who asked",
        required=False,
        choices=[(Side.MINE, "I asked"), (Side.THEIRS, "They asked"), ("", "Not said")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, playbook: Playbook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.key, kind.name) for kind in playbook.kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts = proposed(data.get("when", ""))
        if starts is None and not self.errors.keys() & {"on", "at"}:
            on, at = data.get("on"), data.get("at")
            if not on:
                self.add_error("on", "Choose one of the proposed times, or give a date.")
            elif at is None:
                self.add_error("at", "Say at what time.")
            else:
                starts = within_reach(self, on, at)
        data["starts_at"] = starts
        return data


def within_reach(form: forms.Form, on: date, at: time, field: str = "on") -> datetime | None:
    """Return the moment, or note that its year lies too far off for a plan."""
    if on.year > LATEST_YEAR:
        form.add_error(field, "That year is too far ahead. Check the date.")
        return None
    return moment(on, at)


def proposed(value: str) -> datetime | None:
    """Read the value of a proposed time; None for anything else."""
    try:
        naive = datetime.fromisoformat(value)
    except ValueError:
        return None
    if naive.tzinfo is not None or naive.year > LATEST_YEAR:
        return None
    return timezone.make_aware(naive)


class MoveForm(WhereForm):
    """Another time, and where needed another place."""

    on = day_field("Date")
    at = time_field("Time")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("on") and data.get("at") is not None:
            starts = within_reach(self, data["on"], data["at"])
            if starts and starts <= timezone.now():
                self.add_error("on", "That time has gone by. Choose a time to come.")
            data["starts_at"] = starts
        return data


class HeldForm(Form):
    """A coffee already drunk, in a line; what is left blank is taken from the line."""

    line = forms.CharField(
        label="In a line",
        max_length=4000,
        error_messages={
            "required": "There is nothing to enter yet: say in a line when, where and what.",
            "max_length": "A line holds 4,000 letters. Put the rest in a note afterwards.",
        },
    )
    on = day_field("Day", required=False)
    length_minutes = minutes_field("Length in minutes", 5, 480, required=False)


class LineForm(Form):
    """One line taken down."""

    NOTE, FACT, MINE, THEIRS, IDEA, NEXT = "note", "fact", "mine", "theirs", "idea", "next"
    text = forms.CharField(
        max_length=4000,
        error_messages={
            "required": "There is nothing to save yet: write a line first.",
            "max_length": "A line holds 4,000 letters. Split it in two.",
        },
    )
    what = forms.ChoiceField(
        choices=[(key, key) for key in (NOTE, FACT, MINE, THEIRS, IDEA, NEXT)], required=False
    )
    topic = forms.CharField(max_length=40, required=False)
    private = forms.BooleanField(required=False)
    # When it was typed, where it waited for the connection since.
    at = forms.CharField(max_length=40, required=False)

    def clean_at(self) -> datetime | None:
        try:
            at = datetime.fromisoformat(self.cleaned_data["at"])
        except ValueError:
            return None
        return at if at.tzinfo is not None else None


class NoteForm(Form):
    """A note to correct."""

    text = forms.CharField(
        label="What was said",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={"required": "A note needs words. Delete it if it is not wanted."},
    )
    topic = forms.CharField(label="Topic", max_length=40, required=False)
    private = forms.BooleanField(label="Private to you", required=False)


class ActionForm(Form):
    """A promise to correct."""

    text = forms.CharField(
        label="What",
        max_length=300,
        error_messages={
            "required": "Say what was promised.",
            "max_length": "A promise fits in a line of 300 letters. Put the rest in a note.",
        },
    )
    whose = forms.ChoiceField(label="Whose", choices=Side.choices)
    due_on = day_field("By", missing="Say by when.")


class CloseOutForm(Form):
    """What the close-out page asks; see ``touchline.meetings.close_out``."""

    PLANNED, NONE = "planned", "none"
    they_expect = forms.CharField(max_length=2000, required=False)
    we_expect = forms.CharField(max_length=2000, required=False)
    another = forms.CharField(max_length=300, required=False)
    another_whose = forms.ChoiceField(choices=Side.choices, required=False)
    next = forms.CharField(max_length=20, required=False)
    next_on = day_field("Date", required=False)
    next_at = time_field("Time", required=False)
    next_place = forms.CharField(max_length=200, required=False)
    no_next_reason = forms.CharField(max_length=300, required=False)
    went_well = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not sure")], required=False
    )
    choice = forms.ChoiceField(
        choices=Choice.choices,
        error_messages={"required": "Choose what is right for both of you."},
    )
    reason = forms.CharField(max_length=2000, required=False)
    their_view = forms.CharField(max_length=2000, required=False)
    until = day_field("Until", required=False)
    step = forms.ChoiceField(choices=[("yes", "Yes"), ("", "Not yet")], required=False)

    def __init__(self, *args: Any, member: "Member", ahead: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.ahead = member, ahead

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        choice = data.get("choice")
        if choice == Choice.PAUSE and "until" not in self.errors:
            if not data.get("until"):
                self.add_error("until", "Say until when it rests.")
            elif data["until"] <= self.member.today():
                self.add_error("until", "A pause ends on a day that is still to come.")
        if choice == Choice.END and not data.get("reason", "").strip():
            self.add_error("reason", "Say in a line why it ends; it is kept in the history.")
        data["starts_at"] = None
        if choice not in (Choice.PAUSE, Choice.END):
            data["starts_at"] = self._next(data)
        return data

    def _next(self, data: dict[str, Any]) -> datetime | None:
        """Return the next date, or note that neither it nor a reason is given."""
        picked = data.get("next", "")
        starts = proposed(picked)
        if starts is None and picked == OTHER:
            if not data.get("next_on"):
                self.add_error("next_on", "Give the other date, or choose a proposed one.")
            elif data.get("next_at") is None:
                self.add_error("next_at", "Say at what time.")
            else:
                starts = within_reach(self, data["next_on"], data["next_at"], "next_on")
        if starts is not None and starts <= timezone.now():
            self.add_error("next", "That time has gone by. Choose a time to come.")
        unsaid = picked != OTHER and starts is None and not self.ahead
        if unsaid and not data.get("no_next_reason", "").strip():
            self.add_error("next", "Book the next date, or say in a line why there is none yet.")
        return starts
