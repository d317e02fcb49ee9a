"""Every shared route is asked with every wrong secret, by reading and by posting.

The routes are found, not listed: one that is added is covered by being there.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.sheets.attacks.conftest import LinkOf
from tests.sheets.attacks.routes import ROUTES, Route
from tests.sheets.partner_page.cast import Cast
from touchline.demo.sheet_makers import a_link
from touchline.sheets.models import Purpose

every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
# Something for every field there is, so that nothing is turned down for being empty.
TYPED = {
    "answer": "yes", "text": "Something of mine", "came": "met", "answer:family/partner": "Rhys",
}  # fmt: skip


def count_rows() -> dict[str, int]:
    """Count the rows of every table."""
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed
    }


def is_safe(answer: object, secret: str) -> None:
    """Say that an answer sets no cookie, has the headers, and gives no secret to another site."""
    headers = answer.headers  # type: ignore[attr-defined]
    assert not answer.cookies  # type: ignore[attr-defined]
    assert "Set-Cookie" not in headers
    for name, value in HEADERS.items():
        assert headers.get(name) == value, name
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "Access-Control-Allow-Origin" not in headers
    to = headers.get("Location", "")
    assert not to or (to.startswith("/with/") and not to.startswith("//"))
    assert all(secret not in value for name, value in headers.items() if name != "Location")
    if headers.get("Content-Type", "").startswith("text/html"):
        page = answer.content.decode()  # type: ignore[attr-defined]
        assert secret not in page.partition("</head>")[0]


def test_routes_are_found_and_named_for_what_they_are() -> None:
    assert len(ROUTES) >= 19
    assert {route.purpose for route in ROUTES} == set(Purpose.values)
    assert all(route.name.startswith("shared_") for route in ROUTES)
    assert all(route.pattern.startswith("with/") for route in ROUTES)


@every_route
def test_no_wrong_secret_opens_anything(route: Route, cast: Cast, link_of: LinkOf) -> None:
    links = {purpose: link_of(purpose) for purpose in Purpose.values}
    link = links[route.purpose]
    secret, now = link.token, timezone.now()
    expired = a_link(
        None if route.purpose == "sheet" else cast.other, cast.alice, route.purpose,
        now=now - timedelta(days=3), valid=timedelta(days=2),
    )  # fmt: skip
    if route.purpose == "sheet":
        # One has one address of one's own: that one has replaced the first.
        expired.revoke(cast.alice, now=now)
        link = a_link(None, cast.alice, "sheet")
        secret = link.token
    wrong = {
        "guessed": "A" * 32,
        "cut short": secret[:-1],
        "half": secret[:16],
        "longer": f"{secret}A",
        "in capitals": secret.upper() if secret.upper() != secret else secret.lower(),
        "the nonce": link.nonce,
        "the hash": link.token_hash,
        "the key": str(link.pk),
        "expired": expired.token,
        "not one": "%00",
        "long": "A" * 3000,
        **{f"of {each}": links[each].token for each in links if each != route.purpose},
    }
    before, pk = count_rows(), route.own(cast)
    nothing = Client().get(route.path("B" * 32, pk))
    assert nothing.status_code == 404
    is_safe(nothing, secret)
    for what, each in wrong.items():
        cache.clear()
        for answer in (
            Client().get(route.path(each, pk)),
            Client().post(route.path(each, pk), TYPED),
            Client().options(route.path(each, pk)),
        ):
            assert (answer.status_code, answer.content) == (404, nothing.content), what
            assert dict(answer.headers) == dict(nothing.headers), what
    link.revoke(cast.alice, now=now)
    for answer in (
        Client().get(route.path(secret, pk)),
        Client().post(route.path(secret, pk), TYPED),
    ):
        assert (answer.status_code, answer.content) == (404, nothing.content)
    told = {**before, "journal.Entry": before["journal.Entry"] + 1}
    assert count_rows() == told, "nothing but the revocation"


@every_route
def test_the_right_secret_gives_no_cookie_and_leaks_nothing(
    route: Route, cast: Cast, link_of: LinkOf
) -> None:
    link = link_of(route.purpose)
    path = route.path(link.token, route.own(cast))
    client = Client()
    client.force_login(cast.alice.user, backend="touchline.accounts.backend.MemberBackend")
    client.cookies["messages"] = "anything"
    client.cookies["csrftoken"] = "B" * 32
    sessions = dict(client.session)
    for answer in (
        client.get(path),
        client.head(path),
        client.options(path),
        client.post(path, {**TYPED, "once": "one"}),
        client.post(path, {}),
        client.get(path, {"said": "<script>", "next": "//evil.example", "back": "//evil.example"}),
        client.put(path),
    ):
        assert answer.status_code in {200, 303, 404, 405, 409, 422}, answer.status_code
        is_safe(answer, link.token)
        assert b"evil.example" not in answer.content
        assert b'name="csrfmiddlewaretoken"' not in answer.content
        assert not answer.wsgi_request.user.is_authenticated
    assert dict(client.session) == sessions


@pytest.mark.parametrize(
    "route", [each for each in ROUTES if "pk" in each.takes], ids=lambda route: route.name
)
def test_a_key_of_another_relationship_is_not_there(
    route: Route, cast: Cast, link_of: LinkOf
) -> None:
    secret, before = link_of(route.purpose).token, count_rows()
    nothing = Client().post(route.path(secret, 2**40), TYPED)
    answer = Client().post(route.path(secret, route.other(cast)), TYPED)
    assert nothing.status_code == answer.status_code == 404
    assert answer.content == nothing.content
    assert count_rows() == before


@every_route
def test_a_page_works_with_another_key_of_the_installation(
    route: Route, cast: Cast, link_of: LinkOf, settings: object
) -> None:
    link = link_of(route.purpose)
    path = route.path(link.token, route.own(cast))
    settings.SECRET_KEY = "a key that this installation did not have before today"  # type: ignore[attr-defined]
    for answer in (Client().get(path), Client().post(path, TYPED)):
        assert answer.status_code in {200, 303, 404, 405, 409, 422}
        if answer.status_code == 303:
            assert link.token in answer["Location"]


@pytest.mark.parametrize("how", ["get", "options", "a form that comes back"])
def test_whoever_reads_the_page_leaves_a_visit(how: str, cast: Cast) -> None:
    visits = cast.link.visits
    assert not visits.exists()
    if how == "a form that comes back":
        answer = Client().post(f"{cast.path}agenda/", {"text": ""})
    else:
        answer = getattr(Client(), how)(cast.path)
    assert "Anwen" in answer.content.decode()
    assert visits.get().pages == 1
