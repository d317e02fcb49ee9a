"""A form whose page is older than the sign-in: its protection token no longer fits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say so and lead back to the page, where the browser still holds what was typed.

    This happens after signing out and in again in another tab. A part of a page asked for by
    a script has the whole page loaded anew, which brings a token that fits.
    """
    asked = getattr(request, "htmx", None)
    if asked and asked.current_url_abs_path:
        return HttpResponseClientRedirect(asked.current_url_abs_path)
    return render(request, "stale.html", {"here": request.path}, status=403)
