"""What was seized comes back: asked of the magistrate, reminded, decided, returned."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Rattachement, Service
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater, verrouiller
from requisitions import documents
from requisitions.circuit import JUGE, PARQUET, service
from requisitions.models import Cadre, Requisition, Restitution, TitreJudiciaire, Volet
from requisitions.policies import peut_suivre_restitution
from requisitions.saisie import documents as documents_saisie
from requisitions.saisie.inventaire import a_restituer
from requisitions.types_acte import type_acte
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee

RELANCES = (60, 180)
ECHEANCE = "restitution"


@transaction.atomic
def demander_restitution(*, dossier: Dossier, acteur: Acteur, motif: str, scelle: str = "") -> Restitution:
    """A seal is asked back in writing of the magistrate, the unit that took it in copy; without a number, the next."""
    dossier = _permis(dossier, acteur)
    numeros = [tenu.numero for tenu in a_restituer(dossier)]
    demandes = set(dossier.restitutions.values_list("scelle", flat=True))
    scelle = scelle or next((numero for numero in numeros if numero not in demandes), "")
    if scelle in demandes or (numeros and not scelle):
        raise TransitionRefusee("Ce scellé est déjà demandé.")
    if scelle not in numeros:
        raise TransitionRefusee("Aucun scellé de l’inventaire ne retient un original ou un objet.")
    volet = Volet.objects.filter(dossier=dossier).first()
    restitution = Restitution.objects.create(
        dossier=dossier, scelle=scelle, motif=motif, demandee_par_id=acteur.utilisateur_id
    )
    lettre = ouverte(dossier)
    magistrat = _magistrat(dossier, lettre, acteur)
    ecrit = documents_saisie.demande_restitution(dossier, lettre, restitution, volet, magistrat)
    documents.verser(ecrit, dossier, classe=Classe.JUDICIAIRE, remise_a=[magistrat, lettre.service_requerant])
    _suivre(dossier)
    relater(dossier=dossier, nom="demander_restitution", libelle="Restitution demandée", acteur=acteur)
    return restitution


@transaction.atomic
def relancer_restitution(*, dossier: Dossier, acteur: Acteur, scelle: str = "") -> Restitution:
    dossier = _permis(dossier, acteur)
    restitution = _ouverte(dossier, scelle)
    if restitution.decision:
        raise TransitionRefusee("Le magistrat a décidé : il n’y a plus à relancer.")
    restitution.relances += 1
    restitution.save()
    _suivre(dossier)
    relater(dossier=dossier, nom="relancer_restitution", libelle="Restitution : relance", acteur=acteur)
    return restitution


@transaction.atomic
def noter_decision(
    *, dossier: Dossier, acteur: Acteur, decision: str, decision_de: str, decision_du: date, scelle: str = ""
) -> Restitution:
    """A refusal ends the follow-up; an agreement waits for the return."""
    dossier = _permis(dossier, acteur)
    restitution = _ouverte(dossier, scelle)
    if restitution.decision:
        raise TransitionRefusee("La décision est déjà notée.")
    if decision_du < timezone.localdate(restitution.demandee_le) or decision_du > timezone.localdate():
        raise TransitionRefusee("La décision se situe entre la demande et aujourd’hui.")
    restitution.decision, restitution.decision_de, restitution.decision_du = decision, decision_de, decision_du
    restitution.save()
    _suivre(dossier)
    libelle = f"Restitution {restitution.get_decision_display().lower()}"
    relater(dossier=dossier, nom="decider_restitution", libelle=libelle, acteur=acteur)
    return restitution


@transaction.atomic
def noter_retour(*, dossier: Dossier, acteur: Acteur, scelle: str = "") -> Restitution:
    dossier = _permis(dossier, acteur)
    restitution = _ouverte(dossier, scelle)
    if restitution.decision != Restitution.Decision.ACCORDEE:
        raise TransitionRefusee("Un scellé revient après une décision qui l’accorde : notez-la d’abord.")
    restitution.restituee_le, restitution.restituee_par_id = timezone.now(), acteur.utilisateur_id
    restitution.save()
    _suivre(dossier)
    relater(dossier=dossier, nom="restituer", libelle="Scellé restitué à l’hôpital", acteur=acteur)
    return restitution


def destinataire(lettre: Requisition) -> Service:
    """Who gives back: the investigating judge during the investigation, otherwise the parquet (art. 41-4, 99 CPP)."""
    if lettre.cadre not in {Cadre.CR, Cadre.JI_DIRECT}:
        return service(PARQUET)
    if lettre.autorite_qualite == Rattachement.Qualite.JI:
        return lettre.service_requerant
    if lettre.titre and lettre.titre.genre == TitreJudiciaire.Genre.COMMISSION:
        return lettre.titre.emetteur
    return service(JUGE)


def _magistrat(dossier: Dossier, lettre: Requisition, acteur: Acteur) -> Service:
    """The magistrate's service reads the letter in the case; already a party, it stays what it is."""
    magistrat = destinataire(lettre)
    ligne = f"Restitution demandée · {type_acte(dossier.variante).libelle}"[:160]
    octroi = Octroi(Part.Role.COPIE, ligne, "Restitution demandée", magistrat.nom_externe, service=magistrat)
    accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
    return magistrat


def _permis(dossier: Dossier, acteur: Acteur) -> Dossier:
    dossier = verrouiller(dossier)
    verdict = peut_suivre_restitution(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    return dossier


def _en_cours(dossier: Dossier) -> QuerySet[Restitution]:
    """Asked, not refused, not come back."""
    restitutions: QuerySet[Restitution] = dossier.restitutions.filter(restituee_le=None).exclude(decision="refusee")
    return restitutions


def _ouverte(dossier: Dossier, scelle: str) -> Restitution:
    """That of a seal; without its number, the last one asked."""
    ouvertes = _en_cours(dossier)
    restitution = (ouvertes.filter(scelle=scelle) if scelle else ouvertes).last()
    if restitution is None:
        raise TransitionRefusee("Aucune restitution n’est en cours.")
    return restitution


def _suivre(dossier: Dossier) -> None:
    """One deadline for the case: that of the seal whose reminder comes first."""
    prochaine = min(_en_cours(dossier), key=_relance_le, default=None)
    if prochaine is None:
        attendre_la_demande(dossier)
        return
    apres = f"{_jours(prochaine)}\u00a0jours après la demande (convention, proposé)."
    echeances.poser(
        dossier=dossier,
        nom=ECHEANCE,
        libelle="Relance de la restitution",
        debut_le=timezone.localtime(prochaine.demandee_le),
        echeance_le=_relance_le(prochaine),
        calcul=f"Scellé {prochaine.scelle}\u00a0: {apres}",
    )


def attendre_la_demande(dossier: Dossier) -> None:
    """What left and nobody asked back yet is not forgotten; nothing left to ask ends the follow-up."""
    numeros = jamais_demandes(dossier)
    if not numeros:
        echeances.tenir(dossier=dossier, nom=ECHEANCE)
        return
    maintenant = timezone.localtime()
    echeances.poser(
        dossier=dossier,
        nom=ECHEANCE,
        libelle="Restitution à demander",
        debut_le=maintenant,
        echeance_le=maintenant + timedelta(days=RELANCES[0]),
        calcul=f"{RELANCES[0]}\u00a0jours sans demande (convention, proposé). Scellé {', '.join(numeros)}."[:200],
    )


def suivre_apres_la_remise(dossier: Dossier) -> None:
    """From the day the answer is in the requester's hands, what the hospital has no more has its deadline."""
    if type_acte(dossier.variante).saisie:
        _suivre(dossier)


def jamais_demandes(dossier: Dossier) -> list[str]:
    """The seals that hold what the hospital has no more, and that were never asked back."""
    demandes = set(dossier.restitutions.values_list("scelle", flat=True))
    return [tenu.numero for tenu in a_restituer(dossier) if tenu.numero not in demandes]


def _relance_le(restitution: Restitution) -> datetime:
    debut: datetime = timezone.localtime(restitution.demandee_le)
    return debut + timedelta(days=_jours(restitution))


def _jours(restitution: Restitution) -> int:
    """Sixty days after the demand, then a hundred and eighty, then every sixty days."""
    connus, rang = len(RELANCES), restitution.relances
    return RELANCES[rang] if rang < connus else RELANCES[-1] + 60 * (rang - connus + 1)
