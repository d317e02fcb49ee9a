from collections.abc import Callable

import pytest

from tests.sheets.partner_page.cast import Cast
from tests.sheets.partner_page.conftest import alice, cast, cast_once
from touchline.demo.sheet_makers import a_link
from touchline.sheets.models import Link, Purpose

__all__ = ["alice", "cast", "cast_once"]

LinkOf = Callable[[str], Link]


@pytest.fixture
def link_of(cast: Cast) -> LinkOf:
    """Return the live link of a purpose: of the cast's relationship, or Alice's own sheet."""

    def made(purpose: str) -> Link:
        live = Link.objects.filter(purpose=purpose, revoked_at=None).first()
        of = None if purpose == Purpose.SHEET else cast.anwen
        return live or a_link(of, cast.alice, purpose)

    return made
