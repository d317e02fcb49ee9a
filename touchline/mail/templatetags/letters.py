"""What messages need beyond the filters of every page."""

from typing import TYPE_CHECKING, Any

from django import template

from touchline.relationships.models import Relationship, State

if TYPE_CHECKING:
    from touchline.accounts.models import Member

register = template.Library()


@register.filter
def indented(text: str) -> str:
    """Return a text whose further lines stand under its first, behind the dash of a list."""
    return "\n  ".join(text.splitlines())


@register.inclusion_tag("mail/_sheet_to.html", takes_context=True)
def sheet_to(context: dict[str, Any]) -> dict[str, Any]:
    """Show the way to a mail with one's own sheet to a partner, in one query."""
    member: Member = context["member"]
    there = Relationship.objects.visible_to(member).exclude(state=State.ENDED)
    there = there.filter(person__do_not_contact=False).order_by("person__sort_key", "pk")
    partners = list(there.values_list("pk", "person__name"))
    return {"partners": partners, "csrf_token": context.get("csrf_token")}
