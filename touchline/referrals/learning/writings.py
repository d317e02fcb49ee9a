"""How an ideal referral came to be said: its changes put together by writing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from touchline.core.words import capital, listed, mid_sentence, number
from touchline.referrals.learning.ideal import BY_KEY, PARTS
from touchline.referrals.models import IdealChange

NAMED = 4  # Fields of one writing that its heading names, at most.


@dataclass(frozen=True, slots=True)
class Changed:
    """A field as a writing found it and left it."""

    field: str
    before: str
    after: str

    @property
    def heading(self) -> str:
        return BY_KEY[self.field].heading

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Its lines: those that are *gone* first, then those that stand, the *new* ones told."""
        before, after = self.before.splitlines(), self.after.splitlines()
        return [
            *((line, "gone") for line in before if line not in after),
            *((line, "" if line in before else "new") for line in after),
        ]


@dataclass(frozen=True, slots=True)
class Writing:
    """What one hand wrote on one day, taught by one referral or by none.

    ``last`` is the newest of its changes, which says when, who and by which referral.
    """

    last: IdealChange
    changed: list[Changed]

    @property
    def headings(self) -> str:
        """The fields that changed: *Their role, size and area*, or how many they are."""
        if len(self.changed) > NAMED:
            return f"{capital(number(len(self.changed)))} fields"
        first, *others = (one.heading for one in self.changed)
        return listed([first, *(mid_sentence(one) for one in others)])


def writings(changes: Iterable[IdealChange]) -> list[Writing]:
    """Put changes, the newest first, together by day, hand and referral.

    A field that was changed more than once by then is said as it was before the first and after
    the last; changed and changed back it is left out. Fields stand in the order of the page.
    """
    found: list[tuple[IdealChange, dict[str, Changed]]] = []
    for one in changes:
        if not found or _of(one) != _of(found[-1][0]):
            found.append((one, {}))
        fields = found[-1][1]
        if one.field in fields:
            fields[one.field] = replace(fields[one.field], before=one.before)
        else:
            fields[one.field] = Changed(one.field, one.before, one.after)
    order = [part.key for part in PARTS]
    told = [
        Writing(
            last,
            sorted(
                (each for each in fields.values() if each.before != each.after),
                key=lambda each: order.index(each.field),
            ),
        )
        for last, fields in found
    ]
    return [one for one in told if one.changed]


def _of(change: IdealChange) -> tuple[object, ...]:
    return change.on, change.by_id, change.referral_id
