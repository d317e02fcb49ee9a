from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "touchline.core"
    label = "core"
