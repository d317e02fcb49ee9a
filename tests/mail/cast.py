"""What the tests of this part share: one partner, met and to be met, on fixed days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.mail.draft import Recipient
from touchline.meetings.models import OneToOne, State
from touchline.relationships.models import Relationship

NOW = datetime(2027, 6, 10, 15, tzinfo=UTC)
UID = UUID("6f1c2b1e-5a5f-4f0c-9b1e-2d7c3f0a9e11")


@dataclass
class Partner:
    """A relationship with a one-to-one held on 10 June 2027, and one planned for 8 July."""

    relationship: Relationship
    held: OneToOne
    planned: OneToOne

    @property
    def to(self) -> Recipient:
        return Recipient("Siân Ó Briain", "sian@example.org")


def a_partner(member: Member, **person: Any) -> Partner:
    """Make the partner, with notes and promises of every sort."""
    person = {"email": "sian@example.org", **person}
    relationship = makers.a_relationship(
        member,
        makers.a_person(member, "Siân Ó Briain", **person),
        on=date(2027, 1, 4),
        place="The Boathouse, Ellesmere",
    )
    held = makers.a_one_to_one(relationship, member, date(2027, 6, 10), state=State.HELD)
    planned = makers.a_one_to_one(
        relationship, member, date(2027, 7, 8), hour=11, minute=30, length_minutes=45,
        video_url="https://meet.example.org/x",
    )  # fmt: skip
    OneToOne.objects.filter(pk=planned.pk).update(uid=UID)
    planned.uid = UID
    shared = {"one_to_one": held, "shared": True}
    makers.a_note(relationship, member, "The barn is *let* from August.", **shared)
    makers.a_note(
        relationship, member, "She would like to meet\na <surveyor> & an architect.", **shared
    )
    makers.a_note(relationship, member, "Not for her eyes.", one_to_one=held)
    makers.a_note(relationship, member, "Only for mine.", one_to_one=held, private=True)
    for whose, text, day in (
        ("mine", "Send the lease", date(2027, 6, 18)),
        ("theirs", "Send the name of the surveyor", date(2027, 7, 1)),
    ):
        makers.an_action(relationship, member, whose, text, day, one_to_one=held)
    return Partner(relationship, held, planned)
