"""What is said of a referral, put right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, only_a_form
from touchline.core.refusal import Refused
from touchline.referrals.correction_form import CorrectionForm
from touchline.referrals.models import Referral
from touchline.referrals.views.beginning import refused_in
from touchline.referrals.views.reaching import referral_of


def _change(form: CorrectionForm, found: Referral) -> bool:
    """Store it; False where the form has to be looked at again."""
    data, by = form.cleaned_data, form.member
    company = form.company_meant()
    partner = data.get("partner") or found.relationship
    money, somebody = data["value"], data["person"]
    before = (found.person_id, found.company_id, found.need, found.relationship_id)
    after = (
        somebody.person.pk if somebody and somebody.person else None,
        company.pk if company else None,
        data["need"],
        partner.pk,
    )
    asks = found.is_given and not found.is_history and after != before
    if asks and not form.weigh(partner, company, besides=found.pk):
        return False
    told_by = f"{partner.person.name}, a referral"
    try:
        found.change(
            by,
            seen=data["seen"],
            relationship=partner,
            person=somebody.made(by, data["company"], told_by) if somebody else None,
            company=company,
            value_minor=money.minor if money else None,
            currency=money.currency if money else "",
            member=data["owner"] or found.member,
            **{
                name: data[name]
                for name in (
                    "need", "stated_on", "stated_where", "third", "third_is", "heat",
                    "expects_contact", "material", "became",
                )
            },
        )  # fmt: skip
    except Refused as refused:
        if data["seen"] not in (None, found.version):
            raise
        refused_in(form, refused)
        return False
    return True


@only_a_form
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the form of a referral; a POST stores it."""
    found = referral_of(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = CorrectionForm(
        posted, initial=CorrectionForm.initial_of(found), member=request.member, referral=found
    )
    home = back(request, found.get_absolute_url())
    if posted is not None and form.is_valid() and _change(form, found):
        messages.success(request, "Saved.")
        return SeeOther(home)
    page = {
        "section": "referrals",
        "referral": found,
        "partner": found.relationship.person,
        "form": form,
        "already": form.already,
        "home": home,
        "asked": found.asked_on is not None,
    }
    return render(request, "referrals/edit.html", page, status=422 if posted else 200)
