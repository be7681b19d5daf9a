"""How an action of a programme moves and is measured. The only door to its states."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from convention import regles_programme as regles
from convention.acteur import Acteur
from convention.models import Action, Indicateur, Institution, Releve
from convention.workflow import exiger
from journal.carnet import noter
from notifications.boite_envoi import publier
from transitions.workflow import Etat, Transition, TransitionRefusee, Workflow

E = Action.Etat
SUJET = "convention.action"
ETATS = (
    Etat(E.INSCRITE, "Inscrite", "mute", "file", "en_attente"),
    Etat(E.EN_COURS, "En cours", "info", "half", "en_cours"),
    Etat(E.SUSPENDUE, "Suspendue", "warn", "pause", "en_attente"),
    Etat(E.REALISEE, "Réalisée", "ok", "check", "clos"),
    Etat(E.ABANDONNEE, "Abandonnée", "mute", "cross", "clos"),
)


def _verrouiller(action: Action) -> Action:
    Action.objects.select_for_update().get(pk=action.pk)
    return Action.objects.select_related("axe__convention__resiliation", "pilote").get(pk=action.pk)


def _consigner(
    action: Action,
    *,
    transition: Transition,
    acteur: Acteur,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    details = {"action": action.code, "avant": avant, "etat": action.etat}
    noter(f"{transition.nom}_action", acteur=acteur, objet="action", cle=action.cle, details=details)
    version = action.history.count()
    charge = {"action": action.pk, "etat": action.etat, "par": acteur.utilisateur_id, "cle": version}
    publier(SUJET, cle_unique=f"action:{action.pk}:{version}", charge=charge)


def _transition(nom: str, depuis: set[str], vers: str, libelle: str, ton: str = "") -> Transition:
    return Transition(nom, frozenset(depuis), vers, libelle, regles.peut_suivre, ton=ton)


WORKFLOW = Workflow(
    "ACTION",
    ETATS,
    (
        _transition("engager", {E.INSCRITE, E.SUSPENDUE}, E.EN_COURS, "Engager l’action", "primary"),
        _transition("realiser", {E.EN_COURS}, E.REALISEE, "Déclarer l’action réalisée", "primary"),
        _transition("suspendre", {E.EN_COURS}, E.SUSPENDUE, "Suspendre l’action"),
        _transition("abandonner", {E.INSCRITE, E.EN_COURS, E.SUSPENDUE}, E.ABANDONNEE, "Abandonner", "danger"),
        _transition("rouvrir", {E.REALISEE, E.ABANDONNEE}, E.EN_COURS, "Rouvrir l’action"),
    ),
    consigner=_consigner,
    verrouiller=_verrouiller,
)


@transaction.atomic
def avancer(*, action: Action, acteur: Acteur, geste: str, motif: str) -> Action:
    """Change the state. The reason stays with the state, where every partner reads it."""
    if geste not in WORKFLOW.transitions:
        raise TransitionRefusee("Choisissez ce que devient l’action.")
    motif = " ".join(motif.split())
    if not motif:
        raise TransitionRefusee("Dites pourquoi l’action change d’état.")

    def justifier(lue: Action) -> None:
        lue._change_reason = motif[:100]  # type: ignore[attr-defined]

    avancee: Action = WORKFLOW.appliquer(geste, action, acteur=acteur, avant_ecriture=justifier)
    return avancee


@transaction.atomic
def planifier(
    *,
    action: Action,
    acteur: Acteur,
    pilote: Institution | None,
    partenaires: Collection[Institution],
    echeance: date | None,
    origine: str,
) -> Action:
    """Say who leads, with whom, until when, and who decided it."""
    action = _verrouiller(action)
    exiger(regles.peut_planifier(action, acteur))
    parties = set(action.axe.convention.parties.values_list("institution_id", flat=True))
    if not {maison.pk for maison in (*partenaires, *([pilote] if pilote else []))} <= parties:
        raise TransitionRefusee("Le pilote et les partenaires d’une action sont des parties à la convention.")
    action.pilote, action.echeance, action.origine = pilote, echeance, origine.strip()
    action._change_reason = "Planification"  # type: ignore[attr-defined]
    action.save()
    action.partenaires.set(partenaires)
    details = {
        "action": action.code,
        "pilote": pilote.code if pilote else "",
        "partenaires": sorted(maison.code for maison in partenaires),
        "echeance": echeance.isoformat() if echeance else "",
    }
    noter("planifier_action", acteur=acteur, objet="action", cle=action.cle, details=details)
    return action


@transaction.atomic
def ajouter_indicateur(
    *, action: Action, acteur: Acteur, intitule: str, unite: str, cible: Decimal | None, origine: str
) -> Indicateur:
    """Say what will be counted."""
    action = _verrouiller(action)
    exiger(regles.peut_suivre(action, acteur))
    if action.indicateurs.filter(intitule__iexact=intitule.strip()).exists():
        raise TransitionRefusee("Cette action a déjà un indicateur de ce nom.")
    indicateur = Indicateur.objects.create(
        action=action, intitule=intitule.strip(), unite=unite.strip(), cible=cible, origine=origine.strip()
    )
    noter("ajouter_indicateur", acteur=acteur, objet="action", cle=action.cle, details={"intitule": intitule})
    return indicateur


@transaction.atomic
def relever(*, indicateur: Indicateur, acteur: Acteur, valeur: Decimal, jour: date, source: str) -> Releve:
    """Record a value with its day and its source. A second value of a day corrects the first, which stays."""
    action = _verrouiller(indicateur.action)
    exiger(regles.peut_suivre(action, acteur))
    if jour > timezone.localdate():
        raise TransitionRefusee("La date de la mesure est à venir\u00a0: donnez le jour où la valeur a été constatée.")
    if not source.strip():
        raise TransitionRefusee("Dites d’où vient cette valeur.")
    releve = Releve.objects.create(
        indicateur=indicateur, valeur=valeur, jour=jour, source=source.strip(), saisi_par_id=acteur.utilisateur_id
    )
    details = {"indicateur": indicateur.intitule, "valeur": str(valeur), "jour": jour.isoformat()}
    noter("relever_indicateur", acteur=acteur, objet="action", cle=action.cle, details=details)
    return releve
