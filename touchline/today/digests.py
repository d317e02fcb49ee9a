"""The digest: when it is due, what it says, and made by the clock, one a day at most."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from touchline.accounts.models import Digest, Member
from touchline.core.paths import path_to
from touchline.core.words import capital, clipped, clock, day, full_day, one_line
from touchline.mail import outbox
from touchline.mail.digest import Line, Section, digest
from touchline.mail.draft import Recipient
from touchline.referrals.clocks.words import Due as ReferralDue
from touchline.sheets.arrivals.telling import Told
from touchline.today.arrange import nth
from touchline.today.gather import Gathered, gather
from touchline.today.shapes import Meeting, PromiseDue, Waiting

logger = logging.getLogger("touchline.mail")

SHOWN = 8  # Lines of a section; the page shows the rest.
WORDS = 160  # Letters of what a partner wrote; its page has all of it.
CLOSING = ("close_out", "happened")
# Whose digest of which day could not be made, as this clock has said.
_said: set[tuple[int, date]] = set()
AHEAD = {Digest.DAILY: timedelta(days=1), Digest.WEEKLY: timedelta(days=7)}


def due_on(
    how_often: str, hour: int, weekday: int, made_on: date | None, at: datetime
) -> date | None:
    """Return the day whose digest is due at ``at``, a moment in the member's zone; else None.

    Due is from the hour (0 to 23) on until midnight, on every day or on one weekday (0 is
    Monday), once: an hour that summer time leaves out is made up for by the next one, an hour
    that comes twice counts once, and what a machine at rest missed is made when it is back
    the same day.
    """
    on = at.date()
    if how_often == Digest.OFF or (made_on is not None and made_on >= on):
        return None
    if how_often == Digest.WEEKLY and on.weekday() != weekday:
        return None
    return on if at.hour >= hour else None


def make(now: datetime, base: str) -> int:
    """Make the digests that are due, queued to be sent; return for how many members.

    That it was made, and the message with its job, are one transaction: a clock that is
    killed has done both or neither. ``base`` is where this installation is reached.
    """
    # A day's head start holds every zone there is.
    since = (now + timedelta(days=1)).date()
    members = Member.objects.exclude(digest=Digest.OFF).filter(user__is_active=True)
    waiting = members.filter(Q(digest_made_on=None) | Q(digest_made_on__lt=since))
    made = 0
    for member in waiting.select_related("workspace__playbook", "user"):
        on = due_on(
            member.digest,
            member.digest_hour,
            member.digest_weekday,
            member.digest_made_on,
            now.astimezone(member.zone),
        )
        if on is None:
            continue
        try:
            made += _make(member, on, now, base)
        except Exception:
            # One whose digest cannot be made keeps nobody else waiting. The clock tries again
            # each minute until midnight; the log says whose it is once.
            if (member.pk, on) not in _said:
                _said.add((member.pk, on))
                logger.exception("The digest of member %s could not be made.", member.pk)
    return made


@transaction.atomic
def _make(member: Member, on: date, now: datetime, base: str) -> bool:
    ours = Member.objects.filter(pk=member.pk, digest_made_on=member.digest_made_on)
    if not ours.update(digest_made_on=on):
        return False
    with timezone.override(member.zone):
        sections = told(
            gather(member, now), now.astimezone(member.zone), AHEAD[Digest(member.digest)]
        )
    if sections:
        to = Recipient(member.user.name, member.user.email)
        outbox.send(digest(to, full_day(on), sections, base), member, now=now)
    return True


def told(gathered: Gathered, now: datetime, ahead: timedelta) -> tuple[Section, ...]:
    """Return the sections that have something to say; none where nothing is to be said. Pure.

    ``now`` is in the member's zone, ``ahead`` how far what is on goes.
    """
    page, today = gathered.today, now.date()
    one_day = ahead <= timedelta(days=1)
    names = {someone.key: someone for someone in gathered.people}
    on = [
        one
        for one in sorted(gathered.meetings, key=lambda one: one.starts_at)
        if one.state in ("planned", "under_way")
        and one.ends_at > now
        and one.starts_at.date() < today + ahead
        and one.relationship in names
    ]

    def meeting(one: Meeting) -> Line:
        who, on_day, at = names[one.relationship], one.starts_at.date(), clock(one.starts_at)
        when = at if one_day else f"{capital(day(on_day, today))}, {at}"
        where = one.place or ("By video" if one.video_url else "")
        note = f"{nth(who)}. {where}".strip().rstrip(".")
        return Line(who.name, note, path_to("meetings:one_to_one", one.key), lead=when)

    def waiting(each: Waiting) -> Line:
        return Line(each.who.name, each.note, _page_of(each), lead=capital(each.when))

    def promised(each: PromiseDue) -> Line:
        path = path_to("relationships:relationship", each.who.key)
        return Line(each.who.name, each.owed.text, path, lead=capital(each.words))

    # What was held today stands in the day on the page, and here with the rest.
    just_held = [
        Waiting("close_out", "today", slot.who, slot.note, slot.meeting)
        for slot in page.day
        if slot.who and slot.meeting and slot.meeting.state == "held"
    ]
    close = [each for each in page.waiting if each.kind in CLOSING] + just_held
    rest = [each for each in page.waiting if each.kind not in (*CLOSING, "prepare")]
    due = [
        Line(row.who.name, capital(row.situation.text), path_to("meetings:plan", row.who.key))
        for row in page.due
    ]
    days = [
        Line(
            each.who.name if each.who else "You",
            capital(each.occasion.text or each.occasion.birthday_words),
            path_to("relationships:relationship", each.who.key) if each.who else "/",
            lead=capital(each.words),
        )
        for each in page.days
    ]

    def referral(one: ReferralDue) -> Line:
        path = path_to("referrals:referral", one.referral)
        return Line(one.partner, one.text, path, lead=capital(one.words))

    def arrived(one: Told) -> Line:
        said = f"{one.note}: {clipped(one_line(one.words), WORDS)}" if one.words else one.note
        return Line(one.name, said, one.url, lead=capital(day(local(one.at), today)))

    def local(at: datetime) -> date:
        return at.astimezone(now.tzinfo).date()

    found = (
        ("On today" if one_day else "On in the next seven days", map(meeting, on)),
        ("From your partners", map(arrived, page.arrivals)),
        ("To close out", map(waiting, close)),
        ("Due", due),
        ("Promised by you", map(promised, page.mine)),
        ("Promised to you", map(promised, page.theirs)),
        ("Referrals, yours to do", (referral(one) for one in page.referrals if one.mine)),
        ("Referrals, theirs to do", (referral(one) for one in page.referrals if not one.mine)),
        ("Waiting for you", map(waiting, rest)),
        ("Worth a call", map(waiting, page.calls)),
        ("Days to remember", days),
    )
    return tuple(each for each in (_section(*pair) for pair in found) if each is not None)


def _section(heading: str, lines: Iterable[Line]) -> Section | None:
    given = tuple(lines)
    if not given:
        return None
    return Section(heading, given[:SHOWN], len(given[SHOWN:]))


def _page_of(each: Waiting) -> str:
    """Return the page on which it is done."""
    if each.kind == "close_out" and each.meeting:
        return path_to("meetings:close_out", each.meeting.key)
    if each.meeting:
        return path_to("meetings:one_to_one", each.meeting.key)
    return path_to("relationships:relationship", each.who.key)
