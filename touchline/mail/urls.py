"""What goes out: looked at and sent from the one-to-one it is about."""

from django.urls import path

from touchline.mail.views import letters, messages

app_name = "mail"
ONE = "one-to-ones/<int:pk>/"
urlpatterns = [
    path(f"{ONE}recap/", letters.recap, name="recap"),
    path(f"{ONE}invitation/", letters.invitation, name="invitation"),
    path(f"{ONE}beforehand/", letters.beforehand, name="beforehand"),
    path("messages/<int:pk>/attempt/", messages.attempt, name="attempt"),
    path("messages/<int:pk>/dropping/", messages.dropping, name="dropping"),
]
