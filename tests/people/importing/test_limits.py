"""Hostile files: refused with a sentence, or read as far as is sane and the rest named."""

import pytest

from touchline.people.importing import csvs, reading, text
from touchline.people.importing.reading import read
from touchline.people.importing.rows import Unreadable

LINKEDIN = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
OUTLOOK = b"First Name,Last Name,E-mail Address,Notes\n"
CARD = b"BEGIN:VCARD\nFN:Ann\n%sEND:VCARD\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"a,b\n" * 7_000_000, "is 27 MB; 25 MB is the most"),
        (b"a," * 1_000_000 + b"\n1,2\n", "has 1,000,001 columns on line 1; 500 is the most"),
        (b"a," * 600 + b"\n" + b"1," * 600, "has 601 columns; 500 is the most"),
        (LINKEDIN + b"Ann,Bee\n" + b"a," * 50_000, "has 50,001 columns on line 3"),
        (b"," * 9_000_000, "can't be read from line 1 on"),
        (OUTLOOK + b"Ann,Bee,," + b"x" * 4_000_001, "can't be read from line 2 on"),
        (OUTLOOK + b'Ann,"Bee\n' + b"Bob,Cee,,x\n" * 10_001, "is probably never closed"),
        (b"\n" * 1_000_001 + OUTLOOK, "has 1,000,002 lines; 1,000,000 is the most"),
        (LINKEDIN + b"Ann,,,,,,\n" * 75_001, "holds more than 75,000 contacts"),
        (OUTLOOK + b"Ann,,,\n\n" * 75_001, "holds more than 75,000 contacts"),
        (b"BEGIN:VCARD\n" * 120_010, "holds more than 75,000 contacts"),
        (OUTLOOK + b"Ann,,," + b",\n" * 9_000 + b"Bob" + b",x" * 400, ""),
        (OUTLOOK + (b"Ann" + b",x" * 450 + b"\n") * 4_500, "more than 2,000,000 filled cells"),
    ],
)
def test_refused_or_read(data: bytes, sentence: str) -> None:
    if not sentence:
        assert len(read(data, "x.csv").rows) == 2
        return
    with pytest.raises(Unreadable) as refused:
        read(data, "x.csv")
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        (b"NOTE:" + b"x" * 9_000_000 + b"\n", ["Only the first 100,000 characters of “note”"]),
        (b"NOTE:a\n" + b" " + b"b" * 99 + b"\n" * 9 + b" c" * 60_000 + b"\n", ["“note”"]),
        (b"TEL" + b";A=B" * 30_000 + b":1\n", ["“fn”"]),
        (b"CATEGORIES:" + b",".join(b"%d" % n for n in range(2_000)) + b"\n", ["first 1,000"]),
        (b"AGENT:\nBEGIN:VCARD\nFN:Bob\n" * 5_000 + b"END:VCARD\n" * 5_000, []),
        (b"NOTE;QUOTED-PRINTABLE:=\n" + b"=\n" * 50_000, []),
    ],
)
def test_a_card_that_is_too_much(body: bytes, sentences: list[str]) -> None:
    found = read(CARD % body)
    assert [row.name[:3] for row in found.rows] == ["Ann"]
    assert len(found.problems) == len(sentences)
    for problem, sentence in zip(found.problems, sentences, strict=True):
        assert sentence in problem.text


def test_problems_beyond_the_limit_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_PROBLEMS", 3)
    found = read(LINKEDIN + b",,u,,,,\n" * 9)
    assert [problem.line for problem in found.problems] == [2, 3, 4, 4]
    assert found.problems[-1].text == "From here on 6 more lines have problems like these."


def test_details_beyond_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_VALUES", 5)
    with pytest.raises(Unreadable, match="holds more than 5 addresses, numbers"):
        read(OUTLOOK + b"Ann,Bee,a@b.example,\n" * 6)


def test_a_line_beyond_any_sense_is_not_taken_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_MAX_LINE", 10)
    assert list(text.lines(b"a" * 99 + b"\nb\r\n\rc")) == ["a" * 10, "b\r\n", "\r", "c"]


def test_the_limits_stand_in_a_sensible_order() -> None:
    assert csvs.MAX_COLUMNS < csvs.MAX_WIDTH
    assert csvs.MAX_RECORD <= text._MAX_LINE // 4
