"""The product's addresses, and the floor that its pages are measured against."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from touchline.accounts.middleware import MemberRequest
from touchline.people.models import Person

PLAIN = "abcdefghij"


def floor(request: MemberRequest, key: int) -> HttpResponse:
    """One indexed query, and twenty variables in a template of 10 kB."""
    person = Person.objects.values("name", "title").get(pk=key)
    words = {f"word_{mark}": f"{person['name']} {mark}" for mark in PLAIN}
    titles = {f"title_{mark}": f"{person['title']} {mark}" for mark in PLAIN}
    return render(request, "floor.html", words | titles)


urlpatterns = [
    path("bench/floor/<int:key>/", floor, name="bench_floor"),
    path("", include("touchline.urls")),
]
