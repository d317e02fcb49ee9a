"""Finds the user of a session together with the member it is, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from touchline.accounts.models import Member, User


class MemberBackend(AuthenticationBackend):  # type: ignore[misc]
    """Signs in by e-mail and password, as allauth does.

    A session's user comes with the first membership as ``user.first_member`` (None without
    one), so that the middleware need not ask again.
    """

    def get_user(self, user_id: Any) -> User | None:
        """Return the active user of an id, with the membership."""
        member = Member.objects.signed_in(user_id).order_by("pk").first()
        user: User | None = member.user if member else super().get_user(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        user.first_member = member
        return user
