"""What goes out: looked at and sent from the one-to-one, or the partner, it is about."""

from django.urls import path

from touchline.mail.views import handing, letters, messages

app_name = "mail"
ONE = "one-to-ones/<int:pk>/"
LETTERS = "relationships/<int:pk>/letters/"
urlpatterns = [
    path(f"{ONE}recap/", letters.recap, name="recap"),
    path(f"{ONE}invitation/", letters.invitation, name="invitation"),
    path(f"{ONE}beforehand/", letters.beforehand, name="beforehand"),
    path(f"{LETTERS}yours/", handing.yours, name="yours"),
    path(f"{LETTERS}page/", handing.page, name="page"),
    path(f"{LETTERS}sheet/", handing.sheet, name="sheet"),
    path("sheet/letters/", handing.sheet_to, name="sheet_to"),
    path("messages/<int:pk>/attempt/", messages.attempt, name="attempt"),
    path("messages/<int:pk>/dropping/", messages.dropping, name="dropping"),
]
