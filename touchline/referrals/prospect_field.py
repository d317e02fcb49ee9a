"""A form's field for the person who is introduced: from one's people by name, or new."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from touchline.core.keys import key_in
from touchline.people.models import Person
from touchline.referrals.prospects import Somebody, called, there

NEW = "new"


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with the form: a name, and who was chosen for it, if anybody was."""

    text: str
    chosen: str = ""


class ProspectInput(forms.TextInput):
    """A line for a name. Who was chosen counts only for the name it was offered for."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "maxlength": 200})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        text = " ".join(str(data.get(name) or "").split())
        meant = str(data.get(f"{name}_said") or "") == text
        return Typed(text, str(data.get(f"{name}_is") or "") if meant else "")


class ProspectField(forms.Field):
    """Cleans to ``Somebody`` or None; where several are called so, ``offered`` has them."""

    widget = ProspectInput

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label=label, required=False, **more)
        # Whose people are meant; the form says so.
        self.member: Any = None
        # Who is the prospect already, deleted or not: their name as it stands means them.
        self.present: Person | None = None
        self.offered: list[Person] = []
        self.typed = self.settled = ""

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, Person):
            self.typed, self.settled = " ".join(value.name.split()), str(value.pk)
            return self.typed
        return value.text if isinstance(value, Typed) else str(value or "")

    def clean(self, value: Any) -> Somebody | None:
        typed = value if isinstance(value, Typed) else Typed(" ".join(str(value or "").split()))
        self.typed = typed.text
        if not typed.text:
            return None
        if len(typed.text) > 200:
            raise forms.ValidationError("A name has 200 letters at most. Shorten it.")
        if "\x00" in typed.text:
            raise forms.ValidationError("A mark in this name cannot be stored. Type it anew.")
        found = self._found(typed)
        self.settled = str(found.person.pk) if found.person else typed.chosen
        return found

    def _found(self, typed: Typed) -> Somebody:
        if typed.chosen == NEW or self.member is None:
            return Somebody(typed.text, None)
        if self.present and typed.chosen == str(self.present.pk):
            return Somebody(self.present.name, self.present)
        key = key_in(typed.chosen)
        chosen = there(self.member).filter(pk=key).first() if key is not None else None
        if chosen:
            return Somebody(chosen.name, chosen)
        found = called(self.member, typed.text)
        if isinstance(found, Somebody):
            return found
        self.offered = found
        raise forms.ValidationError("Who is meant? Choose one of those below.", code="which")
