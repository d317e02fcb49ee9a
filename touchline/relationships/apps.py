from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "touchline.relationships"
    label = "relationships"

    def ready(self) -> None:
        from touchline.people.merging import making_one
        from touchline.relationships.merging import KEY, Programmes

        making_one.rule(KEY, Programmes())
