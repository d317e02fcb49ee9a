from django.apps import AppConfig


class MailConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "touchline.mail"

    def ready(self) -> None:
        from touchline.mail.forgetting import forget
        from touchline.people import purging

        purging.forgets(forget)
