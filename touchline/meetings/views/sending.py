"""Sends a PDF to the browser, to look at or to keep."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename


def as_pdf(content: bytes, title: str) -> HttpResponse:
    """Return a PDF under a file name made of its title; for this member alone, never kept."""
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{get_valid_filename(title)[:80]}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    return response
