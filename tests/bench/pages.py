"""The pages that are measured, each by the words the issue uses for it."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode, urljoin

from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.bench.many import RARE
from touchline.accounts.models import Member
from touchline.meetings.models import OneToOne, State
from touchline.relationships.models import Relationship
from touchline.sheets.arriving import arrive
from touchline.sheets.models import Link, Purpose, Sheet, What
from touchline.sheets.parts import ANYONE, KEYS

FLOOR = "floor"
# The beginning of a given name of every sixth person, and of a title of every third.
COMMON = "ma"
_LAST = re.compile(r'<a[^>]*href="([^"]*)"[^>]*>\s*Last\s*</a>')


@dataclass(frozen=True, slots=True)
class Address:
    """A page and where it is; ``path`` is None, with the reason, where there is none yet."""

    name: str
    path: str | None
    missing: str = ""


def addresses(client: Client, member: Member) -> list[Address]:
    """Find the address of each page for a member."""
    relationship = _typical(member)
    mine = OneToOne.objects.visible_to(member).filter(relationship__main_contact=member)
    planned = mine.filter(state=State.PLANNED).order_by("starts_at").first()
    held = mine.filter(state=State.HELD).order_by("starts_at").first()
    list_ = _address("people list first", "people:people")
    return [
        _address(FLOOR, "bench_floor", relationship.person_id),
        _address("Today", "today:today"),
        list_,
        _last(client, list_),
        _search("search common", list_, COMMON),
        _search("search rare", list_, RARE.lower()[:6]),
        _address("person", "people:person", relationship.person_id),
        _address("relationship", "relationships:relationship", relationship.pk),
        _address("brief", "meetings:brief", planned.pk if planned else 0),
        _address("close-out", "meetings:close_out", held.pk if held else 0),
        _address("info sheet", "sheets:shared_sheet", _sheet_of(member)),
        _address("partner page", "sheets:shared_page", _page_of(relationship, member)),
    ]


def of_referrals(client: Client, member: Member) -> list[Address]:
    """Find the address of each page about many referrals for a member."""
    one = Relationship.objects.visible_to(member).order_by("pk").first()
    assert one is not None
    return [
        _address(FLOOR, "bench_floor", one.person_id),
        _address("referral list", "referrals:referrals"),
        _address("referral board", "referrals:board"),
        _address("balance", "referrals:balances"),
    ]


def _page_of(relationship: Relationship, member: Member) -> str:
    """Return the secret of the page of a partner, with our sheet on it and something arrived."""
    link: Link = Link.objects.issue(member, Purpose.PAGE, relationship, now=timezone.now())
    arrive(link, What.GOING, at=timezone.now(), text="It goes well")
    return link.token


def _typical(member: Member) -> Relationship:
    """Return a partner in mid-course: active, with one planned."""
    mine = Relationship.objects.visible_to(member).led_by(member).active()
    found: Relationship | None = (
        mine.filter(stage="referral_partner", one_to_ones__state=State.PLANNED)
        .order_by("pk")
        .first()
    )
    assert found is not None
    return found


def _address(name: str, url_name: str, *args: Any) -> Address:
    try:
        return Address(name, reverse(url_name, args=args))
    except NoReverseMatch:
        return Address(name, None, f"there is no page {url_name} yet")


def _search(name: str, list_: Address, text: str) -> Address:
    if list_.path is None:
        return Address(name, None, list_.missing)
    return Address(name, f"{list_.path}?{urlencode({'q': text})}")


def _last(client: Client, list_: Address) -> Address:
    """Follow the link on the first page."""
    name = "people list last"
    if list_.path is None:
        return Address(name, None, list_.missing)
    link = _LAST.search(client.get(list_.path).content.decode())
    if link is None:
        return Address(name, None, "the list has no link to its last page")
    return Address(name, urljoin(list_.path, unescape(link[1])))


def _sheet_of(member: Member) -> str:
    """Return the secret of the address of our sheet, all of whose parts say something."""
    Sheet.objects.get_or_create(workspace=member.workspace, member=member)
    Sheet.objects.filter(member=member).update(
        audiences=dict.fromkeys(KEYS, ANYONE), **dict.fromkeys(KEYS, "Three lines or so. " * 12)
    )
    link: Link = Link.objects.issue(member, Purpose.SHEET, now=timezone.now())
    return link.token
