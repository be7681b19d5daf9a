"""Fictitious signalements: parties, deadlines, and what the recipient wrote."""

import random
from datetime import datetime, timedelta
from typing import Any

from accueil.demonstration.affaire import Affaire, accorder_a, echoir, equipe, raconter, reporter, suivre, tirer_cle
from accueil.demonstration.comptes import Monde
from accueil.demonstration.trajets import dater
from documents.empreinte import empreinte
from dossiers.models import Brouillon, Message, Personne
from dossiers.models.brouillon import DUREE
from dossiers.models.participation import Part
from dossiers.participations import Octroi
from fiches.models import ReferenceLegale
from signalements import etats
from signalements.delais import delai_accuse, delai_suite
from signalements.demonstration import VARIANTES, fabriquer_signalements
from signalements.depart import GENRE
from signalements.models import Complement, Signalement, Suite
from signalements.voies import voie_de
from signalements.workflow import ACCUSE, REEVALUATION, SUITE, ligne_destinataire

NE_DANS = etats.BROUILLON
EMETTEURS = {
    "CHV-URG": 40,
    "CHV-CHIR": 8,
    "CHV-GYN": 14,
    "CHV-PED": 10,
    "CHV-PSY": 9,
    "CHV-GER": 7,
    "CHV-SOCIAL": 8,
    "CHV-UMJ": 4,
}
RECEVEURS = {"PARQUET-PERM": 80, "PARQUET-VIF": 20}
SUITES = {
    "ENQUETE": 30,
    "GAV": 9,
    "POURSUITES": 12,
    "TGD": 6,
    "OP": 8,
    "OPP": 4,
    "AUDITION_UAPED": 5,
    "ALTERNATIVE": 6,
    "CLASSEMENT": 14,
    "SANS_RETOUR": 6,
}
INFORMATIONS = (
    "Une enquête est ouverte. Aucune démarche de votre part n’est attendue.",
    "La situation est suivie. Merci d’orienter la personne vers l’association d’aide aux victimes.",
    "Une décision est prise. Elle sera notifiée à la personne par nos soins.",
)


class Signalements:
    """Builds the cases of this nature; one instance a seed."""

    nature, prefixe, fiches = "SIGNALEMENT", "SIG", tuple({voie_de(code).fiche_code for code in VARIANTES})

    def __init__(self, monde: Monde) -> None:
        self.monde = monde
        self.bases = dict(ReferenceLegale.objects.values_list("cle", "pk"))

    def fiche(self, variante: str) -> str:
        return voie_de(variante).fiche_code

    def esquisser(self, alea: random.Random, ouvert_le: datetime, forces: dict[str, Any]) -> dict[str, Any]:
        """Variant, urgency and parties of a new case."""
        variante = forces.get("variante") or alea.choices(list(VARIANTES), list(VARIANTES.values()))[0]
        emetteur = forces.get("emetteur") or alea.choices(list(EMETTEURS), list(EMETTEURS.values()))[0]
        defaut = voie_de(variante).destinataire_defaut
        receveur = forces.get("receveur") or alea.choices(list(RECEVEURS), list(RECEVEURS.values()))[0]
        if defaut not in RECEVEURS:
            receveur = defaut
        auteur = equipe(self.monde, emetteur, alea)
        if forces.get("emetteur"):
            auteur = (auteur[0], self.monde.equipes[emetteur][0])
        return {
            "variante": variante,
            "urgence": forces.get("urgence") or voie_de(variante).urgence,
            "parties": {"auteur": auteur, "destinataire": equipe(self.monde, receveur, alea)},
            "ne_dans": NE_DANS,
        }

    def dater(self, affaire: Affaire, fin: datetime, alea: random.Random) -> None:
        affaire.moments = dater(affaire.ouvert_le, affaire.trajet.pas, fin, alea)

    def completer(self, affaires: list[Affaire], alea: random.Random) -> list[list[Any]]:
        """Timeline, deadlines, participations and letters; returns the rows to load, table by table."""
        for affaire in affaires:
            raconter(affaire, ("", ""), frozenset({"clore_decision"}))
            self._echeances(affaire)
            reporter(affaire)
        lettres, personnes = fabriquer_signalements([affaire.dossier for affaire in affaires], alea)
        concernees = {p.dossier_id: p for p in personnes if p.role == Personne.Role.CONCERNEE}
        for affaire, lettre in zip(affaires, lettres, strict=True):
            lettre.base_legale_id = self.bases.get(voie_de(affaire.variante).bases[0])
            if affaire.dossier.transmis_le:
                lettre.destinataire = affaire.parties["destinataire"][0]
            self._parties(affaire, lettre, concernees[affaire.dossier.pk], alea)
        return [lettres, personnes, *self._ecrits(affaires, alea), self._brouillons(affaires, alea)]

    @staticmethod
    def _echeances(affaire: Affaire) -> None:
        dates = affaire.dates
        if decision := dates.get("decider_non_signalement"):
            terme = (decision + timedelta(days=6)).replace(hour=9, minute=0, second=0)
            echoir(
                affaire,
                REEVALUATION,
                "Réévaluer la situation",
                decision,
                terme,
                "Date choisie par l’auteur, 7 jours au plus après la décision.",
                tenue=dates.get("clore_decision"),
            )
        if not (debut := dates.get("transmettre")):
            return
        suite = dates.get("enregistrer_suite") or dates.get("reorienter")
        delais = voie_de(affaire.variante).delais
        terme, calcul = delai_accuse(debut, delais)
        tenu = dates.get("accuser_reception") or suite
        echoir(affaire, ACCUSE, "Accuser réception", debut, terme, calcul, tenue=tenu)
        terme, calcul = delai_suite(debut, delais, affaire.urgence)
        demande, reponse = dates.get("demander_complement"), dates.get("completer")
        if demande and reponse:
            terme += reponse - demande
        suspendue = None if reponse else demande
        echoir(affaire, SUITE, "Première suite", debut, terme, calcul, tenue=suite, suspendue=suspendue)

    def _parties(self, affaire: Affaire, lettre: Signalement, concernee: Personne, alea: random.Random) -> None:
        service, auteur = affaire.parties["auteur"]
        voie, fini = voie_de(affaire.variante), affaire.dossier.phase == "clos"
        octrois = [
            Octroi(
                Part.Role.AUTEUR,
                voie.libelle,
                "auteur",
                service.nom_externe,
                personne=auteur,
                non_lu=bool(affaire.moments[1:]),
            )
        ]
        if affaire.dossier.transmis_le:
            receveur, personne = affaire.parties["destinataire"]
            ligne = ligne_destinataire(voie, concernee.sexe, concernee.age)
            codes = voie.copies_pour(concernee.age, lettre.propres)
            copies = [(Part.Role.COPIE, self.monde.services[code]) for code in codes]
            octrois += [
                Octroi(role, ligne, f"{role.label.lower()}, {voie.base_libelle}"[:120], qui.nom_externe, service=qui)
                for role, qui in ((Part.Role.DESTINATAIRE, receveur), *copies)
            ]
        accorder_a(affaire, octrois, alea, fini=fini)
        if len(affaire.moments) > 2 and affaire.dossier.transmis_le:
            suivre(affaire, receveur, personne)

    @staticmethod
    def _ecrits(affaires: list[Affaire], alea: random.Random) -> list[list[Any]]:
        """Outcomes, requests and complements, one for each step that writes one."""
        suites: list[Suite] = []
        messages: list[Message] = []
        complements: list[Complement] = []
        for affaire in affaires:
            dates = affaire.dates
            if issue := dates.get("enregistrer_suite") or dates.get("reorienter"):
                suites.append(_suite(affaire, issue, alea))
            if demande := dates.get("demander_complement"):
                messages.append(_demande(affaire, demande))
            if reponse := dates.get("completer"):
                complements.append(_complement(affaire, reponse, alea))
        return [suites, messages, complements]

    @staticmethod
    def _brouillons(affaires: list[Affaire], alea: random.Random) -> list[Brouillon]:
        """A case still being written belongs to its author's draft."""
        return [
            Brouillon(
                cle=tirer_cle(alea),
                proprietaire=affaire.parties["auteur"][1],
                genre=GENRE,
                dossier=affaire.dossier,
                donnees={},
                cree_le=affaire.ouvert_le,
                modifie_le=affaire.ouvert_le,
                expire_le=affaire.ouvert_le + DUREE,
            )
            for affaire in affaires
            if affaire.etat == etats.BROUILLON
        ]


def _suite(affaire: Affaire, le: datetime, alea: random.Random) -> Suite:
    service, personne = affaire.parties["destinataire"]
    propres = voie_de(affaire.variante).suites
    genre = alea.choice(propres) if propres else alea.choices(list(SUITES), list(SUITES.values()))[0]
    return Suite(
        cle=tirer_cle(alea),
        dossier=affaire.dossier,
        suite_type="TRANSMIS_AUTRE_PARQUET" if "reorienter" in affaire.dates else genre,
        date=le.date(),
        information=alea.choice(INFORMATIONS),
        service=service,
        enregistree_le=le,
        enregistree_par=personne,
    )


def _demande(affaire: Affaire, le: datetime) -> Message:
    service, personne = affaire.parties["destinataire"]
    return Message(
        dossier=affaire.dossier,
        auteur=personne,
        service=service,
        vers_service=affaire.dossier.service_emetteur,
        objet="Complément demandé",
        texte="Pouvez-vous préciser la date des premiers faits, et joindre le certificat s’il est établi ?",
        envoye_le=le,
    )


def _complement(affaire: Affaire, le: datetime, alea: random.Random) -> Complement:
    texte = "Les premiers faits remontent à trois mois. Le certificat est remis à la personne ce jour."
    return Complement(
        cle=tirer_cle(alea),
        dossier=affaire.dossier,
        numero=1,
        texte=texte,
        fige_le=le,
        fige_par=affaire.parties["auteur"][1],
        empreinte=empreinte({"reference": affaire.reference, "numero": 1, "texte": texte}),
    )
