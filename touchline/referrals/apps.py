from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "touchline.referrals"
    label = "referrals"
