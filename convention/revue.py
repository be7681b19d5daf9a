"""The yearly review of rights: each one confirmed or ended, dated and signed by somebody else than its bearer."""

import csv
import io
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.roles import Role
from convention import policies
from convention.acteur import Acteur
from convention.comptes import HabilitationRefusee, administrateurs
from convention.habilitations import terminer_droit
from convention.models import Institution, LigneRevue, Rattachement, RevueDroits
from journal.carnet import noter
from presentation.cellules import neutre

PERIODE = timedelta(days=365)
COLONNES = ("Nom", "Prénom", "Service", "Rôle", "Qualité", "Profession", "Début", "Fin", "Décision", "Décidé le", "Par")


def ouverts(institution_id: int) -> QuerySet[Rattachement]:
    """The rights of a house that are not ended."""
    return (
        Rattachement.objects.filter(service__institution=institution_id)
        .exclude(fin_le__lte=timezone.localdate())
        .order_by("utilisateur__nom", "utilisateur__prenom", "pk")
    )


def est_due(institution_id: int) -> bool:
    """Whether a right of this house has not been confirmed (or given) for twelve months."""
    limite = timezone.now() - PERIODE
    confirmes = LigneRevue.objects.filter(
        decision=LigneRevue.Decision.CONFIRME, decidee_le__gt=limite, rattachement__service__institution=institution_id
    )
    anciens = ouverts(institution_id).filter(debut_le__lt=timezone.localdate(limite))
    return anciens.exclude(pk__in=confirmes.values("rattachement")).exists()


def en_cours(institution_id: int) -> RevueDroits | None:
    return RevueDroits.objects.filter(institution=institution_id, close_le=None).first()


@transaction.atomic
def ouvrir(*, institution: Institution, acteur: Acteur) -> RevueDroits:
    """Start this year's review with every right of the house; a review already started is the same one."""
    if not (verdict := policies.peut_gerer(acteur, institution.pk)):
        raise HabilitationRefusee(verdict.raison)
    if existante := en_cours(institution.pk):
        return existante
    annee = timezone.localdate().year
    if RevueDroits.objects.filter(institution=institution, annee=annee).exists():
        raise HabilitationRefusee(f"La revue de {annee} est close\u00a0: la prochaine s’ouvrira en {annee + 1}.")
    revue = RevueDroits.objects.create(institution=institution, annee=annee, ouverte_par_id=acteur.utilisateur_id)
    LigneRevue.objects.bulk_create(LigneRevue(revue=revue, rattachement=droit) for droit in ouverts(institution.pk))
    noter("ouvrir_revue", objet="revue", cle=revue.cle, acteur=acteur, details={"annee": annee})
    return revue


@transaction.atomic
def decider(*, ligne: LigneRevue, decision: str, acteur: Acteur) -> None:
    """Confirm or end one right. An administrator alone has their own right reviewed by the référente or the DPO."""
    ligne = LigneRevue.objects.select_for_update(of=("self",)).select_related("rattachement", "revue").get(pk=ligne.pk)
    if ligne.revue.close_le:
        raise HabilitationRefusee("Cette revue est close\u00a0: le droit se revoit à la prochaine.")
    if ligne.decision:
        raise HabilitationRefusee("Ce droit a déjà été revu.")
    droit = ligne.rattachement
    if droit.utilisateur_id == acteur.utilisateur_id:
        raise HabilitationRefusee("Votre propre droit se revoit par une autre personne.")
    seule = droit.role == Role.ADMIN_INSTITUTION and not administrateurs(
        ligne.revue.institution_id, sauf=droit.utilisateur_id
    )
    verdict = policies.peut_gerer(acteur, ligne.revue.institution_id)
    if not verdict and not (seule and acteur.a(*policies.LECTEURS)):
        raise HabilitationRefusee(verdict.raison)
    if decision == LigneRevue.Decision.TERMINE:
        terminer_droit(rattachement=droit, acteur=acteur)
    ligne.decision, ligne.decidee_le, ligne.decidee_par_id = decision, timezone.now(), acteur.utilisateur_id
    ligne.save()
    noter(
        "revoir_droit",
        objet="revue",
        cle=droit.utilisateur.cle,
        acteur=acteur,
        details={"decision": decision, "role": droit.role},
    )


@transaction.atomic
def clore(*, revue: RevueDroits, acteur: Acteur) -> None:
    """Close the review: every right still open has been decided; those that ended meanwhile are written as ended."""
    if not (verdict := policies.peut_gerer(acteur, revue.institution_id)):
        raise HabilitationRefusee(verdict.raison)
    revue = RevueDroits.objects.select_for_update().get(pk=revue.pk)
    restent = revue.lignes.filter(decision="")
    finies = restent.filter(rattachement__fin_le__lte=timezone.localdate())
    marque = {"decidee_le": timezone.now(), "decidee_par_id": acteur.utilisateur_id}
    finies.update(decision=LigneRevue.Decision.TERMINE, **marque)
    if nombre := restent.count():
        raise HabilitationRefusee(f"Il reste {nombre} droits à revoir\u00a0: confirmez ou terminez chacun.")
    revue.close_le, revue.close_par_id = timezone.now(), acteur.utilisateur_id
    revue.save()
    noter("clore_revue", objet="revue", cle=revue.cle, acteur=acteur, details={"annee": revue.annee})


def en_csv(revue: RevueDroits) -> str:
    """The list for the file of the committee, its cells neutralised."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";")
    ecrivain.writerow(COLONNES)
    lignes = revue.lignes.select_related("rattachement__utilisateur", "rattachement__service", "decidee_par")
    for ligne in lignes.order_by("rattachement__utilisateur__nom", "rattachement__utilisateur__prenom", "pk"):
        droit = ligne.rattachement
        valeurs = (
            droit.utilisateur.nom,
            droit.utilisateur.prenom,
            droit.service.nom,
            droit.role,
            droit.get_qualite_display(),
            droit.get_profession_display(),
            droit.debut_le,
            droit.fin_le,
            ligne.get_decision_display() if ligne.decision else "À revoir",
            f"{timezone.localtime(ligne.decidee_le):%d/%m/%Y}" if ligne.decidee_le else "",
            ligne.decidee_par or "",
        )
        ecrivain.writerow([neutre(valeur) for valeur in valeurs])
    return "\ufeff" + sortie.getvalue()
