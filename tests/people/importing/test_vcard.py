"""Cards as phones and address books write them: one small case for each quirk."""

import base64

import pytest

from touchline.people.importing.reading import read
from touchline.people.importing.rows import Point, Reading, Row


def card(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""]).encode(encoding)


def only(data: bytes) -> Row:
    reading = read(data)
    assert reading.problems == ()
    (row,) = reading.rows
    return row


def points(row: Row) -> list[tuple[str, str, str]]:
    return [(point.kind, point.value, point.label) for point in row.points]


@pytest.mark.parametrize(
    ("lines", "name", "given", "family"),
    [
        (["FN:Ann Bee", "N:Bee;Ann;;;"], "Ann Bee", "Ann", "Bee"),
        (["N:Bee;Ann;Cee;Dr.;MBA"], "Ann Cee Bee", "Ann", "Bee"),
        (["N:Bee;Ann\\; Anna"], "Ann; Anna Bee", "Ann; Anna", "Bee"),
        (["FN:", "N:;;;;", "ORG:Bee & Sons"], "Bee & Sons", "", ""),
        (["EMAIL:ann@bee.example"], "ann@bee.example", "", ""),
        (["fn;charset=utf-8: Ann   Bee "], "Ann Bee", "", ""),
        (["FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen"], "Jürgen", "", ""),
        (["FN;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen"], "Jürgen", "", ""),
        (["FN;QUOTED-PRINTABLE:J=FCrgen"], "Jürgen", "", ""),
        (["FN;CHARSET=Windows-1251;QUOTED-PRINTABLE:=CA=E8=E5=E2"], "Киев", "", ""),
        (["FN;CHARSET=rot13:Ann"], "Ann", "", ""),
        (["FN;CHARSET=unicode_escape;QUOTED-PRINTABLE:=5Cud800Ann"], "\\ud800Ann", "", ""),
        (["FN;ENCODING=QUOTED-PRINTABLE:Ann=", " Bee"], "Ann Bee", "", ""),
        (["FN;ENCODING=b:SsO8cmdlbg=="], "Jürgen", "", ""),
        (["FN:Ju\u0308rgen"], "Jürgen", "", ""),
    ],
)
def test_names(lines: list[str], name: str, given: str, family: str) -> None:
    row = only(card(*lines))
    assert (row.name, row.given, row.family) == (name, given, family)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["EMAIL;TYPE=INTERNET,HOME:a@b.example"], [("email", "a@b.example", "home")]),
        (["EMAIL:mailto:a@b.example"], [("email", "a@b.example", "")]),
        (["EMAIL:Ann <a@b.example>"], [("email", "a@b.example", "")]),
        (["EMAIL:a@b.example", "EMAIL;HOME:A@B.example"], [("email", "a@b.example", "")]),
        (
            ["EMAIL:a@b.example", "EMAIL;PREF=1:c@d.example"],
            [("email", "c@d.example", ""), ("email", "a@b.example", "")],
        ),
        (["TEL;WORK;FAX;VOICE:1"], [("phone", "1", "work fax")]),
        (["TEL;TYPE=FAX;TYPE=HOME:1"], [("phone", "1", "home fax")]),
        (
            ['TEL;VALUE=uri;TYPE="voice,cell":tel:+44-20;ext=5'],
            [("phone", "+44-20 ext. 5", "mobile")],
        ),
        (["item1.TEL:1", "item1.X-ABLabel:_$!<Work>!$_"], [("phone", "1", "work")]),
        (["item1.TEL:1", "item1.X-ABLabel:Boat"], [("phone", "1", "Boat")]),
        (["item1.TEL;TYPE=HOME:1", "item1.X-ABLabel:"], [("phone", "1", "home")]),
        (["TEL:\u202a+49 30 1\u202c"], [("phone", "+49 30 1", "")]),
        (["item1.ADR:;;;;;;", "item1.X-ABLabel:Empty"], []),
        (
            ["ADR;TYPE=HOME:PO 1;Flat 2;Lane 3\\, back;Ely;Cambs;CB7;UK"],
            [("address", "PO 1\nFlat 2\nLane 3, back\nCB7 Ely\nCambs\nUK", "home")],
        ),
        (['ADR;LABEL="3 Lane\\nEly":;;3 Lane;Ely;;;'], [("address", "3 Lane\nEly", "")]),
        (["ADR;WORK:;;3 Lane;Ely;;;", "LABEL;WORK:Other"], [("address", "3 Lane\nEly", "work")]),
        (["LABEL;WORK:3 Lane\\nEly"], [("address", "3 Lane\nEly", "work")]),
        (["URL:https\\://bee.example/a"], [("web", "https://bee.example/a", "")]),
        (
            ["X-SOCIALPROFILE;type=linkedin:http://www.linkedin.com/in/ann"],
            [("social", "http://www.linkedin.com/in/ann", "LinkedIn")],
        ),
        (["X-SOCIALPROFILE;type=twitter;x-user=ann:x-apple:ann"], [("social", "ann", "X")]),
        (["SOCIALPROFILE;SERVICE-TYPE=Mastodon:@ann"], [("social", "@ann", "Mastodon")]),
    ],
)
def test_points(lines: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert points(only(card("FN:Ann", *lines))) == expected


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:1980-05-09", "1980-05-09"),
        ("BDAY:19800509", "1980-05-09"),
        ("BDAY:1980-05-09T00:00:00Z", "1980-05-09"),
        ("BDAY;VALUE=date:1980-05-09", "1980-05-09"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-09", "--05-09"),
        ("BDAY;X-APPLE-OMIT-YEAR=1804:1804-05-09", "--05-09"),
        ("BDAY:1604-02-29", "--02-29"),
        ("BDAY:--0509", "--05-09"),
        ("BDAY:--05-09", "--05-09"),
    ],
)
def test_birthdays(line: str, birthday: str) -> None:
    assert only(card("FN:Ann", line)).birthday == birthday


@pytest.mark.parametrize("value", ["19801301", "1981-02-29", "May", "0000-01-01", "--13-01"])
def test_a_birthday_that_is_no_date_is_kept_and_named(value: str) -> None:
    reading = read(card("FN:Ann", f"BDAY:{value}"))
    assert reading.rows[0].birthday == ""
    assert reading.rows[0].extra == (("Birthday", value),)
    assert [problem.line for problem in reading.problems] == [1]
    assert value in reading.problems[0].text


@pytest.mark.parametrize(
    ("line", "extra"),
    [
        ("NICKNAME:Annie", ("Nickname", "Annie")),
        ("X-SPOUSE:Bob", ("Spouse", "Bob")),
        ("X-WAB-SPOUSE_NAME:Bob", ("Spouse", "Bob")),
        ("RELATED;TYPE=spouse;VALUE=text:Bob", ("Spouse", "Bob")),
        ("a.X-ABRELATEDNAMES:Eve\r\na.X-ABLabel:_$!<Child>!$_", ("Child", "Eve")),
        ("a.X-ABDATE:2001-02-03\r\na.X-ABLabel:_$!<Anniversary>!$_", ("Anniversary", "2001-02-03")),
        ("ANNIVERSARY:20010203", ("Anniversary", "2001-02-03")),
        ("IMPP;X-SERVICE-TYPE=Skype:skype:ann", ("Instant messaging Skype", "skype:ann")),
        ("X-SKYPE:ann", ("Instant messaging", "ann")),
        ("X-FAVOURITE-TEA:Green", ("Favourite tea", "Green")),
        ("TEL;WORK:on request", ("Phone (work)", "on request")),
        ("EMAIL:none", ("E-mail", "none")),
    ],
)
def test_what_has_no_field_is_kept(line: str, extra: tuple[str, str]) -> None:
    assert only(card("FN:Ann", *line.split("\r\n"))).extra == (extra,)


def test_company_departments_title_role_notes_and_tags() -> None:
    row = only(
        card(
            "FN:Ann",
            "ORG:Bee\\; Sons;Sales;North",
            "ROLE:Seller",
            "TITLE:Head",
            "NOTE:one\\ntwo",
            "NOTE:three",
            "CATEGORIES:Golf,Wine\\, red,golf",
        )
    )
    assert (row.company, row.title) == ("Bee; Sons", "Head")
    assert row.extra == (("Department", "Sales, North"), ("Role", "Seller"))
    assert row.notes == "one\ntwo\n\nthree"
    assert row.tags == ("Golf", "Wine, red")


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        ("UID:abc", "vcard:abc"),
        ("UID:urn:uuid:abc", "vcard:abc"),
        ("URL:https://de.linkedin.com/in/J%C3%BCrgen-B/?x=1", "profile:jürgen-b"),
        ("URL:https://www.linkedin.com/company/bee", ""),
        ("URL:https://notlinkedin.com/in/ann", ""),
        ("URL:http://[oops/in/ann", ""),
    ],
)
def test_identity(line: str, identity: str) -> None:
    assert only(card("FN:Ann", line)).identity == identity


PICTURE = b"\xff\xd8\xff\x00" * 40
BASE64 = base64.b64encode(PICTURE).decode()


@pytest.mark.parametrize(
    "lines",
    [
        ["PHOTO;ENCODING=BASE64;JPEG:", BASE64[:60], BASE64[60:], ""],
        ["PHOTO;TYPE=JPEG;ENCODING=BASE64:", " " + BASE64[:60], " " + BASE64[60:], ""],
        ["PHOTO;ENCODING=b;TYPE=JPEG:" + BASE64[:50], " " + BASE64[50:]],
        ["PHOTO;JPEG;B:" + BASE64.rstrip("=")],
        ["PHOTO:data:image/jpeg;base64," + BASE64],
        ["PHOTO;VALUE=uri:data:image/jpeg;base64\\," + BASE64],
        ["PHOTO:data:image/jpeg;base64," + BASE64, "PHOTO;ENCODING=b:AAAA"],
    ],
)
def test_a_photo_in_the_card_comes_as_its_bytes(lines: list[str]) -> None:
    assert only(card("FN:Ann", *lines, "TITLE:Head")) == Row(
        line=1, name="Ann", title="Head", photo=PICTURE
    )


@pytest.mark.parametrize(
    "line",
    [
        "PHOTO;VALUE=uri:https://p.example/a.jpg",
        "PHOTO;ENCODING=b:",
        "LOGO;ENCODING=b:" + BASE64,
        "KEY:data:;base64,AAAA",
        "X-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:\r\n " + BASE64,
    ],
)
def test_other_pictures_are_left_out(line: str) -> None:
    assert only(card("FN:Ann", line)) == Row(line=1, name="Ann")


def test_a_photo_that_is_damaged_or_too_large_is_named() -> None:
    large = base64.b64encode(b"\xff" * (5 * 1024 * 1024 + 1)).decode()
    reading = read(
        card("FN:Ann", "PHOTO;ENCODING=b:no*picture") + card("FN:Bob", "PHOTO;ENCODING=b:" + large)
    )
    assert [row.photo for row in reading.rows] == [b"", b""]
    assert said(reading) == [
        (1, "The photo is damaged and was left out"),
        (6, "The photo is larger than 5 MB and was left out"),
    ]


def test_what_our_own_export_adds() -> None:
    row = only(
        card(
            "FN:Ann",
            *("d1.X-TOUCHLINE-DETAIL:Green\\, loose", "d1.X-ABLabel:Favourite tea"),
            "X-TOUCHLINE-SOURCE:LinkedIn\\, 5 May",
        )
    )
    assert row.extra == (("Favourite tea", "Green, loose"),)
    assert row.source == "LinkedIn, 5 May"


def test_more_lines_and_more_details_than_one_contact_can_have_are_named() -> None:
    reading = read(card("FN:Ann", *(f"TEL:{n}" for n in range(6000)), "TITLE:Head"))
    assert len(reading.rows[0].points) == 1000
    assert said(reading) == [
        (1, "This card has more than 5,000 entries; the others were left out"),
        (1, "Only the first 1,000 details of this contact were kept"),
    ]


def test_folds_inside_a_character_and_lines_nobody_folded() -> None:
    raw = card("FN:Jürgen", "NOTE:first", "second line", "TITLE:Head")
    cut = raw.index("ü".encode()) + 1
    row = only(raw[:cut] + b"\r\n " + raw[cut:])
    assert (row.name, row.notes, row.title) == ("Jürgen", "first\nsecond line", "Head")


def test_one_line_in_another_encoding_spoils_no_other() -> None:
    row = only(card("FN:Jürgen", "TITLE:§").replace("§".encode(), b"K\xf6nig"))
    assert (row.name, row.title) == ("Jürgen", "König")


@pytest.mark.parametrize(
    "data",
    [
        card("FN:Zoë", encoding="utf-8-sig"),
        card("FN:Zoë", encoding="utf-16"),
        b"\xfe\xff" + card("FN:Zoë", encoding="utf-16-be"),
        card("FN:Zoë", encoding="utf-16-le"),
        card("FN:Zoë", encoding="utf-16-be"),
        card("FN:Zoë", encoding="utf-16") + b"\x00",
        card("FN:Zoë", encoding="cp1252"),
        card("FN:Zoë").replace(b"\r\n", b"\n"),
        card("FN:Zoë").replace(b"\r\n", b"\r"),
        card("FN:Zoë").replace(b"VCARD", b"vCard  "),
        card("FN:Zoë").replace(b"BEGIN:VCARD", b"begin: vcard\t"),
        card("FN:Zoë").replace(b"VERSION:3.0", b"version:"),
        card("FN:Zoë").replace(b"VERSION:3.0\r\n", b"\r\n"),
    ],
)
def test_encodings_line_ends_and_sloppy_frames(data: bytes) -> None:
    assert only(data) == Row(line=1, name="Zoë")


def test_several_cards_know_their_lines() -> None:
    reading = read(
        b"\r\n" + card("FN:Ann") + b"\xef\xbb\xbf" + card("FN:Bob", "X-A:1") + b"bye\r\n"
    )
    assert [(row.line, row.name) for row in reading.rows] == [(2, "Ann"), (6, "Bob")]


@pytest.mark.parametrize(
    "agent",
    [
        ["AGENT:", "BEGIN:VCARD", "FN:Susan", "TEL:1", "END:VCARD"],
        ["AGENT:BEGIN:VCARD", "FN:Susan", "TEL:1", "END:VCARD"],
    ],
)
def test_a_card_within_a_card_is_not_this_person(agent: list[str]) -> None:
    row = only(card("FN:Ann", *agent, "TITLE:Head"))
    assert (row.name, row.title, row.points) == ("Ann", "Head", ())


def said(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.line, problem.text.split(".")[0]) for problem in reading.problems]


def test_cards_that_break_off_are_named_and_the_others_read() -> None:
    cropped = card("FN:Bob", "NOTE;ENCODING=QUOTED-PRINTABLE:a=").partition(b"END")[0]
    reading = read(card("FN:Ann") + cropped + card("FN:Cy") + cropped)
    assert [row.name for row in reading.rows] == ["Ann", "Cy"]
    broken = "The card that begins on this line breaks off before its end"
    assert said(reading) == [(5, broken), (13, broken)]


def test_a_card_without_a_name_and_a_group_are_named() -> None:
    reading = read(card("TEL:1") + card("FN:Chapter", "X-ADDRESSBOOKSERVER-KIND:group"))
    assert reading.rows == ()
    assert said(reading) == [
        (1, "This contact has no name, company or e-mail address"),
        (5, "“Chapter” is a group of contacts, not one"),
    ]


def test_a_value_beyond_the_limit_is_cut_and_named() -> None:
    reading = read(card("FN:Ann", "NOTE:" + "a" * 100_001))
    assert len(reading.rows[0].notes) == 100_000
    assert said(reading) == [(1, "Only the first 100,000 characters of “note” were kept")]


def test_a_full_card() -> None:
    assert only(card("FN:Ann Bee", "UID:1", "EMAIL;TYPE=WORK:a@b.example")) == Row(
        line=1,
        name="Ann Bee",
        points=(Point("email", "a@b.example", "work"),),
        identity="vcard:1",
    )
