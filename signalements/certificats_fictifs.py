"""What the certificates of the demonstration answer: nobody here exists."""

import random
from typing import Any


def _certifie(**siens: Any) -> dict[str, Any]:
    """What every certificate that is handed over holds."""
    return {
        "identite_verifiee": "PIECE",
        "interprete": "NON",
        "cadre": "DEMANDE_VICTIME",
        "lieu_examen": "Consultation",
        "numero_certificat": 1,
        **siens,
    }


def initial(alea: random.Random) -> dict[str, Any]:
    jours = alea.choice((None, 0, 2, 5, 8))
    return {
        **_certifie(),
        "identite_verifiee": alea.choice(("PIECE", "DECLARATIVE")),
        "lieu_examen": "Urgences, salle d’examen",
        "doleances_physiques": "Douleur du bras et du cou, gêne pour avaler.",
        "doleances_psychiques": "Peur de rentrer, réveils la nuit.",
        "retentissement_fonctionnel": "Se lave et s’habille avec aide.",
        "retentissement_psychique": "Pleure pendant l’examen, sursaute au bruit.",
        "itt": "A_REEVALUER" if jours is None else "JOURS",
        "itt_jours": jours,
        "itt_reserves": "Sous réserve de complications.",
        "reevaluation_le": "2026-12-18" if jours is None else "",
        "photos_accord": "SANS_OBJET",
    }


def non_excision(alea: random.Random) -> dict[str, Any]:
    moment = alea.choice(("AVANT", "RETOUR"))
    return _certifie(moment=moment, examen_accepte_par="Sa mère, présente", conclusion="AUCUNE")


def vulnerabilite(alea: random.Random) -> dict[str, Any]:
    return _certifie(
        elements=["AGE", "INCAPACITE_PSYCHIQUE"],
        elements_constates="Ne reconnaît pas ses proches, ne donne ni le jour ni le lieu.",
        peut_etre_entendue=alea.choice(("OUI", "NON")),
        conclusion="HORS_D_ETAT",
    )
