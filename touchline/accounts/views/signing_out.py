"""Leaving: what the browser kept of the pages goes too."""

from allauth.account.views import logout
from django.http import HttpRequest, HttpResponse

from touchline.core.changes import takes_posts


@takes_posts
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and have the browser drop the pages it holds.

    The briefs that the worker keeps are deleted by itself (static/js/worker.js) and by the page
    this leads to. Drafts stay: what is typed is never lost, and only its author sees it again.
    """
    answer: HttpResponse = logout(request)
    if request.method == "POST":
        answer["Clear-Site-Data"] = '"cache"'
    return answer
