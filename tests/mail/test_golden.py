"""Each message, whole, as it goes out: subject, text, HTML and calendar file.

To change one on purpose, write the golden files anew with ``UPDATE_GOLDEN=1`` and read the
difference.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from tests.mail.cast import NOW, Partner, a_partner
from touchline.accounts.models import Member
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import a_link, a_sheet
from touchline.mail import handing, introducing
from touchline.mail.along import Along, ready
from touchline.mail.beforehand import beforehand
from touchline.mail.digest import Line, Section, digest
from touchline.mail.draft import Draft, Recipient
from touchline.mail.invitation import cancellation, invitation
from touchline.mail.recap import recap
from touchline.referrals.models import Asked, State
from touchline.referrals.passing import wording
from touchline.sheets.models import TheirSheet

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://touch.example.org"
LINE = "It was good to see the new barn."


@pytest.fixture
def partner(alice: Member) -> Partner:
    return a_partner(alice)


def compare(name: str, draft: Draft) -> None:
    """Compare a message with its golden files, by parts."""
    to = ", ".join(f"{one.name} <{one.address}>" for one in (draft.to, draft.also) if one)
    head = f"To: {to}\nSubject: {draft.subject}\n\n"
    parts = {"txt": head + draft.text, "html": draft.html}
    if draft.calendar:
        assert f"METHOD:{draft.method}\r\n" in draft.calendar
        parts["ics"] = draft.calendar.replace("\r\n", "\n")
    for ending, found in parts.items():
        path = GOLDEN / f"{name}.{ending}"
        if os.environ.get("UPDATE_GOLDEN"):
            path.write_text(found, encoding="utf-8")
        assert found == path.read_text(encoding="utf-8"), path.name
    endings = {path.suffix[1:] for path in GOLDEN.glob(f"{name}.*")}
    assert endings == parts.keys()


def test_recap(alice: Member, partner: Partner) -> None:
    compare("recap", recap(partner.held, alice, partner.to, now=NOW, line=LINE))


def test_recap_with_nothing_to_tell(alice: Member, partner: Partner) -> None:
    partner.held.notes.update(shared=False)
    kept_back = list(partner.held.actions.values_list("pk", flat=True))
    draft = recap(partner.held, alice, partner.to, now=NOW, without=kept_back, invite=False)
    compare("recap_sparse", draft)


def test_asking_and_introduction(alice: Member, partner: Partner) -> None:
    tom = makers.a_person(alice, "Tom Hart", company="Hart Foods")
    found = a_referral(partner.relationship, alice, person=tom, state=State.AGREED, stated_on=None)
    to = partner.to
    for whom in Asked:
        warm = wording.asking(found, whom, alice)[1]
        compare(f"asking_{whom}", introducing.asking(found, whom, to, warm.subject, warm.text))
    warm = wording.introducing(found, alice)[1]
    also = Recipient("Tom Hart", "tom@example.org")
    draft = introducing.introduction(found, to, also, warm.subject, warm.text)
    compare("introduction", draft)


def test_invitation(alice: Member, partner: Partner) -> None:
    compare("invitation", invitation(partner.planned, alice, partner.to, now=NOW))


def test_update(alice: Member, partner: Partner) -> None:
    partner.planned.sent_sequence = 0
    partner.planned.move(alice, starts_at=makers.at(alice, date(2027, 7, 9), 9))
    compare("update", invitation(partner.planned, alice, partner.to, now=NOW, line=LINE))


def test_cancellation(alice: Member, partner: Partner) -> None:
    partner.planned.sent_sequence = 0
    partner.planned.cancel(alice)
    compare("cancellation", cancellation(partner.planned, alice, partner.to, now=NOW))


def test_beforehand(alice: Member, partner: Partner) -> None:
    compare("beforehand", beforehand(partner.planned, alice, partner.to, now=NOW, line=LINE))


def test_beforehand_the_first(alice: Member, partner: Partner) -> None:
    partner.held.delete()
    compare("beforehand_first", beforehand(partner.planned, alice, partner.to, now=NOW))


def along(alice: Member, partner: Partner) -> Along:
    found = ready(alice, partner.relationship, now=NOW)
    return found.along(sheet=True, base=BASE)


def test_the_sheet_before_the_first(alice: Member, partner: Partner) -> None:
    partner.held.delete()
    a_sheet(alice, about="I mend roofs.")
    a_link(None, alice, "sheet", now=NOW)
    one, goes = partner.planned, along(alice, partner)
    compare("beforehand_sheet", beforehand(one, alice, partner.to, now=NOW, along=goes))


def test_their_page_and_the_sheet_with_an_invitation(alice: Member, partner: Partner) -> None:
    a_sheet(alice, about="I mend roofs.")
    a_link(partner.relationship, alice, now=NOW)
    one, goes = partner.planned, along(alice, partner)
    compare("invitation_along", invitation(one, alice, partner.to, now=NOW, along=goes))


@pytest.mark.parametrize("name", ["yours", "page", "sheet"])
def test_handing_over(name: str, alice: Member, partner: Partner) -> None:
    writing = getattr(handing, name)
    given = {"base": BASE, "now": NOW, "line": LINE}
    compare(name, writing(partner.relationship, alice, partner.to, **given))


def test_asking_for_theirs_again(alice: Member, partner: Partner) -> None:
    TheirSheet.objects.create(
        workspace=alice.workspace,
        relationship=partner.relationship,
        began_at=NOW,
        handed_in_at=NOW,
    )
    draft = handing.yours(partner.relationship, alice, partner.to, base=BASE, now=NOW)
    compare("yours_again", draft)


def test_digest() -> None:
    on = Line("Siân Ó Briain", "Third one-to-one. The Boathouse", "/one-to-ones/7/", "10:00")
    late = Line("Peter Vance", "Send the <lease> & the plan", "/relationships/2/", "3 days over")
    sections = (Section("On today", (on,)), Section("Promised by you", (late,), more=2))
    to = Recipient("Alice Hill", "alice@example.org")
    compare("digest", digest(to, "Monday 14 June 2027", sections, "https://touch.example.org"))
