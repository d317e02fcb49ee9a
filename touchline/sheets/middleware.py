"""What is asked of a shared page comes without a session, and leaves no trace behind."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# All addresses of share links begin so; ``core.logs`` keeps what follows out of the log.
PREFIX = "/with/"
HEADERS = {
    # Its address is a key: no other site learns it, no proxy keeps the page, no engine lists it.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class SharedPages:
    """Takes cookies from requests under ``/with/`` and from their answers.

    Comes first. A member who opens a partner's page in the browser they work in is a partner
    there: the page does not know them, and nothing of the visit stays in their session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.__dict__.pop("COOKIES", None)
        response = self.get_response(request)
        response.cookies.clear()
        for name, value in HEADERS.items():
            response[name] = value
        return response
