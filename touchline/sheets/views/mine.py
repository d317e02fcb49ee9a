"""My info sheet: what it says, and who sees which part."""

from base64 import b64encode
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
from touchline.sheets.loading import company_of, sheet_of
from touchline.sheets.models import CompanySheet, Sheet, SheetChange
from touchline.sheets.parts import is_stale
from touchline.sheets.showing import SheetShown, for_viewer
from touchline.sheets.views.pictures import drawn
from touchline.sheets.writing import changing
from touchline.sheets.writing.beginning import known_of
from touchline.sheets.writing.forms import PictureForm, SheetForm
from touchline.sheets.writing.versions import versions
from touchline.sheets.writing.words import MINE

# Changes of single fields that the page shows, the newest.
MOST_CHANGES = 60


@change
def mine(request: MemberRequest) -> HttpResponse:
    """Show my sheet to be written; a POST writes it."""
    member = request.member
    sheet = sheet_of(member) or changing.begun(member)
    if request.method != "POST":
        return _page(request, sheet, SheetForm(sheet, _known(request, sheet)))
    form = SheetForm(sheet, {}, request.POST.dict())
    if not form.is_valid():
        return _page(request, sheet, form, status=422)
    if form.cleaned_data["seen"] != sheet.version:
        # Another tab wrote meanwhile: both are in sight, and what is saved next is decided on.
        form.data["seen"] = str(sheet.version)  # type: ignore[index]
        return _page(request, sheet, form, status=422, late=True)
    changing.write(
        sheet, member, seen=sheet.version, now=timezone.now(), words=form.words,
        audiences=form.audiences,
    )  # fmt: skip
    messages.success(request, "Saved. Whoever has its address sees it so from now on.")
    return SeeOther(path_to("sheets:mine"))


def _known(request: MemberRequest, sheet: Sheet) -> dict[str, str]:
    """Return what the form begins with where nothing was ever written."""
    if not request.member.may_change or any(getattr(sheet, field) for field in MINE):
        return {}
    return known_of(request.member)


def _page(
    request: MemberRequest,
    sheet: Sheet,
    form: SheetForm,
    *,
    status: int = 200,
    late: bool = False,
    picture: PictureForm | None = None,
) -> HttpResponse:
    member, company = request.member, company_of(request.member)
    words = {field: getattr(sheet, field) for field in MINE}
    written = any(words.values())
    changes: Any = ()
    if sheet.pk:
        changes = sheet.changes.select_related("by__user")[:MOST_CHANGES]
    context = {
        "section": "sheet",
        "sheet": sheet,
        "form": form,
        "late": late,
        "picture": picture or PictureForm(photos.small),
        "photo": data_uri(photos.CONTENT_TYPE, sheet.photo),
        "written": written,
        "prefilled": not written and not form.is_bound and len(form.initial) > 0,
        "stale": is_stale(sheet.confirmed_on, member.today()),
        "company": company,
        "versions": versions(changes, words),
        "shown": shown_to(request, sheet if sheet.pk else None, company, partner=True),
    }
    return render(request, "sheets/mine.html", context, status=status)


def data_uri(kind: str, picture: bytes | memoryview | None) -> str:
    """Return a picture of ours as the ``src`` of an image, for those who are signed in."""
    return f"data:{kind};base64,{b64encode(bytes(picture)).decode()}" if picture else ""


def shown_to(
    request: MemberRequest, sheet: Sheet | None, company: CompanySheet | None, *, partner: bool
) -> SheetShown:
    """Return the sheet as a partner or anybody sees it, its pictures in the page."""
    return for_viewer(
        sheet,
        company,
        name=str(request.member),
        company_name=str(request.member.workspace),
        partner=partner,
        photo=data_uri(photos.CONTENT_TYPE, sheet.photo if sheet else None),
        logo=data_uri("image/png", company.logo if company else None),
    )


def as_seen(request: MemberRequest) -> HttpResponse:
    """Show my sheet as those see it whom it is for."""
    partner = request.GET.get("as") == "partners"
    shown = shown_to(request, sheet_of(request.member), company_of(request.member), partner=partner)
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
    home = path_to("sheets:mine")
    if request.method != "POST":
        return SeeOther(home)
    member, now = request.member, timezone.now()
    sheet = sheet_of(member) or changing.begun(member)
    if "remove" in request.POST:
        changing.picture(sheet, member, None, now=now)
        return SeeOther(home)
    form: PictureForm = request.form
    if form.is_valid():
        changing.picture(sheet, member, form.cleaned_data["picture"], now=now)
        return SeeOther(home)
    known = SheetForm(sheet, _known(request, sheet))
    return _page(request, sheet, known, status=422, picture=form)


@change
def put_back(request: MemberRequest) -> HttpResponse:
    """Put former words of my sheet back."""
    home = path_to("sheets:mine")
    if request.method == "POST":
        changes = SheetChange.objects.visible_to(request.member).select_related("sheet__member")
        found = get_object_or_404(
            changes, pk=key_in(request.POST.get("change", "")), sheet__member=request.member.pk
        )
        changing.put_back(found, request.member, now=timezone.now())
        messages.success(request, "The former words are back. Those of just now are kept below.")
    return SeeOther(home)
