"""Fictitious requisitions: who asks, who answers, deadlines, controls and deliveries."""

import random
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.utils import timezone

from accounts.models import User
from accueil.demonstration.affaire import Affaire, accorder_a, echoir, equipe, raconter, reporter, suivre
from accueil.demonstration.comptes import Monde
from accueil.demonstration.convocations import attendre, convoquer
from accueil.demonstration.execution import annexes, refus_propose_le
from accueil.demonstration.inventaires import inventorier
from accueil.demonstration.trajets import ACCORD, AU_COMPTOIR, Pas, dater
from convention.models import Service
from dossiers.models import Dossier, Evenement
from dossiers.models.participation import Part
from dossiers.participations import Octroi
from requisitions import etats
from requisitions.circuit import ACCUEIL, ARCHIVES, AUX_ARCHIVES, DAJ, DIRECTION, PARQUET, octrois_du_depot
from requisitions.delais import calculer, hors_heures_ouvrees
from requisitions.demonstration import VARIANTES, fabriquer_requisitions
from requisitions.gels import CONFIRMER_SOUS, GARDIENS
from requisitions.models import LigneDecision, Requisition
from requisitions.table import chercher, lignes_en_vigueur
from requisitions.types_acte import type_acte
from requisitions.workflow.reception import LIBELLES
from requisitions.workflow.table import INTERNES

EMETTEURS = {
    "POLICE-CSP": 40,
    "POLICE-SUR": 12,
    "POLICE-NUIT": 8,
    "GEND-COB1": 17,
    "GEND-COB2": 8,
    "GEND-BR": 6,
    "DOUANES-BSI": 4,
    "TJ-JI": 4,
    "SPREF-SEC": 1,
}
MEDECIN = "CHV-CHIR"


class Requisitions:
    """Builds the cases of this nature; one instance a seed."""

    nature, prefixe = "REQUISITION", "REQ"

    def __init__(self, monde: Monde) -> None:
        self.monde = monde
        self.table = lignes_en_vigueur(timezone.localdate())
        self.octrois_du_depot = cache(self._octrois_du_depot)
        self.ligne = cache(self._ligne)

    def fiche(self, variante: str) -> str:
        return "requisitions"

    def esquisser(self, alea: random.Random, ouvert_le: datetime, forces: dict[str, Any]) -> dict[str, Any]:
        trajet = forces.get("trajet")
        imposees = sorted(trajet.variantes) if trajet and trajet.variantes else []
        variante = forces.get("variante") or (imposees or [None])[0]
        variante = variante or alea.choices(list(VARIANTES), list(VARIANTES.values()))[0]
        emetteur = forces.get("emetteur") or alea.choices(list(EMETTEURS), list(EMETTEURS.values()))[0]
        acte = type_acte(variante)
        medecin = (self.monde.services[MEDECIN], self.monde.equipes[MEDECIN][0])
        parties = {
            "auteur": equipe(self.monde, emetteur, alea),
            "guichet": equipe(self.monde, DAJ, alea),
            "executant": medecin if acte.requis else equipe(self.monde, acte.executant, alea),
            "medecin": medecin,
            "direction": (self.monde.services[DIRECTION], self.monde.equipes[DIRECTION][0]),
        }
        if forces.get("emetteur"):
            parties["auteur"] = (parties["auteur"][0], self.monde.equipes[emetteur][0])
        urgence = forces.get("urgence") or alea.choices(("IMMEDIATE", "JOUR", "ORDINAIRE"), (10, 20, 70))[0]
        propres = {"canal": forces["canal"]} if "canal" in forces else {}
        return {
            "variante": variante, "urgence": urgence, "parties": parties, "ne_dans": etats.RECUE, "propres": propres
        }  # fmt: skip

    def dater(self, affaire: Affaire, fin: datetime, alea: random.Random) -> None:
        affaire.trajet = replace(affaire.trajet, pas=tuple(_selon_l_acte(pas, affaire) for pas in affaire.trajet.pas))
        affaire.moments = dater(affaire.ouvert_le, affaire.trajet.pas, fin, alea)

    def completer(self, affaires: list[Affaire], alea: random.Random) -> list[list[Any]]:
        lettres, personnes = fabriquer_requisitions([affaire.dossier for affaire in affaires], alea)
        convocations = convoquer(self.monde, affaires)
        for affaire, lettre in zip(affaires, lettres, strict=True):
            if lettre.authentifiee_le:
                lettre.authentifiee_par = affaire.parties["guichet"][1]
            lettre.ligne_decision = self.ligne(lettre.cadre, affaire.variante)
            raconter(affaire, ("deposer", "Réquisition déposée"), INTERNES)
            if propose := refus_propose_le(affaire):
                service, juriste = affaire.parties["guichet"]
                affaire.evenements.append(_proposition(affaire.dossier, propose, service, juriste))
            if canal := affaire.propres.get("canal"):
                _enregistrer(affaire, lettre, canal)
            self._echeances(affaire, lettre)
            if convocation := convocations.get(affaire.dossier.cle):
                attendre(affaire, convocation)
            reporter(affaire)
            self._parties(affaire, lettre, alea)
        annexees = annexes(self.monde, affaires, lettres, alea)
        return [lettres, personnes, *annexees, list(convocations.values()), *inventorier(self.monde, affaires)]

    def _ligne(self, cadre: str, variante: str) -> LigneDecision | None:
        return chercher(self.table, cadre, variante, le=timezone.localdate())

    @staticmethod
    def _echeances(affaire: Affaire, lettre: Requisition) -> None:
        dates, debut = affaire.dates, timezone.localtime(affaire.ouvert_le)
        delai = calculer(lettre.ligne_decision, affaire.urgence, debut)
        demande = dates.get("regulariser")
        reprise = dates.get("repondre_regularisation") or dates.get("classer")
        terme = delai.echeance_le + (reprise - demande if demande and reprise else timedelta())
        tenue = (
            dates.get("mettre_a_disposition") or dates.get("refuser") or dates.get("classer") or dates.get("annuler")
        )
        echoir(
            affaire,
            "reponse",
            delai.libelle,
            debut,
            terme,
            delai.calcul,
            tenue=tenue,
            suspendue=None if reprise else demande,
        )
        if type_acte(affaire.variante).gel:
            confirme = debut + timedelta(minutes=38) if affaire.trajet.pas else None
            echoir(
                affaire,
                "gel",
                "Confirmation du gel",
                debut,
                debut + CONFIRMER_SOUS,
                "Une heure après la réception (convention), même si la réquisition est incomplète.",
                tenue=confirme,
            )

    def _octrois_du_depot(self, variante: str, cadre: str, code: str, de_garde: bool) -> list[Octroi]:
        """Worded by the app itself; kept, since the same few combinations come back."""
        ligne = self.ligne(cadre, variante)
        lettre = Requisition(
            type_acte=variante, cadre=cadre, service_requerant=self.monde.services[code], ligne_decision=ligne
        )
        gel = type_acte(variante).gel
        gardien = self.monde.services[GARDIENS[gel]] if gel else None
        return octrois_du_depot(lettre, de_garde=de_garde, gardien=gardien)

    def _parties(self, affaire: Affaire, lettre: Requisition, alea: random.Random) -> None:
        acte, dates, emetteur = type_acte(affaire.variante), affaire.dates, affaire.parties["auteur"][0]
        # Those only told ahead come last: whatever was entrusted to them takes its place.
        depot = self.octrois_du_depot(affaire.variante, lettre.cadre, emetteur.code, _de_garde(affaire))
        octrois = [octroi for octroi in depot if octroi.role != Part.Role.AVERTI]
        if "affecter" in dates:
            if acte.nomme_un_medecin:
                octrois.append(
                    Octroi(
                        Part.Role.EXECUTANT,
                        acte.ligne_executant,
                        "Médecin désigné",
                        ACCUEIL,
                        personne=affaire.parties["medecin"][1],
                    )
                )
            if acte.copie_prealable:
                octrois.append(self._service(ARCHIVES, Part.Role.EXECUTANT, AUX_ARCHIVES, "Copie préalable"))
            if not acte.requis:
                code = ARCHIVES if acte.medecin else acte.executant
                octrois.append(self._service(code, Part.Role.EXECUTANT, acte.ligne_executant, "Exécution"))
        if refus_propose_le(affaire):
            ligne = f"{acte.libelle} · {emetteur.nom_externe}"[:160]
            octrois.append(self._service(DIRECTION, Part.Role.OBSERVATEUR, ligne, "Refus à viser"))
        if "refuser" in dates or "regulariser" in dates:
            motif = "Réquisition refusée" if "refuser" in dates else "Régularisation demandée"
            octrois.append(self._service(PARQUET, Part.Role.COPIE, f"{motif} · {emetteur.nom_externe}"[:160], motif))
        if affaire.variante == "SAISIE":
            octrois.append(
                self._service(
                    "CDOM-PERM", Part.Role.OBSERVATEUR, "Saisie : présence de l’Ordre demandée", "Présence à la saisie"
                )
            )
        octrois += [octroi for octroi in depot if octroi.role == Part.Role.AVERTI]
        uniques = {
            (octroi.service.pk if octroi.service else None, octroi.personne): octroi for octroi in reversed(octrois)
        }
        accorder_a(affaire, list(reversed(uniques.values())), alea, fini=affaire.dossier.phase == "clos")
        if affaire.moments:
            suivre(affaire, *affaire.parties["guichet"])

    def _service(self, code: str, role: Part.Role, ligne: str, motif: str) -> Octroi:
        service: Service = self.monde.services[code]
        return Octroi(role, ligne, motif, ACCUEIL if code.startswith("CHV") else service.nom_externe, service=service)


def _de_garde(affaire: Affaire) -> bool:
    presse = affaire.urgence == "IMMEDIATE" or affaire.variante == "EX_GAV"
    return presse or hors_heures_ouvrees(affaire.ouvert_le)


def _enregistrer(affaire: Affaire, lettre: Requisition, canal: str) -> None:
    """Written down by the hospital for whoever came to the counter, as `requisitions.workflow.reception` does."""
    service, agent = affaire.parties["guichet"]
    lettre.canal = canal
    affaire.dossier.cree_par = affaire.dossier.transmis_par = agent
    naissance = affaire.evenements[0]
    naissance.libelle, naissance.service, naissance.par = LIBELLES[Requisition.Canal(canal)], service, agent


def _proposition(dossier: Dossier, le: datetime, service: Service, juriste: User) -> Evenement:
    """The line that the hospital alone reads, as `requisitions.workflow.refus` writes it."""
    nom, libelle = "proposer_refus", "Refus proposé à la direction"
    maison = service.institution_id
    return Evenement(
        dossier=dossier, le=le, nom=nom, libelle=libelle, par=juriste, service=service, reserve_a_id=maison
    )


def _selon_l_acte(pas: Pas, affaire: Affaire) -> Pas:
    """A named doctor answers where another act is simply prepared; objects are handed over, not downloaded."""
    acte = type_acte(affaire.variante)
    if acte.medecin and pas.nom == "preparer_reponse":
        return ACCORD
    return AU_COMPTOIR if acte.chaine and pas.nom == "ouvrir_pli" else pas
