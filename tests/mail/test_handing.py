"""The letters that hand a page over: looked at, sent once, by whom and to whom it may be."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.mail.cast import Partner
from tests.mail.test_links import LETTERS, TO, about, partner, queued  # noqa: F401
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link, a_sheet
from touchline.mail import outbox
from touchline.mail.along import file_name
from touchline.mail.models import Message, State
from touchline.sheets.models import Link, TheirSheet

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]
NAMES = ("yours", "page", "sheet")
SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def at(partner: Partner, name: str) -> str:  # noqa: F811
    return f"/relationships/{partner.relationship.pk}/letters/{name}/"


@pytest.mark.parametrize("name", NAMES)
def test_who_may_send_it(
    name: str,
    alice: Member,
    bob: Member,
    stranger: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    a_sheet(alice, about="I mend roofs.")
    for member, status in ((alice, 200), (bob, 403), (stranger, 404)):
        assert browser(member).get(at(partner, name)).status_code == status
        posted = browser(member).post(at(partner, name), {"do": "look", "once": "x"})
        assert posted.status_code == (303 if member is alice else status)
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", NAMES)
def test_a_double_click_sends_once_and_makes_one_link(
    name: str,
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    a_sheet(alice, about="I mend roofs.")
    client = browser(alice)
    page = client.get(at(partner, name))
    assert "made as you send it" in page.content.decode()
    data = {"do": "send", "shown": page.context["draft"].fingerprint, "once": "same"}
    first, again = client.post(at(partner, name), data), client.post(at(partner, name), data)
    assert first["Location"] == again["Location"]
    assert first["Location"] == f"/relationships/{partner.relationship.pk}/links/"
    assert (Message.objects.count(), Link.objects.count()) == (1, 1)
    gone = client.get(at(partner, name)).content.decode()
    assert "On its way" in gone
    assert Message.objects.get().told in unescape(gone)


def test_a_link_made_in_another_tab_is_shown_before_it_goes(
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    client = browser(alice)
    shown = client.get(at(partner, "page")).context["draft"].fingerprint
    a_link(partner.relationship, alice)
    answer = client.post(at(partner, "page"), {"do": "send", "shown": shown, "once": "a"})
    assert answer["Location"] == f"{at(partner, 'page')}#letter"
    assert not Message.objects.exists()


@pytest.mark.parametrize("name", ["yours", "page"])
def test_of_a_programme_that_has_ended_nothing_is_handed_over(
    name: str,
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    partner.relationship.end(alice, reason="Moved")
    answer = browser(alice).get(at(partner, name), follow=True)
    assert answer.redirect_chain == [(partner.relationship.get_absolute_url(), 303)]
    assert "opens nothing" in answer.content.decode()


def test_asked_again_it_says_so_and_until_when(alice: Member, partner: Partner) -> None:  # noqa: F811
    first = about("yours", alice, partner).text
    assert "would you tell me a little about yourself" in first
    ends = timezone.now().astimezone(alice.zone) + timedelta(days=60)
    assert f"until {ends:%A} {ends.day} {ends:%B %Y}." in first
    TheirSheet.objects.create(
        workspace=alice.workspace,
        relationship=partner.relationship,
        began_at=timezone.now(),
        handed_in_at=timezone.now(),
    )
    assert "Would you look it over" in about("yours", alice, partner).text


def test_the_sheet_goes_along_before_a_first_one_to_one_unless_taken_off(
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    a_sheet(alice, about="I mend roofs.")
    client, path = browser(alice), f"/one-to-ones/{partner.planned.pk}/beforehand/"
    # They have met.
    assert client.get(path).context["draft"].with_sheet is False
    partner.held.delete()
    page = client.get(path)
    assert page.context["draft"].with_sheet is True
    assert "so that you know a little about me before we meet" in page.context["draft"].text
    assert "they can read it before you meet" in page.content.decode()
    client.post(path, {"do": "look", "once": "a"})
    assert client.get(path).context["draft"].with_sheet is False
    client.post(path, {"do": "look", "sheet": "1", "once": "b"})
    assert client.get(path).context["draft"].with_sheet is True
    partner.relationship.held_before = 2
    partner.relationship.held_before_last_on = alice.today()
    partner.relationship.save()
    assert browser(alice).get(path).context["draft"].with_sheet is False


@pytest.mark.parametrize("name", ["recap", "invitation"])
def test_the_sheet_goes_with_a_recap_or_an_invitation_when_ticked(
    name: str,
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    a_sheet(alice, about="I mend roofs.")
    one = partner.held if name == "recap" else partner.planned
    client, path = browser(alice), f"/one-to-ones/{one.pk}/{name}/"
    assert client.get(path).context["draft"].with_sheet is False
    client.post(path, {"do": "look", "sheet": "1", "once": "a"})
    page = client.get(path)
    data = {"do": "send", "sheet": "1", "once": "b"}
    client.post(path, {**data, "shown": page.context["draft"].fingerprint})
    assert Message.objects.get().with_sheet is True


def test_a_cancellation_brings_no_sheet(
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    a_sheet(alice, about="I mend roofs.")
    a_link(partner.relationship, alice)
    one = partner.planned
    one.sent_sequence = one.sequence
    one.save()
    one.cancel(alice)
    page = browser(alice).get(f"/one-to-ones/{one.pk}/invitation/")
    assert 'name="sheet"' not in page.content.decode()
    assert page.context["draft"].link is None


def test_a_sheet_with_nothing_left_to_show_is_not_sent(alice: Member, partner: Partner) -> None:  # noqa: F811
    sheet = a_sheet(alice, about="I mend roofs.")
    message = queued(about("sheet", alice, partner), alice, partner)
    sheet.audiences["about"] = "partners"
    sheet.save()
    outbox.deliver(message.pk)
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (State.FAILED, [])
    assert "nothing to show to anyone by now" in message.failure


@pytest.mark.parametrize("name", LETTERS)
def test_script_in_every_field_stays_text(
    name: str,
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    for user in (alice.user,):
        user.name = f"Alice {SCRIPT}"
        user.save()
    person, one = partner.relationship.person, partner.planned
    person.given = person.name = f"Anwen {SCRIPT}"
    person.save()
    for each in (partner.held, one):
        each.place = f"Barn {SCRIPT}"
        each.save()
    makers.a_note(partner.relationship, alice, SCRIPT, one_to_one=partner.held, shared=True)
    a_sheet(alice, about=SCRIPT)
    a_link(partner.relationship, alice)
    draft = about(name, alice, partner, line=SCRIPT)
    assert "<script" not in draft.html
    assert "<img" not in draft.html
    assert SCRIPT in draft.text
    where = f"/one-to-ones/{(partner.held if name == 'recap' else one).pk}/{name}/"
    path = at(partner, name) if name in NAMES else where
    client = browser(alice)
    client.post(path, {"line": SCRIPT, "do": "look", "once": "a"})
    for page in (client.get(path), client.get(f"{path}?letter=1")):
        assert "<script>alert" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()
    outbox.deliver(queued(draft, alice, partner).pk)
    sent = mail.outbox[0]
    assert "\n" not in sent.subject
    names = [each[0] for each in sent.attachments if isinstance(each, tuple)]
    assert all("<" not in str(each) for each in names)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Alice Hill", "Alice Hill.pdf"),
        ("Siân Ó Briain", "Siân Ó Briain.pdf"),
        ("李 小龍", "李 小龍.pdf"),
        ("../../etc/passwd", "etc passwd.pdf"),
        ('A"; name="x.exe', "A name x.exe.pdf"),
        ("Alice\r\nBcc: eve@example.org", "Alice Bcc eve example.org.pdf"),
        ("Alice\u202efdp.exe", "Alice fdp.exe.pdf"),
        ("<script>", "script.pdf"),
        ("///", "Info sheet.pdf"),
        ("x" * 300, f"{'x' * 60}.pdf"),
    ],
)
def test_a_file_name_is_safe(name: str, file: str) -> None:
    assert file_name(name) == file


@pytest.mark.parametrize("name", [*NAMES, "recap", "beforehand", "invitation"])
def test_pages_stay_within_their_queries(
    name: str,
    alice: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    a_sheet(alice, about="I mend roofs.")
    a_link(partner.relationship, alice)
    one = partner.held if name == "recap" else partner.planned
    path = at(partner, name) if name in NAMES else f"/one-to-ones/{one.pk}/{name}/"
    client = browser(alice)
    client.post(path, {"do": "look", "sheet": "1", "once": "a"})
    client.get(path)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert client.get(path).status_code == 200


def test_from_handing_out_to_one_partner(
    alice: Member,
    bob: Member,
    stranger: Member,
    partner: Partner,  # noqa: F811
    browser: Browser,
) -> None:
    a_sheet(alice, about="I mend roofs.")
    silent = makers.a_relationship(alice, makers.a_person(alice, "Glyn Parry"))
    silent.person.do_not_contact = True
    silent.person.save()
    page = browser(alice).get("/sheet/hand-out/").content.decode()
    assert f'<option value="{partner.relationship.pk}">Anwen Pritchard</option>' in page
    assert "Glyn Parry" not in page
    assert "Write it" not in browser(bob).get("/sheet/hand-out/").content.decode()
    to = {"to": partner.relationship.pk, "once": "a"}
    answer = browser(alice).post("/sheet/letters/", to)
    assert (answer.status_code, answer["Location"]) == (303, at(partner, "sheet"))
    assert browser(bob).post("/sheet/letters/", to).status_code == 403
    assert browser(stranger).post("/sheet/letters/", to).status_code == 404
    for wrong in ("", "x", "999999", "9" * 30):
        answer = browser(alice).post("/sheet/letters/", {"to": wrong, "once": f"w{wrong}"})
        assert answer.status_code in (303, 404)
