"""The playbook's pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from touchline.accounts.models import Member
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.playbook.clocks import Clocks
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
    for rows in ("parts", "places", "slots"):
        if rows in context:
            forms += [context[rows].management_form, *context[rows]]
    if "more" in context:
        forms.append(context["more"])
    given = {
        field.html_name: "" if field.value() is None else field.value()
        for form in forms
        for field in form
        # A box that is not ticked is not posted.
        if field.name not in ("DELETE", "kinds") or field.value()
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
    for row in data["topics"]:
        assert row["name"] in text
    for row in data["prompts"]:
        assert escape(row["text"]) in text
    assert "Every time, in every meeting but “Getting to know you”." in text
    assert text.count(">Change<") == 3 + len(KINDS) + len(data["topics"])


@pytest.mark.parametrize(
    ("page", "to"),
    [
        ("stages/", ""),
        ("rhythms/", ""),
        ("clocks/", ""),
        *((f"kinds/{key}/", "") for key in KINDS),
        ("topics/family/", "#topic-family"),
        ("topics/us/", "#topic-us"),
        ("questions/family-2/", "topics/family/"),
        ("questions/us-8/", "topics/us/"),
    ],
)
def test_a_page_saved_as_it_is_keeps_all(
    alice: Member, browser: Browser, page: str, to: str
) -> None:
    client, address = browser(alice), f"/playbook/{page}"
    answer = client.post(address, posted(client, address))
    assert (answer.status_code, answer["Location"]) == (303, f"/playbook/{to}")
    assert stored(alice).data == shipped()


def test_a_kind_is_changed_and_journalled(alice: Member, browser: Browser, listening: str) -> None:
    client = browser(alice)
    given = posted(client, listening) | {
        "name": "Only listening",
        "length_minutes": "40",
        "topics-2-ORDER": "1",
        "topics-1-DELETE": "on",
        "more-known": "family",
        "more-name": " Health ",
        "shape-0-name": "Listen",
        "shape-0-minutes": "30",
        "shape-1-name": "Thank them",
        "shape-1-minutes": "0",
    }
    assert client.post(listening, given).status_code == 303
    kind = stored(alice).playbook.kind("listening")
    assert (kind.name, kind.length_minutes) == ("Only listening", 40)
    assert [topic.key for topic in kind.topics] == [
        "ideal_referral",
        "business",
        "family",
        "health",
    ]
    assert [(share.name, share.minutes) for share in kind.shape] == [
        ("Listen", 30),
        ("Thank them", 0),
    ]
    assert "Health" in client.get("/playbook/topics/health/").content.decode()
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
        ("topics-0-ORDER", "first", "Place: a whole number."),
        ("topics-0-key", "", "Key: fill this in."),
        ("topics-0-key", "goals", "same topic twice"),
        ("more-name", "Business", "same topic twice"),
        ("more-known", "weather", "A topic more: choose one of those offered."),
        ("shape-0-minutes", "34", "its parts take 34 minutes, and it is 33"),
        ("shape-0-minutes", "481", "Minutes: a whole number from 0 to 480."),
        ("shape-0-minutes", "", "Say how many minutes, or empty its name."),
        ("shape-0-name", "", "Give the part a name, or empty its minutes."),
        ("shape-TOTAL_FORMS", "lots", "These lines came incomplete."),
        ("topics-TOTAL_FORMS", "lots", "These lines came incomplete."),
    ],
)
def test_a_kind_with_something_wrong_is_not_stored(
    alice: Member, browser: Browser, listening: str, field: str, value: str, said: str
) -> None:
    client = browser(alice)
    given = posted(client, listening) | {"length_minutes": "33", "shape-0-minutes": "30"}
    answer = client.post(listening, given | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert stored(alice).data == shipped()


def test_a_topic_is_changed(alice: Member, browser: Browser) -> None:
    client, address = browser(alice), "/playbook/topics/family/"
    given = posted(client, address) | {
        "name": "Home",
        "stale_months": "4",
        "slots-0-name": "",
        "slots-1-name": "sons and daughters",
        "slots-8-name": "garden",
    }
    assert client.post(address, given).status_code == 303
    topic = stored(alice).playbook.topic("family")
    assert topic is not None
    assert (topic.name, topic.stale_months) == ("Home", 4)
    slots = [(slot.key, slot.name) for slot in topic.slots]
    assert slots[0] == ("children", "sons and daughters")
    assert slots[-1] == ("garden", "garden")
    partner = stored(alice).playbook.prompt("family-1")
    assert partner is not None
    assert partner.slot == ""


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Its name: fill this in."),
        ("name", "goals and dreams", "same topic twice"),
        ("stale_months", "0", "Grows old after months: a whole number from 1 to 120."),
        ("slots-8-name", "Partner", "same thing to know twice"),
        ("slots-0-name", "x" * 81, "at most 80 letters"),
        ("slots-TOTAL_FORMS", "lots", "These lines came incomplete."),
    ],
)
def test_a_topic_with_something_wrong_is_not_stored(
    alice: Member, browser: Browser, field: str, value: str, said: str
) -> None:
    client, address = browser(alice), "/playbook/topics/family/"
    answer = client.post(address, posted(client, address) | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert stored(alice).data == shipped()


def test_a_question_is_changed_and_keeps_its_key(alice: Member, browser: Browser) -> None:
    client, address = browser(alice), "/playbook/questions/family-2/"
    given = {"text": "Any little\r\nones?", "slot": "partner", "memory": "9m"}
    given |= {"kinds": ["listening", "referral_partner"], "version": "1"}  # type: ignore[dict-item]
    client.get(address)
    assert client.post(address, given)["Location"] == "/playbook/topics/family/"
    made = stored(alice).playbook.prompt("family-2")
    assert made is not None
    assert (made.text, made.slot, str(made.memory)) == ("Any little ones?", "partner", "9m")
    assert set(made.kinds) == {"listening", "referral_partner"}
    assert "Any little ones?" in client.get("/playbook/topics/family/").content.decode()


def test_a_memory_that_is_not_among_those_offered_stays(alice: Member, browser: Browser) -> None:
    of(alice.workspace)
    data = shipped()
    data["prompts"][0]["memory"] = "7m"
    stored(alice).edit(alice, data)
    client, address = browser(alice), "/playbook/questions/interests-1/"
    assert "again after 7 months" in client.get(address).content.decode()
    assert client.post(address, posted(client, address)).status_code == 303
    assert stored(alice).data == data


def test_a_question_is_added_and_taken_out(alice: Member, browser: Browser) -> None:
    client, address = browser(alice), "/playbook/topics/us/questions/"
    given = posted(client, address) | {"text": "Are we well?", "memory": "on:promise_broken"}
    assert client.post(address, given)["Location"] == "/playbook/topics/us/"
    made = stored(alice).playbook.prompts[-1]
    assert (made.topic, made.text, made.memory.event) == ("us", "Are we well?", "promise_broken")
    out = reverse("playbook:question_out", args=[made.key])
    assert client.get(out)["Location"] == reverse("playbook:question", args=[made.key])
    answer = client.post(out, {"version": 2})
    assert (answer.status_code, answer["Location"]) == (303, "/playbook/topics/us/")
    assert stored(alice).data == shipped()


def test_a_question_is_not_taken_out_of_a_playbook_changed_meanwhile(
    alice: Member, browser: Browser
) -> None:
    client = browser(alice)
    of(alice.workspace)
    stored(alice).edit(alice, shipped())
    out = "/playbook/questions/family-1/out/"
    told = client.post(out, {"version": 1, "back": "/playbook/questions/family-1/"}, follow=True)
    assert "Somebody else changed the playbook" in told.content.decode()
    assert stored(alice).data == shipped()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text", "", "The question, as you would say it: fill this in."),
        ("text", "x" * 301, "at most 300 letters"),
        ("text", "Who is {boss}?", "nothing fills {boss}"),
        ("text", "Who is {company?", "a brace that stands alone"),
        ("slot", "shoe_size", "It asks for: choose one of those offered."),
        ("memory", "weekly", "Ask it: choose one of those offered."),
        ("kinds", ["lunch"], "In: choose among those offered."),
    ],
)
@pytest.mark.parametrize("page", ["questions/family-2/", "topics/family/questions/"])
def test_a_question_with_something_wrong_is_not_stored(
    alice: Member, browser: Browser, page: str, field: str, value: Any, said: str
) -> None:
    client, address = browser(alice), f"/playbook/{page}"
    given = posted(client, address) | {"text": "Well?", "memory": "once"}
    answer = client.post(address, given | {field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert stored(alice).data == shipped()


@pytest.mark.parametrize(
    "address",
    [
        "/playbook/topics/weather/",
        "/playbook/topics/weather/questions/",
        "/playbook/questions/weather-1/",
        "/playbook/questions/weather-1/out/",
    ],
)
def test_a_topic_or_question_there_is_not(alice: Member, browser: Browser, address: str) -> None:
    assert browser(alice).get(address).status_code == 404
    assert browser(alice).post(address, {"version": 1}).status_code == 404


def test_a_topic_named_in_other_letters_has_its_page(alice: Member, browser: Browser) -> None:
    client, listening = browser(alice), reverse("playbook:kind", args=["listening"])
    client.post(listening, posted(client, listening) | {"more-name": "家族"})
    address = reverse("playbook:topic", args=["家族"])
    assert "家族" in client.get(address).content.decode()
    ask = reverse("playbook:new_question", args=["家族"])
    given = posted(client, ask) | {"text": "お元気ですか", "memory": "every"}
    assert client.post(ask, given).status_code == 303
    key = stored(alice).playbook.prompts[-1].key
    assert client.get(reverse("playbook:question", args=[key])).status_code == 200


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


def test_clocks_are_changed(alice: Member, browser: Browser) -> None:
    client, address = browser(alice), reverse("playbook:clocks")
    assert "Two days" in client.get("/playbook/").content.decode()
    given = posted(client, address) | {"thanks": "0", "feedback": "5"}
    assert client.post(address, given).status_code == 303
    assert stored(alice).playbook.clocks == Clocks(thanks=0, feedback=5)
    assert "The same day" in client.get("/playbook/").content.decode()


@pytest.mark.parametrize("days", ["", "-1", "366", "soon"])
def test_a_clock_of_no_days_is_refused(alice: Member, browser: Browser, days: str) -> None:
    client, address = browser(alice), reverse("playbook:clocks")
    answer = client.post(address, posted(client, address) | {"thanks": days, "feedback": "5"})
    assert answer.status_code == 422
    assert 'name="feedback" value="5"' in answer.content.decode()
    assert stored(alice).data == shipped()


@pytest.mark.parametrize("page", ["stages", "rhythms", "kind", "topic", "question"])
def test_the_second_of_two_editors_is_told_and_loses_nothing(
    alice: Member, browser: Browser, page: str
) -> None:
    charlie = makers.a_member(alice.workspace, "charlie@example.org")
    of_one = {"kind": ["listening"], "topic": ["family"], "question": ["family-2"]}
    address = reverse(f"playbook:{page}", args=of_one.get(page, []))
    field = {"stages": "prospective-name", "rhythms": "high-name", "question": "text"}.get(
        page, "name"
    )
    one, two = browser(alice), browser(charlie)
    given = posted(two, address)
    assert one.post(address, posted(one, address) | {field: "Hers"}).status_code == 303
    told = two.post(address, given | {field: "His"})
    assert told.status_code == 422
    text = told.content.decode()
    assert "Somebody else changed the playbook" in text
    assert 'value="His"' in text or ">\nHis</textarea>" in text
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


def test_a_playbook_read_before_an_edit_is_not_read_after_it(alice: Member) -> None:
    of(alice.workspace)
    reader, editor = stored(alice), stored(alice)
    assert reader.playbook is editor.playbook
    data = shipped()
    data["kinds"][3]["name"] = "Other"
    editor.edit(alice, data)
    assert editor.playbook.kind("listening").name == "Other"
    assert reader.playbook.kind("listening").name == "Listening"
    assert stored(alice).playbook.kind("listening").name == "Other"


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


ADDRESSES = [
    "/playbook/stages/",
    "/playbook/rhythms/",
    "/playbook/clocks/",
    "/playbook/kinds/listening/",
    "/playbook/topics/family/",
    "/playbook/topics/family/questions/",
    "/playbook/questions/family-2/",
]
VERBS = ["/playbook/kinds/listening/as-shipped/", "/playbook/questions/family-2/out/"]


@pytest.mark.parametrize("address", [*ADDRESSES, *VERBS])
def test_a_viewer_reads_only(bob: Member, browser: Browser, address: str) -> None:
    client = browser(bob)
    page = client.get(reverse("playbook:playbook"))
    assert page.status_code == 200
    assert ">Change<" not in page.content.decode()
    assert client.post(address, {"version": 1}).status_code == 403


PARTS = [(part, "name") for part in ("stages", "kinds", "topics", "tiers")] + [("prompts", "text")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_sees_another_workspaces_playbook(
    alice: Member, stranger: Member, browser: Browser, address: str
) -> None:
    data = shipped()
    for part, field in PARTS:
        for row in data[part]:
            row[field] = "Secret " + row[field]
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
