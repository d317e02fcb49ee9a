"""Links: made, found by their secret alone, replaced, revoked; and what a stolen table gives."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link
from touchline.journal.models import Entry
from touchline.relationships.models import Relationship
from touchline.sheets import tokens
from touchline.sheets.models import Link, Purpose, Visit

NOW = timezone.now()


@pytest.fixture
def anwen(alice: Member) -> Relationship:
    return makers.a_relationship(alice, "Anwen Pritchard")


def address(link: Link) -> str:
    return f"/with/{link.purpose}/{link.token}/"


@pytest.mark.parametrize("purpose", Purpose.values)
def test_a_link_opens_its_own_page_and_no_other(
    purpose: str, alice: Member, anwen: Relationship, client: Client
) -> None:
    link = a_link(None if purpose == "sheet" else anwen, alice, purpose)
    assert client.get(address(link)).status_code == 200
    for other in set(Purpose.values) - {purpose}:
        assert client.get(f"/with/{other}/{link.token}/").status_code == 404


def test_wrong_cut_short_expired_revoked_and_ended_are_one_answer(
    alice: Member, anwen: Relationship, client: Client
) -> None:
    wrong = client.get(f"/with/page/{'A' * 32}/")
    assert wrong.status_code == 404
    link = a_link(anwen, alice)
    cut, long = link.token[:-1], f"{link.token}A"
    answers = [client.get(f"/with/page/{each}/") for each in (cut, long, "é", "%00")]
    anwen.end(alice, reason="Moved away")
    answers.append(client.get(address(link)))
    other = makers.a_relationship(alice, "Glyn Parry")
    expired = a_link(other, alice, now=NOW - timedelta(days=2), valid=timedelta(days=1))
    answers.append(client.get(address(expired)))
    revoked = a_link(other, alice)
    revoked.revoke(alice, now=timezone.now())
    answers.append(client.get(address(revoked)))
    other.person.delete_by(alice)
    answers.append(client.get(address(a_link(other, alice))))
    for answer in answers:
        assert (answer.status_code, answer.content) == (404, wrong.content)
        assert dict(answer.headers) == dict(wrong.headers)


def test_a_new_link_replaces_the_old_one_and_the_table_holds_one(
    alice: Member, anwen: Relationship, client: Client
) -> None:
    first, second = a_link(anwen, alice), a_link(anwen, alice)
    assert client.get(address(first)).status_code == 404
    assert client.get(address(second)).status_code == 200
    third = Link(
        workspace=alice.workspace, relationship=anwen, member=alice, purpose="page",
        nonce="x", token_hash="x", made_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        third.save()


def test_the_database_does_not_give_a_secret_away(
    alice: Member, anwen: Relationship, settings: object, client: Client
) -> None:
    link = a_link(anwen, alice)
    secret = link.token
    client.get(address(link))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            assert secret not in repr(cursor.fetchall()), table
    settings.SECRET_KEY = "another key, with which a stolen table is looked into"  # type: ignore[attr-defined]
    assert tokens.token(link.nonce) != secret
    assert link.token == ""


def test_a_look_leaves_a_visit_and_nothing_else(
    alice: Member, anwen: Relationship, client: Client
) -> None:
    link = a_link(anwen, alice)
    entries = Entry.objects.count()
    for _ in range(3):
        client.get(address(link))
    client.head(address(link))
    visit = Visit.objects.get()
    assert (visit.link_id, visit.pages) == (link.pk, 3)
    Visit.objects.update(last_at=timezone.now() - timedelta(hours=1))
    client.get(address(link))
    assert Visit.objects.count() == 2
    assert Entry.objects.count() == entries


def test_a_shared_page_knows_no_member_and_sets_no_cookie(
    alice: Member, anwen: Relationship
) -> None:
    client = Client()
    client.force_login(alice.user, backend="touchline.accounts.backend.MemberBackend")
    before = dict(client.session)
    answer = client.get(address(a_link(anwen, alice)))
    assert answer.status_code == 200
    assert not answer.wsgi_request.user.is_authenticated
    assert not answer.cookies
    assert dict(client.session) == before
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert client.get("/").status_code == 200, "still signed in elsewhere"


def test_verbs_but_reading_and_posting_change_nothing(
    alice: Member, anwen: Relationship, client: Client
) -> None:
    link = a_link(anwen, alice)
    for verb in ("put", "patch", "delete"):
        assert getattr(client, verb)(address(link)).status_code == 405
        assert getattr(client, verb)(f"/with/page/{'A' * 32}/").status_code == 404
