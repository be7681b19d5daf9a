from django.apps import AppConfig


class Fiches(AppConfig):
    name = "fiches"
    verbose_name = "Fiches"

    def ready(self) -> None:
        from fiches import notifications  # noqa: F401  registers what the outbox carries out
