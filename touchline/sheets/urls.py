from django.urls import path

from touchline.sheets.views import (
    arrivals,
    handing_out,
    links,
    mine,
    shared_page,
    shared_sheet,
    shared_yours,
    theirs,
)

app_name = "sheets"
# What opens without an account; names begin with ``shared_``.
SHEET = "with/sheet/<str:token>/"
PAGE = "with/page/<str:token>/"
YOURS = "with/yours/<str:token>/"
urlpatterns = [
    path("sheet/", mine.mine, name="mine"),
    path("sheet/hand-out/", handing_out.hand_out, name="hand_out"),
    path("relationships/<int:pk>/links/", links.links, name="links"),
    path("relationships/<int:pk>/their-sheets/", theirs.their_sheets, name="their_sheets"),
    path("their-sheets/<int:pk>/", theirs.their_sheet, name="their_sheet"),
    path("arrivals/<int:pk>/seen/", arrivals.seen, name="seen"),
    path(SHEET, shared_sheet.shared_sheet, name="shared_sheet"),
    path(PAGE, shared_page.shared_page, name="shared_page"),
    path(YOURS, shared_yours.shared_yours, name="shared_yours"),
]
