"""A year of cases, written straight to the tables with the dates one wants."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from dossiers.echeances import PARIS
from dossiers.models import Dossier, Evenement
from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import lire_dossier
from prises_en_charge.models import Extraction
from requisitions.models import Requisition, Seance, Volet
from signalements.models import Signalement
from tests.distribution import DONNEES, Distribution

ANNEE = 2026
_numeros = count(1)


class Annee:
    """Adds cases of 2026; every date is given, nothing depends on the clock."""

    def __init__(self, distribution: Distribution) -> None:
        ecrire(lire_dossier(DONNEES))
        self.distribution = distribution
        self.auteur = distribution.utilisateur("soignante")

    def dossier(self, nature: str, variante: str, etat: str, le: datetime, **champs: Any) -> Dossier:
        phase = (
            "clos"
            if etat in {"CLOTUREE", "CLOS", "REMIS", "REFUSEE", "ANNULEE", "ANNULEE_ESCORTE", "ANNULEE_SOIN"}
            else "en_cours"
        )
        clos = {"clos_le": le, "clos_par": self.auteur} if phase == "clos" else {}
        service = champs.pop("service", "CHV-URG")
        dossier = Dossier.objects.create(
            reference=f"X-{next(_numeros)}",
            nature=nature,
            variante=variante,
            etat=etat,
            phase=phase,
            service_emetteur=self.distribution.service(service),
            cree_par=self.auteur,
            transmis_le=le,
            transmis_par=self.auteur,
            **clos,
            **champs,
        )
        Dossier.objects.filter(pk=dossier.pk).update(cree_le=le)
        dossier.refresh_from_db()
        return dossier

    def signalement(
        self, le: datetime, variante: str = "VC_SANS_ACCORD", ar: int | None = None, **lettre: Any
    ) -> Dossier:
        dossier = self.dossier("SIGNALEMENT", variante, "AR_RECU" if ar else "TRANSMIS", le, urgence="IMMEDIATE")
        Signalement.objects.create(dossier=dossier, date_constat=le - timedelta(hours=2), **lettre)
        if ar:
            self.evenement(dossier, "accuser_reception", "AR_RECU", le + timedelta(minutes=ar))
        return dossier

    def requisition(
        self,
        le: datetime,
        service: str = "POLICE-CSP",
        etat: str = "CLOTUREE",
        saisie_le: datetime | None = None,
        **lettre: Any,
    ) -> Dossier:
        """Received at `le`, typed at `saisie_le` when it came on paper."""
        dossier = self.dossier("REQUISITION", lettre.get("type_acte", "VIDEO"), etat, le, service=service)
        champs = {"cadre": "FLAG", "type_acte": "VIDEO", "autorite_nom": "X", "mission": "Y", **lettre}
        Requisition.objects.create(dossier=dossier, service_requerant=self.distribution.service(service), **champs)
        if saisie_le:
            Dossier.objects.filter(pk=dossier.pk).update(cree_le=saisie_le)
        return dossier

    def volet(self, dossier: Dossier, **donnees: Any) -> None:
        """What whoever executes the act answered, sealed."""
        Volet.objects.create(dossier=dossier, donnees=donnees, rempli_par=self.auteur)

    def seance(self, dossier: Dossier, issue: str, le: datetime) -> None:
        """One session of a hearing; without an issue, it is to come."""
        constat = {"constatee_le": le, "constatee_par": self.auteur} if issue else {}
        if issue == "realisee":
            constat |= {"debut": le, "fin": le + timedelta(hours=1)}
        if issue == "reportee_medical":
            constat["reevaluer_avant"] = le + timedelta(days=1)
        Seance.objects.create(
            dossier=dossier, prevue_pour=le, lieu="local", programmee_le=le, programmee_par=self.auteur, issue=issue,
            **constat,
        )  # fmt: skip

    def extraction(self, le: datetime, etat: str = "CLOTUREE", **lettre: Any) -> Dossier:
        dossier = self.dossier("EXTRACTION", "PROGRAMMEE", etat, le, service="USMP-MA")
        Extraction.objects.create(
            dossier=dossier,
            motif_acte="IMAGERIE",
            service_accueil=self.distribution.service("CHV-IMA"),
            etablissement=self.distribution.service("MA-GREFFE"),
            creneau_debut=le,
            creneau_fin=le + timedelta(hours=1),
            genre="H",
            age=40,
            **lettre,
        )
        return dossier

    def evenement(self, dossier: Dossier, nom: str, apres: str, le: datetime) -> None:
        evenement = Evenement.objects.create(dossier=dossier, nom=nom, libelle=nom, apres=apres)
        Evenement.objects.filter(pk=evenement.pk).update(le=le)


def jour(mois: int, quantieme: int = 10, heure: int = 11) -> datetime:
    return datetime(ANNEE, mois, quantieme, heure, tzinfo=PARIS)
