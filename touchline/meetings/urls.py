from django.urls import path

from touchline.meetings.views import (
    actions,
    agenda,
    brief,
    calendar,
    capture,
    close_out,
    one_to_ones,
    planning,
)

app_name = "meetings"
ONE = "one-to-ones/<int:pk>/"
urlpatterns = [
    path("relationships/<int:pk>/one-to-ones/new/", planning.plan, name="plan"),
    path("relationships/<int:pk>/held/", planning.enter_held, name="enter_held"),
    path("relationships/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("relationships/<int:pk>/brief/", brief.relationship_brief, name="relationship_brief"),
    path(ONE, one_to_ones.one_to_one, name="one_to_one"),
    path("one-to-ones/<int:pk>.ics", calendar.calendar_file, name="calendar_file"),
    path(f"{ONE}brief/", brief.brief, name="brief"),
    path(f"{ONE}move/", one_to_ones.move, name="move"),
    path(f"{ONE}cancellation/", one_to_ones.cancellation, name="cancellation"),
    path(f"{ONE}miss/", one_to_ones.miss, name="miss"),
    path(f"{ONE}beginning/", one_to_ones.beginning, name="beginning"),
    path(f"{ONE}holding/", one_to_ones.holding, name="holding"),
    path(f"{ONE}reinstatement/", one_to_ones.reinstatement, name="reinstatement"),
    path(f"{ONE}reopening/", one_to_ones.reopening, name="reopening"),
    path(f"{ONE}lines/", capture.lines, name="lines"),
    path(f"{ONE}topics/", capture.topics, name="topics"),
    path(f"{ONE}close-out/", close_out.close_out, name="close_out"),
    path("notes/<int:pk>/edit/", capture.note, name="note"),
    path("notes/<int:pk>/deletion/", capture.note_deletion, name="note_deletion"),
    path("facts/<int:pk>/confirmation/", capture.fact_confirmation, name="fact_confirmation"),
    path("facts/<int:pk>/correction/", capture.fact_correction, name="fact_correction"),
    path("facts/<int:pk>/deletion/", capture.fact_deletion, name="fact_deletion"),
    path("actions/<int:pk>/edit/", actions.action, name="action"),
    path("actions/<int:pk>/keeping/", actions.action_keeping, name="action_keeping"),
    path("actions/<int:pk>/dropping/", actions.action_dropping, name="action_dropping"),
    path("actions/<int:pk>/reopening/", actions.action_reopening, name="action_reopening"),
    path("agenda/<int:pk>/covering/", agenda.agenda_covering, name="agenda_covering"),
    path("agenda/<int:pk>/uncovering/", agenda.agenda_uncovering, name="agenda_uncovering"),
    path("agenda/<int:pk>/dropping/", agenda.agenda_dropping, name="agenda_dropping"),
]
