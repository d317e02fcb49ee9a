"""Who a command acts as, and on whom."""

from argparse import Namespace
from typing import TYPE_CHECKING

from touchline.core.keys import key_in
from touchline.core.refusal import Refused

if TYPE_CHECKING:
    from touchline.accounts.models import Member
    from touchline.relationships.models import Relationship


def member_for(options: Namespace) -> "Member":
    """Return the member that ``--workspace`` and ``--as`` name, needless where there is only one.

    Without ``--as`` it is the workspace's only member, else its only owner. Raises Refused
    with the choices where the options name nobody or several.
    """
    from touchline.accounts.models import Member, Role, Workspace

    workspaces = Workspace.objects.order_by("pk")
    if options.workspace:
        workspaces = workspaces.filter(name__iexact=options.workspace)
    found = list(workspaces[:6])
    if not found and options.workspace:
        raise Refused(f"There is no workspace called “{options.workspace}”.")
    if not found:
        raise Refused("There is no workspace yet. `touchline init` makes one.")
    if len(found) > 1:
        names = ", ".join(workspace.name for workspace in found[:5])
        raise Refused(f"Say which workspace with --workspace: {names}.")
    members = Member.objects.filter(workspace=found[0], user__is_active=True)
    if options.as_member:
        members = members.filter(user__email__iexact=options.as_member)
        if not members:
            raise Refused(f"{options.as_member} is not a member of {found[0].name}.")
    elif members.count() != 1:
        members = members.filter(role=Role.OWNER)
    if members.count() != 1:
        raise Refused(f"Say who you are with --as E-MAIL; {found[0].name} has several members.")
    member = members.select_related("user").get()
    return Member.objects.signed_in(member.user_id).get(pk=member.pk)


def programme_of(member: "Member", wanted: str) -> "Relationship":
    """Return the programme with whom a command names: a name, its beginning, or a number.

    Raises Refused where that is nobody, or several, with their numbers.
    """
    from touchline.core.fold import fold
    from touchline.relationships.models import Relationship

    everyone = Relationship.objects.visible_to(member).select_related("person__company")
    found: list[Relationship]
    key = key_in(wanted)
    if key is not None:
        found = list(everyone.filter(person_id=key))
    else:
        words = fold(wanted).split()
        found = [
            each
            for each in everyone
            if all(any(w.startswith(x) for w in fold(each.person.name).split()) for x in words)
        ]
    if not found:
        raise Refused(f"There is no programme with anybody called “{wanted}”.")
    if len(found) > 1:
        names = ", ".join(f"{each.person.name} ({each.person_id})" for each in found[:8])
        raise Refused(f"“{wanted}” could be several: {names}. Give the number.")
    return found[0]
