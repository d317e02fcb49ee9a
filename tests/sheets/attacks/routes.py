"""Every address that opens without an account, found by walking the routes of the product."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.sheets.partner_page.cast import Cast

SHARED = "shared_"
_PURPOSE = re.compile(r"^with/(\w+)/<str:token>/")


@dataclass(frozen=True, slots=True)
class Route:
    """A shared route: its name, the purpose in its address, and what it takes beside the token."""

    name: str
    pattern: str
    takes: tuple[str, ...]
    takes_posts: bool

    @property
    def purpose(self) -> str:
        found = _PURPOSE.match(self.pattern)
        assert found, f"{self.name}: a shared route is with/<purpose>/<str:token>/…"
        return found[1]

    def path(self, secret: str, pk: int) -> str:
        given = {"token": secret, "pk": pk}
        return reverse(f"sheets:{self.name}", kwargs={name: given[name] for name in self.takes})

    def own(self, cast: Cast) -> int:
        """Return the key of a record of the page's own, where the address has one."""
        return cast.named.pk if "referrals" in self.pattern else cast.promised.pk

    def other(self, cast: Cast) -> int:
        """Return the key of one of another relationship."""
        return cast.other_referral.pk if "referrals" in self.pattern else cast.other_promise.pk


def _walk(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        whole = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, whole)
        else:
            yield whole, each


def everywhere() -> list[Route]:
    """Return all shared routes: those so named, and those that lie under ``with/``."""
    return [
        Route(
            each.name or "",
            whole,
            tuple(each.pattern.converters),
            bool(getattr(each.callback, "takes_posts", False)),
        )
        for whole, each in _walk(get_resolver().url_patterns)
        if (each.name or "").startswith(SHARED) or whole.startswith("with/")
    ]


ROUTES = everywhere()
