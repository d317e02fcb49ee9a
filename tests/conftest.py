"""A named cast: Alice owns the workspace, Bob may only look, Zoe is a stranger."""

import gc
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.test import Client
from hypothesis import settings

from tests.examples import examples
from touchline.accounts.models import Member, Role
from touchline.demo import makers

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("ours", settings.default, deadline=None, max_examples=examples(40))
settings.load_profile("ours")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, and on PostgreSQL leave out what asks nothing of its kind.

    That is what never asks a database, and walks that say by a mark that they are the same on
    any: they have run on SQLite just so. In a file, those come first that don't ask for Alice:
    once made, she stays.
    """
    files = {path: place for place, path in enumerate(dict.fromkeys(each.path for each in items))}
    items.sort(
        key=lambda item: (
            item.get_closest_marker("slow") is None,
            files[item.path],
            "kept_alice" in getattr(item, "fixturenames", ()),
        )
    )
    if not django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    asking: list[pytest.Item] = []
    never: list[pytest.Item] = []
    for item in items:
        names = {*getattr(item, "fixturenames", ()), *(mark.name for mark in item.iter_markers())}
        asks = names & {"db", "transactional_db", "django_db"} and "one_database" not in names
        (asking if asks else never).append(item)
    items[:] = asking
    config.hook.pytest_deselected(items=never)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Spare the collector of garbage what stays to the end: all that is loaded by now.

    It would walk through a million objects again and again, a sixth of the time of a test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def session_of(member: Member) -> str:
    """Sign a member in by a session alone; return its key.

    Django's own way for tests tells everybody who listens, and takes as long as a page.
    """
    session = SessionStore()
    session["_auth_user_id"] = str(member.user_id)
    session["_auth_user_backend"] = "touchline.accounts.backend.MemberBackend"
    session["_auth_user_hash"] = member.user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _alice() -> bytes:
    alice = makers.a_member(makers.a_workspace(), "alice@example.org", "Alice Hill", Role.OWNER)
    return pickle.dumps(alice)


@pytest.fixture(scope="module")
def kept_alice(lasting: Callable[..., Any]) -> bytes:
    """Return the owner as the rows of this file have her; each test gets a copy of her own."""
    kept: bytes = lasting(_alice)
    return kept


@pytest.fixture
def alice(db: None, kept_alice: bytes) -> Member:
    alice: Member = pickle.loads(kept_alice)
    return alice


@pytest.fixture
def bob(alice: Member) -> Member:
    return makers.a_member(alice.workspace, "bob@example.org", "Bob Dale", Role.VIEWER)


@pytest.fixture
def stranger(db: None) -> Member:
    elsewhere = makers.a_workspace("Elsewhere")
    return makers.a_member(elsewhere, "zoe@example.org", "Zoe Far", Role.OWNER)


@pytest.fixture
def browser() -> Callable[[Member], Client]:
    """Return a function that signs a member in and gives the client."""

    def signed_in(member: Member) -> Client:
        client = Client()
        client.cookies[django_settings.SESSION_COOKIE_NAME] = session_of(member)
        return client

    return signed_in


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that makes rows which stay for all tests of a file, and go with it.

    Each test still takes back what it did. Those that use the rows ask for ``db`` as well.
    """

    def made(make: Callable[..., Any], *given: Any) -> Any:
        with django_db_blocker.unblock():
            return make(*given)

    around = transaction.atomic()
    made(around.__enter__)
    yield made
    made(transaction.set_rollback, True)
    made(around.__exit__, None, None, None)
