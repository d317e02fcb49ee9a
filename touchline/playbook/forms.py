"""What people type about the playbook."""

from typing import Any, cast

from django import forms

from touchline.core.forms import Form, FormSet
from touchline.playbook.editing import TypedTopic
from touchline.playbook.playbook import Kind, Playbook


class KindForm(Form):
    """A kind of meeting without its topics."""

    name = forms.CharField(label="Its name", max_length=80)
    length_minutes = forms.IntegerField(label="How long, in minutes", min_value=5, max_value=480)


class TopicForm(Form):
    """One topic; empty where a new one could stand."""

    key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    name = forms.CharField(label="Topic", required=False, max_length=80)
    questions = forms.CharField(
        label="Questions, one a line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_questions(self) -> tuple[str, ...]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines()]
        kept = tuple(dict.fromkeys(line for line in lines if line))
        for line in kept:
            if len(line) > 300:
                raise forms.ValidationError(
                    f"“{line[:40]}…” is longer than 300 letters. Make it a question one can ask."
                )
        return kept

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        said = given.get("key") or given.get("questions")
        if said and not given.get("name") and not given.get("DELETE"):
            self.add_error("name", "Give the topic a name, or take it out.")
        return given


class BaseTopics(FormSet[TopicForm]):
    """The topics of a kind in their order, with one empty line for a new one."""

    deletion_widget = forms.CheckboxInput
    ordering_widget = forms.NumberInput

    def add_fields(self, form: TopicForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = "Place"
        form.fields["ORDER"].widget.attrs["min"] = 1
        form.fields["DELETE"].label = "Take out"

    def typed(self) -> list[TypedTopic]:
        """Return the topics as typed, in their order; those taken out are left out.

        A topic given another's place takes it, and the other makes room.
        """
        placed = []
        for was, form in enumerate(self.forms, start=1):
            given = form.cleaned_data
            if not given.get("name") or given.get("DELETE"):
                continue
            place = given.get("ORDER") or was
            room = (place > was) - (place < was)
            topic = TypedTopic(given["key"], given["name"].strip(), given["questions"])
            placed.append((2 * place + room, topic))
        return [topic for _, topic in sorted(placed, key=lambda pair: pair[0])]


TopicFormSet = forms.formset_factory(
    TopicForm, BaseTopics, extra=1, can_order=True, can_delete=True, max_num=30
)


def topics_of(kind: Kind, data: Any = None) -> BaseTopics:
    """Return the topics of a kind as a form."""
    questions: dict[str, list[str]] = {}
    for prompt in kind.prompts:
        questions.setdefault(prompt.topic, []).append(prompt.text)
    initial = [
        {"key": topic.key, "name": topic.name, "questions": "\n".join(questions.get(topic.key, []))}
        for topic in kind.topics
    ]
    return cast(BaseTopics, TopicFormSet(data, initial=initial, prefix="topics"))


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
