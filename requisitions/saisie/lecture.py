"""The seizure as legal affairs read it on the case: its inventory, its preparation, where it stands."""

from typing import Any

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.etats import AFFECTEE, EN_EXECUTION
from requisitions.models import Requisition
from requisitions.policies import SORTIE, peut_preparer
from requisitions.saisie.etapes import Saisie, etapes, ou_en_est
from requisitions.saisie.inventaire import a_restituer, inventorie, passages_de, pieces_de, reserves_de, scelles_de
from requisitions.saisie.preparation import medecins_prevenus, preparation_de
from requisitions.types_acte import type_acte


def inventaire_de(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """`inventaire_tenu`: from the moment the operation may be noted."""
    if not type_acte(dossier.variante).inventaire or dossier.etat not in SORTIE | {AFFECTEE, EN_EXECUTION}:
        return {"inventaire_tenu": False}
    return {
        "inventaire_tenu": True,
        "inventaire_ouvert": dossier.etat not in SORTIE and bool(peut_preparer(dossier, acteur)),
        "saisies": pieces_de(dossier),
        "scelles": scelles_de(dossier),
        "reserves": reserves_de(dossier),
        "signatures": list(dossier.signatures.vivantes()),
        "passages": passages_de(dossier),
        "objets": type_acte(dossier.variante).chaine,
    }


def preparation_lue(dossier: Dossier, r: Requisition) -> dict[str, Any]:
    """A search that nobody announced is not prepared."""
    if not type_acte(dossier.variante).saisie or r.inopinee or dossier.etat not in SORTIE | {AFFECTEE, EN_EXECUTION}:
        return {"a_preparer": False}
    return {"a_preparer": True, "preparation": preparation_de(dossier), "prevenus": medecins_prevenus(dossier)}


def etapes_de(dossier: Dossier, r: Requisition) -> dict[str, Any]:
    if not type_acte(dossier.variante).saisie:
        return {"etapes_saisie": []}
    lue = saisie_de(dossier, r)
    return {"etapes_saisie": etapes(lue), "etape_saisie": ou_en_est(lue) or ""}


def saisie_de(dossier: Dossier, r: Requisition) -> Saisie:
    """What is recorded of the case, for the pure rule."""
    rendues = {demande.scelle for demande in dossier.restitutions.all() if demande.finie}
    a_rendre = {scelle.numero for scelle in a_restituer(dossier)}
    preparation, fait = preparation_de(dossier), inventorie(dossier)
    return Saisie(
        etat=dossier.etat,
        inopinee=r.inopinee,
        ordre_convoque=hasattr(dossier, "convocation"),
        preparee=preparation is not None and preparation.prete,
        realisee=bool(fait.retenues or (fait.provisoires and fait.impossible)),
        a_rendre=bool(a_rendre),
        rendu=a_rendre <= rendues,
    )
