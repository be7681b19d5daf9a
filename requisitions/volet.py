"""The field block of an act in words: for the page of each reader, and for the paper that leaves."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from dossiers.classes import Classe
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.etats import EN_EXECUTION
from requisitions.models import Volet
from requisitions.types_acte import Champ, Genre, TypeActe
from requisitions.types_acte.saisie import est_perquisition


def lignes(
    acte: TypeActe, donnees: Mapping[str, Any], *, classes: frozenset[Classe] | None = None, imprimees: bool = False
) -> list[dict[str, str]]:
    """{libelle, valeur} of the answered fields: those of these classes, or on paper, for all or for the requester."""
    return [
        {"libelle": (classes is None and champ.papier) or champ.libelle, "valeur": en_mots(champ, donnees[champ.nom])}
        for champ in acte.volet
        if (donnees.get(champ.nom) not in (None, "", False) or (champ.dit_non and donnees.get(champ.nom) is False))
        and (champ.imprime or not imprimees)
        and (classes is None or champ.classe in classes)
    ]


def en_mots(champ: Champ, valeur: Any) -> str:
    if champ.genre == Genre.CHOIX:
        return dict(champ.choix).get(str(valeur), str(valeur))
    if champ.genre == Genre.MOMENT:
        moment = lire_moment(valeur)
        return f"{date_fr(moment)}, {heure_fr(moment)}"
    if champ.genre == Genre.OUI:
        return "Oui" if valeur else "Non"
    return str(valeur)


def sans_magistrat(dossier: Dossier) -> Volet | None:
    """What was noted of a search that goes on while no magistrate is there (R-16)."""
    notes: Volet | None = Volet.objects.filter(dossier=dossier).first() if dossier.etat == EN_EXECUTION else None
    if notes is None or dossier.variante != "SAISIE" or notes.donnees.get("magistrat_present"):
        return None
    lettre, operation = dossier.requisition, notes.donnees.get("operation", "")
    return notes if est_perquisition(operation, inopinee=lettre.inopinee, precision=lettre.precision) else None


def garder_moment(moment: datetime) -> str:
    """Kept in universal time, so that two of them compare as texts."""
    return moment.astimezone(UTC).isoformat(timespec="minutes")


def lire_moment(valeur: str) -> datetime:
    return datetime.fromisoformat(valeur)
