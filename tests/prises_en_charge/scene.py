"""One detained person, carried to any moment of the trip, with a canary in every field that can hold one."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pikepdf
from django.utils import timezone

from documents.models import Fichier
from documents.reception import PDF_SEUL, recevoir
from dossiers.models import Dossier
from prises_en_charge import workflow
from tests.distribution import Distribution

CONSIGNES = "canari-consignes-7f3a"
PRESENCE = "canari-presence-1c9e"
CHAMBRE = "canari-chambre-52bd"
REFUS = "canari-refus-88d0"
ECROU = "canari-ecrou-41aa"
SURVEILLANCE = "canari-surveillance-e6f2"
COMPTE_RENDU = "canari-compte-rendu-0b77"
SERVICE = "Chirurgie"
MEDICAUX = (CONSIGNES, PRESENCE, CHAMBRE, REFUS, COMPTE_RENDU, SERVICE, "Intervention au bloc", "gynécologique")
JUDICIAIRES = (ECROU, SURVEILLANCE, "Prévenu", "Condamné", "Niveau 4", "Entraves")


def pdf(texte: str = "") -> bytes:
    """A one-page PDF; `texte` is written on its page."""
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(f"({texte}) Tj".encode())
        document.save(sortie)
    return sortie.getvalue()


def fichier(texte: str = "") -> Fichier:
    return recevoir("piece.pdf", pdf(texte), PDF_SEUL)


class Scene:
    """The steps of a trip, each done by the person who does it. The ward is surgery, whose doctor may decide."""

    def __init__(self, distribution: Distribution) -> None:
        self.distribution = distribution
        self.dossier: Dossier

    def acteur(self, nom: str) -> Any:
        return self.distribution.acteur(nom)

    def champs(self, **autres: Any) -> dict[str, Any]:
        debut = timezone.now() + timedelta(hours=3)
        return {
            "etablissement": self.distribution.service("MA-GREFFE"),
            "service_accueil": self.distribution.service("CHV-CHIR"),
            "genre": "H",
            "age": 41,
            "motif_acte": "BLOC",
            "consignes": CONSIGNES,
            "creneau_debut": debut,
            "creneau_fin": debut + timedelta(hours=2),
            "acces": "LATERALE",
            **autres,
        }

    def demander(self, **autres: Any) -> Dossier:
        self.dossier = workflow.demander(acteur=self.acteur("usmp"), demande_cle=uuid4(), champs=self.champs(**autres))
        return self.dossier

    def ordonner(self, **autres: Any) -> Dossier:
        champs = {
            "numero_ecrou_pseudonymise": ECROU,
            "statut_penal": "PREVENU",
            "escorte": self.distribution.service("MA-ESCORTE"),
            "niveau_escorte": "NE4",
            "effectif": 3,
            "moyens_contrainte": ["ENTRAVES"],
            "depart_prevu": timezone.now() + timedelta(hours=2, minutes=30),
            "niveau_surveillance": "II",
            "surveillance_motif": SURVEILLANCE,
            **autres,
        }
        self.dossier = workflow.emettre_ordre(
            dossier=self.dossier, acteur=self.acteur("maison_arret"), champs=champs, fichier=fichier()
        )
        return self.dossier

    def confirmer(self) -> Dossier:
        champs = {"depart_prevu": timezone.now() + timedelta(hours=2), "effectif": 3}
        self.dossier = workflow.confirmer_escorte(dossier=self.dossier, acteur=self.acteur("escorte"), champs=champs)
        return self.dossier

    def arriver(self) -> Dossier:
        self.dossier = workflow.signaler_arrivee(dossier=self.dossier, acteur=self.acteur("medecin"))
        return self.dossier

    def soigner(self) -> Dossier:
        self.dossier = workflow.commencer_soins(dossier=self.dossier, acteur=self.acteur("medecin"))
        return self.dossier

    def decider(self, presence: str = "HORS_ECOUTE", levee: bool = True) -> Dossier:
        champs = {"presence_pendant_examen": presence, "contrainte_levee": levee, "presence_motif": PRESENCE}
        self.dossier = workflow.decider_presence(dossier=self.dossier, acteur=self.acteur("medecin"), champs=champs)
        return self.dossier

    def hospitaliser(self, chambre: str = "REANIMATION") -> Dossier:
        self.dossier = workflow.hospitaliser(
            dossier=self.dossier, acteur=self.acteur("medecin"), champs={"chambre": chambre, "chambre_motif": CHAMBRE}
        )
        return self.dossier

    def rendre_compte(self) -> Dossier:
        self.dossier = workflow.transmettre_compte_rendu(
            dossier=self.dossier, acteur=self.acteur("medecin"), fichier=fichier(COMPTE_RENDU)
        )
        return self.dossier

    def sortir(self) -> Dossier:
        champs = {"retour": "ORIGINE", "effets_inventories": True, "traitements_transmis": True}
        self.dossier = workflow.sortir(dossier=self.dossier, acteur=self.acteur("medecin"), champs=champs)
        return self.dossier

    def rentrer(self) -> Dossier:
        self.dossier = workflow.confirmer_retour(dossier=self.dossier, acteur=self.acteur("maison_arret"))
        return self.dossier

    def clore(self) -> Dossier:
        self.dossier = workflow.clore(dossier=self.dossier, acteur=self.acteur("usmp"))
        return self.dossier

    def jusqu_a(self, *etapes: str) -> Dossier:
        """`jusqu_a("demander", "ordonner")`."""
        for etape in etapes:
            getattr(self, etape)()
        return self.dossier


PROGRAMMEE = ("demander", "ordonner", "confirmer")
SUR_PLACE = (*PROGRAMMEE, "arriver", "soigner", "decider")
RETOUR = (*SUR_PLACE, "hospitaliser", "rendre_compte", "sortir", "rentrer")
