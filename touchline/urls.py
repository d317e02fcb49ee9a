"""Where each part's pages are, and the health check."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from touchline.accounts.views.addressing import email
from touchline.accounts.views.signing_out import sign_out


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("", include("touchline.today.urls")),
    path("", include("touchline.accounts.urls")),
    path("accounts/email/", email, name="account_email"),
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/", include("allauth.urls")),
    path("people/", include("touchline.people.urls")),
    path("", include("touchline.relationships.urls")),
    path("", include("touchline.meetings.urls")),
    path("", include("touchline.referrals.urls")),
    path("", include("touchline.sheets.urls")),
    path("", include("touchline.mail.urls")),
    path("playbook/", include("touchline.playbook.urls")),
    path("health/", health, name="health"),
]

handler403 = "touchline.accounts.views.forbidden.forbidden"
