from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "touchline.referrals"
    label = "referrals"

    def ready(self) -> None:
        from touchline.meetings.asking import events, material, standing
        from touchline.people import purging
        from touchline.referrals import asking, forgetting

        material.loaded_by(asking.FURTHER, asking.load)
        events.raised_by(asking.EVENT, asking.outcomes)
        standing.filled_by(asking.PLACEHOLDER, asking.last_passed)
        purging.forgets(forgetting.forget)
