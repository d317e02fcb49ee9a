"""Puts sheets, links and what arrived by them into the chronicle of the sample workspace."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from touchline.accounts.models import Member
from touchline.demo.stories import sheets as story
from touchline.demo.telling import Chronicle
from touchline.people.models import Person
from touchline.referrals.models import Referral
from touchline.relationships.models import Relationship
from touchline.sheets.models import Answer, CompanySheet, Link, Purpose, Visit
from touchline.sheets.partner_page import doing
from touchline.sheets.theirs import saving
from touchline.sheets.writing import changing

EVENING = time(21, 10)


def tell_of_sheets(chronicle: Chronicle, people: Mapping[str, Person]) -> None:
    """Put my sheet, the firm's part, their pages and theirs into the chronicle."""
    telling = SheetTelling(chronicle, people)
    telling.mine()
    telling.pages()
    telling.theirs()


class SheetTelling:
    """Tells of sheets; each thing happens by its verb, at its moment."""

    def __init__(self, chronicle: Chronicle, people: Mapping[str, Person]) -> None:
        self.chronicle, self.people = chronicle, people
        self.by: Member = chronicle.member
        self.events = 0

    def _then(self, on: int, verb: Callable[[datetime], object]) -> None:
        self.events += 1
        at = self.chronicle.moment(self.chronicle.day(on), EVENING)
        moment = at + timedelta(minutes=self.events)
        self.chronicle.then(moment, lambda: verb(moment))

    def _with(self, name: str) -> Relationship:
        found: Relationship = Relationship.objects.get(person=self.people[name])
        return found

    def _link(self, name: str, purpose: str = Purpose.PAGE) -> Link:
        links = Link.objects.select_related("relationship__main_contact__user")
        found: Link = links.get(relationship__person=self.people[name], purpose=purpose)
        return found

    def mine(self) -> None:
        """Write my sheet and the firm's part, and change a part of it since."""
        by, company = self.by, CompanySheet(workspace=self.by.workspace)
        sheet, (since, lately) = changing.begun(by), story.LATELY

        def written(now: datetime) -> None:
            words = {**story.CONTACTS, **story.PARTS}
            changing.write(sheet, by, seen=sheet.version, now=now, words=words)
            changing.write_company(company, by, seen=0, now=now, words=story.COMPANY)
            Link.objects.issue(by, Purpose.SHEET, now=now)

        self._then(story.MY_SHEET, written)
        self._then(
            since,
            lambda now: changing.write(sheet, by, seen=sheet.version, now=now, words=lately),
        )

    def pages(self) -> None:
        """Give two partners their pages, and let them do something there."""
        for name, since, looks in story.PAGES:
            self._then(since, lambda now, name=name: self._page(name, now))  # type: ignore[misc]
            for on in looks:
                self._then(on, lambda now, name=name: Visit.log(self._link(name), now))  # type: ignore[misc]
        name, on, said = story.ANOTHER_TIME
        self._then(on, lambda now: self._another_time(name, said, now))
        of, on, item = story.ON_THE_AGENDA
        self._then(on, lambda now: doing.add(self._link(of), item, now=now))
        self._then(story.FEEDBACK[2], self._feedback)
        who, on, going = story.GOING
        self._then(on, lambda now: doing.say_how_it_goes(self._link(who), going, now=now))

    def _page(self, name: str, now: datetime) -> None:
        Link.objects.issue(self.by, Purpose.PAGE, self._with(name), now=now)

    def _another_time(self, name: str, said: str, now: datetime) -> None:
        link = self._link(name)
        one = link.between.one_to_ones.ahead(now).first()
        if one is None:
            return
        times = [(one.starts_at + timedelta(days=days)).astimezone(UTC) for days in (1, 5)]
        doing.answer(
            link, one=one.pk, sequence=one.sequence, says=Answer.OTHER, text=said, times=times,
            now=now,
        )  # fmt: skip

    def _feedback(self, now: datetime) -> None:
        name, prospect, _, said = story.FEEDBACK
        link = self._link(name)
        passed = Referral.objects.filter(
            relationship=link.relationship_id, person=self.people[prospect]
        ).first()
        if passed:
            doing.tell(link, passed.pk, said, now=now)

    def theirs(self) -> None:
        """Ask one partner for theirs before the first meeting, and let them hand it in."""
        name, asked, given = story.ASKED

        def ask(now: datetime) -> None:
            Link.objects.issue(self.by, Purpose.YOURS, self._with(name), now=now)

        def hand_in(now: datetime) -> None:
            link = self._link(name, Purpose.YOURS)
            saving.type_in(link, story.ANSWERS, now=now)
            saving.hand_over(link, now=now)

        self._then(asked, ask)
        self._then(given, hand_in)
