"""What people type about the playbook."""

from dataclasses import asdict
from typing import Any, cast

from django import forms

from touchline.core.forms import Form, FormSet
from touchline.playbook import clocks
from touchline.playbook.clocks import Clocks
from touchline.playbook.editing import Named, TypedQuestion
from touchline.playbook.playbook import Kind, Playbook, Topic
from touchline.playbook.prompts import (
    EVENTS,
    FILLED_BY,
    LONGEST_PROMPT,
    MOST_MONTHS,
    Memory,
    Prompt,
)

# After how many months one may ask again; a memory that is none of these is offered as well.
MONTHS = (1, 2, 3, 4, 6, 9, 12, 18, 24, 36)


class KindForm(Form):
    """A kind of meeting without its topics and parts."""

    name = forms.CharField(label="Its name", max_length=80)
    length_minutes = forms.IntegerField(label="How long, in minutes", min_value=5, max_value=480)


class PlaceForm(Form):
    """One topic of a kind: where it stands, and whether it stays."""

    key = forms.CharField(max_length=40, widget=forms.HiddenInput)


class BasePlaces(FormSet[PlaceForm]):
    """The topics of a kind in their order."""

    deletion_widget = forms.CheckboxInput
    ordering_widget = forms.NumberInput

    def add_fields(self, form: PlaceForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Place"
        form.fields["ORDER"].widget.attrs["min"] = 1
        form.fields["DELETE"].label = "Take out"

    def typed(self) -> list[Named]:
        """Return the topics in the order typed; those taken out are left out.

        A topic given another's place takes it, and the other makes room.
        """
        placed = []
        for was, form in enumerate(self.forms, start=1):
            given = form.cleaned_data
            if given.get("DELETE") or not given.get("key"):
                continue
            place = given.get("ORDER") or was
            room = (place > was) - (place < was)
            placed.append((2 * place + room, Named(given["key"], "")))
        return [topic for _, topic in sorted(placed, key=lambda pair: pair[0])]


class MoreForm(Form):
    """One more topic for a kind: one there is, or a new one."""

    known = forms.ChoiceField(label="A topic more", required=False)
    name = forms.CharField(label="Or a new one", required=False, max_length=80)

    def typed(self) -> list[Named]:
        """Return what is to be added: none, one, or one of each."""
        given = self.cleaned_data
        known = [Named(given["known"], "")] if given["known"] else []
        return known + ([Named("", given["name"].strip())] if given["name"].strip() else [])


class PartForm(Form):
    """One part of a meeting and the minutes meant for it; empty where one could stand."""

    name = forms.CharField(label="Part", required=False, max_length=80)
    minutes = forms.IntegerField(label="Minutes", required=False, min_value=0, max_value=480)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        named, counted = bool(given.get("name")), given.get("minutes") is not None
        if counted and not named and "name" not in self.errors:
            self.add_error("name", "Give the part a name, or empty its minutes.")
        if named and not counted and "minutes" not in self.errors:
            self.add_error("minutes", "Say how many minutes, or empty its name.")
        return given


class BaseParts(FormSet[PartForm]):
    """The parts of a meeting in their order, with empty lines for more."""

    def typed(self) -> list[tuple[str, int]]:
        """Return the parts that have a name, each with its minutes."""
        rows = [form.cleaned_data for form in self.forms]
        return [(row["name"], row["minutes"]) for row in rows if row.get("name")]


class TopicForm(Form):
    """A topic without its slots."""

    name = forms.CharField(label="Its name", max_length=80)
    stale_months = forms.IntegerField(
        label="Grows old after months",
        min_value=1,
        max_value=MOST_MONTHS,
        help_text="What was said is asked for again after that.",
    )


class SlotForm(Form):
    """One thing to know; empty where a new one could stand."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label="To know", required=False, max_length=80)


class BaseSlots(FormSet[SlotForm]):
    """The slots of a topic; one whose name is emptied is taken out."""

    def typed(self) -> list[Named]:
        """Return the slots that have a name."""
        rows = [form.cleaned_data for form in self.forms]
        return [Named(row["key"], row["name"].strip()) for row in rows if row.get("name")]


PlaceFormSet = forms.formset_factory(
    PlaceForm, BasePlaces, extra=0, can_order=True, can_delete=True, max_num=30
)
PartFormSet = forms.formset_factory(PartForm, BaseParts, extra=2, max_num=20)
SlotFormSet = forms.formset_factory(SlotForm, BaseSlots, extra=2, max_num=40)


def places_of(kind: Kind, data: Any = None) -> BasePlaces:
    """Return the topics of a kind as a form."""
    initial = [{"key": topic.key} for topic in kind.topics]
    return cast(BasePlaces, PlaceFormSet(data, initial=initial, prefix="topics"))


def more_of(kind: Kind, playbook: Playbook, data: Any = None) -> MoreForm:
    """Return the form for one more topic, offering those that the kind does not have."""
    made = MoreForm(data, prefix="more")
    others = [(topic.key, topic.name) for topic in playbook.topics if topic not in kind.topics]
    cast(forms.ChoiceField, made.fields["known"]).choices = [("", "none"), *others]
    return made


def parts_of(kind: Kind, data: Any = None) -> BaseParts:
    """Return the shape of a kind as a form."""
    initial = [{"name": share.name, "minutes": share.minutes} for share in kind.shape]
    return cast(BaseParts, PartFormSet(data, initial=initial, prefix="shape"))


def slots_of(topic: Topic, data: Any = None) -> BaseSlots:
    """Return the slots of a topic as a form."""
    initial = [{"key": slot.key, "name": slot.name} for slot in topic.slots]
    return cast(BaseSlots, SlotFormSet(data, initial=initial, prefix="slots"))


class QuestionForm(Form):
    """A question: its words, what it asks for, and when."""

    text = forms.CharField(
        label="The question, as you would say it",
        max_length=LONGEST_PROMPT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    slot = forms.ChoiceField(label="It asks for", required=False)
    memory = forms.ChoiceField(label="Ask it")
    kinds = forms.MultipleChoiceField(
        label="In", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any, *, playbook: Playbook, topic: Topic, prompt: Prompt | None = None
    ) -> None:
        self.topic = topic
        initial = {}
        if prompt:
            initial = {"text": prompt.text, "slot": prompt.slot, "kinds": list(prompt.kinds)}
            initial["memory"] = str(prompt.memory)
        super().__init__(data, initial=initial)
        slots = [(slot.key, slot.name) for slot in topic.slots]
        memory = prompt.memory if prompt else None
        kinds = [(kind.key, kind.name) for kind in playbook.kinds]
        cast(forms.ChoiceField, self.fields["slot"]).choices = [
            ("", "nothing in particular"),
            *slots,
        ]
        cast(forms.ChoiceField, self.fields["memory"]).choices = memories(memory)
        cast(forms.MultipleChoiceField, self.fields["kinds"]).choices = kinds

    def typed(self) -> TypedQuestion:
        """Return the question as typed, on one line."""
        given = self.cleaned_data
        return TypedQuestion(
            self.topic.key,
            given["slot"],
            " ".join(given["text"].split()),
            given["memory"],
            tuple(given["kinds"]),
        )


def memories(also: Memory | None = None) -> list[tuple[str, str]]:
    """Return when a question can be asked, as written and as said; ``also`` among them."""
    months = {*MONTHS, also.months} if also and also.months else {*MONTHS}
    offered = [
        Memory("once"),
        Memory("every"),
        *(Memory("months", months=count) for count in sorted(months)),
        *(Memory("event", event=event) for event in EVENTS),
    ]
    return [(str(memory), memory.words) for memory in offered]


def fillings() -> list[tuple[str, str]]:
    """Return what may stand in braces, and what fills it."""
    return [(f"{{{name}}}", filled) for name, filled in FILLED_BY.items()]


class StageForm(Form):
    """A stage's name and the terms for getting there (M1)."""

    name = forms.CharField(label="Name", max_length=80)
    minimum_meetings = forms.IntegerField(
        label="One-to-ones that took place", min_value=0, max_value=50
    )
    topics_needed = forms.IntegerField(label="Topics covered", min_value=0, max_value=30)


class TierForm(Form):
    """The rhythm suggested for an alignment (M15), in days."""

    name = forms.CharField(label="Name", max_length=80)
    meeting_days = forms.IntegerField(label="Days between meetings", min_value=1, max_value=1100)
    meeting_tolerance_days = forms.IntegerField(
        label="Days until a meeting is late", min_value=0, max_value=400
    )
    call_days = forms.IntegerField(
        label="Days between calls",
        required=False,
        min_value=1,
        max_value=400,
        help_text="Empty for no calls.",
    )
    call_tolerance_days = forms.IntegerField(
        label="Days until a call is late", min_value=0, max_value=200
    )


def rows_of(
    form: type[forms.Form], rows: tuple[Any, ...], data: Any = None
) -> dict[str, forms.Form]:
    """Return one form for each stage or rhythm, by its key."""
    return {
        row.key: form(
            data, prefix=row.key, initial={name: getattr(row, name) for name in form.base_fields}
        )
        for row in rows
    }


def stages_of(playbook: Playbook, data: Any = None) -> dict[str, forms.Form]:
    """Return the forms of the stages, by key; the first has no terms, it is where all begin."""
    made = rows_of(StageForm, playbook.stages, data)
    counts = {kind.key: len(kind.topics) for kind in playbook.kinds}
    for key, form in made.items():
        if key not in counts:
            for field in ("minimum_meetings", "topics_needed"):
                del form.fields[field]
        else:
            form.fields["topics_needed"].help_text = f"of {counts[key]}"
    return made


def tiers_of(playbook: Playbook, data: Any = None) -> dict[str, forms.Form]:
    """Return the forms of the rhythms, by key."""
    return rows_of(TierForm, playbook.tiers, data)


class ClocksForm(Form):
    """The days that each thing after a referral may take, by the key of its clock."""

    def __init__(self, data: Any, *, shown: Clocks) -> None:
        super().__init__(data, initial=asdict(shown))
        for key, label in clocks.NAMES.items():
            self.fields[key] = forms.IntegerField(
                label=label, min_value=0, max_value=clocks.LONGEST
            )
