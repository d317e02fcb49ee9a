"""What the page of a referral shows before it is passed: the readiness list, the way to words."""

from typing import TYPE_CHECKING, Any

from touchline.core.words import capital, number
from touchline.referrals.models import HEATS, STATES, Referral
from touchline.referrals.passing.checking import asked_of, readiness_of
from touchline.referrals.passing.shapes import Group, Item, gaps, in_the_way

if TYPE_CHECKING:
    from touchline.accounts.models import Member

FEW = 3  # Open ones of a group that are shown at once.


def shown(found: Referral, member: "Member") -> dict[str, Any]:
    """Return the context of ``_readiness.html`` and ``_introduction.html``; ``gaps`` beside."""
    if not asked_of(found):
        return {"readiness": [], "met": [], "wording": False, "gaps": []}
    items = readiness_of(found, member)
    names = {
        Group.PARTNER: found.relationship.person.first,
        Group.NEED: "The need",
        Group.FIT: "Does it fit",
        Group.PASSING: "Consent and words",
    }
    # What nothing is passed without comes first, what speaks against it next.
    open_ = sorted(
        (item for item in items if item.met is not True),
        key=lambda item: (not item.firm, item.met is None),
    )
    grouped = [
        (name, [item for item in open_ if item.group == group]) for group, name in names.items()
    ]
    return {
        "readiness": [(name, *_few(own)) for name, own in grouped if own],
        "met": [item for item in items if item.met is True],
        "ready": said(items),
        "heats": HEATS,
        "gaps": gaps(items),
        "pitch": next((item.detail.strip("“”") for item in items if item.key == "tried"), ""),
        "today": member.today(),
        "wording": STATES.allows("introduce", found.state),
    }


def _few(items: list[Item]) -> tuple[list[Item], list[Item]]:
    """Return those that are shown and those behind a tap, which are two or more."""
    few = FEW if len(items) > FEW + 1 else len(items)
    return items[:few], items[few:]


def said(items: tuple[Item, ...]) -> str:
    """Say in a line how far it is."""
    missing = len(gaps(items))
    if not missing:
        return "Nothing is missing."
    line = f"{capital(number(missing))} of {len(items)} still open."
    if in_the_way(items):
        return f"{line} Without both consents nothing is passed."
    return f"{line} It can be passed all the same, with a reason."
