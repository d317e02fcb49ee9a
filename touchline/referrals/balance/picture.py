"""A balance as a small picture: what was given to the left, what was received to the right. Pure.

A full bar is ours and a hollow one theirs, so that it reads without colour; the numbers stand
beside it, and in its words for those who do not see it. All x are per cent of the width.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# A bar that stands for something is seen, however small it is beside the largest.
LEAST = 1.5
HALF = 49.0


def width(value: int, most: int) -> float:
    """Return how long a bar is, in per cent: 0 for nothing, ``HALF`` for the most."""
    if value <= 0 or most <= 0:
        return 0.0
    return round(max(LEAST, HALF * min(value, most) / most), 2)


def draw(ours: int, theirs: int, most: int, said: str = "") -> SafeString:
    """Draw both ways on one scale, ``most`` being the longest; ``said`` says what it shows.

    Without words it is left out of what is read aloud: its numbers stand beside it.
    """
    left, right = width(ours, most), width(theirs, most)
    spoken = f'role="img" aria-label="{escape(said)}"' if said else 'aria-hidden="true"'
    given = (
        f'<rect class="given" x="{50 - left:g}%" y="5" width="{left:g}%" height="10"/>'
        if left
        else ""
    )
    received = (
        f'<rect class="received" x="50%" y="5.75" width="{right:g}%" height="8.5"/>'
        if right
        else ""
    )
    return mark_safe(  # noqa: S308 - numbers, and words that are escaped
        f'<svg class="both-ways" {spoken}>{given}{received}'
        '<line x1="50%" x2="50%" y1="0" y2="20"/></svg>'
    )
