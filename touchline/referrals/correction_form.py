"""The shape of what is said of a referral, put right."""

from typing import Any

from django import forms
from django.db.models import Q

from touchline.accounts.models import Member, Role
from touchline.people.editing import company_named
from touchline.people.models import Company
from touchline.referrals.forms import HEAT_CHOICES, AboutForm, called, money_of, partners_of
from touchline.referrals.models import Referral
from touchline.referrals.models.partners import may_go_to_another
from touchline.referrals.money_field import MoneyField
from touchline.relationships.models import Relationship


class CorrectionForm(AboutForm):
    """What is said of a referral, put right; its days and states are its steps' to change."""

    heat = forms.TypedChoiceField(
        label="How warm", choices=HEAT_CHOICES, coerce=int, empty_value=None, required=False
    )
    expects_contact = forms.TypedChoiceField(
        label="Do they expect the call?",
        choices=[("", "Not known"), ("yes", "Yes"), ("no", "No")],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    material = forms.CharField(label="Promised material", max_length=200, required=False)
    value = MoneyField("What it is worth")
    became = forms.CharField(label="What it became", max_length=300, required=False)
    partner = forms.ModelChoiceField(
        label="Partner",
        queryset=Relationship.objects.none(),
        required=False,
        empty_label=None,
    )
    owner = forms.ModelChoiceField(
        label="Looked after by",
        queryset=Member.objects.none(),
        required=False,
        empty_label=None,
        error_messages={"invalid_choice": "Choose one of your workspace."},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral = referral
        money: Any = self.fields["value"]
        money.spoken_in(self.member.workspace.country, referral.currency)
        person: Any = self.fields["person"]
        person.present = referral.person
        third: Any = self.fields["third"]
        third.queryset = partners_of(self.member, besides=referral.third_id)
        if may_go_to_another(referral):
            partner: Any = self.fields["partner"]
            partner.queryset = partners_of(self.member)
            partner.label_from_instance = called
        else:
            del self.fields["partner"]
        owner: Any = self.fields["owner"]
        ours = Member.objects.visible_to(self.member).select_related("user")
        may = ~Q(role=Role.VIEWER) | Q(pk=referral.member_id)
        owner.queryset = ours.filter(may).order_by("user__name", "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("third") and data["third"] == data.get("partner"):
            self.add_error("third", "A third partner is somebody else than the partner.")
        return data

    def company_meant(self) -> Company | None:
        """Return the company of that name: the one there is, deleted or not, found, or made."""
        there: Company | None = self.referral.company
        name = " ".join(self.cleaned_data["company"].split())
        same = there is not None and name == " ".join(there.name.split())
        return there if same else company_named(self.member, name)

    @classmethod
    def initial_of(cls, referral: Referral) -> dict[str, Any]:
        """Return what the form of a stored referral starts with."""
        expects = {True: "yes", False: "no", None: ""}[referral.expects_contact]
        return {
            **{
                name: getattr(referral, name)
                for name in (
                    "need", "stated_on", "stated_where", "third_is", "material", "became", "heat"
                )
            },
            "third": referral.third_id,
            "partner": referral.relationship_id,
            "owner": referral.member_id,
            "person": referral.person,
            "company": referral.company.name if referral.company else "",
            "expects_contact": expects,
            "value": money_of(referral),
            "seen": referral.version,
        }  # fmt: skip
