"""Everything known of one person."""

from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, back, change
from touchline.meetings import capturing
from touchline.meetings.fact_form import FactForm
from touchline.meetings.knowing import listing
from touchline.playbook.models import of
from touchline.relationships.views.reaching import relationship_of


@change
def facts(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the facts by topic, with ``?topic=`` all on one; a POST keeps a new one."""
    relationship = relationship_of(request, pk)
    member = request.member
    posted = request.POST if request.method == "POST" else None
    form = FactForm(of(member.workspace), posted)
    if posted is not None and form.is_valid():
        capturing.fact(
            relationship,
            member,
            form.cleaned_data["text"],
            on=member.today(),
            said_by=form.cleaned_data["said_by"],
            **form.filed(member),
        )
        return SeeOther(back(request, relationship.get_absolute_url()))
    page = {
        "section": "people",
        "relationship": relationship,
        "person": relationship.person,
        "form": form,
        "shelves": listing.theirs(member, relationship.person_id, request.GET.get("topic", "")),
        "only": request.GET.get("topic", ""),
    }
    return render(request, "relationships/facts.html", page, status=200 if posted is None else 422)
