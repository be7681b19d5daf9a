"""The verbs of a meeting: plan, cancel, write what happened, approve the minutes. The référente conducts them."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.roles import Role
from bilans.compte_rendu import canonique
from bilans.etats import ANNULEE, APPROUVEE, ETATS_REUNION, PLANIFIEE, TENUE
from bilans.models import Invitation, Reunion
from bilans.ordre_du_jour import en_json, ordre_du_jour
from bilans.policies import LECTEURS
from convention import regles
from convention.acteur import Acteur
from convention.models import Convention, Institution
from convention.parties import obligatoires
from convention.portee import concernees, conventions_de
from documents.empreinte import empreinte
from journal.carnet import noter
from notifications.boite_envoi import publier
from presentation.typographie import typographier
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import Transition, TransitionRefusee, Workflow

# Who, in an invited institution, reads its meetings.
PARTICIPANTS = frozenset({*LECTEURS, Role.PARTENAIRE, Role.REFERENT_PROGRAMME})


def peut_conduire(convention: Convention, acteur: Acteur) -> Verdict:
    if regles.est_referente(convention, acteur):
        return OUI
    return non("Seule la référente de la convention conduit le comité.")


def _conduite(reunion: Reunion, acteur: Acteur) -> Verdict:
    return peut_conduire(reunion.convention, acteur)


def _peut_tenir(reunion: Reunion, acteur: Acteur) -> Verdict:
    if not (verdict := _conduite(reunion, acteur)):
        return verdict
    if reunion.debut > timezone.now():
        return non("La réunion n’a pas encore eu lieu.")
    return OUI


def _peut_approuver(reunion: Reunion, acteur: Acteur) -> Verdict:
    if not (verdict := _conduite(reunion, acteur)):
        return verdict
    if not reunion.compte_rendu.strip():
        return non("Écrivez d’abord le compte rendu.")
    return OUI


def peut_lire_reunions(acteur: Acteur) -> Verdict:
    if acteur.a(*PARTICIPANTS):
        return OUI
    return non("Les réunions du comité se lisent par les représentants des institutions invitées.")


def reunions_de(acteur: Acteur) -> QuerySet[Reunion]:
    """The meetings that this reader may know: those they conduct, those that their institution is invited to."""
    conventions = list(conventions_de(acteur).distinct())
    menees = [convention.pk for convention in conventions if peut_conduire(convention, acteur)]
    maisons = {place.institution_id for place in acteur.places if place.role in PARTICIPANTS}
    connues = Reunion.objects.filter(convention__in=[convention.pk for convention in conventions])
    invitees = Invitation.objects.filter(institution__in=maisons).order_by().values("reunion")
    return (connues.filter(convention__in=menees) | connues.filter(pk__in=invitees)).select_related("convention")


def invitables(convention: Convention) -> list[Institution]:
    """The institutions that this convention names: its parties in the order of the signatures, then the others."""
    parties = obligatoires(convention)
    return parties + [maison for maison in concernees(convention).distinct().order_by("nom") if maison not in parties]


def _tracer(reunion: Reunion, nom: str, acteur: Acteur, cle: str = "") -> None:
    noter(nom, acteur=acteur, objet="comite", cle=reunion.cle, details={"etat": reunion.etat})
    charge = {"reunion": reunion.pk, "nom": nom, "par": acteur.utilisateur_id}
    publier("bilan.comite", cle_unique=f"comite:{reunion.pk}:{nom}:{cle}", charge=charge)


def _consigner(
    reunion: Reunion,
    *,
    transition: Transition,
    acteur: Acteur,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    _tracer(reunion, transition.nom, acteur)


def verrouiller(reunion: Reunion) -> Reunion:
    return Reunion.objects.select_for_update(of=("self",)).select_related("convention").get(pk=reunion.pk)


TRANSITIONS = (
    Transition(
        "tenir_reunion",
        frozenset({PLANIFIEE}),
        TENUE,
        "Écrire le compte rendu",
        _peut_tenir,
        marque="tenue",
        ton="primary",
    ),
    Transition(
        "approuver_compte_rendu",
        frozenset({TENUE}),
        APPROUVEE,
        "Noter l’approbation du compte rendu",
        _peut_approuver,
        marque="approuvee",
        ton="primary",
    ),
    Transition(
        "annuler_reunion",
        frozenset({PLANIFIEE}),
        ANNULEE,
        "Annuler la réunion",
        _conduite,
        marque="annulee",
        ton="danger",
    ),
)
WORKFLOW = Workflow("COMITE", ETATS_REUNION, TRANSITIONS, consigner=_consigner, verrouiller=verrouiller)


def _deja(convention: Convention, cle: uuid.UUID, acteur: Acteur) -> Reunion | None:
    """The meeting that this very page has already called; two clicks at once wait for each other."""
    Convention.objects.select_for_update().get(pk=convention.pk)
    deja = Reunion.objects.filter(cle=cle).first()
    if deja and deja.planifiee_par_id != acteur.utilisateur_id:
        raise TransitionRefusee("Ce formulaire a déjà servi. Rouvrez la page, puis recommencez.")
    return deja


@transaction.atomic
def planifier(
    *,
    convention: Convention,
    acteur: Acteur,
    genre: str,
    debut: datetime,
    lieu: str,
    a_distance: bool,
    institutions: Collection[int],
    cle: uuid.UUID,
    points: Collection[str] = (),
) -> Reunion:
    """Call a meeting: the institutions invited are told. `cle` comes with the page: sent twice, it is one meeting."""
    if not (verdict := peut_conduire(convention, acteur)):
        raise TransitionRefusee(verdict.raison)
    if deja := _deja(convention, cle, acteur):
        return deja
    if debut <= timezone.now():
        raise TransitionRefusee("Choisissez une date à venir.")
    invitees = [institution for institution in invitables(convention) if institution.pk in set(institutions)]
    if not invitees:
        raise TransitionRefusee("Invitez au moins une institution.")
    reunion = Reunion(
        cle=cle,
        convention=convention,
        genre=genre,
        debut=debut,
        lieu=typographier(lieu),
        a_distance=a_distance,
        points=[typographier(point) for point in points],
        planifiee_le=timezone.now(),
        planifiee_par_id=acteur.utilisateur_id,
    )
    WORKFLOW.initialiser(reunion, PLANIFIEE)
    reunion.save()
    for institution in invitees:
        Invitation.objects.create(reunion=reunion, institution=institution)
    _tracer(reunion, "planifier_reunion", acteur)
    return reunion


@transaction.atomic
def annuler(*, reunion: Reunion, acteur: Acteur, motif: str) -> Reunion:
    if not motif.strip():
        raise TransitionRefusee("Dites pourquoi la réunion n’a pas lieu.")

    def motiver(verrouillee: Reunion) -> None:
        verrouillee.motif = typographier(motif)

    annulee: Reunion = WORKFLOW.appliquer("annuler_reunion", reunion, acteur=acteur, avant_ecriture=motiver)
    return annulee


@transaction.atomic
def consigner_seance(
    *, reunion: Reunion, acteur: Acteur, presences: Mapping[int, tuple[bool, str]], compte_rendu: str
) -> Reunion:
    """Who came and what was said. The first time, the agenda of that day is kept; until approval, it is corrected."""
    if not any(present for present, _ in presences.values()):
        raise TransitionRefusee("Cochez au moins une institution présente.")

    def ecrire(verrouillee: Reunion) -> None:
        verrouillee.compte_rendu = typographier(compte_rendu)
        if verrouillee.etat == PLANIFIEE:
            verrouillee.ordre_du_jour = en_json(ordre_du_jour(verrouillee.convention), verrouillee.points)

    reunion = verrouiller(reunion)
    if reunion.etat == TENUE:
        if not (verdict := _conduite(reunion, acteur)):
            raise TransitionRefusee(verdict.raison)
        ecrire(reunion)
        reunion.save()
        noter("corriger_compte_rendu", acteur=acteur, objet="comite", cle=reunion.cle)
    else:
        reunion = WORKFLOW.appliquer("tenir_reunion", reunion, acteur=acteur, avant_ecriture=ecrire)
    for invitation in reunion.invitations.all():
        present, fonction = presences.get(invitation.pk, (False, ""))
        invitation.present, invitation.fonction = present, typographier(fonction) if present else ""
        invitation.save()
    return reunion


@transaction.atomic
def approuver(*, reunion: Reunion, acteur: Acteur) -> Reunion:
    """The committee agreed with its minutes: from now on they never change."""

    def sceller(verrouillee: Reunion) -> None:
        verrouillee.empreinte = empreinte(canonique(verrouillee))

    approuvee: Reunion = WORKFLOW.appliquer("approuver_compte_rendu", reunion, acteur=acteur, avant_ecriture=sceller)
    return approuvee
