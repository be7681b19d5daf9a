"""Four eyes: some acts need a second, distinct, active person within 24 hours, on exactly what was asked (SEC-08).

    demander(acte="dossiers.detruire", objet=dossier.cle, contenu={…}, motif="…", acteur=acteur)
    approuver(demande=demande, contenu={…}, acteur=autre)
    if approuvee(acte="dossiers.detruire", objet=dossier.cle, contenu={…}): …   # true once

Every act is registered in the AppConfig.ready() of the floor that owns it.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NoReturn

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur, acteur_de
from convention.identites import meme_personne
from convention.models import DemandeDouble
from convention.models.habilitation import MOTIF_MINIMUM
from documents.empreinte import empreinte
from journal.carnet import noter
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from transitions.verdict import OUI, Verdict, non

DUREE = timedelta(hours=24)
SUJET = "approbation.attend"
PERIMEE = "Cette demande a plus de 24 heures. Faites-en une nouvelle."


class ApprobationRefusee(Exception):
    """The French sentence says why, and what to do."""


def toujours(acteur: Acteur, demande: DemandeDouble) -> Verdict:
    return OUI


@dataclass(frozen=True, slots=True)
class Acte:
    """An act under four eyes.

    `contenu` reads what the act would do now; `decrire` names its object to those who may approve; `executer` runs in
    the transaction of the approval, when the act does not wait for its requester; `seconds` are told of a request.
    """

    nom: str
    libelle: str
    peut_approuver: Callable[[Acteur, DemandeDouble], Verdict]
    contenu: Callable[[uuid.UUID], Mapping[str, Any]]
    decrire: Callable[[uuid.UUID], str] = str
    peut_demander: Callable[[Acteur, DemandeDouble], Verdict] = toujours
    executer: Callable[[DemandeDouble, Acteur], None] | None = None
    seconds: Callable[[DemandeDouble], list[User]] | None = None


_actes: dict[str, Acte] = {}


def enregistrer(acte: Acte) -> Acte:
    """Declare an act; called in AppConfig.ready()."""
    _actes[acte.nom] = acte
    return acte


def acte_de(nom: str) -> Acte:
    """The registered act; an act that nobody declared cannot be asked."""
    return _actes[nom]


def connus() -> tuple[str, ...]:
    return tuple(sorted(_actes))


def demander(
    *,
    acte: str,
    objet: uuid.UUID,
    contenu: Mapping[str, Any],
    motif: str,
    acteur: Acteur,
    institution_id: int | None = None,
) -> DemandeDouble:
    """Ask for a second person; the content is hashed now and any later change voids the request."""
    connu, motif, hache = acte_de(acte), " ".join(motif.split()), empreinte(contenu)
    if len(motif) < MOTIF_MINIMUM:
        raise ApprobationRefusee(f"Donnez un motif d’au moins {MOTIF_MINIMUM} caractères\u00a0: le second le lira.")
    if acteur.principale is None:
        raise ApprobationRefusee("Vous n’avez aucun rattachement en cours\u00a0: demandez-le à votre administrateur.")
    maintenant = timezone.now()
    with transaction.atomic():
        if en_attente().filter(acte=acte, objet=objet, empreinte=hache).exists():
            raise ApprobationRefusee("La même demande attend déjà une seconde personne.")
        demande = DemandeDouble(
            acte=acte,
            objet=objet,
            empreinte=hache,
            motif=motif[:500],
            institution_id=institution_id or acteur.principale.institution_id,
            demandee_par_id=acteur.utilisateur_id,
            expire_le=maintenant + DUREE,
        )
        if not (verdict := connu.peut_demander(acteur, demande)):
            raise ApprobationRefusee(verdict.raison)
        demande.save()
        publier(SUJET, cle_unique=f"approbation:{demande.cle}", charge={"demande": str(demande.cle)})
    _noter("demander_approbation", demande, acteur)
    return demande


def approuver(*, demande: DemandeDouble, contenu: Mapping[str, Any], acteur: Acteur) -> None:
    """The second person's yes, on the content as it is now; raises ApprobationRefusee with its reason."""
    try:
        with transaction.atomic():
            ligne = DemandeDouble.objects.select_for_update().get(pk=demande.pk)
            if not (verdict := peut_approuver(demande=ligne, acteur=acteur, contenu=contenu)):
                raise ApprobationRefusee(verdict.raison)
            ligne.approuvee_le, ligne.approuvee_par_id = timezone.now(), acteur.utilisateur_id
            ligne.save(update_fields=["approuvee_le", "approuvee_par"])
            _noter("approuver", ligne, acteur)
            if executer := acte_de(ligne.acte).executer:
                executer(ligne, acteur)
    except ApprobationRefusee:
        _noter("approuver", demande, acteur, resultat="refuse")
        raise
    demande.refresh_from_db()


def refuser(*, demande: DemandeDouble, motif: str, acteur: Acteur) -> None:
    """The second person's no, or the requester's own withdrawal."""
    with transaction.atomic():
        ligne = DemandeDouble.objects.select_for_update().get(pk=demande.pk)
        if ligne.approuvee_le or ligne.refusee_le:
            raise ApprobationRefusee("Cette demande a déjà reçu une réponse.")
        sienne = ligne.demandee_par_id == acteur.utilisateur_id
        if not sienne and not (verdict := acte_de(ligne.acte).peut_approuver(_frais(acteur), ligne)):
            raise ApprobationRefusee(verdict.raison)
        ligne.refusee_le, ligne.refusee_par_id = timezone.now(), acteur.utilisateur_id
        ligne.motif_refus = " ".join(motif.split())[:500]
        ligne.save(update_fields=["refusee_le", "refusee_par", "motif_refus"])
        _noter("retirer_demande" if sienne else "refuser_approbation", ligne, acteur)
    demande.refresh_from_db()


def approuvee(acte: str, objet: uuid.UUID, contenu: Mapping[str, Any]) -> bool:
    """Whether this very act was approved by two persons still active, not used yet; using it is this call."""
    with transaction.atomic():
        demande = (
            DemandeDouble.objects.select_for_update(of=("self",))
            .filter(
                acte=acte,
                objet=objet,
                empreinte=empreinte(contenu),
                approuvee_le__isnull=False,
                approuvee_par__is_active=True,
                demandee_par__is_active=True,
                consommee_le=None,
                expire_le__gt=timezone.now(),
            )
            .order_by("pk")
            .first()
        )
        if demande is None:
            return False
        demande.consommee_le = timezone.now()
        demande.save(update_fields=["consommee_le"])
        return True


def en_attente() -> QuerySet[DemandeDouble]:
    """Requests that can still be answered."""
    return DemandeDouble.objects.filter(approuvee_le=None, refusee_le=None, expire_le__gt=timezone.now())


def peut_approuver(*, demande: DemandeDouble, acteur: Acteur, contenu: Mapping[str, Any]) -> Verdict:
    """May this person be the second one, now? Rights are read again: the page may be older than a revocation."""
    if demande.approuvee_le:
        return non("Cette demande a déjà reçu son approbation.")
    if demande.refusee_le:
        return non("Cette demande a été refusée. Faites-en une nouvelle s’il le faut.")
    if demande.expire_le <= timezone.now():
        return non(PERIMEE)
    if demande.demandee_par_id == acteur.utilisateur_id:
        return non("Vous avez fait cette demande\u00a0: une autre personne doit l’approuver.")
    second = User.objects.get(pk=acteur.utilisateur_id)
    if not second.is_active:
        return non("Votre compte est suspendu\u00a0: il ne peut rien approuver.")
    if raison := meme_personne(demande.demandee_par, second):
        return non(raison)
    acte = acte_de(demande.acte)
    if not demande.demandee_par.is_active or not acte.peut_demander(acteur_de(demande.demandee_par), demande):
        return non("La personne qui a fait cette demande n’en a plus le droit. La demande est sans effet.")
    if not (verdict := acte.peut_approuver(acteur_de(second), demande)):
        return verdict
    if empreinte(contenu) != demande.empreinte:
        return non("Ce qui était demandé a changé depuis. Une nouvelle demande est nécessaire.")
    return OUI


def a_approuver(acteur: Acteur) -> list[DemandeDouble]:
    """The waiting requests whose second person this actor may be, oldest first, fifty at most."""
    lignes = en_attente().exclude(demandee_par=acteur.utilisateur_id).select_related("demandee_par", "institution")
    permises = (d for d in lignes.order_by("demandee_le", "pk")[:500] if d.acte in _actes)
    return [d for d in permises if acte_de(d.acte).peut_approuver(acteur, d)][:50]


def prevenir_seconds(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject `approbation.attend`: those who may answer now, if it still waits."""
    demande = en_attente().filter(cle=charge["demande"]).first()
    if demande is None or (seconds := acte_de(demande.acte).seconds) is None:
        return
    acte = acte_de(demande.acte)
    prevenir(
        [compte for compte in seconds(demande) if acte.peut_approuver(acteur_de(compte), demande)],
        cle_unique=f"approbation:{demande.pk}",
        texte=f"Une demande attend votre accord\u00a0: {acte.libelle.lower()}. Elle expire dans 24 heures.",
        adresse=reverse("convention:approbations"),
        reference="",
    )


def _frais(acteur: Acteur) -> Acteur:
    return acteur_de(User.objects.get(pk=acteur.utilisateur_id))


def _noter(action: str, demande: DemandeDouble, acteur: Acteur, resultat: str = "fait") -> None:
    noter(
        action,
        objet="approbation",
        cle=demande.cle,
        acteur=acteur,
        resultat=resultat,
        details={"acte": demande.acte, "sur": str(demande.objet)},
    )


def refus(raison: str) -> NoReturn:
    """Refuse from inside an act, with a sentence."""
    raise ApprobationRefusee(raison)
