"""Two partners of one workspace, and what stands between us and the first of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from touchline.accounts.models import Member, Role
from touchline.demo import makers
from touchline.demo.referral_makers import a_referral
from touchline.demo.sheet_makers import a_link, a_sheet
from touchline.mail.models import Message
from touchline.meetings.models import Action, AgendaItem, OneToOne, State
from touchline.referrals.models import Referral
from touchline.relationships.models import Relationship
from touchline.sheets.models import CompanySheet, Link, TheirAnswer, TheirSheet

WHY = "Needs somebody for the books of a second shop"


@dataclass
class Cast:
    """Alice's programme with Anwen, what is on it, and the link of her page."""

    alice: Member
    anwen: Relationship
    link: Link
    one: OneToOne
    ours: AgendaItem
    theirs: AgendaItem
    promised: Action
    owed: Action
    named: Referral
    unnamed: Referral
    received: Referral
    # Of another relationship.
    other: Relationship
    other_promise: Action
    other_referral: Referral

    @property
    def path(self) -> str:
        return f"/with/page/{self.link.token}/"

    def post(self, where: str, **data: object) -> "Answer":
        return Answer(Client().post(f"{self.path}{where}", data))

    def read(self) -> str:
        answer = Client().get(self.path)
        assert answer.status_code == 200
        return answer.content.decode()

    def answer(self, answer: str, **more: object) -> "Answer":
        seen = {"one": self.one.pk, "sequence": self.one.sequence}
        return self.post("answers/", **{**seen, "answer": answer, **more})


class Answer:
    """What came back: its status, where it leads, and what it says."""

    def __init__(self, response: object) -> None:
        self.status: int = response.status_code  # type: ignore[attr-defined]
        self.to: str = response.headers.get("Location", "")  # type: ignore[attr-defined]
        self.text: str = response.content.decode()  # type: ignore[attr-defined]


def a_cast(alice: Member) -> Cast:
    """Make them."""
    today, now = alice.today(), timezone.now()
    person = makers.a_person(
        alice, "Anwen Pritchard", company="Pritchard Accounting", email="anwen@example.org"
    )
    anwen = makers.a_relationship(alice, person, on=today - timedelta(days=200))
    makers.a_one_to_one(anwen, alice, today - timedelta(days=60), state=State.CLOSED_OUT)
    one = makers.a_one_to_one(anwen, alice, today + timedelta(days=18), place="Hill Street Café")
    other = makers.a_relationship(alice, "Glyn Parry")
    tom = makers.a_person(alice, "Tom Hart", company="Hart Foods", email="tom@hart.example")
    eve = makers.a_person(alice, "Eve Moss", company="Moss Lettings", phone="+44 7700 900456")
    made = Cast(
        alice=alice,
        anwen=anwen,
        link=a_link(anwen, alice),
        one=one,
        ours=makers.an_agenda_item(anwen, alice, "mine", "The two landlords"),
        theirs=makers.an_agenda_item(anwen, alice, "theirs", "Your fixed fees"),
        promised=makers.an_action(
            anwen, alice, "theirs", "Send two paragraphs", today + timedelta(days=3)
        ),
        owed=makers.an_action(anwen, alice, "mine", "Bring the leaflet", today),
        named=a_referral(anwen, alice, state="introduced", person=tom, need=WHY),
        unnamed=a_referral(
            anwen, alice, state="asking", person=eve, need="Eve Moss lets out three flats"
        ),
        received=a_referral(
            anwen, alice, "received", state="met", person="Ian Rees", need="Buys a house"
        ),
        other=other,
        other_promise=makers.an_action(other, alice, "theirs", "Call the club", today),
        other_referral=a_referral(
            other, alice, state="introduced", person="Una Vaughan", need="Wants a will"
        ),
    )
    a_sheet(alice, about="I grew up above a bakery", family="Two girls at school")
    CompanySheet.objects.create(workspace=alice.workspace, about="A firm of six")
    a_link(anwen, alice, "yours")
    told(anwen, "Sings in a choir", now)
    a_recap(alice, anwen, "Hello Anwen,\n\nThank you for our one-to-one.", now)
    return made


def a_cast_elsewhere() -> Cast:
    """Make them in a workspace of their own, of which Alice is the owner."""
    inside = makers.a_workspace()
    return a_cast(makers.a_member(inside, "alice@example.org", "Alice Hill", Role.OWNER))


def told(relationship: Relationship, text: str, at: datetime, **fields: object) -> TheirAnswer:
    """Let them hand in a sheet of one answer."""
    sheet = TheirSheet.objects.create(
        workspace=relationship.workspace,
        relationship=relationship,
        began_at=at,
        **{"handed_in_at": at, "settled_at": at, **fields},
    )
    return TheirAnswer.objects.create(
        workspace=relationship.workspace,
        sheet=sheet,
        topic="interests",
        text=text,
        state="accepted",
        typed_at=at,
    )


def a_recap(alice: Member, relationship: Relationship, text: str, at: datetime) -> Message:
    """Let a recap go out."""
    return Message.objects.create(
        workspace=alice.workspace,
        by=alice,
        relationship=relationship,
        what="recap",
        state="sent",
        to_address="anwen@example.org",
        subject="Our one-to-one",
        text=text,
        message_id=f"<{at.timestamp()}@example.org>",
        made_at=at,
        sent_at=at,
    )
