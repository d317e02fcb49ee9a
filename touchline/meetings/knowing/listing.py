"""Facts ready to show, by topic: somebody's, or one's own; what each replaced stands behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from touchline.core.prepared import KEY, MEMBER, Prepared
from touchline.core.words import capital, full_day, short_day
from touchline.meetings.knowing.freshness import Freshness, freshness
from touchline.meetings.models import Fact, SaidBy
from touchline.playbook.models import of
from touchline.playbook.playbook import Playbook

if TYPE_CHECKING:
    from touchline.accounts.models import Member

A_TOPIC = 8  # Shown of each, the newest first; ``topic`` asks for all of one.
MOST = 300

_COLUMNS = (
    "pk", "topic", "slot", "text", "said_by", "on", "confirmed_on", "one_to_one_id", "dated_on",
    "yearly", "replaced_by_id", "company_id", "company__name", "company__deleted_at",
)  # fmt: skip

_THEIRS = Prepared(
    lambda at: (
        Fact.objects.visible_to(at.member)
        .filter(person=at.person)
        .order_by("-on", "-pk")
        .values_list(*_COLUMNS, named=True)
    ),
    member=MEMBER,
    person=KEY,
)
_OWN = Prepared(
    lambda at: (
        Fact.objects.visible_to(at.member)
        .filter(of_member=at.member.pk)
        .order_by("-on", "-pk")
        .values_list(*_COLUMNS, named=True)
    ),
    member=MEMBER,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact ready to show.

    ``about`` is its slot in words, ``said`` who said it, ``one_to_one`` the key of where,
    ``day`` what it says of its own day, ``before`` what it replaced, the newest first.
    """

    pk: int
    text: str
    about: str
    said: str
    on: date
    confirmed_on: date
    stale: bool
    one_to_one: int | None = None
    company: tuple[int, str] | None = None
    day: str = ""
    before: tuple["Shown", ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether it was confirmed after it was first said."""
        return self.confirmed_on > self.on


@dataclass(frozen=True, slots=True)
class Shelf:
    """The facts on one topic, the newest first, how many more, and what is not known yet."""

    key: str
    name: str
    facts: Sequence[Shown]
    more: int = 0
    unknown: Sequence[str] = field(default=())


def day_words(dated_on: date | None, today: date, *, yearly: bool) -> str:
    """Say the day that a fact is about: *every year on 3 December*, *on Friday 12 June*."""
    if dated_on is None:
        return ""
    if yearly:
        return f"every year on {short_day(dated_on, dated_on)}"
    return f"on {full_day(dated_on, today)}"


def shown(row: Any, playbook: Playbook, fresh: Freshness, *, own: bool = False) -> Shown:
    """Make a row of named columns ready to show; those it lacks are left out."""
    topic = playbook.topic(row.topic)
    about = capital(topic.slot_name(row.slot)) if topic and row.slot else ""
    company = None
    if getattr(row, "company_id", None) and row.company__deleted_at is None:
        company = (row.company_id, row.company__name)
    return Shown(
        row.pk,
        row.text,
        about,
        "" if own else SaidBy(row.said_by).label,
        row.on,
        row.confirmed_on,
        fresh.is_stale(row.topic, row.confirmed_on, row.dated_on, yearly=row.yearly),
        row.one_to_one_id,
        company,
        day_words(row.dated_on, fresh.today, yearly=row.yearly),
    )


def theirs(member: "Member", person: int, only: str = "") -> list[Shelf]:
    """Return what is known of a person by topic, in the playbook's order; ``only`` one topic."""
    return _shelves(member, _THEIRS(member=member, person=person), only)


def own(member: "Member", only: str = "") -> list[Shelf]:
    """Return what the member keeps of themselves, in the same way."""
    return _shelves(member, _OWN(member=member), only, own=True)


def _shelves(member: "Member", rows: Iterable[Any], only: str, *, own: bool = False) -> list[Shelf]:
    playbook = of(member.workspace)
    fresh = freshness(playbook, member.today())
    current: dict[str, list[Any]] = {}
    behind: dict[int, Any] = {}
    for row in rows:
        if row.replaced_by_id is None:
            current.setdefault(row.topic, []).append(row)
        else:
            behind[row.replaced_by_id] = row

    def ready(row: Any) -> Shown:
        before, key = [], row.pk
        while (earlier := behind.pop(key, None)) is not None:
            before.append(shown(earlier, playbook, fresh, own=own))
            key = earlier.pk
        return replace(shown(row, playbook, fresh, own=own), before=tuple(before))

    order = [topic.key for topic in playbook.topics]
    keys = [key for key in order if key in current]
    keys += [key for key in current if key not in order]
    found = []
    for key in keys:
        if only and key != only:
            continue
        cut = MOST if only else A_TOPIC
        answered = {row.slot for row in current[key]}
        topic = playbook.topic(key)
        slots = topic.slots if topic else ()
        unknown = [slot.name for slot in slots if slot.key not in answered]
        found.append(
            Shelf(
                key,
                playbook.topic_name(key),
                [ready(row) for row in current[key][:cut]],
                max(0, len(current[key]) - cut),
                unknown,
            )
        )
    return found
