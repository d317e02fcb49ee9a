"""How often one address may ask for a page that signs in."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

P = ParamSpec("P")


def limited(
    amount: int, seconds: int = 60
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 429 to an address that asked ``amount`` times within ``seconds``, GET included."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            key = f"limited:{view.__name__}:{get_adapter().get_client_ip(request)}"
            cache.add(key, 0, seconds)
            try:
                asked = cache.incr(key)
            except ValueError:  # ran out between the two calls
                asked = 1
            if asked > amount:
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
