"""Companies: all of them, and one with its people and what is noted about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.refusal import Refused
from touchline.core.words import count
from touchline.meetings.knowing.loading import history_with
from touchline.people.editing import edit_company, make_company
from touchline.people.forms import CompanyForm, point_forms, points_of
from touchline.people.models import Company, Person
from touchline.people.views.company_list import COUNTED, page
from touchline.people.views.deleting import bring_back, put_away
from touchline.people.views.person import way_of
from touchline.people.views.rows import rows
from touchline.relationships.line import axis

SHOWN = 100


def companies(request: MemberRequest) -> HttpResponse:
    """Show a page of companies by name, each with how many people it has."""
    shown = page(request.member, request.GET)
    said = (
        f"More than {COUNTED:,} companies"
        if shown.count is None
        else count(shown.count, "company", "companies").capitalize()
    )
    return render(
        request,
        "people/companies.html",
        {
            "section": "people",
            "page": shown,
            "rows": [
                (one, count(shown.people.get(one.pk, 0), "person", "people"))
                for one in shown.companies
            ],
            "summary": said,
            "none": not shown.q and not shown.count and shown.count is not None,
        },
    )


@only_a_form
def company_new(request: MemberRequest) -> HttpResponse:
    """Show the form for a new company; a POST makes it."""
    posted = request.POST if request.method == "POST" else None
    form, points = CompanyForm(posted), point_forms(posted)
    if posted is not None and form.is_valid() and points.is_valid():
        try:
            made = make_company(request.member, **form.cleaned_data, points=points_of(points))
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, f"{made.name} is among your companies.")
            return SeeOther(made.get_absolute_url())
    return render(
        request,
        "people/company_new.html",
        {"section": "people", "form": form, "points": points},
        status=200 if posted is None else 422,
    )


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
            "told": history_with([found.pk], member).get(found.pk, ()),
        },
        status=200 if posted is None else 422,
    )


@change
def company_deletion(request: MemberRequest, company_id: int) -> HttpResponse:
    """Put a company out of sight; its people stay, and for a month it can be undone."""
    found = get_object_or_404(Company.objects.visible_to(request.member), pk=company_id)
    return put_away(
        request,
        found,
        said="is deleted; its people stay.",
        deleted="people:companies_deleted",
        then="people:companies",
    )


@change
def company_restoration(request: MemberRequest, company_id: int) -> HttpResponse:
    """Take a deletion back."""
    found = get_object_or_404(Company.objects.deleted_for(request.member), pk=company_id)
    return bring_back(request, found, deleted="people:companies_deleted")


def companies_deleted(request: MemberRequest) -> HttpResponse:
    """Show which companies were deleted in the last month."""
    gone = Company.objects.deleted_for(request.member).order_by("-deleted_at")[:200]
    return render(
        request, "people/companies_deleted.html", {"section": "people", "companies": gone}
    )
