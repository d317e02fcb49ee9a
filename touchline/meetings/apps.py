from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "touchline.meetings"
    label = "meetings"

    def ready(self) -> None:
        from touchline.meetings.said import said_of
        from touchline.people import search

        search.contribute(said_of)
