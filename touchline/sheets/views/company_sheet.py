"""The company's part of everybody's sheet."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, first
from touchline.core.paths import path_to
from touchline.people import photos
from touchline.sheets.loading import company_of
from touchline.sheets.models import CompanySheet
from touchline.sheets.showing import for_viewer
from touchline.sheets.views import writing
from touchline.sheets.views.pictures import drawn
from touchline.sheets.writing import changing
from touchline.sheets.writing.forms import CompanyForm, PictureForm
from touchline.sheets.writing.words import COMPANY


def _company(request: MemberRequest) -> CompanySheet:
    return company_of(request.member) or CompanySheet(workspace_id=request.member.workspace_id)


@change
def company_sheet(request: MemberRequest) -> HttpResponse:
    """Show the company's part; a POST of an owner writes it."""
    company = _company(request)
    page = partial(_page, request, company)
    if request.method != "POST":
        return page()
    form = CompanyForm(company, request.POST.dict())

    def write() -> None:
        changing.write_company(
            company, request.member, seen=company.version, now=timezone.now(), words=form.words
        )

    said, home = "Saved. It stands so on everybody’s sheet from now on.", "sheets:company_sheet"
    return writing.saved(request, company, form, page, write, said=said, home=path_to(home))


def _page(
    request: MemberRequest,
    company: CompanySheet,
    *,
    form: CompanyForm | None = None,
    status: int = 200,
    late: bool = False,
    picture: PictureForm | None = None,
) -> HttpResponse:
    words = {field: getattr(company, field) for field in COMPANY}
    logo = writing.in_page("image/png", company.logo)
    context = {
        "section": "sheet",
        "company": company,
        "form": form or CompanyForm(company),
        "late": late,
        "picture": picture or PictureForm(photos.whole),
        "logo": logo,
        "owns": request.member.is_owner and request.member.may_change,
        "shown": for_viewer(
            None, company, name="", company_name=str(request.member.workspace), partner=False,
            logo=logo,
        ).company,
        "versions": writing.versions_of(company, words),
    }  # fmt: skip
    return render(request, "sheets/company_sheet.html", context, status=status)


@first(drawn(photos.whole))
@change
def logo(request: Any) -> HttpResponse:
    """Put the company's logo on everybody's sheet, or take it off."""
    home, company = path_to("sheets:company_sheet"), _company(request)
    if request.method != "POST":
        return SeeOther(home)
    store = partial(changing.logo, company, request.member, now=timezone.now())
    return writing.pictured(request, partial(_page, request, company), store, home=home)


@change
def company_put_back(request: MemberRequest) -> HttpResponse:
    """Put former words of the company's part back."""
    home = path_to("sheets:company_sheet")
    return writing.put_back(request, home=home, company__isnull=False)
