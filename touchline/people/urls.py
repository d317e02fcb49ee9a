"""People, companies, tags and imports; all below /people/."""

from django.urls import path

from touchline.people.views import companies, imports, people, person, tags

app_name = "people"
urlpatterns = [
    path("", people.people, name="people"),
    path("new/", person.person_new, name="person_new"),
    path("deleted/", person.deleted, name="deleted"),
    path("programmes/", people.programmes, name="programmes"),
    path("tags/", people.tags, name="tags"),
    path("tags/<int:tag_id>/", tags.tag, name="tag"),
    path("tags/<int:tag_id>/deletion/", tags.tag_deletion, name="tag_deletion"),
    path("companies/", companies.companies, name="companies"),
    path("companies/new/", companies.company_new, name="company_new"),
    path("companies/deleted/", companies.companies_deleted, name="companies_deleted"),
    path("companies/<int:company_id>/", companies.company, name="company"),
    path(
        "companies/<int:company_id>/deletion/",
        companies.company_deletion,
        name="company_deletion",
    ),
    path(
        "companies/<int:company_id>/restoration/",
        companies.company_restoration,
        name="company_restoration",
    ),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:import_id>/", imports.import_, name="import"),
    path("imports/<int:import_id>/application/", imports.application, name="application"),
    path("<int:person_id>/", person.person, name="person"),
    path("<int:person_id>/edit/", person.person_edit, name="person_edit"),
    path("<int:person_id>/deletion/", person.deletion, name="deletion"),
    path("<int:person_id>/restoration/", person.restoration, name="restoration"),
]
