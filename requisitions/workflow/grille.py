"""The system's half of the grid M1 to M14, written when a control begins."""

from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.instructions import connue
from requisitions.mentions import proposer
from requisitions.minorite import age_le
from requisitions.models import ControleMention, Requisition
from requisitions.types_acte import type_acte


def remplir_la_grille(dossier: Dossier, lettre: Requisition, acteur: Acteur) -> None:
    """What a jurist already confirmed as conform stays."""
    instruction = connue(lettre.instruction_reference)
    visee = dossier.personnes.first()
    propositions = proposer(
        lettre,
        personne=visee is not None,
        personne_requise=type_acte(lettre.type_acte).personne,
        fichier=dossier.pieces.filter(service_id=dossier.service_emetteur_id).exists(),
        articles=bool(lettre.ligne_decision or lettre.articles_cites),
        infractions=instruction.infractions if instruction else "",
        age=age_le(visee, timezone.localdate(dossier.transmis_le)),
    )
    confirmees = set(dossier.mentions.filter(automatique=False, resultat="conforme").values_list("numero", flat=True))
    for rang, proposition in enumerate(propositions, start=1):
        if proposition.numero not in confirmees:
            ControleMention.objects.update_or_create(
                dossier=dossier,
                numero=proposition.numero,
                defaults={
                    "rang": rang,
                    "resultat": proposition.resultat,
                    "precision": proposition.precision,
                    "automatique": True,
                    "verifie_par_id": acteur.utilisateur_id,
                },
            )
