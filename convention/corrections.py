"""What anybody sees is wrong in the directory: proposed, then accepted or refused with a reason by who keeps it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention import policies
from convention.acteur import Acteur, rattachements_valides
from convention.models import Contact, CorrectionAnnuaire, Service
from journal.carnet import noter
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from transitions.verdict import Verdict
from transitions.workflow import Etat, Transition, TransitionRefusee, Workflow

SUJET = "annuaire.correction"
CHANGE = "Cette valeur a changé depuis la proposition. Refusez-la, ou attendez une nouvelle proposition."
PROPOSEE, ACCEPTEE, REFUSEE = CorrectionAnnuaire.Etat.values
TEXTES = {
    "proposer": "Une correction de l’annuaire attend votre réponse.",
    "accepter": "Votre correction de l’annuaire est acceptée.",
    "refuser": "Votre correction de l’annuaire n’est pas retenue. Le motif est sur la page du service.",
}


def _repondre(correction: CorrectionAnnuaire, acteur: Acteur) -> Verdict:
    return policies.peut_tenir_annuaire(acteur, correction.service.institution_id)


def _consigner(
    objet: CorrectionAnnuaire,
    /,
    *,
    transition: Transition,
    acteur: Acteur,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    _tracer(objet, transition.nom, acteur)


def _verrouiller(correction: CorrectionAnnuaire) -> CorrectionAnnuaire:
    corrections = CorrectionAnnuaire.objects.select_for_update(of=("self",)).select_related("service")
    return corrections.get(pk=correction.pk)


WORKFLOW = Workflow(
    "ANN",
    (
        Etat(PROPOSEE, "Proposée", "warn", "clock", "en_cours"),
        Etat(ACCEPTEE, "Acceptée", "ok", "check", "clos"),
        Etat(REFUSEE, "Non retenue", "mute", "cross", "clos"),
    ),
    (
        Transition(
            "accepter",
            frozenset({PROPOSEE}),
            ACCEPTEE,
            "Accepter la correction",
            _repondre,
            "traitee",
        ),
        Transition("refuser", frozenset({PROPOSEE}), REFUSEE, "Refuser la correction", _repondre, "traitee"),
    ),
    consigner=_consigner,
    verrouiller=_verrouiller,
)


@transaction.atomic
def proposer(
    *, service: Service, contact: Contact | None, champ: str, nouvelle: str, precision: str, acteur: Acteur
) -> CorrectionAnnuaire:
    """Propose one value. Who keeps the directory has their own proposal accepted at once."""
    ancienne = str(getattr(contact, champ)) if contact else ""
    if nouvelle == ancienne:
        raise TransitionRefusee("C’est déjà la valeur de l’annuaire. Si elle est juste, rien n’est à corriger.")
    correction = CorrectionAnnuaire(
        service=service,
        contact=contact,
        champ=champ,
        ancienne=ancienne,
        nouvelle=nouvelle,
        precision=precision,
        proposee_par_id=acteur.utilisateur_id,
    )
    WORKFLOW.initialiser(correction, PROPOSEE)
    try:
        with transaction.atomic():
            correction.save()
    except IntegrityError as erreur:
        raise TransitionRefusee("Une correction attend déjà une réponse pour cette ligne.") from erreur
    _tracer(correction, "proposer", acteur)
    if policies.peut_tenir_annuaire(acteur, service.institution_id):
        return accepter(correction=correction, acteur=acteur)
    return correction


@transaction.atomic
def accepter(*, correction: CorrectionAnnuaire, acteur: Acteur) -> CorrectionAnnuaire:
    """Write the new value, if the old one is still there; the line is verified today."""
    acceptee: CorrectionAnnuaire = WORKFLOW.appliquer(
        "accepter", correction, acteur=acteur, avant_ecriture=lambda objet: _ecrire(objet, acteur)
    )
    return acceptee


@transaction.atomic
def refuser(*, correction: CorrectionAnnuaire, motif: str, acteur: Acteur) -> CorrectionAnnuaire:
    """Refuse, and say why to whoever proposed."""
    if not motif.strip():
        raise TransitionRefusee("Donnez le motif du refus\u00a0: la personne qui a proposé le lira.")

    def motiver(objet: CorrectionAnnuaire) -> None:
        objet.reponse = motif.strip()

    refusee: CorrectionAnnuaire = WORKFLOW.appliquer("refuser", correction, acteur=acteur, avant_ecriture=motiver)
    return refusee


@transaction.atomic
def verifier(*, contact: Contact, acteur: Acteur) -> Contact:
    """Somebody has just called: the number answers."""
    contact = Contact.objects.select_for_update(of=("self",)).select_related("service").get(pk=contact.pk)
    verdict = policies.peut_verifier(acteur, contact.service)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    _marquer(contact, acteur)
    contact.save()
    details = {"contact": contact.pk}
    noter("verifier_contact", objet="service", cle=contact.service.cle, acteur=acteur, details=details)
    return contact


def a_traiter(acteur: Acteur) -> QuerySet[CorrectionAnnuaire]:
    """The proposals that wait for this person's answer, the oldest first."""
    attendues = CorrectionAnnuaire.objects.filter(etat=PROPOSEE).select_related("service__institution", "contact")
    if not acteur.a(Role.REFERENT):
        maisons = {i for i in acteur.institutions if policies.peut_tenir_annuaire(acteur, i)}
        attendues = attendues.filter(service__institution__in=maisons)
    return attendues.order_by("proposee_le", "pk")


def prevenir_de(charge: Mapping[str, Any]) -> None:
    """Carried out by the outbox: the keepers hear of a proposal, its author of the answer; nobody of their own act."""
    correction = CorrectionAnnuaire.objects.select_related("service", "proposee_par").get(cle=charge["correction"])
    nom = charge["nom"]
    if nom == "proposer":
        qui = _gardiens(correction.service.institution_id).exclude(pk=correction.proposee_par_id)
    else:
        qui = User.objects.filter(pk=correction.proposee_par_id).exclude(pk=correction.traitee_par_id or 0)
    prevenir(
        qui,
        cle_unique=f"correction:{correction.cle}:{nom}",
        texte=TEXTES[nom],
        adresse=reverse("convention:service", args=[correction.service.cle]),
        reference="annuaire",
    )


def _gardiens(institution_id: int) -> QuerySet[User]:
    """The house's administrators; the référente where there is none."""
    valides = rattachements_valides()
    de_la_maison = valides.filter(role=Role.ADMIN_INSTITUTION, service__institution=institution_id)
    lignes = de_la_maison if de_la_maison.exists() else valides.filter(role=Role.REFERENT)
    return User.objects.filter(pk__in=lignes.order_by().values("utilisateur")).order_by("pk")


def _ecrire(correction: CorrectionAnnuaire, acteur: Acteur) -> None:
    if correction.contact_id is None:
        contact = Contact(service=correction.service, libelle="Accueil")
    else:
        contact = Contact.objects.select_for_update().get(pk=correction.contact_id)
        if str(getattr(contact, correction.champ)) != correction.ancienne:
            raise TransitionRefusee(CHANGE)
    setattr(contact, correction.champ, correction.nouvelle)
    _marquer(contact, acteur)
    contact.save()
    correction.contact = contact


def _marquer(contact: Contact, acteur: Acteur) -> None:
    contact.verifie_le, contact.verifie_par_id = timezone.localdate(), acteur.utilisateur_id
    if contact.expire:
        contact.valable_jusqu_au = None


def _tracer(correction: CorrectionAnnuaire, nom: str, acteur: Acteur) -> None:
    details = {"service": correction.service.code, "champ": correction.champ}
    noter(f"{nom}_correction", objet="correction", cle=correction.cle, acteur=acteur, details=details)
    charge = {"correction": str(correction.cle), "nom": nom}
    publier(SUJET, cle_unique=f"{SUJET}:{correction.cle}:{nom}", charge=charge)
