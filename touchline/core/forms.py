"""Forms that answer bad input with a plain sentence: which field, and what to do."""

from typing import Any, TypeVar

from django import forms
from django.core.validators import ProhibitNullCharactersValidator

F = TypeVar("F", bound=forms.Form)


class Form(forms.Form):
    """The form that every form of ours is made from.

    A field's own sentences (``error_messages``) stand; where it has none, the sentence is made
    from its label and its bounds instead of Django's, which name neither.
    """

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            speak(field, str(self[name].label))
        super().full_clean()


class FormSet(forms.BaseFormSet[F]):
    """Rows of such forms."""

    default_error_messages = {
        "missing_management_form": "These lines came incomplete. Load the page again.",
        "too_many_forms": "That is more than %(num)d lines. Take some out.",
        "too_few_forms": "That is fewer lines than are needed. Load the page again.",
    }


def speak(field: forms.Field, label: str) -> None:
    """Give a field the sentences that nobody wrote for it."""
    stock: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        stock.update(getattr(kind, "default_error_messages", {}))
    if isinstance(field, forms.ModelChoiceField):
        # Django raises this one's sentence past the field's own.
        wrong = ProhibitNullCharactersValidator(message=f"{label}: choose one of those offered.")
        field.validate_no_null_characters = wrong  # type: ignore[method-assign]
    for code, sentence in sentences(field, label).items():
        if field.error_messages.get(code) is stock.get(code):
            field.error_messages[code] = sentence


def sentences(field: forms.Field, label: str) -> dict[str, str]:
    """Return what is said of each thing that can be wrong with a field, by its code."""
    said = {
        "required": f"{label}: fill this in.",
        "null_characters_not_allowed": f"{label}: a mark in it cannot be stored. Type it anew.",
    }
    if isinstance(field, forms.DecimalField):
        bounds = f" from {field.min_value} to {field.max_value}"
        number = f"{label}: a number{bounds if field.max_value is not None else ''}, as 2.5."
        return dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places",
             "max_whole_digits"), number,
        )  # fmt: skip
    if isinstance(field, forms.IntegerField):
        bounds = f" from {field.min_value} to {field.max_value}"
        number = f"{label}: a whole number{bounds if field.max_value is not None else ''}."
        return dict.fromkeys(("required", "invalid", "min_value", "max_value"), number)
    if isinstance(field, forms.DateField):
        return dict.fromkeys(
            ("required", "invalid"), f"{label}: give a day as 3/12/2026, or pick it."
        )
    if isinstance(field, forms.TimeField):
        return dict.fromkeys(("required", "invalid"), f"{label}: give a time as 14:30.")
    if isinstance(field, forms.ChoiceField):
        many = isinstance(field, forms.MultipleChoiceField)
        return dict.fromkeys(
            ("required", "invalid_choice", "invalid_list"),
            f"{label}: choose {'among' if many else 'one of'} those offered.",
        )
    if isinstance(field, forms.FileField):
        wrong = ("required", "invalid", "missing", "empty")
        return dict.fromkeys(wrong, f"{label}: choose a file with something in it.")
    if isinstance(field, forms.EmailField):
        said["invalid"] = f"{label}: give a whole address, as anna@example.org."
    if isinstance(field, forms.URLField):
        said["invalid"] = f"{label}: give its whole address, as https://example.org."
    if isinstance(field, forms.CharField):
        said["max_length"] = f"{label}: at most {field.max_length or 0:,} letters. Shorten it."
        said["min_length"] = f"{label}: at least {field.min_length or 0} letters."
    return said
