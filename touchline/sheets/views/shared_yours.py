"""Where a partner says about themselves what they like."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from touchline.accounts.limiting import over
from touchline.core.changes import SeeOther
from touchline.core.uploads import too_large
from touchline.people import photos
from touchline.playbook.models import of
from touchline.sheets.models import Link, Purpose
from touchline.sheets.sharing import shared, shared_change
from touchline.sheets.theirs import saving
from touchline.sheets.theirs.asking import Form
from touchline.sheets.theirs.wording import Key, Question
from touchline.sheets.theirs.words import NUMBERS, progress
from touchline.sheets.views.pictures import sent

# What is said on the page after a post, by a word in its address.
SAID = {"saved": "Saved.", "handed": "Thank you. It is handed over."}
TOO_LONG = f"This is longer than {saving.LONGEST:,} letters. Shorten it, and save again."
NO_PICTURE = "That picture can’t be used: {}"
TOO_MANY = "several have come within a minute. Wait a moment, and choose it again."
# Drawing a picture costs more than a page does: so many a minute of one link.
PICTURES = 6


@dataclass(frozen=True, slots=True)
class Field:
    """A question as a field: what stands in it, and what stood there as the page was made.

    ``was`` is a digest, so that only what was changed on this very page is kept from it.
    ``again`` is the day of their former answer where it is old, ``kept`` says that they have
    answered now, ``emptied`` that they took back what they had said, ``error`` what is wrong.
    """

    question: Question
    text: str
    was: str
    again: date | None = None
    kept: bool = False
    emptied: bool = False
    error: str = ""

    @property
    def id(self) -> str:
        return f"q-{self.question.key.replace('/', '-')}"


@shared(Purpose.YOURS)
def shared_yours(request: HttpRequest, link: Link) -> HttpResponse:
    """Ask for their sheet."""
    return _page(request, link, said=SAID.get(request.GET.get("said", ""), ""))


def _draw(request: HttpRequest, link: Link) -> None:
    """Draw the picture that was posted anew, or note why not: ``drawn``, ``picture_error``."""
    request.drawn, request.picture_error = b"", ""  # type: ignore[attr-defined]
    picture, refused = request.FILES.get("photo"), too_large(request)
    if picture is None and refused is None:
        return
    try:
        # Asked of the file before it is read.
        if refused is not None or picture is None or (picture.size or 0) > photos.MAX_BYTES:
            raise photos.Unreadable("it has more than 5 MB.")
        if over(f"with:picture:{link.pk}", PICTURES):
            raise photos.Unreadable(TOO_MANY)
        request.drawn = photos.small(picture.read())  # type: ignore[attr-defined]
    except photos.Unreadable as error:
        said = str(error).replace(" and was left out", "")
        request.picture_error = NO_PICTURE.format(said)  # type: ignore[attr-defined]


@shared_change(Purpose.YOURS, first=_draw)
def shared_answers(request: HttpRequest, link: Link) -> HttpResponse:
    """Keep what they typed so far: one field, or all of them."""
    if request.method != "POST":
        return SeeOther(link.path)
    typed = _typed(request)
    bad = _kept(request, link, typed)
    if bad:
        return _page(request, link, typed=typed, bad=bad)
    return SeeOther(f"{link.path}?said=saved#yours-end")


@shared_change(Purpose.YOURS, first=_draw)
def shared_handing_over(request: HttpRequest, link: Link) -> HttpResponse:
    """Hand over what they typed, with what stands in the fields."""
    if request.method != "POST":
        return SeeOther(link.path)
    typed = _typed(request)
    bad = _kept(request, link, typed)
    if bad:
        return _page(request, link, typed=typed, bad=bad)
    saving.hand_over(link, now=timezone.now())
    return SeeOther(f"{link.path}?said=handed#main")


@shared(Purpose.YOURS, logged=False)
def shared_your_photo(request: HttpRequest, link: Link) -> HttpResponse:
    """Show them the picture that they gave."""
    sheet = saving.open_sheet(link.between)
    return sent(sheet.photo if sheet else None)


def _typed(request: HttpRequest) -> dict[Key, str]:
    """Return what was changed on the page, by slot; a field that is as it stood is left out."""
    typed = {}
    for name in request.POST:
        kind, _, key = name.partition(":")
        text = saving.tidy(request.POST[name])
        if kind == "answer" and request.POST.get(f"was:{key}") != saving.digest(text):
            topic, _, slot = key.partition("/")
            typed[topic, slot] = text
    return typed


def _kept(request: Any, link: Link, typed: Mapping[Key, str]) -> dict[Key, str]:
    """Keep what was posted; return what is wrong with it, by slot, where nothing is kept.

    What is wrong with the picture has no slot: it stands under two empty texts.
    """
    bad = {of: TOO_LONG for of, text in typed.items() if len(text) > saving.LONGEST}
    if request.picture_error:
        bad["", ""] = request.picture_error
    if bad:
        return bad
    now = timezone.now()
    if request.drawn:
        saving.give_picture(link, request.drawn, now=now)
    typed = {**_still(request, link), **typed}
    if typed:
        saving.type_in(link, typed, now=now)
    if request.POST.get("no_photo"):
        saving.take_picture_out(link)
    return {}


def _still(request: HttpRequest, link: Link) -> dict[Key, str]:
    """Return the former words of an answer that they say is still so."""
    key, form = request.POST.get("still", ""), None
    if key:
        form = _form(link)
    found = (one for one in form.asked if one.question.key == key) if form else ()
    return {one.question.of: one.text for one in found if one.before}


def _form(link: Link) -> Form:
    return saving.form_for(link.between, of(link.workspace), link.host.today())


def _page(
    request: HttpRequest,
    link: Link,
    *,
    said: str = "",
    typed: Mapping[Key, str] | None = None,
    bad: Mapping[Key, str] | None = None,
) -> HttpResponse:
    form, sheet = _form(link), saving.open_sheet(link.between)
    typed, bad = typed or {}, bad or {}

    def field(one: Any) -> Field:
        slot = one.question.of
        stood = Field(
            one.question, one.text, saving.digest(one.text), one.before, one.kept, one.emptied
        )
        return replace(stood, text=typed.get(slot, one.text), error=bad.get(slot, ""))

    page = {
        "host": link.host,
        "firm": link.workspace.name,
        "link": link,
        "said": said,
        "asked": [field(one) for one in form.asked],
        "told": [field(one) for one in form.told],
        "progress": progress(form.answered, len(form.asked)),
        "none": progress(0, len(form.asked)),
        "numbers": " ".join(NUMBERS),
        "sheet": sheet,
        "changed": saving.changed_since(sheet),
        "until": link.expires_at,
        "most": saving.LONGEST,
        "errors": bool(bad),
        "photo_error": bad.get(("", ""), ""),
        "draft": saving.draft_key(link),
        "answers_url": f"{link.path}answers/",
        "photo_url": reverse("sheets:shared_your_photo", args=[link.token]),
    }
    return render(request, "sheets/shared_yours.html", page, status=422 if bad else 200)
