"""The shapes of what a partner types on their page."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from touchline.core.forms import Form
from touchline.sheets.models import Answer

# How far ahead somebody may suggest another time.
FURTHEST = timedelta(days=366)
TIMES = ("first", "second", "third")

# What came of an introduction, in words that go before their own; none of them is a step.
CAME = {
    "spoke": "We have spoken.",
    "met": "We have met.",
    "work": "It became work.",
    "nothing": "Nothing has come of it so far.",
}


class TimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def _time(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=TimeInput(),
        error_messages={"invalid": f"{label}: give a day and a time, as 2026-12-10 14:30."},
    )


def _line(label: str, letters: int, missing: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=letters,
        required=bool(missing),
        widget=forms.Textarea({"rows": 1}),
        error_messages={"required": missing} if missing else None,
        **more,
    )


class AnswerForm(Form):
    """Whether the next one-to-one suits them: which one they saw, and in which version."""

    one = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)
    sequence = forms.IntegerField(min_value=0, max_value=2**30, widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=Answer.choices)
    first = _time("A time that suits you")
    second = _time("Another")
    third = _time("And another")
    text = _line("A line with it", 500)

    @property
    def times(self) -> list[forms.BoundField]:
        """The fields for another time."""
        return [self[name] for name in TIMES]

    @property
    def empty_text(self) -> forms.BoundField:
        """The line of an answer that they did not give."""
        return AnswerForm()["text"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        times: list[datetime] = []
        if cleaned.get("answer") == Answer.OTHER:
            now = timezone.now()
            for name in TIMES:
                at = cleaned.get(name)
                if at is not None and at <= now:
                    self.add_error(name, "That time has passed. Give one that is still to come.")
                elif at is not None and at > now + FURTHEST:
                    self.add_error(name, "That is more than a year ahead. Check the year.")
                elif at is not None and at not in times:
                    times.append(at)
            if not times and not cleaned.get("text") and not self.errors:
                self.add_error("first", "Give at least one time, or say in a line when it suits.")
        cleaned["times"] = times
        return cleaned


class AgendaForm(Form):
    text = _line("Something you would like to talk about", 300, "Write it in a line.")


class FeedbackForm(Form):
    """What came of an introduction: a choice, a line, or both."""

    came = forms.ChoiceField(choices=CAME, required=False)
    text = _line("In your words", 1000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        parts = [CAME.get(cleaned.get("came", ""), ""), cleaned.get("text", "")]
        cleaned["said"] = " ".join(part for part in parts if part)
        if not cleaned["said"] and not self.errors:
            self.add_error("text", "Choose what came of it, or write a line.")
        return cleaned


class GoingForm(Form):
    text = _line("How is it going for you?", 1000, "Write a line.")
