"""What each file of the corpus gives, field by field, as plain data: kept in corpora.json."""

from collections import Counter
from pathlib import Path
from typing import Any

from touchline.people.importing.reading import read
from touchline.people.importing.rows import Row, Unreadable

CORPUS = Path(__file__).parents[3] / "../shared/corpora/vcards"
KEPT = Path(__file__).with_name("corpora.json")
MOST = 4  # contacts of one file that are written out


def told(file: Path) -> dict[str, Any]:
    try:
        reading = read(file.read_bytes(), file.name)
    except Unreadable as refused:
        return {"refused": str(refused)}
    return {
        "contacts": len(reading.rows),
        "points": dict(
            sorted(Counter(point.kind for row in reading.rows for point in row.points).items())
        ),
        "details": dict(
            sorted(Counter(label for row in reading.rows for label, _ in row.extra).items())
        ),
        "problems": [f"{problem.line}: {problem.text}" for problem in reading.problems],
        "first": [_fields(row) for row in reading.rows[:MOST]],
    }


def _fields(row: Row) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("line", "name", "given", "family", "company", "title", "birthday", "notes")
    }
    fields["points"] = [f"{one.kind} ({one.label}): {one.value}" for one in row.points]
    fields["tags"] = list(row.tags)
    fields["identity"] = row.identity
    fields["details"] = [f"{label}: {value}" for label, value in row.extra]
    fields["photo"] = f"{len(row.photo):,} bytes" if row.photo else ""
    return {name: value for name, value in fields.items() if value}
