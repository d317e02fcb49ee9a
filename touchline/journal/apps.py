from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "touchline.journal"
    label = "journal"
