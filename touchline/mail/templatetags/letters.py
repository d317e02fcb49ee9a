"""What messages need beyond the filters of every page."""

from django import template

register = template.Library()


@register.filter
def indented(text: str) -> str:
    """Return a text whose further lines stand under its first, behind the dash of a list."""
    return "\n  ".join(text.splitlines())
