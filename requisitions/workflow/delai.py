"""When the answer is due: from the deposit, from what a correction says, then on the date that the act itself fixes."""

from dataclasses import replace
from datetime import UTC, timedelta

from django.utils import timezone

from dossiers import echeances
from dossiers.models import Dossier
from requisitions.delais import PREMIER_RETOUR, Delai, calculer, du_terme
from requisitions.models import Requisition

REPONSE = "reponse"
LONGUEUR = 200


def delai_de(dossier: Dossier, r: Requisition) -> Delai:
    """As the letter stands now, from the reception."""
    recue_le = timezone.localtime(dossier.transmis_le)
    return calculer(r.ligne_decision, dossier.urgence, recue_le, fin_mesure=r.fin_mesure, heure_demande=r.heure_demande)


def poser_le_delai(dossier: Dossier, r: Requisition) -> Delai:
    delai = delai_de(dossier, r)
    _poser(dossier, r, delai)
    return delai


def clore_le_premier_retour(dossier: Dossier, r: Requisition, *, suite: bool) -> None:
    """Legal affairs have spoken. `suite`: the demand goes on, and the act's own date, where it has one, is due next."""
    if not dossier.echeances.filter(nom=REPONSE, libelle=PREMIER_RETOUR, tenue_le=None).exists():
        return
    echeances.tenir(dossier=dossier, nom=REPONSE)
    if suite and (terme := du_terme(r, timezone.localtime())):
        _poser(dossier, r, terme)


def corriger_le_delai(dossier: Dossier, r: Requisition, avant: Delai, pause: timedelta) -> None:
    """After the requester put the demand right: the same pauses, counted from what is now known.

    `avant`: what was due before the correction. `pause`: how long the requester took.
    """
    apres, courante = delai_de(dossier, r), dossier.echeances.filter(nom=REPONSE, tenue_le=None).first()
    if apres.libelle == PREMIER_RETOUR:
        if courante is None or courante.libelle != PREMIER_RETOUR:
            # Legal affairs spoke, and are asked again.
            _poser(dossier, r, calculer(r.ligne_decision, dossier.urgence, timezone.localtime()))
    elif courante is None or courante.libelle != apres.libelle:
        _poser(dossier, r, replace(apres, echeance_le=apres.echeance_le.astimezone(UTC) + pause))
    elif apres != avant:
        ecart = apres.echeance_le.astimezone(UTC) - avant.echeance_le.astimezone(UTC)
        suite = courante.calcul.removeprefix(avant.calcul)
        calcul = f"{apres.calcul}{suite} Demande corrigée."
        _poser(dossier, r, replace(apres, echeance_le=courante.echeance_le + ecart, calcul=calcul))


def _poser(dossier: Dossier, r: Requisition, delai: Delai) -> None:
    recue_le = dossier.transmis_le or timezone.now()
    echeances.poser(
        dossier=dossier,
        nom=REPONSE,
        libelle=delai.libelle,
        debut_le=min(recue_le, r.heure_demande or recue_le),
        echeance_le=delai.echeance_le,
        calcul=delai.calcul[:LONGUEUR],
    )
