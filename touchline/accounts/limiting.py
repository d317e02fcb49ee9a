"""How often one address may ask for a page that signs in."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address
from typing import Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

P = ParamSpec("P")


def address_of(request: HttpRequest) -> str:
    """Return the address that a request comes from, as limits count it.

    Of IPv6 the network: whoever has one address has the 2^64 of its /64 (RFC 6177).
    """
    given = str(get_adapter().get_client_ip(request))
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return given


def over(key: str, amount: int, seconds: int = 60) -> bool:
    """Count one more of ``key``; say whether that is more than ``amount`` within ``seconds``."""
    name = f"limited:{key}"
    cache.add(name, 0, seconds)
    try:
        return cache.incr(name) > amount
    except ValueError:  # ran out between the two calls
        return False


def limited(
    amount: int, seconds: int = 60
) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Answer 429 to an address that asked ``amount`` times within ``seconds``, GET included."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if over(f"{view.__name__}:{address_of(request)}", amount, seconds):
                return render(request, "429.html", status=429)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
