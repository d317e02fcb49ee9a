"""Makes a member's sheet to hand out: a PDF, a vCard."""

from typing import TYPE_CHECKING

from touchline.sheets.loading import company_of, sheet_of
from touchline.sheets.models import CompanySheet, Sheet
from touchline.sheets.paper.card import sheet_card
from touchline.sheets.paper.pdf import sheet_pdf
from touchline.sheets.showing import SheetShown, for_viewer

if TYPE_CHECKING:
    from touchline.accounts.models import Member

PDF_TYPE = "application/pdf"


def pdf_of(member: "Member", *, partner: bool, address: str = "") -> bytes:
    """Return a member's sheet as a PDF: as referral partners see it, or as anyone does.

    ``address`` is the whole address of its page, with the secret; left out, none stands on it.
    """
    sheet, company = sheet_of(member), company_of(member)
    return sheet_pdf(
        _shown(member, sheet, company, partner),
        address=address,
        photo=bytes(sheet.photo or b"") if sheet else b"",
        logo=bytes(company.logo or b"") if company else b"",
    )


def card_of(member: "Member", *, partner: bool, address: str = "") -> str:
    """Return a member's sheet as a vCard, as ``pdf_of``."""
    sheet = sheet_of(member)
    return sheet_card(
        _shown(member, sheet, company_of(member), partner),
        whose=member.pk,
        address=address,
        photo=bytes(sheet.photo or b"") if sheet else b"",
    )


def _shown(
    member: "Member", sheet: Sheet | None, company: CompanySheet | None, partner: bool
) -> SheetShown:
    return for_viewer(
        sheet, company, name=str(member), company_name=str(member.workspace), partner=partner
    )
