"""What an applied transition leaves behind, and the timeline as each party may read it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.bris_de_glace import LECTURE_SEULE, en_lecture_seule
from dossiers.models import Dossier, Evenement, Participation, ParticipationPersonnelle
from journal.carnet import noter
from notifications.boite_envoi import publier
from transitions.workflow import Transition, TransitionRefusee


def verrouiller(dossier: Dossier) -> Dossier:
    """Lock the envelope's row and read it again."""
    return Dossier.objects.select_for_update().get(pk=dossier.pk)


def consigner(
    dossier: Dossier,
    *,
    transition: Transition,
    acteur: Acteur,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    """Event, journal entry, outbox row and read markers of an applied transition, in its transaction."""
    relater(
        dossier=dossier,
        nom=transition.nom,
        libelle=str(donnees.get("libelle") or transition.libelle),
        acteur=acteur,
        commentaire=commentaire,
        reserve=bool(donnees.get("reserve")),
        apres=transition.vers,
    )


def relater(
    *,
    dossier: Dossier,
    nom: str,
    libelle: str,
    acteur: Acteur,
    commentaire: str = "",
    reserve: bool = False,
    apres: str = "",
) -> Evenement:
    """Tell the parties what happened. `reserve` keeps the line inside the actor's institution.

    `libelle` and `commentaire` are read by every party: neutral words, nothing nominative or medical.
    """
    if en_lecture_seule(dossier.cle, acteur):
        raise TransitionRefusee(LECTURE_SEULE)
    place = acteur.principale
    maintenant = timezone.now()
    evenement = Evenement.objects.create(
        dossier=dossier,
        nom=nom,
        libelle=libelle,
        par_id=acteur.utilisateur_id,
        service_id=place.service_id if place else None,
        commentaire=commentaire,
        reserve_a_id=place.institution_id if reserve and place else None,
        apres=apres,
    )
    Dossier.objects.filter(pk=dossier.pk).update(derniere_activite=maintenant, version=F("version") + 1)
    dossier.refresh_from_db(fields=["version", "derniere_activite"])
    if not reserve:
        autres = Q(fin_le=None, content_object=dossier)
        Participation.objects.filter(autres).exclude(group_id__in=acteur.groupes).update(non_lu=True)
        ParticipationPersonnelle.objects.filter(autres).exclude(user_id=acteur.utilisateur_id).update(non_lu=True)
        publier("dossier.evenement", cle_unique=f"evenement:{evenement.pk}", charge={"evenement": evenement.pk})
    noter(nom, acteur=acteur, objet=dossier.nature.lower(), cle=dossier.cle, details={"apres": apres} if apres else {})
    return evenement


def chronologie(dossier: Dossier, acteur: Acteur) -> QuerySet[Evenement]:
    """The timeline this reader may see, most recent first."""
    return (
        dossier.evenements.filter(Q(reserve_a=None) | Q(reserve_a_id__in=acteur.institutions))
        .select_related("service", "par")
        .order_by("-le", "-pk")
    )


def auteur_affiche(evenement: Evenement, acteur: Acteur) -> str:
    """Who did it, as this reader may know: the person inside one's institution, the outer name elsewhere."""
    service = evenement.service
    if service is None:
        return "Trait d’union"
    if service.institution_id in acteur.institutions:
        return f"{evenement.par}, {service.nom}" if evenement.par else service.nom
    return service.nom_externe
