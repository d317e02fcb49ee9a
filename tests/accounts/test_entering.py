"""The printed links: welcome and sign-in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from touchline.accounts.models import Member, Role, SignInLink, User, Workspace
from touchline.journal.models import Entry
from touchline.playbook.models import WorkspacePlaybook

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Alice Hill",
    "workspace": "Hill & Dale",
    "email": "Alice@Example.org",
    "password": "a-long-enough-one-4711",
    "country": "IE",
    "time_zone": "europe/dublin",
}


def a_link(user: User | None = None, valid: timedelta = timedelta(hours=1)) -> str:
    return SignInLink.objects.issue(user, valid=valid)


def welcome(token: str) -> str:
    return reverse("accounts:welcome", args=[token])


def sign_in(token: str) -> str:
    return reverse("accounts:sign_in_link", args=[token])


def test_only_a_hash_of_the_token_is_stored() -> None:
    token = a_link()
    stored = SignInLink.objects.values_list("token_hash", flat=True).get()
    assert token not in stored
    assert stored == SignInLink.hashed(token)


def test_welcome_makes_owner_workspace_and_playbook_and_signs_in(client: Client) -> None:
    token = a_link()
    answer = client.post(welcome(token), GIVEN)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    member = Member.objects.get()
    assert (member.role, member.time_zone) == (Role.OWNER, "Europe/Dublin")
    assert (member.workspace.name, member.workspace.country) == ("Hill & Dale", "IE")
    assert not member.workspace.open_sign_up
    assert member.user.email == "alice@example.org"
    assert member.user.check_password(GIVEN["password"])
    assert WorkspacePlaybook.objects.filter(workspace=member.workspace).exists()
    entry = Entry.objects.get(verb="workspace.begin")
    assert (entry.member, entry.workspace) == (member, member.workspace)
    assert client.get("/settings/").status_code == 200


def test_looking_at_a_link_changes_nothing(client: Client) -> None:
    token = a_link()
    for _ in range(3):
        assert client.get(welcome(token)).status_code == 200
    assert not Workspace.objects.exists()
    assert SignInLink.objects.get().used_at is None
    assert client.post(welcome(token), GIVEN).status_code == 303


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Your name: fill this in."),
        ("workspace", " ", "What to call the workspace: fill this in."),
        ("email", "alice", "E-mail: give a whole address, as anna@example.org."),
        ("password", "", "Password: fill this in."),
        ("password", "12345678", "common"),
        ("password", "alice@example", "similar"),
        ("country", "ZZ", "Country: choose one of those offered."),
        ("time_zone", "Nowhere", "“Nowhere” is not a time zone"),
    ],
)
def test_bad_input_names_the_field_and_keeps_the_link(
    client: Client, field: str, value: str, said: str
) -> None:
    token = a_link()
    answer = client.post(welcome(token), {**GIVEN, field: value})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert said in str(errors[field])
    assert not User.objects.exists()
    assert SignInLink.objects.get().used_at is None


def test_a_local_installation_needs_no_password(client: Client, settings) -> None:  # type: ignore[no-untyped-def]
    settings.LOCAL = True
    assert client.post(welcome(a_link()), {**GIVEN, "password": ""}).status_code == 303
    assert not User.objects.get().has_usable_password()


def test_welcome_is_refused_once_there_is_a_workspace(client: Client, alice: Member) -> None:
    token = a_link()
    for answer in (client.get(welcome(token)), client.post(welcome(token), GIVEN)):
        assert answer.status_code == 410
        assert "touchline link" in answer.content.decode()
    assert Workspace.objects.count() == 1


def test_a_spent_an_expired_and_an_unknown_link_say_what_to_do(client: Client) -> None:
    expired = a_link(valid=-timedelta(seconds=1))
    spent = a_link()
    SignInLink.objects.filter(token_hash=SignInLink.hashed(spent)).update(used_at=timezone.now())
    for token, status in ((expired, 410), (spent, 410), ("never-made", 404)):
        for address in (welcome(token), sign_in(token)):
            answer = client.post(address, GIVEN)
            assert answer.status_code == status
            assert "touchline link" in answer.content.decode()
    assert not User.objects.exists()


def test_a_sign_in_link_asks_first_and_works_once(client: Client, alice: Member) -> None:
    token = a_link(alice.user)
    page = client.get(sign_in(token))
    assert page.status_code == 200
    assert "Sign in as Alice Hill" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.get("/settings/").status_code == 302
    assert client.post(sign_in(token))["Location"] == "/"
    assert client.get("/settings/").status_code == 200
    assert Client().post(sign_in(token)).status_code == 410


def test_each_link_opens_only_its_own_page(client: Client, alice: Member) -> None:
    assert client.post(welcome(a_link(alice.user)), GIVEN).status_code == 410
    assert client.post(sign_in(a_link())).status_code == 410


def test_a_link_of_somebody_switched_off_opens_nothing(client: Client, alice: Member) -> None:
    token = a_link(alice.user)
    User.objects.update(is_active=False)
    assert client.post(sign_in(token)).status_code == 410
    assert SignInLink.objects.get().used_at is None


def test_many_attempts_from_one_address_are_turned_away(client: Client) -> None:
    answers = [client.get(sign_in(f"guess-{n}")).status_code for n in range(40)]
    assert answers[0] == 404
    assert answers[-1] == 429
    assert client.get(sign_in("x"), REMOTE_ADDR="192.0.2.7").status_code == 404
