"""The trace of a question on secrecy: opened on an answer, advised or not, decided, closed. Its author’s only."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from convention.acteur import Acteur
from fiches.arbre.parcours import Position
from fiches.arbre.secret import Croisement, Profession
from fiches.models import ConsultationSecret, ReferenceLegale, VersionFiche
from journal.carnet import noter
from notifications.avis import prevenir
from notifications.boite_envoi import publier, traiter_par
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import Etat, Transition, TransitionRefusee, Workflow

E = ConsultationSecret.Etat
RAPPEL = timedelta(hours=48)
ETATS = (
    Etat(E.OUVERTE, "Ouverte", "warn", "pencil", "en_cours"),
    Etat(E.AVIS_DEMANDE, "Avis demandé", "info", "chat", "en_attente"),
    Etat(E.DECIDEE, "Décidée", "ok", "scale", "en_cours"),
    Etat(E.CLOSE, "Close", "mute", "archive", "clos"),
)


def est_auteur(consultation: ConsultationSecret, acteur: Acteur) -> Verdict:
    """Professional secrecy has one keeper: whoever asked the question decides."""
    if consultation.ouverte_par_id == acteur.utilisateur_id:
        return OUI
    return non("Seul le professionnel qui a posé la question peut le faire.")


def consigner(
    consultation: ConsultationSecret,
    *,
    transition: Transition,
    acteur: Acteur,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    noter(transition.nom, acteur=acteur, objet="consultation", cle=consultation.cle, details=dict(donnees))


def _verrouiller(consultation: ConsultationSecret) -> ConsultationSecret:
    return ConsultationSecret.objects.select_for_update().get(pk=consultation.pk)


WORKFLOW = Workflow(
    "SECRET",
    ETATS,
    (
        Transition(
            "demander_avis", frozenset({E.OUVERTE}), E.AVIS_DEMANDE, "Demander un avis", est_auteur, "avis_demande"
        ),
        Transition(
            "decider",
            frozenset({E.OUVERTE, E.AVIS_DEMANDE}),
            E.DECIDEE,
            "Noter ma décision",
            est_auteur,
            "decidee",
            ton="primary",
        ),
        Transition("clore", frozenset({E.DECIDEE}), E.CLOSE, "Clore", est_auteur, "close"),
    ),
    consigner=consigner,
    verrouiller=_verrouiller,
)


@transaction.atomic
def ouvrir(
    *,
    version: VersionFiche,
    position: Position,
    croisement: Croisement | None,
    profession: Profession,
    demandeur_type: str,
    question_type: str,
    acteur: Acteur,
) -> ConsultationSecret:
    """Keep the answers given, in the words that were read, and the answer of the tree."""
    conclusion = position.conclusion
    if conclusion is None:
        raise TransitionRefusee("Répondez d’abord à toutes les questions.")
    derogation = croisement.retenue if croisement else None
    cles = derogation.references if derogation else conclusion.bases
    resultat = croisement.resultat if croisement else _resultat(conclusion.reponse)
    trouve = resultat == ConsultationSecret.Resultat.BASE_TROUVEE
    consultation = ConsultationSecret(
        version_fiche=version,
        parcours=position.adresse,
        reponses=[{"question": pas.question.texte, "reponse": pas.reponse} for pas in position.pas],
        conclusion=conclusion.titre,
        profession=profession.nom,
        demandeur_type=demandeur_type,
        question_type=question_type,
        resultat=resultat,
        derogation=derogation.code if derogation else "",
        base=ReferenceLegale.objects.filter(cle__in=cles[:1]).first() if trouve or derogation else None,
        ouverte_par_id=acteur.utilisateur_id,
    )
    if trouve and not derogation and consultation.base is None:
        consultation.resultat = ConsultationSecret.Resultat.AVIS_REQUIS
    WORKFLOW.initialiser(consultation, E.OUVERTE)
    consultation.save()
    noter("ouvrir", acteur=acteur, objet="consultation", cle=consultation.cle, details={"fiche": version.fiche.numero})
    return consultation


def _resultat(reponse: str) -> str:
    resultats = {"OUI": ConsultationSecret.Resultat.BASE_TROUVEE, "NON": ConsultationSecret.Resultat.SANS_BASE}
    return resultats.get(reponse, ConsultationSecret.Resultat.AVIS_REQUIS)


@transaction.atomic
def demander_avis(*, consultation: ConsultationSecret, acteur: Acteur, aupres: str) -> ConsultationSecret:
    """Note that an advice was asked; whoever asked is reminded two days later if nothing was decided."""

    def noter_aupres(ligne: ConsultationSecret) -> None:
        ligne.avis_demande_a = aupres

    avancee: ConsultationSecret = WORKFLOW.appliquer(
        "demander_avis", consultation, acteur=acteur, avant_ecriture=noter_aupres, donnees={"aupres": aupres}
    )
    publier(
        "consultation.rappel",
        cle_unique=f"consultation:{avancee.pk}:rappel",
        charge={"consultation": avancee.pk},
        pas_avant=timezone.now() + RAPPEL,
    )
    return avancee


@transaction.atomic
def decider(
    *, consultation: ConsultationSecret, acteur: Acteur, decision: str, motif: str, avis_recu: bool
) -> ConsultationSecret:
    """The professional decides, whatever the tool answered; the reason is always written."""

    def noter_decision(ligne: ConsultationSecret) -> None:
        if not motif.strip():
            raise TransitionRefusee("Écrivez le motif de votre décision.")
        ligne.decision, ligne.motif = decision, motif.strip()
        if avis_recu and ligne.avis_demande_le:
            ligne.avis_recu_le, ligne.avis_recu_par_id = timezone.now(), acteur.utilisateur_id

    decidee: ConsultationSecret = WORKFLOW.appliquer(
        "decider", consultation, acteur=acteur, avant_ecriture=noter_decision, donnees={"decision": decision}
    )
    return decidee


@transaction.atomic
def clore(*, consultation: ConsultationSecret, acteur: Acteur) -> ConsultationSecret:
    close: ConsultationSecret = WORKFLOW.appliquer("clore", consultation, acteur=acteur)
    return close


@traiter_par("consultation.rappel")
def rappeler(charge: Mapping[str, Any]) -> None:
    """Two days after the request: nothing when the author decided meanwhile."""
    consultation = (
        ConsultationSecret.objects.filter(pk=charge["consultation"], etat=E.AVIS_DEMANDE)
        .select_related("ouverte_par")
        .first()
    )
    if consultation is None:
        return
    prevenir(
        [consultation.ouverte_par],
        cle_unique=f"consultation:{consultation.pk}:rappel",
        texte=f"Un avis demandé il y a 48 heures attend votre décision : {consultation.reference}.",
        adresse=reverse("fiches:consultation", args=[consultation.cle]),
        reference=consultation.reference,
    )
