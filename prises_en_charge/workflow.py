"""The verbs of an extraction. Only these move a case; each is one transaction of its caller."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.concurrence import version_attendue
from dossiers.models import Dossier, Piece
from dossiers.models.dossier import Nature
from dossiers.ouverture import ouvrir
from dossiers.participations import accorder, terminer
from dossiers.pieces import joindre
from dossiers.suivi import relater, verrouiller
from prises_en_charge import delais, policies
from prises_en_charge.chambres import reserver
from prises_en_charge.controles import constats
from prises_en_charge.documents import bon_de_retour, fiche_de_suivi
from prises_en_charge.double_envoi import deja_envoyee
from prises_en_charge.faits import faits_de, figer
from prises_en_charge.models import Extraction
from prises_en_charge.parties import octroi_escorte, octrois
from prises_en_charge.table import WORKFLOW
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee


@transaction.atomic
def demander(*, acteur: Acteur, demande_cle: UUID, champs: Mapping[str, Any]) -> Dossier:
    """Open an extraction; the same `demande_cle` sent twice gives the first case, even at the same instant."""
    _exiger(policies.peut_demander(acteur))
    extraction = Extraction(demande_cle=demande_cle, **champs)
    extraction.mineur = extraction.age < 18
    _refuser_si_bloque(extraction, ("R-32", "R-35"))
    deja = Extraction.objects.filter(demande_cle=demande_cle, dossier__cree_par_id=acteur.utilisateur_id)
    if deja.exists():
        return deja_envoyee(deja.get(), champs)
    try:
        with transaction.atomic():
            dossier = _ouvrir(extraction, acteur)
    except IntegrityError:
        return deja_envoyee(deja.get(), champs)
    accorder(dossier=dossier, octrois=octrois(extraction, dossier.service_emetteur), acteur=acteur)
    delais.attendre(dossier, delais.ORDRE, extraction.creneau_debut)
    relater(dossier=dossier, nom="demander", libelle="Extraction demandée", acteur=acteur, apres="DEMANDEE_USMP")
    return dossier


def _ouvrir(extraction: Extraction, acteur: Acteur) -> Dossier:
    """The envelope says planned or urgent, never why."""
    place = acteur.place(Role.USMP)
    assert place is not None  # noqa: S101  the policy said so
    urgente = extraction.motif_acte == Extraction.Motif.URGENCE
    dossier = ouvrir(
        nature=Nature.EXTRACTION,
        variante=Extraction.Venue.URGENCE if urgente else Extraction.Venue.PROGRAMMEE,
        workflow=WORKFLOW,
        etat="DEMANDEE_USMP",
        place=place,
        acteur=acteur,
        urgence="IMMEDIATE" if urgente else "ORDINAIRE",
        fiche_code="personnes-detenues",
    )
    Dossier.objects.filter(pk=dossier.pk).update(transmis_le=timezone.now(), transmis_par_id=acteur.utilisateur_id)
    extraction.dossier = dossier
    extraction.save(force_insert=True)
    return dossier


def _exiger(verdict: Verdict) -> None:
    if not verdict:
        raise TransitionRefusee(verdict.raison)


def _refuser_si_bloque(extraction: Extraction, numeros: tuple[str, ...], **faits: Any) -> None:
    """A blocking control of these numbers stops an administrative act, in words fit for every reader."""
    for constat in constats(faits_de(extraction, **faits)):
        if constat.bloque and constat.numero in numeros:
            raise TransitionRefusee(constat.message)


def _appliquer(
    nom: str,
    dossier: Dossier,
    acteur: Acteur,
    version: str | None,
    champs: Mapping[str, Any],
    controler: Callable[[Extraction], None] | None = None,
    libelle: str = "",
) -> Dossier:
    """One transition: version, fields, controls and letter are written under the lock of the envelope."""

    def ecrire(objet: Dossier) -> None:
        version_attendue(version)(objet)
        extraction = objet.extraction
        for champ, valeur in champs.items():
            setattr(extraction, champ, valeur)
        if controler:
            controler(extraction)
        extraction.save()

    donnees = {"libelle": libelle} if libelle else {}
    applique: Dossier = WORKFLOW.appliquer(nom, dossier, acteur=acteur, donnees=donnees, avant_ecriture=ecrire)
    return applique


def _joindre_ordre(dossier: Dossier, fichier: Fichier, acteur: Acteur, escorte: Any) -> Piece:
    extraction = dossier.extraction
    return joindre(
        dossier=dossier,
        intitule="Ordre d’extraction",
        classe=Classe.JUDICIAIRE,
        fichier=fichier,
        acteur=acteur,
        remise_a=[service for service in (extraction.etablissement, escorte) if service],
    )


@transaction.atomic
def emettre_ordre(
    *, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], fichier: Fichier | None, version: str | None = None
) -> Dossier:
    """The registry's block, the written order and the escort that is named. Urgent: the order may follow."""
    _exiger(WORKFLOW.verdict("emettre_ordre", dossier, acteur))
    if fichier is None and dossier.urgence != "IMMEDIATE":
        raise TransitionRefusee("Joignez l’ordre écrit du chef d’établissement.")
    ordre = _joindre_ordre(dossier, fichier, acteur, champs["escorte"]) if fichier else None
    dossier = _appliquer(
        "emettre_ordre", dossier, acteur, version, {**champs, "ordre_ecrit": ordre},
        lambda extraction: _refuser_si_bloque(extraction, ("R-31",)),
    )  # fmt: skip
    accorder(dossier=dossier, octrois=[octroi_escorte(champs["escorte"])], acteur=acteur)
    delais.arreter(dossier, delais.ORDRE)
    delais.attendre(dossier, delais.ESCORTE, champs.get("depart_prevu") or dossier.extraction.creneau_debut)
    return dossier


@transaction.atomic
def regulariser_ordre(*, dossier: Dossier, acteur: Acteur, fichier: Fichier, version: str | None = None) -> Dossier:
    """The written order that an emergency did without."""
    dossier = verrouiller(dossier)
    version_attendue(version)(dossier)
    _exiger(policies.peut_regulariser_ordre(dossier, acteur))
    extraction = dossier.extraction
    extraction.ordre_ecrit = _joindre_ordre(dossier, fichier, acteur, extraction.escorte)
    extraction.save()
    delais.arreter(dossier, delais.REGULARISATION)
    relater(dossier=dossier, nom="regulariser_ordre", libelle="Ordre écrit reçu", acteur=acteur)
    return dossier


@transaction.atomic
def confirmer_escorte(
    *, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None
) -> Dossier:
    dossier = _appliquer("confirmer_escorte", dossier, acteur, version, champs)
    delais.arreter(dossier, delais.ESCORTE)
    delais.attendre(dossier, delais.ARRIVEE, dossier.extraction.creneau_debut)
    fiche_de_suivi(dossier=dossier, acteur=acteur)
    return dossier


@transaction.atomic
def signaler_arrivee(*, dossier: Dossier, acteur: Acteur, version: str | None = None) -> Dossier:
    """R-30 stops a planned arrival without its order, never an emergency: that one is put right in two hours."""
    dossier = _appliquer(
        "signaler_arrivee", dossier, acteur, version, {"arrivee_le": timezone.now()},
        lambda extraction: _refuser_si_bloque(extraction, ("R-30",)),
    )  # fmt: skip
    delais.arreter(dossier, delais.ORDRE, delais.ESCORTE, delais.ARRIVEE)
    if dossier.extraction.ordre_ecrit_id is None:
        delais.courir(dossier, delais.REGULARISATION)
    return dossier


@transaction.atomic
def commencer_soins(*, dossier: Dossier, acteur: Acteur, version: str | None = None) -> Dossier:
    return _appliquer("commencer_soins", dossier, acteur, version, {"soins_le": timezone.now()})


@transaction.atomic
def hospitaliser(*, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None) -> Dossier:
    """The 48 hours run from now, whatever the room (R-33)."""
    champs = {**champs, "hospitalisee_le": timezone.now()}
    dossier = _appliquer("hospitaliser", dossier, acteur, version, champs, reserver)
    delais.courir(dossier, delais.CHAMBRE)
    return dossier


@transaction.atomic
def decider_presence(
    *, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None
) -> Dossier:
    """The doctor's decision, with its ground; no state moves. R-31 leaves one answer only."""
    dossier = verrouiller(dossier)
    version_attendue(version)(dossier)
    _exiger(policies.peut_decider_presence(dossier, acteur))
    extraction = dossier.extraction
    for champ, valeur in champs.items():
        setattr(extraction, champ, valeur)
    _refuser_si_bloque(extraction, ("R-31",), niveau_surveillance="")
    extraction.save()
    libelle = f"Présence pendant l’examen\u00a0: {extraction.get_presence_pendant_examen_display().lower()}"
    relater(dossier=dossier, nom="decider_presence", libelle=libelle, acteur=acteur)
    return dossier


@transaction.atomic
def sortir(*, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None) -> Dossier:
    dossier = _appliquer("sortir", dossier, acteur, version, {**champs, "sortie_le": timezone.now()})
    delais.arreter(dossier, delais.CHAMBRE)
    if not compte_rendu_transmis(dossier):
        delais.courir(dossier, delais.COMPTE_RENDU)
    bon_de_retour(dossier=dossier, acteur=acteur)
    return dossier


def compte_rendu_transmis(dossier: Dossier) -> bool:
    return dossier.evenements.filter(nom="transmettre_compte_rendu").exists()


@transaction.atomic
def confirmer_retour(*, dossier: Dossier, acteur: Acteur, version: str | None = None) -> Dossier:
    return _appliquer("confirmer_retour", dossier, acteur, version, {"retour_le": timezone.now()})


@transaction.atomic
def transmettre_compte_rendu(
    *, dossier: Dossier, acteur: Acteur, fichier: Fichier, version: str | None = None
) -> Dossier:
    """To the prison health unit and to nobody else; the others read only that it was sent."""
    dossier = verrouiller(dossier)
    version_attendue(version)(dossier)
    _exiger(policies.peut_transmettre_compte_rendu(dossier, acteur))
    joindre(
        dossier=dossier, intitule="Compte rendu médical", classe=Classe.MEDICAL, fichier=fichier, acteur=acteur,
        remise_a=[dossier.service_emetteur],
    )  # fmt: skip
    delais.arreter(dossier, delais.COMPTE_RENDU)
    relater(
        dossier=dossier, nom="transmettre_compte_rendu", libelle="Compte rendu remis à l’unité sanitaire", acteur=acteur
    )
    return dossier


@transaction.atomic
def clore(*, dossier: Dossier, acteur: Acteur, version: str | None = None) -> Dossier:
    """The case is frozen with its hash, its room is given back, and the escort no longer knows of it."""
    extraction = dossier.extraction
    sortie = {"sortie_le": timezone.now()} if extraction.arrivee_le and not extraction.sortie_le else {}
    dossier = _appliquer("clore", dossier, acteur, version, sortie, figer)
    delais.tout_arreter(dossier)
    if dossier.extraction.escorte:
        terminer(dossier=dossier, service=dossier.extraction.escorte)
    return dossier


@transaction.atomic
def annuler_escorte(
    *, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None
) -> Dossier:
    """Every cancellation has its coded ground: a third of demands end so, and the review counts them."""
    motif = str(champs.get("annulation_escorte_motif", ""))
    if motif not in Extraction.AnnulationEscorte.values:
        raise TransitionRefusee("Indiquez le motif de l’annulation.")
    libelle = f"Annulée\u00a0: {Extraction.AnnulationEscorte(motif).label}"
    dossier = _appliquer("annuler_escorte", dossier, acteur, version, champs, figer, libelle)
    delais.tout_arreter(dossier)
    return dossier


@transaction.atomic
def annuler_soin(*, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None) -> Dossier:
    """The ground is medical: the prison reads that the hospital cancelled, and no more."""
    if champs.get("annulation_soin_motif") not in Extraction.AnnulationSoin.values:
        raise TransitionRefusee("Indiquez le motif de l’annulation.")
    dossier = _appliquer("annuler_soin", dossier, acteur, version, champs, figer)
    delais.tout_arreter(dossier)
    return dossier


@transaction.atomic
def refuser_soins(
    *, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None
) -> Dossier:
    return _appliquer("refuser_soins", dossier, acteur, version, champs)


@transaction.atomic
def signaler_incident(
    *, dossier: Dossier, acteur: Acteur, champs: Mapping[str, Any], version: str | None = None
) -> Dossier:
    return _appliquer("signaler_incident", dossier, acteur, version, champs)
