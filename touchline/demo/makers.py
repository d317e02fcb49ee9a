"""Makers: plain functions that build valid rows through the product's own verbs."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from touchline.accounts.models import Member, Role, User, Workspace
from touchline.core.fold import fold
from touchline.meetings.models import Action, AgendaItem, Call, Fact, Note, OneToOne, State
from touchline.people import contact
from touchline.people.models import Company, ContactPoint, Person, Tag
from touchline.playbook.models import of
from touchline.relationships.models import Relationship
from touchline.relationships.starting import start


def a_workspace(name: str = "Hill & Dale") -> Workspace:
    """Make a workspace with the shipped playbook."""
    workspace = Workspace.objects.create(name=name)
    of(workspace)
    return workspace


def a_member(
    workspace: Workspace, email: str, name: str = "", role: str = Role.MEMBER, **fields: Any
) -> Member:
    """Make a user without a password, and the membership."""
    user = User.objects.create_user(email, name=name or email.split("@")[0].capitalize())
    member = Member.objects.create(workspace=workspace, user=user, role=role, **fields)
    return Member.objects.signed_in(user.pk).get(pk=member.pk)


def a_company(member: Member, name: str) -> Company:
    """Find or make a company."""
    company, _ = Company.objects.get_or_create(
        workspace_id=member.workspace_id, folded=fold(name)[:200], defaults={"name": name}
    )
    return company


def a_person(
    member: Member,
    name: str,
    *,
    company: str = "",
    tags: tuple[str, ...] = (),
    email: str = "",
    phone: str = "",
    address: str = "",
    **fields: Any,
) -> Person:
    """Make a person with company, tags, and ways to be reached."""
    given, _, family = name.rpartition(" ")
    person: Person = Person.objects.create(
        workspace_id=member.workspace_id,
        name=name,
        given=given,
        family=family,
        company=a_company(member, company) if company else None,
        **fields,
    )
    for tag in tags:
        row, _ = Tag.objects.get_or_create(
            workspace_id=member.workspace_id, folded=fold(tag)[:60], defaults={"name": tag}
        )
        person.tags.add(row)
    for kind, value in (("phone", phone), ("email", email), ("address", address)):
        if value:
            ContactPoint.objects.create(
                workspace_id=member.workspace_id,
                person=person,
                kind=kind,
                value=value,
                normal=contact.normal(kind, value, member.workspace.country),
            )
    return person


def a_relationship(member: Member, person: Person | str, **given: Any) -> Relationship:
    """Begin a programme; ``on``, ``stage`` and ``held_before`` as ``starting.start`` takes them."""
    if isinstance(person, str):
        person = a_person(member, person)
    return start(
        person,
        member,
        on=given.pop("on", member.today()),
        stage=given.pop("stage", "prospective"),
        held_before=given.pop("held_before", 0),
        held_before_last_on=given.pop("held_before_last_on", None),
        fields=given,
    )


def at(member: Member, on: date, hour: int = 10, minute: int = 0) -> datetime:
    """Return a moment on a day in the member's zone."""
    return datetime.combine(on, time(hour, minute), tzinfo=ZoneInfo(member.time_zone))


def a_one_to_one(
    relationship: Relationship,
    member: Member,
    on: date,
    *,
    hour: int = 10,
    minute: int = 0,
    state: str = State.PLANNED,
    **fields: Any,
) -> OneToOne:
    """Make a one-to-one on a day, in any state."""
    taken = relationship.one_to_ones.took_place().count() + relationship.held_before
    starts = at(member, on, hour, minute)
    if state == State.CLOSED_OUT:
        fields.setdefault("closed_out_at", starts + timedelta(hours=2))
    return OneToOne.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        kind=fields.pop("kind", None) or of(member.workspace).kind_after(taken).key,
        state=state,
        starts_at=starts,
        length_minutes=fields.pop("length_minutes", relationship.length_minutes),
        travel_minutes=fields.pop("travel_minutes", relationship.travel_minutes),
        place=fields.pop("place", relationship.place),
        **fields,
    )


def a_note(relationship: Relationship, member: Member, text: str, **fields: Any) -> Note:
    """Make a note."""
    return Note.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        author=member,
        text=text,
        **fields,
    )


def a_fact(
    relationship: Relationship, member: Member, topic: str, text: str, **fields: Any
) -> Fact:
    """Make a fact about the person of a relationship."""
    on = fields.pop("on", None) or member.today()
    return Fact.objects.create(
        workspace_id=relationship.workspace_id,
        person_id=relationship.person_id,
        author=member,
        topic=topic,
        text=text,
        on=on,
        confirmed_on=fields.pop("confirmed_on", on),
        **fields,
    )


def an_action(
    relationship: Relationship, member: Member, whose: str, text: str, due_on: date, **fields: Any
) -> Action:
    """Make a promise."""
    return Action.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        whose=whose,
        text=text,
        due_on=due_on,
        promised_on=fields.pop("promised_on", None) or member.today(),
        **fields,
    )


def an_agenda_item(
    relationship: Relationship, member: Member, side: str, text: str, **fields: Any
) -> AgendaItem:
    """Make an agenda item."""
    return AgendaItem.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        side=side,
        text=text,
        added_on=fields.pop("added_on", None) or member.today(),
        **fields,
    )


def a_call(relationship: Relationship, member: Member, on: date, **fields: Any) -> Call:
    """Make a logged call."""
    return Call.objects.create(
        workspace_id=relationship.workspace_id,
        relationship=relationship,
        by=member,
        on=on,
        **fields,
    )
