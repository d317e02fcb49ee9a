from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "touchline.accounts"
    label = "accounts"
