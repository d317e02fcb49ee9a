"""What the list and the board share: the filters, and what they leave in figures."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.money import Money, currencies, shown
from touchline.core.prepared import MEMBER, Prepared
from touchline.core.words import listed
from touchline.referrals.listing.asked import BANDS, NONE, PERIODS, ROAD, Asked, Total, together
from touchline.referrals.models import Direction, Referral, State
from touchline.relationships.models import Relationship

_PARTNERS = Prepared(
    lambda at: (
        Relationship.objects.visible_to(at.member)
        .filter(Exists(Referral.objects.filter(relationship=OuterRef("pk"))))
        .order_by("person__sort_key", "pk")
        .values_list("pk", "person__name")
    ),
    member=MEMBER,
)
_MEMBERS = Prepared(
    lambda at: (
        Member.objects.visible_to(at.member)
        .order_by("user__name", "pk")
        .values_list("pk", "user__name", "user__email")
    ),
    member=MEMBER,
)


def options(offered: Iterable[tuple[Any, str]], value: str) -> SafeString:
    """Return the options of a select: three hundred partners are too many for a template."""
    given = list(offered)
    # Escaped in one call and put apart again.
    names = str(escape("\x1e".join(name.replace("\x1e", " ") for _, name in given))).split("\x1e")
    made = "".join(
        f'<option value="{key}"{" selected" if str(key) == value else ""}>{name}'
        for (key, _), name in zip(given, names, strict=False)
    )
    return mark_safe(made)  # noqa: S308 - keys of ours, names escaped


def money_words(total: Total, country: str) -> str:
    """Say the money of a total: *£1,250 and €300*; "" where there is none."""
    return listed([shown(Money(minor, code), country) for code, minor in total.money])


def narrowing(
    request: MemberRequest, asked: Asked, counted: Mapping[State, Total], whole: Total
) -> dict[str, Any]:
    """Return what both pages show above their rows."""
    member = request.member
    country = member.workspace.country
    partners = _PARTNERS(member=member)
    members = [(pk, name or email) for pk, name, email in _MEMBERS(member=member)]
    codes = {code for total in counted.values() for code, _ in total.money}
    codes |= {asked.currency} & currencies()
    fields = [
        (
            "way",
            "Which way",
            [(Direction.GIVEN.value, "Given"), (Direction.RECEIVED.value, "Received")],
        ),
        ("state", "State", [*((key, name) for key, (name, _) in BANDS.items()), *State.choices]),
        ("partner", "Partner", partners),
        ("period", "When", [(key, name) for key, name in PERIODS.items() if key]),
    ]
    if len(members) > 1 or asked.member:
        fields.append(("member", "Looked after by", members))
    if len(codes) > 1 or asked.currency:
        fields.append(("currency", "Currency", [(code, code) for code in sorted(codes)]))
    narrowed = [name for name, _, _ in fields if getattr(asked, name) and name != "state"]
    return {
        "section": "referrals",
        "asked": asked,
        "fields": [
            {
                "name": name,
                "label": label,
                "any": PERIODS[""] if name == "period" else "Any",
                "options": options(offered, getattr(asked, name)),
            }
            for name, label, offered in fields
        ],
        "narrowed": bool(narrowed or asked.sort),
        "bands": _bands(asked, counted),
        "worth": money_words(whole, country),
        "by_state": [
            {
                "label": state.label,
                "url": asked.url(state=state.value),
                "many": counted[state].many,
                "worth": money_words(counted[state], country),
            }
            for state in ROAD
            if state in asked.states and state in counted
        ],
        "list_url": reverse("referrals:referrals") + asked.url(),
        "board_url": reverse("referrals:board") + asked.url(sort=""),
        "ever_url": asked.url(period="all"),
        "nothing": not whole.many,
        "nobody": not whole.many and not _any(member),
        "country": country,
    }


def _any(member: Member) -> bool:
    return Referral.objects.visible_to(member).exists()


def _bands(asked: Asked, counted: Mapping[State, Total]) -> list[dict[str, Any]]:
    """Return the groups of states with their counts."""
    groups = {"": ("All", ROAD), **BANDS}
    return [
        {
            "name": name,
            "url": asked.url(state=key),
            "is_here": asked.state == key,
            "many": together(counted.get(state, NONE) for state in states).many,
        }
        for key, (name, states) in groups.items()
    ]
