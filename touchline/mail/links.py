"""The address of a share link in a message: a mark stands for its secret until it goes out.

What is queued lies in a table, and no table gives a secret away (decisions/0006). So drafts,
messages and fingerprints hold ``SECRET``; the preview and the wire get the address itself.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse

from touchline.relationships.models import Relationship, State
from touchline.sheets.models import Link, Purpose
from touchline.sheets.models.links import LinkQuerySet

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.mail.models import Message

SECRET = "~secret~"  # noqa: S105 - stands where one will be
# What templates write in its place, which nobody can have typed: see ``marked``.
_OURS = f"~{secrets.token_urlsafe(16)}~"
# A link that is sent again holds so long still, or is replaced by a new one.
AHEAD = timedelta(days=14)
LOST = "The address in it is not there any more. Let it go, and write it anew."
REVOKED = "The address in it was revoked since. Let it go, and write it anew."
EXPIRED = "The address in it has expired. Let it go, and write it anew."
ENDED = "The programme has ended, so the address in it opens nothing. Let it go."


@dataclass(frozen=True, slots=True)
class Live:
    """A link that opens its page now: its key, its purpose and the path, with the secret."""

    pk: int
    purpose: str
    path: str


def address(purpose: str, base: str) -> str:
    """Return the address of a link for a template; ``base`` is where we are reached."""
    return f"{base}{_path(purpose, _OURS)}"


def marked(text: str) -> str:
    """Return what a template wrote with the mark where its address has the secret.

    A mark that somebody typed is none: no address of theirs gets a secret.
    """
    return text.replace(SECRET, "~…~").replace(_OURS, SECRET)


def filled(text: str, link: Link | Live | None) -> str:
    """Return a text with the address of its link; without one, as somebody else may read it."""
    if link and link.path:
        text = text.replace(_path(link.purpose, SECRET), link.path)
    return text.replace(f"/{SECRET}/", "/…/")


def base_in(text: str) -> str:
    """Return where this installation is reached, as an address in a message says; else empty."""
    found = re.search(rf"(\S+)/with/[a-z]+/{re.escape(SECRET)}/", text)
    return found[1] if found else ""


def to_hand_over(
    by: "Member", purpose: str, relationship: Relationship | None = None, *, now: datetime
) -> Link | None:
    """Return the link to send; None where one is to be made for it, as it is sent.

    Without a relationship, that of the member's own sheet. One that ends within a fortnight, or
    whose address can't be told since the key was changed, is replaced.
    """
    link: Link | None = links_of(by, purpose, relationship, now=now).first()
    if link is None or (link.expires_at and link.expires_at < now + AHEAD):
        return None
    return link if link.token else None


def links_of(
    by: "Member", purpose: str, relationship: Relationship | None = None, *, now: datetime
) -> LinkQuerySet:
    """Return the link of a purpose that is live, at most one: a partner's, or one's own."""
    links = Link.objects.filter(workspace_id=by.workspace_id, purpose=purpose).live(now)
    own = {"member": by} if relationship is None else {}
    found: LinkQuerySet = links.filter(relationship=relationship, **own)
    return found


def closed(message: "Message", now: datetime) -> str:
    """Say why the address in a message opens nothing by now; empty where it does, or has none."""
    link = message.link
    if link is None:
        return LOST if f"/{SECRET}/" in message.text else ""
    if link.revoked_at:
        return REVOKED
    if not link.is_live(now):
        return EXPIRED
    if link.relationship and link.relationship.state == State.ENDED:
        return ENDED
    return "" if link.token else LOST


def _path(purpose: str, secret: str) -> str:
    return reverse(f"sheets:shared_{Purpose(purpose)}", args=[secret])
