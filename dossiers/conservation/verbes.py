"""The acts of retention. Those that need two persons are declared to `convention.quatre_yeux` by `declarer`.

The second person approves on a page; what touches the case itself is then done by the worker, which sees it.
"""

import uuid
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from convention import quatre_yeux
from convention.acteur import Acteur
from convention.models import DemandeDouble
from dossiers.conservation import bareme
from dossiers.conservation.gels import REVUE_MOIS, gels_en_cours
from dossiers.conservation.regles import Duree
from dossiers.models import Conservation, DecisionConservation, MiseEnAttente, RegleConservation
from journal.carnet import noter
from notifications.boite_envoi import publier
from transitions.verdict import OUI, Verdict, non

Acte = DecisionConservation.Acte
EXECUTER = "conservation.executer"
PROLONGATION_MAXIMALE = timedelta(days=5 * 366)
DEMANDEURS = (Role.DPO, Role.JURISTE, Role.DIRECTION)
APPROBATEURS = (Role.DPO, Role.JURISTE, Role.DIRECTION, Role.ARCHIVES)
DES_REGLES = (Role.DPO, Role.REFERENT)


class ConservationRefusee(Exception):
    """The act is not possible; the message is the French reason."""


def nom_d_acte(acte: str) -> str:
    return f"conservation.{acte}"


def suivis_de(acteur: Acteur, *roles: Role) -> Any:
    """The register of the houses where this person holds one of these roles."""
    institutions = [place.institution_id for place in acteur.places if place.role in (roles or DEMANDEURS)]
    return (
        Conservation.objects.filter(institutions__overlap=institutions) if institutions else Conservation.objects.none()
    )


@transaction.atomic
def demander(
    *, acte: str, motif: str, acteur: Acteur, suivi: Conservation | None = None,
    regle: RegleConservation | None = None, contenu: Mapping[str, Any] | None = None,
) -> DecisionConservation:  # fmt: skip
    """Ask for an act of two persons. Raises ConservationRefusee with its reason."""
    roles = DES_REGLES if regle else DEMANDEURS
    place = acteur.place(*roles)
    if place is None:
        raise ConservationRefusee("Cette demande se fait par la protection des données ou les affaires juridiques.")
    if suivi and suivi.detruit_le:
        raise ConservationRefusee("Ce dossier est déjà détruit.")
    decision = DecisionConservation.objects.create(acte=acte, suivi=suivi, regle=regle, contenu=dict(contenu or {}))
    try:
        quatre_yeux.demander(
            acte=nom_d_acte(acte),
            objet=decision.cle,
            contenu=contenu_de(decision.cle),
            motif=motif,
            acteur=acteur,
            institution_id=place.institution_id,
        )
    except quatre_yeux.ApprobationRefusee as refus:
        raise ConservationRefusee(str(refus)) from refus
    cle = suivi.cle if suivi else decision.cle
    noter(f"demander_{acte}", acteur=acteur, objet="conservation", cle=cle, details={"decision": decision.cle})
    return decision


@transaction.atomic
def geler(*, suivi: Conservation, motif: str, raison: str, acteur: Acteur) -> MiseEnAttente:
    """A hold takes effect at once; a second person confirms it within a day, or it lapses."""
    if raison not in MiseEnAttente.Motif.values:
        raise ConservationRefusee("Choisissez la raison de l’attente légale.")
    if gels_en_cours().filter(dossier_id=suivi.dossier_id).exists():
        raise ConservationRefusee("Ce dossier est déjà en attente légale.")
    gel = MiseEnAttente(dossier_id=suivi.dossier_id, motif=raison, revoir_avant=prochaine_revue())
    demander(acte=Acte.GELER, motif=motif, acteur=acteur, suivi=suivi, contenu={"gel": str(gel.cle), "raison": raison})
    gel.posee_par_id = acteur.utilisateur_id
    gel.save()
    return gel


def lever(*, suivi: Conservation, motif: str, acteur: Acteur) -> DecisionConservation:
    """Ask for the end of the hold in force."""
    gel = gels_en_cours().filter(dossier_id=suivi.dossier_id, confirmee_le__isnull=False).first()
    if gel is None:
        raise ConservationRefusee("Ce dossier n’est pas en attente légale.")
    return demander(acte=Acte.LEVER, motif=motif, acteur=acteur, suivi=suivi, contenu={"gel": str(gel.cle)})


@transaction.atomic
def revoir(*, suivi: Conservation, acteur: Acteur) -> MiseEnAttente:
    """The six-month review: the hold stays justified."""
    gel = gels_en_cours().filter(dossier_id=suivi.dossier_id, confirmee_le__isnull=False).first()
    if gel is None or not acteur.a(*DEMANDEURS):
        raise ConservationRefusee("Ce dossier n’est pas en attente légale.")
    gel.revue_le, gel.revue_par_id, gel.revoir_avant = timezone.now(), acteur.utilisateur_id, prochaine_revue()
    gel.save()
    noter("revoir_attente", acteur=acteur, objet="conservation", cle=suivi.cle, details={"gel": gel.cle})
    return gel


def prolonger(*, suivi: Conservation, jusqu_au: date, motif: str, acteur: Acteur) -> DecisionConservation:
    """Ask to keep a case longer than its rule, for a reason."""
    plancher = max(timezone.localdate(), suivi.echeance or date.min)
    if not plancher < jusqu_au <= plancher + PROLONGATION_MAXIMALE:
        raise ConservationRefusee("Choisissez une date après l’échéance, cinq ans plus tard au plus.")
    contenu = {"prolonge_au": jusqu_au.isoformat()}
    return demander(acte=Acte.PROLONGER, motif=motif, acteur=acteur, suivi=suivi, contenu=contenu)


def demander_destruction(*, suivi: Conservation, motif: str, acteur: Acteur) -> DecisionConservation:
    """Ask for the destruction that the scan proposed, on the elimination list as it stands."""
    if suivi.propose is None:
        raise ConservationRefusee("La destruction n’est pas encore proposée pour ce dossier.")
    if gels_en_cours().filter(dossier_id=suivi.dossier_id).exists():
        raise ConservationRefusee("Ce dossier est en attente légale\u00a0: rien n’en est détruit.")
    contenu = {"bordereau": suivi.bordereau["empreinte"]}
    return demander(acte=Acte.DETRUIRE, motif=motif, acteur=acteur, suivi=suivi, contenu=contenu)


@transaction.atomic
def confirmer_versement(*, suivi: Conservation, acteur: Acteur) -> Conservation:
    """The hospital's own legal register holds the copy: the archive of a minor's case may end."""
    if not acteur.a(Role.DPO, Role.JURISTE, Role.ARCHIVES) or not (suivi.regle and suivi.regle.attend_versement):
        raise ConservationRefusee("Ce dossier n’attend pas de versement au registre.")
    suivi.verse_le, suivi.verse_par_id = timezone.now(), acteur.utilisateur_id
    suivi.prochaine = timezone.localdate()
    suivi.save(update_fields=["verse_le", "verse_par", "prochaine"])
    noter("confirmer_versement", acteur=acteur, objet="conservation", cle=suivi.cle)
    return suivi


def prochaine_revue() -> date:
    return Duree(mois=REVUE_MOIS).depuis(timezone.localdate())


def contenu_de(cle: uuid.UUID) -> dict[str, Any]:
    """What the decision would do now: what was asked, and what it is asked of."""
    decision = DecisionConservation.objects.select_related("suivi", "regle").get(cle=cle)
    vu: dict[str, Any] = {"acte": decision.acte, **decision.contenu}
    if decision.suivi:
        vu |= {"dossier": str(decision.suivi.cle), "bordereau_actuel": decision.suivi.bordereau.get("empreinte", "")}
    if decision.regle:
        vu |= {"regle": str(decision.regle), "fin": str(decision.regle.fin)}
    return vu


def decrire(cle: uuid.UUID) -> str:
    decision = DecisionConservation.objects.select_related("suivi", "regle").get(cle=cle)
    objet = decision.suivi or decision.regle
    if isinstance(objet, RegleConservation):
        return objet.libelle
    return objet.reference if objet else "Extrait des données d’une personne"


def _peut(roles: tuple[Role, ...]) -> Callable[[Acteur, DemandeDouble], Verdict]:
    def verdict(acteur: Acteur, demande: DemandeDouble) -> Verdict:
        if any(place.role in roles and place.institution_id == demande.institution_id for place in acteur.places):
            return OUI
        return non("Cette décision se prend par la protection des données ou les affaires juridiques de l’institution.")

    return verdict


def _apres_accord(demande: DemandeDouble, acteur: Acteur) -> None:
    """The register changes now; the worker does what concerns the case."""
    decision = DecisionConservation.objects.select_related("suivi", "regle").get(cle=demande.objet)
    if decision.acte == Acte.REGLER:
        _changer_regle(decision, acteur)
    elif decision.acte == Acte.GELER:
        gel = MiseEnAttente.objects.select_for_update().get(cle=decision.contenu["gel"])
        gel.confirmee_le, gel.confirmee_par_id = timezone.now(), acteur.utilisateur_id
        gel.save()
    elif decision.acte == Acte.LEVER:
        gel = MiseEnAttente.objects.select_for_update().get(cle=decision.contenu["gel"], levee_le=None)
        gel.levee_le, gel.levee_par_id = timezone.now(), acteur.utilisateur_id
        gel.save()
    if decision.suivi:
        charge = {"decision": decision.pk, "par": acteur.utilisateur_id}
        publier(EXECUTER, cle_unique=f"{EXECUTER}:{decision.cle}", charge=charge)


def _changer_regle(decision: DecisionConservation, acteur: Acteur) -> None:
    if decision.regle is None:
        return
    regle = RegleConservation.objects.select_for_update().get(pk=decision.regle.pk)
    if regle.fin is not None:
        quatre_yeux.refus("Cette règle a déjà changé. Reprenez depuis la version en vigueur.")
    nouvelle = bareme.nouvelle_version(regle, decision.contenu["durees"], timezone.localdate())
    nouvelle.signee_le, nouvelle.signee_par_id = timezone.now(), acteur.utilisateur_id
    nouvelle.save()
    Conservation.objects.filter(regle__code=regle.code, detruit_le=None).update(prochaine=timezone.localdate())
    noter("changer_duree", acteur=acteur, objet="conservation", cle=nouvelle.cle, details={"regle": str(nouvelle)})


def declarer() -> None:
    """Declare the acts; called in AppConfig.ready()."""
    for acte in Acte:
        des_regles = acte == Acte.REGLER
        quatre_yeux.enregistrer(
            quatre_yeux.Acte(
                nom=nom_d_acte(acte),
                libelle=acte.label,
                peut_demander=_peut(DES_REGLES if des_regles else DEMANDEURS),
                peut_approuver=_peut(DES_REGLES if des_regles else APPROBATEURS),
                contenu=contenu_de,
                decrire=decrire,
                executer=None if acte == Acte.EXTRAIRE else _apres_accord,
            )
        )
