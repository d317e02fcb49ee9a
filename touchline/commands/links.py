"""One-time links, as the commands print them."""

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from touchline.accounts.models import User

WELCOME = timedelta(days=7)
SIGN_IN = timedelta(days=1)


def sign_in_link(user: "User", base: str) -> str:
    """Make a link that signs ``user`` in once, within a day."""
    from touchline.accounts.models import SignInLink

    return f"{base}/sign-in/{SignInLink.objects.issue(user, valid=SIGN_IN)}/"


def welcome_link(base: str) -> str | None:
    """Make the link that makes the first owner, within a week; None once there is one.

    Links printed by earlier starts stop working, so that only the newest one counts.
    """
    from touchline.accounts.models import SignInLink, Workspace

    if Workspace.objects.exists():
        return None
    SignInLink.objects.filter(user=None).delete()
    return f"{base}/welcome/{SignInLink.objects.issue(None, valid=WELCOME)}/"
