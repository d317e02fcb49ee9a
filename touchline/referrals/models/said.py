"""What is said of a referral in one word."""

from typing import Any

from django.db import models

from touchline.core.money import Money

HEATS = {
    1: "Name and number; they know",
    2: "Material or a written introduction",
    3: "Recommended in conversation",
    4: "A call or meeting set up",
    5: "Introduced in person",
}


class Third(models.TextChoices):
    """What a third partner does in a referral."""

    NOBODY = "", "Nobody else"
    INTRODUCED = "introduced", "Is the one introduced"
    INTRODUCER = "introducer", "Makes the introduction"


class Asked(models.TextChoices):
    """The two who are asked: whoever is to receive the referral, and the prospect.

    Of one given the receiver is the partner, of one received ourselves.
    """

    RECEIVER = "receiver", "The receiver"
    PROSPECT = "prospect", "The prospect"


class Answer(models.TextChoices):
    NONE = "", "No answer yet"
    YES = "yes", "Yes"
    NO = "no", "No"


class How(models.TextChoices):
    NOT_SAID = "", "Not said"
    PHONE = "phone", "On the phone"
    MAIL = "mail", "By mail"
    PERSON = "person", "In person"
    MESSAGE = "message", "By message"


def worth(money: Money | None) -> dict[str, Any]:
    """Return the columns that hold an amount; none of them where it is not known."""
    return {"value_minor": money.minor, "currency": money.currency} if money else {}
