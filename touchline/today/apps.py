from django.apps import AppConfig


class TodayConfig(AppConfig):
    name = "touchline.today"
    label = "today"
