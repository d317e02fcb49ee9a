"""Tags and filters for every page."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchline.core import words
from touchline.core.changes import FIELD, token

register = template.Library()


def local_day(value: date | datetime) -> date:
    """Return the day of a moment in the member's time zone; a date is its own day."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value


@register.simple_tag
def once() -> SafeString:
    """Render the hidden field by which a form posted twice changes things once."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, token())


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    """Render a day as people say it, the exact one in its title."""
    if value is None:
        return ""
    on = local_day(value)
    exact = words.full_day(on)
    if isinstance(value, datetime):
        exact += f", {words.clock(timezone.localtime(value))}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        on.isoformat(),
        exact,
        words.day(on, timezone.localdate()),
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
