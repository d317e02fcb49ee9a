"""The cards of the board as HTML, and the menu that the list has as well.

There are sixty of them, too many for a template.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.middleware.csrf import get_token
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import FIELD, token
from touchline.core.money import shown
from touchline.core.paths import path_to
from touchline.core.words import count_figure, full_day, late_by
from touchline.referrals.listing.listing import Line
from touchline.referrals.listing.moving import moves
from touchline.referrals.models import Direction
from touchline.referrals.states import thanked_for
from touchline.referrals.stepping import Standing


def age(days: int) -> str:
    """Say how long one has stood where it does: *since today*, *for 3 weeks*, *for 2 years*."""
    if days <= 0:
        return "since today"
    return f"for {late_by(days) if days < 700 else count_figure(days // 365, 'year')}"


def since(on: date, today: date) -> str:
    """Return how long ago a day is as HTML, the day itself in the title."""
    return (
        f'<time datetime="{on.isoformat()}" title="{full_day(on)}">{age((today - on).days)}</time>'
    )


@dataclass(frozen=True, slots=True)
class Posting:
    """What each form of the page posts besides its own: the protection token, where to land."""

    csrf: str
    back: str


def posting_of(request: MemberRequest) -> Posting | None:
    """Return what the menus of a page post; None for who may change nothing."""
    if not request.member.may_change:
        return None
    return Posting(get_token(request), str(escape(request.get_full_path())))


def standing_of(line: Line) -> Standing:
    """Return what of a line decides on its steps; names play no part in a menu."""
    return Standing(
        state=line.state,
        given=line.way == Direction.GIVEN,
        partner="",
        prospect="",
        known=bool(line.person_pk or line.company_pk),
        silent=bool(line.silent),
        receiver_asked=line.receiver_asked_on is not None,
        receiver_answer=line.receiver_answer,
        prospect_asked=line.prospect_asked_on is not None,
        prospect_answer=line.prospect_answer,
        # The day of its state is that of its outcome, where it has one.
        thanked=thanked_for(line.state, line.thanked_on, line.state_on),
    )


@lru_cache(maxsize=512)
def _entries(at: Standing) -> tuple[tuple[str, str], ...]:
    """Return the entries of a menu as HTML before and after the address of the referral.

    A button for each step that a day is enough for; a link to the referral's own page, whose
    form has more room, for each that asks for more.
    """
    made = []
    for move in moves(at):
        following = " data-next" if move.is_next else ""
        label = escape(move.label)
        if move.asks:
            rest = f'?step={move.key}#n-next"{following}>{label} …</a>'
            made.append(('<a class="verb" href="', rest))
        else:
            button = f'<button class="verb" name="step" value="{move.key}"{following}>'
            made.append((f"{button}{label}</button>", ""))
    return tuple(made)


def menu(line: Line, url: str, posting: Posting) -> SafeString:
    """Return what one may be moved by, empty where nothing is left; lands on ``#c-<key>``."""
    return mark_safe(_menu(line, url, str(escape(line.prospect)), posting))  # noqa: S308 - escaped


def _menu(line: Line, url: str, name: str, posting: Posting) -> str:
    entries = _entries(standing_of(line))
    if not entries:
        return ""
    body = "".join(f"{before}{url}{rest}" if rest else before for before, rest in entries)
    return (
        f'<details class="card__menu"><summary class="verb">Move<span class="sr"> {name}</span>'
        f'</summary><form method="post" action="{path_to("referrals:steps", line.pk)}">'
        f'<input type="hidden" name="csrfmiddlewaretoken" value="{posting.csrf}">'
        f'<input type="hidden" name="{FIELD}" value="{token()}">'
        f'<input type="hidden" name="seen" value="{line.version}">'
        f'<input type="hidden" name="back" value="{posting.back}#c-{line.pk}">{body}'
        f"</form></details>"
    )


def card(line: Line, today: date, country: str, posting: Posting | None) -> SafeString:
    """Return one card; without ``posting`` it has no menu, as for a viewer."""
    url = path_to("referrals:referral", line.pk)
    # Escaped in one call and put apart again.
    texts = (text.replace("\x1e", " ") for text in (line.prospect, line.need, line.partner))
    name, need, partner = str(escape("\x1e".join(texts))).split("\x1e")
    worth = f", {escape(shown(line.money, country))}" if line.money else ""
    way = "to" if line.way == Direction.GIVEN else "from"
    moved = _menu(line, url, name, posting) if posting else ""
    return mark_safe(  # noqa: S308 - all that was typed is escaped
        f'<li class="card" id="c-{line.pk}"><a class="card__who" href="{url}">{name}</a>'
        f'<p class="card__need">{need}</p>'
        f'<p class="card__at">{way} {partner}{worth}, {since(line.state_on, today)}</p>{moved}</li>'
    )
