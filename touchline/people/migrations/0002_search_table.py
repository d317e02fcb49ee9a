"""The search index, written for each database: see docs/domain/search.md."""

from typing import Any

from django.db import migrations

# The text comes folded and cut into words by spaces, so the plainest tokenizer serves. No
# phrases are asked for: detail=column keeps the columns and leaves the positions out. Prefix
# indexes make a first letter or syllable one lookup.
SQLITE = """
CREATE VIRTUAL TABLE people_search USING fts5(
  scope, name, rest, tokenize = 'ascii', prefix = '1 2 3 4', detail = 'column'
)
"""
# No reference to people_person: rows of the deleted are taken out with the deletion, and a
# reference from outside Django would forbid emptying that table.
POSTGRES = (
    """
    CREATE TABLE people_search (
      person_id bigint PRIMARY KEY,
      workspace_id bigint NOT NULL,
      name tsvector NOT NULL,
      rest tsvector NOT NULL
    )
    """,
    # Names first, then anything: one index for each half of a search.
    "CREATE INDEX people_search_name ON people_search USING gin (name)",
    "CREATE INDEX people_search_all ON people_search USING gin ((name || rest))",
    "CREATE INDEX people_search_workspace ON people_search (workspace_id)",
)


def create(apps: Any, schema_editor: Any) -> None:
    statements = (SQLITE,) if schema_editor.connection.vendor == "sqlite" else POSTGRES
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DROP TABLE people_search")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
