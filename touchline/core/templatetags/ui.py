"""Tags and filters for every page."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.template.defaulttags import url as django_url
from django.utils import timezone
from django.utils.safestring import SafeString

from touchline.core import markdown, words
from touchline.core.changes import FIELD, token
from touchline.core.hosts import is_only_here
from touchline.core.money import Money, shown
from touchline.core.paths import path_to

register = template.Library()


def local_day(value: date | datetime) -> date:
    """Return the day of a moment in the member's time zone; a date is its own day."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value


@register.simple_tag(takes_context=True)
def only_here(context: Context) -> bool:
    """Say whether the address that this page was asked by opens nowhere else."""
    return is_only_here(context["request"].get_host())


@register.simple_tag
def once() -> SafeString:
    """Render the hidden field by which a form posted twice changes things once."""
    return SafeString(  # A name of ours, and a token of letters, digits, - and _.
        f'<input type="hidden" name="{FIELD}" value="{token()}">'
    )


class QuickCsrfTokenNode(CsrfTokenNode):
    """Django's ``{% csrf_token %}``, quick where there is a token: a page has thirty forms."""

    def render(self, context: Context) -> SafeString:
        given = str(context.get("csrf_token") or "")
        if not given.isalnum() or given == "NOTPROVIDED":
            return SafeString(super().render(context))
        return SafeString(f'<input type="hidden" name="csrfmiddlewaretoken" value="{given}">')


@register.tag
def csrf_token(parser: Parser, token: Token) -> QuickCsrfTokenNode:
    """Take the place of Django's tag of the same name, and behave as it does."""
    return QuickCsrfTokenNode()


class QuickURLNode(URLNode):
    """Django's ``{% url %}``, quick where all arguments are keys, as in nearly every link."""

    def render(self, context: Context) -> str:
        keys = [argument.resolve(context) for argument in self.args]
        if self.kwargs or not all(type(key) is int and key >= 0 for key in keys):
            return super().render(context)
        # Digits and the plain words of our addresses: nothing to escape.
        path = SafeString(path_to(self.view_name.resolve(context), *keys))
        if self.asvar:
            context[self.asvar] = path
            return ""
        return path


@register.tag
def url(parser: Parser, token: Token) -> QuickURLNode:
    """Take the place of Django's tag of the same name, and behave as it does."""
    node = django_url(parser, token)
    return QuickURLNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """Render a day as people say it, the exact one in its title."""
    if value is None:
        return ""
    zone = timezone.get_current_timezone()
    today = datetime.now(zone).date()
    if not isinstance(value, datetime):
        return _shown(value, "", today)
    at = value.astimezone(zone)
    return _shown(at.date(), f", {words.clock(at)}", today)


@lru_cache(maxsize=4096)
def _shown(on: date, clock: str, today: date) -> SafeString:
    """Return a day as it stands in a page: one tells the same few dozen days many times."""
    return SafeString(  # Figures, and the names of days and months.
        f'<time datetime="{on.isoformat()}" title="{words.full_day(on)}{clock}">'
        f"{words.day(on, today)}</time>"
    )


@register.filter
def full_day(value: date | datetime | None) -> str:
    """Say a day in full: *Thursday 26 November*."""
    return "" if value is None else words.full_day(local_day(value), timezone.localdate())


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Say a day briefly: *26 November*."""
    return "" if value is None else words.short_day(local_day(value), timezone.localdate())


@register.filter
def clock(value: datetime | None) -> str:
    """Say a time of day in the member's time zone: *16:30*."""
    return "" if value is None else words.clock(timezone.localtime(value))


@register.filter
def span(minutes: float | None) -> str:
    """Say minutes as a span: *4 h 20*."""
    return "" if minutes is None else words.span(minutes)


@register.filter
def every(days: int | None) -> str:
    """Say a rhythm in days: *every six weeks*."""
    return "" if days is None else words.every(days)


@register.filter
def money(amount: Money | None, country: str) -> str:
    """Say an amount as a country writes it: *£1,250*; nothing where there is none."""
    return "" if amount is None else shown(amount, country)


@register.filter
def marked_up(text: str) -> SafeString:
    """Render a note with its Markdown, safe to show."""
    return markdown.render(text)


@register.filter
def unmarked(text: str) -> str:
    """Give a note’s words without their Markdown."""
    return markdown.plain(text)


@register.filter
def clipped(text: str, letters: int) -> str:
    """Cut a text after a word to at most so many letters, in one line."""
    return words.clipped(text, letters)


@register.filter
def spelled(value: int) -> str:
    """Say a small number in words."""
    return words.number(value)


@register.filter
def ordinal(value: int) -> str:
    """Say which in a row: *third*."""
    return words.ordinal(value)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Return ``mapping[key]``, or an empty text."""
    return mapping.get(key, "") if mapping else ""
