"""What the pages have in common on which a sheet is written: one's own, and the company's part."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther
from touchline.core.keys import key_in
from touchline.sheets.models import CompanySheet, Sheet, SheetChange
from touchline.sheets.writing import changing
from touchline.sheets.writing.forms import CompanyForm, PictureForm, SheetForm
from touchline.sheets.writing.versions import Version, versions

# Changes of single fields that a page shows, the newest.
MOST_CHANGES = 60

# Shows the page again: ``page(status=422, …)``.
Page = Callable[..., HttpResponse]


def saved(
    request: MemberRequest,
    row: Sheet | CompanySheet,
    form: SheetForm | CompanyForm,
    page: Page,
    write: Callable[[], None],
    *,
    said: str,
    home: str,
) -> HttpResponse:
    """Write what was posted, and say so; or show the page again, with what is to be put right.

    Where another tab wrote meanwhile both are in sight, and what is saved next is decided on.
    """
    if not form.is_valid():
        return page(form=form, status=422)
    if form.cleaned_data["seen"] != row.version:
        form.data["seen"] = str(row.version)  # type: ignore[index]
        return page(form=form, status=422, late=True)
    write()
    messages.success(request, said)
    return SeeOther(home)


def pictured(
    request: Any, page: Page, store: Callable[[bytes | None], None], *, home: str
) -> HttpResponse:
    """Store the picture that was drawn before the change began (``pictures.drawn``), or none."""
    form: PictureForm = request.form
    if "remove" in request.POST:
        store(None)
    elif form.is_valid():
        store(form.cleaned_data["picture"])
    else:
        return page(picture=form, status=422)
    return SeeOther(home)


def put_back(request: MemberRequest, *, home: str, **whose: Any) -> HttpResponse:
    """Put former words back that are named by the post, of the sheet ``whose`` names."""
    if request.method == "POST":
        changes = SheetChange.objects.visible_to(request.member)
        key = key_in(request.POST.get("change", ""))
        found = get_object_or_404(
            changes.select_related("sheet__member", "company"), pk=key, **whose
        )
        changing.put_back(found, request.member, now=timezone.now())
        messages.success(request, "The former words are back. Those of just now are kept below.")
    return SeeOther(home)


def versions_of(row: Sheet | CompanySheet, words: Mapping[str, str]) -> list[Version]:
    """Return the newest versions of a sheet that says ``words`` now; none of one not stored."""
    if not row.pk:
        return []
    changes = row.changes.select_related("by__user")[:MOST_CHANGES]
    return versions(changes, dict(words), company=isinstance(row, CompanySheet))


def in_page(kind: str, picture: bytes | memoryview | None) -> str:
    """Return a picture of ours as the ``src`` of an image, for those who are signed in."""
    return f"data:{kind};base64,{b64encode(bytes(picture)).decode()}" if picture else ""
