"""What becomes of a sheet's lines: sorted where they say so, and never lost."""

import base64
import zipfile
from collections import Counter
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from touchline.core.fold import words
from touchline.playbook.playbook import parse, shipped
from touchline.sheets.sorting.reading import MAX_BYTES, MAX_LETTERS, Unreadable, read
from touchline.sheets.sorting.sorting import MOST_ANSWERS, MOST_LETTERS, Answer, sort

TOPICS = parse(shipped()).topics
# Pieces that make sheets: labels known and not, marks, answers, quotes, ends.
PIECES = (
    "Hobbies", "Family", "Wife", "Kinder", "Ideal client", "Shoe size", "What do you offer?",
    "Who should not be sent to you?", "GOALS", "BUDGET", ": ", ":", " - ", " | ", "\t", "   ",
    "\n", "\n\n", "\n> ", "\n- ", "\n1. ", "\nQ: ", "\nA: ", "**", "# ", "...", "----\n",
    "golf", "Two boys, Ben and Eva.", "I am married to Ann.", "She runs the office.", "n/a",
    "We met at St. Pauli.", "Kind regards", "\n-- \n", "\n-----Original Message-----\n", ";", ",",
    '"', "www.example.org", "10:30", "é", "\u200b", "🙂", "x" * 300,
)  # fmt: skip
SHEETS = st.one_of(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.text())


def answers(text: str) -> list[Answer]:
    return list(sort(text, TOPICS).answers)


@settings(max_examples=400)
@given(SHEETS)
@example("Family\n\n1. Wife: Ann\n\nQ: Pets?\nA: None")
@example("Hobbies,Kinder,Wife\ngolf,2,Ann")
@example("| Hobbies | golf |\n|---|---|\n| Wife | Ann |\n| Pets | cat |")
def test_every_word_is_in_an_answer_or_unsorted(text: str) -> None:
    done = sort(text, TOPICS)
    kept = [part for one in done.answers for part in (one.label, one.text)]
    assert Counter(words("\n".join([*kept, done.unsorted]))) == Counter(words(text))


@settings(max_examples=150)
@given(SHEETS)
def test_answers_fit_and_are_places_of_the_playbook(text: str) -> None:
    places = {(topic.key, slot.key) for topic in TOPICS for slot in topic.slots}
    places |= {(topic.key, "") for topic in TOPICS}
    for one in answers(text):
        assert one.of in places
        assert 0 < len(one.text) <= MOST_LETTERS
        assert one.text == one.text.strip()


@settings(max_examples=100)
@given(SHEETS)
def test_what_is_quoted_never_answers(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in text.splitlines())
    assert answers(quoted) == []


def test_no_more_answers_than_anybody_would_read() -> None:
    done = sort("\n\n".join(f"Hobbies: golf {number}" for number in range(200)), TOPICS)
    assert len(done.answers) == MOST_ANSWERS
    assert "golf 199" in done.unsorted


def test_what_is_longer_than_a_fact_stays_unsorted() -> None:
    done = sort("Hobbies: " + "golf " * 500, TOPICS)
    assert done.answers == ()
    assert done.unsorted.count("golf") == 500


def test_a_playbook_without_a_slot_has_no_answer_for_it() -> None:
    family = [topic for topic in TOPICS if topic.key == "family"]
    assert sort("Hobbies: golf", family).answers == ()
    assert sort("Hobbies: golf", family).unsorted == "Hobbies: golf"


@pytest.mark.parametrize(
    ("text", "of", "said"),
    [
        ("Hobbies: golf", "interests/free_time", "golf"),
        ("- Hobbies: golf", "interests/free_time", "golf"),
        ("**Hobbies** golf", "interests/free_time", "golf"),
        ("Q: Your hobbies?\nA: Golf", "interests/free_time", "Golf"),
        ("Any pets? Two cats.", "family/animals", "Two cats."),
        ("HOBBIES\ngolf\ntennis", "interests/free_time", "golf\ntennis"),
        ("> Your hobbies?\n\ngolf", "interests/free_time", "golf"),
        # What the slot does not say stays with the answer.
        ("Years in business: 14", "achievements/milestone", "Years in business: 14"),
        ("Wife’s maiden name: Lloyd", "family/partner", "Wife’s maiden name: Lloyd"),
        # A name that this playbook gives to a slot is a label as well.
        ("What is bought in: steel", "business/buys", "steel"),
        # How a partner is asked by their link.
        ("Who is it that nobody should send you? Anyone in a hurry.",
         "ideal_referral/not_to_send", "Anyone in a hurry."),
    ],
)  # fmt: skip
def test_one_answer(text: str, of: str, said: str) -> None:
    (one,) = answers(text)
    assert ("/".join(one.of), one.text) == (of, said)


@pytest.mark.parametrize(
    "text",
    [
        "Hobbies:", "Hobbies: n/a", "Hobbies: -", "Shoe size: 9", "Tel: 0161 496 0000",
        "Job title: Director", "Name: Wolf Hund", "https://example.org/hobbies",
        "Dear Alice,\n\nthank you for the coffee.\n\nKind regards\nTom",
        "Thank you\n-- \nTom Baker\nHobbies: this is my signature",
        "See below\n-----Original Message-----\nHobbies: yours, not mine",
    ],
)  # fmt: skip
def test_no_answer(text: str) -> None:
    assert answers(text) == []


# What is put in


@settings(max_examples=300)
@given(st.one_of(
    st.binary(),
    SHEETS.map(str.encode),
    st.binary().map(lambda end: b"BEGIN:VCARD\nFN:Ann\nNOTE:Hobbies: golf\n" + end),
    st.binary().map(lambda end: b"From: a@b\nSubject: c\nMIME-Version: 1.0\n\n" + end),
    st.tuples(
        st.sampled_from([
            b"multipart/mixed; boundary=x", b"text/html; charset=\xff", b"message/rfc822",
            b"text/plain; charset=rot13", b"image/png", b"multipart/digest",
        ]),
        st.sampled_from([b"base64", b"quoted-printable", b"x-uuencode", b"nonsense\xfe"]),
        st.binary(),
    ).map(lambda one: b"From: =?x?q?=FF?=\nMIME-Version: 1.0\nContent-Type: %b\n"
          b"Content-Transfer-Encoding: %b\n\n--x\n\n%b" % one),
    SHEETS.map(lambda text: f"<html><body>{text}<br><p>{text}<td>{text}<!--".encode()),
))  # fmt: skip
def test_hostile_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = read(data, "sheet")
    except Unreadable:
        return
    done = sort(found.text, TOPICS)
    kept = [part for one in done.answers for part in (one.label, one.text)]
    assert Counter(words("\n".join([*kept, done.unsorted]))) == Counter(words(found.text))
    assert "\x00" not in found.raw + found.text


def zipped() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<w:p/>")
    return made.getvalue()


NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    for number in range(2000)
)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "has no text"),
        (b"\x00" * 50, "has no text"),
        (b" \n\n", "has no text"),
        (b"%PDF-1.7 \x00\x01", "is a PDF"),
        (zipped(), "Word file"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"{\\rtf1 Hobbies}", "RTF"),
        (bytes(range(32)) * 40, "no text, mail or vCard"),
        (b"x" * (MAX_BYTES + 1), "1 MB is the most"),
        (b"x " * MAX_LETTERS, "longer than a sheet"),
        (b"x\n" * 6000, "longer than a sheet"),
        (b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", "the cards of 2 people"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "cannot be read"),
        (b"From: a@b\nMIME-Version: 1.0\nSubject: x\n" + NESTED, "mails within mails"),
    ],
    ids=lambda one: one[:12].decode("latin-1") if isinstance(one, bytes) else "",
)  # fmt: skip
def test_what_is_no_sheet_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read(data, "their sheet")


def mail(*parts: tuple[str, str, bytes]) -> bytes:
    body = b"".join(
        f"--b\r\nContent-Type: {kind}\r\n{more}Content-Transfer-Encoding: base64\r\n\r\n".encode()
        + base64.encodebytes(content)
        for kind, more, content in parts
    )
    head = "From: Tom <t@example.org>\r\nSubject: =?utf-8?q?F=C3=BCr?= you\r\nMIME-Version: 1.0\r\n"
    return (
        head.encode() + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + body + b"--b--\r\n"
    )


def test_a_mail_is_read_with_its_card_and_says_what_was_not_read() -> None:
    found = read(mail(
        ("text/plain; charset=iso-8859-1", "", "Hobbys: Käse".encode("latin-1")),
        ("text/html", "", b"<p>Hobbys: again</p>"),
        ("text/vcard", "", b"BEGIN:VCARD\nFN:Tom\nBDAY:--0509\nEND:VCARD"),
        ("application/pdf", 'Content-Disposition: attachment; filename="bio.pdf"\r\n', b"%PDF"),
    ))  # fmt: skip
    assert [(one.slot, one.text) for one in sort(found.text, TOPICS).answers] == [
        ("free_time", "Käse"), ("birthday", "9 May"),
    ]  # fmt: skip
    assert found.left_out == ("bio.pdf",)
    assert found.raw.startswith("From: Tom <t@example.org>\nSubject: Für you\n\nHobbys: Käse")
    assert "again" not in found.raw


def test_a_page_is_read_where_a_mail_has_no_text() -> None:
    page = b"<style>p {x}</style><h2>Family</h2><ul><li>Ann &amp; Ben</ul><blockquote>Hobbies: no"
    found = read(mail(("text/html", "", page)))
    (one,) = sort(found.text, TOPICS).answers
    assert (one.of, one.text) == (("family", ""), "Ann & Ben")
    assert "x}" not in found.text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(codec: str) -> None:
    (one,) = answers(read("Lieblingsverein: Köln".encode(codec)).text)
    assert one.text == "Köln"


def test_a_card_keeps_its_picture_apart_from_its_words() -> None:
    picture = base64.b64encode(b"\xff\xd8\xff picture")
    found = read(b"BEGIN:VCARD\nFN:Ann\nPHOTO;ENCODING=b:" + picture + b"\nX-SPOUSE:Ben\nEND:VCARD")
    assert found.photo == b"\xff\xd8\xff picture"
    assert picture.decode() not in found.raw
    assert [one.text for one in answers(found.text)] == ["Ben"]
