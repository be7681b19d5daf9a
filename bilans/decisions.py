"""What the committee decided: written with the minutes, then carried by an institution until it says what it did."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bilans.etats import TENUE
from bilans.models import Decision, Reunion
from bilans.policies import COMMENTATEURS
from bilans.reunions import PARTICIPANTS, peut_conduire, reunions_de, verrouiller
from convention.acteur import Acteur, rattachements_valides
from convention.models import Institution
from fiches.models import Fiche
from journal.carnet import noter
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from presentation.temps import date_fr
from presentation.typographie import typographier
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee

# Who says, for an institution, what became of a decision that it carries.
PORTEURS = frozenset({*COMMENTATEURS, Role.PARTENAIRE, Role.REFERENT_PROGRAMME})
RAPPEL = timedelta(days=7)
DE_TROP = 60
LIMITE = timedelta(days=5 * 366)


def peut_decider(reunion: Reunion, acteur: Acteur) -> Verdict:
    if reunion.etat != TENUE:
        return non("Les décisions s’écrivent entre la réunion et l’approbation de son compte rendu.")
    return peut_conduire(reunion.convention, acteur)


def peut_suivre(decision: Decision, acteur: Acteur) -> Verdict:
    if decision.close_le:
        return non("Cette décision est déjà close.")
    if decision.reunion.approuvee_le is None:
        return non("Le compte rendu n’est pas encore approuvé.")
    porte = any(place.institution_id == decision.institution_id and place.role in PORTEURS for place in acteur.places)
    if porte or peut_conduire(decision.reunion.convention, acteur):
        return OUI
    return non("L’institution qui porte la décision, ou la référente, dit ce qu’elle devient.")


def echeance_de_decision(jour: date, aujourd_hui: date) -> Verdict:
    if jour < aujourd_hui:
        return non("Choisissez une date à venir.")
    if jour > aujourd_hui + LIMITE:
        return non("Choisissez une date dans les cinq ans.")
    return OUI


@transaction.atomic
def decider(
    *,
    reunion: Reunion,
    acteur: Acteur,
    texte: str,
    institution: Institution,
    echeance: date,
    fiche: Fiche | None = None,
) -> Decision:
    """Write one decision; its institution was invited. Sent twice, it is one decision."""
    reunion = verrouiller(reunion)
    for verdict in (peut_decider(reunion, acteur), echeance_de_decision(echeance, timezone.localdate())):
        if not verdict:
            raise TransitionRefusee(verdict.raison)
    if not reunion.invitations.filter(institution=institution).exists():
        raise TransitionRefusee("Une décision est portée par une institution invitée à la réunion.")
    if fiche and fiche.thematique.convention_id != reunion.convention_id:
        raise TransitionRefusee("Choisissez une fiche de cette convention.")
    texte = typographier(texte)
    if deja := reunion.decisions.filter(texte=texte, institution=institution, echeance=echeance).first():
        return deja
    numeros = list(reunion.decisions.order_by().values_list("numero", flat=True))
    if len(numeros) >= DE_TROP:
        raise TransitionRefusee(f"Une réunion garde {DE_TROP} décisions au plus. Regroupez-les.")
    decision = Decision.objects.create(
        reunion=reunion,
        numero=max(numeros, default=0) + 1,
        texte=texte,
        institution=institution,
        fiche=fiche,
        echeance=echeance,
        prise_le=timezone.now(),
        prise_par_id=acteur.utilisateur_id,
    )
    noter("decider", acteur=acteur, objet="comite", cle=reunion.cle, details={"decision": decision.numero})
    return decision


@transaction.atomic
def retirer(*, decision: Decision, acteur: Acteur) -> None:
    """A decision written by mistake, while the minutes are not approved."""
    reunion = verrouiller(decision.reunion)
    if not (verdict := peut_decider(reunion, acteur)):
        raise TransitionRefusee(verdict.raison)
    noter("retirer_decision", acteur=acteur, objet="comite", cle=reunion.cle, details={"decision": decision.numero})
    decision.delete()


@transaction.atomic
def clore(*, decision: Decision, acteur: Acteur, issue: str, suite: str) -> Decision:
    """Say what was done, or why it is given up."""
    decision = (
        Decision.objects.select_for_update(of=("self",)).select_related("reunion__convention").get(pk=decision.pk)
    )
    if not (verdict := peut_suivre(decision, acteur)):
        raise TransitionRefusee(verdict.raison)
    if not suite.strip():
        raise TransitionRefusee("Dites ce qui a été fait, ou pourquoi la décision est abandonnée.")
    decision.issue, decision.suite = Decision.Issue(issue), typographier(suite)
    decision.close_le, decision.close_par_id = timezone.now(), acteur.utilisateur_id
    decision.save()
    details = {"decision": decision.numero, "issue": issue}
    noter("clore_decision", acteur=acteur, objet="comite", cle=decision.reunion.cle, details=details)
    return decision


def decisions_de(acteur: Acteur) -> QuerySet[Decision]:
    """The decisions of approved minutes that this reader may know, the nearest day first."""
    return (
        Decision.objects.filter(reunion__in=reunions_de(acteur).order_by().values("pk"))
        .exclude(reunion__approuvee_le=None)
        .select_related("reunion__convention", "institution", "fiche", "close_par")
        .order_by("echeance", "pk")
    )


def rappeler(jour: date | None = None) -> None:
    """A week before its day, then once the day is over, whoever carries a decision is told; each once."""
    jour = jour or timezone.localdate()
    dues = Decision.objects.filter(close_le=None, echeance__lte=jour + RAPPEL).exclude(reunion__approuvee_le=None)
    for decision in dues.order_by("pk"):
        nom = "retard" if decision.echeance < jour else "bientot"
        publier(
            "bilan.decision",
            cle_unique=f"decision:{decision.pk}:{nom}",
            charge={"decision": decision.pk, "nom": nom},
        )


def prevenir_de_decision(charge: Mapping[str, Any]) -> None:
    decision = Decision.objects.select_related("reunion__convention").get(pk=charge["decision"])
    if decision.close_le:
        return
    tard = charge["nom"] == "retard"
    places = rattachements_valides().filter(role__in=PORTEURS, service__institution=decision.institution_id)
    prevenir(
        User.objects.filter(pk__in=places.order_by().values("utilisateur")).order_by("pk"),
        cle_unique=f"decision:{decision.pk}:{charge['nom']}",
        texte=f"Une décision du comité {'est en retard, elle était' if tard else 'est'} due le "
        f"{date_fr(decision.echeance)}\u00a0: {decision.reunion.reference}, décision {decision.numero}.",
        adresse=reverse("bilans:decisions"),
        reference=decision.reunion.reference,
    )


def prevenir_de_reunion(charge: Mapping[str, Any]) -> None:
    """Those who read for an invited institution, when a meeting is called, cancelled, or its minutes approved."""
    phrases = {
        "planifier_reunion": "Une réunion du comité est planifiée le {jour}.",
        "annuler_reunion": "La réunion du comité du {jour} n’a pas lieu.",
        "approuver_compte_rendu": "Le compte rendu du comité du {jour} est approuvé.",
    }
    if charge["nom"] not in phrases:
        return
    reunion = Reunion.objects.get(pk=charge["reunion"])
    maisons = reunion.invitations.order_by().values("institution")
    places = rattachements_valides().filter(role__in=PARTICIPANTS & PORTEURS, service__institution__in=maisons)
    qui = User.objects.filter(pk__in=places.order_by().values("utilisateur")).exclude(pk=charge["par"])
    prevenir(
        qui.order_by("pk"),
        cle_unique=f"comite:{reunion.pk}:{charge['nom']}",
        texte=phrases[charge["nom"]].format(jour=date_fr(reunion.debut)),
        adresse=reverse("bilans:reunion", args=[reunion.cle]),
        reference=reunion.reference,
    )
