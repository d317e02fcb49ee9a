from django.urls import path

from touchline.relationships.views import changing, facts, partners, relationship, starting, verbs

app_name = "relationships"
urlpatterns = [
    path("partners/", partners.partners, name="partners"),
    path("people/<int:person_id>/programme/", starting.start, name="start"),
    path("programmes/new/", starting.start_several, name="start_several"),
    path("relationships/<int:pk>/", relationship.relationship, name="relationship"),
    path("relationships/<int:pk>/edit/", changing.edit, name="edit"),
    path("relationships/<int:pk>/rhythm/", changing.rhythm, name="rhythm"),
    path("relationships/<int:pk>/main-contact/", changing.main_contact, name="main_contact"),
    path("relationships/<int:pk>/resumption/", changing.resumption, name="resumption"),
    path("relationships/<int:pk>/decisions/", verbs.decisions, name="decisions"),
    path("relationships/<int:pk>/steps/", verbs.steps, name="steps"),
    path("relationships/<int:pk>/calls/new/", verbs.new_call, name="new_call"),
    path("relationships/<int:pk>/calls/", verbs.calls, name="calls"),
    path("relationships/<int:pk>/notes/", verbs.notes, name="notes"),
    path("relationships/<int:pk>/facts/", facts.facts, name="facts"),
]
