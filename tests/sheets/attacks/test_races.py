"""What changes between the moment a page is asked for and the moment it is done."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.sheets.attacks.conftest import LinkOf
from tests.sheets.attacks.routes import ROUTES, Route
from tests.sheets.attacks.test_tokens import TYPED, count_rows
from tests.sheets.partner_page.cast import Cast
from touchline.sheets import sharing


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if each.takes_posts], ids=lambda route: route.name
)
def test_a_link_that_is_revoked_while_somebody_posts_takes_nothing_more(
    route: Route, cast: Cast, link_of: LinkOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, read = link_of(route.purpose), sharing.without_nul
    path, before = route.path(link.token, route.own(cast)), count_rows()

    def revoking(request: Any) -> None:
        read(request)
        link.revoke(cast.alice, now=link.made_at)

    monkeypatch.setattr(sharing, "without_nul", revoking)
    answer = Client().post(path, {**TYPED, "once": "one"})
    assert answer.status_code == 404
    told = {**before, "journal.Entry": before["journal.Entry"] + 1}
    assert count_rows() == told, "nothing but the revocation"


@pytest.mark.parametrize("ending", ["deleted", "ended"])
def test_so_does_one_of_somebody_who_is_deleted_or_whose_programme_ends(
    ending: str, cast: Cast
) -> None:
    do: dict[str, Callable[[], object]] = {
        "deleted": lambda: cast.anwen.person.delete_by(cast.alice),
        "ended": lambda: cast.anwen.end(cast.alice, reason="Moved away"),
    }
    assert cast.post("going/", text="Well").status == 303
    do[ending]()
    for path in (cast.path, f"{cast.path}one-to-one.ics", f"{cast.path}photo.jpg"):
        assert Client().get(path).status_code == 404
    assert cast.post("going/", text="Well, and more").status == 404


def test_the_address_of_ones_own_sheet_closes_with_ones_account(
    cast: Cast, link_of: LinkOf
) -> None:
    path = link_of("sheet").path
    assert Client().get(path).status_code == 200
    cast.alice.user.is_active = False
    cast.alice.user.save()
    assert Client().get(path).status_code == 404
    assert Client().get(f"{path}sheet.pdf").status_code == 404
