"""Who takes part in an extraction, and the neutral words each reads of it and of the others."""

from convention.models import Service
from dossiers.models import Participation
from dossiers.participations import Octroi
from prises_en_charge.models import Extraction

_Role = Participation.Role


def octroi_escorte(escorte: Service) -> Octroi:
    """The escort takes part from the moment it is named."""
    return Octroi(
        role=_Role.EXECUTANT,
        ligne="Escorte vers le centre hospitalier",
        motif="Escorte désignée par le greffe",
        apparait_comme=escorte.nom_externe,
        service=escorte,
    )


def octrois(extraction: Extraction, usmp: Service) -> list[Octroi]:
    """The parties of a demand. The ward appears outside as the hospital's front desk, never by its name."""
    parties = [
        Octroi(
            role=_Role.AUTEUR,
            ligne="Extraction demandée vers le centre hospitalier",
            motif="Demande de l’unité sanitaire",
            apparait_comme=usmp.nom_externe,
            service=usmp,
            non_lu=False,
        ),
        Octroi(
            role=_Role.EXECUTANT,
            ligne="Extraction à organiser vers le centre hospitalier",
            motif="Établissement de la personne détenue",
            apparait_comme=extraction.etablissement.nom_externe,
            service=extraction.etablissement,
        ),
        Octroi(
            role=_Role.EXECUTANT,
            ligne="Accueil d’une personne détenue",
            motif="Service qui reçoit",
            apparait_comme=extraction.service_accueil.nom_externe,
            service=extraction.service_accueil,
        ),
    ]
    return [*parties, octroi_escorte(extraction.escorte)] if extraction.escorte else parties
