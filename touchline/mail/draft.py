"""A message before it goes out: whom it is for, and exactly what it says."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from touchline.core.words import one_line
from touchline.mail.links import Live, filled, marked
from touchline.sheets.models import Link

_KINDS = ("txt", "html")
# When the calendar file was written: the one thing in it that differs each time.
_STAMP = re.compile(r"^DTSTAMP:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for: a name, perhaps empty, and a valid e-mail address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Draft:
    """One message as it will go out; the fields are those of ``mail.Message``.

    ``also`` is the second one to whom it goes. ``link`` is the one whose address it holds, as a
    mark; where it is still to be made, ``issues`` says for which purpose. ``left_out`` says, a
    sentence each, what does not stand in it that was chosen for it.
    """

    what: str
    to: Recipient
    subject: str
    text: str
    html: str
    calendar: str = ""
    method: str = ""
    also: Recipient | None = None
    link: Link | Live | None = None
    issues: str = ""
    with_sheet: bool = False
    left_out: tuple[str, ...] = field(default=(), compare=False)
    fingerprint: str = field(init=False, default="", compare=False)

    def __post_init__(self) -> None:
        said: tuple[str, ...] = (self.to.name, self.to.address, self.subject, self.text, self.html)
        said += (self.method,)
        if self.also:
            said += (self.also.name, self.also.address)
        along = (self.link.pk if self.link else self.issues, self.with_sheet)
        whole = repr((*said, _STAMP.sub("", self.calendar), along))
        object.__setattr__(self, "fingerprint", hashlib.sha256(whole.encode()).hexdigest())

    @property
    def shown_text(self) -> str:
        """The text with its address, as whoever sends it sees it."""
        return filled(self.text, self.link)

    @property
    def shown_html(self) -> str:
        """The HTML with its address, as whoever sends it sees it."""
        return filled(self.html, self.link)


def written(
    what: str,
    to: Recipient,
    subject: str,
    context: dict[str, Any],
    *,
    calendar: bytes = b"",
    method: str = "",
    also: Recipient | None = None,
    link: Link | Live | None = None,
    issues: str = "",
    with_sheet: bool = False,
    left_out: Iterable[str] = (),
) -> Draft:
    """Write a message from its two templates, ``mail/<what>.txt`` and ``mail/<what>.html``."""
    context = {"to": to, **context}
    # Of several lines left empty by what is not there, one stays.
    plain, html = (marked(render_to_string(f"mail/{what}.{kind}", context)) for kind in _KINDS)
    text = re.sub(r"\n{3,}", "\n\n", plain).strip()
    return Draft(
        what=what,
        to=to,
        subject=one_line(subject)[:200],
        text=f"{text}\n",
        html=f"{html.strip()}\n",
        calendar=calendar.decode(),
        method=method,
        also=also,
        link=link,
        issues="" if link else issues,
        with_sheet=with_sheet,
        left_out=tuple(dict.fromkeys(left_out)),
    )
