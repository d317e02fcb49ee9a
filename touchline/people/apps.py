from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "touchline.people"
    label = "people"
