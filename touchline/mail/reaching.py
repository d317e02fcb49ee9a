"""Where a person is written to, or why nobody may."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from touchline.core.refusal import Refused
from touchline.core.words import one_line
from touchline.mail.draft import Recipient
from touchline.people.models import Company, Person, PointKind

# As the column of a message holds it, and as mail allows.
LONGEST = 254


def addresses(person: Person | Company) -> tuple[str, ...]:
    """Return the e-mail addresses of a person or firm that can be written to, in their order."""
    points = person.points.filter(kind=PointKind.EMAIL).values_list("value", flat=True)
    found = (value.strip().removeprefix("mailto:") for value in points)
    return tuple(dict.fromkeys(one for one in found if _valid(one)))


def _valid(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    # Most servers take no other letters before the @.
    return len(address) <= LONGEST and address.rpartition("@")[0].isascii()


def forbidden(person: Person | Company) -> str:
    """Say why nothing may be sent to a person or firm; empty where it may."""
    if person.deleted_at:
        return f"{person.name} is deleted, so nothing is sent. Bring them back first."
    if isinstance(person, Person) and person.do_not_contact:
        return (
            f"{person.name} asked not to be contacted, so nothing is sent. "
            "If that has changed, say so on their page."
        )
    return ""


def recipient(
    person: Person | Company, wanted: str = "", found: tuple[str, ...] | None = None
) -> Recipient:
    """Return whom to write to: at ``wanted`` where that is theirs, else at their first address.

    ``found`` are their addresses where they are loaded already. Raises Refused where nobody may
    or can write to them, with what to do about it.
    """
    if reason := forbidden(person):
        raise Refused(reason)
    found = addresses(person) if found is None else found
    if not found:
        raise Refused(
            f"{person.name} has no e-mail address that can be written to. Add one on their page."
        )
    return Recipient(one_line(person.name)[:120], wanted if wanted in found else found[0])
