"""The form by which a sheet is put in: pasted, or as a file."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from touchline.core.forms import Form
from touchline.people.importing.text import shown
from touchline.sheets.sorting.reading import (
    MAX_BYTES,
    MAX_LETTERS,
    Text,
    Unreadable,
    read,
    too_large,
)


class PutInForm(Form):
    """A sheet, pasted or as a file: what it is, its content says."""

    text = forms.CharField(
        label="Paste it",
        required=False,
        max_length=MAX_LETTERS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".txt,.md,.csv,.eml,.vcf,.html,text/plain,text/vcard,message/rfc822"}
        ),
    )
    found: Text
    filename = ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        text, file = data.get("text", ""), data.get("file")
        if self.errors:
            return data
        if text.strip() and file:
            raise forms.ValidationError("Paste the text or choose a file, one at a time.")
        if file:
            self._read_file(file)
        elif text.strip():
            self._read("text", text.encode("utf-8", "replace"))
        else:
            raise forms.ValidationError("Paste what they wrote, or choose the file.")
        return data

    def _read_file(self, file: "UploadedFile[Any]") -> None:
        self.filename = shown(file.name or "", 120)
        if (file.size or 0) > MAX_BYTES:
            self.refuse(self.filename, file.size or 0)
        else:
            self._read("file", file.read())

    def _read(self, name: str, content: bytes) -> None:
        try:
            self.found = read(content, self.filename)
        except Unreadable as unreadable:
            self.add_error(name, str(unreadable))

    def refuse(self, filename: str, size: int) -> None:
        """Say that a file is too large; it is not read."""
        self.add_error("file", too_large(f"“{shown(filename)}”", size))
