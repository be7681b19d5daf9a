"""Noting that a required doctor concluded by word of mouth: to whom, when, at which number. Nothing is answered yet."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Contact
from dossiers.models import Dossier
from dossiers.suivi import relater, verrouiller
from presentation.temps import date_fr, heure_fr
from requisitions.conclusions_orales import peut_conclure_oralement
from requisitions.models import ConclusionOrale
from requisitions.workflow.instruction import numero_de_l_annuaire
from requisitions.workflow.table import exiger_verdict, ouverte
from transitions.workflow import TransitionRefusee

DEJA = "Ces conclusions orales sont déjà notées."


@transaction.atomic
def conclure_oralement(
    *, dossier: Dossier, acteur: Acteur, donnee_le: datetime, officier: str, contact: Contact
) -> ConclusionOrale:
    """The deadline runs on and the state does not move: the written paper is due as if nothing had been said."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_conclure_oralement(dossier, acteur))
    lettre, officier = ouverte(dossier), officier.strip()
    if not officier:
        raise TransitionRefusee("Écrivez le nom et la qualité de qui les a reçues.", champ="officier")
    if donnee_le > timezone.now():
        raise TransitionRefusee("Cette heure n’est pas encore passée.", champ="donnee_le")
    if lettre.authentifiee_le and donnee_le < lettre.authentifiee_le.replace(second=0, microsecond=0):
        raise TransitionRefusee("À cette heure, le service requérant n’était pas encore rappelé.", champ="donnee_le")
    numero = numero_de_l_annuaire(lettre, contact)
    if ConclusionOrale.objects.filter(dossier=dossier, donnee_le=donnee_le, officier=officier).exists():
        raise TransitionRefusee(DEJA)
    conclusion: ConclusionOrale = ConclusionOrale.objects.create(
        dossier=dossier, donnee_le=donnee_le, officier=officier, numero=numero, note_par_id=acteur.utilisateur_id
    )
    libelle = f"Conclusions données oralement le {date_fr(donnee_le)} à {heure_fr(donnee_le)}, écrit à remettre"
    relater(dossier=dossier, nom="conclure_oralement", libelle=libelle, acteur=acteur)
    return conclusion
