from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "touchline.meetings"
    label = "meetings"

    def ready(self) -> None:
        from touchline.meetings.merging import count_again
        from touchline.meetings.said import said_of
        from touchline.people import search
        from touchline.people.merging import making_one

        search.contribute(said_of)
        making_one.afterwards(count_again)
