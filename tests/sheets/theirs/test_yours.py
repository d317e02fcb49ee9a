"""The form that a partner fills in: saved as typed, handed over, come back to."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.sheet_makers import a_link
from touchline.journal.models import Entry
from touchline.people import photos
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival, Link, Purpose, TheirAnswer, TheirSheet
from touchline.sheets.theirs import saving

CHILDREN, TEAM = "answer:family/children", "answer:interests/team"


def answers(link: Link) -> dict[str, tuple[str, str]]:
    rows = TheirAnswer.objects.filter(sheet__relationship=link.relationship)
    return {row.slot: (row.text, row.state) for row in rows}


def picture(mode: str = "RGB", size: tuple[int, int] = (600, 400), **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "green").save(out, save.pop("format", "JPEG"), **save)
    return out.getvalue()


def test_the_form_asks_a_dozen_in_plain_words_and_shows_nothing_we_know(
    link: Link, alice: Member, client: Client
) -> None:
    assert link.relationship
    makers.a_fact(link.relationship, alice, "family", "Fact-marker", slot="partner", said_by="me")
    makers.a_note(link.relationship, alice, "Note-marker")
    page = client.get(link.path).content.decode()
    assert page.count("<textarea") == 12
    assert "Have you children?" in page
    assert "Is there somebody at your side?" in page
    assert "marker" not in page
    assert link.token not in page.partition("</title>")[0]


def test_one_field_is_saved_as_it_is_typed(link: Link, client: Client) -> None:
    saved = client.post(f"{link.path}answers/", {CHILDREN: "Two girls\r\nand a boy "})
    assert (saved.status_code, saved["Location"]) == (303, f"{link.path}?said=saved#yours-end")
    assert answers(link) == {"children": ("Two girls\nand a boy", "typed")}
    client.post(f"{link.path}answers/", {CHILDREN: "Three"})
    assert answers(link) == {"children": ("Three", "typed")}
    assert "Three</textarea>" in client.get(link.path).content.decode()
    client.post(f"{link.path}answers/", {CHILDREN: " "})
    assert answers(link) == {}


def test_nothing_typed_begins_no_sheet(link: Link, client: Client) -> None:
    client.post(f"{link.path}answers/", {CHILDREN: "", TEAM: "  "})
    assert not TheirSheet.objects.exists()


def test_two_tabs_each_keep_what_was_typed_there(link: Link, client: Client) -> None:
    was = saving.digest("")
    client.post(f"{link.path}answers/", {CHILDREN: "Two", "was:family/children": was})
    # The other tab still shows both as empty, and is posted whole.
    other = {CHILDREN: "", "was:family/children": was, TEAM: "Saints", "was:interests/team": was}
    client.post(f"{link.path}answers/", other)
    assert answers(link) == {"children": ("Two", "typed"), "team": ("Saints", "typed")}


def test_handing_over_takes_what_stands_in_the_fields_and_arrives_once(
    link: Link, client: Client
) -> None:
    posted = {"once": "a", CHILDREN: "Two"}
    handed = [client.post(f"{link.path}handing-over/", posted) for _ in range(2)]
    assert [one.status_code for one in handed] == [303, 303]
    assert {one["Location"] for one in handed} == {f"{link.path}?said=handed#main"}
    assert answers(link) == {"children": ("Two", "proposed")}
    sheet = TheirSheet.objects.get()
    assert sheet.handed_in_at
    arrival = Arrival.objects.get()
    assert (arrival.what, arrival.their_sheet) == ("sheet", sheet)
    assert arrival.text == ""
    entries = Entry.objects.filter(noun="theirsheet", member=None, details__link=link.pk)
    assert sorted(one.verb for one in entries) == ["theirsheet.begin", "theirsheet.hand_in"]
    assert "Two" not in str(list(Entry.objects.values_list("details", flat=True)))
    page = client.get(f"{link.path}?said=handed").content.decode()
    assert "Thank you. It is handed over. Alice Hill can read it now." in page


def test_typing_again_takes_it_back_until_it_is_handed_over_again(
    link: Link, client: Client
) -> None:
    client.post(f"{link.path}handing-over/", {CHILDREN: "Two", TEAM: "Saints"})
    client.post(f"{link.path}answers/", {CHILDREN: "Three"})
    assert answers(link) == {"children": ("Three", "typed"), "team": ("Saints", "proposed")}
    assert "once you hand it over again" in client.get(link.path).content.decode()
    client.post(f"{link.path}handing-over/", {})
    assert answers(link)["children"] == ("Three", "proposed")
    assert Arrival.objects.count() == 1


def test_there_has_to_be_something_to_hand_over(link: Link, client: Client) -> None:
    answer = client.post(f"{link.path}handing-over/", {CHILDREN: ""})
    assert answer.status_code == 409
    assert "There is nothing to hand over yet." in answer.content.decode()
    assert not Arrival.objects.exists()


def test_what_is_too_long_is_said_at_its_field_and_nothing_is_lost(
    link: Link, client: Client
) -> None:
    answer = client.post(f"{link.path}answers/", {CHILDREN: "x" * 2001, TEAM: "Saints"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is longer than 2,000 letters." in page
    assert "x" * 2001 in page
    assert "Saints</textarea>" in page
    assert answers(link) == {}


def test_a_question_that_nobody_asks_is_refused(link: Link, client: Client) -> None:
    answer = client.post(f"{link.path}answers/", {"answer:secret/plans": "x"})
    assert answer.status_code == 409
    assert "That question is not asked any more." in answer.content.decode()
    assert not TheirSheet.objects.exists()


@pytest.mark.parametrize(
    "posted",
    [
        {"answer:": "x"},
        {"answer:/": "x"},
        {"answer:family/children/more": "x"},
        {f"answer:{'k' * 300}": "x"},
    ],
)
def test_hostile_names_are_refused(posted: dict[str, str], link: Link, client: Client) -> None:
    assert client.post(f"{link.path}answers/", posted).status_code == 409
    assert not TheirAnswer.objects.exists()


def test_script_in_an_answer_is_text_and_a_nul_is_gone(link: Link, client: Client) -> None:
    client.post(f"{link.path}answers/", {CHILDREN: "</textarea><script>alert(1)</script>\x00"})
    page = client.get(link.path).content.decode()
    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


def test_what_is_old_is_asked_again_and_confirmed_in_one_tap(
    link: Link, anwen: Relationship, client: Client
) -> None:
    then = timezone.now() - timedelta(days=800)
    sheet = TheirSheet.objects.create(
        workspace=anwen.workspace, relationship=anwen, began_at=then, handed_in_at=then,
        settled_at=then,
    )  # fmt: skip
    for slot, topic in (("children", "family"), ("before", "experience")):
        TheirAnswer.objects.create(
            workspace=anwen.workspace, sheet=sheet, topic=topic, slot=slot, text=f"{slot} then",
            state="accepted", typed_at=then,
        )  # fmt: skip
    page = client.get(link.path).content.decode()
    assert "children then" in page
    assert "Is it still so?" in page
    client.post(f"{link.path}answers/", {"still": "family/children"})
    open_now = TheirAnswer.objects.get(sheet__settled_at=None)
    assert (open_now.text, open_now.state) == ("children then", "typed")
    # What is typed over it counts, not the former words.
    posted = {"still": "family/children", CHILDREN: "three now"}
    client.post(f"{link.path}answers/", posted)
    open_now.refresh_from_db()
    assert open_now.text == "three now"
    # What was never said can’t be confirmed.
    client.post(f"{link.path}answers/", {"still": "interests/team"})
    assert TheirAnswer.objects.filter(sheet__settled_at=None).count() == 1


def test_a_picture_is_drawn_anew_and_stays_with_them_until_handed_over(
    link: Link, client: Client
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera-marker"
    upload = SimpleUploadedFile("a.html", picture(exif=exif) + b"tail-marker", "text/html")
    assert client.post(f"{link.path}answers/", {"photo": upload}).status_code == 303
    shown = client.get(f"{link.path}photo.jpg")
    assert shown["Content-Type"] == photos.CONTENT_TYPE
    assert b"marker" not in shown.content
    assert Image.open(io.BytesIO(shown.content)).size == (photos.SIDE, photos.SIDE)
    sheet = TheirSheet.objects.get()
    assert not sheet.photo_given
    client.post(f"{link.path}handing-over/", {})
    assert TheirSheet.objects.filter(photo_given=True).exists()
    client.post(f"{link.path}answers/", {"no_photo": "1"})
    assert client.get(f"{link.path}photo.jpg").status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<script>alert(1)</script>", "can’t be read"),
        (picture()[:1000], "damaged"),
        (b"\xff\xd8" + b"\x00" * (photos.MAX_BYTES + 1), "more than 5 MB"),
        (picture(size=(6000, 6000)), "too many pixels"),
        (b"%PDF-1.4 image/jpeg", "can’t be read"),
    ],
)
def test_what_is_no_picture_is_said_and_answers_are_kept_in_the_form(
    content: bytes, words: str, link: Link, client: Client
) -> None:
    upload = SimpleUploadedFile("me.jpg", content, "image/jpeg")
    answer = client.post(f"{link.path}answers/", {"photo": upload, TEAM: "Saints"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Saints</textarea>" in page
    assert not TheirSheet.objects.exists()


def test_a_look_changes_nothing_and_posts_send_a_get_home(link: Link, client: Client) -> None:
    client.get(f"{link.path}?said=handed")
    for each in ("answers/", "handing-over/"):
        assert client.get(f"{link.path}{each}")["Location"] == link.path
    assert client.post(link.path, {CHILDREN: "x"}).status_code == 405
    assert not TheirSheet.objects.exists()


def test_a_closed_or_another_link_takes_nothing(
    link: Link, anwen: Relationship, alice: Member, client: Client
) -> None:
    page = a_link(anwen, alice, Purpose.PAGE)
    assert client.post(f"/with/yours/{page.token}/answers/", {TEAM: "x"}).status_code == 404
    path = link.path
    link.revoke(alice, now=timezone.now())
    for each in ("answers/", "handing-over/", "photo.jpg"):
        post = client.get if each == "photo.jpg" else client.post
        assert post(f"{path}{each}").status_code == 404
    assert not TheirAnswer.objects.exists()


def test_a_new_link_goes_on_where_the_old_one_was(
    link: Link, anwen: Relationship, alice: Member, client: Client
) -> None:
    client.post(f"{link.path}answers/", {TEAM: "Saints"})
    newer = a_link(anwen, alice, Purpose.YOURS)
    assert saving.draft_key(newer) == saving.draft_key(link)
    client.post(f"{newer.path}answers/", {CHILDREN: "Two"})
    assert set(answers(newer)) == {"team", "children"}
    assert TheirSheet.objects.count() == 1


def test_another_partner_sees_nothing_of_it(
    link: Link, alice: Member, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client.post(f"{link.path}answers/", {TEAM: "Team-marker"})
    other = a_link(makers.a_relationship(alice, "Glyn Parry"), alice, Purpose.YOURS)
    assert "Team-marker" not in client.get(other.path).content.decode()
    with django_assert_max_num_queries(8):
        page = client.get(link.path)
    assert "Team-marker" in page.content.decode()
