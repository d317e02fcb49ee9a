"""The one way in which a page is opened, and changed, by a link instead of a member.

There is no cookie and no session: the address is the key, so that a forged form of another site,
which does not know it, can do nothing. Wrong, expired, revoked and of another purpose get the
same answer. docs/domain/links.md says what is promised.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from touchline.accounts.limiting import address_of, over
from touchline.core.changes import FIELD, SeeOther, Undo, posting, takes_posts, without_nul
from touchline.core.models import Receipt
from touchline.core.refusal import Refused
from touchline.sheets.models import Link, Visit

P = ParamSpec("P")
# A view of a shared page: what is asked for, the link, and what else stands in the address.
Page = Callable[Concatenate[Any, Any, P], HttpResponse]

# A minute: pages and changes of one link, requests of one address, wrong links of one address.
OF_A_LINK, OF_AN_ADDRESS, WRONG = 90, 120, 20
# A day: changes by one link. Who types all day makes a few hundred; the journal keeps each.
CHANGES, A_DAY = 1500, 24 * 60 * 60
# Answers in which a page stands: as it is asked for, and as a form comes back.
READ = (200, 422)


def shared(
    purpose: str, *, logged: bool = True
) -> Callable[[Page[P]], Callable[..., HttpResponse]]:
    """Open ``view(request, link, …)`` to whoever has a live link for this purpose.

    What shows the page leaves a visit, where ``logged``, whatever was asked; a GET changes
    nothing else.
    """

    def decorate(view: Page[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(
            request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            address, now = address_of(request), timezone.now()
            # Not asked of the database: a flood costs it nothing.
            if over(f"with:{address}", OF_AN_ADDRESS):
                return render(request, "429.html", status=429)
            link = Link.objects.find(token, purpose, now)
            if link is None:
                return wrong(request, address)
            if over(f"with:link:{link.pk}", OF_A_LINK):
                return render(request, "429.html", status=429)
            if request.method == "POST" and over(f"with:day:{link.pk}", CHANGES, A_DAY):
                return render(request, "429.html", status=429)
            with timezone.override(link.host.zone):
                response = view(request, link, *args, **kwargs)
                if logged and request.method != "HEAD" and response.status_code in READ:
                    Visit.log(link, now)
            return response

        return login_not_required(csrf_exempt(wrapped))

    return decorate


def wrong(request: HttpRequest, address: str) -> HttpResponse:
    """Answer a link that opens nothing: the same whatever is the matter with it."""
    if over(f"with:wrong:{address}", WRONG):
        return render(request, "429.html", status=429)
    return render(request, "sheets/shared_gone.html", status=404)


def shared_change(
    purpose: str, *, first: Callable[[Any, Link], None] | None = None
) -> Callable[[Page[P]], Callable[..., HttpResponse]]:
    """Open a page that takes posts as well: ``shared``, with what ``core.changes`` promises.

    A post runs in one transaction, holds the link so that it can't be revoked meanwhile, and does
    nothing twice. What is refused is said on a page of its own. An answer that is no redirect
    changes nothing. No token is stored: a receipt says where it led without it. ``first`` is
    called with request and link before the transaction: for what takes its time, as a picture
    does, so that no change of anybody else's waits for it.
    """

    def decorate(view: Page[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def changing(request: Any, link: Link, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method != "POST":
                return view(request, link, *args, **kwargs)
            without_nul(request)
            if first is not None:
                first(request, link)
            token = request.resolver_match.kwargs["token"] if request.resolver_match else ""
            given = request.POST.get(FIELD, "")[:64]
            # No user has a number below nought: these are of a link.
            whose, key = -link.pk, posting(request, given)
            try:
                with transaction.atomic():
                    held = Link.objects.select_for_update().live(timezone.now())
                    if not held.filter(pk=link.pk).exists():
                        return wrong(request, address_of(request))
                    if given and not Receipt.begin(whose, key, purpose):
                        return SeeOther(Receipt.led_to(whose, key).replace("~", token))
                    response = view(request, link, *args, **kwargs)
                    if not 300 <= response.status_code < 400:
                        raise Undo(response)
                    if given:
                        Receipt.lead(whose, key, response["Location"].replace(token, "~"))
                    return response
            except Undo as undo:
                return undo.response
            except Refused as refused:
                said = {"said": str(refused), "home": link.path}
                return render(request, "sheets/shared_refused.html", said, status=409)

        page: Callable[..., HttpResponse] = changing
        return takes_posts(shared(purpose)(page))

    return decorate
