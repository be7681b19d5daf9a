"""What is due in an extraction, and when: each named deadline is posed here."""

from datetime import datetime, timedelta

from django.utils import timezone

from dossiers.echeances import poser, tenir
from dossiers.models import Dossier
from prises_en_charge.controles import DELAI_CHAMBRE, DELAI_REGULARISATION

ORDRE, ESCORTE, ARRIVEE = "ordre", "escorte", "arrivee"
REGULARISATION, CHAMBRE, COMPTE_RENDU = "regularisation_ordre", "chambre_48h", "compte_rendu"
_AVANT_ARRIVEE = {
    ORDRE: ("Émettre l’ordre d’extraction", timedelta(hours=24)),
    ESCORTE: ("Confirmer l’escorte", timedelta(hours=2)),
    ARRIVEE: ("Arrivée attendue à l’hôpital", timedelta(0)),
}
_DEPUIS_MAINTENANT = {
    REGULARISATION: ("Joindre l’ordre écrit", DELAI_REGULARISATION, "Urgence : 2\u00a0heures après l’arrivée (R-30)"),
    CHAMBRE: ("Demander le transfert", DELAI_CHAMBRE, "48\u00a0heures après l’hospitalisation (R-33)"),
    COMPTE_RENDU: ("Compte rendu à l’unité sanitaire", timedelta(hours=24), "24\u00a0heures après la sortie"),
}


def attendre(dossier: Dossier, nom: str, repere: datetime) -> None:
    """Pose a deadline counted back from the slot, never less than half an hour away."""
    libelle, avance = _AVANT_ARRIVEE[nom]
    maintenant = timezone.now()
    poser(
        dossier=dossier,
        nom=nom,
        libelle=libelle,
        debut_le=maintenant,
        echeance_le=max(repere - avance, maintenant + timedelta(minutes=30)),
        calcul="Compté à partir du créneau, jamais moins de 30\u00a0minutes",
    )


def courir(dossier: Dossier, nom: str) -> None:
    """Pose a deadline that runs from now."""
    libelle, duree, calcul = _DEPUIS_MAINTENANT[nom]
    maintenant = timezone.now()
    poser(dossier=dossier, nom=nom, libelle=libelle, debut_le=maintenant, echeance_le=maintenant + duree, calcul=calcul)


def arreter(dossier: Dossier, *noms: str) -> None:
    for nom in noms:
        tenir(dossier=dossier, nom=nom)


def tout_arreter(dossier: Dossier) -> None:
    """A finished trip owes nothing but its medical report."""
    arreter(dossier, ORDRE, ESCORTE, ARRIVEE, REGULARISATION, CHAMBRE)
