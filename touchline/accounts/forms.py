"""What people type about themselves and their workspace."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password

from touchline.accounts.models import Digest, Member, User, Workspace
from touchline.accounts.zones import COUNTRIES, zone_named
from touchline.core.forms import Form

LEAST_BUDGET, MOST_BUDGET = 15, 3600
WEEKDAYS = tuple(
    (str(number), name)
    for number, name in enumerate(
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    )
)
HOURS = tuple((str(hour), f"{hour}:00") for hour in range(24))
CLOCK = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class TimeZoneField(forms.CharField):
    """A time zone by its full name or its place; the page lists them in a datalist."""

    widget = forms.TextInput(attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        found = zone_named(text)
        if found is None:
            raise forms.ValidationError(
                f"“{text}” is not a time zone. Choose one from the list, such as Europe/London."
            )
        return found


class WelcomeForm(Form):
    """The first owner and workspace of an installation."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    workspace = forms.CharField(
        label="What to call the workspace",
        max_length=120,
        help_text="Your firm, or your own name.",
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Eight characters or more, and not one that others use.",
    )
    country = forms.ChoiceField(
        label="Country",
        choices=COUNTRIES,
        initial="GB",
        help_text="Its phone numbers need no prefix.",
    )
    time_zone = TimeZoneField(label="Time zone", initial="Europe/London")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.LOCAL:
            password = self.fields["password"]
            password.required = False
            password.help_text = "Leave it empty to sign in by printed link alone."

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("Somebody signs in with this address already.")
        return email

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("password"):
            draft = User(email=given.get("email", ""), name=given.get("name", ""))
            try:
                validate_password(given["password"], draft)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return given


class SignUpForm(Form):
    """What open sign-up asks besides e-mail and password; allauth builds on it."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    field_order = ("name", "email", "password1", "password2")

    def signup(self, request: Any, user: User) -> None:
        """Nothing more to store: the adapter keeps the name with the user."""


class MemberForm(Form):
    """A member's own name, zone and times."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    time_zone = TimeZoneField(label="Time zone")
    hours = forms.IntegerField(label="Hours", min_value=0, max_value=60)
    minutes = forms.IntegerField(label="Minutes", min_value=0, max_value=59)
    preparation_minutes = forms.IntegerField(
        label="Preparing a one-to-one, in minutes", min_value=0, max_value=240
    )
    call_minutes = forms.IntegerField(label="A call, in minutes", min_value=1, max_value=240)
    usual_weekdays = forms.MultipleChoiceField(
        label="Days", choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    usual_from = forms.TimeField(label="From", widget=CLOCK)
    usual_until = forms.TimeField(label="Until", widget=CLOCK)
    month_first = forms.TypedChoiceField(
        label="3/12 is",
        choices=(("", "3 December"), ("1", "12 March")),
        required=False,
        coerce=bool,
        empty_value="",
    )
    digest = forms.ChoiceField(label="How often", choices=Digest.choices)
    digest_weekday = forms.TypedChoiceField(label="Weekly on", choices=WEEKDAYS, coerce=int)
    digest_hour = forms.TypedChoiceField(label="At", choices=HOURS, coerce=int)

    @classmethod
    def of(cls, member: Member, data: Any = None) -> "MemberForm":
        """Return the form filled with what the member has."""
        hours, minutes = divmod(member.weekly_budget_minutes, 60)
        return cls(
            data,
            initial={
                "name": member.user.name,
                "time_zone": member.time_zone,
                "hours": hours,
                "minutes": minutes,
                "preparation_minutes": member.preparation_minutes,
                "call_minutes": member.call_minutes,
                "usual_weekdays": list(member.usual_weekdays),
                "usual_from": member.usual_from,
                "usual_until": member.usual_until,
                "month_first": "1" if member.month_first else "",
                "digest": member.digest,
                "digest_weekday": member.digest_weekday,
                "digest_hour": member.digest_hour,
            },
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "hours" in given and "minutes" in given:
            budget = given.pop("hours") * 60 + given.pop("minutes")
            if not LEAST_BUDGET <= budget <= MOST_BUDGET:
                self.add_error("hours", "A week’s time is from 15 minutes to 60 hours.")
            given["weekly_budget_minutes"] = budget
        given["month_first"] = bool(given.get("month_first"))
        if "usual_weekdays" in given:
            given["usual_weekdays"] = "".join(sorted(set(given["usual_weekdays"])))
        starts, ends = given.get("usual_from"), given.get("usual_until")
        if starts and ends and starts >= ends:
            self.add_error("usual_until", "Until: a time after the one it begins at.")
        return given


class WorkspaceForm(Form):
    """What an owner says about the workspace."""

    name = forms.CharField(label="Its name", max_length=120)
    country = forms.ChoiceField(label="Country", help_text="Its phone numbers need no prefix.")
    open_sign_up = forms.BooleanField(
        label="Open sign-up",
        required=False,
        help_text="Anyone who finds the sign-up page becomes a member and sees your people.",
    )

    @classmethod
    def of(cls, workspace: Workspace, data: Any = None) -> "WorkspaceForm":
        """Return the form filled with what the workspace has; an unlisted country stays."""
        form = cls(
            data,
            prefix="workspace",
            initial={
                "name": workspace.name,
                "country": workspace.country,
                "open_sign_up": workspace.open_sign_up,
            },
        )
        choices = list(COUNTRIES)
        if workspace.country not in dict(COUNTRIES):
            choices.append((workspace.country, workspace.country))
        form.fields["country"].choices = choices  # type: ignore[attr-defined]
        return form
