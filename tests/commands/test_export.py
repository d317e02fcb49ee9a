"""Everyone into a file, from the command line."""

import json
import stat
from pathlib import Path

import pytest

from touchline import cli
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people.importing.reading import read


@pytest.mark.parametrize("name", ["people.vcf", "people.CSV"])
def test_writes_everyone_and_back_in_nothing_changes(
    alice: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    for one in ("Ann Lee", "Ruth Abelson"):
        makers.a_person(alice, one, company="Hall & Co")
    file = tmp_path / name
    file.write_text("an older one")
    assert cli.main(["export", "--people", str(file), "--json"]) == 0
    kind = name[-3:].lower()
    assert json.loads(capsys.readouterr().out) == {
        "file": str(file), "format": kind, "people": 2,
    }  # fmt: skip
    assert [row.name for row in read(file.read_bytes(), name).rows] == ["Ruth Abelson", "Ann Lee"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert Entry.objects.get(verb="member.export").details == {"format": kind, "people": 2}
    assert cli.main(["import", "--json", str(file)]) == 0
    (report,) = json.loads(capsys.readouterr().out)["files"]
    assert [report[key] for key in ("new", "changed", "unchanged")] == [0, 0, 2]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("people.pdf", "ends in .vcf or .csv"),
        ("nowhere/people.vcf", "There is no folder"),
        ("folder.csv", "is a folder"),
    ],
)
def test_refusals(
    alice: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, sentence: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert cli.main(["export", "--people", str(tmp_path / name)]) == 1
    assert sentence in capsys.readouterr().err
    assert not Entry.objects.filter(verb="member.export").exists()


def test_a_viewer_takes_nobody_away(
    alice: Member, bob: Member, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    makers.a_person(alice, "Ann Lee")
    file = tmp_path / "people.vcf"
    words = ["export", "--as", "bob@example.org", "--people", str(file)]
    assert cli.main(words) == 1
    assert "A viewer may look at people" in capsys.readouterr().err
    assert not file.exists()
