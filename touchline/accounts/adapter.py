"""What sign-in does our way."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from touchline.accounts.models import User, Workspace


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up is closed unless an owner has opened it, and joins the open workspace."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": (
            "No one signs in with this e-mail and password together. Try again, or choose a new "
            "password."
        ),
        "too_many_login_attempts": (
            "Too many tries went wrong. Wait five minutes, or choose a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return Workspace.objects.open() is not None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Store a new user with the membership, both or neither."""
        user.name = form.cleaned_data.get("name", "").strip()
        with transaction.atomic():
            saved: User = super().save_user(request, user, form, commit)
            workspace = Workspace.objects.open()
            if commit and workspace:
                workspace.join(saved)
        return saved
