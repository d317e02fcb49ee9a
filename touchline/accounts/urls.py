"""Printed links, settings, and the small pages around them."""

from django.urls import path

from touchline.accounts.views import entering, own

app_name = "accounts"
urlpatterns = [
    path("welcome/<str:token>/", entering.welcome, name="welcome"),
    path("sign-in/<str:token>/", entering.sign_in_link, name="sign_in_link"),
    path("settings/", own.settings, name="settings"),
    path("settings/workspace/", own.workspace, name="workspace"),
    path("settings/switch/", own.switch, name="switch"),
    path("more/", own.more, name="more"),
    path("keys/", own.keys, name="keys"),
    path("no-workspace/", own.no_workspace, name="no_workspace"),
]
