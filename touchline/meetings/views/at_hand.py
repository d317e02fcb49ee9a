"""At hand while sitting with somebody: one’s contacts, what to ask. Parts of the meeting’s page."""

from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.meetings.asking.choosing import chosen
from touchline.meetings.holding.at_hand import at_hand
from touchline.meetings.views.reaching import one_to_one_of, shared

LONGEST = 200


def contacts(request: MemberRequest, pk: int) -> HttpResponse:
    """Find people by a few letters, to name, ring or book on the spot."""
    one = one_to_one_of(request, pk)
    text = request.GET.get("q", "").strip()[:LONGEST]
    found, more = at_hand(request.member, text) if text else ([], False)
    context = {
        **shared(one),
        "q": text,
        "found": found,
        "more": more,
        "may_change": request.member.may_change,
    }
    return render(request, "meetings/contacts.html", context)


def questions(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what to ask now, chosen from what is known and what is not."""
    one = one_to_one_of(request, pk)
    member = request.member
    context = {
        **shared(one),
        "one_to_one": one,
        "chosen": chosen(one.relationship, member, one, today=member.today()),
    }
    return render(request, "meetings/questions.html", context)
