"""Renames and deletes a tag."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from touchline.accounts.middleware import MemberRequest
from touchline.core.changes import SeeOther, change, only_a_form
from touchline.people.editing import delete_tag, rename_tag
from touchline.people.forms import TagForm
from touchline.people.models import Tag


@only_a_form
def tag(request: MemberRequest, tag_id: int) -> HttpResponse:
    """Show the form that renames a tag; a POST does it."""
    found = get_object_or_404(Tag.objects.visible_to(request.member), pk=tag_id)
    form = TagForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        rename_tag(request.member, found, form.cleaned_data["name"])
        messages.success(request, "The tag is renamed.")
        return SeeOther(reverse("people:tags"))
    status = 422 if request.method == "POST" else 200
    page = {"section": "people", "tag": found, "form": form}
    return render(request, "people/tag.html", page, status=status)


@change
def tag_deletion(request: MemberRequest, tag_id: int) -> HttpResponse:
    """Delete a tag; the people who had it stay."""
    found = get_object_or_404(Tag.objects.visible_to(request.member), pk=tag_id)
    if request.method != "POST":
        return redirect("people:tags")
    delete_tag(request.member, found)
    messages.success(request, f"The tag “{found.name}” is gone; the people who had it stay.")
    return SeeOther(reverse("people:tags"))
