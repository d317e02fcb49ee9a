"""The member's own pages: settings, more, keys."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from touchline.accounts.forms import MemberForm, WorkspaceForm
from touchline.accounts.middleware import SESSION_KEY, MemberRequest
from touchline.accounts.models import Member
from touchline.accounts.zones import zones
from touchline.core.changes import SeeOther, change, takes_posts
from touchline.core.keys import key_in

# What static/js/keys.js listens to, and the data-key of links and fields.
KEYS = (
    ("Anywhere", (
        ("/", "Find a person"),
        ("?", "This list"),
        ("g then t", "Go to Today"),
        ("g then p", "Go to People"),
        ("g then r", "Go to Partners"),
        ("g then f", "Go to Referrals"),
        ("g then b", "Go to the playbook"),
        ("g then s", "Go to Settings"),
    )),
    ("On a list", (("n", "Add a person"),)),
    ("On a person’s page", (("e", "Edit"),)),
    ("Who are my dozen?", (
        ("1", "Known well"),
        ("2", "Known a little"),
        ("3", "Only a name"),
        ("z", "Take the last one back"),
    )),
    ("Among likely doubles", (
        ("y", "The same person"),
        ("n", "Not the same"),
        ("j", "The next pair"),
        ("k", "The pair before"),
    )),
    ("On the board of referrals", (
        ("↓", "The next one, and so on with the other arrows"),
        ("m", "What it may be moved to; arrows or first letters choose"),
        ("Shift →", "Take the step that is next"),
    )),
    (
        "In a meeting",
        (("b", "Begin"), ("n", "Write a line"), ("Esc", "Leave the line"), ("c", "Close out")),
    ),
)  # fmt: skip


def _settings_page(
    request: MemberRequest,
    *,
    mine: MemberForm | None = None,
    ours: WorkspaceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    member = request.member
    page = {
        "section": "settings",
        "mine": mine or MemberForm.of(member),
        "ours": ours or WorkspaceForm.of(member.workspace),
        "zones": zones(),
        "memberships": Member.objects.signed_in(member.user_id).order_by("workspace__name"),
    }
    return render(request, "accounts/settings.html", page, status=status)


@change
def settings(request: MemberRequest) -> HttpResponse:
    """Show all settings; a POST changes the member's own."""
    if request.method != "POST":
        return _settings_page(request)
    form = MemberForm.of(request.member, request.POST)
    if not form.is_valid():
        return _settings_page(request, mine=form, status=422)
    request.member.change(**form.cleaned_data)
    messages.success(request, "Your settings are saved.")
    return SeeOther(reverse("accounts:settings"))


@change
def workspace(request: MemberRequest) -> HttpResponse:
    """Change the workspace; its owners alone may."""
    if request.method != "POST":
        return redirect("accounts:settings")
    form = WorkspaceForm.of(request.member.workspace, request.POST)
    if not form.is_valid():
        return _settings_page(request, ours=form, status=422)
    request.member.workspace.change(request.member, **form.cleaned_data)
    messages.success(request, "The workspace is saved.")
    return SeeOther(reverse("accounts:settings"))


@takes_posts
def switch(request: MemberRequest) -> HttpResponse:
    """Look at another of one's own workspaces from now on.

    Nothing but the session changes, so a viewer may do it too.
    """
    if request.method != "POST":
        return redirect("accounts:settings")
    wanted = key_in(request.POST.get("workspace", ""))
    if wanted is None:
        raise Http404
    mine = Member.objects.signed_in(request.member.user_id)
    member = get_object_or_404(mine, workspace_id=wanted)
    request.session[SESSION_KEY] = member.workspace_id
    messages.success(request, f"You are in {member.workspace.name} now.")
    return SeeOther("/")


def more(request: HttpRequest) -> HttpResponse:
    """Show the phone's fifth tab."""
    return render(request, "accounts/more.html", {"section": "more"})


def keys(request: HttpRequest) -> HttpResponse:
    """List the keys of the keyboard."""
    return render(request, "accounts/keys.html", {"section": "more", "keys": KEYS})


def no_workspace(request: HttpRequest) -> HttpResponse:
    """Tell a user without a membership what to do."""
    if getattr(request, "member", None) is not None:
        return redirect("/")
    return render(request, "accounts/no_workspace.html")
