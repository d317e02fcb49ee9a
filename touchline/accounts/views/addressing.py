"""The address one signs in with."""

from allauth.account.models import EmailAddress
from allauth.account.views import email as change_of_address
from django.http import HttpRequest, HttpResponse

from touchline.core.changes import takes_posts


@takes_posts
def email(request: HttpRequest) -> HttpResponse:
    """Change the address one signs in with, once the link sent to the new one is opened.

    allauth drops an address that was never verified as soon as another is asked for, and
    with it the way in. The one in use therefore counts as verified; the new one does not.
    """
    if request.user.is_authenticated:
        EmailAddress.objects.update_or_create(
            user=request.user,
            email=request.user.email,
            defaults={"verified": True, "primary": True},
        )
    answer: HttpResponse = change_of_address(request)
    return answer
