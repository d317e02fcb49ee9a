"""Who did what to which record, when."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models

from touchline.core.inserting import insert
from touchline.core.scoping import Scoped

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody without an account who does something on their own page, by the link they came by.

    Verbs that a partner may take are given one in place of a member.
    """

    link: int


class Entry(Scoped):
    """One verb that happened: *relationship.pause*, by whom, on which record, with details.

    ``person_id`` is kept beside the record so that everything that touched one person can
    be found. Details hold what changed, never secrets or private notes.
    """

    at = models.DateTimeField(auto_now_add=True)
    member = models.ForeignKey(
        "accounts.Member", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    verb = models.CharField(max_length=60)
    noun = models.CharField(max_length=60)
    noun_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            # The journal of one person, and of one record, newest first.
            models.Index(fields=["workspace", "person_id", "-at"], name="journal_person"),
            models.Index(fields=["noun", "noun_id", "-at"], name="journal_noun"),
        ]


_COLUMNS = ("workspace", "member", "verb", "noun", "noun_id", "person_id", "details")


def record(
    member: "Member | Partner | None",
    verb: str,
    noun: Any,
    *,
    person_id: int | None = None,
    **details: Any,
) -> None:
    """Write one entry about ``noun`` (a Scoped row), in the caller's transaction.

    ``member`` is None when the clock did it; of a partner the link stands in the details.
    ``verb`` is one word, such as ``pause``.
    """
    label = noun._meta.model_name
    if isinstance(member, Partner):
        details, member = {**details, "link": member.link}, None
    by, said = member.pk if member else None, json.dumps(details)
    row = (noun.workspace_id, by, f"{label}.{verb}", label, noun.pk, person_id, said)
    # Every change waits for its entry, and nobody asks for it back.
    insert(Entry, _COLUMNS, [row])
