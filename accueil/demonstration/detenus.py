"""Fictitious extractions: the slot commands the dates, each house writes its own block."""

import random
from datetime import datetime, timedelta
from typing import Any

from accueil.demonstration.affaire import Affaire, accorder_a, echoir, equipe, raconter, reporter
from accueil.demonstration.comptes import Monde
from accueil.demonstration.trajets import dater
from prises_en_charge.demonstration import fabriquer_extractions
from prises_en_charge.faits import figer
from prises_en_charge.models import Extraction
from prises_en_charge.parties import octrois

EMETTEURS = {"USMP-MA": 78, "USMP-EPM": 22}
MAISON = {"USMP-MA": ("MA-GREFFE", "MA-ESCORTE"), "USMP-EPM": ("EPM-GREFFE", "EPM-ESCORTE")}
ACCUEILS = {"CHV-IMA": 45, "CHV-CHIR": 30, "CHV-PSY": 10, "CHV-URG": 15}
MOTIFS = {"CHV-IMA": "IMAGERIE", "CHV-CHIR": "BLOC", "CHV-PSY": "PSYCHIATRIE", "CHV-URG": "URGENCE"}
AVANT = frozenset({"demandee", "ordre", "programmee"})
SANS_VENUE = AVANT | {"annulee_escorte", "annulee_soin", "refus", "refus_clos"}
DUREE = timedelta(minutes=90)
DATES = {
    "signaler_arrivee": "arrivee_le",
    "commencer_soins": "soins_le",
    "hospitaliser": "hospitalisee_le",
    "sortir": "sortie_le",
    "confirmer_retour": "retour_le",
}


class Extractions:
    """Builds the cases of this nature; one instance a seed."""

    nature, prefixe = "EXTRACTION", "DET"

    def __init__(self, monde: Monde) -> None:
        self.monde = monde

    def fiche(self, variante: str) -> str:
        return "personnes-detenues"

    def esquisser(self, alea: random.Random, ouvert_le: datetime, forces: dict[str, Any]) -> dict[str, Any]:
        emetteur = forces.get("emetteur") or alea.choices(list(EMETTEURS), list(EMETTEURS.values()))[0]
        accueil = forces.get("accueil") or alea.choices(list(ACCUEILS), list(ACCUEILS.values()))[0]
        greffe, escorte = MAISON[emetteur]
        urgente = "creneau" not in forces and alea.random() < 0.12
        parties = {
            "auteur": equipe(self.monde, emetteur, alea),
            "greffe": equipe(self.monde, greffe, alea),
            "escorte": equipe(self.monde, escorte, alea),
            "accueil": equipe(self.monde, accueil, alea),
        }
        self._creneau_impose = forces.get("creneau")
        return {
            "variante": Extraction.Venue.URGENCE.value if urgente else Extraction.Venue.PROGRAMMEE.value,
            "urgence": "IMMEDIATE" if urgente else "ORDINAIRE",
            "parties": parties,
            "ne_dans": "DEMANDEE_USMP",
        }

    def dater(self, affaire: Affaire, fin: datetime, alea: random.Random) -> None:
        """Choose the slot, then the steps before it and those after."""
        creneau = self._creneau(affaire, fin, alea)
        affaire.propres = {"creneau": creneau, "scene": self._creneau_impose is not None}
        pas = affaire.trajet.pas
        seuil = next((rang for rang, etape in enumerate(pas) if etape.nom == "signaler_arrivee"), len(pas))
        avant = dater(affaire.ouvert_le, pas[:seuil], min(creneau, fin), alea)
        apres = dater(creneau + timedelta(minutes=alea.randint(-9, 25)), pas[seuil:], max(fin, creneau + DUREE), alea)
        affaire.moments = avant + apres

    def _creneau(self, affaire: Affaire, fin: datetime, alea: random.Random) -> datetime:
        if self._creneau_impose is not None:
            return fin + timedelta(minutes=self._creneau_impose)
        if affaire.variante == Extraction.Venue.URGENCE:
            creneau = affaire.ouvert_le + timedelta(minutes=alea.randint(50, 120))
        else:
            jour = affaire.ouvert_le + timedelta(days=alea.randint(2, 9))
            creneau = jour.replace(hour=alea.randint(8, 16), minute=alea.choice((0, 15, 30, 45)), second=0)
        if affaire.trajet.code in AVANT:
            return max(creneau, fin + timedelta(days=alea.randint(1, 4), hours=alea.randint(8, 15)))
        if affaire.trajet.code in SANS_VENUE:
            return creneau
        return min(creneau, fin - timedelta(hours=4))

    def completer(self, affaires: list[Affaire], alea: random.Random) -> list[list[Any]]:
        lettres = fabriquer_extractions([affaire.dossier for affaire in affaires], alea)
        for affaire, lettre in zip(affaires, lettres, strict=True):
            self._ajuster(affaire, lettre)
            raconter(affaire, ("demander", "Extraction demandée"))
            self._echeances(affaire, lettre)
            reporter(affaire)
            parties = octrois(lettre, affaire.parties["auteur"][0])
            accorder_a(affaire, parties, alea, fini=affaire.dossier.phase == "clos")
            if affaire.dossier.clos_le and lettre.escorte:
                # The escort no longer knows of a finished trip.
                affaire.terminer(lettre.escorte, affaire.dossier.clos_le)
        return [lettres]

    def _ajuster(self, affaire: Affaire, lettre: Extraction) -> None:
        """The dates of the letter are those of the timeline; its services, those of the case."""
        lettre.creneau_debut = affaire.propres["creneau"]
        lettre.creneau_fin = lettre.creneau_debut + DUREE
        lettre.service_accueil = affaire.parties["accueil"][0]
        lettre.etablissement = affaire.parties["greffe"][0]
        ordre = "emettre_ordre" in affaire.dates
        lettre.escorte = affaire.parties["escorte"][0] if ordre else None
        lettre.depart_prevu = lettre.creneau_debut - timedelta(minutes=40) if ordre else None
        for pas, champ in DATES.items():
            setattr(lettre, champ, affaire.dates.get(pas))
        if not lettre.examen_gyneco_ou_accouchement:
            lettre.motif_acte = MOTIFS[lettre.service_accueil.code]
        # Two secured rooms exist: only the scenes of the day may hold them.
        if lettre.chambre and not affaire.propres["scene"]:
            lettre.chambre = Extraction.Chambre.SERVICE
        if affaire.dossier.phase == "clos":
            figer(lettre)
            lettre.fige_le = affaire.fin

    @staticmethod
    def _echeances(affaire: Affaire, lettre: Extraction) -> None:
        """The same deadlines as `prises_en_charge.delais`, at their own dates."""
        dates, fini = affaire.dates, affaire.dossier.clos_le
        ordre, escorte, arrivee = (dates.get(nom) for nom in ("emettre_ordre", "confirmer_escorte", "signaler_arrivee"))
        calcul = "Compté à partir du créneau, jamais moins de 30 minutes"
        premier = max(lettre.creneau_debut - timedelta(hours=24), affaire.ouvert_le + timedelta(minutes=30))
        echoir(
            affaire, "ordre", "Émettre l’ordre d’extraction", affaire.ouvert_le, premier, calcul, tenue=ordre or fini
        )
        if ordre:
            terme = max(lettre.creneau_debut - timedelta(hours=2), ordre + timedelta(minutes=30))
            echoir(affaire, "escorte", "Confirmer l’escorte", ordre, terme, calcul, tenue=escorte or fini)
        if escorte:
            refus = dates.get("refuser_soins")
            echoir(
                affaire,
                "arrivee",
                "Arrivée attendue à l’hôpital",
                escorte,
                lettre.creneau_debut,
                calcul,
                tenue=arrivee or refus or fini,
            )
        _apres_l_arrivee(affaire)


def _apres_l_arrivee(affaire: Affaire) -> None:
    dates, fini = affaire.dates, affaire.dossier.clos_le
    if hospitalisee := dates.get("hospitaliser"):
        echoir(
            affaire,
            "chambre_48h",
            "Transfert à demander avant 48 heures",
            hospitalisee,
            hospitalisee + timedelta(hours=48),
            "48 heures après l’hospitalisation (R-33)",
            tenue=fini,
        )
    if sortie := dates.get("sortir"):
        echoir(
            affaire,
            "compte_rendu",
            "Compte rendu à l’unité sanitaire",
            sortie,
            sortie + timedelta(hours=24),
            "24 heures après la sortie",
            tenue=fini,
        )
