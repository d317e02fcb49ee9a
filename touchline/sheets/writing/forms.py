"""The forms in which a sheet is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from touchline.core.forms import Form
from touchline.people import photos
from touchline.sheets.models import CompanySheet, Sheet
from touchline.sheets.parts import AUDIENCES, KEYS, LONGEST, OFF, PARTS, Part
from touchline.sheets.writing.words import COMPANY, COMPANY_NAMES, CONTACTS, NAMES


class WebField(forms.URLField):
    """A web address of http or https; typed without, it is https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=200,
            assume_scheme="https",
            # A browser's own check would send back what is typed without its scheme.
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        )


class PhoneField(forms.CharField):
    def clean(self, value: Any) -> Any:
        """Refuse what nobody could call."""
        said = super().clean(value)
        if said and not any(letter.isdigit() for letter in said):
            raise forms.ValidationError("Phone: give a number, as +44 29 2018 0123.")
        return said


@dataclass(frozen=True, slots=True)
class PartFields:
    """A part on the form: its text, and who sees it."""

    part: Part
    text: forms.BoundField
    audience: forms.BoundField


class SheetForm(Form):
    """My sheet: how I am reached, the parts, and the version that was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    role = forms.CharField(label=NAMES["role"], required=False, max_length=CONTACTS["role"])
    phone = PhoneField(label=NAMES["phone"], required=False, max_length=CONTACTS["phone"])
    email = forms.EmailField(label=NAMES["email"], required=False, max_length=CONTACTS["email"])

    def __init__(
        self, sheet: Sheet, known: Mapping[str, str], posted: Mapping[str, str] | None = None
    ) -> None:
        words = {field: getattr(sheet, field) for field in (*CONTACTS, *KEYS)}
        shown = {f"for_{key}": sheet.audiences.get(key, OFF) for key in KEYS}
        super().__init__(posted, initial={**words, **shown, **known, "seen": sheet.version})
        self.fields["website"] = WebField(NAMES["website"])
        hints = {"phone": "tel", "email": "email", "role": "organization-title"}
        for name, hint in hints.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
        for part in PARTS:
            self.fields[part.key] = forms.CharField(
                label=part.name,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
            self.fields[f"for_{part.key}"] = forms.ChoiceField(
                label=f"Who sees “{part.name}”", choices=list(AUDIENCES.items())
            )

    @property
    def contacts(self) -> list[forms.BoundField]:
        return [self[name] for name in CONTACTS]

    @property
    def parts(self) -> list[PartFields]:
        return [PartFields(part, self[part.key], self[f"for_{part.key}"]) for part in PARTS]

    @property
    def words(self) -> dict[str, str]:
        """What was typed, by field."""
        return {field: self.cleaned_data[field] for field in (*CONTACTS, *KEYS)}

    @property
    def audiences(self) -> dict[str, str]:
        """Who sees which part."""
        return {key: self.cleaned_data[f"for_{key}"] for key in KEYS}


class CompanyForm(Form):
    """The company's part, and the version that was on the screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, company: CompanySheet, posted: Mapping[str, str] | None = None) -> None:
        words = {field: getattr(company, field) for field in COMPANY}
        super().__init__(posted, initial={**words, "seen": company.version})
        for field in ("about", "offer"):
            self.fields[field] = forms.CharField(
                label=COMPANY_NAMES[field],
                required=False,
                max_length=COMPANY[field],
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["area"] = forms.CharField(
            label=COMPANY_NAMES["area"], required=False, max_length=COMPANY["area"]
        )
        self.fields["website"] = WebField(COMPANY_NAMES["website"])

    @property
    def lines(self) -> list[forms.BoundField]:
        return [self[field] for field in COMPANY]

    @property
    def words(self) -> dict[str, str]:
        """What was typed, by field."""
        return {field: self.cleaned_data[field] for field in COMPANY}


class PictureForm(Form):
    """One picture, whatever it calls itself: what it is, its content says.

    ``draw`` draws it anew: what is valid is ours, and what it came with is gone.
    """

    picture = forms.FileField(
        label="Picture",
        max_length=None,
        error_messages={"max_length": "Picture: its name is too long. Give it a shorter one."},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )

    def __init__(self, draw: Callable[[bytes], bytes], *given: Any) -> None:
        super().__init__(*given)
        self._draw = draw

    def clean_picture(self) -> bytes:
        """Return it as it was drawn; what is too large is not read."""
        upload: UploadedFile[bytes] = self.cleaned_data["picture"]
        if (upload.size or 0) > photos.MAX_BYTES:
            raise forms.ValidationError("Picture: it has more than 5 MB. Choose a smaller one.")
        try:
            return self._draw(upload.read())
        except photos.Unreadable as error:
            raise forms.ValidationError(f"Picture: {said(error)}") from None


def said(error: photos.Unreadable) -> str:
    """Say why a picture is not taken, and what to do."""
    return f"{str(error).replace(' and was left out.', '')}. Choose a JPEG or PNG of up to 5 MB."
