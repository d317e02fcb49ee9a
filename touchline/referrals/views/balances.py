"""What went back and forth: with one partner, and with all of them as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.keys import key_in
from touchline.core.money import currency_of
from touchline.core.paths import path_to
from touchline.core.prepared import MEMBER, Prepared
from touchline.referrals.balance import loading as balancing
from touchline.referrals.balance import table
from touchline.referrals.balance.balance import Balance, total
from touchline.referrals.balance.between import Between, between
from touchline.referrals.balance.hints import Hint, hints
from touchline.referrals.balance.loading import exchanged, trust
from touchline.referrals.balance.periods import LABELS, Chosen, chosen
from touchline.referrals.balance.shown import Shown, show
from touchline.relationships.models import Relationship
from touchline.relationships.views.reaching import relationship_of

PAGE = 30
FIRST_SORT = {table.EXCHANGED: "-given", table.TRUST: table.NAME}
HALVES = {table.EXCHANGED: "What went both ways", table.TRUST: "What trust rests on"}


def _named(mine: bool) -> Prepared:
    def build(at: Any) -> Any:
        found = Relationship.objects.visible_to(at.member)
        if mine:
            found = found.filter(main_contact=at.member.pk)
        return found.order_by("person__sort_key", "pk").values_list("pk", "person__name")

    return Prepared(build, member=MEMBER)


_NAMED = [_named(mine) for mine in (False, True)]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that asks for the page in another way."""

    label: str
    url: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the period, whose, which half, in which order, which page."""

    period: Chosen
    mine: bool
    half: str
    sort: str
    page: int

    def url(self, **other: str | None) -> str:
        """Return the address that asks for the same but ``other``; the page begins anew."""
        words: dict[str, str | None] = {
            **self.period.query,
            "whose": "mine" if self.mine else None,
            "show": self.half if self.half != table.EXCHANGED else None,
            "sort": self.sort if self.sort != FIRST_SORT[self.half] else None,
            **other,
        }
        return f"?{urlencode({key: value for key, value in words.items() if value})}"


def _asked(request: MemberRequest) -> Asked:
    given = request.GET
    half = given.get("show", "")
    half = half if half in HALVES else table.EXCHANGED
    return Asked(
        chosen(given, request.member.today()),
        given.get("whose") == "mine",
        half,
        given.get("sort", "")[:40] or FIRST_SORT[half],
        max(1, key_in(given.get("page", "")) or 1),
    )


def balances(request: MemberRequest) -> HttpResponse:
    """Show all relationships with what went both ways over a period, sorted by any of it."""
    member = request.member
    country = member.workspace.country
    asked = _asked(request)
    names = _NAMED[asked.mine](member=member)
    load = exchanged if asked.half == table.EXCHANGED else trust
    found = load(member, asked.period.period, {key for key, _ in names}, mine=asked.mine)
    everybody = total(found.values())
    currencies = {code for way in everybody[:2] for code, _ in way.money}
    every = table.columns(asked.half, currencies, currency_of(country))
    shown = table.shown_columns(every)
    order = table.ordered(found, names, every, asked.sort)
    pages = max(1, -(-len(order) // PAGE))
    page = min(asked.page, pages)
    here = order[(page - 1) * PAGE : page * PAGE]
    linked = [(key, name, path_to("referrals:balance", key)) for key, name in here]
    scale = table.most(found.values()) if asked.half == table.EXCHANGED else None
    context = {
        "section": "referrals",
        "asked": asked,
        "periods": _periods(asked),
        "halves": [
            Link(label, asked.url(show=half if half != table.EXCHANGED else None, sort=None),
                 half == asked.half)
            for half, label in HALVES.items()
        ],
        "whose": [
            Link("Everyone’s", asked.url(whose=None), not asked.mine),
            Link("Mine", asked.url(whose="mine"), asked.mine),
        ],
        "name_head": _head("Partner", [("", table.NAME)], asked),
        "groups": _groups(shown),
        "heads": _heads(shown, every, asked, with_picture=scale is not None),
        "rows": table.rows(linked, found, shown, country, scale),
        "with_picture": scale is not None,
        "totals": table.totals(everybody, shown, country, with_picture=scale is not None),
        "many": len(order),
        # Of the other half a line of dashes tells more: that nobody met.
        "nothing": asked.half == table.EXCHANGED and everybody.is_empty,
        "first": (page - 1) * PAGE + 1,
        "last": (page - 1) * PAGE + len(here),
        "previous": asked.url(page=str(page - 1)) if page > 1 else "",
        "following": asked.url(page=str(page + 1)) if page < pages else "",
    }  # fmt: skip
    return render(request, "referrals/balances.html", context)


def _periods(asked: Asked) -> list[Link]:
    none = {"from": None, "to": None}
    return [
        Link(label, asked.url(period=key if key != "twelve" else None, **none),
             key == asked.period.key)
        for key, label in LABELS.items()
    ]  # fmt: skip


def _groups(shown: Sequence[table.Column]) -> SafeString:
    """Return the headings above the columns, each over as many as are its own.

    The picture stands between given and received, in a column of its own.
    """
    found: list[tuple[str, int]] = []
    for column in shown:
        wide = 2 if column.key == "given" else 1
        if found and found[-1][0] == column.group:
            found[-1] = (column.group, found[-1][1] + wide)
        else:
            found.append((column.group, wide))
    heads = (f'<th scope="colgroup" colspan="{wide}">{group}</th>' for group, wide in found)
    return mark_safe("".join(heads))  # noqa: S308 - words and figures of ours


def _head(label: str, keys: Sequence[tuple[str, str]], asked: Asked) -> SafeString:
    """Return the heading of a column, with a link to sort by each of its keys.

    Sorting again by what it is sorted by turns the order round.
    """
    way, links = "", []
    for place, (name, key) in enumerate(keys):
        first, other = (key, f"-{key}") if key == table.NAME else (f"-{key}", key)
        here, arrow = "", ""
        if asked.sort in (first, other):
            down = asked.sort.startswith("-")
            way = f' aria-sort="{"descending" if down else "ascending"}"'
            here, arrow = (
                ' class="is-here"',
                f'<span aria-hidden="true"> {"↓" if down else "↑"}</span>',
            )
        said = " ".join(filter(None, ["" if place else label, name]))
        url = escape(asked.url(sort=other if asked.sort == first else first))
        links.append(f'<a href="{url}"{here}>{escape(said)}{arrow}</a>')
    return mark_safe(f'<th scope="col"{way}>{"".join(links)}</th>')  # noqa: S308 - escaped above


def _column_head(column: table.Column, every: Sequence[table.Column], asked: Asked) -> SafeString:
    if not column.key.startswith("money_"):
        return _head(column.label, [("", column.key)], asked)
    stem = column.key[:-3]
    keys = [one.key for one in every if one.key.startswith(stem)]
    named = [(key[-3:] if len(keys) > 1 else "", key) for key in keys]
    return _head(column.label, named, asked)


def _heads(
    shown: Sequence[table.Column],
    every: Sequence[table.Column],
    asked: Asked,
    *,
    with_picture: bool,
) -> SafeString:
    heads = [_column_head(column, every, asked) for column in shown]
    if with_picture:
        heads.insert(1, SafeString('<td class="balances__picture"></td>'))
    return mark_safe("".join(heads))  # noqa: S308 - escaped each


@dataclass(frozen=True, slots=True)
class Beside:
    """The balance with one partner as other pages show it beside what they are about.

    ``between`` has what the relationship page lists of it.
    """

    shown: Shown
    said: str
    is_empty: bool
    hints: tuple[Hint, ...]
    between: Between


def beside(relationship: Relationship, member: Member, *, few: bool = False) -> Beside:
    """Return the whole balance with a partner, without one-to-ones and promises: one query.

    The pages it stands on show those already. ``few`` of it comes as lines, of another query.
    """
    found = between(relationship, member, few=few)
    return _beside(found, found.balance, relationship, member)


def _beside(
    found: Between,
    whole: Balance,
    relationship: Relationship,
    member: Member,
    said: str = "since the beginning",
) -> Beside:
    name = relationship.person.first
    return Beside(
        show(whole, name, member.workspace.country),
        said,
        whole.is_empty,
        hints(*found.sides, name, member.today()),
        found,
    )


def balance(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the balance with one partner over any period, and the other help in lines."""
    relationship = relationship_of(request, pk)
    member = request.member
    asked = chosen(request.GET, member.today())
    found = between(relationship, member, whole=True)
    key, period = relationship.pk, asked.period
    exchange = balancing.balance_of(balancing.rows_of(member, key, period))
    whole = exchange + balancing.acts(member, key, period)
    context = {
        "section": "referrals",
        "relationship": relationship,
        "person": relationship.person,
        "asked": asked,
        "periods": _periods(Asked(asked, False, table.EXCHANGED, FIRST_SORT[table.EXCHANGED], 1)),
        "balance": _beside(found, whole, relationship, member, asked.said),
        "today": member.today(),
    }
    return render(request, "referrals/balance.html", context)
