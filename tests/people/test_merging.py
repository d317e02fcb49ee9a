"""Two people made one, and parted again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.test_fence import rows_of
from touchline.accounts.models import Member, Role
from touchline.core.refusal import Refused
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral, an_ideal
from touchline.demo.sheet_makers import a_link, an_arrival
from touchline.journal.models import Entry
from touchline.mail.models import Message
from touchline.meetings.models import (
    TOOK_PLACE,
    AgendaItem,
    Asked,
    Decision,
    Fact,
    Note,
    NotInCommon,
    OneToOne,
    OwnPrompt,
    PitchCard,
    State,
)
from touchline.people import search
from touchline.people.editing import tags_named
from touchline.people.importing.at_once import bring_in_file
from touchline.people.merging import choosing, hanging, making_one, parting
from touchline.people.merging.answering import answering
from touchline.people.models import (
    Company,
    ContactPoint,
    Identity,
    Import,
    Merge,
    Person,
    Photo,
    Touched,
)
from touchline.people.purging import purge
from touchline.referrals.models import Help
from touchline.relationships.models import Relationship, Step
from touchline.sheets.models import TheirAnswer, TheirSheet

Browser = Callable[[Member], Client]
LEFT_ALONE = ("journal.", "accounts.", "people.Merge", "people.Import", "core.")


def ours() -> Iterator[type[Model]]:
    """Yield every model of the domain."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.label.startswith(LEFT_ALONE) and model.__module__.startswith(
            ("touchline.", "people")
        ):
            yield model


def domain() -> dict[str, list[str]]:
    """Return every row of the domain, to compare."""
    return rows_of(ours())


@pytest.fixture
def pair(alice: Member) -> tuple[Person, Person]:
    """Two records of one person, both with a programme and all that may hang on it."""
    return (everything(alice, "Anwen Pritchard"), everything(alice, "A. Pritchard"))


def everything(member: Member, name: str) -> Person:
    """Make a person on whom one row of every model hangs, through the other rows too."""
    today = member.today()
    person = makers.a_person(
        member, name, company=f"{name} Ltd", tags=("farm", name), email="anwen@example.org",
        phone=f"0161 496 00{len(name)}", notes=f"Notes on {name}", title=f"{name}’s title",
        extra=[["Hobby", name]],
    )  # fmt: skip
    relationship = makers.a_relationship(
        member, person, on=today - timedelta(days=90), held_before=2,
        held_before_last_on=today - timedelta(days=100), notes=f"Programme of {name}",
    )  # fmt: skip
    held = makers.a_one_to_one(
        relationship, member, today - timedelta(days=20), state=State.CLOSED_OUT
    )
    makers.a_one_to_one(relationship, member, today + timedelta(days=20))
    makers.a_note(relationship, member, f"A note on {name}", one_to_one=held)
    makers.a_fact(relationship, member, "family", f"A fact of {name}", one_to_one=held)
    makers.an_action(relationship, member, "mine", "Send it", today, one_to_one=held)
    makers.an_agenda_item(relationship, member, "mine", "Ask", covered_in=held)
    makers.a_call(relationship, member, today - timedelta(days=3))
    Decision.objects.create(
        workspace=member.workspace, relationship=relationship, one_to_one=held, by=member,
        on=today, choice="continue", meeting_days_before=63, meeting_tolerance_days_before=28,
        meeting_days_after=63, load_before=1, load_after=1,
    )  # fmt: skip
    home = {"workspace": member.workspace, "relationship": relationship}
    Asked.objects.create(
        **home, by=member, prompt="goals-1", outcome="answered", on=today, one_to_one=held
    )
    OwnPrompt.objects.create(**home, key=f"own-{name}", topic="goals", text="Why?", memory="once")
    PitchCard.objects.create(**home, sentence=f"Ask for {name}")
    NotInCommon.objects.create(**home, member=member, theme=f"rugby-{name}"[:60])
    Message.objects.create(
        **home, by=member, what="recap", to_address="a@example.org", subject="Recap",
        text="Hello", message_id=f"<{name}@example.org>", made_at=timezone.now(),
    )  # fmt: skip
    a_referral(relationship, member, person=None)
    an_ideal(relationship, roles="Owner")
    a_link(relationship, member, "page")
    sheet = TheirSheet.objects.create(**home, source="put_in", began_at=timezone.now())
    TheirAnswer.objects.create(
        workspace=member.workspace, sheet=sheet, topic="family", text="Two", typed_at=timezone.now()
    )
    an_arrival(relationship, member, "going", f"Well, says {name}")
    Help.objects.create(**home, by=member, direction="given", text="A talk", on=today)
    Identity.objects.create(workspace=member.workspace, person=person, key=f"uid:{name}")
    Photo.objects.create(workspace=member.workspace, person=person, content=b"x", source=name)
    Touched.objects.create(
        workspace=member.workspace, person=person, made=True,
        of=Import.objects.create(workspace=member.workspace, member=member, filename="a.csv"),
    )  # fmt: skip
    search.index([person.pk])
    return person


def merged(by: Member, kept: Person, other: Person, **choices: Any) -> Merge:
    return making_one.merge(by, kept, other, choices)


def found(member: Member, text: str) -> list[int]:
    return search.find(member, text).ids


def test_whatever_hangs_on_somebody_moves_or_is_named_as_left(
    alice: Member, pair: tuple[Person, Person]
) -> None:
    """Fails for a model to come that hangs on a person, until a row of it is made above."""
    kept, other = pair
    programme = kept.relationship
    for each in pair:
        a_referral(
            makers.a_relationship(alice, f"Friend of {each}"), alice, person=each,
            third=each.relationship, third_is="introduced",
        )  # fmt: skip
    every = {
        relation.key: relation
        for owner in (Person, Relationship)
        for field in owner._meta.get_fields(include_hidden=True)
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one)
        for relation in [hanging.Relation(field.field.model, field.field.name)]
    }
    assert {"people.Person_tags.person", "meetings.Note.relationship"} < set(every)
    assert set(hanging.left()) <= set(every), "a relation is left that is not there any more"
    before = {}
    for key, relation in every.items():
        if key in hanging.left():
            continue
        owner = other.pk if relation.column == "person" else other.relationship.pk
        if key == "relationships.Relationship.person":
            continue
        before[key] = relation.keys(owner)
        assert before[key], f"make a row of {key} in everything(), so that its move is seen"
    merged(alice, kept, other)
    for key, keys in before.items():
        relation = every[key]
        home = kept.pk if relation.column == "person" else programme.pk
        stayed = Merge.objects.get().stayed[key]
        assert set(keys) - set(stayed) <= set(relation.keys(home)), key
    stayed = {key: keys for key, keys in Merge.objects.get().stayed.items() if keys}
    # The pitch card, the ideal referral, the picture, the tag and the address that both have.
    assert sorted(stayed) == [
        "meetings.PitchCard.relationship", "people.ContactPoint.person",
        "people.Person_tags.person", "people.Photo.person",
        "referrals.IdealReferral.relationship", "sheets.Link.relationship",
    ]  # fmt: skip
    assert {len(keys) for keys in stayed.values()} == {1}


def test_the_other_is_out_of_every_list_and_the_one_is_found_by_both(
    alice: Member, pair: tuple[Person, Person]
) -> None:
    kept, other = pair
    assert found(alice, "Ltd") == sorted([kept.pk, other.pk], key=lambda pk: pk != other.pk)
    merged(alice, kept, other, name=other.pk)
    for words in ("A fact of A. Pritchard", "Notes on Anwen", "Notes on A.", "A. Pritchard"):
        assert found(alice, words) == [kept.pk], words
    assert list(Person.objects.visible_to(alice)) == [kept]
    assert search.reindex(alice.workspace) == 1
    assert list(Relationship.objects.visible_to(alice)) == [kept.relationship]
    assert OneToOne.objects.visible_to(alice).count() == 4
    assert Fact.objects.visible_to(alice).filter(person=kept).count() == 2
    entry = Entry.objects.get(verb="person.merge")
    assert (entry.person_id, entry.details["other"]) == (kept.pk, other.pk)


def test_m1_counts_what_took_place_in_either(alice: Member, pair: tuple[Person, Person]) -> None:
    kept, other = pair
    merged(alice, kept, other)
    programme = Relationship.objects.get(person=kept)
    assert programme.held_before == 4
    assert programme.took_place == 2
    assert programme.one_to_ones.filter(state__in=TOOK_PLACE).count() == 2
    parting.part(alice, other.pk)
    for one in (kept, other):
        programme = Relationship.objects.get(person=one)
        assert (programme.held_before, programme.took_place) == (2, 1)


def test_the_programme_that_is_further_leads(alice: Member) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    kept, other = makers.a_person(alice, "Ann Lee"), makers.a_person(alice, "Ann Lee")
    mine = makers.a_relationship(alice, kept, meeting_days=30, place="The Crown", notes="One")
    theirs = makers.a_relationship(
        carol, other, stage="getting_to_know_you", held_before=1, meeting_days=90, notes="Two",
        held_before_last_on=alice.today(), we_expect="A name",
    )  # fmt: skip
    mine.pause(alice, until=alice.today() + timedelta(days=9), today=alice.today())
    merged(alice, kept, other)
    now = Relationship.objects.get(person=kept)
    assert (now.pk, now.stage, now.meeting_days) == (mine.pk, "getting_to_know_you", 90)
    assert (now.place, now.notes, now.we_expect) == ("The Crown", "One\n\nTwo", "A name")
    assert (now.state, now.paused_until) == ("active", None)
    assert (now.main_contact, now.held_before) == (carol, 1)
    assert now.held_before_last_on == alice.today()
    assert Step.objects.filter(relationship=now).count() == 2
    # Counted more since, the day of the last one may not go with the merge.
    Relationship.objects.filter(pk=now.pk).update(held_before=3)
    parting.part(alice, other.pk)
    now.refresh_from_db()
    assert (now.stage, now.meeting_days, now.main_contact) == ("prospective", 30, alice)
    assert (now.state, now.held_before, now.notes) == ("paused", 2, "One")
    theirs.refresh_from_db()
    assert (theirs.person, theirs.held_before, theirs.stage) == (other, 1, "getting_to_know_you")


def test_the_main_contact_is_one_of_the_two(alice: Member) -> None:
    carol = makers.a_member(alice.workspace, "carol@example.org", "Carol", Role.MEMBER)
    kept, other = makers.a_person(alice, "Ann Lee"), makers.a_person(alice, "Ann Lee")
    makers.a_relationship(alice, kept)
    makers.a_relationship(carol, other)
    merged(alice, kept, other, main_contact=carol.pk)
    assert Relationship.objects.get(person=kept).main_contact == carol
    parting.part(alice, other.pk)
    merged(alice, kept, other, main_contact=999)
    assert Relationship.objects.get(person=kept).main_contact == alice


def test_parting_gives_back_what_came_with_what_was_done_to_it(
    alice: Member, pair: tuple[Person, Person]
) -> None:
    kept, other = pair
    theirs, mine = other.relationship, kept.relationship
    meeting = theirs.one_to_ones.get(state=State.PLANNED)
    fact = Fact.objects.get(person=other)
    merged(alice, kept, other)
    meeting.refresh_from_db()
    meeting.move(alice, starts_at=meeting.starts_at + timedelta(days=2))
    corrected = fact.__class__.objects.get(pk=fact.pk).correct(
        alice, text="Corrected", on=alice.today(), one_to_one=None
    )
    both = Relationship.objects.get(person=kept)
    in_it = makers.a_note(both, alice, "In their meeting", one_to_one=meeting)
    own = makers.a_note(both, alice, "Between meetings")
    new = makers.a_one_to_one(both, alice, alice.today() + timedelta(days=50))
    Person.objects.filter(pk=kept.pk).update(title="Edited since")
    parting.part(alice, other.pk)
    meeting.refresh_from_db()
    assert (meeting.relationship_id, meeting.times_moved) == (theirs.pk, 1)
    assert Note.objects.get(pk=in_it.pk).relationship_id == theirs.pk
    assert Fact.objects.get(pk=corrected.pk).person_id == other.pk
    assert Note.objects.get(pk=own.pk).relationship_id == mine.pk
    assert OneToOne.objects.get(pk=new.pk).relationship_id == mine.pk
    kept.refresh_from_db()
    assert (kept.title, kept.notes) == ("Edited since", "Notes on Anwen Pritchard")
    assert set(found(alice, "Pritchard")) == {kept.pk, other.pk}
    assert found(alice, "Corrected") == [other.pk]
    assert Entry.objects.filter(verb="person.part", person_id=kept.pk).exists()


def test_a_programme_that_came_whole_goes_back_and_what_was_added_stays(alice: Member) -> None:
    kept, other = makers.a_person(alice, "Ann Lee"), makers.a_person(alice, "Ann Lee")
    theirs = makers.a_relationship(alice, other, held_before=1, held_before_last_on=alice.today())
    planned = makers.a_one_to_one(theirs, alice, alice.today())
    merged(alice, kept, other)
    theirs.refresh_from_db()
    assert theirs.person == kept
    item = makers.an_agenda_item(theirs, alice, "mine", "Ask")
    item.cover(alice, planned)
    new = makers.a_one_to_one(theirs, alice, alice.today() - timedelta(days=4), state=State.HELD)
    parting.part(alice, other.pk)
    theirs.refresh_from_db()
    assert theirs.person == other
    assert (theirs.held_before, theirs.took_place) == (1, 0)
    stays = Relationship.objects.get(person=kept)
    assert (stays.held_before, stays.took_place) == (0, 1)
    assert OneToOne.objects.get(pk=new.pk).relationship == stays
    # Covered in a meeting that went back, it goes with it.
    assert AgendaItem.objects.get(pk=item.pk).relationship == theirs
    assert stays.steps.count() == 1


def test_a_company_deleted_since_does_not_come_back_with_a_parting(alice: Member) -> None:
    kept = makers.a_person(alice, "Ann Lee", company="Old")
    other = makers.a_person(alice, "Ann Lee", company="New")
    old = kept.company
    merged(alice, kept, other, company=other.pk)
    Company.objects.get(pk=old.pk).delete_by(alice)
    parting.part(alice, other.pk)
    kept.refresh_from_db()
    assert kept.company is None


def test_chains_are_parted_from_the_top(alice: Member) -> None:
    before = {}
    one, two, three = (everything(alice, name) for name in ("One Lee", "Two Lee", "Three Lee"))
    before = domain()
    merged(alice, one, two)
    merged(alice, three, one)
    assert answering(alice, two.pk) == three
    assert Relationship.objects.get(person=three).held_before == 6
    assert OneToOne.objects.visible_to(alice).filter(relationship__person=three).count() == 6
    with pytest.raises(Refused, match="merged into Three Lee since"):
        parting.part(alice, two.pk)
    parting.part(alice, one.pk)
    assert answering(alice, two.pk) == one
    parting.part(alice, two.pk)
    assert domain() == before
    merged(alice, one, two)
    merged(alice, one, three)
    with pytest.raises(Refused, match="Part Three first"):
        parting.part(alice, two.pk)
    parting.part(alice, three.pk)
    parting.part(alice, two.pk)
    assert domain() == before


def test_who_is_not_there_is_not_merged(alice: Member, stranger: Member) -> None:
    one, two, three = (makers.a_person(alice, name) for name in ("A B", "C D", "E F"))
    with pytest.raises(Refused, match="one person already"):
        merged(alice, one, one)
    with pytest.raises(Refused, match="Look again"):
        merged(alice, one, makers.a_person(stranger, "Far Away"))
    merged(alice, one, two)
    for pair in ((one, two), (two, one), (two, three), (three, two)):
        with pytest.raises(Refused, match="Look again"):
            merged(alice, *pair)
    three.delete_by(alice)
    with pytest.raises(Refused, match="Look again"):
        merged(alice, one, three)
    parting.part(alice, two.pk)
    with pytest.raises(Refused, match="parted already"):
        parting.part(alice, two.pk)


def test_deleting_the_one_deletes_both_from_sight_and_undo_brings_them_back(
    alice: Member, pair: tuple[Person, Person]
) -> None:
    kept, other = pair
    merged(alice, kept, other)
    Person.objects.get(pk=kept.pk).delete_by(alice)
    assert not Person.objects.visible_to(alice).exists()
    assert list(Person.objects.deleted_for(alice)) == [kept]
    assert found(alice, "Pritchard") == []
    assert answering(alice, other.pk) is None
    with pytest.raises(Refused, match="Restore them first"):
        parting.part(alice, other.pk)
    Person.objects.get(pk=kept.pk).restore_by(alice)
    assert found(alice, "Pritchard") == [kept.pk]
    parting.part(alice, other.pk)
    assert set(Person.objects.visible_to(alice)) == {kept, other}


def test_purged_with_the_one_who_answers(alice: Member, pair: tuple[Person, Person]) -> None:
    kept, other = pair
    merged(alice, kept, other)
    long_ago = timezone.now() - timedelta(days=31)
    Person.objects.filter(pk=kept.pk).update(deleted_at=long_ago)
    assert purge(timezone.now()) == 1
    assert not Person.objects.exists()
    assert not Relationship.objects.exists()
    details = Entry.objects.filter(person_id__in=[kept.pk, other.pk]).values_list("details")
    assert {str(one) for (one,) in details} == {"{}"}


@pytest.mark.parametrize(
    ("field", "one", "other", "stands"),
    [
        ("name", {"name": "A. Lee"}, {"name": "Ann Lee"}, "other"),
        ("name", {"name": "ANN LEE"}, {"name": "Ann Lee"}, "other"),
        ("name", {"name": "Ann Mary Lee"}, {"name": "Ann Lee"}, "one"),
        ("name", {"name": "Robert Ellis"}, {"name": "Bob Ellis"}, "one"),
        ("title", {"title": "Surveyor"}, {"title": ""}, "one"),
        ("title", {"title": "Surveyor"}, {"title": "Partner"}, "other"),
        ("acquaintance", {"acquaintance": "well"}, {"acquaintance": "a_little"}, "one"),
        ("acquaintance", {"acquaintance": "not_said"}, {"acquaintance": "only_a_name"}, "other"),
        ("birthday", {"birthday": "1970-05-09"}, {"birthday": "--05-09"}, "one"),
        ("source", {"source": ""}, {"source": "LinkedIn"}, "other"),
        ("source", {"source": "Ann’s party"}, {"source": "LinkedIn"}, "one"),
    ],
)
def test_a_sensible_choice(
    alice: Member, field: str, one: dict[str, str], other: dict[str, str], stands: str
) -> None:
    first = Person.objects.create(workspace=alice.workspace, **{"name": "Ann Lee", **one})
    second = Person.objects.create(workspace=alice.workspace, **{"name": "Ann Lee", **other})
    chosen = choosing.sensible(first, second)[field]
    assert chosen == (first if stands == "one" else second).pk


def test_what_was_edited_by_hand_counts_as_newer(alice: Member) -> None:
    first = makers.a_person(alice, "Ann Lee", title="Surveyor")
    second = makers.a_person(alice, "Ann Lee", title="Partner")
    Entry.objects.create(
        workspace=alice.workspace, verb="person.edit", noun="person", noun_id=first.pk,
        person_id=first.pk,
    )  # fmt: skip
    assert choosing.sensible(first, second)["title"] == first.pk
    assert making_one.in_order(first, second) == (first, second)
    makers.a_relationship(alice, second)
    assert making_one.in_order(first, second) == (second, first)


def test_what_a_change_under_way_stored_at_the_other_comes_over(
    alice: Member, pair: tuple[Person, Person]
) -> None:
    kept, other = pair
    merged(alice, kept, other)
    before, now = domain(), timezone.now()
    assert making_one.sweep(now) == 0
    assert domain() == before
    late = makers.a_note(other.relationship, alice, "Late")
    fact = makers.a_fact(other.relationship, alice, "family", "Late as well")
    assert making_one.sweep(now + making_one.LATEST + timedelta(seconds=1)) == 0
    assert making_one.sweep(now) == 2
    assert Note.objects.get(pk=late.pk).relationship.person == kept
    assert found(alice, "late well") == [kept.pk]
    parting.part(alice, other.pk)
    assert Fact.objects.get(pk=fact.pk).person == other


def test_the_page_shows_both_and_merges_them(
    alice: Member, browser: Browser, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    url = reverse("people:merge", args=[one.pk, other.pk])
    client = browser(alice)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert len(queries) <= 12, [query["sql"][:90] for query in queries]
    page = answer.content.decode()
    for part in (
        "Anwen Pritchard Ltd", "A. Pritchard Ltd", "anwen@example.org", 'name="title"',
        "one programme, two one-to-ones, one call, one fact, one note, one promise",
        "Both have a programme",
    ):  # fmt: skip
        assert part in page, part
    assert page.count("anwen@example.org") == 1
    answer = client.post(
        url, {"kept": other.pk, "name": one.pk, "title": one.pk, "company": one.pk}
    )
    assert answer.status_code == 303
    assert answer["Location"] == f"/people/{other.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert "are one person now" in page
    assert "came over" in page
    assert "Merged with" in page
    assert "Part them again" in page
    other.refresh_from_db()
    assert (other.name, other.title) == ("Anwen Pritchard", "Anwen Pritchard’s title")


CARD = """BEGIN:VCARD
VERSION:3.0
UID:{uid}
FN:{name}
N:{family};{given};;;
EMAIL:{email}
TEL:0161 496 000{n}
TITLE:{title}
ORG:{org}
NOTE:{note}
END:VCARD
"""


@pytest.mark.parametrize("takes", ["kept", "other"])
def test_either_file_again_changes_nothing(alice: Member, takes: str) -> None:
    one, other = (
        CARD.format(**told).encode()
        for told in (
            {"uid": "a", "name": "Ann Lee", "given": "Ann", "family": "Lee", "n": 1,
             "email": "ann@example.org", "title": "Surveyor", "org": "Hall", "note": "From one"},
            {"uid": "b", "name": "A. Lee-Hall", "given": "A.", "family": "Lee-Hall", "n": 2,
             "email": "ann@hall.example", "title": "Partner", "org": "Co", "note": "From other"},
        )
    )  # fmt: skip
    for file in (one, other):
        bring_in_file(alice, "a.vcf", file, dry_run=False)
    kept, gone = Person.objects.order_by("pk")
    chosen = (kept if takes == "kept" else gone).pk
    merged(alice, kept, gone, **{field.key: chosen for field in choosing.FIELDS})
    before = domain()
    for file in (one, other):
        assert bring_in_file(alice, "a.vcf", file, dry_run=False).report.counts["unchanged"] == 1
    assert domain() == before
    bring_in_file(alice, "a.vcf", other.replace(b"Partner", b"Owner"), dry_run=False)
    assert Person.objects.visible_to(alice).get().title == "Owner"
    parting.part(alice, gone.pk)
    assert [each.title for each in Person.objects.order_by("pk")] == ["Owner", "Partner"]


def test_addresses_of_the_other_lead_to_the_one(
    alice: Member, browser: Browser, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    gone = other.relationship.pk
    merged(alice, one, other)
    client = browser(alice)
    for name in ("people:person", "people:person_edit", "relationships:start"):
        answer = client.get(reverse(name, args=[other.pk]))
        assert answer.status_code == 302
        assert answer["Location"] == reverse(name, args=[one.pk])
    # What was pressed on a page from before is not done to somebody else than was seen there.
    answer = client.post(reverse("people:deletion", args=[other.pk]))
    assert (answer.status_code, answer["Location"]) == (303, f"/people/{one.pk}/")
    assert Person.objects.visible_to(alice).get() == one
    answer = client.get(reverse("relationships:relationship", args=[gone]))
    assert answer.status_code == 302
    assert answer["Location"] == one.relationship.get_absolute_url()
    answer = client.get(reverse("people:merge", args=[other.pk, one.pk]))
    assert answer["Location"] == f"/people/{one.pk}/"
    answer = client.post(reverse("people:person_edit", args=[other.pk]), {"name": "X"})
    assert (answer.status_code, answer["Location"]) == (303, f"/people/{one.pk}/")
    assert client.get(reverse("people:part", args=[other.pk]))["Location"] == f"/people/{one.pk}/"


def test_from_the_likely_doubles_one_goes_on_there(alice: Member, browser: Browser) -> None:
    one, other = makers.a_person(alice, "Ann Lee"), makers.a_person(alice, "Ann Lee")
    url = reverse("people:merge", args=[one.pk, other.pk]) + "?doubles=1"
    client = browser(alice)
    assert reverse("people:doubles") in client.get(url).content.decode()
    answer = client.post(url, {"kept": one.pk})
    assert answer["Location"] == reverse("people:doubles")
    assert (
        f'<a href="{one.get_absolute_url()}">Ann Lee</a> are one'
        in client.get(answer["Location"]).content.decode()
    )


def test_parted_from_the_page_once(
    alice: Member, browser: Browser, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    before = domain()
    merged(alice, one, other)
    client = browser(alice)
    url = reverse("people:part", args=[other.pk])
    for _ in range(2):
        answer = client.post(url, {"once": "a", "back": f"/people/{one.pk}/"})
        assert (answer.status_code, answer["Location"]) == (303, f"/people/{one.pk}/")
    assert domain() == before
    again = client.post(url, {"once": "b", "back": f"/people/{one.pk}/"}, follow=True)
    assert "parted already" in again.content.decode()


def test_bad_input_and_who_may_not(
    alice: Member, bob: Member, stranger: Member, browser: Browser, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    url = reverse("people:merge", args=[one.pk, other.pk])
    before = domain()
    answer = browser(alice).post(url, {"kept": "nobody", "name": one.pk})
    assert answer.status_code == 422
    assert "Choose one of the two." in answer.content.decode()
    assert browser(bob).get(url).status_code == 403
    assert browser(bob).post(url, {}).status_code == 403
    assert browser(stranger).get(url).status_code == 404
    assert browser(stranger).post(reverse("people:part", args=[other.pk])).status_code == 404
    assert domain() == before
    merged(alice, one, other)
    page = browser(bob).get(f"/people/{one.pk}/").content.decode()
    assert "Merged with" in page
    assert "Part them again" not in page


def test_what_others_keep_to_themselves_is_not_counted(
    alice: Member, browser: Browser, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    colleague = makers.a_member(alice.workspace, "cy@example.org", "Cy Moss", Role.MEMBER)
    for author in (alice, colleague, colleague):
        makers.a_note(other.relationship, author, "Between us", private=True)
    url = reverse("people:merge", args=[one.pk, other.pk])
    client = browser(alice)
    page = client.get(url).content.decode()
    assert "one fact, two notes, " in page
    assert "four notes" not in page
    answer = client.post(
        url, {"kept": one.pk, **dict.fromkeys(("name", "title", "company"), one.pk)}, follow=True
    )
    assert "two notes" in answer.content.decode()
    # They came over all the same, and each is still its author's.
    assert Note.objects.filter(relationship=one.relationship).count() == 5


def test_whoever_was_merged_meanwhile_is_looked_at_first(
    alice: Member, browser: Browser, pair: tuple[Person, Person]
) -> None:
    one, other = pair
    third = makers.a_person(alice, "Anwen P.")
    url = reverse("people:merge", args=[one.pk, other.pk])
    merged(alice, third, one)
    answer = browser(alice).post(
        url, {"kept": other.pk, **dict.fromkeys(("name", "title", "company"), other.pk)}
    )
    assert answer["Location"] == reverse("people:merge", args=[third.pk, other.pk])
    assert Merge.objects.count() == 1


def test_two_chosen_in_the_list(alice: Member, browser: Browser) -> None:
    one, two, three = (makers.a_person(alice, name) for name in ("A B", "C D", "E F"))
    client = browser(alice)
    url = reverse("people:merge_two")
    answer = client.post(url, {"person": [two.pk, one.pk]})
    assert answer["Location"] == reverse("people:merge", args=[one.pk, two.pk])
    for chosen in ([one.pk], [one.pk, two.pk, three.pk], []):
        answer = client.post(url, {"person": chosen, "back": "/people/"}, follow=True)
        assert "two at a time" in answer.content.decode()


ROWS = st.lists(
    st.tuples(st.sampled_from(["one", "other"]), st.sampled_from([
        "note", "fact", "meeting", "planned", "call", "action", "item", "tag", "point",
        "same tag", "same point", "identity", "photo", "programme", "extra", "notes", "title",
    ])),
    max_size=14,
)  # fmt: skip


MEETINGS: dict[str, Callable[[Member, Relationship, int], Any]] = {
    "programme": lambda by, programme, number: programme,
    "note": lambda by, programme, number: makers.a_note(
        programme, by, f"Note {number}", one_to_one=programme.one_to_ones.first()
    ),
    "meeting": lambda by, programme, number: makers.a_one_to_one(
        programme, by, by.today() - timedelta(days=number), state=State.HELD
    ),
    "planned": lambda by, programme, number: makers.a_one_to_one(
        programme, by, by.today() + timedelta(days=number)
    ),
    "call": lambda by, programme, number: makers.a_call(programme, by, by.today()),
    "action": lambda by, programme, number: makers.an_action(
        programme, by, "mine", f"A{number}", by.today(), one_to_one=programme.one_to_ones.first()
    ),
    "item": lambda by, programme, number: makers.an_agenda_item(
        programme, by, "mine", f"I{number}", covered_in=programme.one_to_ones.last()
    ),
}


def _programme(member: Member, person: Person, number: int) -> Relationship:
    there = Relationship.objects.filter(person=person).first()
    return there or makers.a_relationship(
        member, person, held_before=number % 3, meeting_days=30 + number, notes=f"n{number}",
        held_before_last_on=member.today() - timedelta(days=number) if number % 3 else None,
    )  # fmt: skip


def _add(member: Member, person: Person, kind: str, number: int) -> None:
    own = {"workspace": member.workspace, "person": person}
    if kind in MEETINGS:
        MEETINGS[kind](member, _programme(member, person, number), number)
    elif kind == "fact":
        on = member.today()
        Fact.objects.create(
            **own, author=member, topic="family", text=f"F{number}", on=on, confirmed_on=on
        )
    elif kind.endswith("tag"):
        name = "same" if kind.startswith("same") else f"t{number}"
        person.tags.add(*tags_named(member, [name]))
    elif kind.endswith("point"):
        value = "same@example.org" if kind.startswith("same") else f"{number}@example.org"
        ContactPoint.objects.create(**own, kind="email", value=value, normal=value)
    elif kind == "identity":
        Identity.objects.create(**own, key=f"k{number}")
    elif kind == "photo":
        Photo.objects.update_or_create(**own, defaults={"content": b"x", "source": str(number)})
    else:
        value = [["Hobby", f"h{number}"]] if kind == "extra" else f"{kind} {number}"
        Person.objects.filter(pk=person.pk).update(**{kind: value})


@given(rows=ROWS, since=ROWS, kept_first=st.booleans())
@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_merged_and_parted_all_is_as_before(
    alice: Member,
    rows: list[tuple[str, str]],
    since: list[tuple[str, str]],
    kept_first: bool,
) -> None:
    with transaction.atomic():
        people = {
            "one": makers.a_person(alice, "Ann Lee"),
            "other": makers.a_person(alice, "A Lee"),
        }
        for number, (whose, kind) in enumerate(rows):
            _add(alice, people[whose], kind, number)
        one, other = people.values() if kept_first else reversed(people.values())
        before = domain()
        merged(alice, one, other)
        parting.part(alice, other.pk)
        assert domain() == before
        merged(alice, one, other)
        there = {key: set(rows) for key, rows in domain().items()}
        for number, (_, kind) in enumerate(since, start=50):
            if kind not in ("extra", "notes", "title", "photo", "tag", "same tag"):
                _add(alice, one, kind, number)
        many = {key: len(rows) for key, rows in domain().items()}
        parting.part(alice, other.pk)
        after = domain()
        # Nothing is lost: a programme and its first step may be made for what stays.
        for key, rows_now in after.items():
            more = len(rows_now) - many[key]
            assert more == 0 or (more == 1 and key.startswith("relationships.")), key
        assert there
        assert set(Person.objects.visible_to(alice)) == {one, other}
        for model in ours():
            if model._meta.label.startswith("meetings.") and hasattr(model, "one_to_one"):
                astray = model._base_manager.exclude(one_to_one=None).exclude(
                    one_to_one__relationship__person__in=[one, other]
                )
                assert not astray.exists()
        transaction.set_rollback(True)
