"""Everyone one knows brought in, in a real browser, wide and on a phone."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.importing import linkedin
from tests.browser.conftest import Journey, run_jobs
from tests.serving import Served, wait_for
from tests.test_kill_import import domain
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.people.models import ColumnMapping, Import, ImportState, Person
from touchline.relationships.models import Relationship

Travel = Callable[..., Journey]
Arrive = Callable[[str], Journey]
# At both where keys and thumbs do it differently, and once each page of an import.
SIZES = pytest.mark.parametrize("size", ["wide", "phone"])
ROWS = 10_000

# First and last name, company, position: the network's newest connection first.
NETWORK = """
Robert,Ellis,Hall & Co,Surveyor
Anna,Smith,Acme,Director
Ruth,Abelson,Abelson Law,Solicitor
Dafydd,Llewellyn,Tanyard Homes,Builder
Priya,Nair,Nair Accountants,Partner
Colin,Grey,Grey Lettings,Owner
Mei,Chen,Chen Pharmacy,Pharmacist
Owen,Baxter,Baxter Joinery,Joiner
Fiona,Carrick,Carrick Stables,Owner
Samuel,Okafor,Okafor Design,Architect
Delyth,Morgan,Morgan Wills,Solicitor
Tomas,Novak,Novak Print,Printer
Hester,Quill,Quill Books,Bookseller
"""
# Of these, the first two are likely the ones above; Ruth is she, by her address and her name.
PHONE = (
    ("Bob Ellis", "Hall & Co", "0161 496 0101", ""),
    ("Anna Smith", "", "0161 496 0102", ""),
    ("Ruth Abelson", "", "0161 496 0103", "ruth@abelson.example"),
    ("Gareth Pugh", "", "0161 496 0104", ""),
    ("Beatrice Lowe", "", "0161 496 0105", ""),
)
PEOPLE = 16  # Thirteen and five, of whom Ruth is in both and Robert is Bob.


def archive() -> bytes:
    """Return the zip that LinkedIn sends: advice above the table, and other tables beside it."""
    lines = ["Notes:", '"Some addresses may be missing."', ""]
    lines += ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    for row in NETWORK.strip().splitlines():
        given, family, company, position = row.split(",")
        mail = "ruth@abelson.example" if given == "Ruth" else ""
        profile = f"https://www.linkedin.com/in/{given}-{family}".lower()
        lines.append(f"{given},{family},{profile},{mail},{company},{position},12 Mar 2024")
    return zipped(
        {
            "Connections.csv": "\n".join(lines).encode(),
            "Messages.csv": b"FROM,TO,CONTENT\nRuth,me,Hello\n",
        }
    )


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return made.getvalue()


def card(name: str, company: str = "", phone: str = "", mail: str = "") -> str:
    given, family = name.split()
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{family};{given};;;\r\nFN:{name}\r\n"
        + (f"ORG:{company}\r\n" if company else "")
        + (f"TEL;TYPE=CELL:{phone}\r\n" if phone else "")
        + (f"EMAIL:{mail}\r\n" if mail else "")
        + "END:VCARD\r\n"
    )


def choose(journey: Journey, name: str, content: bytes) -> Page:
    """Choose a file and have it looked at."""
    page = journey.page
    page.goto("/people/imports/new/")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at it first").click()
    page.wait_for_url("**/imports/*/")
    return page


def settled(journey: Journey, text: str) -> None:
    """Wait until the page that watches a job has gone over to the one that says ``text``."""
    expect(journey.page.get_by_text(text).first).to_be_visible()
    expect(journey.page.locator("#progress")).to_have_count(0)
    journey.page.wait_for_load_state("load")


def act(journey: Journey, where: str, key: str) -> None:
    """Do what one does: with a key where there is a keyboard, with a thumb on a phone."""
    if journey.size == "wide":
        journey.page.keyboard.press(key)
    else:
        journey.page.locator(where).first.tap()


@SIZES
def test_from_a_network_and_a_phone_to_a_dozen_begun(arrive: Arrive, size: str) -> None:
    journey = arrive(size)
    for name, content, said in (
        ("Complete_LinkedInDataExport.zip", archive(), "add 13 people"),
        ("phone.vcf", "".join(card(*one) for one in PHONE).encode(), "change one person"),
    ):
        page = choose(journey, name, content)
        settled(journey, said)
        page.locator(".action-bar button").click()
        settled(journey, "Brought in")

    def likely() -> bool:
        page.goto("/people/")
        return page.get_by_role("link", name="Some may be in twice").count() == 1

    wait_for(likely, "the likely doubles to be found")
    journey.press("Some may be in twice", role="link")
    expect(page.locator(".pair")).to_have_count(2)
    expect(page.locator(".pair h2").first).to_contain_text("Robert Ellis and Bob Ellis")
    act(journey, "[data-is=same]", "y")
    expect(page.get_by_role("heading", name="Who answers")).to_be_visible()
    journey.check()
    page.get_by_role("button", name="Make them one").click()
    expect(page.get_by_text("are one person now")).to_be_visible()
    expect(page.locator(".pair")).to_have_count(1)
    act(journey, "[data-is=apart]", "n")
    expect(page.get_by_text("stay two")).to_be_visible()
    expect(page.locator(".pair")).to_have_count(0)
    journey.check()

    page.goto("/people/")
    page.get_by_role("link", name="Who are my dozen?").locator("visible=true").click()
    marks = ["Well"] * 9 + ["A little"] * 4 + ["Only a name"] * 3
    for number, known in enumerate(marks, 1):
        expect(page.locator(".known.is-now")).to_have_count(1)
        if size == "phone":
            # A thumb is slower than a key, and misses what moves while it comes down.
            expect(page.locator(".known.is-going")).to_have_count(0)
            page.wait_for_function("() => !document.querySelector('.htmx-settling, .htmx-added')")
        key = {"Well": "1", "A little": "2", "Only a name": "3"}[known]
        act(journey, f".known.is-now button:has-text('{known}')", key)
        expect(page.locator(".known:is(.is-said, .is-going)")).to_have_count(number)
    assert len(marks) == PEOPLE
    expect(page.get_by_text(f"{PEOPLE} of {PEOPLE} said")).to_be_visible()
    expect(page.get_by_text(f"All {PEOPLE} are said")).to_be_visible()
    journey.check()
    journey.press("Begin with these", role="link")
    expect(page.locator("input[name=person]:checked")).to_have_count(12)
    journey.press("Begin with these")
    page.wait_for_url("**/partners/")
    expect(page.get_by_text("12 programmes begun")).to_be_visible()
    expect(page.locator("#p-way")).to_contain_text("12")
    expect(page.get_by_role("link", name="Ruth Abelson")).to_be_visible()
    journey.go("/")
    expect(page.get_by_text("Ruth Abelson").first).to_be_visible()


def test_an_import_is_watched_stopped_half_way_and_undone(
    arrive: Arrive, tree: Served, tmp_path: Path
) -> None:
    journey = arrive("phone")
    # The first fifty are there already, from a firm each has left since.
    before = linkedin(50).replace(b"Firm", b"Old Firm")
    page = choose(journey, "Last year.csv", before)
    settled(journey, "add 50 people")
    page.locator(".action-bar button").click()
    settled(journey, "Brought in")
    there = domain(tmp_path / "data")

    page = choose(journey, "Connections.csv", linkedin(ROWS))
    settled(journey, "change 50 people")
    journey.check()
    page.locator(".action-bar button").click()
    expect(page.locator("#progress[value]:not([value='0'])")).to_be_visible()
    page.locator("#stop").click()
    settled(journey, "Stopped half-way")
    expect(page.get_by_text("still to come")).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    journey.check()
    page.get_by_role("button", name="Undo this import").click()
    settled(journey, "taken out")
    journey.check()
    assert domain(tmp_path / "data") == there


@SIZES
def test_strange_columns_are_mapped_once(travel: Travel, size: str, alice: Member) -> None:
    journey = travel(size)
    journey.sign_in(alice)
    headings = "Kennt wen;Wo;Rufzeichen;Merkzettel;Schuhe\n"
    first = headings + (
        "Ann Lee;Hall & Co;0161 496 0000;Met at the fair in spring;39\n"
        "Bob Dale;Dale Roofing;0161 496 0001;Owes me a lunch;44\n"
    )
    journey.go("/people/imports/new/")
    page = choose(journey, "Kundenliste.csv", first.encode("windows-1252"))
    journey.check()
    run_jobs()
    settled(journey, "columns of this table are not known")
    journey.check()
    journey.press("Say which column is what", role="link")
    for number, field in enumerate(("name", "name", "phone", "notes", "detail")):
        page.locator(f"select[name=column-{number}]").select_option(field)
    journey.press("Look at it with these")
    expect(page.get_by_role("alert")).to_contain_text("“Kennt wen” and “Wo”")
    expect(page.locator("select[name=column-3]")).to_have_value("notes")
    page.get_by_label("Wo", exact=True).select_option("company")
    page.get_by_role("button", name="Look at it with these").click()
    page.wait_for_url("**/imports/*/")
    run_jobs()
    settled(journey, "add two people")
    journey.check()
    assert not Person.objects.exists()
    page.locator(".action-bar button").click()
    expect(page.get_by_text("Bringing them in")).to_be_visible()
    journey.check()
    run_jobs()
    settled(journey, "Brought in")
    journey.check()
    ann = Person.objects.get(name="Ann Lee")
    assert (ann.company.name, ann.notes) == ("Hall & Co", "Met at the fair in spring")
    assert ann.extra == [["Schuhe", "39"]]
    assert ColumnMapping.objects.count() == 1

    page = choose(journey, "Nachtrag.csv", (headings + "Eve Moss;;0161 496 0002;;37\n").encode())
    run_jobs()
    settled(journey, "taken as you said last time")
    expect(page.get_by_text("Eve Moss").first).to_be_visible()


def test_a_broken_file_is_said_to_be_one(travel: Travel, alice: Member) -> None:
    journey = travel("phone")
    journey.sign_in(alice)
    whole = card("Ann Lee", phone="0161 496 0000")
    for name, content, said in (
        ("people.csv", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\n", "PDF"),
        ("phone.vcf", whole[:-14].encode(), "nobody in it who could be brought in"),
        ("Connections.zip", zipped({"Connections.csv": b"0" * 30_000_000}), "unpacks to far more"),
    ):
        choose(journey, name, content)
        run_jobs()
        settled(journey, said)
    journey.check()
    assert not Person.objects.exists()
    refused = Import.objects.filter(state=ImportState.REFUSED)
    assert [one.content for one in refused] == [None, None]
    assert not Import.objects.filter(state=ImportState.APPLIED).exists()


def test_two_are_made_one_and_parted_again(travel: Travel, alice: Member) -> None:
    one = makers.a_person(alice, "Robert Ellis", company="Hall & Co")
    other = makers.a_person(alice, "Bob Ellis", company="Hall & Co", title="Surveyor")
    makers.a_relationship(alice, other)
    journey = travel("phone")
    journey.sign_in(alice)
    page = journey.go("/people/?select=1")
    for each in (one, other):
        page.locator(f"label:has(input[value='{each.pk}'])").click()
    journey.press("Merge two")
    expect(page.get_by_role("heading", name="Where they differ")).to_be_visible()
    journey.press("Make them one")
    (left,) = Person.objects.visible_to(alice)
    assert left.relationship
    expect(page.get_by_text("are one person now")).to_be_visible()
    journey.press("Part them again")
    expect(page.get_by_text("by themselves again")).to_be_visible()
    assert set(Person.objects.visible_to(alice)) == {one, other}
    assert Relationship.objects.get().person == other
    journey.press("Bob Ellis" if left == one else "Robert Ellis", role="link")
