"""Loads what a member and the person of a relationship have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.meetings.common.matching import Shared, Told, in_common
from touchline.meetings.common.thesaurus import shipped
from touchline.meetings.models import Fact, NotInCommon
from touchline.relationships.models import Relationship

if TYPE_CHECKING:
    from touchline.accounts.models import Member


# So many of each side, the newest, are compared: further back one looks for nothing in common.
COMPARED = 1000


@dataclass(frozen=True, slots=True)
class Common:
    """What is shared, and (theme, name) of what looked so and was taken away."""

    shared: tuple[Shared, ...]
    dismissed: tuple[tuple[str, str], ...]


# Nothing but the member in it, whose facts are theirs to see: with the workspace beside it SQLite
# reads all facts of that, for it can't know how few are anybody's own.
_MINE = Prepared(
    lambda at: (
        Fact.objects.filter(of_member=at.member.pk)
        .current()
        .order_by("-on", "-pk")
        .values_list("pk", "text")[:COMPARED]
    ),
    member=MEMBER,
)
_THEIRS = Prepared(
    lambda at: (
        Fact.objects.visible_to(at.member)
        .current()
        .filter(person=at.person)
        .order_by("-on", "-pk")
        .values_list("pk", "text")[:COMPARED]
    ),
    member=MEMBER,
    person=KEY,
)
_DISMISSED = Prepared(
    lambda at: (
        NotInCommon.objects.visible_to(at.member)
        .filter(relationship=at.relationship, member=at.member.pk)
        .order_by("pk")
        .values_list("theme", flat=True)
    ),
    member=MEMBER,
    relationship=KEY,
)


def in_common_with(
    relationship: Relationship, member: "Member", theirs: Iterable[Told] | None = None
) -> tuple[Shared, ...]:
    """Return what the member shares with the person; see ``common_with``."""
    return common_with(relationship, member, theirs).shared


def common_with(
    relationship: Relationship, member: "Member", theirs: Iterable[Told] | None = None
) -> Common:
    """Return what the member shares with the person, and what was taken away.

    ``theirs`` are the person's facts, newest first, where somebody has loaded them already.
    One query where the member has kept nothing of their own, and at most three.
    """
    mine = [Told(text, pk) for pk, text in _MINE(member=member)]
    if not mine:
        return Common((), ())
    if theirs is None:
        rows = _THEIRS(member=member, person=relationship.person_id)
        theirs = [Told(text, pk) for pk, text in rows]
    away = list(_DISMISSED(member=member, relationship=relationship.pk))
    return Common(
        tuple(one for one in in_common(mine, islice(theirs, COMPARED)) if one.theme not in away),
        tuple((theme, name_of(theme)) for theme in away),
    )


def name_of(theme: str) -> str:
    """Say a theme by its name, people's own words by themselves."""
    known = shipped().themes.get(theme)
    return known.name if known else theme.removeprefix("own-").replace("-", " ")
