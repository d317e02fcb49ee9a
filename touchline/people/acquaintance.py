"""How well one knows people: said one by one or for several, and who is still to be said.

docs/domain/acquaintance.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Value, When

from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.people.models import Acquaintance, ContactPoint, Person, PointKind
from touchline.people.search import batches

if TYPE_CHECKING:
    from touchline.accounts.models import Member

BATCH = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of all have been said."""

    said: int
    all: int
    well: int
    a_little: int

    @property
    def left(self) -> int:
        """How many are still to be said."""
        return self.all - self.said


@transaction.atomic
def say(by: "Member", person_ids: Sequence[int], acquaintance: str) -> int:
    """Say how well one knows some people; return for how many that was new.

    Each is journalled with what was said before. *Not said* takes it back.
    """
    if acquaintance not in Acquaintance.values:
        raise Refused("Say how well you know them: well, a little, or only a name.")
    if not person_ids:
        raise Refused("Choose at least one person first.")
    changed = 0
    for some in batches(list(person_ids), BATCH):
        people = Person.objects.visible_to(by).filter(pk__in=some)
        others = list(
            people.exclude(acquaintance=acquaintance).select_for_update(no_key=True).order_by("pk")
        )
        Person.objects.filter(pk__in=[one.pk for one in others]).update(acquaintance=acquaintance)
        for one in others:
            before = one.acquaintance
            record(by, "know", one, person_id=one.pk, before=before, after=acquaintance)
        changed += len(others)
    return changed


def progress(member: "Member") -> Progress:
    """Count those without a programme: of the others one knows how well."""
    told = _without_programme(member).aggregate(
        all=Count("pk"),
        said=Count("pk", filter=~Q(acquaintance=Acquaintance.NOT_SAID)),
        well=Count("pk", filter=Q(acquaintance=Acquaintance.WELL)),
        a_little=Count("pk", filter=Q(acquaintance=Acquaintance.A_LITTLE)),
    )
    return Progress(**told)


def waiting(member: "Member", many: int, after: str = "") -> list[Any]:
    """Return the next people of whom nothing is said, those one most likely knows first.

    ``after`` is the :func:`place` of the last one seen. Those with a telephone number come
    before those with an e-mail address, before those with a title or company, before bare
    names; within each in the order in which they came, which in a network's file is the
    newest connection first.
    """
    people = (
        _without_programme(member)
        .filter(acquaintance=Acquaintance.NOT_SAID)
        .annotate(
            has_phone=_has(PointKind.PHONE),
            has_email=_has(PointKind.EMAIL),
        )
        .annotate(
            rank=Case(
                When(has_phone=True, then=Value(3)),
                When(has_email=True, then=Value(2)),
                When(~Q(title="") | Q(company__isnull=False), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            )
        )
    )
    rank, _, written = after.partition(".")
    key = key_in(written)
    if key is not None and rank in ("0", "1", "2", "3"):
        people = people.filter(Q(rank__lt=int(rank)) | Q(rank=int(rank), pk__gt=key))
    return list(people.select_related("company").order_by("-rank", "pk")[:many])


def place(person: Any) -> str:
    """Return where somebody of :func:`waiting` stands in that order."""
    return f"{person.rank}.{person.pk}"


def _without_programme(member: "Member") -> Any:
    return Person.objects.visible_to(member).filter(relationship=None)


def _has(kind: str) -> Exists:
    return Exists(ContactPoint.objects.filter(person=OuterRef("pk"), kind=kind))
