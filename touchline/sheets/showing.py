"""What somebody gets to see of a sheet: plain values, drawn from the sheet and its company. Pure.

Pages, the PDF, the vCard and the partner's page are all made from these shapes, so that who sees
what is decided here and nowhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from touchline.sheets.parts import KEYS, Shown, shown

if TYPE_CHECKING:
    from touchline.sheets.models import CompanySheet, Sheet

# The key under which a sheet remembers when its contact details were changed.
CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody: ``href`` is empty for what no link leads to."""

    key: str
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class CompanyShown:
    """The company's part. ``logo`` is the address of its picture, empty where there is none."""

    name: str
    about: str
    offer: str
    area: str
    website: Way | None
    logo: str
    is_new: bool

    @property
    def says_something(self) -> bool:
        """Is there more of it than its name?"""
        return bool(self.about or self.offer or self.area or self.website or self.logo)


@dataclass(frozen=True, slots=True)
class SheetShown:
    """A sheet as somebody gets to see it.

    ``photo`` is the address of the picture, empty where there is none; ``as_of`` the day on which
    all of it was last said to be so.
    """

    name: str
    role: str
    photo: str
    ways: tuple[Way, ...]
    ways_new: bool
    parts: tuple[Shown, ...]
    company: CompanyShown
    as_of: date | None

    @property
    def says_something(self) -> bool:
        """Is there anything to read, or only a name?"""
        return bool(self.parts or self.ways or self.role or self.company.says_something)

    @property
    def news(self) -> tuple[str, ...]:
        """What changed since they last looked, by name, in the order of the sheet."""
        new = [part.name for part in self.parts if part.is_new]
        new += ["How to reach me"] if self.ways_new else []
        return (*new, self.company.name) if self.company.is_new else tuple(new)


def for_viewer(
    sheet: "Sheet | None",
    company: "CompanySheet | None",
    *,
    name: str,
    company_name: str,
    partner: bool,
    since: datetime | None = None,
    company_changed: datetime | None = None,
    photo: str = "",
    logo: str = "",
) -> SheetShown:
    """Return what of a sheet a referral partner sees (``partner``), or anyone with the address.

    ``since`` is when they last looked: what changed then or later is new; None: nothing is.
    ``company_changed`` is when the company's part last changed, where that is asked for.
    ``photo`` and ``logo`` are the addresses of the pictures on the page that shows it; left out
    of the shapes where the sheet has none. Contact details are for whoever sees the sheet.
    """
    firm = _company(company, company_name, _is_new(company_changed, since), logo)
    if sheet is None:
        return SheetShown(name, "", "", (), False, (), firm, None)
    changed = sheet.changed_at
    ways = _ways(sheet)
    return SheetShown(
        name=name,
        role=sheet.role,
        photo=photo if sheet.photo else "",
        ways=ways,
        ways_new=bool(ways) and _is_new(changed.get(CONTACT), since),
        parts=shown(
            {part: getattr(sheet, part) for part in KEYS},
            sheet.audiences,
            changed,
            partner=partner,
            since=since,
        ),
        company=firm,
        as_of=sheet.confirmed_on,
    )


def web(address: str) -> Way | None:
    """Return a web address as one says it; without a link unless it is http or https."""
    if not address:
        return None
    parts = urlsplit(address)
    said = address.removeprefix(f"{parts.scheme}://").removeprefix("www.").rstrip("/")
    return Way("website", said, address if parts.scheme in ("http", "https") else "")


def _company(company: "CompanySheet | None", name: str, is_new: bool, logo: str) -> CompanyShown:
    if company is None:
        return CompanyShown(name, "", "", "", None, "", False)
    return CompanyShown(
        name=name,
        about=company.about,
        offer=company.offer,
        area=company.area,
        website=web(company.website),
        logo=logo if company.logo else "",
        is_new=is_new,
    )


def _ways(sheet: "Sheet") -> tuple[Way, ...]:
    found = []
    if sheet.phone:
        digits = "".join(each for each in sheet.phone if each in "+0123456789")
        found.append(Way("phone", sheet.phone, f"tel:{digits}" if digits else ""))
    if sheet.email:
        found.append(Way("email", sheet.email, f"mailto:{quote(sheet.email, safe='@')}"))
    site = web(sheet.website)
    return (*found, site) if site else tuple(found)


def _is_new(changed: datetime | None, since: datetime | None) -> bool:
    return bool(since and changed and changed >= since)
