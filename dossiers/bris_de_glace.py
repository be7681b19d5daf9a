"""Break-glass: open a case of one's own hospital for an hour, read only, on a motive that others will examine."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur, Place, rattachements_valides
from convention.models import Institution, Service
from dossiers.models import BrisDeGlace, Dossier, Exclusion
from dossiers.models.dossier import BRISEURS
from dossiers.participations import parts_de
from journal.carnet import noter
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from notifications.portee import portee_systeme
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee

MOTIF_MINIMUM = 20
DELAI_EXAMEN = timedelta(hours=72)
SUJET = "dossier.bris_de_glace"
# One answer for a reference that does not exist, another house's case, and a case one is excluded from.
INTROUVABLE = "Aucun dossier de votre établissement ne porte cette référence. Vérifiez-la, ou appelez l’auteur."
TROP_COURT = f"Écrivez le motif en {MOTIF_MINIMUM} caractères au moins\u00a0: il sera lu et examiné."
LECTURE_SEULE = "Cet accès exceptionnel permet de lire, pas d’agir. Demandez à participer au dossier pour agir."
EXAMINATEURS = (Role.DPO, Role.CADRE, Role.DIRECTION)


def peut_briser(acteur: Acteur) -> Verdict:
    """A role of care or of command, in a hospital."""
    if _places(acteur):
        return OUI
    return non("L’accès exceptionnel est réservé aux soignants et aux responsables d’un hôpital.")


def _places(acteur: Acteur) -> list[Place]:
    places = [place for place in acteur.places if place.role in BRISEURS]
    hopitaux = Institution.objects.filter(
        pk__in={place.institution_id for place in places}, famille=Institution.Famille.SANTE
    )
    connus = set(hopitaux.values_list("pk", flat=True)) if places else set()
    return [place for place in places if place.institution_id in connus]


def de_l_institution(institutions: Iterable[int]) -> Q:
    """Cases that these institutions sent, or in which one of their services takes part."""
    return Q(service_emetteur__institution_id__in=institutions) | Q(
        participations__fin_le=None, participations__group__service__institution_id__in=institutions
    )


@transaction.atomic
def briser(*, reference: str, raison: str, motif: str, acteur: Acteur) -> BrisDeGlace:
    """Open the case of this reference for an hour. Raises TransitionRefusee with the French reason."""
    verdict, places = peut_briser(acteur), _places(acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    motif = " ".join(motif.split())
    if len(motif) < MOTIF_MINIMUM:
        raise TransitionRefusee(TROP_COURT)
    if raison not in BrisDeGlace.Raison.values:
        raise TransitionRefusee("Choisissez la raison de cet accès.")
    dossier = _trouver(reference, places, acteur)
    bris = BrisDeGlace.objects.create(
        dossier_id=dossier.pk,
        utilisateur_id=acteur.utilisateur_id,
        service_id=places[0].service_id,
        raison=raison,
        motif=motif,
    )
    noter("bris_de_glace", acteur=acteur, objet="dossier", cle=dossier.cle, motif=raison)
    publier(SUJET, cle_unique=f"bris:{bris.pk}", charge={"bris": bris.pk})
    return bris


def _trouver(reference: str, places: list[Place], acteur: Acteur) -> Dossier:
    exclu = Exclusion.objects.filter(utilisateur_id=acteur.utilisateur_id).values("dossier_id")
    with portee_systeme("Un accès exceptionnel vise un dossier que son lecteur ne voit pas encore."):
        dossier = (
            Dossier.objects.filter(de_l_institution({place.institution_id for place in places}))
            .filter(reference=reference.strip().upper())
            .exclude(pk__in=exclu)
            .distinct()
            .first()
        )
    if dossier is None:
        raise TransitionRefusee(INTROUVABLE)
    return dossier


def en_lecture_seule(cle: uuid.UUID, acteur: Acteur) -> BrisDeGlace | None:
    """The opening by which alone this person knows of the case; None when they take part in it, or know nothing."""
    if not acteur.a(*BRISEURS):
        return None
    bris = BrisDeGlace.objects.en_cours(acteur).filter(dossier__cle=cle).select_related("dossier").first()
    return bris if bris and not parts_de(bris.dossier, acteur) else None


def prevenir_responsables(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox: heads of the opener's and of the case's hospital services, and data protection."""
    bris = BrisDeGlace.objects.select_related("dossier", "service__institution").get(pk=charge["bris"])
    tard = bool(charge.get("tard"))
    personnes = _dpo(bris) if tard else _responsables(bris)
    reference = bris.dossier.reference or ""
    texte = (
        f"Un accès exceptionnel attend son examen depuis plus de 72\u00a0heures\u00a0: {reference}"
        if tard
        else f"Accès exceptionnel à examiner\u00a0: {reference}"
    )
    prevenir(
        personnes,
        cle_unique=f"bris:{bris.pk}:{'tard' if tard else 'ouvert'}",
        texte=texte,
        adresse=reverse("dossiers:exceptionnels"),
        reference=reference,
    )


def _personnes(bris: BrisDeGlace, rattachements: Q) -> list[User]:
    """Never the opener, never somebody excluded from the case."""
    exclus = Exclusion.objects.filter(dossier_id=bris.dossier_id).values("utilisateur_id")
    lignes = rattachements_valides().filter(rattachements).order_by().values("utilisateur_id")
    return list(
        User.objects.filter(pk__in=lignes, is_active=True)
        .exclude(pk=bris.utilisateur_id)
        .exclude(pk__in=exclus)
        .order_by("pk")
    )


def _dpo(bris: BrisDeGlace) -> list[User]:
    return _personnes(bris, Q(role=Role.DPO, service__institution_id=bris.service.institution_id))


def _responsables(bris: BrisDeGlace) -> list[User]:
    ici = bris.service.institution_id
    services = {bris.service_id, *_services_du_dossier(bris.dossier, ici)}
    chefs = _personnes(bris, Q(role__in=(Role.CADRE, Role.DIRECTION), service_id__in=services))
    # A service without a head of its own answers to the management of the house.
    chefs = chefs or _personnes(bris, Q(role=Role.DIRECTION, service__institution_id=ici))
    return list({personne.pk: personne for personne in (*chefs, *_dpo(bris))}.values())


def _services_du_dossier(dossier: Dossier, institution_id: int) -> list[int]:
    parties = Service.objects.filter(
        Q(pk=dossier.service_emetteur_id)
        | Q(groupe__participation__content_object=dossier, groupe__participation__fin_le=None),
        institution_id=institution_id,
    )
    return list(parties.order_by().values_list("pk", flat=True).distinct())


def examinables(acteur: Acteur) -> QuerySet[BrisDeGlace]:
    """Openings this person follows: data protection and management for the house, a head for the service."""
    maisons = {place.institution_id for place in acteur.places if place.role in (Role.DPO, Role.DIRECTION)}
    services = {place.service_id for place in acteur.places if place.role == Role.CADRE}
    exclu = Exclusion.objects.filter(utilisateur_id=acteur.utilisateur_id).values("dossier_id")
    return (
        BrisDeGlace.objects.filter(Q(service__institution_id__in=maisons) | Q(service_id__in=services))
        .exclude(dossier_id__in=exclu)
        .select_related("utilisateur", "service", "revu_par")
    )


def peut_examiner(bris: BrisDeGlace, acteur: Acteur) -> Verdict:
    """Asked of a row of `examinables`. Nobody examines their own opening."""
    if bris.utilisateur_id == acteur.utilisateur_id:
        return non("Vous ne pouvez pas examiner votre propre accès. Une autre personne le fera.")
    if bris.revu_le:
        return non("Cet accès est déjà examiné.")
    return OUI


@transaction.atomic
def examiner(*, bris: BrisDeGlace, constat: str, avis: str, acteur: Acteur) -> None:
    """Review: a finding, and a sentence that stays with it."""
    bris = examinables(acteur).select_for_update(of=("self",)).get(pk=bris.pk)
    verdict = peut_examiner(bris, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    bris.constat, bris.avis = BrisDeGlace.Constat(constat), avis
    bris.revu_le, bris.revu_par_id = timezone.now(), acteur.utilisateur_id
    bris.save()
    with portee_systeme("L’examen d’un accès exceptionnel se note sous la clé de son dossier."):
        cle = Dossier.objects.values_list("cle", flat=True).get(pk=bris.dossier_id)
    noter("examiner_acces", acteur=acteur, objet="dossier", cle=cle, motif=constat)


@dataclass(frozen=True, slots=True)
class AExaminer:
    """What the next committee reads of a house: how many wait, which, and how many are late."""

    nombre: int
    references: tuple[str, ...]
    en_retard: int


def a_examiner(institution_id: int) -> AExaminer:
    """Openings of this institution that nobody has examined yet: references only, nothing nominative."""
    attente = BrisDeGlace.objects.a_examiner().filter(service__institution_id=institution_id)
    limite = timezone.now() - DELAI_EXAMEN
    with portee_systeme("L’ordre du jour du comité cite des références, jamais un contenu."):
        lignes = list(attente.order_by("ouvert_le", "pk").values_list("dossier__reference", "ouvert_le"))
    references = tuple(dict.fromkeys(reference or "" for reference, _ in lignes))
    return AExaminer(len(lignes), references, sum(ouvert_le < limite for _, ouvert_le in lignes))


def relancer() -> None:
    """At each tick: an opening not examined within 72 hours is brought to data protection again, once."""
    tard = BrisDeGlace.objects.a_examiner().filter(ouvert_le__lt=timezone.now() - DELAI_EXAMEN)
    for bris in tard.values_list("pk", flat=True):
        publier(SUJET, cle_unique=f"bris:{bris}:tard", charge={"bris": bris, "tard": True})
