"""Makes and edits people, companies and tags: one transaction, journalled with what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchline.core.fold import fold
from touchline.core.refusal import Refused
from touchline.journal.models import record
from touchline.people import contact, search
from touchline.people.doubles.asking import look_again
from touchline.people.models import Company, ContactPoint, Person, Tag

if TYPE_CHECKING:
    from touchline.accounts.models import Member

# Of a person's own row; company, tags and contact points are given apart.
FIELDS = (
    "name", "given", "family", "title", "source", "acquaintance", "told_on", "do_not_contact",
    "birthday", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point as somebody writes it."""

    kind: str
    value: str
    label: str = ""


def company_known(member: "Member", name: str) -> bool:
    """Say whether a company of that name is there, as ``company_named`` would find it."""
    folded = fold(" ".join(name.split())[:200])[:200]
    known: bool = Company.objects.visible_to(member).filter(folded=folded).exists()
    return known


def company_named(member: "Member", name: str) -> Company | None:
    """Find a company by its folded name, or make it; None for an empty name."""
    name = " ".join(name.split())[:200]
    if not name:
        return None
    folded = fold(name)[:200]
    company, _ = Company.objects.get_or_create(
        workspace_id=member.workspace_id, folded=folded, deleted_at=None, defaults={"name": name}
    )
    return company


def tags_named(member: "Member", names: Iterable[str]) -> list[Tag]:
    """Find tags by their folded names, or make them; the empty ones are passed over."""
    found: dict[str, Tag] = {}
    for given in names:
        name = " ".join(given.split())[:60]
        folded = fold(name)[:60]
        if folded and folded not in found:
            found[folded], _ = Tag.objects.get_or_create(
                workspace_id=member.workspace_id, folded=folded, defaults={"name": name}
            )
    return list(found.values())


@transaction.atomic
def make(
    by: "Member",
    fields: Mapping[str, Any],
    *,
    company: str = "",
    tags: Iterable[str] = (),
    points: Sequence[Point] = (),
) -> Person:
    """Make a person; ``fields`` are those of FIELDS, the company and tags are found by name."""
    person: Person = Person(workspace_id=by.workspace_id, **_own(fields))
    person.company = company_named(by, company)
    person.save()
    person.tags.set(tags_named(by, tags))
    _set_points(by, person, points)
    search.index([person.pk])
    look_again(person.workspace_id, [person.pk])
    record(by, "make", person, person_id=person.pk, name=person.name)
    return person


@transaction.atomic
def edit(
    by: "Member",
    person: Person,
    fields: Mapping[str, Any],
    *,
    company: str,
    tags: Iterable[str],
    points: Sequence[Point],
) -> dict[str, list[Any]]:
    """Store what the form says; return what changed, each field with before and after.

    Contact points and tags become exactly those given. Nothing is journalled where nothing
    changed.
    """
    if not Person.objects.visible_to(by).select_for_update(no_key=True).filter(pk=person.pk):
        raise Refused(f"{person.name} is deleted by now, or merged with somebody. Look again.")
    before = _state(person)
    for name, value in _own(fields).items():
        setattr(person, name, value)
    person.company = company_named(by, company)
    person.save(update_fields=[*FIELDS, "company", "sort_key"])
    person.tags.set(tags_named(by, tags))
    _set_points(by, person, points)
    person = Person.objects.get(pk=person.pk)
    after = _state(person)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        search.index([person.pk])
        look_again(person.workspace_id, [person.pk])
        record(by, "edit", person, person_id=person.pk, changed=changed)
    return changed


@transaction.atomic
def make_company(by: "Member", *, name: str, notes: str, points: Sequence[Point]) -> Company:
    """Make a company with nobody in it yet; refused where there is one of that name."""
    name = _free_name(by, name)
    company: Company = Company.objects.create(workspace_id=by.workspace_id, name=name, notes=notes)
    _set_points(by, company, points)
    record(by, "make", company, name=name)
    return company


@transaction.atomic
def edit_company(
    by: "Member", company: Company, *, name: str, notes: str, points: Sequence[Point]
) -> None:
    """Rename a company, change its notes and how to reach it.

    Refused where another one has the name; contact points become exactly those given.
    """
    name = _free_name(by, name, company)
    before = _company_state(company)
    company.name, company.notes = name, notes
    company.save()
    _set_points(by, company, points)
    if before != _company_state(Company.objects.get(pk=company.pk)):
        people = list(company.people.values_list("pk", flat=True))
        search.index(people)
        look_again(by.workspace_id, people)
        record(by, "edit", company, before=before)


def _free_name(by: "Member", name: str, company: Company | None = None) -> str:
    """Return the name tidied, or raise Refused where another company has it."""
    name = " ".join(name.split())[:200]
    others = Company.objects.visible_to(by).filter(folded=fold(name)[:200])
    if company is not None:
        others = others.exclude(pk=company.pk)
    if others.exists():
        raise Refused(f"There is a company called {name} already.")
    return name


@transaction.atomic
def rename_tag(by: "Member", tag: Tag, name: str) -> None:
    """Rename a tag; refused where another one has the name."""
    name = " ".join(name.split())[:60]
    folded = fold(name)[:60]
    if not folded:
        raise Refused("A tag needs a word.")
    if Tag.objects.visible_to(by).filter(folded=folded).exclude(pk=tag.pk).exists():
        raise Refused(f"There is a tag “{name}” already.")
    before, tag.name = tag.name, name
    tag.save()
    search.index(tag.people.values_list("pk", flat=True))
    record(by, "rename", tag, before=before, after=name)


@transaction.atomic
def delete_tag(by: "Member", tag: Tag) -> None:
    """Delete a tag; the people who had it stay."""
    ids = list(tag.people.values_list("pk", flat=True))
    record(by, "delete", tag, name=tag.name, people=len(ids))
    tag.delete()
    search.index(ids)


@transaction.atomic
def tag_people(by: "Member", person_ids: Sequence[int], name: str) -> int:
    """Give people a tag; return how many had not got it before."""
    tags = tags_named(by, [name])
    if not tags:
        raise Refused("Write the tag to add.")
    ids = _visible(by, person_ids)
    has = set(tags[0].people.filter(pk__in=ids).values_list("pk", flat=True))
    missing = [pk for pk in ids if pk not in has]
    tags[0].people.add(*missing)
    return _tagged(by, tags[0], "tag", missing)


@transaction.atomic
def untag_people(by: "Member", person_ids: Sequence[int], name: str) -> int:
    """Take a tag from people; return how many had it."""
    tag = Tag.objects.visible_to(by).filter(folded=fold(" ".join(name.split()))[:60]).first()
    if tag is None:
        raise Refused(f"There is no tag “{name}”." if name.strip() else "Write the tag to remove.")
    had = list(tag.people.filter(pk__in=_visible(by, person_ids)).values_list("pk", flat=True))
    tag.people.remove(*had)
    return _tagged(by, tag, "untag", had)


def _tagged(by: "Member", tag: Tag, verb: str, ids: list[int]) -> int:
    if ids:
        search.index(ids)
        record(by, verb, tag, name=tag.name, people=ids)
    return len(ids)


def _visible(by: "Member", person_ids: Sequence[int]) -> list[int]:
    if not person_ids:
        raise Refused("Choose at least one person first.")
    return list(
        Person.objects.visible_to(by).filter(pk__in=person_ids).values_list("pk", flat=True)
    )


def _own(fields: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a person: {', '.join(sorted(unknown))}")
    return dict(fields)


def _set_points(by: "Member", owner: Person | Company, points: Sequence[Point]) -> None:
    """Store exactly these points in this order; those that stay keep their row."""
    kept = {(one.kind, one.value, one.label): one for one in owner.points.all()}
    for position, point in enumerate(points):
        value = point.value.strip()[:500]
        stays = kept.pop((point.kind, value, point.label), None)
        if stays is None:
            ContactPoint.objects.create(
                workspace_id=owner.workspace_id,
                person=owner if isinstance(owner, Person) else None,
                company=owner if isinstance(owner, Company) else None,
                kind=point.kind,
                value=value,
                normal=contact.normal(point.kind, value, by.workspace.country),
                label=point.label[:60],
                position=position,
            )
        elif stays.position != position:
            stays.position = position
            stays.save(update_fields=["position"])
    ContactPoint.objects.filter(pk__in=[one.pk for one in kept.values()]).delete()


def _company_state(company: Company) -> dict[str, Any]:
    points = [[one.kind, one.value, one.label] for one in company.points.all()]
    return {"name": company.name, "notes": company.notes, "points": points}


def _state(person: Person) -> dict[str, Any]:
    state: dict[str, Any] = {name: getattr(person, name) for name in FIELDS}
    state["told_on"] = state["told_on"].isoformat() if state["told_on"] else None
    state["company"] = person.company.name if person.company else ""
    state["tags"] = sorted(tag.name for tag in person.tags.all())
    state["points"] = [[one.kind, one.value, one.label] for one in person.points.all()]
    return state
