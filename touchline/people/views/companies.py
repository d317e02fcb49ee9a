"""A company: its people and what is noted about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change
from touchline.people.editing import edit_company
from touchline.people.forms import CompanyForm, point_forms, points_of
from touchline.people.models import Company, Person
from touchline.people.views.person import way_of
from touchline.people.views.rows import rows
from touchline.relationships.line import axis

SHOWN = 100


@change
def company(request: MemberRequest, company_id: int) -> HttpResponse:
    """Show a company; a POST renames it, changes its notes or how to reach it."""
    member = request.member
    found = get_object_or_404(Company.objects.visible_to(member), pk=company_id)
    posted = request.POST if request.method == "POST" else None
    written = list(found.points.all())
    form = CompanyForm(posted, initial=CompanyForm.initial_of(found))
    points = point_forms(
        posted,
        [{"kind": one.kind, "value": one.value, "label": one.label} for one in written],
    )
    if posted is not None and form.is_valid() and points.is_valid():
        edit_company(member, found, **form.cleaned_data, points=points_of(points))
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
            "points": points,
            "ways": [way_of(member, one.kind, one.value, one.normal, one.label) for one in written],
            "rows": rows(member, shown[:SHOWN]),
            "axis": axis(member.today()),
            "more": len(shown) > SHOWN,
        },
        status=200 if posted is None else 422,
    )
