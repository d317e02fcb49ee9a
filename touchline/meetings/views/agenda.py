"""The agenda: what either side wants to cover."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.meetings import capturing
from touchline.meetings.models import AgendaItem, Note, OneToOne, Side
from touchline.relationships.views.reaching import relationship_of

LONGEST = 300


@change
def agenda(request: MemberRequest, pk: int) -> HttpResponse:
    """Put something on the agenda; it may point at a note, whose words then do."""
    relationship = relationship_of(request, pk)
    home = back(request, relationship.get_absolute_url())
    if request.method != "POST":
        return SeeOther(home)
    side = request.POST.get("side", Side.MINE)
    if side not in Side.values:
        raise Refused("Say whose item it is: yours or theirs.")
    about = None
    if written := request.POST.get("about", ""):
        notes = Note.objects.visible_to(request.member).filter(relationship=relationship)
        about = get_object_or_404(notes, pk=key_in(written))
    text = request.POST.get("text", "").strip()
    if not text and about and about.private:
        raise Refused("That note is private to you, and the agenda is not. Write the item anew.")
    if not text and about:
        text = about.text if len(about.text) <= LONGEST else f"{about.text[: LONGEST - 1]}…"
    if not text:
        raise Refused("Write what to cover, in a line.")
    capturing.agenda_item(
        relationship,
        request.member,
        text,
        side=side,
        on=request.member.today(),
        prompt=request.POST.get("prompt", "")[:40],
        prompt_about=request.POST.get("prompt_about", "")[:80],
        about=about,
    )
    return SeeOther(home)


def _item_of(request: MemberRequest, pk: int) -> AgendaItem:
    items = AgendaItem.objects.visible_to(request.member)
    found: AgendaItem = get_object_or_404(items.select_related("relationship__person"), pk=pk)
    return found


@change
def agenda_covering(request: MemberRequest, pk: int) -> HttpResponse:
    """Tick an item off in a meeting of its relationship."""
    item = _item_of(request, pk)
    if request.method == "POST":
        meetings = OneToOne.objects.visible_to(request.member)
        one = get_object_or_404(
            meetings.select_related("relationship"),
            relationship=item.relationship,
            pk=key_in(request.POST.get("one_to_one", "")),
        )
        item.cover(request.member, one)
    return SeeOther(back(request, item.relationship.get_absolute_url()))


@change
def agenda_uncovering(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the tick back."""
    item = _item_of(request, pk)
    if request.method == "POST":
        item.uncover(request.member)
    return SeeOther(back(request, item.relationship.get_absolute_url()))


@change
def agenda_dropping(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it off the agenda for good."""
    item = _item_of(request, pk)
    if request.method == "POST":
        item.drop(request.member)
    return SeeOther(back(request, item.relationship.get_absolute_url()))
