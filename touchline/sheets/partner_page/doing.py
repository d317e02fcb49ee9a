"""What a partner may do on their page: each a verb of the record it changes, and an arrival.

All of it is done by the link they came by, within its relationship alone. What is posted twice
is done once. Each raises Refused, with a sentence, for what cannot be done (any more).
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from touchline.core.refusal import Refused
from touchline.core.words import one_line
from touchline.journal.models import Partner
from touchline.meetings import capturing
from touchline.meetings.models import Action, ActionState, AgendaItem, OneToOne, Side
from touchline.referrals.models import Referral
from touchline.sheets.arriving import arrive
from touchline.sheets.models import Arrival, Link, What
from touchline.sheets.partner_page.introductions import is_between
from touchline.sheets.partner_page.lines import KEPT

# More than anybody means: from here on somebody plays with the page.
MOST_ITEMS = 30
MOST_UNSEEN = 100
MOST_A_DAY = 100


class NotHere(Exception):
    """What they mean is not on their page."""


def answer(
    link: Link,
    *,
    one: int,
    sequence: int,
    says: str,
    text: str,
    times: Sequence[datetime],
    now: datetime,
) -> None:
    """Say whether the next one-to-one suits them; ``times`` (UTC) are when else it would.

    ``sequence`` is the version of it that they saw: to another time they answer anew. A changed
    mind takes the place of what nobody has seen yet.
    """
    ahead = OneToOne.objects.filter(relationship=link.relationship_id).ahead(now)
    found = ahead.select_for_update().filter(pk=one).first()
    if found is None:
        raise Refused("This one-to-one is not planned any more. See below what is.")
    if found.sequence != sequence:
        raise Refused("It was changed while you had this page open. See below how it is now.")
    given = [each.astimezone(UTC).isoformat() for each in times]
    before = Arrival.objects.filter(
        relationship=link.relationship_id, what=What.ANSWER, one_to_one=found
    )
    last = before.first()
    if last and (last.sequence, last.answer, last.text, last.times) == (
        sequence, says, text, given,
    ):  # fmt: skip
        return
    _have_room(link, now)
    before.filter(seen_at=None).update(seen_at=now)
    arrive(
        link, What.ANSWER, at=now, text=text, answer=says, times=given, one_to_one=found,
        sequence=sequence,
    )  # fmt: skip


def add(link: Link, text: str, *, now: datetime) -> None:
    """Put something on the agenda of the next one-to-one; the same once."""
    relationship = link.between
    theirs = AgendaItem.objects.filter(
        relationship=relationship, side=Side.THEIRS, covered_in=None, dropped=False
    )
    text = one_line(text)
    waiting = list(theirs.values_list("text", flat=True))
    if text in waiting:
        return
    if len(waiting) >= MOST_ITEMS:
        raise Refused("There is more on this list than one meeting can hold. Keep it for then.")
    _have_room(link, now)
    item = capturing.agenda_item(
        relationship, Partner(link.pk), text, side=Side.THEIRS, on=link.host.today(now)
    )
    coming = relationship.one_to_ones.ahead(now).first()
    arrive(link, What.AGENDA, at=now, text=text, agenda_item=item, one_to_one=coming)


def keep(link: Link, pk: int, *, now: datetime) -> None:
    """Tick a promise of theirs. NotHere for any other."""
    action = _action(link, pk)
    if action.state in KEPT:
        return
    if action.state != ActionState.OPEN:
        raise Refused("This is not needed any more.")
    _have_room(link, now)
    action.keep(Partner(link.pk), on=link.host.today(now))
    coming = link.between.one_to_ones.ahead(now).first()
    arrive(link, What.ACTION, at=now, action=action, one_to_one=coming)


def take_back(link: Link, pk: int, *, now: datetime) -> None:
    """Say that one they ticked is not done after all, as long as nobody has seen that it was."""
    action = _action(link, pk)
    if action.state == ActionState.OPEN:
        return
    unseen = Arrival.objects.filter(action=action, what=What.ACTION, seen_at=None)
    if action.state not in KEPT or not unseen.update(seen_at=now):
        raise Refused(f"{link.host} has seen it by now. Tell them instead.")
    action.reopen(Partner(link.pk))


def tell(link: Link, pk: int, text: str, *, now: datetime) -> None:
    """Say something about an introduction. NotHere for one they don't know of."""
    _say(link, What.FEEDBACK, text, now, referral=known(link, pk))


def say_how_it_goes(link: Link, text: str, *, now: datetime) -> None:
    """Say how it is going for them."""
    _say(link, What.GOING, text, now)


def known(link: Link, pk: int) -> Referral:
    """Return a referral that they know of. NotHere for any other."""
    between = Referral.objects.filter(relationship=link.relationship_id)
    found: Referral | None = between.filter(pk=pk).first()
    if found is None or not is_between(found):
        raise NotHere
    return found


def _say(link: Link, what: str, text: str, now: datetime, **about: Referral) -> None:
    before = Arrival.objects.filter(relationship=link.relationship_id, what=what, **about)
    last = before.first()
    if last is None or last.text != text:
        _have_room(link, now)
        arrive(link, what, at=now, text=text, **about)


def _action(link: Link, pk: int) -> Action:
    found: Action | None = (
        Action.objects.filter(relationship=link.relationship_id, whose=Side.THEIRS, pk=pk)
        .select_related("relationship")
        .first()
    )
    if found is None:
        raise NotHere
    return found


def _have_room(link: Link, now: datetime) -> None:
    """Refuse what would bury us. What is answered or ticked over and over is seen by itself."""
    arrived = Arrival.objects.filter(relationship=link.relationship_id)
    today = arrived.filter(at__gt=now - timedelta(days=1))
    if arrived.unseen().count() >= MOST_UNSEEN or today.count() >= MOST_A_DAY:
        raise Refused(f"A great deal has arrived here. {link.host} will look through it first.")
