"""What a partner did by their links, in the history of the person."""

from touchline.core.prepared import KEY, MOMENT, NEVER, Prepared
from touchline.meetings.events import Event
from touchline.meetings.timeline import PAGE, Source, Stretch
from touchline.sheets.arrivals.loading import COLUMNS
from touchline.sheets.arrivals.telling import Arrived, tell
from touchline.sheets.models import Arrival, What

KIND = "arrivals"

# A promise that they ticked is told as the promise it is.
_CAME = Prepared(
    lambda at: (
        Arrival.objects.filter(relationship=at.relationship, at__lt=at.until, at__gte=at.since)
        .exclude(what=What.ACTION)
        .order_by("-at", "-pk")
        .values_list(*COLUMNS)[: PAGE + 1]
    ),
    relationship=KEY,
    until=MOMENT,
    since=MOMENT,
)


def arrived(stretch: Stretch) -> list[Event]:
    """Tell what arrived in a stretch of the history, newest first, in one query."""
    rows = _CAME(
        relationship=stretch.relationship.pk, until=stretch.before, since=stretch.since or NEVER
    )
    today = stretch.member.today()
    events = []
    for row in rows:
        told = tell(Arrived._make(row), today, past=True)
        url = told.url if told.url != stretch.relationship.get_absolute_url() else ""
        events.append(Event(told.at, KIND, told.sentence, told.words, slight=True, url=url))
    return events


FROM_THEM: dict[str, tuple[str, Source]] = {KIND: ("From them", arrived)}
