"""A company: its people and what is noted about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change
from touchline.people.editing import edit_company
from touchline.people.forms import CompanyForm
from touchline.people.models import Company, Person
from touchline.people.views.rows import rows
from touchline.relationships.line import axis

SHOWN = 100


@change
def company(request: MemberRequest, company_id: int) -> HttpResponse:
    """Show a company; a POST renames it or changes its notes."""
    member = request.member
    found = get_object_or_404(Company.objects.visible_to(member), pk=company_id)
    form = CompanyForm(
        request.POST if request.method == "POST" else None, initial=CompanyForm.initial_of(found)
    )
    if request.method == "POST" and form.is_valid():
        edit_company(member, found, **form.cleaned_data)
        messages.success(request, f"{found.name} is saved.")
        return SeeOther(found.get_absolute_url())
    everyone: Any = (
        Person.objects.visible_to(member).filter(company=found).order_by("sort_key", "id")
    )
    shown = list(everyone.select_related("company")[: SHOWN + 1])
    return render(
        request,
        "people/company.html",
        {
            "section": "people",
            "company": found,
            "form": form,
            "rows": rows(member, shown[:SHOWN]),
            "axis": axis(member.today()),
            "more": len(shown) > SHOWN,
        },
        status=422 if request.method == "POST" else 200,
    )
