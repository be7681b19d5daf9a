"""Feedback on a step: deposited, studied, answered, concluded. Its author alone sees what the référente answers."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bilans.etats import A_L_ETUDE, CLOS, ETATS_RETOUR, RECU, REPONDU
from bilans.models import RetourExperience
from convention.acteur import Acteur, rattachements_valides
from fiches import contenu as contenus
from fiches.models import VersionFiche
from fiches.policies import est_referente
from fiches.retours import Retours
from journal.carnet import noter
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from presentation.typographie import typographier
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import Transition, TransitionRefusee, Workflow

VERSION = "version_fiche__fiche__thematique__convention"
EN_ATTENTE = (RECU, A_L_ETUDE, REPONDU)
DE_TROP = 20
# What looks like a person. An advice, never a refusal: the author knows better.
NOMINATIFS = (
    (re.compile(r"\b(?:M\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s+[A-ZÉÈÀÇ]"), "un nom de personne"),
    (re.compile(r"\bnée?\s+le\s+\d", re.I), "une date de naissance"),
    (
        re.compile(r"\b[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?\d{2}\s?\d{3}\s?\d{3}(?:\s?\d{2})?\b"),
        "un numéro de sécurité sociale",
    ),
    (re.compile(r"\b(?:IPP|NIP|dossier)\s*(?:n°|:)?\s*\d{5,}", re.I), "un numéro de dossier"),
)


def ressemblances(texte: str) -> list[str]:
    """What in this text looks nominative, in words."""
    return [mots for motif, mots in NOMINATIFS if motif.search(texte)]


def peut_deposer(version: VersionFiche, acteur: Acteur) -> Verdict:
    if version.effet_le is None:
        return non("Ce texte est un projet : posez une remarque dans la comparaison.")
    if acteur.principale is None:
        return non("Vous n’êtes rattaché à aucun service. Demandez-le à l’administrateur des comptes.")
    return OUI


def peut_traiter(retour: RetourExperience, acteur: Acteur) -> Verdict:
    if est_referente(retour.version_fiche, acteur):
        return OUI
    return non("La référente de la convention traite les retours.")


def peut_lire(retour: RetourExperience, acteur: Acteur) -> bool:
    """Its author and the référente; for anybody else it does not exist."""
    return retour.depose_par_id == acteur.utilisateur_id or bool(peut_traiter(retour, acteur))


def _tracer(retour: RetourExperience, nom: str, acteur: Acteur) -> None:
    noter(nom, acteur=acteur, objet="retour", cle=retour.cle, details={"etat": retour.etat})
    publier("bilan.retour", cle_unique=f"retour:{retour.pk}:{nom}", charge={"retour": retour.pk, "nom": nom})


def _consigner(
    retour: RetourExperience,
    *,
    transition: Transition,
    acteur: Acteur,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    _tracer(retour, transition.nom, acteur)


def _verrouiller(retour: RetourExperience) -> RetourExperience:
    return RetourExperience.objects.select_for_update(of=("self",)).select_related(VERSION).get(pk=retour.pk)


TRANSITIONS = (
    Transition("etudier", frozenset({RECU}), A_L_ETUDE, "Mettre à l’étude", peut_traiter, marque="etudie"),
    Transition(
        "repondre", frozenset({RECU, A_L_ETUDE}), REPONDU, "Répondre", peut_traiter, marque="repondu", ton="primary"
    ),
    Transition("conclure", frozenset({REPONDU}), CLOS, "Conclure", peut_traiter, marque="clos", ton="primary"),
)
WORKFLOW = Workflow("RETOUR", ETATS_RETOUR, TRANSITIONS, consigner=_consigner, verrouiller=_verrouiller)


@transaction.atomic
def deposer(
    *, version: VersionFiche, passage: str, acteur: Acteur, categorie: str, texte: str, cle: uuid.UUID
) -> RetourExperience:
    """Keep the feedback. `cle` was given with the page: a second click gives the first row back."""
    if not (verdict := peut_deposer(version, acteur)):
        raise TransitionRefusee(verdict.raison)
    if intitule(version, passage) is None:
        raise TransitionRefusee("Ce passage n’est plus dans la fiche. Rouvrez-la, puis recommencez.")
    User.objects.select_for_update().get(pk=acteur.utilisateur_id)
    miens = RetourExperience.objects.filter(depose_par_id=acteur.utilisateur_id)
    if deja := miens.filter(cle=cle).first():
        return deja
    if RetourExperience.objects.filter(cle=cle).exists():
        raise TransitionRefusee("Ce formulaire a déjà servi. Rouvrez la fiche, puis recommencez.")
    if miens.filter(etat=RECU).count() >= DE_TROP:
        raise TransitionRefusee(f"Vous avez déjà {DE_TROP} retours en attente. Appelez la référente de la convention.")
    assert acteur.principale is not None  # noqa: S101  peut_deposer found it
    retour = RetourExperience(
        cle=cle,
        version_fiche=version,
        passage=passage,
        categorie=categorie,
        texte=typographier(texte),
        service_id=acteur.principale.service_id,
        depose_le=timezone.now(),
        depose_par_id=acteur.utilisateur_id,
    )
    WORKFLOW.initialiser(retour, RECU)
    retour.save()
    _tracer(retour, "deposer_retour", acteur)
    return retour


@transaction.atomic
def etudier(*, retour: RetourExperience, acteur: Acteur) -> RetourExperience:
    etudie: RetourExperience = WORKFLOW.appliquer("etudier", retour, acteur=acteur)
    return etudie


@transaction.atomic
def repondre(*, retour: RetourExperience, acteur: Acteur, reponse: str) -> RetourExperience:
    """Answer the author. Nothing is answered by silence."""
    if not reponse.strip():
        raise TransitionRefusee("Écrivez votre réponse : son auteur la lira.")

    def ecrire(verrouille: RetourExperience) -> None:
        verrouille.reponse = typographier(reponse)

    repondu: RetourExperience = WORKFLOW.appliquer("repondre", retour, acteur=acteur, avant_ecriture=ecrire)
    return repondu


@transaction.atomic
def conclure(
    *, retour: RetourExperience, acteur: Acteur, issue: str, corrige_dans: VersionFiche | None = None, motif: str = ""
) -> RetourExperience:
    """Say what the feedback becomes: a later version that corrects, the committee's agenda, or a motived no."""
    if raison := manque(retour, issue, corrige_dans, motif):
        raise TransitionRefusee(raison)

    def ecrire(verrouille: RetourExperience) -> None:
        verrouille.issue, verrouille.motif = issue, typographier(motif)
        verrouille.corrige_dans = corrige_dans if issue == RetourExperience.Issue.CORRIGE else None

    clos: RetourExperience = WORKFLOW.appliquer("conclure", retour, acteur=acteur, avant_ecriture=ecrire)
    return clos


def manque(retour: RetourExperience, issue: str, corrige_dans: VersionFiche | None, motif: str) -> str:
    """What an outcome lacks, in French; empty when it is whole."""
    if issue not in RetourExperience.Issue.values:
        return "Dites ce que devient le retour."
    if issue == RetourExperience.Issue.NON_RETENU and not motif.strip():
        return "Dites pourquoi le retour n’est pas retenu : son auteur le lira."
    if issue == RetourExperience.Issue.CORRIGE:
        visee = retour.version_fiche
        if corrige_dans is None or corrige_dans.fiche_id != visee.fiche_id or corrige_dans.rang <= visee.rang:
            return "Choisissez une version de cette fiche plus récente que celle du retour."
    return ""


def intitule(version: VersionFiche, passage: str) -> str | None:
    """The title of a passage, or None when the version has no such passage."""
    blocs = contenus.blocs(version.titre, contenus.lire(version.contenu))
    return next((bloc.intitule for bloc in blocs if bloc.id == passage), None)


def vus_par(version: VersionFiche, acteur: Acteur) -> Retours:
    """What a sheet shows: a form for each step, and to the référente how many feedbacks wait on each passage."""
    adresses = {}
    if peut_deposer(version, acteur):
        adresses = {
            etape["id"]: reverse("bilans:deposer", args=[version.fiche.numero, version.numero, etape["id"]])
            for etape in version.contenu["etapes"]
        }
    if not est_referente(version, acteur):
        return Retours(adresses)
    attente = RetourExperience.objects.filter(version_fiche__fiche=version.fiche_id, etat__in=EN_ATTENTE).order_by()
    nombres = dict(attente.values_list("passage").annotate(Count("pk")))
    return Retours(adresses, nombres, f"{reverse('bilans:a_traiter')}?fiche={version.fiche.numero}")


def prevenir_de(charge: Mapping[str, Any]) -> None:
    """Tell the référente that a feedback came, its author that it is answered. Never what it says."""
    retour = RetourExperience.objects.select_related(VERSION, "depose_par").get(pk=charge["retour"])
    fiche, nom = retour.version_fiche.fiche, charge["nom"]
    phrases = {
        "deposer_retour": f"Un retour d’expérience est déposé : fiche {fiche.numero}.",
        "repondre": f"Votre retour sur la fiche {fiche.numero} a reçu une réponse.",
        "conclure": f"Votre retour sur la fiche {fiche.numero} est conclu.",
    }
    if nom not in phrases:
        return
    qui = User.objects.filter(pk=retour.depose_par_id)
    if nom == "deposer_retour":
        maison = fiche.thematique.convention.etablissement_id
        places = rattachements_valides().filter(role=Role.REFERENT, service__institution_id=maison).order_by()
        qui = User.objects.filter(pk__in=places.values("utilisateur")).exclude(pk=retour.depose_par_id)
    prevenir(
        qui.order_by("pk"),
        cle_unique=f"retour:{retour.pk}:{nom}",
        texte=phrases[nom],
        adresse=reverse("bilans:retour", args=[retour.cle]),
        reference=f"fiche {fiche.numero}",
    )
