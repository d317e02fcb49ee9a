"""What the page of two people says of each, and asks."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from touchline.accounts.models import Member
from touchline.core.words import count, listed, number, short_day
from touchline.people import contact
from touchline.people.forms import said_birthday
from touchline.people.importing.joining import with_notes
from touchline.people.merging import choosing, making_one
from touchline.people.merging.hanging import relations
from touchline.people.models import Acquaintance, Person
from touchline.playbook.models import of
from touchline.relationships.merging import MAIN_CONTACT, further
from touchline.relationships.models import Relationship

SPOKEN = {
    "relationships.Relationship.person": ("programme", "programmes"),
    "meetings.OneToOne.relationship": ("one-to-one", "one-to-ones"),
    "meetings.Call.relationship": ("call", "calls"),
    "meetings.Fact.person": ("fact", "facts"),
    "meetings.Note.relationship": ("note", "notes"),
    "meetings.Action.relationship": ("promise", "promises"),
    "meetings.AgendaItem.relationship": ("agenda item", "agenda items"),
    "meetings.Decision.relationship": ("decision", "decisions"),
    "people.ContactPoint.person": ("way to reach them", "ways to reach them"),
    "people.Person_tags.person": ("tag", "tags"),
    "people.Photo.person": ("picture", "pictures"),
}
SILENT = ("people.Identity.person", "relationships.Step.relationship")
LONG = 300  # Characters of a note that the page repeats.


def said_of(hangs: Mapping[str, int]) -> str:
    """Say what hangs on somebody: *three one-to-ones and nine facts*; '' for nothing."""
    known = {key: place for place, key in enumerate(SPOKEN)}
    every = (*relations(Person), *relations(Relationship))
    words = {**{each.key: _plain(each.model) for each in every}, **SPOKEN}
    told = sorted(
        (key for key, many in hangs.items() if many and key not in SILENT),
        key=lambda key: known.get(key, len(known)),
    )
    return listed([count(hangs[key], *words[key]) for key in told])


def _plain(model: Any) -> tuple[str, str]:
    return str(model._meta.verbose_name), str(model._meta.verbose_name_plural)


def questions(
    member: Member,
    pair: tuple[Person, Person],
    programmes: list[Relationship],
    hangs: dict[int, dict[str, int]],
) -> list[tuple[str, str, list[tuple[int, str]], int]]:
    """Return what is asked of two: field, label, each record's answer, and the sensible one."""
    kept, _ = making_one.in_order(*pair, hangs)
    sensible = choosing.sensible(*pair)
    questions = [("kept", "Who answers", [(each.pk, each.name) for each in pair], kept.pk)]
    questions += [
        (
            field.key,
            field.label,
            [(each.pk, _value(field.key, each)) for each in pair],
            sensible[field.key],
        )
        for field in choosing.differing(*pair)
    ]
    contacts = {one.main_contact_id: str(one.main_contact) for one in programmes}
    if len(contacts) == 2:
        leads, _ = further(*programmes)
        questions.append(
            (MAIN_CONTACT, "Main contact", list(contacts.items()), leads.main_contact_id)
        )
    return questions


def has(member: Member, person: Person, hangs: dict[str, int]) -> str:
    """Say since when a record is here and what hangs on it."""
    since = f"Here since {short_day(localdate(person.created_at), member.today())}"
    has = said_of(hangs)
    return f"{since}, with {has}." if has else f"{since}, with nothing more."


def _value(key: str, person: Person) -> str:
    """Say what one record has in a field."""
    if key == "company":
        return person.company.name if person.company else "Nothing"
    if key == "acquaintance":
        return Acquaintance(person.acquaintance).label
    if key == "birthday":
        return said_birthday(person.birthday) or "Nothing"
    if key == "told_on":
        return short_day(person.told_on) if person.told_on else "Nothing"
    if key == "name" and (person.given or person.family):
        parts = f"{person.given} {person.family}".strip()
        return person.name if parts == person.name else f"{person.name} ({parts})"
    return str(getattr(person, key)) or "Nothing"


def both(member: Member, pair: tuple[Person, Person]) -> list[tuple[str, list[str]]]:
    """Return what is kept of both: label, and every value once."""
    country = member.workspace.country
    found: dict[str, dict[str, str]] = {}
    for each in pair:
        for point in each.points.all():
            text = contact.spoken(point.kind, point.value, country)
            found.setdefault(point.get_kind_display(), {}).setdefault(point.normal, text)
        for tag in each.tags.all():
            found.setdefault("Tags", {})[tag.folded] = tag.name
        for label, value in each.extra:
            found.setdefault(str(label), {})[str(value)] = str(value)
    one, other = pair
    if notes := with_notes(one.notes, other.notes):
        found["Notes"] = {"": notes if len(notes) <= LONG else f"{notes[:LONG]}…"}
    shown = [(label, list(values.values())) for label, values in found.items()]
    if one.do_not_contact or other.do_not_contact:
        shown.append(("Contact", ["Asked not to be contacted."]))
    return shown


def programme_said(member: Member, programmes: list[Relationship]) -> str:
    """Say what becomes of two programmes."""
    leads, _ = further(*programmes)
    stage = of(member.workspace).stage(leads.stage).name
    before = sum(each.held_before for each in programmes)
    counted = f", the {number(before)} held before among them" if before else ""
    return (
        f"Both have a programme. The one with {leads.person.name} leads, at {stage}: its stage "
        f"and rhythm stand. The one-to-ones of both count together{counted}."
    )
