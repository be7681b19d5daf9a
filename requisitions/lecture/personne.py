"""The lines of « Ce qui est demandé » about the person: their situation, the measure, what it makes due."""

from datetime import datetime
from types import SimpleNamespace as Objet

from django.utils import timezone

from presentation.temps import date_fr, heure_fr
from requisitions.minorite import age_le, examen_obligatoire
from requisitions.models import Requisition


def lignes_de_la_personne(r: Requisition, lue: Objet) -> list[tuple[str, str | None]]:
    """What this reader receives of it; that an examination is mandatory is for whoever makes it too."""
    return [
        # Nothing of the letter is read by a service only told ahead: not that the person is a minor either.
        ("Examen", _obligatoire(r) if lue.type_acte else ""),
        ("Personne", lue.statut_personne_libelle),
        ("Majeur protégé", lue.majeur_protege_libelle),
        ("Interprète", lue.interprete),
        ("Adulte approprié", "N’a pas pu être joint" if lue.adulte_injoignable else ""),
        ("Début de mesure", _moment(lue.debut_mesure)),
        ("Fin de mesure", _moment(lue.fin_mesure)),
        ("Examen demandé", _moment(lue.heure_demande)),
    ]


def lignes_de_l_arrete(lue: Objet) -> list[tuple[str, str | None]]:
    return [("Arrêté, urgence", lue.arrete_motif), ("Arrêté, jusqu’au", _moment(lue.arrete_jusqu_au))]


def _obligatoire(r: Requisition) -> str:
    if r.type_acte != "EX_GAV":
        return ""
    age = age_le(r.dossier.personnes.first(), timezone.localdate(r.dossier.transmis_le))
    raison = examen_obligatoire(
        r.type_acte, r.cadre, age=age, statut=r.statut_personne, adulte_injoignable=r.adulte_injoignable
    )
    return f"Obligatoire dès le début\u00a0: {raison}" if raison else ""


def _moment(quand: datetime | None) -> str:
    return f"{date_fr(quand)}, {heure_fr(quand)}" if quand else ""
