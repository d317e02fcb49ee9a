"""People to a file and back again: nothing changes, and nothing is lost."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.journal.models import Entry
from touchline.people import uid
from touchline.people.editing import Point, edit, make
from touchline.people.exporting import table, vcard
from touchline.people.exporting.writing import content
from touchline.people.importing import rows as shapes
from touchline.people.importing.at_once import bring_in_file
from touchline.people.importing.own import COLUMNS
from touchline.people.importing.reading import read
from touchline.people.importing.text import one_line
from touchline.people.models import Identity, Person
from touchline.people.views.listing import Asked, everyone

Browser = Callable[[Member], Client]


def exported(member: Member, kind: str) -> bytes:
    return b"".join(content(member, everyone(member, Asked()), kind))


def told(member: Member, *, whole: bool = True) -> list[tuple[Any, ...]]:
    """Everything that a file tells of everyone; without ``whole`` what a CSV has columns for."""
    found = []
    for person in Person.objects.visible_to(member):
        points = [
            (one.kind, one.value, one.label if whole else "")
            for one in person.points.all()
            if whole or one.kind in ("email", "phone", "address")
        ]
        # A CSV has a column for each kind, so that only their order within one stays.
        points = points if whole else sorted(points, key=lambda one: one[0])
        extra = [tuple(pair) for pair in person.extra] if whole else []
        found.append(
            (
                person.name, person.given, person.family, person.title,
                person.company.name if person.company else "", person.birthday, person.notes,
                person.source, points, sorted(tag.name for tag in person.tags.all()), extra,
            )
        )  # fmt: skip
    return sorted(found, key=repr)


def fully(member: Member, name: str = "Ann Lee; Müller, Dr", **fields: Any) -> Person:
    person = make(
        member,
        {
            "name": name, "given": "Ann", "family": "Lee", "title": "Head, of; all\\n",
            "birthday": "--05-09", "notes": "=1+1\nEND:VCARD\n\nsecond, line; \\n",
            "source": "a.vcf", **fields,
        },
        company="Hall & Co; Ltd",
        tags=("golf, chess", "a ; b"),
        points=[
            Point("email", "ann@hall.example", "work"),
            Point("phone", "+44 161 496 0000", "work fax"),
            Point("phone", "07700 900123", "Desk; 2, \"left\""),
            Point("address", "12 High Street,\nLeeds ; LS1", "home"),
            Point("social", "https://linkedin.com/in/ann", "LinkedIn"),
            Point("web", "linkedin.com/in/another", ""),
            Point("web", "hall.example/a?b=c;d,e", "work"),
        ],
    )  # fmt: skip
    person.extra = [["Spouse", "Tom; \\, x"], ["Hobby: x", "two\nlines"]]
    person.save()
    return person


@pytest.mark.parametrize("kind", ["vcf", "csv"])
def test_back_in_without_a_change(alice: Member, kind: str) -> None:
    fully(alice)
    make(alice, {"name": "Only A Name"})
    make(alice, {"name": "Only A Name"}, company="Somewhere")
    makers.a_person(alice, "Two Words", phone="0161 496 0001")
    before, keys = told(alice), Identity.objects.count()
    data = exported(alice, kind)
    assert Identity.objects.count() == keys
    for dry_run in (True, False, False):
        done = bring_in_file(alice, f"people.{kind}", data, dry_run=dry_run)
        assert done.report.counts == {"new": 0, "changed": 0, "unchanged": 4, "problems": 0}
    assert told(alice) == before
    assert exported(alice, kind) == data


def test_a_vcard_carries_everything_elsewhere(alice: Member, stranger: Member) -> None:
    fully(alice)
    done = bring_in_file(stranger, "people.vcf", exported(alice, "vcf"), dry_run=False)
    assert done.report.counts == {"new": 1, "changed": 0, "unchanged": 0, "problems": 0}
    (name, *rest), (other, *there) = told(alice)[0], told(stranger)[0]
    assert name == other
    # An address is told in lines; a profile noted as a website is one.
    assert [one for one in there[7] if one[0] in ("email", "phone")] == [
        one for one in rest[7] if one[0] in ("email", "phone")
    ]
    assert [there[at] for at in (0, 1, 2, 3, 4, 5, 6, 8, 9)] == [
        rest[at] for at in (0, 1, 2, 3, 4, 5, 6, 8, 9)
    ]


OFFICE = (Point("email", "office@hall.example", ""),)


@pytest.mark.parametrize("kind", ["vcf", "csv"])
@pytest.mark.parametrize("points", [(), OFFICE])
def test_everyone_is_somebody_else_also_where_names_agree(
    alice: Member, stranger: Member, kind: str, points: tuple[Point, ...]
) -> None:
    for name in ("*A*", "*À*", "a b", "Á"):
        make(alice, {"name": name}, company="¸", points=points)
    before, data = told(alice), exported(alice, kind)
    for member, new in ((alice, 0), (stranger, 4), (stranger, 0)):
        done = bring_in_file(member, f"a.{kind}", data, dry_run=False)
        assert done.report.counts == {"new": new, "changed": 0, "unchanged": 4 - new, "problems": 0}
        assert [one[0] for one in told(member)] == [one[0] for one in before]
        assert {one[4] for one in told(member)} == {"¸"}


def test_what_was_typed_with_odd_marks_comes_back_unchanged(alice: Member) -> None:
    make(
        alice,
        {"name": "Zoe\u0308  Far", "title": "Head  of it", "notes": "one\r\ntwo\x0b cafe\u0301 "},
        company="Hall  & Co",
        points=[Point("address", "1 High St,\r\nLeeds, ", "")],
    )
    for kind in ("vcf", "csv"):
        done = bring_in_file(alice, f"a.{kind}", exported(alice, kind), dry_run=True)
        assert done.report.counts["unchanged"] == 1, done.report.shown()


def test_known_again_after_a_change_of_name_and_number(alice: Member) -> None:
    person = makers.a_person(alice, "Ann Lee")
    data = exported(alice, "vcf")
    edit(alice, person, {"name": "Ann Hall"}, company="", tags=(), points=())
    done = bring_in_file(alice, "a.vcf", data, dry_run=False)
    assert done.report.counts["new"] == 0
    assert Person.objects.get().name == "Ann Hall"


def test_our_own_name_for_a_person_is_good_in_their_workspace_alone() -> None:
    given = uid.uid(3, 77)
    assert uid.person_of(3, f"vcard:{given}") == 77
    assert uid.person_of(4, f"vcard:{given}") is None
    for other in (given, "vcard:", "vcard:x", f"vcard:{'z' * 36}", "profile:" + given):
        assert uid.person_of(3, other) is None
    forged = f"{given[:-1]}{'0' if given[-1] != '0' else '1'}"
    assert uid.person_of(3, f"vcard:{forged}") is None


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")),
    max_size=30,
).map(one_line)
NAMES = WORDS.filter(lambda text: any(mark.isalpha() for mark in text))

LINES = st.lists(WORDS.filter(bool), max_size=4).map("\n".join)
POINTS = st.one_of(
    st.builds(
        shapes.Point, st.just("email"), st.sampled_from(["a@b.de", "x.y@z.example", "+a=@b.co"]),
        st.sampled_from(["", "work", "home", "other", "Büro"]),
    ),
    st.builds(
        shapes.Point, st.just("phone"),
        st.from_regex(r"\+?[0-9]{3,12}( ext\. [0-9]{1,3})?", fullmatch=True),
        st.sampled_from(["", "mobile", "work fax", "home", "pager", "Desk 2", "fax home"]),
    ),
    st.builds(
        shapes.Point, st.just("address"),
        st.lists(WORDS.map(lambda text: text.strip(" ,")).filter(bool), min_size=1, max_size=4).map(
            "\n".join
        ),
        st.sampled_from(["", "home", "work", "postal"]),
    ),
    st.builds(
        shapes.Point, st.just("social"), st.sampled_from(["linkedin.com/in/a,b;c", "x.com/y"]),
        st.sampled_from(["LinkedIn", "X", "a \"b\" ^c"]),
    ),
)  # fmt: skip
ROWS = st.builds(
    shapes.Row,
    line=st.just(1),
    name=NAMES,
    given=WORDS,
    family=WORDS,
    company=WORDS,
    title=WORDS,
    points=st.lists(POINTS, max_size=5, unique_by=lambda one: (one.kind, one.value.casefold())).map(
        tuple
    ),
    birthday=st.sampled_from(["", "1970-05-09", "--02-29", "--12-01"]),
    notes=LINES,
    tags=st.lists(WORDS.filter(bool), max_size=3, unique_by=str.casefold).map(tuple),
    identity=st.sampled_from(["vcard:abc;d,e\\f", f"vcard:{uid.uid(1, 2)}"]),
    extra=st.lists(st.tuples(WORDS.filter(bool), LINES.filter(bool)), max_size=3, unique=True).map(
        tuple
    ),
    source=WORDS,
)


@given(ROWS)
def test_a_card_reads_as_what_was_written(row: shapes.Row) -> None:
    written = vcard.card(row)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    (back,) = read(written.encode(), "a.vcf").rows
    assert back == row


@given(ROWS)
def test_a_line_reads_as_what_was_written(row: shapes.Row) -> None:
    written = table.head() + table.line(row)
    for cell in next(csv.reader(io.StringIO(table.line(row), newline=""))):
        assert not cell.startswith(("=", "+", "-", "@", "\t"))
    (back,) = read(written.encode(), "a.csv").rows
    for name in ("name", "given", "family", "company", "title", "birthday", "notes", "source"):
        assert getattr(back, name) == getattr(row, name), name
    assert back.tags == row.tags
    for kind in ("email", "phone", "address"):
        assert [one.value for one in back.points if one.kind == kind] == [
            one.value for one in row.points if one.kind == kind
        ]


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=4, unique_by=lambda row: row.name.casefold()))
@pytest.mark.parametrize("kind", ["vcf", "csv"])
def test_out_and_in_gives_the_same_people(
    alice: Member, stranger: Member, kind: str, some: list[shapes.Row]
) -> None:
    """Into an empty workspace: the same people; in again, and in at home: no change."""
    with transaction.atomic():
        for at, row in enumerate(some):
            make(
                alice,
                {
                    "name": row.name, "given": row.given[:120], "family": row.family[:120],
                    "title": row.title, "birthday": row.birthday, "notes": row.notes,
                    "source": row.source or "a file",
                },
                company=row.company,
                tags=row.tags,
                points=[
                    # Nobody shares a profile: it is a key.
                    Point(one.kind, one.value + f"-{at}" * (one.kind == "social"), one.label)
                    for one in row.points
                ],
            )  # fmt: skip
        whole = kind == "vcf"
        before, data = told(alice, whole=whole), exported(alice, kind)
        if some:
            home = bring_in_file(alice, f"a.{kind}", data, dry_run=False)
            assert (home.report.counts["new"], home.report.counts["changed"]) == (0, 0)
            assert told(alice, whole=whole) == before
            bring_in_file(stranger, f"a.{kind}", data, dry_run=False)
            again = bring_in_file(stranger, f"a.{kind}", data, dry_run=False)
            assert (again.report.counts["new"], again.report.counts["changed"]) == (0, 0)
            assert told(stranger, whole=whole) == before
        transaction.set_rollback(True)


def test_the_columns_and_cells(alice: Member) -> None:
    fully(alice)
    data = exported(alice, "csv").decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(data, newline=""))
    assert tuple(head) == COLUMNS
    cells = dict(zip(head, line, strict=True))
    assert cells["Phones"] == "'+44 161 496 0000 ; 07700 900123"
    assert cells["Notes"].startswith("'=1+1")
    assert cells["Tags"] == r"a \; b ; golf, chess"
    assert cells["Addresses"].endswith(r"Leeds \; LS1")


def test_the_page_offers_what_the_list_shows(alice: Member, browser: Browser) -> None:
    makers.a_person(alice, "Ann Lee", tags=("golf",), source="a.vcf")
    makers.a_person(alice, "Ruth Abelson")
    client = browser(alice)
    assert (
        'href="/people/export/?source=a.vcf"'
        in client.get("/people/?source=a.vcf").content.decode()
    )
    page = client.get("/people/export/?source=a.vcf").content.decode()
    assert "What the list shows" in page
    assert "1 person" in page
    assert "2 people" in page
    for who, many in (("shown", 1), ("everyone", 2)):
        for kind, media in (("vcf", "text/vcard"), ("csv", "text/csv")):
            post = {"format": kind, "who": who, "source": "a.vcf"}
            answer = client.post("/people/export/", post)
            assert answer.status_code == 303
            file = client.get(answer["Location"])
            data = b"".join(file.streaming_content)  # type: ignore[attr-defined]
            assert len(read(data, f"a.{kind}").rows) == many
            assert file["Content-Type"].startswith(media)
            assert file["Content-Disposition"] == f'attachment; filename="people.{kind}"'
            assert file["X-Content-Type-Options"] == "nosniff"
            entry = Entry.objects.latest("pk")
            assert (entry.verb, entry.details) == (
                "member.export", {"format": kind, "people": many},
            )  # fmt: skip


def test_a_prepared_file_is_its_members_own(
    alice: Member, bob: Member, stranger: Member, browser: Browser
) -> None:
    makers.a_person(alice, "Ann Lee")
    answer = browser(alice).post("/people/export/", {"format": "vcf", "who": "everyone"})
    where = answer["Location"]
    assert browser(stranger).get(where).status_code == 302
    assert browser(bob).get(where).status_code == 403
    assert browser(bob).post("/people/export/", {"format": "vcf"}).status_code == 403
    assert browser(alice).get(f"{where}x")["Location"] == "/people/export/"


@pytest.mark.parametrize(
    ("post", "sentence"),
    [
        ({"format": "pdf"}, "Choose vCard or CSV."),
        ({"format": "csv", "who": "shown", "source": "nowhere"}, "nobody in that list"),
    ],
)
def test_bad_input_is_named(
    alice: Member, browser: Browser, post: dict[str, str], sentence: str
) -> None:
    makers.a_person(alice, "Ann Lee")
    answer = browser(alice).post("/people/export/", {**post, "back": "/people/"}, follow=True)
    assert sentence in answer.content.decode()


def test_queries_stay_few_however_many(alice: Member) -> None:
    for at in range(30):
        makers.a_person(alice, f"Person {at}", tags=("golf",), email=f"p{at}@example.org")
    ids = everyone(alice, Asked())
    with CaptureQueriesContext(connection) as seen:
        list(content(alice, ids, "vcf"))
    assert len(seen) <= 6
