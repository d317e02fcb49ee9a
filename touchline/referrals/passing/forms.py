"""The shape of what is typed before a referral is passed."""

from typing import Any

from django import forms

from touchline.core.forms import Form
from touchline.meetings.forms import day_field
from touchline.referrals.models import HEATS, How

LONGEST_WORDS = 2000
LONGEST_MAIL = 5000
# How one is asked by oneself, as a sentence ends with it.
WAYS = [(How.PHONE, How.PHONE.label), (How.PERSON, How.PERSON.label),
        (How.MESSAGE, How.MESSAGE.label), (How.MAIL, How.MAIL.label)]  # fmt: skip


class LetterForm(Form):
    """Words by hand: a subject, a text, and the address they go to."""

    # Of more than one line on a narrow page: what it is about stands at its end.
    subject = forms.CharField(
        label="Subject",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 1}),
        error_messages={"required": "A mail has a subject."},
    )
    text = forms.CharField(
        label="Words",
        max_length=LONGEST_MAIL,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "There are no words yet. Take one of the drafts."},
    )
    to = forms.CharField(required=False, max_length=254)
    also = forms.CharField(required=False, max_length=254)
    how = forms.ChoiceField(label="How", choices=WAYS, required=False)
    reason = forms.CharField(
        label="Why you pass it all the same", max_length=300, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def clean_subject(self) -> str:
        """A subject is one line, however it was typed."""
        return " ".join(str(self.cleaned_data["subject"]).split())

    def clean_text(self) -> str:
        """Browsers post lines with a carriage return."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


class NeedForm(Form):
    """When and where somebody said so."""

    stated_on = day_field("When", missing="Give the day on which they said so.")
    stated_where = forms.CharField(
        label="Where", max_length=120,
        error_messages={"required": "Say where: on the phone, at the market, in a mail."},
    )  # fmt: skip


class AgreedForm(Form):
    """The words in which both agreed to be introduced, and since when."""

    words = forms.CharField(
        label="The words",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write down the words that were agreed."},
    )
    words_agreed_on = day_field("Agreed on", missing="Give the day on which they were agreed.")


class HeatForm(Form):
    """How far the door is open, 1 to 5."""

    heat = forms.TypedChoiceField(label="How hot", choices=list(HEATS.items()), coerce=int)


FORMS: dict[str, type[Form]] = {"need": NeedForm, "words": AgreedForm, "heat": HeatForm}


def first_error(form: Any) -> str:
    """Return the first sentence that says what is wrong."""
    return next(str(error) for errors in form.errors.values() for error in errors)
