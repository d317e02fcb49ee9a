from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "touchline.relationships"
    label = "relationships"
