"""The cards of the board and the lines of the list as HTML, and the menus of both.

There are sixty of them, too many for a template.
"""

from datetime import date
from functools import lru_cache
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from touchline.accounts.middleware import MemberRequest
from touchline.core.money import shown
from touchline.core.paths import path_to
from touchline.core.words import count_figure, full_day, late_by
from touchline.referrals.listing.listing import Line
from touchline.referrals.listing.moving import moves
from touchline.referrals.models import Direction, State
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
def _entries(at: Standing) -> SafeString:
    """Return the entries of a menu as HTML, their addresses as from the referral's own page.

    A button for each step that a day is enough for; a link to the referral's own page, whose
    form has more room, for each that asks for more.
    """
    made = []
    for move in moves(at):
        following = " data-next" if move.is_next else ""
        label = escape(move.label)
        if move.asks:
            to = f'href="?step={move.key}#n-next"'
            made.append(f'<a class="verb" {to}{following}>{label} …</a>')
        else:
            name = f'name="step" value="{move.key}"'
            made.append(f'<button class="verb" {name}{following}>{label}</button>')
    return mark_safe("".join(made))  # noqa: S308 - keys of ours, words escaped


class Menus:
    """What those on a page may be moved by: each menu once, however many of them have it.

    A link leads to the referral's own page, which lands here again; ``static/js/board.js`` opens
    the menu beside it instead. A viewer has none.
    """

    def __init__(self, request: MemberRequest) -> None:
        self.may_change = request.member.may_change
        self._back = quote(request.get_full_path())
        self._places: dict[SafeString, int] = {}

    @property
    def each(self) -> list[SafeString]:
        """The menus that were linked to, in the order of the numbers in their links."""
        return [*self._places]

    def link(self, line: Line, url: str, name: str) -> str:
        """Return the link of one, empty where nothing is left; it lands on ``#c-<key>``."""
        entries = _entries(standing_of(line)) if self.may_change else SafeString("")
        if not entries:
            return ""
        place = self._places.setdefault(entries, len(self._places))
        return (
            f'<a class="verb card__move" href="{url}?back={self._back}%23c-{line.pk}#n-next" '
            f'data-menu="{place}" data-seen="{line.version}">'
            f'Move<span class="sr"> {name}</span></a>'
        )


def _escaped(line: Line) -> list[str]:
    """Return the prospect, the need and the partner: escaped in one call and put apart again."""
    texts = (text.replace("\x1e", " ") for text in (line.prospect, line.need, line.partner))
    return str(escape("\x1e".join(texts))).split("\x1e")


def _worth(line: Line, country: str) -> str:
    return str(escape(shown(line.money, country))) if line.money else ""


def card(line: Line, today: date, country: str, menus: Menus) -> SafeString:
    """Return one card of the board."""
    url = path_to("referrals:referral", line.pk)
    name, need, partner = _escaped(line)
    worth = _worth(line, country)
    way = "to" if line.way == Direction.GIVEN else "from"
    return mark_safe(  # noqa: S308 - all that was typed is escaped
        f'<li class="card" id="c-{line.pk}"><a class="card__who" href="{url}">{name}</a>'
        f'<p class="card__need">{need}</p>'
        f'<p class="card__at">{way} {partner}{worth and ", "}{worth}, '
        f"{since(line.state_on, today)}</p>{menus.link(line, url, name)}</li>"
    )


def row(line: Line, today: date, country: str, menus: Menus) -> SafeString:
    """Return one line of the list."""
    url = path_to("referrals:referral", line.pk)
    name, need, partner = _escaped(line)
    way = "to" if line.way == Direction.GIVEN else "from"
    state = State(line.state).label
    if line.state == State.THANKED and line.outcome:
        state = f"{state}, {State(line.outcome).label.lower()}"
    whose = path_to("relationships:relationship", line.partner_pk)
    link = menus.link(line, url, name)
    moved = f'<td class="listed__move">{link}</td>' if menus.may_change else ""
    return mark_safe(  # noqa: S308 - all that was typed is escaped
        f'<tr id="c-{line.pk}"><td class="listed__who"><a href="{url}">{name}</a><p>{need}</p></td>'
        f'<td class="listed__partner">{way} <a href="{whose}">{partner}</a></td>'
        f'<td class="listed__state"><b>{state}</b> {since(line.state_on, today)}</td>'
        f'<td class="listed__worth">{_worth(line, country)}</td>{moved}</tr>'
    )
