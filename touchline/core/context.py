"""What every page may use."""

from typing import Any

from django.http import HttpRequest

from touchline.core.changes import token


def page(request: HttpRequest) -> dict[str, Any]:
    """Give templates the member and a token for the page's forms."""
    return {"member": getattr(request, "member", None), "once": token()}
