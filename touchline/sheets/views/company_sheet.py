"""The company's part of everybody's sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, first
from touchline.core.keys import key_in
from touchline.core.paths import path_to
from touchline.people import photos
from touchline.sheets.loading import company_of
from touchline.sheets.models import CompanySheet, SheetChange
from touchline.sheets.showing import for_viewer
from touchline.sheets.views.mine import MOST_CHANGES, data_uri
from touchline.sheets.views.pictures import drawn
from touchline.sheets.writing import changing
from touchline.sheets.writing.forms import CompanyForm, PictureForm
from touchline.sheets.writing.versions import versions
from touchline.sheets.writing.words import COMPANY


def _company(request: MemberRequest) -> CompanySheet:
    return company_of(request.member) or CompanySheet(workspace_id=request.member.workspace_id)


@change
def company_sheet(request: MemberRequest) -> HttpResponse:
    """Show the company's part; a POST of an owner writes it."""
    company = _company(request)
    if request.method != "POST":
        return _page(request, company, CompanyForm(company))
    form = CompanyForm(company, request.POST.dict())
    if not form.is_valid():
        return _page(request, company, form, status=422)
    if form.cleaned_data["seen"] != company.version:
        form.data["seen"] = str(company.version)  # type: ignore[index]
        return _page(request, company, form, status=422, late=True)
    changing.write_company(
        company, request.member, seen=company.version, now=timezone.now(), words=form.words
    )
    messages.success(request, "Saved. It stands so on everybody’s sheet from now on.")
    return SeeOther(path_to("sheets:company_sheet"))


def _page(
    request: MemberRequest,
    company: CompanySheet,
    form: CompanyForm,
    *,
    status: int = 200,
    late: bool = False,
    picture: PictureForm | None = None,
) -> HttpResponse:
    words = {field: getattr(company, field) for field in COMPANY}
    changes: Any = ()
    if company.pk:
        changes = company.changes.select_related("by__user")[:MOST_CHANGES]
    logo = data_uri("image/png", company.logo)
    context = {
        "section": "sheet",
        "company": company,
        "form": form,
        "late": late,
        "picture": picture or PictureForm(photos.whole),
        "logo": logo,
        "owns": request.member.is_owner and request.member.may_change,
        "shown": for_viewer(
            None, company, name="", company_name=str(request.member.workspace), partner=False,
            logo=logo,
        ).company,
        "versions": versions(changes, words, company=True),
    }  # fmt: skip
    return render(request, "sheets/company_sheet.html", context, status=status)


@first(drawn(photos.whole))
@change
def logo(request: Any) -> HttpResponse:
    """Put the company's logo on everybody's sheet, or take it off."""
    home = path_to("sheets:company_sheet")
    if request.method != "POST":
        return SeeOther(home)
    company, now = _company(request), timezone.now()
    if "remove" in request.POST:
        changing.logo(company, request.member, None, now=now)
        return SeeOther(home)
    form: PictureForm = request.form
    if form.is_valid():
        changing.logo(company, request.member, form.cleaned_data["picture"], now=now)
        return SeeOther(home)
    return _page(request, company, CompanyForm(company), status=422, picture=form)


@change
def company_put_back(request: MemberRequest) -> HttpResponse:
    """Put former words of the company's part back."""
    home = path_to("sheets:company_sheet")
    if request.method == "POST":
        changes = SheetChange.objects.visible_to(request.member).select_related("company")
        found = get_object_or_404(
            changes, pk=key_in(request.POST.get("change", "")), company__isnull=False
        )
        changing.put_back(found, request.member, now=timezone.now())
        messages.success(request, "The former words are back. Those of just now are kept below.")
    return SeeOther(home)
