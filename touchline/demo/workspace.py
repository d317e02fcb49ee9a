"""Makes the sample workspace: a year of one member's programme, up to the given day."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from touchline.accounts.models import Member, Role, Workspace
from touchline.demo import cast, makers, referral_telling, sheet_telling, telling
from touchline.demo.stories import STORIES
from touchline.demo.stories.mine import MINE
from touchline.demo.stories.referrals import REFERRALS
from touchline.demo.story import Someone
from touchline.people import search
from touchline.people.models import Person

BUDGET_MINUTES = 6 * 60


@transaction.atomic
def make_demo(today: date) -> Member:
    """Make the sample workspace as of ``today``; return its owner, Hannah Whitlock.

    The same for the same day. Everybody in it is invented, and can be reached nowhere:
    numbers are of the ranges kept for drama, addresses of a domain kept for examples.
    """
    workspace = makers.a_workspace(cast.WORKSPACE)
    hannah = _member(workspace, cast.OWNER, Role.OWNER, weekly_budget_minutes=BUDGET_MINUTES)
    # What it was told of before that is history.
    hannah.workspace.created_at = makers.at(hannah, today, 9)
    hannah.workspace.save(update_fields=["created_at"])
    _member(workspace, cast.COLLEAGUE, Role.MEMBER)
    _member(workspace, cast.VIEWER, Role.VIEWER)
    with timezone.override(hannah.zone):
        people = {one.name: _person(hannah, one) for one in (*cast.PROGRAMME, *cast.OTHERS)}
        _date(people, hannah, today)
        chronicle = telling.Chronicle(hannah, today)
        telling.tell_of_oneself(chronicle, MINE)
        referral_telling.tell_of_referrals(chronicle, people, REFERRALS)
        sheet_telling.tell_of_sheets(chronicle, people)
        telling.tell(chronicle, ((story, people[story.person]) for story in STORIES))
    search.index(person.pk for person in people.values())
    return hannah


def _member(workspace: Workspace, who: tuple[str, str], role: str, **fields: Any) -> Member:
    name, email = who
    return makers.a_member(workspace, email, name, role, **fields)


def _person(member: Member, one: Someone) -> Person:
    return makers.a_person(
        member,
        one.name,
        title=one.title,
        company=one.company,
        tags=one.tags,
        source=one.source,
        acquaintance=one.acquaintance,
        phone=one.phone,
        email=one.email,
        address=one.address,
        notes=one.notes,
        birthday=one.birthday,
    )


def _date(people: dict[str, Person], member: Member, today: date) -> None:
    """Let the records be as old as the acquaintance."""
    for one in (*cast.PROGRAMME, *cast.OTHERS):
        known = today + timedelta(days=one.known)
        people[one.name].created_at = makers.at(member, known, 17)
    Person.objects.bulk_update(people.values(), ["created_at"])
