"""The playbook and the pages that edit its parts."""

from django.urls import path

from touchline.playbook import views

app_name = "playbook"
urlpatterns = [
    path("", views.playbook, name="playbook"),
    path("stages/", views.stages, name="stages"),
    path("rhythms/", views.rhythms, name="rhythms"),
    path("clocks/", views.clocks, name="clocks"),
    # Keys are made from names, which people write in any letters.
    path("topics/<str:key>/", views.topic, name="topic"),
    path("topics/<str:key>/questions/", views.new_question, name="new_question"),
    path("questions/<str:key>/", views.question, name="question"),
    path("questions/<str:key>/out/", views.question_out, name="question_out"),
    path("kinds/<slug:key>/", views.kind, name="kind"),
    path("kinds/<slug:key>/as-shipped/", views.as_shipped, name="as_shipped"),
]
