"""What a partner does on their page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from touchline.core.changes import SeeOther
from touchline.core.refusal import Refused
from touchline.sheets.models import Link, Purpose
from touchline.sheets.partner_page import doing
from touchline.sheets.partner_page.forms import AgendaForm, AnswerForm, FeedbackForm, GoingForm
from touchline.sheets.sharing import shared_change
from touchline.sheets.views.shared_page import home_of, page


def _done(request: HttpRequest, said: str, where: str) -> HttpResponse:
    return SeeOther(f"{home_of(request)}?said={said}#{where}")


@shared_change(Purpose.PAGE)
def shared_page_answers(request: HttpRequest, link: Link) -> HttpResponse:
    """Take their answer to the next one-to-one."""
    if request.method != "POST":
        return SeeOther(home_of(request))
    form = AnswerForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            doing.answer(
                link,
                one=given["one"],
                sequence=given["sequence"],
                says=given["answer"],
                text=given["text"],
                times=given["times"],
                now=timezone.now(),
            )
            return _done(request, "answer", "meeting")
        except Refused as refused:
            form.add_error(None, str(refused))
    return page(request, link, status=422, answer=form)


@shared_change(Purpose.PAGE)
def shared_page_agenda(request: HttpRequest, link: Link) -> HttpResponse:
    """Put something of theirs on the agenda."""
    if request.method != "POST":
        return SeeOther(home_of(request))
    form = AgendaForm(request.POST)
    if form.is_valid():
        try:
            doing.add(link, form.cleaned_data["text"], now=timezone.now())
            return _done(request, "agenda", "agenda")
        except Refused as refused:
            form.add_error("text", str(refused))
    return page(request, link, status=422, agenda=form)


@shared_change(Purpose.PAGE)
def shared_page_keeping(request: HttpRequest, link: Link, pk: int) -> HttpResponse:
    """Tick a promise of theirs."""
    return _promise(request, link, pk, doing.keep, "kept")


@shared_change(Purpose.PAGE)
def shared_page_reopening(request: HttpRequest, link: Link, pk: int) -> HttpResponse:
    """Take such a tick back."""
    return _promise(request, link, pk, doing.take_back, "reopened")


def _promise(
    request: HttpRequest, link: Link, pk: int, do: Callable[..., None], said: str
) -> HttpResponse:
    if request.method == "POST":
        try:
            do(link, pk, now=timezone.now())
        except doing.NotHere:
            return render(request, "sheets/shared_gone.html", status=404)
        return _done(request, said, "promises")
    return SeeOther(home_of(request))


@shared_change(Purpose.PAGE)
def shared_page_feedback(request: HttpRequest, link: Link, pk: int) -> HttpResponse:
    """Take what they say about an introduction."""
    if request.method != "POST":
        return SeeOther(home_of(request))
    form = FeedbackForm(request.POST)
    try:
        if form.is_valid():
            doing.tell(link, pk, form.cleaned_data["said"], now=timezone.now())
            return _done(request, "feedback", f"introduction-{pk}")
        doing.known(link, pk)
    except doing.NotHere:
        return render(request, "sheets/shared_gone.html", status=404)
    except Refused as refused:
        form.add_error("text", str(refused))
    return page(request, link, status=422, feedback=form, about=pk)


@shared_change(Purpose.PAGE)
def shared_page_going(request: HttpRequest, link: Link) -> HttpResponse:
    """Take what they say about how it is going."""
    if request.method != "POST":
        return SeeOther(home_of(request))
    form = GoingForm(request.POST)
    if form.is_valid():
        try:
            doing.say_how_it_goes(link, form.cleaned_data["text"], now=timezone.now())
            return _done(request, "going", "going")
        except Refused as refused:
            form.add_error("text", str(refused))
    return page(request, link, status=422, going=form)
