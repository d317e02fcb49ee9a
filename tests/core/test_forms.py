"""No form of ours answers in Django's own sentences: each names its field and says what to do."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django import forms
from django.core import validators
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.utils.datastructures import MultiValueDict

import touchline
from tests.examples import TIMES
from tests.test_fence import world  # noqa: F401
from tests.test_twice import ELSEWHERE, Forms, full, pages  # noqa: F401
from touchline.accounts.models import Member
from touchline.core.forms import Form, FormSet
from touchline.demo import makers

# Every way to fill a field badly that a person, or a browser gone wrong, can think of.
BAD: tuple[Any, ...] = (
    "", "   ", "x" * 200_000, "a\x00b", "soon", "-7", "9999999", "3.5", "1e9", "no-such-choice",
    "2026-02-30", "25:61", "anna at example", "javascript:x",
)  # fmt: skip


def kinds(base: type) -> Iterator[type]:
    for one in base.__subclasses__():
        yield one
        yield from kinds(one)


def ours() -> list[type]:
    """Return every form of the product."""
    for module in pkgutil.walk_packages(touchline.__path__, "touchline."):
        if module.name.endswith(".forms"):
            importlib.import_module(module.name)
    found = {one for base in (forms.BaseForm, forms.BaseFormSet) for one in kinds(base)}
    return sorted(
        (one for one in found if one.__module__.startswith("touchline.")), key=lambda one: str(one)
    )


def stock() -> set[str]:
    """Return the beginnings of the sentences that Django says of itself, up to a number."""
    said = set()
    for name in dir(forms.fields):
        field = getattr(forms.fields, name)
        said |= {str(one) for one in getattr(field, "default_error_messages", {}).values()}
    for name in dir(validators):
        said.add(str(getattr(getattr(validators, name), "message", "")))
    said |= {
        "Ensure this value",
        "Ensure this filename",
        "Ensure that there are",
        "Null characters",
    }
    return {one.split("%(")[0].strip() for one in said if "%(" not in one[:12]} - {""}


STOCK = stock()


def in_stock(text: str) -> list[str]:
    return [sentence for sentence in STOCK if sentence in text]


def test_the_sweep_knows_the_sentences_it_looks_for() -> None:
    for sentence in (
        "Enter a whole number.", "This field is required.", "Ensure this value has at most 5",
        "Select a valid choice. x is not one of the available choices.", "Enter a valid date.",
    ):  # fmt: skip
        assert in_stock(sentence), sentence


@pytest.mark.parametrize("kind", ours(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_form_is_made_from_ours(kind: type) -> None:
    assert issubclass(kind, (Form, FormSet)), "make it from touchline.core.forms"


FIELDS = [
    pytest.param(kind, name, id=f"{kind.__module__}.{kind.__name__}.{name}")
    for kind in ours()
    if issubclass(kind, Form)
    for name in kind.base_fields
]


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_every_field_says_in_plain_words_what_is_wrong(kind: type[Form], name: str) -> None:
    """The field alone, taken out of its form, which may want a member or a playbook."""
    lone = type("Lone", (Form,), {name: kind.base_fields[name]})
    said = set()
    for value in BAD:
        for required in (kind.base_fields[name].required, True):
            form = lone({name: value}, MultiValueDict({name: [value]}) if value else None)
            form.fields[name].required = required
            said |= {str(error) for error in form.errors.get(name, [])}
    if isinstance(kind.base_fields[name], forms.FileField):
        empty = lone({}, MultiValueDict({name: [SimpleUploadedFile("x" * 300, b"")]}))
        said |= {str(error) for error in empty.errors.get(name, [])}
    assert said or isinstance(kind.base_fields[name], forms.BooleanField), "nothing was refused"
    for sentence in said:
        assert not in_stock(sentence), sentence
        assert sentence.endswith((".", "…")), sentence


def test_a_sentence_names_the_field_and_its_bounds() -> None:
    class Sample(Form):
        days = forms.IntegerField(label="Days between calls", min_value=1, max_value=400)
        many = forms.IntegerField()
        name = forms.CharField(max_length=3, error_messages={"required": "Give it a name."})

    form = Sample({"days": "soon", "many": "x", "name": "Anna"})
    assert form.errors == {
        "days": ["Days between calls: a whole number from 1 to 400."],
        "many": ["Many: a whole number."],
        "name": ["Name: at most 3 letters. Shorten it."],
    }
    assert Sample({"days": 1, "many": 1}).errors == {"name": ["Give it a name."]}


def test_too_many_rows_are_told_plainly() -> None:
    class Row(Form):
        text = forms.CharField()

    rows = forms.formset_factory(Row, FormSet, max_num=2, absolute_max=2)
    told = rows({"form-TOTAL_FORMS": "9", "form-INITIAL_FORMS": "0"})
    assert told.non_form_errors() == ["That is more than 2 lines. Take some out."]
    assert rows({}).non_form_errors() == ["These lines came incomplete. Load the page again."]


KEPT = ("csrfmiddlewaretoken", "once", "back", "version", "key")
# What a database might refuse where a form lets it through: too long, a NUL, too large. SQLite
# refuses less than PostgreSQL, which is therefore the one to ask. The rest is turned down, or not,
# before a database is asked: that is the same on any. ``make thorough`` tries all.
STORED, TYPED = ("x" * 30_000, "a\x00b", "9999999"), ("", "soon")
UNFIT = STORED if connection.vendor == "postgresql" else TYPED
if TIMES > 1:
    UNFIT = (*STORED, *TYPED)


@pytest.mark.thorough
def test_no_page_answers_in_stock_sentences(
    alice: Member,
    full: dict[str, Any],  # noqa: F811
    browser: Callable[[Member], Client],
) -> None:
    """Every form of every page once, with every field filled badly, and each answer read."""
    client = browser(alice)
    refused = dict.fromkeys(UNFIT, 0)
    met = set()
    for path in pages(full):
        answer = client.get(path)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        reader = Forms(path)
        reader.feed(answer.content.decode())
        for form in reader.found:
            # A form that stands on many pages, with the same fields, is answered the same; also
            # where it is of another row.
            this = (re.sub(r"\d+", "#", form.action), *sorted(name for name, _ in form.fields))
            if form.action.startswith(ELSEWHERE) or this in met:
                continue
            met.add(this)
            kept = {name for name, _ in form.fields if name in KEPT or "_FORMS" in name}
            # Where there is nothing to fill, all post the same.
            for bad in UNFIT if len(kept) < len({name for name, _ in form.fields}) else UNFIT[:1]:
                data: dict[str, list[str]] = {}
                for name, value in form.fields:
                    data.setdefault(name, []).append(value if name in kept else bad)
                with transaction.atomic():
                    told = client.post(form.action, data, follow=True)
                    transaction.set_rollback(True)
                assert told.status_code in (200, 404, 422), (form.action, told.status_code)
                answered = b"".join(told) if told.streaming else told.content
                found = in_stock(answered.decode())
                assert not found, (path, form.action, bad[:20], found)
                refused[bad] += told.status_code == 422
    assert min(refused.values()) > 4, refused


def test_a_nul_is_left_out_of_what_is_stored(
    alice: Member, browser: Callable[[Member], Client]
) -> None:
    person = makers.a_person(alice, "Ruth Abelson")
    data = {"person": [str(person.pk)], "tag": "fa\x00rm", "verb": "add"}
    assert browser(alice).post("/people/tags/", data).status_code == 303
    assert [tag.name for tag in person.tags.all()] == ["farm"]
