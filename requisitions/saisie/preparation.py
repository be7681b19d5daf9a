"""Before a planned seizure: who is told, who may say that the record is found and copied. Policies, and reads."""

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier, ParticipationPersonnelle
from dossiers.models.participation import Part
from requisitions.circuit import RESPONSABLE
from requisitions.etats import AFFECTEE, EN_EXECUTION
from requisitions.models import Preparation
from requisitions.policies import agit, peut_instruire
from requisitions.types_acte import type_acte
from transitions.verdict import OUI, Verdict, non

OUVERTE = frozenset({AFFECTEE, EN_EXECUTION})


def medecins_prevenus(dossier: Dossier) -> list[ParticipationPersonnelle]:
    """The doctors responsible for the patient who were told."""
    parts = ParticipationPersonnelle.objects.vivantes().filter(
        content_object=dossier, role=Part.Role.OBSERVATEUR, motif=RESPONSABLE
    )
    return list(parts.select_related("user").order_by("pk"))


def est_prevenu(dossier: Dossier, acteur: Acteur) -> bool:
    """Reads the preparation, and nothing of what the seizure is for."""
    if not type_acte(dossier.variante).copie_prealable:
        return False
    return agit(dossier, acteur, Role.ARCHIVES) or any(
        part.user_id == acteur.utilisateur_id for part in medecins_prevenus(dossier)
    )


def peut_lire_la_preparation(dossier: Dossier, acteur: Acteur) -> Verdict:
    if not type_acte(dossier.variante).copie_prealable:
        return non("Cet acte ne se prépare pas aux archives.")
    permis = est_prevenu(dossier, acteur) or peut_instruire(dossier, acteur)
    return OUI if permis else non("La préparation est celle des archives et du médecin responsable.")


def peut_dire_la_preparation(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The archives; legal affairs in their stead, at night or by telephone."""
    if not type_acte(dossier.variante).copie_prealable or dossier.etat not in OUVERTE:
        return non("La préparation ne change plus.")
    permis = agit(dossier, acteur, Role.ARCHIVES, Role.JURISTE)
    return OUI if permis else non("La recherche du dossier et sa copie sont celles des archives.")


def preparation_de(dossier: Dossier) -> Preparation | None:
    return Preparation.objects.select_related("dite_par").filter(dossier=dossier).first()
