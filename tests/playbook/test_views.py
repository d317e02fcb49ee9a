"""The playbook's pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.playbook.models import WorkspacePlaybook, of
from touchline.playbook.playbook import KINDS, shipped

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


def stored(member: Member) -> WorkspacePlaybook:
    return WorkspacePlaybook.objects.get(workspace=member.workspace)


def posted(client: Client, address: str) -> dict[str, Any]:
    """What a browser would post from a page with nothing typed."""
    context = client.get(address).context
    forms = list(context["forms"].values()) if "forms" in context else [context["form"]]
    if "topics" in context:
        forms += [context["topics"].management_form, *context["topics"]]
    given = {
        field.html_name: "" if field.value() is None else field.value()
        for form in forms
        for field in form
        if field.name != "DELETE"
    }
    return {**given, "version": context["version"]}


@pytest.fixture
def listening() -> str:
    return reverse("playbook:kind", args=["listening"])


def test_the_page_shows_everything(alice: Member, browser: Browser) -> None:
    text = browser(alice).get(reverse("playbook:playbook")).content.decode()
    data = shipped()
    for part in ("stages", "kinds", "tiers"):
        for row in data[part]:
            assert row["name"] in text
    assert "What takes most of your thought at the moment?" in text
    assert text.count(">Change<") == 2 + len(KINDS)


@pytest.mark.parametrize("name", ["stages", "rhythms", *KINDS])
def test_a_page_saved_as_it_is_keeps_all(alice: Member, browser: Browser, name: str) -> None:
    client = browser(alice)
    address = reverse(
        "playbook:kind" if name in KINDS else f"playbook:{name}",
        args=[name] if name in KINDS else [],
    )
    answer = client.post(address, posted(client, address))
    assert (answer.status_code, answer["Location"]) == (303, reverse("playbook:playbook"))
    assert stored(alice).data == shipped()


def test_a_kind_is_changed_and_journalled(alice: Member, browser: Browser, listening: str) -> None:
    client = browser(alice)
    given = posted(client, listening) | {
        "name": "Only listening",
        "length_minutes": "40",
        "topics-2-ORDER": "1",
        "topics-1-DELETE": "on",
        "topics-3-name": "Health",
        "topics-3-questions": "How are you, really?\n\nHow are you, really?\n",
    }
    assert client.post(listening, given).status_code == 303
    kind = stored(alice).playbook.kind("listening")
    assert (kind.name, kind.length_minutes) == ("Only listening", 40)
    assert [topic.key for topic in kind.topics] == ["ideal_referral", "business", "health"]
    assert [prompt.text for prompt in kind.prompts][-1] == "How are you, really?"
    entry = Entry.objects.get(verb="workspaceplaybook.edit")
    assert entry.member == alice
    assert entry.details["before"] == shipped()


@pytest.mark.parametrize(
    ("moved", "to", "order"),
    [
        (2, 1, ["ideal_referral", "business", "goals"]),
        (0, 3, ["goals", "ideal_referral", "business"]),
        (0, 2, ["goals", "business", "ideal_referral"]),
        (1, 99, ["business", "ideal_referral", "goals"]),
    ],
)
def test_a_topic_takes_the_place_it_is_given(
    alice: Member, browser: Browser, listening: str, moved: int, to: int, order: list[str]
) -> None:
    client = browser(alice)
    client.post(listening, posted(client, listening) | {f"topics-{moved}-ORDER": str(to)})
    assert [t.key for t in stored(alice).playbook.kind("listening").topics] == order


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Its name: fill this in."),
        ("length_minutes", "4", "How long, in minutes: a whole number from 5 to 480."),
        ("topics-0-name", "", "Give the topic a name, or take it out."),
        ("topics-0-questions", "x" * 301, "longer than 300 letters"),
        ("topics-0-ORDER", "first", "Place: a whole number."),
        ("topics-3-name", "Business", "same topic twice"),
        ("topics-TOTAL_FORMS", "lots", "These lines came incomplete."),
    ],
)
def test_a_kind_with_something_wrong_is_not_stored(
    alice: Member, browser: Browser, listening: str, field: str, value: str, said: str
) -> None:
    client = browser(alice)
    answer = client.post(
        listening, posted(client, listening) | {"length_minutes": "33", field: value}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert stored(alice).data == shipped()


def test_stages_are_changed(alice: Member, browser: Browser) -> None:
    client, address = browser(alice), reverse("playbook:stages")
    given = posted(client, address) | {
        "prospective-name": "Known",
        "referral_partner-minimum_meetings": "5",
    }
    assert client.post(address, given).status_code == 303
    stages = stored(alice).playbook.stages
    assert (stages[0].name, stages[3].minimum_meetings) == ("Known", 5)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("referral_partner-minimum_meetings", "1", "A later stage cannot need fewer"),
        ("tell_me_the_detail-topics_needed", "9", "from 0 to 4"),
        ("prospective-name", "", "required"),
    ],
)
def test_stages_that_cannot_be(
    alice: Member, browser: Browser, field: str, value: str, said: str
) -> None:
    client, address = browser(alice), reverse("playbook:stages")
    answer = client.post(address, posted(client, address) | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert stored(alice).data == shipped()


def test_rhythms_are_changed(alice: Member, browser: Browser) -> None:
    client, address = browser(alice), reverse("playbook:rhythms")
    given = posted(client, address) | {"high-meeting_days": "21", "medium-call_days": ""}
    assert client.post(address, given).status_code == 303
    high, medium, _ = stored(alice).playbook.tiers
    assert (high.meeting_days, medium.call_days) == (21, None)


def test_a_rhythm_of_no_days_is_refused(alice: Member, browser: Browser) -> None:
    client, address = browser(alice), reverse("playbook:rhythms")
    answer = client.post(address, posted(client, address) | {"high-meeting_days": "0"})
    assert answer.status_code == 422
    assert stored(alice).data == shipped()


@pytest.mark.parametrize("page", ["stages", "rhythms", "kind"])
def test_the_second_of_two_editors_is_told_and_loses_nothing(
    alice: Member, browser: Browser, page: str
) -> None:
    charlie = makers.a_member(alice.workspace, "charlie@example.org")
    address = reverse(f"playbook:{page}", args=["listening"] if page == "kind" else [])
    field = {"stages": "prospective-name", "rhythms": "high-name", "kind": "name"}[page]
    one, two = browser(alice), browser(charlie)
    given = posted(two, address)
    assert one.post(address, posted(one, address) | {field: "Hers"}).status_code == 303
    told = two.post(address, given | {field: "His"})
    assert told.status_code == 422
    text = told.content.decode()
    assert "Somebody else changed the playbook" in text
    assert 'value="His"' in text
    assert "Hers" in str(stored(alice).data)
    again = given | {field: "His", "version": told.context["version"]}
    assert two.post(address, again).status_code == 303
    assert "His" in str(stored(alice).data)


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "7"])
def test_a_version_that_never_was_stores_nothing(
    alice: Member, browser: Browser, listening: str, version: str
) -> None:
    client = browser(alice)
    given = posted(client, listening) | {"name": "Other", "version": version}
    assert client.post(listening, given).status_code == 422
    assert stored(alice).data == shipped()


def test_two_edits_of_the_same_row_do_not_overwrite(alice: Member) -> None:
    of(alice.workspace)
    one, two = stored(alice), stored(alice)
    one.edit(alice, shipped())
    with pytest.raises(Refused):
        two.edit(alice, shipped())
    assert stored(alice).version == 2


def test_as_shipped(alice: Member, browser: Browser, listening: str) -> None:
    client = browser(alice)
    address = reverse("playbook:as_shipped", args=["listening"])
    client.post(listening, posted(client, listening) | {"name": "Other", "topics-0-DELETE": "on"})
    assert client.get(address)["Location"] == listening
    answer = client.post(address, {"version": stored(alice).version})
    assert (answer.status_code, answer["Location"]) == (303, listening)
    assert stored(alice).data == shipped()


def test_as_shipped_of_an_old_page_is_told(alice: Member, browser: Browser, listening: str) -> None:
    client = browser(alice)
    client.post(listening, posted(client, listening) | {"name": "Other"})
    address = reverse("playbook:as_shipped", args=["listening"])
    answer = client.post(address, {"version": 1, "back": listening}, follow=True)
    assert "Somebody else changed the playbook" in answer.content.decode()
    assert stored(alice).playbook.kind("listening").name == "Other"


def test_posted_twice_changes_once(alice: Member, browser: Browser, listening: str) -> None:
    client = browser(alice)
    given = posted(client, listening) | {"name": "Other", "once": "a"}
    for _ in range(2):
        assert client.post(listening, given).status_code == 303
    assert stored(alice).version == 2


ADDRESSES = ["/playbook/stages/", "/playbook/rhythms/", "/playbook/kinds/listening/"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/playbook/kinds/listening/as-shipped/"])
def test_a_viewer_reads_only(bob: Member, browser: Browser, address: str) -> None:
    client = browser(bob)
    page = client.get(reverse("playbook:playbook"))
    assert page.status_code == 200
    assert ">Change<" not in page.content.decode()
    assert client.post(address, {"version": 1}).status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_sees_another_workspaces_playbook(
    alice: Member, stranger: Member, browser: Browser, address: str
) -> None:
    data = shipped()
    for part in ("stages", "kinds", "tiers"):
        for row in data[part]:
            row["name"] = "Secret " + row["name"]
    of(alice.workspace)
    stored(alice).edit(alice, data)
    client = browser(stranger)
    for page in ("/playbook/", address):
        assert "Secret" not in client.get(page).content.decode()
    client.post(address, posted(client, address))
    assert stored(alice).data == data


def test_a_kind_there_is_not(alice: Member, browser: Browser) -> None:
    for name in ("playbook:kind", "playbook:as_shipped"):
        address = reverse(name, args=["lunch"])
        assert browser(alice).get(address).status_code == 404
        assert browser(alice).post(address).status_code == 404


@pytest.mark.parametrize("address", ["/playbook/", *ADDRESSES])
def test_pages_take_few_queries(
    alice: Member, browser: Browser, address: str, django_assert_max_num_queries: Any
) -> None:
    client = browser(alice)
    client.get("/playbook/")
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
