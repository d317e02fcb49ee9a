"""A sheet that came as text, mail or vCard is put in, and sorted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from touchline.core import uploads
from touchline.core.changes import SeeOther, change, first
from touchline.core.keys import key_in
from touchline.core.words import capital, count
from touchline.playbook.models import of
from touchline.relationships.views.reaching import relationship_of
from touchline.sheets.models import TheirSheet
from touchline.sheets.sorting.forms import PutInForm
from touchline.sheets.sorting.putting_in import picture_of, put_in
from touchline.sheets.sorting.taking_away import take_away
from touchline.sheets.views.theirs import page_of_sheets, their_sheet_of


def _read(request: Any) -> None:
    """Read and sort what is put in: ``request.form``; what became of it: ``done`` and ``photo``."""
    refused = uploads.too_large(request)
    request.form = form = PutInForm(request.POST, request.FILES)
    if refused:
        form.full_clean()
        form.errors.clear()
        form.refuse(*refused)
    if form.is_valid():
        # What it listens for takes a twentieth of the start to make ready, for a page in a hundred.
        from touchline.sheets.sorting.sorting import sort

        request.done = sort(form.found.text, of(request.member.workspace).topics)
        request.photo = picture_of(form.found)


@first(_read)
@change
def putting_in(request: Any, pk: int) -> HttpResponse:
    """Put in a sheet of a partner's, and go on to what it says."""
    relationship = relationship_of(request, pk)
    if request.method != "POST":
        return SeeOther(f"{reverse('sheets:their_sheets', args=[pk])}#put-in")
    form: PutInForm = request.form
    if form.is_valid():
        done = request.done
        sheet = put_in(
            request.member, relationship, form.found, done, request.photo,
            filename=form.filename, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _said(sheet, len(done.answers), form.found.left_out))
        return SeeOther(reverse("sheets:their_sheet", args=[sheet.pk]))
    page = page_of_sheets(request, relationship, form)
    return render(request, "sheets/their_sheets.html", page, status=422)


@change
def taking_away(request: Any, pk: int) -> HttpResponse:
    """Take a sheet away that was put in for the wrong partner."""
    sheet = their_sheet_of(request, pk)
    if request.method != "POST":
        return SeeOther(f"{reverse('sheets:their_sheet', args=[pk])}#take-away")
    chosen = {key for each in request.POST.getlist("fact") if (key := key_in(each)) is not None}
    staying = take_away(request.member, sheet, with_facts=chosen)
    stay = f" {capital(count(staying, 'fact'))} from it stay{'s' if staying == 1 else ''} known."
    messages.success(request, f"The sheet is gone.{stay if staying else ''}")
    return SeeOther(reverse("sheets:their_sheets", args=[sheet.relationship_id]))


def _said(sheet: TheirSheet, answers: int, left_out: tuple[str, ...]) -> str:
    said = f"{capital(count(answers, 'answer'))} to decide on." if answers else "Kept as it came."
    if not answers:
        said += " Nothing in it could be sorted: all of it stands below."
    elif sheet.unsorted:
        said += " What could not be sorted stands below."
    if left_out:
        verb = "was" if len(left_out) == 1 else "were"
        said += f" Attached, and not read, {verb} {', '.join(left_out[:3])}."
    return said
