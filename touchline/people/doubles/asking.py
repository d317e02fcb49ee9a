"""Asks for people to be looked at, whenever something that is compared of them changes."""

from collections.abc import Iterable

MANY = 1_000  # More people than this changed at once: everyone is looked at.


def look_again(workspace_id: int, person_ids: Iterable[int]) -> None:
    """Ask for these people to be looked at in the background, in the caller's transaction.

    Called by whatever makes people, or changes a name, a company or a way to reach them.
    """
    from touchline.people.tasks import look_for_doubles

    ids = sorted(set(person_ids))
    if ids:
        look_for_doubles.enqueue(workspace_id, ids if len(ids) <= MANY else None)
