"""The table of settings names every variable that is read, and no other; so do the verbs."""

import re
from pathlib import Path

from tests.serving import ROOT
from touchline import cli

PAGE = (ROOT / "docs" / "self-hosting.md").read_text()
READ = re.compile(
    r"""(?:environ\.get|environ|flag|whole|one_of|listed|setdefault)[(\[]\s*"([A-Z][A-Z_]+)\""""
)
# Django's own, and PostgreSQL's, which are set and not read.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def test_every_variable_is_in_the_table_and_the_table_names_no_other() -> None:
    read: set[str] = set()
    for path in Path(cli.__file__).parent.rglob("*.py"):
        read |= set(READ.findall(path.read_text()))
    listed = set(re.findall(r"^\| `([A-Z][A-Z_]+)` \|", PAGE, re.MULTILINE))
    assert len(read) > 10
    assert listed == read - NOT_OURS


def test_the_verbs_that_run_the_house_are_explained() -> None:
    for verb in cli.HOUSE:
        assert f"touchline {verb}" in PAGE, verb
