"""An answer postponed: the hour moves, its line keeps the first one and why, the requester is told."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers import echeances
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from presentation.temps import date_fr, heure_fr
from requisitions.controles import r25_execution
from requisitions.faits import faits_de
from requisitions.report import AU_PLUS, en_cours, motifs_possibles, peut_reporter
from requisitions.workflow.delai import LONGUEUR, REPONSE
from requisitions.workflow.table import exiger_verdict, ouverte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def reporter(*, dossier: Dossier, acteur: Acteur, motif: str, jusqu_a: datetime) -> Dossier:
    """Before its hour only: what is late stays late, in the register. `motif`: a key of `motifs_possibles`."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_reporter(dossier, acteur))
    attendue, maintenant = en_cours(dossier), timezone.now()
    pourquoi = motifs_possibles(dossier.variante).get(motif)
    if attendue is None or pourquoi is None:
        raise TransitionRefusee("Choisissez le motif du report.", champ="motif")
    if attendue.echeance_le <= maintenant:
        raise TransitionRefusee("L’heure est passée : le retard reste inscrit. Écrivez plutôt au requérant.")
    if not attendue.echeance_le < jusqu_a <= maintenant + AU_PLUS:
        raise TransitionRefusee(
            "Choisissez une heure après celle qui est attendue, dans les 30 jours.", champ="jusqu_a"
        )
    if r25_execution(faits_de(dossier, ouverte(dossier))):
        raise TransitionRefusee("Un mineur attend cet examen : écrivez d’abord ce qui l’empêche.")
    avant = f"le {date_fr(attendue.echeance_le)} à {heure_fr(attendue.echeance_le)}"
    suite = f" Attendue d’abord {avant}, reportée : {pourquoi}."
    echeances.poser(
        dossier=dossier,
        nom=REPONSE,
        libelle=attendue.libelle,
        debut_le=attendue.debut_le,
        echeance_le=jusqu_a,
        calcul=attendue.calcul[: LONGUEUR - len(suite)] + suite,
    )
    libelle = f"Réponse reportée au {date_fr(jusqu_a)} à {heure_fr(jusqu_a)} : {pourquoi}"
    relater(dossier=dossier, nom="reporter", libelle=libelle, acteur=acteur)
    return dossier
