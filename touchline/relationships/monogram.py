"""Initials, and beneath them how many one-to-ones took place: dots, then a partner's line. Pure."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

PIPS = 3
LINE = '<svg><line x1="0" x2="100%" y1="3" y2="3"/></svg>'


def monogram(
    initials: str,
    took_place: int | None,
    *,
    partner: bool = False,
    planned: bool = False,
    large: bool = False,
) -> SafeString:
    """Draw the monogram; ``took_place`` None where there is no programme.

    Up to three pips fill as one-to-ones take place, the next is green where one is
    ``planned``; a ``partner`` has a line instead (M1).
    """
    classes = "monogram"
    if large:
        classes += " monogram--large"
    if took_place is None:
        classes += " monogram--out"
        marks = '<svg viewBox="0 0 28 6"></svg>'
    elif partner:
        marks = LINE
    else:
        pips = []
        for place in range(PIPS):
            held = place < took_place
            following = planned and place == took_place
            kind = " pip--held" if held else " pip--next" if following else ""
            radius = 2.4 if held else 2
            pips.append(f'<circle class="pip{kind}" cx="{6 + 8 * place}" cy="3" r="{radius}"/>')
        marks = f'<svg viewBox="0 0 28 6" preserveAspectRatio="xMinYMid">{"".join(pips)}</svg>'
    return mark_safe(  # noqa: S308 - the initials are escaped, the rest is ours
        f'<span class="{classes}" aria-hidden="true"><span>{escape(initials)}</span>{marks}</span>'
    )
