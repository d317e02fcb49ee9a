"""The board of referrals: a column a state, moved by a menu or from the keyboard."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.referrals.listing.asked import BANDS, NONE, Asked, together
from touchline.referrals.listing.listing import At, columns, totals
from touchline.referrals.views.cards import Menus, card
from touchline.referrals.views.narrowing import money_words, narrowing


def board(request: MemberRequest) -> HttpResponse:
    """Show the newest of each state, how many there are and what they come to."""
    member = request.member
    asked = Asked.of(request.GET)
    at = At.of(member, asked)
    counted = totals(at, asked)
    whole = together(counted.get(state, NONE) for state in asked.states)
    today, country = member.today(), member.workspace.country
    few = columns(at, asked)
    home = reverse("referrals:referrals")
    menus = Menus(request)
    bands: list[dict[str, Any]] = []
    for key, (name, states) in BANDS.items():
        shown = [
            {
                "state": state,
                "total": counted.get(state, NONE),
                "worth": money_words(counted.get(state, NONE), country),
                "cards": [card(line, today, country, menus) for line in few[state]],
                "url": home + asked.url(state=state.value),
            }
            for state in states
            if state in few
        ]
        if shown:
            many = together(counted.get(state, NONE) for state in states).many
            bands.append({"key": key, "name": name, "columns": shown, "many": many})
    page = {
        **narrowing(request, asked, counted, whole),
        "board": bands,
        "menus": menus,
        "jumps": [column for band in bands for column in band["columns"]],
        "closed_open": asked.state in ("closed", *BANDS["closed"][1]),
        "is_board": True,
    }
    return render(request, "referrals/board.html", page)
