"""The script that keeps briefs for where there is no network: docs/domain/brief.md."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@cache
def _script() -> bytes:
    return (Path(settings.PACKAGE) / "static/js/worker.js").read_bytes()


@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """Send the worker from the root, so that it may answer for every page of ours.

    It holds nothing of anybody's, and a browser asks for it anew when signed out too.
    """
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response
