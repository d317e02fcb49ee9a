"""The list of referrals, page by page, and as a file."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, only_a_form
from touchline.core.keys import key_in
from touchline.core.refusal import Refused
from touchline.core.words import count
from touchline.journal.models import record
from touchline.referrals.listing import table
from touchline.referrals.listing.asked import SORTS, Asked, together
from touchline.referrals.listing.listing import PAGE, At, keys, lines, totals
from touchline.referrals.views.cards import Menus, row
from touchline.referrals.views.narrowing import narrowing

SALT = "touchline.referrals.export"
GOOD_FOR = 600  # Seconds that a prepared file may be fetched.
# Beyond this page nobody goes by hand; a filter or the file goes further.
LAST = 2_000


def referrals(request: MemberRequest) -> HttpResponse:
    """Show a page of referrals: filtered, searched, sorted, with what they come to."""
    member = request.member
    asked = Asked.of(request.GET)
    at = At.of(member, asked)
    counted = totals(at, asked)
    whole = together(counted.get(state, together(())) for state in asked.states)
    pages = max(1, -(-whole.many // PAGE))
    number = min(key_in(request.GET.get("page", "")[:6]) or 1, pages, LAST)
    ids = keys(at, asked, (number - 1) * PAGE)
    today, country = member.today(), member.workspace.country
    menus = Menus(request)
    page = {
        **narrowing(request, asked, counted, whole),
        "rows": [row(line, today, country, menus) for line in lines(member, ids)],
        "menus": menus,
        "sorts": SORTS.items(),
        "heads": _heads(asked),
        "summary": count(whole.many, "referral").capitalize(),
        "previous": asked.url(page=str(number - 1)) if number > 1 else "",
        "following": asked.url(page=str(number + 1)) if number < min(pages, LAST) else "",
        "first": asked.url() if number > 2 else "",
        "last": asked.url(page=str(pages)) if number + 1 < pages <= LAST else "",
        "said": asked.said().items(),
    }
    return render(request, "referrals/referrals.html", page)


def _heads(asked: Asked) -> list[dict[str, Any]]:
    """Return the heads of the columns, each with the order that it stands for."""
    heads = (
        ("", "Who and what for"),
        ("partner", "Partner"),
        ("state", "State"),
        ("value", "Worth"),
    )
    return [
        {"label": label, "url": asked.url(sort=key), "is_here": asked.sort == key}
        for key, label in heads
    ]


@only_a_form
def export(request: MemberRequest) -> HttpResponse:
    """Note that the list is taken out, and go on to its file."""
    asked = Asked.of(request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return redirect(reverse("referrals:referrals") + asked.url())
    member = request.member
    many = len(keys(At.of(member, asked), asked, many=None))
    if not many:
        raise Refused("There is nothing in that list to take out.")
    record(member, "export", member, format="csv", referrals=many)
    of = signing.dumps([member.pk, asked.said()], salt=SALT, compress=True)
    return SeeOther(f"{reverse('referrals:export_file')}?of={of}")


@only_a_form
def export_file(request: MemberRequest) -> Any:
    """Send the file that was just asked for; without a fresh request, ask."""
    try:
        member_pk, wanted = signing.loads(request.GET.get("of", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        member_pk, wanted = 0, {}
    if member_pk != request.member.pk or request.method == "POST":
        if request.GET.get("of"):
            messages.error(request, "That file was prepared a while ago. Ask for it again.")
        return redirect("referrals:referrals")
    given = QueryDict(mutable=True)
    given.update(wanted)
    asked = Asked.of(given)
    return StreamingHttpResponse(
        table.content(request.member, keys(At.of(request.member, asked), asked, many=None)),
        content_type=table.MEDIA_TYPE,
        headers={
            "Content-Disposition": 'attachment; filename="referrals.csv"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
