"""From the letter to the facts the controls read, and to the content that is hashed."""

from dataclasses import replace
from typing import Any

from django.db.models import Model
from django.utils import timezone

from documents.render import empreinte
from prises_en_charge.controles import Faits, demande_expertise, trahit_identite
from prises_en_charge.models import Extraction


def faits_de(extraction: Extraction, **autres: Any) -> Faits:
    """The facts of a letter; `autres` overrides some, for what a form asks before it is written."""
    faits = Faits(
        urgente=extraction.motif_acte == Extraction.Motif.URGENCE,
        ordre_joint=extraction.ordre_ecrit_id is not None,
        examen_gyneco_ou_accouchement=extraction.examen_gyneco_ou_accouchement,
        contrainte_pendant_examen=extraction.contrainte_levee is False,
        presence=extraction.presence_pendant_examen,
        niveau_surveillance=extraction.niveau_surveillance,
        surveillance_motif=extraction.surveillance_motif,
        surveillance_reexamen=extraction.surveillance_reexamen_le is not None,
        identite_dans_agenda=trahit_identite(extraction.consignes),
        hospitalisee_le=extraction.hospitalisee_le if not extraction.sortie_le else None,
        maintenant=timezone.now(),
        expertise_demandee=demande_expertise(extraction.consignes),
    )
    return replace(faits, **autres)


def figer(extraction: Extraction) -> None:
    """Freeze the letter with the hash of its content; the trigger refuses any later change."""
    contenu = {nom: _valeur(extraction, nom) for nom in Extraction.CLASSES}
    extraction.empreinte = empreinte(contenu)
    extraction.fige_le = timezone.now()


def _valeur(extraction: Extraction, nom: str) -> Any:
    """A related row counts by its key."""
    valeur = getattr(extraction, nom)
    return valeur.pk if isinstance(valeur, Model) else valeur
