"""Who a command acts as."""

from argparse import Namespace
from typing import TYPE_CHECKING

from touchline.core.refusal import Refused

if TYPE_CHECKING:
    from touchline.accounts.models import Member


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
