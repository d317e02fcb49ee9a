"""Puts the member behind a request on it."""

import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from touchline.accounts.models import Member

SESSION_KEY = "workspace"


class MemberRequest(HttpRequest):
    """A request of a signed-in member; what views that need one are typed with."""

    member: Member


def member_of(request: HttpRequest) -> Member | None:
    """Return the member who asks: of the workspace chosen in this session, else the first."""
    user = request.user
    if not user.is_authenticated:
        return None
    first = user.first_member
    chosen = request.session.get(SESSION_KEY)
    if chosen is None or first is None or first.workspace_id == chosen:
        return first
    return Member.objects.signed_in(user.pk).filter(workspace_id=chosen).first() or first


class MemberMiddleware:
    """Sets ``request.member`` and the member's time zone for the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        member = member_of(request)
        request.member = member  # type: ignore[attr-defined]
        if member is None:
            return self._to_sign_in(request, self.get_response(request))
        try:
            zone = member.zone
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            zone = zoneinfo.ZoneInfo("UTC")
        # A page rendered later would be in the wrong zone; all of ours are rendered by now.
        with timezone.override(zone):
            response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            # For this browser alone: no proxy in between keeps a member's page.
            patch_cache_control(response, private=True)
        return response

    @staticmethod
    def _to_sign_in(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Take the whole page to sign-in where a script asked for a part of one.

        Otherwise the sign-in page would be put in the place of what is being typed. One comes
        back to the page one was on, where the browser still holds the draft.
        """
        asked = getattr(request, "htmx", None)
        if not asked or response.status_code != 302:
            return response
        here = asked.current_url_abs_path or "/"
        return HttpResponseClientRedirect(
            f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': here})}"
        )

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Send a user without a membership to the page that says so.

        The pages of sign-in stay open to them, and so does all that needs no sign-in.
        """
        match = request.resolver_match
        if (
            request.user.is_authenticated
            and request.member is None  # type: ignore[attr-defined]
            and getattr(view, "login_required", True)
            and match is not None
            and match.view_name != "accounts:no_workspace"
            and not match.route.startswith("accounts/")
        ):
            return redirect("accounts:no_workspace")
        return None
