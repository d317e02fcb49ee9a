"""What people type about a programme; every interval in days, every length in minutes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from touchline.core.forms import Form
from touchline.core.words import every, short_day
from touchline.playbook.playbook import STAGES, Playbook, Tier
from touchline.relationships.cadence import Cadence
from touchline.relationships.load import LONGEST
from touchline.relationships.models import Alignment, Relationship

OWN = "own"


def a_day(**attrs: str) -> forms.DateInput:
    """Return a field for a day as browsers draw it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


def a_number(low: int, high: int) -> forms.NumberInput:
    return forms.NumberInput(attrs={"min": low, "max": high, "inputmode": "numeric"})


def whole(label: str, low: int, high: int, *, required: bool = True, **more: Any) -> Any:
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        required=required,
        widget=a_number(low, high),
        **more,
    )


def words(label: str, longest: int, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return an optional field for words: one line, or ``rows`` that grow."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label,
        max_length=longest,
        required=False,
        widget=widget,
        **more,
    )


def rhythm_words(tier: Tier) -> str:
    """Say a tier's rhythm: *every four weeks, a call every week*."""
    calls = f", a call {every(tier.call_days)}" if tier.call_days else ", no calls between"
    return every(tier.meeting_days) + calls


class RhythmForm(Form):
    """How often: a tier of the playbook, or one's own intervals."""

    rhythm = forms.ChoiceField(
        label="Rhythm", error_messages={"required": "Choose how often you mean to meet."}
    )
    meeting_days = whole("Days between meetings", 1, LONGEST, required=False)
    meeting_tolerance_days = whole("Days’ grace", 0, 400, required=False)
    call_days = whole("Days between calls", 1, 400, required=False)
    anyway = forms.BooleanField(required=False)

    def __init__(self, playbook: Playbook, *args: Any, own: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.playbook = playbook
        self.fields["rhythm"].choices = [  # type: ignore[attr-defined]
            *((tier.key, tier.name) for tier in playbook.tiers),
            *([(OWN, "Your own")] if own else []),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("rhythm") == OWN and not data.get("meeting_days") and not self.errors:
            self.add_error("meeting_days", "Say how many days lie between two meetings.")
        return data

    def rhythm_of(self) -> tuple[Cadence, Cadence | None]:
        """Return the cadences of meetings and of calls that were chosen."""
        data = self.cleaned_data
        if data["rhythm"] != OWN:
            return cadences(next(t for t in self.playbook.tiers if t.key == data["rhythm"]))
        return own_cadences(
            data["meeting_days"], data.get("meeting_tolerance_days"), data.get("call_days")
        )


def own_cadences(
    meeting_days: int, tolerance_days: int | None, call_days: int | None
) -> tuple[Cadence, Cadence | None]:
    """Return one's own cadences; a grace not said is a third of the interval."""
    if tolerance_days is None:
        tolerance_days = min(400, max(1, meeting_days // 3))
    calls = Cadence(call_days, min(200, max(1, call_days // 2))) if call_days else None
    return Cadence(meeting_days, tolerance_days), calls


def cadences(tier: Tier) -> tuple[Cadence, Cadence | None]:
    """Return the cadences of a tier."""
    calls = Cadence(tier.call_days, tier.call_tolerance_days) if tier.call_days else None
    return Cadence(tier.meeting_days, tier.meeting_tolerance_days), calls


def tier_of(playbook: Playbook, relationship: Relationship) -> str:
    """Return the key of the tier a relationship keeps to, or OWN."""
    for tier in playbook.tiers:
        if (tier.meeting_days, tier.meeting_tolerance_days, tier.call_days) == (
            relationship.meeting_days,
            relationship.meeting_tolerance_days,
            relationship.call_days,
        ):
            return tier.key
    return OWN


class HeldBefore(Form):
    """How far one is with somebody already known (M1)."""

    held_before = whole("Held before", 0, 999, required=False)
    last_on = forms.DateField(label="The last one on", required=False, widget=a_day())
    stage = forms.ChoiceField(label="Stage", required=False)

    def __init__(
        self, playbook: Playbook, today: date, *args: Any, name: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.playbook, self.today, self.name = playbook, today, name
        self.fields["last_on"].widget.attrs["max"] = today.isoformat()
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            ("", "As far as those held before allow"),
            *((stage.key, stage.name) for stage in playbook.stages),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        held, last_on = data.get("held_before") or 0, data.get("last_on")
        if last_on and last_on > self.today:
            self.add_error("last_on", "The last one held can’t be in the future.")
        elif held and not last_on and "last_on" not in self.errors:
            self.add_error("last_on", "Say roughly when the last one was.")
        elif last_on and not held and "held_before" not in self.errors:
            self.add_error("held_before", "Say how many you have held; one is enough.")
        stage = data.get("stage")
        if stage and "held_before" not in self.errors:
            needed = self.playbook.stage(stage).minimum_meetings
            if held < needed:
                self.add_error(
                    "stage",
                    f"{self.playbook.stage(stage).name} takes {needed} one-to-ones that took "
                    f"place, and you have entered {held}.",
                )
        data["held_before"] = held
        data["stage"] = stage or furthest(self.playbook, held)
        return data


class BeginForm(HeldBefore):
    """One of several to begin with: how far one is, and a rhythm of their own."""

    rhythm = forms.ChoiceField(label="Rhythm", required=False)

    def __init__(self, *args: Any, tiers: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].choices = list(tiers)  # type: ignore[attr-defined]
        self.fields["rhythm"].widget.attrs["class"] = "weighs"


def furthest(playbook: Playbook, held_before: int) -> str:
    """Return the furthest stage that one-to-ones held before allow, short of the last.

    The step to partner is always chosen, never assumed (M1).
    """
    reached = [stage.key for stage in playbook.stages[:-1] if stage.minimum_meetings <= held_before]
    return max(reached, key=STAGES.index, default=STAGES[0])


class AboutForm(Form):
    """What a programme is like: place, length, travel, why, and what each side expects."""

    why = words("Why with them", 300)
    alignment = forms.ChoiceField(
        label="Alignment", choices=Alignment.choices, required=False, widget=forms.RadioSelect
    )
    alignment_reasons = words("What makes you think so", 2000, rows=1)
    place = words("Where you usually meet", 200)
    length_minutes = whole("Length, minutes", 5, 480)
    travel_minutes = whole("Travel each way, minutes", 0, 600)
    they_expect = words("They expect of you", 2000, rows=2)
    we_expect = words("You expect of them", 2000, rows=2)
    notes = words("Notes", 20_000, rows=2)

    def clean_why(self) -> str:
        return " ".join(str(self.cleaned_data["why"]).split())


class CallForm(Form):
    """A call, as its line was understood and corrected."""

    line = words("What was said, in a line", 2000)
    on = forms.DateField(label="On", required=False, widget=a_day())
    minutes = whole("Minutes", 1, 480, required=False)
    again_on = forms.DateField(label="Speak again on", required=False, widget=a_day())


def held_before_words(relationship: Relationship, today: date) -> str:
    """Say what came before the software: *held 4 before, the last on 12 March*."""
    if not relationship.held_before:
        return ""
    last = relationship.held_before_last_on
    return f"held {relationship.held_before} before" + (
        f", the last on {short_day(last, today)}" if last else ""
    )
