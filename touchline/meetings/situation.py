"""Where a relationship stands today, in the few words a list has room for. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from touchline.core.words import clock, day, late_by, short_day
from touchline.relationships.cadence import Cadence, Standing, standing

# M3: from a week after a first meeting that went well the second is asked for.
SECOND_ASKED_AFTER = timedelta(days=7)

Tone = Literal["now", "late", "plain"]


class Course(NamedTuple):
    """What is known of a relationship's course; moments in the member's zone.

    ``last_met`` is the day of the last one-to-one that took place, before the software
    included; ``took_place`` counts those. ``to_close_out`` says that one was held and waits.
    ``first_went_well`` is False only where the last one was said not to have gone well.
    """

    state: str
    begun_on: date
    meetings: Cadence
    calls: Cadence | None = None
    took_place: int = 0
    last_met: date | None = None
    next_planned: datetime | None = None
    under_way: bool = False
    to_close_out: bool = False
    went_well: bool | None = None
    paused_until: date | None = None
    last_call: date | None = None
    call_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """The words for a list, how loudly to say them, and what they rest on."""

    text: str
    tone: Tone
    meeting: Standing | None
    call: Standing | None = None

    @property
    def is_due(self) -> bool:
        """Whether a one-to-one is due or late, with none planned."""
        return self.meeting is not None and self.meeting.is_due


def call_standing(course: Course, today: date) -> Standing | None:
    """Say when a call is due; None where there are none between meetings.

    A one-to-one is a touch as well, so a call is due its interval after the later of the
    last call and the last one-to-one; a day agreed on the phone comes before the rule.
    """
    if course.calls is None and course.call_again_on is None:
        return None
    cadence = course.calls or Cadence(1, 3)
    if course.call_again_on is not None:
        since = course.call_again_on - timedelta(days=cadence.ideal_days)
        return standing(cadence, since, course.begun_on, today)
    touches = [on for on in (course.last_call, course.last_met) if on is not None]
    return standing(cadence, max(touches, default=None), course.begun_on, today)


def meeting_standing(course: Course, today: date) -> Standing | None:
    """Say when a one-to-one is due; None where the programme rests or one is on its way."""
    if course.state != "active" or course.under_way or course.to_close_out or course.next_planned:
        return None
    return standing(course.meetings, course.last_met, course.begun_on, today)


def asks_for_second(course: Course, today: date) -> bool:
    """Whether the second meeting is to be asked for (M3)."""
    return (
        course.took_place == 1
        and not course.to_close_out
        and course.next_planned is None
        and course.went_well is not False
        and course.last_met is not None
        and today >= course.last_met + SECOND_ASKED_AFTER
    )


def situation(course: Course, today: date) -> Situation:
    """Say where a relationship stands."""
    if course.state == "ended":
        return Situation("ended", "plain", None)
    if course.state == "paused" and course.paused_until is not None:
        if course.paused_until <= today:
            return Situation("back today" if course.paused_until == today else "back", "now", None)
        return Situation(f"paused to {short_day(course.paused_until, today)}", "plain", None)
    call = call_standing(course, today)
    if course.under_way:
        return Situation("under way", "now", None, call)
    if course.to_close_out:
        return Situation("close out", "now", None, call)
    if course.next_planned is not None:
        on = course.next_planned.date()
        if on == today:
            return Situation(f"today, {clock(course.next_planned)}", "now", None, call)
        return Situation(day(on, today), "plain", None, call)
    stands = standing(course.meetings, course.last_met, course.begun_on, today)
    if stands.is_late:
        return Situation(f"{late_by(stands.days_late)} late", "late", stands, call)
    if asks_for_second(course, today):
        return Situation("second not booked", "plain", stands, call)
    if stands.is_due:
        return Situation(
            "due today" if stands.due_on == today else "due now", "plain", stands, call
        )
    if not course.took_place:
        return Situation("no date yet", "plain", stands, call)
    return Situation(f"due {day(stands.due_on, today)}", "plain", stands, call)
