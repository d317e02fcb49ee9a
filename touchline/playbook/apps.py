from django.apps import AppConfig


class PlaybookConfig(AppConfig):
    name = "touchline.playbook"
    label = "playbook"
