"""What looks shared and is not: taken away for good, or brought back."""

from typing import TYPE_CHECKING

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.meetings.common.loading import common_with
from touchline.meetings.models import NotInCommon
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


def dismiss(relationship: Relationship, by: "Member", theme: str) -> None:
    """Say that a theme is not shared after all; for this member it is not shown again.

    The journal keeps that it was, not the theme: it tells of the member's own facts.
    """
    common = common_with(relationship, by)
    if theme in {away for away, _ in common.dismissed}:
        return
    if theme not in {one.theme for one in common.shared}:
        raise Refused("That is not among what you have in common any more. Look again.")
    made, first = NotInCommon.objects.get_or_create(
        relationship=relationship,
        member=by,
        theme=theme,
        defaults={"workspace_id": relationship.workspace_id},
    )
    if first:  # Else it was said in another window at the same moment.
        record(by, "dismiss", made, person_id=relationship.person_id)


def bring_back(relationship: Relationship, by: "Member", theme: str) -> None:
    """Let a theme that was taken away count again."""
    rows = NotInCommon.objects.visible_to(by)
    found = rows.filter(relationship=relationship, member=by, theme=theme).first()
    if found is None:
        raise Refused("That was brought back already.")
    record(by, "restore", found, person_id=relationship.person_id)
    found.delete()
