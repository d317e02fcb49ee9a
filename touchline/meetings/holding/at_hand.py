"""One’s contacts at the table: found by a few letters, each with what can be done about them."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from touchline.core.paths import path_to
from touchline.people import contact, search
from touchline.people.models import ContactPoint, Person, PointKind
from touchline.relationships.models import Relationship
from touchline.relationships.models import State as RelationshipState

if TYPE_CHECKING:
    from touchline.accounts.models import Member

MOST = 8


@dataclass(frozen=True, slots=True)
class Way:
    """A number or address, and the ``url`` that calls or writes to it; ``verb`` says which."""

    text: str
    url: str
    verb: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody found: how well known, how reached, and where something is booked with them."""

    pk: int
    name: str
    what: str
    known: str
    book_url: str
    book: str
    ways: list[Way] = field(default_factory=list)


def at_hand(member: "Member", text: str) -> tuple[list[Contact], bool]:
    """Return the first people found by ``text``, and whether there are more. Four queries."""
    found = search.find(member, text, MOST)
    if not found.ids:
        return [], False
    people = Person.objects.visible_to(member).select_related("company").in_bulk(found.ids)
    programmes = {
        one.person_id: one
        for one in Relationship.objects.visible_to(member).filter(person__in=found.ids)
    }
    points: dict[int | None, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.filter(
        person__in=people, kind__in=[PointKind.PHONE, PointKind.EMAIL]
    ).order_by("position", "pk"):
        points[point.person_id].append(point)
    shown = [
        _contact(member, people[pk], programmes.get(pk), points[pk])
        for pk in found.ids
        if pk in people
    ]
    return shown, found.capped


def _contact(
    member: "Member", person: Person, programme: Relationship | None, points: list[ContactPoint]
) -> Contact:
    if programme and programme.state != RelationshipState.ENDED:
        book_url, book = path_to("meetings:plan", programme.pk), "Book something"
    elif programme:
        book_url, book = programme.get_absolute_url(), "Take it up again"
    else:
        book_url, book = path_to("relationships:start", person.pk), "Begin a programme"
    ways = []
    # Whoever asked to be left alone is found, and not rung by mistake.
    for point in points if not person.do_not_contact else []:
        url = contact.link(point.kind, point.value, point.normal)
        if url:
            spoken = contact.spoken(point.kind, point.value, member.workspace.country)
            ways.append(Way(spoken, url, "Call" if point.kind == PointKind.PHONE else "Write"))
    known = "" if person.acquaintance == "not_said" else person.get_acquaintance_display()
    return Contact(person.pk, person.name, person.what, known, book_url, book, ways)
