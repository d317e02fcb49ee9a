"""The same file twice changes nothing, whatever is in it."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.accounts.models import Member
from touchline.people import search
from touchline.people.importing import at_once, working
from touchline.people.importing.at_once import bring_in_file
from touchline.people.models import (
    Company,
    ContactPoint,
    Identity,
    Import,
    Person,
    Photo,
    Tag,
    Touched,
)

# ruff: noqa: E501 - files are as wide as they are

LINKEDIN = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Anna,Smith,https://www.linkedin.com/in/anna-smith,anna@acme.example,Acme,Director,12 Mar 2024
Bob,Jones,https://www.linkedin.com/in/bobjones,,Jones & Co,Owner,01 Jan 2020
"""
GOOGLE = """First Name,Middle Name,Last Name,Labels,Notes,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Organization Name,Organization Title
Anna,,Smith,Friends ::: * myContacts,Likes tea,Work,office@acme.example,Work,0161 496 0000,Acme,Director
Bob,,Jones,,,Work,office@acme.example,,,Acme,Clerk
Nobody,,Reachable,,,,,,,,
"""
VCARD = """BEGIN:VCARD
VERSION:3.0
UID:one
N:Smith;Anna;;;
FN:Anna Smith
EMAIL:office@acme.example
TITLE:Director
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:two
N:Smith;Anna;;;
FN:Anna Smith
EMAIL:office@acme.example
TITLE:Chair
ORG:Acme
END:VCARD
BEGIN:VCARD
VERSION:2.1
N:Jones;Bob
FN:Bob Jones
EMAIL:office@acme.example
END:VCARD
"""
OUTLOOK = """First Name,Middle Name,Last Name,Company,Job Title,Business Phone,E-mail Address,Categories
Anna,,Smith,Acme,Director,+44 161 496 0000,office@acme.example,Friends
Bob,,Jones,Acme,Clerk,+44 161 496 0000,office@acme.example,
"""


def state(member: Member) -> list[object]:
    return [
        [
            person.pk, person.name, person.given, person.family, person.title,
            person.company_id, person.birthday, person.notes, person.extra, person.source,
            sorted(person.tags.values_list("name", flat=True)),
            sorted(person.points.values_list("pk", "kind", "value", "normal")),
            sorted(person.identities.values_list("key", flat=True)),
        ]
        for person in Person.objects.filter(workspace=member.workspace).order_by("pk")
    ]  # fmt: skip


def bring(member: Member, text: str, dry_run: bool = False):
    return bring_in_file(member, "contacts", text.encode(), dry_run=dry_run).report


@pytest.mark.parametrize(("text", "people"), [(LINKEDIN, 2), (GOOGLE, 3), (VCARD, 2), (OUTLOOK, 2)])
def test_the_same_file_twice_changes_nothing(alice: Member, text: str, people: int) -> None:
    first = bring(alice, text)
    before = state(alice)
    assert len(first.new) == people == Person.objects.count()
    second = bring(alice, text)
    assert second.counts == {"new": 0, "changed": 0, "unchanged": people, "problems": 0}
    assert state(alice) == before


def test_a_preview_changes_nothing(alice: Member) -> None:
    assert len(bring(alice, VCARD, dry_run=True).new) == 2
    assert not Person.objects.exists()
    assert not Company.objects.exists()


def test_what_a_file_brings_is_found_and_says_where_it_came_from(alice: Member) -> None:
    bring(alice, LINKEDIN)
    anna = Person.objects.get(given="Anna")
    assert search.find(alice, "smith acme").ids == [anna.pk]
    assert anna.source.startswith("LinkedIn connections, ")
    assert anna.company.name == "Acme"
    assert ["Connected on", "2024-03-12"] in anna.extra


def test_a_second_file_fills_adds_and_shows_what_it_changes(alice: Member) -> None:
    bring(alice, LINKEDIN)
    found = bring(
        alice,
        "BEGIN:VCARD\nVERSION:3.0\nFN:Anna Smith\nEMAIL:ANNA@acme.example\nTITLE:Chair\n"
        "TEL:0161 496 0000\nCATEGORIES:Golf\nNOTE:Plays off nine\nEND:VCARD\n",
    )
    (changed,) = found.changed
    assert changed["fields"] == [
        ["Title", "Director", "Chair"],
        ["Phone", "", "0161 496 0000"],
        ["Tag", "", "Golf"],
        ["Notes", "", "Plays off nine"],
    ]
    anna = Person.objects.get(given="Anna")
    assert (anna.title, anna.notes) == ("Chair", "Plays off nine")
    assert anna.points.filter(normal="+441614960000").exists()
    assert search.find(alice, "golf").ids == [anna.pk]


def test_a_card_that_names_two_people_gives_neither_away(alice: Member) -> None:
    text = "".join(
        f"BEGIN:VCARD\nVERSION:3.0\nFN:Anna Smith\n{lines}END:VCARD\n"
        for lines in (
            "UID:1\n",
            "URL:https://linkedin.com/in/anna\nTEL:0161 496 0000\n",
            "UID:1\nURL:https://linkedin.com/in/anna\n",
        )
    )
    assert bring(alice, text).counts["new"] == 2
    assert bring(alice, text).counts["unchanged"] == 2


def test_two_people_who_share_an_address_stay_two(alice: Member) -> None:
    bring(alice, GOOGLE)
    bring(alice, OUTLOOK)
    assert sorted(Person.objects.values_list("name", flat=True)) == [
        "Anna Smith", "Bob Jones", "Nobody Reachable",
    ]  # fmt: skip


def test_a_deleted_person_is_left_out_and_named(alice: Member) -> None:
    bring(alice, LINKEDIN)
    Person.objects.get(given="Bob").delete_by(alice)
    found = bring(alice, LINKEDIN)
    assert found.counts == {"new": 0, "changed": 0, "unchanged": 1, "problems": 1}
    assert found.problems[0].line == 3
    assert "Bob Jones" in found.problems[0].text


def test_another_workspace_is_not_looked_at(alice: Member, stranger: Member) -> None:
    bring(stranger, VCARD)
    assert len(bring(alice, VCARD).new) == 2


def test_what_is_too_long_is_cut_and_kept_whole_among_the_details(alice: Member) -> None:
    title = "Head of " + "everything " * 40
    text = f"BEGIN:VCARD\nVERSION:3.0\nFN:Anna Smith\nTITLE:{title}\nEND:VCARD\n"
    bring(alice, text)
    anna = Person.objects.get()
    assert len(anna.title) <= 200
    assert ["Title", title.strip()] in anna.extra
    assert bring(alice, text).counts["unchanged"] == 1


names = st.sampled_from(["Anna Smith", "Smith", "Anna", "Bob Smith", "Bob", "Zoë Müller", "🙂"])
emails = st.lists(
    st.sampled_from(["office@a.example", "anna@a.example", "x@b.example"]), max_size=2
)
phones = st.lists(
    st.sampled_from(["0161 496 0000", "+44 161 496 0000", "12", "call 7"]), max_size=2
)
plain = st.text(string.ascii_letters + " é;,", max_size=12)


@st.composite
def cards(draw: st.DrawFn) -> str:
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{draw(names)}"]
    uid = draw(st.sampled_from(["", "", "1", "2"]))
    slug = draw(st.sampled_from(["", "", "anna", "bob"]))
    lines += [f"UID:{uid}"] if uid else []
    lines += [f"URL:https://linkedin.com/in/{slug}"] if slug else []
    lines += [f"EMAIL:{email}" for email in draw(emails)]
    lines += [f"TEL:{phone}" for phone in draw(phones)]
    for name in ("TITLE", "ORG", "NOTE", "CATEGORIES"):
        lines.append(f"{name}:{draw(plain)}")
    return "\n".join([*lines, "END:VCARD", ""])


@settings(max_examples=examples(20), suppress_health_check=list(HealthCheck))
@given(
    files=st.lists(st.lists(cards(), min_size=1, max_size=6).map("".join), min_size=1, max_size=3)
)
def test_any_file_twice_changes_nothing(alice: Member, files: list[str]) -> None:
    for model in (Person, Company, Tag, ContactPoint, Identity):
        model.objects.all().delete()
    for text in files:
        bring(alice, text)
        before = state(alice)
        again = bring(alice, text)
        assert (again.counts["new"], again.counts["changed"]) == (0, 0)
        assert state(alice) == before


def everything(member: Member) -> list[object]:
    """All rows that an import may touch, but for the journal and the imports themselves."""
    return [
        state(member),
        *(
            sorted(map(repr, model.objects.values_list()))
            for model in (Person, Company, Tag, ContactPoint, Identity, Photo)
        ),
        [list(search.find(member, word).ids) for word in ("a", "smith", "o", "x")],
    ]


files = st.lists(cards(), min_size=1, max_size=8).map("".join)


@settings(max_examples=examples(20), suppress_health_check=list(HealthCheck))
@given(first=files, text=files, batch=st.integers(1, 4))
def test_a_preview_is_what_applying_does_and_undoing_takes_it_back(
    alice: Member, first: str, text: str, batch: int
) -> None:
    for model in (Import, Person, Company, Tag, ContactPoint, Identity):
        model.objects.all().delete()
    bring(alice, first)
    before = everything(alice)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(working, "BATCH", batch)
        would = bring(alice, text, dry_run=True)
        assert everything(alice) == before
        kept = at_once.bring_in_file(alice, "b", text.encode(), dry_run=False).kept
        assert kept is not None
        kept.refresh_from_db()
        assert (kept.counts, would.shown()) == (
            would.counts,
            {name: value for name, value in kept.report.items() if name != "title"},
        )
        again = at_once.undo(alice, kept.pk)
    assert not again.report.get("left")
    assert everything(alice) == before
    assert not Touched.objects.filter(of=kept).exists()


def test_whoever_was_known_by_what_they_said_stays_known_by_it(alice: Member) -> None:
    def card(name: str, *lines: str) -> str:
        return "\n".join(("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *lines, "END:VCARD", ""))

    bring(alice, card("Ann", "URL:https://linkedin.com/in/ann", "EMAIL:ann@a.example"))
    text = card("Ann Lee", "URL:https://linkedin.com/in/ann", "EMAIL:office@a.example")
    text += card("Ann", "EMAIL:ann@a.example")
    bring(alice, text)
    before = everything(alice)
    bring(alice, text)
    assert everything(alice) == before
