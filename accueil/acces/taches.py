"""What the clock and the worker do for the journal: witness, time-stamp, mail the heads, verify, prepare exports."""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.roles import Role
from accueil.acces.archive import composer
from convention.acteur import rattachements_valides
from documents import coffre
from journal.ancres import ancrer, attester, ecrire, temoins_de
from journal.depot import deposer
from journal.horodatage import horodater
from journal.models import Ancre, Export
from journal.verification import verifier_tout
from notifications.boite_envoi import publier

GARDIENS = (Role.DPO, Role.ADMIN_INSTITUTION)
HEURE_DES_COURRIELS = 6

COURRIEL = """Bonjour,

Voici les empreintes du journal de Trait d’union. Gardez ce message : il ne contient aucune autre donnée.

{lignes}

Chaque ligne donne une chaîne, le numéro de son dernier événement, son empreinte et la date du relevé.
Pour vérifier un export : python3 verificateur.py EXPORT.jsonl --ancre NUMERO:EMPREINTE
Pour vérifier la base : manage.py verifier_journal --ancres CE_MESSAGE.txt
Si une empreinte ne se retrouve pas, prévenez votre délégué à la protection des données.
"""


def tour_du_journal() -> None:
    """Beat tick: one witness an hour, in the base and in the file store; heads mailed, all verified once a day.

    Unique keys make it so.
    """
    maintenant = timezone.localtime()
    publier("journal.ancrer", cle_unique=f"journal.ancrer:{maintenant:%Y-%m-%dT%H}", charge={})
    if maintenant.hour >= HEURE_DES_COURRIELS:
        publier("journal.envoyer", cle_unique=f"journal.envoyer:{maintenant:%Y-%m-%d}", charge={})
        publier("journal.verifier", cle_unique=f"journal.verifier:{maintenant:%Y-%m-%d}", charge={})


def relever(charge: Mapping[str, Any]) -> None:
    """Witness the heads, in the database and outside it."""
    releve = ancrer()
    if releve:
        deposer(temoins_de(releve))
    if releve and settings.HORODATAGE_URL:
        publier("journal.horodater", cle_unique=f"journal.horodater:{releve}", charge={"releve": str(releve)})


def faire_horodater(charge: Mapping[str, Any]) -> None:
    """An authority that does not answer makes the outbox try again; the witness is already kept."""
    releve = uuid.UUID(charge["releve"])
    racine = Ancre.objects.filter(releve=releve, genre=Ancre.Genre.TETE).values_list("racine", flat=True)[:1].get()
    jeton = horodater(racine, adresse=settings.HORODATAGE_URL, autorite=Path(settings.HORODATAGE_AUTORITE))
    attester(releve, Ancre.Genre.HORODATAGE, jeton=jeton)


def envoyer_les_tetes(charge: Mapping[str, Any]) -> None:
    """One outbox row an institution, so that a refused mailbox holds up no other partner."""
    releve = ancrer()
    codes = rattachements_valides().filter(role__in=GARDIENS).values_list("service__institution__code", flat=True)
    for code in sorted(set(codes)) if releve else ():
        publier(
            "journal.envoyer_a",
            cle_unique=f"journal.envoyer_a:{releve}:{code}",
            charge={"releve": str(releve), "institution": code},
        )


def envoyer_a(charge: Mapping[str, Any]) -> None:
    """Mail the heads to whoever guards them for an institution now."""
    releve, code = uuid.UUID(charge["releve"]), charge["institution"]
    gardiens = rattachements_valides().filter(role__in=GARDIENS, service__institution__code=code)
    adresses = sorted(set(gardiens.values_list("utilisateur__courriel", flat=True)))
    domaine = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    for rang, adresse in enumerate(adresses):
        EmailMessage(
            "Trait d’union : empreintes du journal",
            COURRIEL.format(lignes=ecrire(temoins_de(releve))),
            to=[adresse],
            headers={"Message-ID": f"<journal.{releve}.{code}.{rang}@{domaine}>"},
        ).send()
    if adresses:
        attester(releve, Ancre.Genre.COURRIEL, envoye_a=code)


def verifier(charge: Mapping[str, Any]) -> None:
    verifier_tout()


def preparer_export(charge: Mapping[str, Any]) -> None:
    """The long export, sealed in the vault; a second delivery of a finished one does nothing."""
    export = Export.objects.select_for_update().get(pk=charge["export"])
    if export.statut == Export.Statut.PRET:
        return
    archive = composer(export.chaine, export.du, export.au)
    fichier = coffre.deposer(archive, extension="zip", type_mime="application/zip", attache=export.cle)
    export.statut, export.fichier = Export.Statut.PRET, fichier.cle
    export.save()
