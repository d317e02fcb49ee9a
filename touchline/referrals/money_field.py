"""A form's field for money as it is typed, asked back where it can be read in two ways."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from touchline.core import money
from touchline.core.money import Ambiguous, Money
from touchline.core.refusal import Refused

_READING = re.compile(r"(\d{1,15}) ([A-Z]{3})")


@dataclass(frozen=True, slots=True)
class Typed:
    """What came with the form: the text, and which reading of it was chosen before, if one was."""

    text: str
    chosen: str = ""

    def __str__(self) -> str:
        return self.text


class MoneyInput(forms.TextInput):
    """A line for an amount. A reading counts only for the text that it was offered for."""

    def __init__(self) -> None:
        super().__init__(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 40})

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        text = str(data.get(name) or "").strip()
        meant = str(data.get(f"{name}_said") or "").strip() == text
        return Typed(text, str(data.get(f"{name}_is") or "") if meant else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: what a form posts for it, and how it is said."""

    value: str
    said: str


class MoneyField(forms.Field):
    """An amount of money as somebody in ``country`` types it; cleans to ``Money`` or None.

    Where the text is ambiguous the form comes back with ``readings`` to choose from, shown by
    ``referrals/_money.html``. ``currency`` is meant where the text names none, else the
    country's own.
    """

    widget = MoneyInput

    def __init__(self, label: str, *, required: bool = False, **more: Any) -> None:
        super().__init__(label=label, required=required, **more)
        self.country, self.currency = "GB", ""
        self.readings: list[Reading] = []
        self.typed = ""

    def spoken_in(self, country: str, currency: str = "") -> None:
        """Say whose way of writing numbers holds, and which currency is meant by itself."""
        self.country, self.currency = country, currency

    def prepare_value(self, value: Any) -> str:
        """Return the text to show: what was typed, or a stored amount as it is read again."""
        if isinstance(value, Money):
            return money.shown(value, self.country)
        return "" if value is None else str(value)

    def clean(self, value: Any) -> Money | None:
        typed = value if isinstance(value, Typed) else Typed(str(value or "").strip())
        self.typed = typed.text
        if not typed.text:
            if self.required:
                raise forms.ValidationError(f"{self.label}: give an amount, as 1,250.")
            return None
        try:
            return money.read(typed.text[:80], self.country, self.currency)
        except Ambiguous as ambiguous:
            offered = {f"{one.minor} {one.currency}": one for one in ambiguous.readings}
            if typed.chosen in offered:
                return offered[typed.chosen]
            self.readings = [
                Reading(value, money.shown(one, self.country)) for value, one in offered.items()
            ]
            raise forms.ValidationError(str(ambiguous), code="ambiguous") from None
        except Refused as refused:
            raise forms.ValidationError(f"{self.label}: {refused}") from None
