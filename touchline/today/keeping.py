"""Which briefs a browser is to keep for where there is no network."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from touchline.accounts.middleware import MemberRequest
from touchline.core.paths import path_to
from touchline.meetings.models import State
from touchline.today.shapes import Meeting

AHEAD = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Keep:
    """The paths of the briefs, and the name to keep them under: of one session of one member."""

    paths: tuple[str, ...]
    name: str


def to_keep(request: MemberRequest, meetings: Iterable[Meeting], now: datetime) -> Keep:
    """Return the briefs of what is under way, and of what is planned within 48 hours."""
    began = now.replace(hour=0, minute=0, second=0, microsecond=0)
    keys = [
        one.key
        for one in sorted(meetings, key=lambda each: each.starts_at)
        if one.state in (State.PLANNED, State.UNDER_WAY) and began <= one.starts_at <= now + AHEAD
    ]
    whose = f"{request.session.session_key}:{request.member.pk}"
    return Keep(
        tuple(path_to("meetings:brief", key) for key in keys),
        salted_hmac("touchline.today.keeping", whose).hexdigest()[:16],
    )
