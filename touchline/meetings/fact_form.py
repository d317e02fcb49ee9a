"""The shape of a fact as it is typed: what, on which topic, and what it is about as well."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from touchline.core.forms import Form
from touchline.core.words import capital
from touchline.meetings.forms import LATEST_YEAR, day_field
from touchline.meetings.knowing.days import BIRTHDAY
from touchline.meetings.models import Fact, Filing, SaidBy
from touchline.people.editing import company_known, company_named
from touchline.playbook.playbook import Playbook, Topic

if TYPE_CHECKING:
    from touchline.accounts.models import Member

EARLIEST_YEAR = 1900
Choices = tuple[tuple[str, str | tuple[tuple[str, str], ...]], ...]


def place(topic: str, slot: str = "") -> str:
    """Return the value that stands for a topic, or for a slot of it."""
    return f"{topic}/{slot}" if slot else topic


def choices(playbook: Playbook) -> Choices:
    """Return the topics, each a group of itself and its slots."""
    return _choices(playbook.topics)


@lru_cache(maxsize=64)
def _choices(topics: tuple[Topic, ...]) -> Choices:
    found: list[Any] = [("", "Topic")]
    for topic in topics:
        slots = ((place(topic.key, slot.key), capital(slot.name)) for slot in topic.slots)
        name = f"{topic.name}, in general" if topic.slots else topic.name
        found.append((topic.name, ((topic.key, name), *slots)))
    return tuple(found)


def options(playbook: Playbook) -> SafeString:
    """Return the choices as options, for a select of no form of ours."""
    return mark_safe(_options(choices(playbook)))  # noqa: S308 - escaped as it was written


@lru_cache(maxsize=64)
def _options(offered: Choices) -> str:
    """Write the options once for a playbook: there are a hundred, on many pages."""
    written = []
    for value, name in offered:
        if isinstance(name, str):
            written.append(format_html(_OPTION, value, name))
        else:
            within = format_html_join("", _OPTION, name)
            written.append(format_html('<optgroup label="{}">{}</optgroup>', value, within))
    return "".join(written)


_OPTION = '<option value="{}">{}</option>'


class Grouped(forms.Select):
    """A select whose options stay the same from one page to the next."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        offered = tuple(
            (group, options if isinstance(options, str) else tuple(options))
            for group, options in self.choices
        )
        written = _options(offered)
        if value:
            chosen = format_html('value="{}"', value)
            written = written.replace(chosen, f"{chosen} selected", 1)
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        # Each part was escaped as it was written.
        return format_html("<select{}>{}</select>", flatatt(given), mark_safe(written))  # noqa: S308


class FactForm(Form):
    """Something learnt of somebody, or of oneself (``own`` is who keeps it).

    Companies are the team’s: one's own fact names only one that is there already, so that what
    one keeps for oneself does not show among them.
    """

    text = forms.CharField(
        label="Something you learnt",
        max_length=2000,
        widget=forms.TextInput,
        error_messages={"required": "There is nothing to save yet: write a line first."},
    )
    topic = forms.ChoiceField(
        label="Topic",
        widget=Grouped,
        error_messages={"required": "A fact is about a topic: choose one."},
    )
    said_by = forms.ChoiceField(label="Who said it", choices=SaidBy.choices, required=False)
    company = forms.CharField(label="Company it is about", max_length=200, required=False)
    dated_on = day_field("Day it is about", required=False)
    yearly = forms.BooleanField(label="Every year, as a birthday is", required=False)

    def __init__(
        self,
        playbook: Playbook,
        *args: Any,
        own: "Member | None" = None,
        fact: Fact | None = None,
        **kwargs: Any,
    ) -> None:
        if fact is not None:
            company = fact.company
            kwargs["initial"] = {
                "text": fact.text,
                "topic": place(fact.topic, fact.slot),
                "company": company.name if company and not company.deleted_at else "",
                "dated_on": fact.dated_on,
                "yearly": fact.yearly,
            }
        super().__init__(*args, **kwargs)
        self._playbook, self._fact, self._own = playbook, fact, own
        offered = choices(playbook)
        if fact is not None and place(fact.topic, fact.slot) not in self._places():
            # It was kept under what the playbook has no more, and may stay there.
            kept = (place(fact.topic, fact.slot), playbook.topic_name(fact.topic))
            offered = (*offered, kept)
        self.fields["topic"].choices = offered  # type: ignore[attr-defined]
        if own:
            self.fields["text"].label = "Something about you"
            del self.fields["said_by"]
        if fact is not None:
            self.fields.pop("said_by", None)
            text = self.fields["text"]
            text.label, text.widget = "What is so now", forms.Textarea(attrs={"rows": 2})
            text.error_messages["required"] = "Say what is so instead, or leave the fact as it is."

    def _places(self) -> dict[str, tuple[str, str]]:
        """Return the topic and slot that each value of the select stands for."""
        return {
            place(topic.key, slot): (topic.key, slot)
            for topic in self._playbook.topics
            for slot in ("", *(one.key for one in topic.slots))
        }

    def clean_said_by(self) -> str:
        return self.cleaned_data["said_by"] or str(SaidBy.THEM)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        dated_on = data.get("dated_on")
        if dated_on and not EARLIEST_YEAR <= dated_on.year <= LATEST_YEAR:
            self.add_error("dated_on", "That year is too far off. Check the date.")
        if data.get("yearly") and not dated_on and "dated_on" not in self.errors:
            self.add_error("dated_on", "Give the day that comes round every year.")
        name = data.get("company")
        if name and self._own and not company_known(self._own, name):
            self.add_error(
                "company", "No company of yours has that name. Add it first; the team sees it."
            )
        return data

    def filed(self, by: "Member") -> dict[str, Any]:
        """Return where it goes, as ``capturing.fact`` takes it.

        A company named for the first time is made; a birthday comes round every year.
        """
        data = self.cleaned_data
        kept = (self._fact.topic, self._fact.slot) if self._fact else ("", "")
        topic, slot = self._places().get(data["topic"], kept)
        return {
            "topic": topic,
            "slot": slot,
            "company": company_named(by, data["company"]),
            "dated_on": data["dated_on"],
            "yearly": bool(data["dated_on"]) and (data["yearly"] or slot == BIRTHDAY),
        }

    def filing(self, by: "Member") -> Filing:
        """Return the same as ``Fact.correct`` takes it."""
        filed = self.filed(by)
        company = filed.pop("company")
        return Filing(**filed, company_id=company.pk if company else None)
