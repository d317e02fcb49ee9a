"""Which files are known, which are refused and how; and that nothing else can happen."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.people.importing.reading import read
from touchline.people.importing.rows import Reading, Unreadable

CARD = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:B=C3=BCe;Ann\r\n"
    b'item1.TEL;TYPE="cell,voice":+44 20\r\nitem1.X-ABLabel:_$!<Work>!$_\r\nBDAY:--0509\r\n'
    b"ADR;HOME:;;3 Lane;Ely;;CB7;UK\r\nPHOTO;ENCODING=b:/9j/4AAQ\r\n SkZJ\r\nNOTE:a\\nb=\r\n c\r\n"
    b"AGENT:\r\nBEGIN:VCARD\r\nFN:Sue\r\nEND:VCARD\r\nEMAIL:a@b.example\r\nEND:VCARD\r\n"
)
LINKEDIN = (
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    b"Ann,Bee,https://linkedin.com/in/ann,,Bees,Head,05 Mar 2024\n"
)
GOOGLE = (
    b"First Name,Last Name,Labels,E-mail 1 - Label,E-mail 1 - Value,Birthday\n"
    b'Ann,Bee,* myContacts ::: Golf,* Work,a@b.example ::: c@d.example,"--05-09"\n'
)
OUTLOOK = (
    b'"First Name";"Last Name";"E-mail Address";"Birthday";"Notes"\n'
    b'"Ann";"Bee";"a@b.example";"25/9/80";"one\ntwo"\n'
)
THUNDERBIRD = (
    b"First Name,Last Name,Display Name,Primary Email,Work Phone,Birth Year,Birth Month,Birth Day,"
    b"Notes,\nAnn,Bee,Ann Bee,a@b.example,1,1980,5,9,tea,\n"
)
OWN = (
    b"Name,Given name,Family name,Company,Title,E-mails,Phones,Addresses,Birthday,Tags,Notes,"
    b"Source\nAnn Bee,Ann,Bee,Bees,,a@b.example ; c@d.example,'+44 20,,--05-09,Golf,'=1+1,Fair\n"
)
ALL = [CARD, LINKEDIN, GOOGLE, OUTLOOK, THUNDERBIRD, OWN]
FORMATS = ["vcard", "linkedin", "google", "outlook", "thunderbird", "touchline"]


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


ZIP = zipped(("a.vcf", CARD), ("b/c.csv", OUTLOOK))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "“people.csv” is empty."),
        (b"\xef\xbb\xbf \r\n", "“people.csv” is empty."),
        (b"\x00" * 9, "“people.csv” is empty."),
        (b"PK\x03\x04xl/workbook", "is a damaged ZIP archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1", "an old Excel or Outlook file"),
        (bytes(range(256)) * 9, "not a text file"),
        (b"Vorwort", "holds no contacts that can be read here"),
        (b"Name;Phone\nAnn;1\n", "has the headings “Name”, “Phone”, which are not known here"),
        (b",".join(b"h%d" % n for n in range(20)), "“h11” and 8 more, which are not known"),
        (LINKEDIN.partition(b"\n")[0], "looks like LinkedIn connections, but there is not one"),
        (b"BEGIN:VCARDS\n", "looks like vCard, but there is not one"),
        (LINKEDIN.replace(b"\n", b",a" * 500 + b"\n", 1), "has 507 columns; 500 is the most"),
        (b"a" * (25 * 1024 * 1024 + 1), "is 25 MB; 25 MB is the most"),
    ],
)
def test_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(data, "people.csv")
    assert sentence in str(refused.value)
    assert "“people.csv”" in str(refused.value)


@pytest.mark.parametrize("filename", ["", "people.vcf", "people.csv", "\udcff\n"])
def test_a_file_is_known_by_its_content_and_not_by_its_name(filename: str) -> None:
    formats = [read(data, filename).format for data in ALL]
    assert formats == FORMATS


def test_empty_bytes_within_a_text_are_left_out_and_named() -> None:
    reading = read(LINKEDIN.replace(b"Bees", b"B\x00ees"))
    assert reading.rows == read(LINKEDIN).rows
    assert [problem.line for problem in reading.problems] == [2]


def test_cards_below_something_else_are_found() -> None:
    assert [row.line for row in read(b"From: Ann\n\n" + CARD).rows] == [3]


def checked(data: bytes) -> Reading | str:
    """What `read` gives, having looked at all it promises."""
    try:
        reading = read(data, "x")
    except Unreadable as refused:
        return str(refused)
    # Of an archive's members nothing is known here; they are no longer than what made them.
    last = 99 if data[:2] == b"PK" else len(data.splitlines()) + data.count(b"\x00") + 1
    assert reading.rows or reading.problems
    for row in reading.rows:
        assert row.name
        assert 1 <= row.line <= last
        assert all(point.value for point in row.points)
        kept = [row.name, row.notes, *row.tags, *(part for pair in row.extra for part in pair)]
        "".join([*kept, *(point.value for point in row.points)]).encode("utf-8")
        assert "\x00" not in "".join(kept)
    assert all(1 <= problem.line <= last and problem.text for problem in reading.problems)
    return reading


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert checked(data) == checked(data)


@given(
    st.sampled_from([*ALL, ZIP]),
    st.lists(
        st.tuples(
            st.integers(0, 400),
            st.integers(0, 12),
            st.binary(max_size=6)
            | st.sampled_from(
                [b"\r\n", b"\n ", b"=\n", b'"', b";", b":", b",", b"\\", b"BEGIN:VCARD\n", b"\x00"]
            ),
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_any_damage_to_a_file_is_read_or_refused(
    data: bytes, damage: list[tuple[int, int, bytes]]
) -> None:
    for at, removed, added in damage:
        data = data[:at] + added + data[at + removed :]
    assert checked(data) == checked(data)


@given(st.sampled_from(ALL), st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]))
def test_the_encoding_changes_nothing(data: bytes, encoding: str) -> None:
    assert read(data.decode().encode(encoding)) == read(data)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_with_every_delimiter(encoding: str, delimiter: str, end: str) -> None:
    lines = ["First Name|Last Name|E-mail Address|Notes", "Jürgen|Bée||one, two; three “four”"]
    quoted = ['"' + line.replace("|", f'"{delimiter}"') + '"' for line in lines]
    (row,) = read((end.join(quoted) + end).encode(encoding)).rows
    assert (row.name, row.notes) == ("Jürgen Bée", "one, two; three “four”")


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=200),
    st.integers(20, 75),
)
def test_a_folded_value_comes_back_whole(name: str, width: int) -> None:
    escaped = name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    line = f"FN:{escaped}".encode()
    folded = b"\r\n ".join(line[at : at + width] for at in range(0, len(line), width))
    plain = read(b"BEGIN:VCARD\r\n" + line + b"\r\nEND:VCARD").rows
    assert read(b"BEGIN:VCARD\r\n" + folded + b"\r\nEND:VCARD").rows == plain
