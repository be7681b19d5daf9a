"""In-app notices and the e-mail that says only that something waits."""

from collections.abc import Iterable
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMessage

from notifications.models import Avis


class Destinataire(Protocol):
    """What a notice needs of a person."""

    @property
    def pk(self) -> int: ...
    @property
    def courriel(self) -> str: ...


def prevenir(
    destinataires: Iterable[Destinataire], *, cle_unique: str, texte: str, adresse: str, reference: str
) -> None:
    """Give each person one notice and one e-mail; a repeated `cle_unique` adds nothing to the notices.

    E-mail is at least once, with a Message-ID that lets the receiver drop a double (REL-02).
    """
    for personne in destinataires:
        cle = f"{cle_unique}:{personne.pk}"
        _, nouveau = Avis.objects.get_or_create(
            cle_unique=cle, defaults={"destinataire_id": personne.pk, "texte": texte, "adresse": adresse}
        )
        if nouveau:
            _courriel(personne, cle, reference)


def _courriel(personne: Destinataire, cle: str, reference: str) -> None:
    objet = f"Trait d’union : {reference}" if reference else "Trait d’union : une information vous attend"
    corps = (
        "Bonjour,\n\nUne information vous attend dans Trait d’union"
        + (f", {reference}" if reference else "")
        + f".\nConnectez-vous : {settings.ADRESSE_PUBLIQUE}/\n\nCe message ne contient rien d’autre."
    )
    domaine = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    entetes = {"Message-ID": f"<{cle.replace(':', '.')}@{domaine}>"}
    EmailMessage(objet, corps, to=[personne.courriel], headers=entetes).send()
