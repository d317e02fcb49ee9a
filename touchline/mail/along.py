"""What stands at the foot of a message to a partner: their page, and one's own info sheet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.core.words import one_line
from touchline.mail.links import Live, address, base_in, links_of
from touchline.relationships.models import Relationship, State
from touchline.sheets.models import Link, Purpose, Sheet
from touchline.sheets.paper.making import pdf_of
from touchline.sheets.parts import KEYS, shown

if TYPE_CHECKING:
    from touchline.mail.models import Message

NOTHING_TO_SHOW = "Your sheet has nothing to show to anyone yet. Write it first."
NOTHING_BY_NOW = "Your sheet has nothing to show to anyone by now. Let it go, and write it anew."


@dataclass(frozen=True, slots=True)
class Along:
    """What goes along: ``link`` is that of ``page`` or ``own``, the one address in the message.

    ``page`` is the address of the partner's page, ``own`` that of the sender's sheet, each empty
    where it does not stand there; ``sheet`` says that the sheet is attached.
    """

    sheet: bool = False
    page: str = ""
    own: str = ""
    link: Live | None = None


# A message without either.
ALONE = Along()


@dataclass(frozen=True, slots=True)
class Ready:
    """What could go along: the links that are live, and whether there is a sheet to attach."""

    page: Live | None
    own: Live | None
    sheet: bool

    def along(self, *, sheet: bool, base: str) -> Along:
        """Return what goes along; ``base`` is where this installation is reached.

        One address a message. Their page shows the main contact's sheet as well, and more of
        it, so that the sheet's own address stands there only for whom no page is open.
        """
        sheet = sheet and self.sheet
        if self.page:
            return Along(sheet=sheet, page=address(Purpose.PAGE, base), link=self.page)
        if sheet and self.own:
            return Along(sheet=True, own=address(Purpose.SHEET, base), link=self.own)
        return Along(sheet=sheet)


def ready(by: Member, relationship: Relationship, *, now: datetime) -> Ready:
    """Say what of the two can go along with a message to a partner, in one query."""
    columns = {name: f"sheet__{name}" for name in ("audiences", *KEYS)}
    links = {
        Purpose.PAGE: links_of(by, Purpose.PAGE, relationship, now=now),
        Purpose.SHEET: links_of(by, Purpose.SHEET, now=now),
    }
    one = JSONObject(pk="pk", nonce="nonce", token_hash="token_hash")  # noqa: S106 - a column
    found = {f"at_{key}": Subquery(each.values(one=one)[:1]) for key, each in links.items()}
    row = Member.objects.filter(pk=by.pk).values(*columns.values(), **found).get()
    open_pages = relationship.state != State.ENDED
    return Ready(
        page=_live(Purpose.PAGE, row["at_page"]) if open_pages else None,
        own=_live(Purpose.SHEET, row["at_sheet"]),
        sheet=_shows({name: row[column] for name, column in columns.items()}),
    )


def _live(purpose: str, columns: dict[str, Any] | None) -> Live | None:
    link = Link(purpose=purpose, **columns) if columns else None
    return Live(link.pk, purpose, link.path) if link and link.path else None


def _shows(sheet: Mapping[str, Any]) -> bool:
    texts = {key: sheet[key] or "" for key in KEYS}
    return bool(shown(texts, sheet["audiences"] or {}, {}, partner=False))


def has_sheet(by: Member) -> bool:
    """Say whether the member's sheet has a part that anyone may see: else none is sent."""
    sheet = Sheet.objects.filter(member=by).values("audiences", *KEYS).first()
    return bool(sheet) and _shows(sheet)


def sheet_file(message: "Message") -> tuple[str, bytes]:
    """Return the PDF of the sender's sheet as anyone may see it now, with its file name.

    Drawn as the message goes out: no copy of it is kept, the address on it lies in no table, and
    what was taken off meanwhile is not in it. Raises Refused where nothing is left to show.
    """
    by = message.by
    if not has_sheet(by):
        raise Refused(NOTHING_BY_NOW)
    own = links_of(by, Purpose.SHEET, now=timezone.now()).first()
    base = base_in(message.text)
    # As their own page is for them alone, and a PDF is passed on, it is never on it.
    whole = f"{base}{own.path}" if base and own and own.path else ""
    return file_name(str(by)), pdf_of(by, partner=False, address=whole)


def file_name(name: str) -> str:
    """Return the name of the file of somebody's sheet: no path, no mark that hides its ending."""
    kept = re.sub(r"[^\w .’'-]", " ", one_line(name)).strip(" .")
    return f"{one_line(kept)[:60].strip(' .') or 'Info sheet'}.pdf"
