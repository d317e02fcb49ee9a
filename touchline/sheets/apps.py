from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "touchline.sheets"
    label = "sheets"
