"""What the search finds people by beyond their own record: notes for the team, and facts."""

from collections import defaultdict
from collections.abc import Sequence

from touchline.meetings.models import Fact, Note


def said_of(people: Sequence[int]) -> dict[int, str]:
    """Return the text said of each person: current facts, and notes that are not private.

    A private note is left out for everybody: the index is one for the whole workspace.
    """
    found: dict[int, list[str]] = defaultdict(list)
    facts = Fact.objects.filter(person__in=people, replaced_by=None).order_by()
    notes = Note.objects.filter(relationship__person__in=people, private=False).order_by()
    for person, text in facts.values_list("person_id", "text"):
        found[person].append(text)
    for person, text in notes.values_list("relationship__person_id", "text"):
        found[person].append(text)
    return {person: "\n".join(texts) for person, texts in found.items()}
