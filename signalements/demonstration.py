"""Fictitious letters for the demonstration seed: nobody here exists, and no text is drawn from a real case."""

import random
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from documents.empreinte import empreinte
from dossiers.models import Dossier, Personne
from signalements import etats, grilles
from signalements.models import Signalement
from signalements.situations_fictives import SITUATIONS
from signalements.voies import voie_de

# Weights of the voies among the cases of the seed.
VARIANTES: dict[str, int] = {
    "VC_SANS_ACCORD": 6,
    "MAJEUR_AVEC_ACCORD": 4,
    "MINEUR_SIGNALEMENT": 3,
    "MINEUR_IP": 3,
    "MAJEUR_VULNERABLE_PR": 2,
    "MAJEUR_VULNERABLE_ARS": 2,
    "MSF": 1,
    "DISPARITION": 2,
    "ARME_PREFET": 1,
    "PLAINTE_SIMPLIFIEE": 1,
    "TRAITE": 1,
    "RADICALISATION_MINEUR": 1,
    "PERIL_TIERS": 1,
    "CMI": 2,
    "NON_EXCISION": 1,
    "VULNERABILITE": 1,
}

PRENOMS_F = (
    "Élise",
    "Nora",
    "Maëlle",
    "Capucine",
    "Sabine",
    "Lætitia",
    "Farida",
    "Odette",
    "Rosalie",
    "Inaya",
    "Solène",
    "Edwige",
)
PRENOMS_M = (
    "Hugo",
    "Marin",
    "Bruno",
    "Ilyes",
    "Florent",
    "Gaspard",
    "Rémy",
    "Tanguy",
    "Édouard",
    "Sofiane",
    "Loïc",
    "Achille",
)
NOMS = (
    "Varlet-Dumesnil", "Ozanne", "Bérurier", "Quennesson", "Tournemaine", "Lefauconnier", "Malbranque", "Dhainault",
    "Carpriau", "Vandecastel", "Hennuyère", "Montrecourt", "Desquelbecq", "Wattrelin", "Auberchicot", "Preseau",
)  # fmt: skip
COMMUNES = (
    "Anzin",
    "Valenciennes",
    "Saint-Saulve",
    "Marly",
    "Bruay-sur-l’Escaut",
    "Denain",
    "Onnaing",
    "Aulnoy-lez-Valenciennes",
)
CONSTATS = (
    "Ecchymoses du bras gauche (quatre, de 2 à 3 cm) et de la face latérale du cou. Douleur à la palpation.",
    "Hématome de la joue droite de 4 cm. Plaie de la lèvre supérieure, suturée. Patiente en pleurs, parole hachée.",
    "Griffures de l’avant-bras droit. Ecchymose de la cuisse de 6 cm. Aucune fracture à la radiographie.",
    "Entorse du poignet, œdème. Traces rouges du cou, trois de chaque côté. Voix enrouée.",
)
PAROLES = (
    "Elle déclare\u00a0: «\u00a0Il m’a serré le cou.\u00a0» «\u00a0Si je pars, il me retrouvera.\u00a0»",
    "Elle déclare\u00a0: «\u00a0Il m’a poussée dans l’escalier parce que le repas n’était pas prêt.\u00a0»",
    "La personne déclare\u00a0: «\u00a0Ça recommence chaque fin de semaine. J’ai peur de rentrer.\u00a0»",
    "La personne déclare\u00a0: «\u00a0On m’a frappé deux fois au visage devant le bureau.\u00a0»",
)
DANGERS = (
    "Séparation annoncée il y a huit jours. Onze appels reçus pendant la consultation.",
    "Pression sur le cou constatée ce jour. Menaces de mort rapportées.",
    "Violences plus fréquentes depuis un mois. L’auteur désigné détiendrait un fusil.",
)
EMPRISES = (
    "Plus de contact avec sa famille depuis un an. Papiers et argent gardés par l’auteur désigné.",
    "Elle dit\u00a0: «\u00a0C’est ma faute.\u00a0» Deux plaintes retirées.",
    "L’auteur désigné répond à sa place et refuse de sortir du box.",
)
CONTACTS = ("Par sa sœur, après 18 h.", "À son travail, entre 9 h et 11 h.", "Par l’assistante sociale du service.")
MESURES = (
    "Hospitalisée au lit-porte sous confidentialité. Poste de sécurité prévenu.",
    "Hébergée chez une amie. Carte de ressources remise.",
    "Rendez-vous avec l’assistante sociale demain à 10 h.",
)
LIENS = ("CONJOINT", "CONCUBIN", "PACS", "EX_CONJOINT", "EX_CONCUBIN", "SANS_COHABITATION")


def fabriquer_signalements(dossiers: list[Dossier], alea: random.Random) -> tuple[list[Signalement], list[Personne]]:
    """Letters and identities, unsaved, for envelopes already created in any state. Same seed, same letters."""
    lettres: list[Signalement] = []
    personnes: list[Personne] = []
    for dossier in dossiers:
        propres = _personnes(dossier, alea)
        lettres.append(_lettre(dossier, propres, alea))
        personnes.extend(propres)
    return lettres, personnes


def _ages(dossier: Dossier) -> tuple[int, int]:
    """Only an adult is oriented without a report."""
    if dossier.etat == etats.ORIENTE_SANS_SIGNALEMENT or dossier.variante not in SITUATIONS:
        return 19, 78
    return SITUATIONS[dossier.variante].ages


def _personnes(dossier: Dossier, alea: random.Random) -> list[Personne]:
    femme = alea.random() < 0.85
    nom = alea.choice(NOMS)
    concernee = _personne(
        dossier,
        Personne.Role.CONCERNEE,
        nom,
        alea.choice(PRENOMS_F if femme else PRENOMS_M),
        "F" if femme else "H",
        alea.randint(*_ages(dossier)),
    )
    personnes = [concernee]
    for _ in range(alea.choice((0, 0, 0, 1, 2))):
        prenom = alea.choice(PRENOMS_F + PRENOMS_M)
        personnes.append(_personne(dossier, Personne.Role.ENFANT, "", prenom, "", alea.randint(1, 15)))
    return personnes


def _personne(dossier: Dossier, role: str, nom: str, prenoms: str, sexe: str, age: int) -> Personne:
    return Personne(dossier=dossier, role=role, nom=nom, prenoms=prenoms, sexe=sexe, age=age).indexer()


def _lettre(dossier: Dossier, personnes: Sequence[Personne], alea: random.Random) -> Signalement:
    voie, situation = voie_de(dossier.variante), SITUATIONS.get(dossier.variante)
    constat = (dossier.transmis_le or dossier.cree_le or timezone.now()) - timedelta(minutes=alea.randint(30, 300))
    lettre = Signalement(
        dossier=dossier,
        etapes=["personne", "faits"],
        caractere=voie.caractere,
        date_constat=constat,
        a_examine=True,
        date_faits=alea.choice(
            ("La veille au soir", "Le jour même", "Depuis plusieurs mois, dernier fait il y a deux jours")
        ),
        lieu_faits=alea.choice(("DOMICILE", "DOMICILE", "VOIE_PUBLIQUE", "TRAVAIL")),
        commune_faits=alea.choice(COMMUNES),
        faits_observes=alea.choice(situation.constats if situation else CONSTATS),
        propos_rapportes=alea.choice(situation.paroles if situation else PAROLES),
        propres=situation.propres(alea) if situation else {},
        certificat=alea.choice(("ETABLI", "SUIVRA", "REFUSE")) if "certificat" in voie.blocs else "",
        contact_sur=alea.choice(CONTACTS),
        contact_interdit="Ne pas appeler son téléphone.",
        enfants=[
            {"present": alea.choice(("OUI", "NON")), "lieu": "chez un proche"} for p in personnes if p.role == "enfant"
        ],
    )
    if dossier.etat != etats.BROUILLON:
        _achever(lettre, dossier, alea)
    return lettre


MOTIFS_SANS_ENVOI = {
    etats.DECISION_NON_SIGNALEMENT: "La personne refuse, l’emprise n’est pas constatée. Rendez-vous proposé.",
    etats.SUSPENDU: "Elle réfléchit. Elle revient au rendez-vous avec son accord écrit.",
    etats.ORIENTE_SANS_SIGNALEMENT: "Association proposée seul à seul : elle réfléchit. Soins mardi.",
    etats.PREVENTION_SUIVIE: "Parents informés de la loi et des risques, attestation remise. Examen sans lésion.",
    etats.RETIRE: "Elle dit\u00a0: «\u00a0Je ne veux plus que cela parte.\u00a0» Rendez-vous proposé.",
}


def _achever(lettre: Signalement, dossier: Dossier, alea: random.Random) -> None:
    """What a sent (or decided) letter holds, then its freeze."""
    lettre.etapes = ["personne", "faits", "danger", "accord", "abri"]
    situation = SITUATIONS.get(dossier.variante)
    lettre.mesures = alea.choice(situation.mesures if situation else MESURES)
    for champ, valeur in (situation.communs if situation else {}).items():
        setattr(lettre, champ, valeur)
    if "plainte" in voie_de(dossier.variante).blocs:
        lettre.plainte = alea.choice(("DEJA", "PLUS_TARD", "REFUSEE"))
    if dossier.variante == "VC_SANS_ACCORD":
        _sans_accord(lettre, alea)
    elif dossier.variante == "MAJEUR_AVEC_ACCORD":
        lettre.contexte, lettre.agression_sexuelle = alea.choice(("TRAVAIL", "FAMILLE", "VOIE_PUBLIQUE")), "NON"
        lettre.danger_immediat, lettre.accord, lettre.accord_ecrit = "NON", "OUI", True
        lettre.accord_portee = ["SIGNALEMENT_PR"]
    if dossier.etat != etats.REMIS and dossier.transmis_le is None:
        lettre.motif_decision = MOTIFS_SANS_ENVOI.get(dossier.etat, MOTIFS_SANS_ENVOI[etats.DECISION_NON_SIGNALEMENT])
        if dossier.etat not in {etats.RETIRE, etats.ORIENTE_SANS_SIGNALEMENT}:
            jours = 40 if dossier.etat == etats.PREVENTION_SUIVIE else 7
            lettre.date_reevaluation = timezone.localdate(dossier.cree_le) + timedelta(days=jours)
        if "suivre_prevention" in voie_de(dossier.variante).sorties:
            lettre.propres = {**lettre.propres, "msf_statut": "RISQUE", "parents_informes": "OUI_PREVENTION"}
    else:
        _signer(lettre, dossier, alea)
    if dossier.etat == etats.SUSPENDU:
        lettre.accord, lettre.accord_ecrit, lettre.accord_portee = "", False, []
        lettre.etapes = ["personne", "faits", "danger"]
        return
    lettre.fige_le = dossier.transmis_le or dossier.cree_le
    lettre.empreinte = empreinte({"reference": dossier.reference, "faits": lettre.faits_observes})


def _signer(lettre: Signalement, dossier: Dossier, alea: random.Random) -> None:
    """Whoever sent it, or the doctor who handed the certificate over."""
    remis = dossier.etat == etats.REMIS
    lettre.profession = "MEDECIN" if remis else alea.choice(("MEDECIN", "INFIRMIER"))
    lettre.attestation_conscience = True
    lettre.signataire_nom = str(dossier.clos_par if remis else dossier.transmis_par)
    lettre.signataire_service = dossier.service_emetteur.nom
    lettre.telephone_rappel = "" if remis else "01 99 00 12 34"
    if remis and dossier.clos_le:
        remise = {"remis_a": "VICTIME", "remis_le": timezone.localtime(dossier.clos_le).isoformat()}
        lettre.propres = {**lettre.propres, **remise}


def _sans_accord(lettre: Signalement, alea: random.Random) -> None:
    lettre.lien_auteur, lettre.types_violences = alea.choice(LIENS), ["PHYSIQUE", "PSYCHOLOGIQUE"]
    lettre.danger_immediat, lettre.motif_danger = "OUI", alea.choice(DANGERS)
    lettre.emprise, lettre.motif_emprise = "OUI", alea.choice(EMPRISES)
    lettre.grille_d = {
        "version": grilles.VERSION,
        "reponses": {code: alea.choice(("OUI", "NON", "NSP")) for code in ("d06", "d01", "d14", "d15")},
    }
    lettre.grille_e = {
        "version": grilles.VERSION,
        "reponses": {code: alea.choice(("OUI", "NON")) for code in ("e01", "e02", "e07")},
    }
    lettre.accord_recherche, lettre.accord = "OUI", "REFUS"
    lettre.accord_paroles = "«\u00a0J’ai peur que ce soit pire.\u00a0»"
    lettre.information, lettre.information_date, lettre.information_par = (
        "FAITE",
        lettre.date_constat,
        "l’infirmier du service",
    )
    lettre.hebergement, lettre.auteur_present_hopital = "HOSPITALISATION_PROTECTION", alea.choice(("OUI", "NON", "NSP"))
