"""The named doctor of a case: who it is, what they answered, who declined. Policies, and reads."""

from django.db.models import QuerySet

from convention.acteur import Acteur
from dossiers.models import Dossier, ParticipationPersonnelle
from dossiers.models.participation import Part
from requisitions.etats import AFFECTEE, EN_EXECUTION
from requisitions.models import AccordMedecin, Recusation
from requisitions.policies import est_medecin_designe, peut_affecter
from requisitions.types_acte import type_acte
from transitions.verdict import OUI, Verdict, non

CONFIEE = frozenset({AFFECTEE, EN_EXECUTION})


def peut_remplacer(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Whoever may name the doctor may name another."""
    if not type_acte(dossier.variante).nomme_un_medecin:
        return non("Cet acte ne désigne pas de médecin.")
    return peut_affecter(dossier, acteur)


def peut_decliner(dossier: Dossier, acteur: Acteur) -> Verdict:
    if type_acte(dossier.variante).nomme_un_medecin and est_medecin_designe(dossier, acteur):
        return OUI
    return non("Le médecin désigné, et lui seul, dit qu’il ne peut pas répondre.")


def designes(dossier: Dossier) -> QuerySet[ParticipationPersonnelle]:
    """The living part of the named doctor; none once they declined."""
    parts: QuerySet[ParticipationPersonnelle] = ParticipationPersonnelle.objects.vivantes().filter(
        content_object=dossier, role=Part.Role.EXECUTANT
    )
    return parts.select_related("user").order_by("pk")


def accord_de(dossier: Dossier) -> AccordMedecin | None:
    """The answer that stands: the last one, but for the refusal of a doctor who stood down and was replaced."""
    recuses = dossier.recusations.filter(motif=Recusation.Motif.LIEN).values("recuse_par")
    sans_effet = {"choix": AccordMedecin.Choix.REFUSE, "motif": AccordMedecin.Motif.RECUSATION}
    dernier: AccordMedecin | None = (
        dossier.accords.select_related("donne_par").exclude(**sans_effet, donne_par__in=recuses).first()
    )
    return dernier


def recusation_sans_suite(dossier: Dossier) -> Recusation | None:
    """The last doctor to have declined, as long as no other is named."""
    if dossier.etat not in CONFIEE or not type_acte(dossier.variante).nomme_un_medecin or designes(dossier).exists():
        return None
    derniere: Recusation | None = dossier.recusations.select_related("recuse_par").last()
    return derniere
