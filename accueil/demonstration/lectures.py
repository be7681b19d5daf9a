"""Readings spread over the services, and ten feedbacks in every state, through the verbs themselves."""

import uuid
from collections.abc import Callable

from bilans import retours
from bilans.models import RetourExperience
from convention.acteur import Acteur, acteur_de, rattachements_valides
from fiches import accuses
from fiches.models import VersionFiche

LECTEURS = 80
C = RetourExperience.Categorie
# Author, sheet, step, category, text, and how far it went.
RETOURS = (
    ("soignante", 1, 7, C.NUMERO, "Le numéro de la permanence renvoie sur un répondeur le dimanche.", "REPONDU"),
    ("soignante", 1, 1, C.IMPOSSIBLE, "Aucun box fermé n’est libre la nuit aux urgences.", "COMITE"),
    ("cadre", 9, 3, C.AUTRE, "L’escorte refuse de sortir tant que le motif n’est pas écrit.", "A_L_ETUDE"),
    ("service", 10, 4, C.OBSCUR, "On ne sait pas qui signe la décision sur les menottes.", "RECU"),
    ("opj", 6, 4, C.DELAI, "Le rappel par le standard prend plus d’une heure la nuit.", "RECU"),
    ("gendarme", 8, 3, C.OBSCUR, "« Apte sous conditions » : lesquelles ?", "NON_RETENU"),
    ("usmp", 10, 6, C.IMPOSSIBLE, "Le compte rendu arrive parfois avec l’escorte.", "COMITE"),
    ("securite", 13, 4, C.DELAI, "La main courante en une heure est intenable pendant l’alerte.", "RECU"),
    ("garde", 17, 3, C.AUTRE, "Préciser qui appelle l’état civil le week-end.", "REPONDU"),
    ("juriste", 7, 2, C.NUMERO, "Le conseiller de permanence a changé de numéro.", "A_L_ETUDE"),
)


def peupler(acteur: Callable[[str], Acteur]) -> None:
    _lectures()
    for rang, (nom, fiche, etape, categorie, texte, etat) in enumerate(RETOURS):
        version = VersionFiche.objects.select_related("fiche__thematique__convention").get(
            fiche__numero=fiche, etat=VersionFiche.Etat.EN_VIGUEUR
        )
        if acteur(nom).principale is None:
            continue
        retour = retours.deposer(
            version=version,
            passage=f"etapes-{etape}",
            acteur=acteur(nom),
            categorie=categorie,
            texte=texte,
            cle=uuid.UUID(int=0xDE40 + rang, version=4),
        )
        _traiter(retour, etat, acteur("referente"))


def _lectures() -> None:
    """One reader in three reads everything, the others some sheets; one reading in four is checked."""
    versions = list(VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR).order_by("fiche__numero"))
    places = rattachements_valides().select_related("utilisateur")[:LECTEURS]
    for rang, place in enumerate(places):
        acteur = acteur_de(place.utilisateur)
        for version in versions:
            if accuses.concerne(version.contenu["public"], acteur) and (rang + version.pk) % 3:
                verbe = accuses.attester if (rang + version.pk) % 4 == 0 else accuses.accuser
                verbe(version=version, acteur=acteur)


def _traiter(retour: RetourExperience, etat: str, referente: Acteur) -> None:
    if etat == "RECU":
        return
    retours.etudier(retour=retour, acteur=referente)
    if etat == "A_L_ETUDE":
        return
    retours.repondre(retour=retour, acteur=referente, reponse="Merci. Je l’ai vérifié avec le service concerné.")
    if etat in RetourExperience.Issue.values:
        motif = "La liste des conditions figure déjà à l’étape 3." if etat == "NON_RETENU" else ""
        retours.conclure(retour=retour, acteur=referente, issue=etat, motif=motif)
