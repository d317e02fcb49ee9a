"""Parts two people who were made one: docs/domain/merging.md."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.people.merging import making_one
from touchline.people.merging.hanging import Relation, relations
from touchline.people.merging.making_one import Going
from touchline.people.models import Company, Merge, Person

if TYPE_CHECKING:
    from touchline.accounts.models import Member


@transaction.atomic
def part(by: "Member", other_id: int) -> Merge:
    """Part a person from the one who answers for them; return what was between the two.

    What came goes back, with what was done to it since and what was added to it; what was
    added to the one who answered stays there. Columns that the merge wrote are put back
    where nobody wrote them since. Raises Refused where somebody was merged in later, or the
    one who answers is merged into yet another: the latest merge is taken back first.
    """
    found = Merge.objects.visible_to(by).filter(other_id=other_id).first()
    if found is None:
        raise Refused("They have been parted already.")
    pair = {one.pk: one for one in making_one.locked((found.kept_id, found.other_id))}
    # As it is now that both are locked: somebody else may have been quicker.
    found = Merge.objects.filter(pk=found.pk).first()
    if found is None:
        raise Refused("They have been parted already.")
    kept, other = pair[found.kept_id], pair[found.other_id]
    _may_part(found, kept)
    work = making_one.Work(by, found, {})
    going = _going(found)
    for label, home, back in found.homes:
        for relation in relations(apps.get_model(label)):
            if home != back and (keys := going.get(relation.key)):
                relation.hang(sorted(keys & set(relation.keys(home))), back)
    Person.objects.filter(pk=other.pk, merged_into=kept).update(merged_into=None)
    for each in making_one.rules():
        each.part(work, going)
    _put_back(found)
    found.delete()
    record(by, "part", kept, person_id=kept.pk, other=other.pk)
    making_one.follow(by.workspace_id, kept.pk, other.pk)
    return found


def _may_part(found: Merge, kept: Person) -> None:
    if kept.deleted_at:
        raise Refused(f"{kept.name} is deleted. Restore them first, then part the two.")
    if kept.merged_into_id:
        above = Person.objects.get(pk=kept.merged_into_id)
        raise Refused(f"{kept.name} has been merged into {above.name} since. Part those two first.")
    later = Merge.objects.filter(kept=kept, pk__gt=found.pk).order_by("-pk").first()
    if later is not None:
        raise Refused(f"{later.other.name} was merged in later. Part {later.other.first} first.")


def _going(found: Merge) -> Going:
    """Return the keys of all rows that go back: those that came, and what was added to them.

    Added to one is a row that points at it (a note in a meeting that came), or that took its
    place (the correction of a fact).
    """
    holders = [
        (relation, home)
        for label, home, _ in found.homes
        for relation in relations(apps.get_model(label))
    ]
    going: Going = {}
    of_model: dict[type[Model], set[Any]] = {}
    for relation, _ in holders:
        came = relation.read(found.came.get(relation.key, ()))
        going[relation.key] = came
        of_model.setdefault(relation.model, set()).update(came)
    links = [_Links(relation, home, found, set(of_model)) for relation, home in holders]
    grown = True
    while grown:
        # Each is asked in every round: what one relation adds, another may point at.
        grown = sum(one.follow(of_model, going[one.relation.key]) for one in links) > 0
    return going


class _Links:
    """The rows of one relation, by what they point at among the rows that may go back."""

    def __init__(
        self, relation: Relation, home: Any, found: Merge, models: set[type[Model]]
    ) -> None:
        self.relation = relation
        pointing = [
            field
            for field in relation.model._meta.concrete_fields
            if field.name != relation.column and field.related_model in models
        ]
        names = [field.attname for field in pointing]
        self.at: list[Any] = [field.related_model for field in pointing]
        self.successor = [field.one_to_one and field.related_model is relation.model
                          for field in pointing]  # fmt: skip
        stood = relation.read(found.stood.get(relation.key, ()))
        self.rows = [
            values
            for values in (relation.rows(home).values_list("pk", *names) if names else ())
            if values[0] not in stood
        ]

    def follow(self, of_model: dict[type[Model], set[Any]], going: set[Any]) -> bool:
        """Add what belongs to rows that go; say whether there was any."""
        own = of_model[self.relation.model]
        added: set[Any] = set()
        here = {key for key, *_ in self.rows}
        for key, *pointed in self.rows:
            for target, model, succeeds in zip(pointed, self.at, self.successor, strict=True):
                if succeeds and key in own and target in here:
                    added.add(target)
                elif not succeeds and target in of_model[model]:
                    added.add(key)
        added -= going
        going |= added
        own |= added
        return bool(added)


def _put_back(found: Merge) -> None:
    """Write what stood before the merge wherever nobody wrote since."""
    for label, key, changed in reversed(found.changes):
        model = apps.get_model(label)
        row = model._base_manager.filter(pk=key).first()
        if row is None:
            continue
        values = {
            name: [model._meta.get_field(name).to_python(one) for one in pair]
            for name, pair in changed.items()
        }
        if all(getattr(row, name) == after for name, (_, after) in values.items()):
            before = {name: pair[0] for name, pair in values.items()}
            gone = before.get("company_id")
            if gone and not Company.objects.filter(pk=gone, deleted_at=None).exists():
                before["company_id"] = None
            model._base_manager.filter(pk=key).update(**before)
