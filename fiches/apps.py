from django.apps import AppConfig


class Fiches(AppConfig):
    name = "fiches"
    verbose_name = "Fiches"

    def ready(self) -> None:
        from fiches import consultation, notifications  # noqa: F401  register what the outbox carries out
