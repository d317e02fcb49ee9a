"""The rows of a list of people, every string ready: fifty rows stay fast."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypedDict

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from touchline.meetings.courses import course_of, histories, line_of
from touchline.meetings.situation import situation
from touchline.people.models import Person
from touchline.playbook.models import of
from touchline.relationships.line import draw
from touchline.relationships.models import Relationship
from touchline.relationships.monogram import monogram

if TYPE_CHECKING:
    from touchline.accounts.models import Member


class Row(TypedDict):
    """One person as a list shows them; ``is_out`` where there is no programme.

    A dictionary, because a template finds a key in half the time of an attribute.
    """

    pk: int
    url: str
    name: str
    what: str
    stage: str
    monogram: SafeString
    line: SafeString
    next: SafeString
    is_out: bool


def rows(member: "Member", people: Iterable[Person]) -> list[Row]:
    """Return the rows of people in their order: at most three queries for all of them."""
    shown = list(people)
    today = member.today()
    programmes = {
        one.person_id: one
        for one in Relationship.objects.visible_to(member).filter(
            person__in=[person.pk for person in shown]
        )
    }
    told = histories([one.pk for one in programmes.values()])
    names = {stage.key: stage.name for stage in of(member.workspace).stages}
    base = reverse("people:people")
    found = []
    for person in shown:
        url = f"{base}{person.pk}/"
        programme = programmes.get(person.pk)
        if programme is None:
            found.append(_without(member, person, url))
            continue
        history = told[programme.pk]
        course = course_of(programme)
        stands = situation(course, today)
        ended = programme.state == "ended"
        partner = programme.stage == "referral_partner"
        found.append(
            Row(
                pk=person.pk,
                url=url,
                name=person.name,
                what=person.what,
                stage="Ended" if ended else names[programme.stage],
                monogram=monogram(
                    person.initials,
                    course.took_place,
                    partner=partner,
                    planned=course.next_planned is not None,
                ),
                line=draw(line_of(programme, history, today)),
                next=_next(stands.text, stands.tone),
                is_out=False,
            )
        )
    return found


def _next(text: str, tone: str) -> SafeString:
    if tone == "plain":
        return format_html("{}", text)
    return format_html('<b class="{}">{}</b>', tone, text)


_NOTHING = SafeString("")
# Today runs down the whole list, through those without a programme too.
_ONLY_TODAY = SafeString(
    '<svg class="touchline" aria-hidden="true">'
    '<line class="today" x1="75%" x2="75%" y1="0" y2="100%"/></svg>'
)


def _without(member: "Member", person: Person, url: str) -> Row:
    start = _NOTHING
    if member.may_change:
        # As relationships:start is addressed; a test holds the two together.
        start = SafeString(
            f'<a class="verb" href="{url}programme/">Start'
            f'<span class="sr"> a programme with {escape(person.name)}</span></a>'
        )
    return Row(
        pk=person.pk,
        url=url,
        name=person.name,
        what=person.what,
        stage="Not started",
        monogram=monogram(person.initials, None),
        line=_ONLY_TODAY,
        next=start,
        is_out=True,
    )


def start_url(person_ids: Iterable[int]) -> str:
    """Return where a programme with these people is begun."""
    ids = list(person_ids)
    if len(ids) == 1:
        return reverse("relationships:start", args=ids)
    return f"{reverse('relationships:start_several')}?{'&'.join(f'person={pk}' for pk in ids)}"
