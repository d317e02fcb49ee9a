"""Makes PDFs with Typst, from templates of ours and data of the member's.

A template reads its data with ``json(bytes(sys.inputs.data))``: what somebody typed is a text in
it, never markup, so nothing typed can be a command. Latin, Greek and Cyrillic are set in the
serif that comes inside the wheel, the same on every machine; the system's fonts only step in for
scripts that it lacks.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

# Templates are named from here, and can read nothing above it.
PACKAGE = Path(__file__).resolve().parents[1]


@cache
def _fonts() -> typst.Fonts:
    """Find the fonts once a process: looking through a system's takes longer than a page."""
    return typst.Fonts()


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template (``briefing/typst/brief.typ``) filled with plain data.

    ``data`` is whatever JSON can hold. A template that is not there raises RuntimeError,
    a wrong one ``typst.TypstError``, which is one.
    """
    compiler = typst.Compiler(PACKAGE / template, root=PACKAGE, font_paths=_fonts())
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = compiler.compile(format="pdf", sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("Typst gives a PDF in one piece.")
    return made
