"""The corpus against its table: what is lost silently shows as a difference in corpora.json.

After a change that is meant, `corpora.json` is written anew from `corpora.told` and looked through.
"""

import json

import pytest

from tests.people.importing.corpora import CORPUS, KEPT, told

TABLE = json.loads(KEPT.read_text())


@pytest.mark.parametrize("name", TABLE)
def test_a_file_of_the_corpus_gives_what_its_table_says(name: str) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpora folder is not there")
    assert told(CORPUS / name) == TABLE[name]


def test_the_table_has_every_file() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpora folder is not there")
    assert {file.name for file in CORPUS.glob("*.vcf")} == TABLE.keys()
