"""PDFs: data is data, and every script somebody is called in is set."""

import io

import pytest
from pypdf import PdfReader

from touchline.core.pdf import pdf
from touchline.meetings.pitching import PARTS, data

TEMPLATE = "meetings/typst/pitch_card.typ"


def read(content: bytes) -> tuple[int, str]:
    """Return the number of pages and their text, without the breaks put into long words."""
    pages = PdfReader(io.BytesIO(content)).pages
    return len(pages), "\n".join(page.extract_text() for page in pages).replace("\u200b", "")


def card(text: str) -> dict[str, object]:
    return data("Anwen", "", {part.key: text for part in PARTS}, "Not tried out yet.")


@pytest.mark.parametrize(
    "text",
    [
        '#import "x.typ": * #panic("no")',
        "*bold* _under_ $x^2$ @ref <label> \\ #sys.inputs",
        '"}]); #read("/settings.py")',
        "Siân Ó Briain, Łódź, Привет, Ελλάδα",
    ],
)
def test_what_is_typed_is_a_text(text: str) -> None:
    pages, said = read(pdf(TEMPLATE, card(text)))
    assert pages == 1
    assert said.count(text) == len(PARTS)


def test_nothing_above_the_package_can_be_read() -> None:
    with pytest.raises(RuntimeError, match="root"):
        pdf("../pyproject.toml", {})
