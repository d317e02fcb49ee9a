"""Addresses by ``path_to`` and by the tag of the templates are those that Django gives."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse

from touchline.core.paths import path_to


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("today:today", ()),
        ("people:person", (7,)),
        ("people:person", (0,)),
        ("relationships:relationship", (123_456_789_012,)),
        ("meetings:close_out", (31,)),
    ],
)
def test_paths_are_those_of_reverse(name: str, keys: tuple[int, ...]) -> None:
    assert path_to(name, *keys) == reverse(name, args=keys)
    arguments = " ".join(str(key) for key in keys)
    template = Template("{% url '" + name + "' " + arguments + " %}")
    assert template.render(Context()) == reverse(name, args=keys)


def test_names_that_are_not_there_are_refused() -> None:
    with pytest.raises(NoReverseMatch):
        path_to("people:nowhere", 7)


def test_the_tag_still_takes_what_is_no_key() -> None:
    named = Template("{% url 'people:person' person_id=7 as here %}[{{ here }}]")
    assert named.render(Context()) == f"[{reverse('people:person', args=[7])}]"
    keyed = Template("{% url 'people:person' key as here %}[{{ here }}]")
    assert keyed.render(Context({"key": 7})) == f"[{reverse('people:person', args=[7])}]"
    with pytest.raises(NoReverseMatch):
        Template("{% url 'people:person' key %}").render(Context({"key": None}))
