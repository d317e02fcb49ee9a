"""Every text of every row has a mark of its own; the page has those that are meant to be there.

A column that comes later is hidden: it has to be written into ``SHOWN`` here, and into a shape.
"""

import re
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.utils import timezone

from tests.sheets.partner_page.cast import Cast
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import an_ideal
from touchline.demo.sheet_makers import an_arrival
from touchline.people.models import Double
from touchline.relationships.models import Relationship
from touchline.sheets.models import Arrival, SheetChange

# What a partner may read: of which row, by the name it has in the cast, which columns.
SHOWN = {
    "workspace.name",
    "user alice.name",
    "person anwen.name",
    "person anwen.given",
    "onetoone one.place",
    "onetoone one.video_url",
    "agendaitem ours.text",
    "agendaitem theirs.text",
    "action promised.text",
    "action owed.text",
    "referral named.need",
    "referral received.need",
    # Without whatever in it tells of the prospect: test_unnamed.
    "referral unnamed.need",
    "person tom.name",
    "company tom.name",
    "person ian.name",
    "arrival answer.text",
    "arrival feedback.text",
    "arrival going.text",
    "theiranswer told.topic",
    "theiranswer told.text",
    "message recap.text",
    *(
        f"sheet alice.{name}"
        for name in ("role", "phone", "email", "website", "about", "work", "ideal", "story",
                     "interests", "family", "networks", "introduce")
    ),
    *(f"companysheet.{name}" for name in ("about", "offer", "area", "website")),
}  # fmt: skip
# A calendar holds no more than the invitation.
IN_THE_CALENDAR = {"user alice.name", "onetoone one.place", "onetoone one.video_url"}

# What a row is kept by, not what it says; none of it may be shown either, see below.
KEYS = {"link.nonce", "link.token_hash"}
# Columns that say how a row is read, so that a mark in them would make it another row.
READ_BY = {
    "member.time_zone", "workspace.country", "workspace.time_zone", "agendaitem.prompt_about",
    "theirsheet.source", "referral.outcome",
}  # fmt: skip
MARK = re.compile(r"zq(\d+)z", re.IGNORECASE)


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("touchline.")]


def fill(cast: Cast) -> None:
    """Make a row of every model that has none, on the relationship and its person."""
    pool: dict[type[models.Model], models.Model] = {
        Relationship: cast.anwen, type(cast.anwen.person): cast.anwen.person,
        type(cast.named): cast.named, type(cast.one): cast.one,
    }  # fmt: skip
    waiting = [model for model in ours() if not model._default_manager.exists()]
    for whole in (True, True, False, True):
        for model in list(waiting):
            given = {}
            for column in model._meta.concrete_fields:
                value = something(column, pool)
                if value is not None and (whole or not column.null):
                    given[column.name] = value
            try:
                with transaction.atomic():
                    pool[model] = model._default_manager.create(**given)
                waiting.remove(model)
            except IntegrityError:
                continue
    assert not waiting, f"{waiting}: make one of these by hand in ``private_rows``"


def something(column: Any, pool: dict[Any, Any]) -> Any:
    """Return a value that the column takes; None where it can do without."""
    if column.primary_key and not column.is_relation:
        return None
    if column.is_relation:
        return pool.get(column.related_model) or column.related_model._default_manager.first()
    if column.has_default() or (column.null and not isinstance(column, models.TextField)):
        return None
    if column.choices:
        return column.choices[0][0]
    kinds: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.DateTimeField, timezone.now()),
        (models.DateField, date(2026, 3, 4)),
        (models.IntegerField, 7),
        (models.FloatField, 7.0),
        (models.DecimalField, 2),
        (models.BooleanField, False),
        (models.BinaryField, b"1"),
        (models.CharField, "x"),
        (models.TextField, "x"),
    ]
    for kind, value in kinds:
        if isinstance(column, kind):
            return value
    return None


def mark(names: dict[tuple[str, int], str]) -> dict[int, str]:
    """Write a mark of its own into every text of every row; return what each mark stands for."""
    found: dict[int, str] = {}
    number = count(1)
    for model in ours():
        label = model._meta.model_name or ""
        for row in model._default_manager.all():
            values = {}
            for column in model._meta.concrete_fields:
                place = f"{label}.{column.name}"
                if column.choices or column.primary_key or place in READ_BY | KEYS:
                    continue
                if not isinstance(column, models.CharField | models.TextField):
                    continue
                if column.max_length and column.max_length < 10:
                    continue
                at = next(number)
                values[column.name] = marked(column, at)
                name = names.get((label, row.pk), "")
                found[at] = f"{label} {name}.{column.name}" if name else place
            if values:
                model._default_manager.filter(pk=row.pk).update(**values)
    return found


def marked(column: models.Field[Any, Any], at: int) -> str:
    if isinstance(column, models.URLField):
        return f"https://zq{at}z.example"
    if isinstance(column, models.EmailField):
        return f"zq{at}z@example.org"
    return f"Zq{at}z"


def named(cast: Cast) -> dict[tuple[str, int], str]:
    """Return the rows of the cast that a partner may read from, by model and key."""
    member, anwen = cast.alice, cast.anwen
    an_arrival(anwen, member, "answer", answer="other", text="x", one_to_one=cast.one,
               sequence=cast.one.sequence)  # fmt: skip
    an_arrival(anwen, member, "feedback", text="x", referral=cast.named)
    an_arrival(anwen, member, "going", text="x")
    tom, ian = cast.named.person, cast.received.person
    assert tom
    assert ian
    assert tom.company_id
    sheet = anwen.their_sheets.get()
    return {
        ("user", member.user_id): "alice", ("person", anwen.person_id): "anwen",
        ("onetoone", cast.one.pk): "one", ("agendaitem", cast.ours.pk): "ours",
        ("agendaitem", cast.theirs.pk): "theirs", ("action", cast.promised.pk): "promised",
        ("action", cast.owed.pk): "owed", ("referral", cast.named.pk): "named",
        ("referral", cast.received.pk): "received", ("referral", cast.unnamed.pk): "unnamed",
        ("person", tom.pk): "tom",
        ("company", tom.company_id): "tom", ("person", ian.pk): "ian",
        ("theiranswer", sheet.answers.get().pk): "told",
        ("message", anwen.messages.get().pk): "recap", ("sheet", member.sheet.pk): "alice",
        **{("arrival", each.pk): each.what for each in Arrival.objects.all()},
    }  # fmt: skip


@pytest.fixture
def marks(cast: Cast) -> dict[int, str]:
    """Everything there is, marked."""
    names = named(cast)
    private_rows(cast)
    fill(cast)
    return mark(names)


def private_rows(cast: Cast) -> None:
    """Make what hangs on the same relationship and is nobody's but ours."""
    member, anwen, today = cast.alice, cast.anwen, cast.alice.today()
    note = makers.a_note(anwen, member, "x", one_to_one=cast.one)
    makers.a_note(anwen, member, "y", private=True)
    makers.a_note(anwen, member, "z", shared=True)
    makers.a_fact(anwen, member, "family", "x")
    makers.a_call(anwen, member, today, text="x")
    makers.an_action(anwen, member, "theirs", "x", today, state="dropped", settled_on=today)
    makers.an_action(anwen, member, "mine", "x", today, state="kept",
                     settled_on=today - timedelta(days=90))  # fmt: skip
    makers.an_agenda_item(anwen, member, "mine", "x", about_note=note)
    makers.an_agenda_item(anwen, member, "mine", "x", prompt="own-1", prompt_about="x")
    makers.an_agenda_item(anwen, member, "theirs", "x", dropped=True)
    makers.a_one_to_one(anwen, member, today + timedelta(days=90), place="x")
    an_ideal(anwen)
    Double.objects.create(
        workspace=member.workspace, one=anwen.person, other=cast.other.person, certainty=0.9
    )
    SheetChange.objects.create(
        workspace=member.workspace, sheet=member.sheet, version=1, field="about", before="x",
        by=member, at=timezone.now(),
    )  # fmt: skip


def on(text: str, marks: dict[int, str]) -> set[str]:
    return {marks[int(each)] for each in MARK.findall(text)}


def test_of_every_text_that_there_is_a_partner_reads_these_and_no_other(
    cast: Cast, marks: dict[int, str]
) -> None:
    read = on(cast.read(), marks)
    assert read - SHOWN == set(), "nobody decided that a partner may read this"
    assert SHOWN - read == set(), "the page does not show this any more"


def test_and_so_does_their_calendar(cast: Cast, marks: dict[int, str]) -> None:
    file = Client().get(f"{cast.path}one-to-one.ics")
    assert on(file.content.decode().replace("\r\n ", ""), marks) == IN_THE_CALENDAR


def test_every_model_of_a_relationship_was_tried(cast: Cast, marks: dict[int, str]) -> None:
    tried = {label.split(".")[0].split(" ")[0] for label in marks.values()}
    related = {each.related_model._meta.model_name for each in Relationship._meta.related_objects}
    assert related - tried == {"link"}, "of which there are only keys"


def test_no_number_of_ours_is_on_it(cast: Cast) -> None:
    cast.named.value_minor, cast.named.currency, cast.named.heat = 98_765_43, "GBP", 5
    cast.named.save()
    Relationship.objects.update(notes="", meeting_days=777, length_minutes=444, alignment="low")
    shown = visible(cast.read())
    for number in ("98765", "98,765", "777", "444"):
        assert number not in shown
    for word in ("alignment", "weekly", "load", "one of our", "heat", "stage", "programme"):
        assert word not in shown.lower()


def visible(page: str) -> str:
    """Return what one reads, without addresses and receipts."""
    return re.sub(r"<[^>]*>", " ", page)


def test_a_colleague_and_another_workspace_are_not_on_it(
    cast: Cast, bob: Member, stranger: Member
) -> None:
    for each in ("Bob Dale", "Zoe", "Elsewhere", "Glyn", "Una Vaughan", "Call the club"):
        assert each not in cast.read()


def test_neither_its_own_secret_in_the_title_nor_what_the_table_keeps_of_any(cast: Cast) -> None:
    page = cast.read()
    title = re.search(r"<title>(.*?)</title>", page)
    assert title
    assert cast.link.token not in title[1]
    for link in cast.anwen.links.all():
        assert link.nonce not in page
        assert link.token_hash not in page


def test_what_they_typed_and_did_not_hand_in_is_not_shown_here(cast: Cast) -> None:
    answer = cast.anwen.their_sheets.get().answers.get()
    now: datetime = timezone.now()
    for state, handed in (("typed", now), ("proposed", None)):
        answer.state = state
        answer.save()
        cast.anwen.their_sheets.update(handed_in_at=handed)
        assert "Sings in a choir" not in cast.read()
    cast.anwen.their_sheets.update(handed_in_at=now)
    assert "Sings in a choir" in cast.read()
    cast.anwen.their_sheets.update(source="put_in")
    assert "Sings in a choir" not in cast.read(), "a sheet that we put in is ours"


@pytest.mark.parametrize(("audience", "there"), [("anyone", True), ("partners", True),
                                                 ("off", False), ("", False)])  # fmt: skip
def test_of_my_sheet_they_read_what_is_for_partners(cast: Cast, audience: str, there: bool) -> None:
    sheet = cast.alice.sheet
    sheet.audiences = {"family": audience} if audience else {}
    sheet.save()
    assert ("Two girls at school" in cast.read()) is there
