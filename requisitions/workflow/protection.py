"""A presence that is not revealed, and the magistrate who is called about it (case 12)."""

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from requisitions.models import Derogation
from requisitions.protection import APPEL, peut_appeler_le_parquet
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee

CONTROLE = "R-21"


@transaction.atomic
def noter_appel_au_parquet(
    *, dossier: Dossier, acteur: Acteur, magistrat: str, informe: bool, base: str = "", motif: str
) -> None:
    """What was decided with the magistrate; only a life in danger lets them know, as a written derogation.

    The requester reads nothing of it: the answer stays the neutral one.
    """
    dossier = verrouiller(dossier)
    verdict = peut_appeler_le_parquet(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    lettre = ouverte(dossier)
    if informe and not lettre.urgence_vitale:
        raise TransitionRefusee("La vie n’est pas notée en danger : une présence protégée ne se dit à personne.")
    if informe and not base:
        raise TransitionRefusee("Indiquez le texte qui permet d’informer le magistrat.")
    libelle = "Parquet appelé\u00a0: rien n’est révélé"
    if informe:
        libelle = "Parquet appelé\u00a0: magistrat informé, vie en danger"
        Derogation.objects.get_or_create(
            dossier=dossier,
            controle=CONTROLE,
            constat=f"Présence à ne pas révéler, dite à {magistrat} sur le fondement de {base}."[:300],
            motif=motif[:300],
            defaults={"vitale": True, "levee_par_id": acteur.utilisateur_id},
        )
    dit = f"{magistrat}. {motif}"
    relater(dossier=dossier, nom=APPEL, libelle=libelle, acteur=acteur, commentaire=dit, reserve=True)
