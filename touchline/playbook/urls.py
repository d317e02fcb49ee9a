"""The playbook and the pages that edit its parts."""

from django.urls import path

from touchline.playbook import views

app_name = "playbook"
urlpatterns = [
    path("", views.playbook, name="playbook"),
    path("stages/", views.stages, name="stages"),
    path("rhythms/", views.rhythms, name="rhythms"),
    path("kinds/<slug:key>/", views.kind, name="kind"),
    path("kinds/<slug:key>/as-shipped/", views.as_shipped, name="as_shipped"),
]
