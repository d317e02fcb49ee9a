"""What two people do not share after all."""

from typing import Any, ClassVar

from django.db import models

from touchline.core.scoping import Scoped
from touchline.meetings.models.scoping import OfARelationship
from touchline.relationships.models import Relationship


class NotInCommon(Scoped):
    """A theme that looked shared between a member and a person and is not: never shown again.

    ``theme`` is the key of a theme in the thesaurus (*rugby*).
    """

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="not_in_common"
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+")
    theme = models.CharField(max_length=60)

    objects: ClassVar[Any] = OfARelationship.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "member", "theme"], name="not_in_common_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Not {self.theme} with {self.relationship}"
