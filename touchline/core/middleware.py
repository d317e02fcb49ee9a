"""Only views that say so take posts."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

SAFE = ("GET", "HEAD", "OPTIONS")


class OnlyChangesTakePosts:
    """Answers 405 to anything but reading, where a view of ours is not marked as a change.

    A page that forgets the ``change`` decorator thus changes nothing, instead of changing
    something without its transaction, receipt and role check. Who may not read the page
    gets what reading it would give, a stranger 404: 405 would say that it is there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the request through, or answer it."""
        if request.method in SAFE or not view.__module__.startswith("touchline."):
            return None
        takes_posts = getattr(view, "takes_posts", False)
        if request.method == "POST" and takes_posts:
            return None
        request.method = "GET"
        read: HttpResponse = view(request, *args, **kwargs)
        if read.status_code >= 400:
            return read
        return HttpResponseNotAllowed(["GET", "POST"] if takes_posts else ["GET"])
