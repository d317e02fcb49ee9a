"""After people are merged or parted: how far their one-to-ones and calls have come."""

from collections.abc import Sequence

from touchline.meetings.models import so_far
from touchline.relationships.models import Relationship


def count_again(people: Sequence[int]) -> None:
    """Store anew what the rows of their programmes say; see ``so_far.keep``."""
    so_far.keep(Relationship.objects.filter(person__in=people).values_list("pk", flat=True))
