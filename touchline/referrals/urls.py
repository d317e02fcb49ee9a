from django.urls import path

from touchline.referrals.views import (
    balances,
    beginning,
    board,
    correcting,
    debriefs,
    goal,
    ideals,
    lists,
    passing,
    referral,
    turns,
)

app_name = "referrals"
ONE = "referrals/<int:pk>/"
IDEAL = "relationships/<int:pk>/ideal-referral/"
MINE = "ideal-referral/"
urlpatterns = [
    path("referrals/", lists.referrals, name="referrals"),
    path("referrals/board/", board.board, name="board"),
    path("referrals/export/", lists.export, name="export"),
    path("referrals/export/file/", lists.export_file, name="export_file"),
    path("referrals/new/", beginning.new, name="new"),
    path("referrals/history/new/", beginning.history_new, name="history_new"),
    path("referrals/balances/", balances.balances, name="balances"),
    path("referrals/goal/", goal.goal, name="goal"),
    path("relationships/<int:pk>/balance/", balances.balance, name="balance"),
    path("relationships/<int:pk>/help/", turns.help_, name="help"),
    path("help/<int:pk>/edit/", turns.help_edit, name="help_edit"),
    path("help/<int:pk>/removal/", turns.help_removal, name="help_removal"),
    path(ONE, referral.referral, name="referral"),
    path(f"{ONE}steps/", referral.steps_taken, name="steps"),
    path(f"{ONE}going-back/", referral.going_back, name="going_back"),
    path(f"{ONE}edit/", correcting.edit, name="edit"),
    path(f"{ONE}deletion/", referral.deletion, name="deletion"),
    path(f"{ONE}readiness/", passing.readiness, name="readiness"),
    path(f"{ONE}asking/<str:whom>/", passing.asking, name="asking"),
    path(f"{ONE}introduction/", passing.introduction, name="introduction"),
    path(f"{ONE}debrief/", debriefs.debrief, name="debrief"),
    path(f"{ONE}proposals/", debriefs.proposals, name="proposals"),
    path(IDEAL, ideals.ideal, name="ideal"),
    path(f"{IDEAL}edit/", ideals.ideal_edit, name="ideal_edit"),
    path(f"{IDEAL}offers/", ideals.ideal_offers, name="ideal_offers"),
    path(MINE, ideals.my_ideal, name="my_ideal"),
    path(f"{MINE}edit/", ideals.my_ideal_edit, name="my_ideal_edit"),
    path(f"{MINE}offers/", ideals.my_ideal_offers, name="my_ideal_offers"),
]
