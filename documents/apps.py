from django.apps import AppConfig


class Documents(AppConfig):
    name = "documents"
    verbose_name = "Documents"

    def ready(self) -> None:
        from django.conf import settings

        if settings.CERTIFICAT_SIGNATURE:
            from documents.signature import verifier_reglages

            verifier_reglages()
