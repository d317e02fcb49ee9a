"""The form in which one of us decides on an answer of theirs."""

from typing import Any

from django import forms

from touchline.core.forms import Form
from touchline.core.words import clipped
from touchline.meetings.fact_form import EARLIEST_YEAR, Grouped, choices, place
from touchline.meetings.forms import LATEST_YEAR, day_field
from touchline.meetings.knowing.days import BIRTHDAY
from touchline.playbook.playbook import Playbook
from touchline.sheets.theirs.settling import Choice, Proposed
from touchline.sheets.theirs.weighing import Stands, Way

# What is known stands whole beside the answer; a choice only names it.
NAMED = 40


class AnswerForm(Form):
    """What becomes of one answer, where it goes, and which day it is about."""

    way = forms.ChoiceField(
        label="What becomes of it",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of this answer."},
    )
    place = forms.ChoiceField(label="Where it goes", widget=Grouped)
    dated_on = day_field("Day it is about", required=False)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, playbook: Playbook, found: Proposed, data: Any = None) -> None:
        answer, weighed = found.answer, found.weighed
        super().__init__(
            data,
            prefix=f"a{answer.pk}",
            initial={
                "way": weighed.value,
                "place": place(answer.topic, answer.slot),
                "dated_on": found.dated_on,
                "seen": found.seen,
            },
        )
        self.found, self.ways = found, _ways(found)
        self.fields["way"].choices = self.ways  # type: ignore[attr-defined]
        self.topic = playbook.topic_name(answer.topic)
        self.slot = _slot_name(playbook, answer.topic, answer.slot)
        if answer.is_taken_back:
            # It goes nowhere, and is about no day.
            self._places = {"": answer.of}
            del self.fields["place"], self.fields["dated_on"]
            return
        offered = choices(playbook)
        self._places = {
            place(topic.key, slot): (topic.key, slot)
            for topic in playbook.topics
            for slot in ("", *(one.key for one in topic.slots))
        }
        here = place(answer.topic, answer.slot)
        if here not in self._places:
            # The playbook has it no more; it may go there all the same.
            self._places[here] = (answer.topic, answer.slot)
            offered = (*offered, (here, self.topic))
        self.fields["place"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        dated_on = data.get("dated_on")
        if dated_on and not EARLIEST_YEAR <= dated_on.year <= LATEST_YEAR:
            self.add_error("dated_on", "That year is too far off. Check the date.")
        return data

    @property
    def is_birthday(self) -> bool:
        return self.found.answer.slot == BIRTHDAY

    def chosen(self) -> Choice:
        """Return what was chosen, once the form is valid."""
        data = self.cleaned_data
        way, _, fact = data["way"].partition(":")
        topic, slot = self._places[data.get("place", "")]
        return Choice(
            answer=self.found.answer.pk,
            seen=data["seen"],
            way=Way(way),
            topic=topic,
            slot=slot,
            fact=int(fact) if fact else None,
            dated_on=data.get("dated_on"),
        )


def _slot_name(playbook: Playbook, topic_key: str, slot_key: str) -> str:
    topic = playbook.topic(topic_key)
    slots = topic.slots if topic else ()
    return next((slot.name for slot in slots if slot.key == slot_key), "")


def _ways(found: Proposed) -> list[tuple[str, str]]:
    """Return what can become of an answer, in the order of the page."""
    weighed = found.weighed
    if weighed.stands == Stands.GONE:
        away = [(weighed.value, "Take it away")] if weighed.beside else []
        return [*away, (str(Way.LEAVE), "Keep it" if away else "Noted")]
    if weighed.stands == Stands.SAME:
        ways = [(weighed.value, "Still so")]
    elif weighed.stands == Stands.NEW:
        ways = [(str(Way.TAKE), "Keep it")]
    else:
        several = len(weighed.beside) > 1
        ways = [
            (f"{Way.INSTEAD}:{one.pk}", _instead(one.text) if several else "Keep it instead")
            for one in weighed.beside
        ]
        ways.append((str(Way.TAKE), "Keep both"))
    return [*ways, (str(Way.LEAVE), "Leave it"), (str(Way.LATER), "Later")]


def _instead(text: str) -> str:
    return f"Keep it instead of “{clipped(text, NAMED)}”"
