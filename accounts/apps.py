from django.apps import AppConfig


class Accounts(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from accounts import controles_systeme  # noqa: F401  registers the check
