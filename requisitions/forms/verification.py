"""What the page of the deposit says, as the table and the controls read it before anything is written."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from presentation.temps import age_au
from requisitions.controles import Faits
from requisitions.doctrine import saisie_seulement
from requisitions.faits import traces_medicales
from requisitions.forms.cadres import VERIFIES
from requisitions.instructions import connue
from requisitions.models import LigneDecision
from requisitions.table import chercher, lignes_en_vigueur, precision_de
from requisitions.titres import en_fait


def recue(donnees: dict[str, Any]) -> datetime:
    """The hour of the counter when the hospital writes it down, otherwise now."""
    return timezone.localtime(donnees.get("recue_le") or timezone.now())


def age_saisi(donnees: dict[str, Any]) -> int | None:
    """On the day of reception, in Paris; the age that is said, when nobody knows the birth date."""
    naissance: date | None = donnees.get("naissance")
    dit: int | None = donnees.get("age_declare")
    return age_au(naissance, recue(donnees).date()) if naissance else dit


def ligne_visee(donnees: dict[str, Any]) -> LigneDecision | None:
    """The row of the table that will decide: who the person is narrows it, as at the deposit."""
    cadre, acte, jour = donnees.get("cadre"), donnees.get("type_acte"), recue(donnees).date()
    if not cadre or not acte:
        return None
    precision = precision_de(
        cadre,
        acte,
        age=age_saisi(donnees),
        statut=donnees.get("statut_personne", ""),
        choisie=donnees.get("precision", ""),
    )
    return chercher(lignes_en_vigueur(jour), cadre, acte, le=jour, precision=precision)


def faits_saisis(donnees: dict[str, Any], ligne: LigneDecision | None, *, qualite: str, service: int | None) -> Faits:
    communs: dict[str, Any] = {nom: donnees[nom] for nom in VERIFIES if donnees.get(nom)}
    return Faits(
        cadre=donnees["cadre"],
        type_acte=donnees["type_acte"],
        qualite=qualite,
        recue_le=recue(donnees),
        maintenant=timezone.localtime(),
        autorisation_admise=ligne.autorisation if ligne else LigneDecision.Autorisation.AUCUNE,
        magistrat=donnees.get("autorisation_magistrat", ""),
        sous_controle_de=donnees.get("sous_controle_de", ""),
        titre=en_fait(
            donnees.get("titre"),
            service=service,
            procedure=donnees.get("num_procedure", ""),
            nom=donnees.get("nom", ""),
        ),
        doctrine_saisie=saisie_seulement(),
        traces_medicales=traces_medicales(donnees["type_acte"], donnees.get("mission", "")),
        instruction=connue(donnees.get("instruction_reference", "")),
        age=age_saisi(donnees),
        **communs,
    )
