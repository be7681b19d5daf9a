"""Fictitious declarations: what the house declares of an object, an agent or a scene, and what its partners answer."""

import random
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accueil.demonstration.affaire import Affaire, accorder_a, equipe, raconter, reporter, suivre, tirer_cle
from accueil.demonstration.comptes import Monde
from accueil.demonstration.ecrits import brouillons, ecrits, poser_les_echeances
from accueil.demonstration.trajets import dater
from documents.empreinte import empreinte
from dossiers.models.participation import Part
from dossiers.participations import Octroi
from fiches.models import ReferenceLegale
from signalements import etats
from signalements.champs import Genre
from signalements.declarations import suivi
from signalements.declarations.contenu import Lue, canonique, ligne_neutre, urgence
from signalements.declarations.ecriture import GENRE
from signalements.declarations.routes import ROUTES, route_de
from signalements.declarations.situations_fictives import EMETTEURS, SITUATIONS, decaler
from signalements.models import Declaration, Mesure, Victime

QUESTION = "Pouvez-vous préciser l’heure et le lieu\u00a0?"
PRECISION = "L’heure est exacte à dix minutes près. Le lieu est celui de la déclaration."
COLLEGUES = ("Inès Wattier", "Paul Dremaux", "Lila Cousin", "Marc Beaurain")
ECHEANCES: dict[str, timedelta] = {
    Mesure.Genre.PROTECTION: suivi.RELANCE_PROTECTION,
    Mesure.Genre.PREVENTION: timedelta(days=60),
    Mesure.Genre.ACTION: timedelta(days=90),
    Mesure.Genre.RETEX: suivi.RETEX,
}
INTITULES: dict[str, str] = {
    Mesure.Genre.PREVENTION: "Revoir l’attente au guichet, le soir",
    Mesure.Genre.ACTION: "Remplacer la fermeture de la porte du hall",
}
REPONSE = "Nous vous remercions. Le dossier est suivi par nos soins."


class Declarations:
    """Builds the cases of this nature; one instance a seed."""

    nature, prefixe = "DECLARATION", "SIG"

    def __init__(self, monde: Monde) -> None:
        self.monde, self.rang, self.episodes = monde, 0, 0
        self.bases = {base.cle: base for base in ReferenceLegale.objects.all()}

    def fiche(self, variante: str) -> str:
        return route_de(variante).fiche_code

    def esquisser(self, alea: random.Random, ouvert_le: datetime, forces: dict[str, Any]) -> dict[str, Any]:
        """Route and parties of a new case."""
        variante = forces.get("variante") or alea.choice(list(ROUTES))
        route = route_de(variante)
        emetteur = forces.get("emetteur") or alea.choice(EMETTEURS[variante])
        auteur = equipe(self.monde, emetteur, alea)
        if forces.get("emetteur"):
            auteur = (auteur[0], self.monde.equipes[emetteur][0])
        return {
            "variante": variante,
            "urgence": route.urgence,
            "parties": {"auteur": auteur, "destinataire": equipe(self.monde, route.destinataire_defaut, alea)},
            "ne_dans": etats.BROUILLON,
        }

    def dater(self, affaire: Affaire, fin: datetime, alea: random.Random) -> None:
        affaire.moments = dater(affaire.ouvert_le, affaire.trajet.pas, fin, alea)

    def completer(self, affaires: list[Affaire], alea: random.Random) -> list[list[Any]]:
        """Timeline, deadlines, participations and letters; returns the rows to load, table by table."""
        lettres, victimes, mesures = [], [], []
        for affaire in affaires:
            lettre = self._lettre(affaire)
            autres = self._victimes(affaire, lettre, alea)
            lue = Lue(affaire.dossier, lettre, (), route_de(affaire.variante), autres)
            victimes += autres
            mesures += _mesures(affaire, alea)
            affaire.dossier.urgence = affaire.urgence = urgence(lue)
            raconter(affaire, ("", ""))
            poser_les_echeances(affaire, lue.voie.delais)
            reporter(affaire)
            self._parties(affaire, lue, alea)
            if affaire.dossier.transmis_le:
                lettre.fige_le, lettre.empreinte = affaire.dossier.transmis_le, empreinte(canonique(lue))
            lettres.append(lettre)
        suivis = ecrits(affaires, alea, issue=_issue, question=QUESTION, reponse=PRECISION)
        return [lettres, victimes, mesures, *suivis, brouillons(affaires, alea, GENRE)]

    def _lettre(self, affaire: Affaire) -> Declaration:
        route, (_, auteur) = route_de(affaire.variante), affaire.parties["auteur"]
        self.rang += 1
        lettre = Declaration(
            dossier=affaire.dossier,
            etapes=[page.code for page in route.parcours],
            propres=decaler(route, SITUATIONS[route.code](self.rang), affaire.ouvert_le),
            base_legale=self.bases.get(route.bases[0]),
        )
        if affaire.dossier.transmis_le:
            lettre.destinataire = affaire.parties["destinataire"][0]
            lettre.attestation, lettre.telephone_rappel = True, "01 99 00 12 34"
            lettre.signataire_nom, lettre.signataire_qualite = str(auteur), "Déclarant"
        return lettre

    def _victimes(self, affaire: Affaire, lettre: Declaration, alea: random.Random) -> list[Victime]:
        """One episode in three touches a second professional, the first one among them."""
        if not route_de(affaire.variante).plusieurs_victimes:
            return []
        self.episodes += 1
        if self.episodes % 3 != 1:
            return []
        lettre.propres = {**lettre.propres, "victimes": 2}
        return [
            Victime(
                cle=tirer_cle(alea),
                dossier=affaire.dossier,
                nom=alea.choice(COLLEGUES),
                metier="AIDE_SOIGNANT",
                statut=alea.choice((Victime.Statut.AGENT, Victime.Statut.ETUDIANT)),
                lesion=alea.choice(("OUI", "NON")),
                arret_jours=alea.choice((None, 2)),
                soutien="OUI",
            )
        ]

    def _parties(self, affaire: Affaire, lue: Lue, alea: random.Random) -> None:
        service, auteur = affaire.parties["auteur"]
        route, fini = lue.voie, affaire.dossier.phase == "clos"
        octrois = [Octroi(Part.Role.AUTEUR, route.libelle, "auteur", service.nom_externe, personne=auteur)]
        receveur, personne = affaire.parties["destinataire"]
        if affaire.dossier.transmis_le:
            qui = [receveur, *(self.monde.services[code] for code in route.copies)]
            roles = [Part.Role.DESTINATAIRE, *[Part.Role.COPIE] * len(route.copies)]
            octrois += [
                Octroi(role, ligne_neutre(lue), role.label.lower(), parti.nom_externe, service=parti)
                for role, parti in zip(roles, qui, strict=True)
            ]
        accorder_a(affaire, octrois, alea, fini=fini)
        if len(affaire.moments) > 2:
            suivre(affaire, receveur, personne)


def _mesures(affaire: Affaire, alea: random.Random) -> list[Mesure]:
    """What the hospital does afterwards, half of it done; a fictitious alert is already lifted."""
    if not affaire.dossier.transmis_le:
        return []
    jour = timezone.localdate(affaire.dossier.transmis_le)
    mesures = []
    for genre in route_de(affaire.variante).suivis:
        if genre not in ECHEANCES:
            continue
        terme = jour + ECHEANCES[genre]
        mesure = Mesure(
            cle=tirer_cle(alea),
            dossier=affaire.dossier,
            genre=genre,
            echeance=terme,
            ouverte_le=affaire.dossier.transmis_le,
            ouverte_par=affaire.parties["auteur"][1],
            intitule=INTITULES.get(genre, ""),
        )
        faite = affaire.dossier.phase == "clos" and alea.random() < 0.5
        if genre == Mesure.Genre.PROTECTION:
            mesure.demandee_le = jour
            if faite:
                mesure.decision, mesure.decidee_le = Mesure.Decision.ACCORDEE, terme
        if faite:
            mesure.faite_le, mesure.faite_par = affaire.fin, affaire.parties["auteur"][1]
        mesures.append(mesure)
    return mesures


def _issue(affaire: Affaire, le: datetime, alea: random.Random) -> dict[str, Any]:
    route = route_de(affaire.variante)
    return {
        "suite_type": "SUIVI_INTERNE" if "SUIVI_INTERNE" in route.suites else route.suites[0],
        "information": REPONSE,
        "propres": {
            propre.nom: le.date().isoformat() if propre.genre is Genre.JOUR else f"{alea.randrange(1000, 9999)}"
            for propre in route.suite
        },
    }
