"""What all rows of a relationship share."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from touchline.core.scoping import ScopedQuerySet

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class Side(models.TextChoices):
    """Whose: mine (our side) or theirs."""

    MINE = "mine", "Mine"
    THEIRS = "theirs", "Theirs"


class OfARelationship(ScopedQuerySet[Any]):
    """Rows that hang on a relationship; those of deleted people are out of sight."""

    def visible_to(self, member: "Member") -> Self:
        there = super().visible_to(member)
        return there.filter(
            relationship__person__deleted_at=None, relationship__person__merged_into=None
        )
