"""They empty an answer that we took over: it is shown here, and nothing goes by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.sheets.theirs.test_their_sheet import CHILDREN, TEAM, as_it_stands, facts, hand_in
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link
from touchline.journal.models import Entry
from touchline.meetings.models import Fact
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival, Link, Purpose, TheirAnswer, TheirSheet
from touchline.sheets.theirs import saving

Browser = Callable[[Member], Client]
FIELD = "answer:interests/team"


@pytest.fixture
def client_of_alice(browser: Browser, alice: Member) -> Client:
    return browser(alice)


@pytest.fixture
def kept(link: Link, client_of_alice: Client) -> TheirSheet:
    """A sheet on which all is decided: a fact that she said, her team."""
    sheet = hand_in(link, {TEAM: "Saints"})
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    return sheet


def page_of(client: Client, sheet: TheirSheet) -> str:
    return client.get(f"/their-sheets/{sheet.pk}/").content.decode()


def test_it_stands_as_no_longer_said_and_goes_in_one_tap(
    kept: TheirSheet, link: Link, anwen: Relationship, client: Client, client_of_alice: Client
) -> None:
    before = {FIELD: "", "was:interests/team": saving.digest("Saints")}
    client.post(f"{link.path}answers/", before)
    form = client.get(link.path).content.decode()
    assert "You took this back." in form
    assert "Saints" not in form
    # Not handed over, it is nobody's to see, and nothing has changed here.
    sheet = TheirSheet.objects.latest("pk")
    assert "no longer says" not in page_of(client_of_alice, sheet)
    client.post(f"{link.path}handing-over/", {})
    assert facts(anwen) == {"team": ("Saints", "them")}
    assert Arrival.objects.unseen().get().their_sheet == sheet
    listed = client_of_alice.get(f"/relationships/{anwen.pk}/their-sheets/").content.decode()
    assert "One answer to decide on" in listed
    page = page_of(client_of_alice, sheet)
    assert "Anwen no longer says this</h2>" in page
    assert "Saints" in page
    answer = client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert answer.status_code == 303
    assert not Fact.objects.exists()
    sheet.refresh_from_db()
    assert sheet.settled_at
    assert not Arrival.objects.unseen().exists()
    assert Entry.objects.filter(verb="theiranswer.withdraw", person_id=anwen.person_id).exists()
    page = page_of(client_of_alice, sheet)
    assert "One fact taken away." in page
    assert "taken back by Anwen" in page
    assert "kept, and taken away since" in page_of(client_of_alice, kept)
    listed = client_of_alice.get(f"/relationships/{anwen.pk}/their-sheets/").content.decode()
    assert "One taken back" in listed
    # It stays empty on her form, and is asked no second time.
    assert "You took this back." in client.get(link.path).content.decode()


def test_it_is_kept_in_one_tap_and_taken_away_after_all(
    kept: TheirSheet, link: Link, client_of_alice: Client
) -> None:
    sheet = hand_in(link, {TEAM: "", CHILDREN: "Two"})
    pk = TheirAnswer.objects.get(sheet=sheet, slot="team").pk
    page = page_of(client_of_alice, sheet)
    button = f'name="a{pk}-way" value="leave"'
    # Apart from the answers that one button decides on together.
    assert button in page.partition("Answers to decide on")[0]
    posted = {f"a{pk}-way": "leave", f"a{pk}-seen": saving.digest("")}
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", posted)
    assert Fact.objects.get().text == "Saints"
    page = page_of(client_of_alice, sheet)
    assert "Anwen no longer says this, and you kept it" in page
    assert "Two" in page.partition("Decided</h2>")[0]
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", {"after_all": str(pk)})
    assert not Fact.objects.exists()
    assert "after_all" not in page_of(client_of_alice, sheet)


def test_on_a_sheet_that_is_open_still_it_stands_beside_the_rest(
    link: Link, anwen: Relationship, client_of_alice: Client
) -> None:
    sheet = hand_in(link, {TEAM: "Saints", CHILDREN: "Two"})
    posted = as_it_stands(sheet, children="later")
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", posted)
    assert hand_in(link, {TEAM: ""}) == sheet
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert facts(anwen) == {"children": ("Two", "them")}


def test_typed_again_as_it_was_nothing_is_taken_back(kept: TheirSheet, link: Link) -> None:
    now = timezone.now()
    saving.type_in(link, {TEAM: ""}, now=now)
    saving.type_in(link, {TEAM: "Saints"}, now=now)
    assert TheirAnswer.objects.get().sheet == kept
    saving.type_in(link, {TEAM: ""}, now=now)
    saving.type_in(link, {TEAM: "Scarlets"}, now=now)
    answer = TheirAnswer.objects.latest("pk")
    assert (answer.text, answer.fact) == ("Scarlets", None)


def test_what_they_said_before_it_goes_as_well_and_what_you_noticed_stands_again(
    link: Link, anwen: Relationship, alice: Member, client_of_alice: Client
) -> None:
    makers.a_fact(
        anwen, alice, "interests", "Rugby", slot="team", said_by="me",
        on=alice.today() - timedelta(days=90),
    )  # fmt: skip
    for team in ("Saints", "Scarlets"):
        sheet = hand_in(link, {TEAM: team})
        client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert Fact.objects.count() == 3
    sheet = hand_in(link, {TEAM: ""})
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    assert facts(anwen) == {"team": ("Rugby", "me")}
    assert Fact.objects.count() == 1


@pytest.mark.parametrize("said_by", ["me", "them"])
def test_what_was_corrected_since_goes_only_where_they_said_it(
    said_by: str, kept: TheirSheet, link: Link, alice: Member, client_of_alice: Client
) -> None:
    Fact.objects.get().correct(
        alice, text="The Saints", on=alice.today(), one_to_one=None, said_by=said_by
    )
    sheet = hand_in(link, {TEAM: ""})
    page = page_of(client_of_alice, sheet)
    sheet.refresh_from_db()
    if said_by == "me":
        # Nothing is held as said by her: nobody has to decide, and nothing arrives.
        assert sheet.settled_at
        assert not Arrival.objects.unseen().exists()
        assert "taken back by Anwen" in page
    else:
        assert "The Saints" in page
        client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
        assert not Fact.objects.exists()


def test_a_fact_that_changed_as_it_was_decided_on_is_not_taken_away_unread(
    kept: TheirSheet, link: Link, alice: Member, client_of_alice: Client
) -> None:
    sheet = hand_in(link, {TEAM: ""})
    posted = as_it_stands(sheet)
    Fact.objects.get().correct(
        alice, text="I watch rugby with her", on=alice.today(), one_to_one=None, said_by="me"
    )
    answer = client_of_alice.post(f"/their-sheets/{sheet.pk}/", posted)
    assert answer.status_code == 422
    assert "You have changed it since, so nothing goes." in answer.content.decode()
    assert Fact.objects.current().get().said_by == "me"
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet))
    sheet.refresh_from_db()
    assert sheet.settled_at


def test_what_was_left_out_is_taken_back_without_asking_anybody(
    link: Link, client: Client, client_of_alice: Client
) -> None:
    sheet = hand_in(link, {TEAM: "Saints"})
    client_of_alice.post(f"/their-sheets/{sheet.pk}/", as_it_stands(sheet, team="leave"))
    again = hand_in(link, {TEAM: ""})
    assert again.settled_at
    assert not Arrival.objects.unseen().exists()
    form = client.get(link.path).content.decode()
    assert "Saints" not in form
    # Once is enough.
    saving.type_in(link, {TEAM: ""}, now=timezone.now())
    assert TheirSheet.objects.count() == 2


def test_a_field_that_was_never_answered_takes_nothing_back(link: Link, kept: TheirSheet) -> None:
    saving.type_in(link, {CHILDREN: ""}, now=timezone.now())
    assert TheirAnswer.objects.count() == 1
    assert TheirSheet.objects.count() == 1


def test_the_page_of_the_partner_shows_it_no_more(
    kept: TheirSheet, link: Link, anwen: Relationship, alice: Member, client: Client
) -> None:
    page = a_link(anwen, alice, Purpose.PAGE)
    assert "Saints" in client.get(page.path).content.decode()
    hand_in(link, {TEAM: ""})
    assert "Saints" not in client.get(page.path).content.decode()


def test_a_viewer_reads_it_and_a_stranger_finds_nothing(
    kept: TheirSheet, link: Link, bob: Member, stranger: Member, browser: Browser
) -> None:
    sheet = hand_in(link, {TEAM: ""})
    posted = as_it_stands(sheet)
    page = page_of(browser(bob), sheet)
    assert "Anwen no longer says this</h2>" in page
    assert "Take it away" not in page
    assert browser(bob).post(f"/their-sheets/{sheet.pk}/", posted).status_code == 403
    assert browser(stranger).post(f"/their-sheets/{sheet.pk}/", posted).status_code == 404
    assert Fact.objects.exists()
