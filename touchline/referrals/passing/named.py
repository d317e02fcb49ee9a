"""What a partner may see of a referral. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ForPartner:
    """All that the partner of a referral may see of it; ``prospect`` is empty while unnamed."""

    direction: str
    need: str
    prospect: str
    company: str
    asked_on: date | None
    answer: str
    introduced_on: date | None
