"""The partner's page: what both need for the next meeting, and nothing else."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.utils import timezone

from touchline.mail.recap_sent import recap_sent
from touchline.meetings.calendar_file import calendar_file
from touchline.referrals.passing.naming import unnamed
from touchline.sheets.models import Link, Purpose
from touchline.sheets.partner_page.forms import AgendaForm, AnswerForm, FeedbackForm, GoingForm
from touchline.sheets.partner_page.loading import Pictures, load, next_one, without_names
from touchline.sheets.sharing import shared

# What is said after something was done, by the word that stands in the address.
SAID = {
    "answer": "Thank you. Your answer has arrived.",
    "agenda": "It is on the list for your next meeting.",
    "kept": "Ticked off.",
    "reopened": "It is open again.",
    "feedback": "Thank you. What you wrote has arrived.",
    "going": "Thank you. What you wrote has arrived.",
}


def home_of(request: HttpRequest) -> str:
    """Return the address of the page that is asked for, by the secret it was asked with."""
    match = cast(ResolverMatch, request.resolver_match)
    return reverse("sheets:shared_page", args=[match.kwargs["token"]])


def page(request: HttpRequest, link: Link, *, status: int = 200, **typed: Any) -> HttpResponse:
    """Show the page; ``typed`` are forms that came back with something to put right.

    The form about a referral comes as ``feedback`` with ``about``, the key of the referral.
    """
    forms = {"answer": AnswerForm(), "agenda": AgendaForm(), "feedback": None,
             "going": GoingForm(), "empty": FeedbackForm(), **typed}  # fmt: skip
    home, said = home_of(request), request.GET.get("said", "")
    pictures = Pictures(photo=f"{home}photo.jpg", logo=f"{home}logo.png")
    context = {
        "page": load(link, timezone.now(), recap=recap_sent(link.between), pictures=pictures),
        "forms": forms,
        "home": home,
        "said": said if said in SAID else "",
        "sentence": SAID.get(said, ""),
    }
    return render(request, "sheets/shared_page.html", context, status=status)


@shared(Purpose.PAGE)
def shared_page(request: HttpRequest, link: Link) -> HttpResponse:
    """Show the page."""
    return page(request, link)


@shared(Purpose.PAGE)
def shared_page_calendar(request: HttpRequest, link: Link) -> HttpResponse:
    """Give the next one-to-one as a calendar file: when, where, and with whom."""
    now = timezone.now()
    one = next_one(link.between.pk, now)
    if one is None:
        return render(request, "sheets/shared_gone.html", status=404)
    spoken = without_names(one, unnamed(link.between))
    file = calendar_file(spoken, stamp=now, reader=str(link.host))
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="one-to-one.ics"'},
    )
