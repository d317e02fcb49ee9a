"""My info sheet: what it says, and who sees which part."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, first
from touchline.core.paths import path_to
from touchline.people import photos
from touchline.sheets.loading import company_of, sheet_of
from touchline.sheets.models import CompanySheet, Sheet
from touchline.sheets.parts import is_stale
from touchline.sheets.showing import SheetShown, for_viewer
from touchline.sheets.views import writing
from touchline.sheets.views.pictures import drawn
from touchline.sheets.writing import changing
from touchline.sheets.writing.beginning import known_of
from touchline.sheets.writing.forms import PictureForm, SheetForm
from touchline.sheets.writing.words import MINE


@change
def mine(request: MemberRequest) -> HttpResponse:
    """Show my sheet to be written; a POST writes it."""
    member = request.member
    sheet = sheet_of(member) or changing.begun(member)
    page = partial(_page, request, sheet)
    if request.method != "POST":
        return page()
    form = SheetForm(sheet, {}, request.POST.dict())

    def write() -> None:
        changing.write(
            sheet, member, seen=sheet.version, now=timezone.now(), words=form.words,
            audiences=form.audiences,
        )  # fmt: skip

    said = "Saved. Whoever has its address sees it so from now on."
    return writing.saved(request, sheet, form, page, write, said=said, home=path_to("sheets:mine"))


def _known(request: MemberRequest, sheet: Sheet) -> dict[str, str]:
    """Return what the form begins with where nothing was ever written."""
    if not request.member.may_change or any(getattr(sheet, field) for field in MINE):
        return {}
    return known_of(request.member)


def _page(
    request: MemberRequest,
    sheet: Sheet,
    *,
    form: SheetForm | None = None,
    status: int = 200,
    late: bool = False,
    picture: PictureForm | None = None,
) -> HttpResponse:
    member, company = request.member, company_of(request.member)
    form = form or SheetForm(sheet, _known(request, sheet))
    words = {field: getattr(sheet, field) for field in MINE}
    written = any(words.values())
    context = {
        "section": "sheet",
        "sheet": sheet,
        "form": form,
        "late": late,
        "picture": picture or PictureForm(photos.small),
        "photo": writing.in_page(photos.CONTENT_TYPE, sheet.photo),
        "written": written,
        "prefilled": not written and not form.is_bound and len(form.initial) > 0,
        "stale": is_stale(sheet.confirmed_on, member.today()),
        "company": company,
        "versions": writing.versions_of(sheet, words),
        "shown": _shown(request, sheet if sheet.pk else None, company, partner=True),
    }
    return render(request, "sheets/mine.html", context, status=status)


def _shown(
    request: MemberRequest, sheet: Sheet | None, company: CompanySheet | None, *, partner: bool
) -> SheetShown:
    """Return the sheet as a partner or anybody sees it, its pictures in the page."""
    return for_viewer(
        sheet,
        company,
        name=str(request.member),
        company_name=str(request.member.workspace),
        partner=partner,
        photo=writing.in_page(photos.CONTENT_TYPE, sheet.photo if sheet else None),
        logo=writing.in_page("image/png", company.logo if company else None),
    )


def as_seen(request: MemberRequest) -> HttpResponse:
    """Show my sheet as those see it whom it is for."""
    partner = request.GET.get("as") == "partners"
    shown = _shown(request, sheet_of(request.member), company_of(request.member), partner=partner)
    page = {"section": "sheet", "shown": shown, "partner": partner}
    return render(request, "sheets/as_seen.html", page)


@change
def still_right(request: MemberRequest) -> HttpResponse:
    """Say that all of it is still so."""
    if request.method == "POST":
        sheet = sheet_of(request.member) or changing.begun(request.member)
        changing.confirm(sheet, request.member, now=timezone.now())
        messages.success(request, "Noted: still right. You are asked again in six months.")
    return SeeOther(path_to("sheets:mine"))


@first(drawn(photos.small))
@change
def photo(request: Any) -> HttpResponse:
    """Put my picture on my sheet, or take it off."""
    home, member = path_to("sheets:mine"), request.member
    if request.method != "POST":
        return SeeOther(home)
    sheet = sheet_of(member) or changing.begun(member)
    store = partial(changing.picture, sheet, member, now=timezone.now())
    return writing.pictured(request, partial(_page, request, sheet), store, home=home)


@change
def put_back(request: MemberRequest) -> HttpResponse:
    """Put former words of my sheet back."""
    return writing.put_back(request, home=path_to("sheets:mine"), sheet__member=request.member.pk)
