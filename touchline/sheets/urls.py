from django.urls import path

from touchline.sheets.views import (
    arrivals,
    company_sheet,
    handing_out,
    links,
    mine,
    pictures,
    putting_in,
    shared_doing,
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
    path("sheet/photo/", mine.photo, name="my_photo"),
    path("sheet/still-right/", mine.still_right, name="still_right"),
    path("sheet/former-words/", mine.put_back, name="put_back"),
    path("sheet/as-seen/", mine.as_seen, name="as_seen"),
    path("sheet/company/", company_sheet.company_sheet, name="company_sheet"),
    path("sheet/company/logo/", company_sheet.logo, name="company_logo"),
    path("sheet/company/former-words/", company_sheet.company_put_back, name="company_put_back"),
    path("sheet/hand-out/", handing_out.hand_out, name="hand_out"),
    path("sheet/address/", handing_out.address, name="address"),
    path("sheet/sheet.pdf", handing_out.sheet_pdf, name="my_pdf"),
    path("sheet/card.vcf", handing_out.card, name="my_card"),
    path("relationships/<int:pk>/links/", links.links, name="links"),
    path("relationships/<int:pk>/their-sheets/", theirs.their_sheets, name="their_sheets"),
    path("relationships/<int:pk>/their-sheets/put-in/", putting_in.putting_in, name="putting_in"),
    path("their-sheets/<int:pk>/", theirs.their_sheet, name="their_sheet"),
    path("their-sheets/<int:pk>/taking-away/", putting_in.taking_away, name="taking_away"),
    path("their-sheets/<int:pk>/photo.jpg", theirs.their_photo, name="their_photo"),
    path("links/<int:pk>/revocation/", links.revocation, name="revocation"),
    path("arrivals/<int:pk>/seen/", arrivals.seen, name="seen"),
    path("arrivals/<int:pk>/agreement/", arrivals.agreement, name="agreement"),
    path(SHEET, shared_sheet.shared_sheet, name="shared_sheet"),
    path(f"{SHEET}sheet.pdf", shared_sheet.shared_sheet_pdf, name="shared_sheet_pdf"),
    path(f"{SHEET}card.vcf", shared_sheet.shared_sheet_card, name="shared_sheet_card"),
    path(f"{SHEET}photo.jpg", pictures.shared_sheet_photo, name="shared_sheet_photo"),
    path(f"{SHEET}logo.png", pictures.shared_sheet_logo, name="shared_sheet_logo"),
    path(PAGE, shared_page.shared_page, name="shared_page"),
    path(f"{PAGE}photo.jpg", pictures.shared_page_photo, name="shared_page_photo"),
    path(f"{PAGE}logo.png", pictures.shared_page_logo, name="shared_page_logo"),
    path(f"{PAGE}one-to-one.ics", shared_page.shared_page_calendar, name="shared_page_calendar"),
    path(f"{PAGE}answers/", shared_doing.shared_page_answers, name="shared_page_answers"),
    path(f"{PAGE}agenda/", shared_doing.shared_page_agenda, name="shared_page_agenda"),
    path(
        f"{PAGE}actions/<int:pk>/keeping/",
        shared_doing.shared_page_keeping,
        name="shared_page_keeping",
    ),
    path(
        f"{PAGE}actions/<int:pk>/reopening/",
        shared_doing.shared_page_reopening,
        name="shared_page_reopening",
    ),
    path(
        f"{PAGE}referrals/<int:pk>/feedback/",
        shared_doing.shared_page_feedback,
        name="shared_page_feedback",
    ),
    path(f"{PAGE}going/", shared_doing.shared_page_going, name="shared_page_going"),
    path(YOURS, shared_yours.shared_yours, name="shared_yours"),
    path(f"{YOURS}answers/", shared_yours.shared_answers, name="shared_answers"),
    path(f"{YOURS}handing-over/", shared_yours.shared_handing_over, name="shared_handing_over"),
    path(f"{YOURS}photo.jpg", shared_yours.shared_your_photo, name="shared_your_photo"),
]
