"""The named doctor of a case: who it is, what they answered, who declined. Policies, and reads."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier, ParticipationPersonnelle
from dossiers.models.participation import Part
from requisitions.etats import AFFECTEE, EN_EXECUTION
from requisitions.models import AccordMedecin, Recusation
from requisitions.policies import agit, est_medecin_designe, peut_affecter
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
    """The answer that stands: the last one, but for the refusal of a doctor who stood down and was replaced, and for
    the silence of whoever was named before the present one.
    """
    recuses = dossier.recusations.filter(motif=Recusation.Motif.LIEN).values("recuse_par")
    sans_effet = {"choix": AccordMedecin.Choix.REFUSE, "motif": AccordMedecin.Motif.RECUSATION}
    dernier: AccordMedecin | None = (
        dossier.accords.select_related("donne_par").exclude(**sans_effet, donne_par__in=recuses).first()
    )
    if dernier is None or dernier.choix != AccordMedecin.Choix.SILENCE:
        return dernier
    return None if designes(dossier).filter(accorde_le__gt=dernier.donne_le).exists() else dernier


def terme_du_medecin(dossier: Dossier) -> datetime | None:
    """Until when the named doctor may stay silent: the answer's own deadline, while it runs."""
    due = dossier.echeances.filter(nom="reponse", tenue_le=None, suspendue_le=None).first()
    return due.echeance_le if due else None


def peut_constater_le_silence(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Legal affairs, once the deadline has passed without a word of whoever was asked."""
    if not type_acte(dossier.variante).medecin or not agit(dossier, acteur, Role.JURISTE):
        return non("L’absence de réponse d’un médecin se constate par les affaires juridiques.")
    if dossier.etat not in CONFIEE or not designes(dossier).exists():
        return non("Aucun médecin n’est attendu.")
    if accord_de(dossier):
        return non("Une réponse est déjà enregistrée.")
    terme = terme_du_medecin(dossier)
    if terme is None or timezone.now() < terme:
        return non("Le médecin peut encore répondre\u00a0: son silence se constate une fois l’échéance passée.")
    return OUI


def recusation_sans_suite(dossier: Dossier) -> Recusation | None:
    """The last doctor to have declined, as long as no other is named."""
    if dossier.etat not in CONFIEE or not type_acte(dossier.variante).nomme_un_medecin or designes(dossier).exists():
        return None
    derniere: Recusation | None = dossier.recusations.select_related("recuse_par").last()
    return derniere
