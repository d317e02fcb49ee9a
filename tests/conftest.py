"""A named cast: Alice owns the workspace, Bob may only look, Zoe is a stranger."""

from collections.abc import Callable

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import settings

from touchline.accounts.models import Member, Role
from touchline.demo import makers

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("untimed", settings.default, deadline=None)
settings.load_profile("untimed")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what is no question of the database: it has run on SQLite just so.

    That is what never asks one, and walks that say by a mark that they are the same on any.
    """
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


@pytest.fixture
def alice(db: None) -> Member:
    return makers.a_member(makers.a_workspace(), "alice@example.org", "Alice Hill", Role.OWNER)


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
        client.force_login(member.user, backend="touchline.accounts.backend.MemberBackend")
        return client

    return signed_in
