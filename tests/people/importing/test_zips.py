"""Archives: what is read of them, and what is refused."""

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from tests.people.importing.test_reading import CARD, LINKEDIN, OUTLOOK, zipped
from touchline.people.importing.mapping import Unmapped
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Unreadable

SWOLLEN = b"a,b\n" * 250_000


def test_linkedins_archive() -> None:
    data = zipped(
        ("Basic/messages.csv", b"FROM,TO\nAnn,Bob\n"),
        ("Basic/Connections.csv", LINKEDIN),
        ("Basic/Contacts.vcf", CARD),
    )
    reading = read(data, "export.zip")
    assert (reading.format, reading.title) == ("linkedin", "LinkedIn connections")
    assert [(row.name, row.file) for row in reading.rows] == [("Ann Bee", "Connections.csv")]
    assert reading.problems == ()


def test_several_files_and_their_problems() -> None:
    data = zipped(
        ("phone/", b""),
        ("phone/a.vcf", CARD),
        ("__MACOSX/phone/._a.vcf", b"\x00\x01"),
        ("b.csv", OUTLOOK.replace(b"25/9/80", b"5/9/80")),
        ("c.csv", b"Who;Phone\nAnn;0161 496 0000\n"),
        ("d.zip", zipped(("e.vcf", CARD))),
        ("photo.jpg", b"\xff\xd8"),
    )
    reading = read(data, "all.zip")
    assert (reading.format, reading.title) == ("zip", "ZIP archive")
    assert [(row.name, row.file) for row in reading.rows] == [
        ("Ann Büe", "a.vcf"),
        ("Ann Bee", "b.csv"),
    ]
    assert [(problem.line, problem.text.split(" ")[0]) for problem in reading.problems] == [
        (1, "“d.zip”"),
        (2, "b.csv:"),
        (1, "c.csv:"),
    ]
    assert "“Who”, “Phone”, which are not known" in reading.problems[2].text


@pytest.mark.parametrize(
    "name", ["../../etc/a.vcf", "/etc/a.vcf", "C:\\Users\\a.vcf", "..\\a.vcf", "a.vcf"]
)
def test_a_path_in_a_name_only_names(name: str) -> None:
    assert [row.file for row in read(zipped((name, CARD))).rows] == ["a.vcf"]


def test_a_table_in_an_archive_can_be_mapped() -> None:
    data = zipped(("readme.txt", b"hello"), ("c.csv", b"Who;Phone\nAnn;0161 496 0000\n"))
    with pytest.raises(Unmapped) as unmapped:
        read(data, "x.zip")
    reading = read(data, "x.zip", unmapped.value.suggestion)
    assert [(row.name, row.file) for row in reading.rows] == [("Ann", "c.csv")]


def encrypted() -> bytes:
    data = bytearray(zipped(("a.vcf", CARD)))
    for magic, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(magic) + flags
        data[at : at + 2] = struct.pack("<H", 1)
    return bytes(data)


def packed_with(method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.vcf", CARD)
    return out.getvalue()


def lying() -> bytes:
    """An archive whose headers claim that little is packed in it."""
    data = bytearray(zipped(("a.csv", b"a,b\n" * 7_000_000)))
    for magic, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(magic) + size
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


# Those that are large are made by the test: every process loads this file.
@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (zipped(), "is a ZIP archive with no contact file"),
        (zipped(("a.jpg", b"")), "is a ZIP archive with no contact file"),
        (zipped(("a.zip", zipped(("b.vcf", CARD)))), "holds another archive, “a.zip”"),
        (zipped(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")), "is an Excel or Word"),
        (lambda: zipped(("a.csv", SWOLLEN * 8)), "unpacks to far more than it seems to hold"),
        (lambda: zipped(*((f"{n}.csv", SWOLLEN) for n in range(30))), "unpacks to far more"),
        (
            lambda: zipped(*((f"{n}.csv", b"") for n in range(10_001))),
            "holds more than 10,000 files",
        ),
        (zipped(("a.vcf", CARD))[:-30], "is a damaged ZIP archive"),
        (zipped(("a.vcf", CARD)).replace(b"a.vcf", b"b.vcf", 1), "is a damaged ZIP archive"),
        (lying, "x.zip"),
        (encrypted, "is locked with a password"),
        (lambda: packed_with(zipfile.ZIP_LZMA), "is packed in a way that can't be read"),
        (lambda: packed_with(zipfile.ZIP_BZIP2), "is packed in a way that can't be read"),
        (zipped(("a.csv", b"")), "“a.csv” in “x.zip” is empty."),
    ],
)
def test_refused(made: bytes | Callable[[], bytes], sentence: str) -> None:
    data = made if isinstance(made, bytes) else made()
    with pytest.raises(Unreadable) as refused:
        read(data, "x.zip")
    assert sentence in str(refused.value)
