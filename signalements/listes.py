"""The rows of the lists, prepared with a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.models import User
from convention.acteur import Acteur
from convention.models import Service
from dossiers.boite import Ligne
from dossiers.models import Brouillon, Dossier, Participation, Personne
from dossiers.registre import type_de
from signalements.etats import TRANSMIS
from signalements.models import Signalement
from signalements.parcours import pages_de
from signalements.voies import EN_MAIN_PROPRE, VOIES, voie_de
from signalements.workflow import WORKFLOW
from transitions.workflow import Etat

URGENCES = {
    "IMMEDIATE": Etat("IMMEDIATE", "Vie en danger", "danger", "alert", ""),
    "JOUR": Etat("JOUR", "Dans la journée", "warn", "clock", ""),
    "ORDINAIRE": Etat("ORDINAIRE", "Sans urgence vitale", "mute", "circle", ""),
}


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One row: neutral words and an address, whoever reads it."""

    titre: str
    precision: str
    url: str
    dossier: Dossier
    etat: Etat
    urgence: Etat
    service: str
    famille: str
    echeance: Any
    non_lu: bool
    suivi_par: str
    a_accuser: bool


def lignes_boite(lignes: Iterable[Ligne], acteur: Acteur) -> list[LigneAffichee]:
    """Rows of a recipient's inbox, of any nature: two queries for the services and the followers."""
    lignes = list(lignes)
    services = Service.objects.select_related("institution").in_bulk(
        {ligne.dossier.service_emetteur_id for ligne in lignes}
    )
    suiveurs = User.objects.in_bulk({ligne.part["suivi_par_id"] for ligne in lignes if ligne.part["suivi_par_id"]})
    return [_ligne(ligne, acteur, services[ligne.dossier.service_emetteur_id], suiveurs) for ligne in lignes]


def _ligne(ligne: Ligne, acteur: Acteur, service: Service, suiveurs: dict[int, User]) -> LigneAffichee:
    dossier, part = ligne.dossier, ligne.part
    type_dossier = type_de(dossier)
    titre, _, precision = str(part["ligne"]).partition(" · ")
    suiveur = suiveurs.get(part["suivi_par_id"])
    return LigneAffichee(
        titre=titre,
        precision=precision,
        url=type_dossier.adresse(dossier, acteur),
        dossier=dossier,
        etat=type_dossier.workflow.etats[dossier.etat],
        urgence=URGENCES[dossier.urgence],
        service=service.nom_pour(next(iter(acteur.institutions), None)),
        famille=service.institution.famille,
        echeance=ligne.echeance,
        non_lu=bool(part["non_lu"]),
        suivi_par=str(suiveur) if suiveur else "",
        a_accuser=type_dossier.workflow is WORKFLOW
        and dossier.etat == TRANSMIS
        and part["role"] == Participation.Role.DESTINATAIRE,
    )


def lignes_auteur(lignes: Iterable[Ligne], acteur: Acteur) -> list[LigneAffichee]:
    return lignes_boite(lignes, acteur)


@dataclass(frozen=True, slots=True)
class BrouillonAffiche:
    titre: str
    precision: str
    url: str
    brouillon: Brouillon


def brouillons_affiches(brouillons: list[Brouillon]) -> list[BrouillonAffiche]:
    """One's own drafts, with sex and age but never a name: two queries."""
    ids = [brouillon.dossier_id for brouillon in brouillons if brouillon.dossier_id]
    lettres = Signalement.objects.in_bulk(ids)
    personnes = {
        personne.dossier_id: personne
        for personne in Personne.objects.filter(dossier_id__in=ids, role=Personne.Role.CONCERNEE).order_by("pk")
    }
    affiches = []
    for brouillon in brouillons:
        dossier = brouillon.dossier
        if dossier is None:
            continue
        personne = personnes.get(dossier.pk)
        faites = len(lettres[dossier.pk].etapes) if dossier.pk in lettres else 0
        qui = (
            [personne.get_sexe_display().lower(), f"{personne.age} ans"]
            if personne and personne.age is not None
            else []
        )
        a_patient = dossier.variante in VOIES or dossier.variante in EN_MAIN_PROPRE
        affiches.append(
            BrouillonAffiche(
                titre=", ".join([type_de(dossier).variantes[dossier.variante], *qui]),
                precision=f"{faites} étape{'s' if faites > 1 else ''} sur {len(pages_de(voie_de(dossier.variante)))}"
                if a_patient
                else "Sans patient nommé",
                url=reverse(f"{'signalements' if a_patient else 'declarations'}:dossier", args=[dossier.cle]),
                brouillon=brouillon,
            )
        )
    return affiches
