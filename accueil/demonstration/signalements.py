"""Fictitious signalements: parties, deadlines, and what the recipient wrote."""

import random
from datetime import datetime, timedelta
from typing import Any

from accueil.demonstration.affaire import Affaire, accorder_a, echoir, equipe, raconter, reporter, suivre
from accueil.demonstration.comptes import Monde
from accueil.demonstration.ecrits import brouillons, ecrits, poser_les_echeances
from accueil.demonstration.trajets import SEULS, Trajet, dater
from dossiers.models import Personne
from dossiers.models.participation import Part
from dossiers.participations import Octroi
from fiches.models import ReferenceLegale
from signalements import etats
from signalements.demonstration import VARIANTES, fabriquer_signalements
from signalements.depart import GENRE
from signalements.models import Signalement
from signalements.voies import EN_MAIN_PROPRE, voie_de
from signalements.workflow import REEVALUATION, ligne_destinataire

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
# Everybody there who is not in charge is a doctor, the demonstration account first.
MEDECINS = "CHV-URG"
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
QUESTION = "Pouvez-vous préciser la date des premiers faits, et joindre le certificat s’il est établi ?"
PRECISION = "Les premiers faits remontent à trois mois. Le certificat est remis à la personne ce jour."


# Acts that stay inside the hospital, and the day at which each has its author look again.
FINS = frozenset({"clore_decision", "clore_prevention", "retirer_accord"})
REVOIR = {
    "decider_non_signalement": (
        6,
        "Réévaluer la situation",
        "Date choisie par l’auteur, 7 jours au plus après la décision.",
    ),
    "suspendre": (6, "Réévaluer la situation", "Date choisie par l’auteur, 7 jours au plus après l’attente."),
    "suivre_prevention": (40, "Contrôler au retour", "Date du contrôle au retour, choisie par l’auteur."),
}
RESERVES = frozenset({*FINS, *REVOIR, "orienter", "remettre"})


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
        variante = forces.get("variante") or _variante(forces.get("trajet"), alea)
        if variante in EN_MAIN_PROPRE:
            auteur = equipe(self.monde, MEDECINS, alea)
            return {
                "variante": variante,
                "urgence": voie_de(variante).urgence,
                "parties": {"auteur": auteur},
                "ne_dans": NE_DANS,
            }
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
            raconter(affaire, ("", ""), RESERVES)
            self._echeances(affaire)
            reporter(affaire)
        lettres, personnes = fabriquer_signalements([affaire.dossier for affaire in affaires], alea)
        concernees = {p.dossier_id: p for p in personnes if p.role == Personne.Role.CONCERNEE}
        for affaire, lettre in zip(affaires, lettres, strict=True):
            lettre.base_legale_id = self.bases.get(voie_de(affaire.variante).bases[0])
            if affaire.dossier.transmis_le:
                lettre.destinataire = affaire.parties["destinataire"][0]
            self._parties(affaire, lettre, concernees[affaire.dossier.pk], alea)
        suivis = ecrits(affaires, alea, issue=_issue, question=QUESTION, reponse=PRECISION)
        return [lettres, personnes, *suivis, brouillons(affaires, alea, GENRE)]

    @staticmethod
    def _echeances(affaire: Affaire) -> None:
        dates = affaire.dates
        for acte, (jours, libelle, calcul) in REVOIR.items():
            if debut := dates.get(acte):
                terme = (debut + timedelta(days=jours)).replace(hour=9, minute=0, second=0)
                fins = [le for nom, le in dates.items() if nom in FINS]
                echoir(affaire, REEVALUATION, libelle, debut, terme, calcul, tenue=fins[0] if fins else None)
        poser_les_echeances(affaire, voie_de(affaire.variante).delais)

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


def _variante(trajet: Trajet | None, alea: random.Random) -> str:
    """A way imposed on the case says what it may be: a certificate goes no other way."""
    exclues = {code for code, codes in SEULS.items() if trajet and trajet.code not in codes}
    if trajet and trajet.variantes:
        exclues |= VARIANTES.keys() - trajet.variantes
    possibles = {code: poids for code, poids in VARIANTES.items() if code not in exclues}
    return alea.choices(list(possibles), list(possibles.values()))[0]


def _issue(affaire: Affaire, le: datetime, alea: random.Random) -> dict[str, Any]:
    propres = voie_de(affaire.variante).suites
    genre = alea.choice(propres) if propres else alea.choices(list(SUITES), list(SUITES.values()))[0]
    return {
        "suite_type": "TRANSMIS_AUTRE_PARQUET" if "reorienter" in affaire.dates else genre,
        "information": alea.choice(INFORMATIONS),
    }
