"""One fictitious case being built: its envelope and what hangs on it, in memory, before the bulk load."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from accounts.models import User
from accueil.demonstration.comptes import Monde
from accueil.demonstration.trajets import Pas, Trajet
from convention.models import Service
from dossiers.models import Dossier, Echeance, Evenement, Participation, ParticipationPersonnelle
from dossiers.models.participation import JAMAIS
from dossiers.participations import Octroi, echeance_tri, permission_id
from dossiers.registre import types
from transitions.workflow import Workflow

Qui = tuple[Service, User]


@cache
def workflow(nature: str) -> Workflow:
    return next(genre.workflow for genre in types() if genre.nature == nature)


@dataclass
class Affaire:
    """`parties` names who does each step: a key of `Pas.par` → service and person."""

    nature: str
    variante: str
    urgence: str
    ouvert_le: datetime
    trajet: Trajet
    parties: dict[str, Qui]
    moments: list[datetime]
    ne_dans: str
    propres: dict[str, Any] = field(default_factory=dict)
    reference: str | None = None
    dossier: Dossier = field(default_factory=Dossier)
    evenements: list[Evenement] = field(default_factory=list)
    echeances: list[Echeance] = field(default_factory=list)
    parts: list[Participation | ParticipationPersonnelle] = field(default_factory=list)

    @property
    def dates(self) -> dict[str, datetime]:
        """The last moment of each step done."""
        return {pas.nom: moment for pas, moment in zip(self.trajet.pas, self.moments, strict=True)}

    @property
    def etat(self) -> str:
        return workflow(self.nature).transitions[self.trajet.pas[-1].nom].vers if self.trajet.pas else self.ne_dans

    @property
    def fin(self) -> datetime:
        return self.moments[-1] if self.moments else self.ouvert_le

    def terminer(self, service: Service, le: datetime) -> None:
        """End a service's participation; the row stays."""
        for part in self.parts:
            if isinstance(part, Participation) and part.group_id == service.groupe_id:
                part.fin_le = le

    def qui(self, pas: Pas) -> Qui:
        return self.parties.get(pas.par) or self.parties["auteur"]


def tirer_cle(alea: random.Random) -> uuid.UUID:
    return uuid.UUID(int=alea.getrandbits(128), version=4)


def mettre_sous_enveloppe(affaire: Affaire, cle: int, fiche: int | None, alea: random.Random) -> Dossier:
    """The envelope in its last state, with paired dates and authors."""
    service, auteur = affaire.parties["auteur"]
    marques = _marques(affaire)
    etat = affaire.etat
    affaire.dossier = Dossier(
        pk=cle,
        cle=tirer_cle(alea),
        reference=affaire.reference,
        nature=affaire.nature,
        variante=affaire.variante,
        etat=etat,
        phase=workflow(affaire.nature).etats[etat].phase,
        urgence=affaire.urgence,
        service_emetteur=service,
        fiche_version_id=fiche,
        version=len(affaire.moments),
        cree_le=affaire.ouvert_le,
        cree_par=auteur,
        derniere_activite=affaire.fin,
        **marques,
    )
    return affaire.dossier


def _marques(affaire: Affaire) -> dict[str, Any]:
    """Requisitions and extractions are sent the moment they are born; a signalement by its transition."""
    marques: dict[str, Any] = {}
    if affaire.nature not in {"SIGNALEMENT", "DECLARATION"}:
        marques = {"transmis_le": affaire.ouvert_le, "transmis_par": affaire.parties["auteur"][1]}
    transitions = workflow(affaire.nature).transitions
    for pas, moment in zip(affaire.trajet.pas, affaire.moments, strict=True):
        if marque := transitions[pas.nom].marque:
            marques |= {f"{marque}_le": moment, f"{marque}_par": affaire.qui(pas)[1]}
    if workflow(affaire.nature).etats[affaire.etat].phase != "clos":
        marques.pop("clos_le", None)
        marques.pop("clos_par", None)
    return marques


def raconter(affaire: Affaire, naissance: tuple[str, str], internes: frozenset[str] = frozenset()) -> None:
    """The timeline. `naissance`: name and words of the first line; empty when the draft tells nothing."""
    dossier = affaire.dossier
    if naissance[0]:
        affaire.evenements.append(
            _evenement(dossier, *naissance, affaire.ouvert_le, affaire.parties["auteur"], affaire.ne_dans)
        )
    for pas, moment in zip(affaire.trajet.pas, affaire.moments, strict=True):
        transition = workflow(affaire.nature).transitions[pas.nom]
        qui = affaire.qui(pas)
        ligne = _evenement(dossier, pas.nom, transition.libelle, moment, qui, transition.vers)
        if pas.nom in internes:
            ligne.reserve_a_id = qui[0].institution_id
        affaire.evenements.append(ligne)


def _evenement(dossier: Dossier, nom: str, libelle: str, le: datetime, qui: Qui, apres: str) -> Evenement:
    return Evenement(dossier=dossier, le=le, nom=nom, libelle=libelle, par=qui[1], service=qui[0], apres=apres)


def echoir(
    affaire: Affaire,
    nom: str,
    libelle: str,
    debut: datetime,
    terme: datetime,
    calcul: str,
    *,
    tenue: datetime | None = None,
    suspendue: datetime | None = None,
) -> None:
    affaire.echeances.append(
        Echeance(
            dossier=affaire.dossier,
            nom=nom,
            libelle=libelle,
            calcul=calcul[:200],
            debut_le=debut,
            echeance_le=terme,
            tenue_le=tenue,
            suspendue_le=None if tenue else suspendue,
        )
    )


def reporter(affaire: Affaire) -> None:
    """Copy the earliest open deadline to the envelope, as `dossiers.echeances` does."""
    ouvertes = [echeance for echeance in affaire.echeances if echeance.tenue_le is None]
    courantes = [echeance for echeance in ouvertes if echeance.suspendue_le is None]
    prochaine = min(courantes or ouvertes, key=lambda echeance: echeance.echeance_le, default=None)
    if prochaine:
        affaire.dossier.echeance_le, affaire.dossier.echeance_debut = prochaine.echeance_le, prochaine.debut_le
        affaire.dossier.echeance_suspendue = not courantes


def accorder_a(affaire: Affaire, octrois: Sequence[Octroi], alea: random.Random, *, fini: bool) -> None:
    """The participations of a case, as `dossiers.participations.accorder` writes them."""
    dossier = affaire.dossier
    tri = echeance_tri(dossier) or JAMAIS
    for octroi in octrois:
        auteur = octroi.role == "auteur"
        commun = {
            "permission_id": permission_id(),
            "content_object": dossier,
            "role": octroi.role,
            "ligne": octroi.ligne,
            "motif": octroi.motif,
            "apparait_comme": octroi.apparait_comme,
            "non_lu": not fini and octroi.non_lu and alea.random() < (0.2 if auteur else 0.6),
            "accorde_par": affaire.parties["auteur"][1],
            "accorde_le": affaire.ouvert_le,
            "nature": dossier.nature,
            "urgence": dossier.urgence,
            "phase": dossier.phase,
            "derniere_activite": dossier.derniere_activite,
            "echeance_tri": tri,
        }
        if octroi.service is not None:
            affaire.parts.append(Participation(group_id=octroi.service.groupe_id, **commun))
        elif isinstance(octroi.personne, User):
            affaire.parts.append(ParticipationPersonnelle(user=octroi.personne, **commun))


def suivre(affaire: Affaire, service: Service, personne: User) -> None:
    """« M’attribuer » by a person of the service."""
    for part in affaire.parts:
        if isinstance(part, Participation) and part.group_id == service.groupe_id:
            part.suivi_par, part.suivi_le = personne, affaire.ouvert_le + timedelta(minutes=20)


def annee_de(moment: datetime) -> int:
    return timezone.localdate(moment).year


def equipe(monde: Monde, code: str, alea: random.Random) -> Qui:
    return monde.services[code], monde.quelqu_un(code, alea)
