"""Loads a member's sheet with the company's part of it."""

from typing import TYPE_CHECKING

from touchline.sheets.models import CompanySheet, Sheet

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def sheet_of(member: "Member") -> Sheet | None:
    """Return the sheet of a member, as they themselves get it; None where it is not begun."""
    found: Sheet | None = Sheet.objects.visible_to(member).first()
    return found


def company_of(member: "Member") -> CompanySheet | None:
    """Return the company's part; None where nobody has begun it."""
    found: CompanySheet | None = CompanySheet.objects.visible_to(member).first()
    return found
