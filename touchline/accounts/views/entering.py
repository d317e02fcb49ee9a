"""The pages behind printed links: the first owner's welcome, and signing in.

Scanners in mail programs open links, so a GET never spends one.
"""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from touchline.accounts.forms import WelcomeForm
from touchline.accounts.limiting import limited
from touchline.accounts.models import SignInLink, User, Workspace
from touchline.accounts.zones import zones
from touchline.core.changes import SeeOther, takes_posts
from touchline.core.refusal import Refused
from touchline.playbook.models import of

BACKEND = "touchline.accounts.backend.MemberBackend"


def spent(request: HttpRequest, token: str) -> HttpResponse:
    """Say that a link opens nothing: 410 if it once did, 404 if it never did."""
    known = SignInLink.objects.filter(token_hash=SignInLink.hashed(token)).exists()
    return render(request, "accounts/spent_link.html", status=410 if known else 404)


@takes_posts
@login_not_required
@never_cache
@limited(30)
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Make the owner and workspace of a new installation; refused once there is one."""
    link = SignInLink.objects.usable(token).filter(user=None).first()
    if link is None or Workspace.objects.exists():
        return spent(request, token)
    form = WelcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _found(link, form)
        except Refused:
            return spent(request, token)
        login(request, user, backend=BACKEND)
        return SeeOther(settings.LOGIN_REDIRECT_URL)
    status = 422 if form.is_bound else 200
    page = {"form": form, "zones": zones()}
    return render(request, "accounts/welcome.html", page, status=status)


@transaction.atomic
def _found(link: SignInLink, form: WelcomeForm) -> User:
    """Spend the link on a user, a workspace with its playbook, and the owner's membership."""
    link.use()
    given = form.cleaned_data
    user = User.objects.create_user(given["email"], given["password"] or None, name=given["name"])
    owner = Workspace.objects.begin(
        given["workspace"], user, country=given["country"], time_zone=given["time_zone"]
    )
    of(owner.workspace)
    return user


@takes_posts
@login_not_required
@never_cache
@limited(30)
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to sign in as the link's user; the button spends the link."""
    link = SignInLink.objects.usable(token).filter(user__is_active=True).first()
    if link is None or link.user is None:
        return spent(request, token)
    if request.method == "POST":
        try:
            link.use()
        except Refused:
            return spent(request, token)
        login(request, link.user, backend=BACKEND)
        return SeeOther(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/sign_in_link.html", {"person": link.user})
