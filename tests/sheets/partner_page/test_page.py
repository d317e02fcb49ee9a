"""The partner's page: what it says, in which state, and what it costs."""

from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from tests.sheets.partner_page.cast import Cast, a_recap, told
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import a_link
from touchline.mail.links import SECRET
from touchline.meetings.models import State
from touchline.sheets.models import CompanySheet, Sheet, Visit
from touchline.sheets.writing import changing

MOST_QUERIES, MOST_BYTES = 8, 60_000


def test_it_says_what_both_need(cast: Cast) -> None:
    page = cast.read()
    for each in (
        "Hill Street Café", "Does that suit you?", "The two landlords", "Your fixed fees",
        "Send two paragraphs", "Bring the leaflet", "Tom Hart, Hart Foods",
        "I grew up above a bakery", "A firm of six", "Sings in a choir",
        "Thank you for our one-to-one", "Is this still right for you?", "one-to-one.ics",
    ):  # fmt: skip
        assert each in page, each
    assert f'href="{cast.anwen.links.get(purpose="yours").path}"' in page


def test_with_nothing_yet_it_is_a_page_all_the_same(stranger: Member) -> None:
    made = makers.a_relationship(stranger, "Glyn Parry")
    page = Client().get(a_link(made, stranger).path).content.decode()
    assert "No date yet." in page
    for each in ("Promised", "Introductions", "Last time", "About you", "The info sheet"):
        assert each not in page
    assert "To talk about" in page


def test_it_makes_eight_queries_at_most_however_much_there_is(cast: Cast) -> None:
    alice, anwen, today = cast.alice, cast.anwen, cast.alice.today()
    for at in range(12):
        makers.an_agenda_item(anwen, alice, "mine", f"Item {at}")
        makers.an_action(anwen, alice, "theirs", f"Promise {at}", today + timedelta(days=at))
        made = a_referral(anwen, alice, state="asking", person=f"Prospect Number{at}")
        cast.post(f"referrals/{made.pk}/feedback/", text=f"Line {at}")
    firm = makers.a_company(alice, "Quay Bakery")
    a_referral(anwen, alice, state="asking", person=None, company=firm, need="Wants a lease")
    Client().get(cast.path)
    for since in (timedelta(), timedelta(hours=2)):
        Visit.objects.update(last_at=timezone.now() - since)
        with CaptureQueriesContext(connection) as made_queries:
            page = Client().get(cast.path)
        assert page.status_code == 200
        assert len(made_queries) <= MOST_QUERIES, [each["sql"] for each in made_queries]
        assert len(page.content) < MOST_BYTES
    Visit.objects.all().delete()
    with CaptureQueriesContext(connection) as made_queries:
        Client().get(cast.path)
    assert len(made_queries) <= MOST_QUERIES


def test_all_that_it_loads_is_small(cast: Cast) -> None:
    page = cast.read()
    assert "<script" not in page
    assert "style=" not in page
    assert "member" not in page.lower()


def test_the_time_is_said_in_the_zone_of_whom_they_meet(cast: Cast) -> None:
    cast.alice.time_zone = "America/New_York"
    cast.alice.save()
    cast.one.starts_at = datetime.fromisoformat(
        f"{cast.alice.today() + timedelta(days=3)}T18:00:00+00:00"
    )
    cast.one.save()
    page = cast.read()
    assert "New York time" in page
    assert "13:00 to 14:00" in page or "14:00 to 15:00" in page


def test_the_next_one_is_the_first_ahead_and_one_that_began_is_still_found(cast: Cast) -> None:
    makers.a_one_to_one(cast.anwen, cast.alice, cast.alice.today() + timedelta(days=40), place="B")
    assert "Hill Street Café" in cast.read()
    cast.one.starts_at = timezone.now() - timedelta(minutes=20)
    cast.one.save()
    page = cast.read()
    assert "Hill Street Café" in page
    assert "Yes, that suits me" not in page
    cast.one.starts_at = timezone.now() - timedelta(hours=2)
    cast.one.save()
    assert "Hill Street Café" not in cast.read()


def test_what_is_kept_steps_back_and_is_gone_after_a_while(cast: Cast) -> None:
    cast.promised.keep(cast.alice, on=cast.alice.today())
    page = cast.read()
    assert "Send two paragraphs" in page
    assert "Tick off: Send two" not in page
    cast.promised.settled_on = cast.alice.today() - timedelta(days=60)
    cast.promised.save()
    assert "Send two paragraphs" not in cast.read()


def test_what_changed_on_my_sheet_since_they_last_looked_is_marked(cast: Cast) -> None:
    assert "New since you last looked" not in cast.read()
    looked = timezone.now() - timedelta(minutes=40)
    Visit.objects.update(last_at=looked)
    sheet = Sheet.objects.get()
    # To the moment: both on the day on which they looked.
    sheet.changed = {"about": (looked - timedelta(minutes=1)).isoformat(),
                     "family": (looked + timedelta(minutes=1)).isoformat()}  # fmt: skip
    sheet.save()
    for _ in range(2):
        assert "New since you last looked: Family." in cast.read(), "and again in the same visit"


def test_the_company_is_news_once_its_part_was_changed_after_they_looked(cast: Cast) -> None:
    company, alice = CompanySheet.objects.get(), cast.alice
    Sheet.objects.update(changed={})
    cast.read()
    now = timezone.now()
    for about, minutes in (("Long known", 50), ("Quite new", 30)):
        at = now - timedelta(minutes=minutes)
        words = {"about": about}
        changing.write_company(company, alice, seen=company.version, now=at, words=words)
        Visit.objects.update(last_at=now - timedelta(minutes=40))
        says = f"New since you last looked: {escape(alice.workspace)}." in cast.read()
        assert says is (minutes < 40)


def test_of_what_they_told_twice_the_newest_is_shown(cast: Cast) -> None:
    told(cast.anwen, "Has left the choir", timezone.now())
    page = cast.read()
    assert "Has left the choir" in page
    assert "Sings in a choir" not in page


def test_the_calendar_is_the_invitation_without_us(cast: Cast) -> None:
    answer = Client().get(f"{cast.path}one-to-one.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert "attachment" in answer["Content-Disposition"]
    file = answer.content.decode()
    assert "SUMMARY:One-to-one with Alice Hill" in file
    assert f"UID:{cast.one.uid}" in file
    assert "ORGANIZER" not in file
    cast.one.cancel(cast.alice)
    assert Client().get(f"{cast.path}one-to-one.ics").status_code == 404


def test_a_recap_does_not_lead_to_the_page_it_is_read_on(cast: Cast) -> None:
    text = f"Hello Anwen,\n\n- The dinner\n\nIt is here:\nhttps://x.example/with/page/{SECRET}/"
    a_recap(cast.alice, cast.anwen, text, timezone.now() + timedelta(minutes=1))
    page = cast.read()
    assert "The dinner" in page
    assert SECRET not in page
    assert "It is here" not in page


def test_an_ended_programme_has_no_page(cast: Cast) -> None:
    cast.anwen.end(cast.alice, reason="She moved")
    assert Client().get(cast.path).status_code == 404


def test_a_meeting_under_way_is_shown_without_a_question(cast: Cast) -> None:
    cast.one.state, cast.one.starts_at = State.UNDER_WAY, timezone.now() - timedelta(minutes=5)
    cast.one.save()
    page = cast.read()
    assert "Hill Street Café" in page
    assert "Does that suit you?" not in page
