"""Letters that hand a page over: asking for theirs, the page for the two, one's own sheet."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.core.keys import key_in
from touchline.mail import handing
from touchline.mail.along import NOTHING_TO_SHOW, has_sheet
from touchline.mail.draft import Draft, Recipient
from touchline.mail.views.writing import Choice, Letter, answer, base_of, not_now
from touchline.relationships.models import Relationship, State
from touchline.relationships.views.reaching import relationship_of

ENDED = "The programme has ended, so a link of it opens nothing. Take it up again first."


@only_a_form
def yours(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a partner for their sheet."""
    relationship = relationship_of(request, pk)
    return _linked(
        request,
        relationship,
        handing.yours,
        title="Asking for the sheet of",
        lede="A few questions in plain words. They answer what they like, without an account.",
    )


@only_a_form
def page(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand a partner the page for the two of you."""
    relationship = relationship_of(request, pk)
    return _linked(
        request,
        relationship,
        handing.page,
        title="The page for",
        lede="What you both need for the next one-to-one, and nothing else.",
    )


@only_a_form
def sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a partner one's own sheet."""
    relationship = relationship_of(request, pk)
    if not has_sheet(request.member):
        return not_now(request, reverse("sheets:mine"), NOTHING_TO_SHOW)
    return _letter(
        request,
        relationship,
        handing.sheet,
        title="Your sheet for",
        lede="As anyone with its address sees it, as a page and as a PDF.",
    )


@change
def sheet_to(request: MemberRequest) -> HttpResponse:
    """Lead from the page where one hands one's sheet out to the mail to one partner."""
    key = key_in(request.POST.get("to", ""))
    if request.method != "POST" or key is None:
        return SeeOther(reverse("sheets:hand_out"))
    return SeeOther(reverse("mail:sheet", args=[relationship_of(request, key).pk]))


def _linked(
    request: MemberRequest,
    relationship: Relationship,
    writing: handing.Writing,
    *,
    title: str,
    lede: str,
) -> HttpResponse:
    if relationship.state == State.ENDED:
        return not_now(request, relationship.get_absolute_url(), ENDED)
    return _letter(request, relationship, writing, title=title, lede=lede)


def _letter(
    request: MemberRequest,
    relationship: Relationship,
    writing: handing.Writing,
    *,
    title: str,
    lede: str,
) -> HttpResponse:
    now = timezone.now()

    def write(to: Recipient, choice: Choice) -> Draft:
        base = base_of(request)
        return writing(relationship, request.member, to, base=base, now=now, line=choice.line)

    letter = Letter(
        name=writing.__name__,
        relationship=relationship,
        title=title,
        lede=lede,
        write=write,
        back=reverse("sheets:links", args=[relationship.pk]),
    )
    return answer(request, letter)
