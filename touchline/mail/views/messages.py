"""A message that failed: tried again, or let go."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, back, only_a_form
from touchline.mail import outbox
from touchline.mail.models import Message


@only_a_form
def attempt(request: MemberRequest, pk: int) -> HttpResponse:
    """Try to send it once more."""
    return _step(request, pk, outbox.try_again, "It is on its way again.")


@only_a_form
def dropping(request: MemberRequest, pk: int) -> HttpResponse:
    """Let it go."""
    return _step(request, pk, outbox.drop, "Let go. It was not sent.")


def _step(
    request: MemberRequest, pk: int, verb: Callable[[Message, Member], None], said: str
) -> HttpResponse:
    mine = Message.objects.visible_to(request.member).select_related("relationship")
    message = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        verb(message, request.member)
        messages.success(request, said)
    return SeeOther(back(request))
