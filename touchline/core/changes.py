"""The one way in which a page changes something."""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from touchline.core.models import Receipt
from touchline.core.refusal import Refused

P = ParamSpec("P")

FIELD = "once"
SAVED = "saved"


class SeeOther(HttpResponseRedirect):
    """303: what was posted is done, look at this page now."""

    status_code = 303


def token() -> str:
    """Return a new token for one form on one page."""
    return secrets.token_urlsafe(16)


class Undo(Exception):
    """Rolls a transaction back and carries the answer out of it."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def change(
    view: Callable[Concatenate[Any, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Wrap a view whose POST changes something; its GET passes through untouched.

    A POST runs in one transaction. A viewer gets 403. A form whose token was seen before
    changes nothing again and is sent where the first one was. A rule that refuses becomes
    a message on the page named by ``back`` (or the page the form stood on). An answer that
    is not a redirect (a form shown again with its errors) changes nothing.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        member = request.member  # type: ignore[attr-defined]
        if not member.may_change:
            raise PermissionDenied
        without_nul(request)
        given = request.POST.get(FIELD, "")[:64]
        key = posting(request, given)
        user_id = member.user_id
        try:
            with transaction.atomic():
                if given and not Receipt.begin(user_id, key, request.path):
                    return SeeOther(Receipt.led_to(user_id, key))
                response = view(request, *args, **kwargs)
                if not 300 <= response.status_code < 400:
                    raise Undo(response)
                if given:
                    Receipt.lead(user_id, key, response["Location"])
                    # Tells the page's script that this draft is stored and may go.
                    response.set_cookie(SAVED, given, max_age=600, samesite="Lax")
                return response
        except Undo as undo:
            return undo.response
        except Refused as refused:
            messages.error(request, str(refused))
            return SeeOther(back(request))

    return takes_posts(wrapped)


def first(
    read: Callable[[Any], None],
) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Call ``read`` with the request of a post before its change begins; stands above ``change``.

    For what takes its time and changes nothing, as reading a file does: on SQLite nobody else can
    write while a change goes on.
    """

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def wrapped(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request: Any = args[0]
            if request.method == "POST" and request.member.may_change:
                without_nul(request)
                read(request)
            return view(*args, **kwargs)

        return wrapped

    return decorate


def only_a_form(
    view: Callable[Concatenate[Any, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Wrap a view whose page is there for its form alone: a ``change`` that viewers cannot open.

    Elsewhere a viewer reads the page and the form is left out; here nothing would be left.
    """
    changing = change(view)

    @wraps(changing)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.member.may_change:  # type: ignore[attr-defined]
            raise PermissionDenied
        return changing(request, *args, **kwargs)

    wrapped.only_a_form = True  # type: ignore[attr-defined]
    return wrapped


def without_nul(request: HttpRequest) -> None:
    """Take the NULs out of what was typed: nobody sees or means one, PostgreSQL stores none."""
    if any("\x00" in value for _, values in request.POST.lists() for value in values):
        typed = request.POST.copy()
        for name, values in request.POST.lists():
            typed.setlist(name, [value.replace("\x00", "") for value in values])
        request.POST = typed  # type: ignore[assignment]


def posting(request: HttpRequest, given: str) -> str:
    """Return what makes two postings the same one: form, address, and all that was typed.

    Somebody who goes back, types something else and posts again means another change.
    """
    said = [(name, request.POST.getlist(name)) for name in sorted(request.POST)]
    files = [
        (name, [(file.name, file.size) for file in request.FILES.getlist(name)])
        for name in sorted(request.FILES)
    ]
    ignored = ("csrfmiddlewaretoken",)
    whole = repr((given, request.path, [one for one in said if one[0] not in ignored], files))
    return hashlib.sha256(whole.encode()).hexdigest()


def takes_posts(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Mark a view as one that takes posts; ``change`` does, and sign-in, which has no member."""
    view.takes_posts = True  # type: ignore[attr-defined]
    return view


def back(request: HttpRequest, default: str = "/") -> str:
    """Return the local page the form stood on: its ``back`` field, or ``default``.

    Only a path on this site is accepted, so that a form cannot send anyone elsewhere.
    """
    path = request.POST.get("back") or request.GET.get("back") or ""
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return default
