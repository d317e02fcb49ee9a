"""The shapes of what people write on the people pages."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_email

from touchline.core.forms import Form, FormSet
from touchline.people.editing import Point
from touchline.people.models import Acquaintance, Company, Person, PointKind, Tag

BLANK_POINTS = 3
_MONTHS = [f"{date(1904, month, 1):%B}".lower() for month in range(1, 13)]


def read_birthday(text: str) -> str:
    """Return a birthday as ISO, ``--MM-DD`` where no year is given; ValueError if it is none.

    Reads *9 May 1970*, *9 May*, *1970-05-09* and *--05-09*.
    """
    text = text.strip()
    if text.startswith("--"):
        date.fromisoformat(f"1904-{text[2:]}")
        return text
    parts = text.replace(",", " ").split()
    if len(parts) in (2, 3) and parts[0].isdecimal():
        named = [at for at, name in enumerate(_MONTHS, 1) if name.startswith(parts[1].lower())]
        if len(named) != 1 or len(parts[1]) < 3:
            raise ValueError(text)
        year = int(parts[2]) if len(parts) == 3 else 1904
        on = date(year, named[0], int(parts[0]))
        return on.isoformat() if len(parts) == 3 else f"--{on:%m-%d}"
    return date.fromisoformat(text).isoformat()


def said_birthday(text: str) -> str:
    """Say a stored birthday: *9 May 1970*, *9 May*; as it stands where it is no date."""
    try:
        on = date.fromisoformat(f"1904-{text[2:]}" if text.startswith("--") else text)
    except ValueError:
        return text
    return f"{on.day} {on:%B}" if text.startswith("--") else f"{on.day} {on:%B} {on.year}"


class BirthdayField(forms.CharField):
    """A day, with or without its year."""

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_birthday(text)
        except ValueError:
            raise forms.ValidationError("Write it as 9 May or 9 May 1970.") from None


class PersonForm(Form):
    """A person's own row, with company and tags by name."""

    name = forms.CharField(max_length=200, error_messages={"required": "A person needs a name."})
    given = forms.CharField(label="Given name", max_length=120, required=False)
    family = forms.CharField(label="Family name", max_length=120, required=False)
    title = forms.CharField(max_length=200, required=False)
    company = forms.CharField(max_length=200, required=False)
    tags = forms.CharField(max_length=1000, required=False, help_text="Parted by commas.")
    acquaintance = forms.ChoiceField(
        label="How well you know them", choices=Acquaintance.choices, required=False
    )
    source = forms.CharField(
        max_length=120, required=False, help_text="Where you know them from, or who told you."
    )
    told_on = forms.DateField(
        label="Told on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="When you told somebody you only heard about that you keep notes on them.",
    )
    do_not_contact = forms.BooleanField(
        label="Do not contact", required=False, help_text="They asked not to be contacted."
    )
    birthday = BirthdayField(max_length=40, required=False, help_text="9 May, or 9 May 1970.")
    notes = forms.CharField(
        max_length=100_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    @classmethod
    def initial_of(cls, person: Person) -> dict[str, Any]:
        """Return what the form of a stored person starts with."""
        return {
            **{name: getattr(person, name) for name in cls.base_fields if hasattr(person, name)},
            "birthday": said_birthday(person.birthday),
            "company": person.company.name if person.company else "",
            "tags": ", ".join(tag.name for tag in person.tags.all()),
        }

    def clean_acquaintance(self) -> str:
        return self.cleaned_data["acquaintance"] or Acquaintance.NOT_SAID

    def clean_tags(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["tags"].split(",")]
        for name in names:
            if len(name) > Tag._meta.get_field("name").max_length:  # type: ignore[operator]
                raise forms.ValidationError(f"“{name[:30]}…” is too long for a tag: 60 letters.")
        return [name for name in names if name]

    def fields_of(self) -> dict[str, Any]:
        """Return the fields of the person's own row."""
        apart = ("company", "tags")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class PointForm(Form):
    """One contact point; an empty value leaves it out."""

    kind = forms.ChoiceField(choices=PointKind.choices, initial=PointKind.EMAIL)
    value = forms.CharField(
        label="Address or number",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": "Address or number"}),
    )
    label = forms.CharField(
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "work, home"}),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        value = given.get("value", "").strip()
        if not value:
            return given
        if given.get("kind") == PointKind.EMAIL:
            try:
                validate_email(value)
            except forms.ValidationError:
                self.add_error("value", f"“{value[:60]}” is not an e-mail address.")
        if given.get("kind") == PointKind.PHONE and not any(mark.isdigit() for mark in value):
            self.add_error("value", "A phone number needs digits.")
        return given


PointForms = forms.formset_factory(
    PointForm, FormSet, extra=BLANK_POINTS, max_num=200, absolute_max=200
)


def point_forms(posted: Any, initial: list[dict[str, Any]] | None = None) -> Any:
    """Return the rows for contact points, three blank ones behind those there are.

    Every row is read, changed or not: what is posted is the whole list.
    """
    return PointForms(
        posted, prefix="points", initial=initial, form_kwargs={"empty_permitted": False}
    )


def points_of(forms_: Any) -> list[Point]:
    """Return the points written down, each once."""
    points = [
        Point(
            form.cleaned_data["kind"],
            form.cleaned_data["value"].strip(),
            form.cleaned_data["label"],
        )
        for form in forms_
        if form.cleaned_data.get("value", "").strip()
    ]
    return list(dict.fromkeys(points))


class CompanyForm(Form):
    """A company's name and notes."""

    name = forms.CharField(max_length=200, error_messages={"required": "A company needs a name."})
    notes = forms.CharField(
        max_length=100_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    @classmethod
    def initial_of(cls, company: Company) -> dict[str, Any]:
        return {"name": company.name, "notes": company.notes}


class TagForm(Form):
    """A tag's word."""

    name = forms.CharField(max_length=60, error_messages={"required": "A tag needs a word."})


class UploadForm(Form):
    """A contact file."""

    file = forms.FileField(
        label="Contact file",
        allow_empty_file=True,
        error_messages={"required": "Choose the file to bring in."},
        widget=forms.FileInput(attrs={"accept": ".vcf,.vcard,.csv,.txt,.zip,text/vcard,text/csv"}),
    )
