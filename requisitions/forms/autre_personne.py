"""What the deposit page would hold to ask the same act again, for somebody else."""

from typing import Any

from requisitions.forms.cadres import AUTRE, PRINCIPAUX
from requisitions.forms.depot import DepotForm
from requisitions.forms.montres import MESURE, PERSONNE
from requisitions.models import Requisition

# Of the person and of the sending: said again each time.
DE_LA_PERSONNE = {*PERSONNE, *MESURE, "fin_mesure"}
DE_L_ENVOI = {"reponse_souhaitee_le", "fichier", "appui", "ordre_ecrit", "incomplet", "nouvelle"}


def saisie_de(lettre: Requisition, urgence: str) -> dict[str, Any]:
    """As a browser would send it, for a draft."""
    saisie: dict[str, Any] = {"urgence": urgence}
    for nom, champ in DepotForm.base_fields.items():
        if nom in DE_LA_PERSONNE | DE_L_ENVOI or not hasattr(lettre, nom):
            continue
        valeur = champ.widget.format_value(champ.prepare_value(getattr(lettre, nom)))
        if valeur not in (None, "", [], "False"):
            saisie[nom] = valeur[0] if isinstance(valeur, list) else valeur
    if saisie.get("cadre") not in {cadre.value for cadre in PRINCIPAUX}:
        saisie |= {"cadre": AUTRE, "cadre_autre": lettre.cadre}
    return saisie
