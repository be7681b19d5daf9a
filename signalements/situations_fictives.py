"""What the demonstration letters of each voie say: nobody here exists, and no text is drawn from a real case."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from signalements import certificats_fictifs

NB = "\u00a0"


@dataclass(frozen=True, slots=True)
class Situation:
    """The ages and the texts of a voie; `propres` draws the answers to its own fields, `communs` never change."""

    ages: tuple[int, int]
    constats: tuple[str, ...]
    paroles: tuple[str, ...]
    mesures: tuple[str, ...]
    propres: Callable[[random.Random], dict[str, Any]]
    communs: Mapping[str, Any] = field(default_factory=dict)


def _enfant(alea: random.Random, *, penal: bool) -> dict[str, Any]:
    information = "NON_FAITE_ENQUETE" if penal else alea.choice(("FAITE", "NON_FAITE_INTERET_ENFANT"))
    return {
        "titulaires": "Les deux parents. La mère est présente.",
        "suivi_ase": alea.choice(("AUCUN", "AED", "AEMO", "NSP")),
        "auteur_lien": alea.choice(("ASCENDANT", "BEAU_PARENT", "INCONNU")) if penal else "NSP",
        "type_danger": [alea.choice(("PHYSIQUE", "SEXUEL") if penal else ("NEGLIGENCE", "EXPOSITION_VC"))],
        "infraction_suspectee": "OUI" if penal else "NON",
        "gravite": "DANGER_GRAVE_IMMEDIAT" if penal else alea.choice(("RISQUE", "DANGER")),
        "motif_gravite": "Lésions d’âges différents, récit qui change." if penal else "Absences répétées aux soins.",
        "information_parents": information,
        "motif_information": "" if information == "FAITE" else "Risque de pression sur l’enfant.",
        "hospitalise": "OUI" if penal else "NON",
        "opposition_parents": alea.choice(("OUI", "NON")) if penal else "NON",
        "risque_sortie": alea.choice(("OUI", "NON")),
        "opp": "DEMANDEE" if penal else "NON_DEMANDEE",
    }


def _vulnerable(alea: random.Random, *, penal: bool) -> dict[str, Any]:
    return {
        "mesure_protection": alea.choice(("AUCUNE", "TUTELLE", "CURATELLE", "INCONNU")),
        "lieu_vie": alea.choice(("DOMICILE", "EHPAD", "ESMS")),
        "type_maltraitance": ["PHYSIQUE"] if penal else [alea.choice(("NEGLIGENCE_PASSIVE", "FINANCIERE"))],
        "origine": "INDIVIDUELLE" if penal else alea.choice(("INDIVIDUELLE", "INSTITUTIONNELLE")),
        "auteur_qualite": alea.choice(("ENFANT", "AUTRE_FAMILLE", "AIDANT", "INCONNU")),
        "incapacite_se_proteger": "OUI",
        "fondement_vulnerabilite": ["AGE", "INCAPACITE_PSYCHIQUE"],
        "motif_incapacite": "Ne reconnaît pas ses proches, ne peut pas se servir du téléphone.",
        "information_personne": alea.choice(("FAITE", "IMPOSSIBLE")),
        "mandataire_informe": "SANS_OBJET",
        "mandataire_mis_en_cause": "NON",
        "choix_motif": "",
    }


def _msf(alea: random.Random) -> dict[str, Any]:
    constat = alea.random() < 0.4
    return {
        "titulaires": "Les deux parents. La mère est présente.",
        "msf_statut": "CONSTAT" if constat else "RISQUE_IMMINENT",
        "type_oms": alea.choice(("I", "II", "NSP")) if constat else "",
        "date_depart_prevue": "" if constat else "Vacances d’hiver, billets pris",
        "destination": "" if constat else "Chez ses grands-parents, à l’étranger",
        "mere_excisee": alea.choice(("OUI", "NSP")),
        "parents_informes": "NON_RISQUE",
        "ressort_motif": alea.choice(("DOMICILE", "LIEU_FAITS")),
        "certificat_avant_depart": "" if constat else "OUI",
    }


def _disparition(alea: random.Random) -> dict[str, Any]:
    return {
        "signalement_physique": "1,70 m, mince, cheveux gris courts, cicatrice à la main gauche.",
        "tenue": "Pyjama bleu, veste noire",
        "mesure_protection": alea.choice(("AUCUNE", "TUTELLE", "CURATELLE")),
        "statut_admission": alea.choice(("LIBRE", "LIBRE", "SDRE")),
        "detenue": "NON",
        "dernier_contact_le": "2026-11-20T14:10:00+01:00",
        "lieux_probables": "La gare, le canal.",
        "caractere_inquietant": "OUI",
        "motif_inquietant": "Ne connaît pas la ville, sans manteau ni téléphone.",
        "evalue_par": "Dr Sellier",
        "risques": ["DESORIENTATION", "FROID"],
        "consigne_approche": "Parler doucement, par son prénom. Ne pas la saisir.",
        "recherches": "Chambre, service, parking et accès à 14 h 25, avec le poste de sécurité.",
        "alerte_securite_le": "2026-11-20T14:30:00+01:00",
        "alerte_cadre_le": "2026-11-20T14:32:00+01:00",
    }


def _arme(alea: random.Random) -> dict[str, Any]:
    return {
        "est_patient": "OUI",
        "arme_type": alea.choice(("FEU_DECLAREE", "FEU_NON_DECLAREE", "BLANCHE")),
        "detention_ou_projet": "DETIENT",
        "localisation_arme": "DOMICILE",
        "source_connaissance": alea.choice(("DIT_PATIENT", "VUE")),
        "dangerosite_pour": "AUTRUI",
        "elements_dangerosite": "Nomme un voisin, décrit une altercation récente, dit vouloir régler ses comptes.",
        "cible_identifiee": "OUI",
        "peril_imminent": "NON",
        "patient_informe": alea.choice(("OUI", "NON_RISQUE")),
    }


def _plainte(alea: random.Random) -> dict[str, Any]:
    return {
        "creneau_audition": "Demain, de 10 h à 12 h",
        "lieu_audition": alea.choice(("HOPITAL", "UNITE")),
        "auteur_sur_place": "NON",
    }


def _traite(alea: random.Random) -> dict[str, Any]:
    return {
        "titulaires": "Inconnus. Un adulte se dit son oncle.",
        "mna": alea.choice(("OUI", "NON", "NSP")),
        "interprete_neutre": "OUI",
        "forme": [alea.choice(("SEXUELLE", "TRAVAIL", "DOMESTIQUE"))],
        "indices": ["ACCOMPAGNANT_CONTROLANT", "PAPIERS_CONFISQUES", "PEUR"],
        "danger_depart": "OUI",
        "orientation_acceptee": alea.choice(("OUI", "PLUS_TARD")),
    }


def _basculement(alea: random.Random) -> dict[str, Any]:
    return {
        **{nom: mot for nom, mot in _enfant(alea, penal=False).items() if nom not in {"type_danger", "auteur_lien"}},
        "indices": ["RUPTURE_ENVIRONNEMENT", "DISCOURS_VIOLENT"],
        "arme_ou_projet": "NON",
        "avis_demande": ["REFERENT"],
        "motif_gravite": "Ne va plus au lycée depuis trois semaines, approuve une attaque.",
    }


def _peril(alea: random.Random) -> dict[str, Any]:
    return {
        "secours_appeles": ["17", "SECURITE"],
        "heure_appel": "2026-11-20T22:05:00+01:00",
        "peril_grave": "OUI",
        "peril_proche": "OUI",
        "peril_constant": "OUI",
        "motif_peril": "Nomme son frère, dit l’attendre ce soir devant chez lui, avec un couteau.",
        "cible": alea.choice(("TIERS_IDENTIFIE", "SOI")),
    }


SITUATIONS: dict[str, Situation] = {
    "MINEUR_SIGNALEMENT": Situation(
        (0, 16),
        (
            "Ecchymoses du dos et du bras, de trois couleurs. Fracture de côte ancienne à la radiographie.",
            "Brûlure ronde de la main droite, 8 mm. Enfant silencieux, regarde l’accompagnant avant de répondre.",
        ),
        (
            f"L’enfant dit{NB}: «{NB}C’est quand je fais du bruit.{NB}»",
            f"La mère déclare{NB}: «{NB}Il est tombé du lit.{NB}» puis{NB}: «{NB}dans l’escalier.{NB}»",
        ),
        ("Hospitalisé en pédiatrie. Personne ne sort l’enfant sans l’accord du médecin.",),
        lambda alea: _enfant(alea, penal=True),
    ),
    "MINEUR_IP": Situation(
        (0, 17),
        (
            "Troisième rendez-vous manqué. Poids stable depuis quatre mois, sous la courbe.",
            "Adolescente épuisée, s’occupe seule de ses deux frères depuis trois semaines.",
        ),
        (
            f"L’adolescente dit{NB}: «{NB}Je fais tout à la maison.{NB}»",
            f"Le père déclare{NB}: «{NB}On n’a pas eu le temps de venir.{NB}»",
        ),
        ("Rendez-vous donné avec l’assistante sociale.",),
        lambda alea: _enfant(alea, penal=False),
    ),
    "MAJEUR_VULNERABLE_PR": Situation(
        (68, 94),
        (
            "Ecchymoses des deux avant-bras, en forme de prise. Sursaute quand on approche la main.",
            "Plaie de l’arcade, hématome du flanc. Désorientée dans le temps et le lieu.",
        ),
        (f"Elle répète{NB}: «{NB}Il ne faut pas le dire.{NB}»", f"Il dit{NB}: «{NB}Il crie, il serre fort.{NB}»"),
        ("Hospitalisation, visites limitées sur décision du chef de service.",),
        lambda alea: _vulnerable(alea, penal=True),
    ),
    "MAJEUR_VULNERABLE_ARS": Situation(
        (66, 95),
        (
            "Escarre du sacrum stade 3, linge souillé depuis plusieurs jours. Perte de 9 kg en deux mois.",
            "Ordonnances non renouvelées, carte bancaire gardée par un tiers.",
        ),
        (f"Elle dit{NB}: «{NB}On passe quand on peut.{NB}»", f"Il dit{NB}: «{NB}Je n’ai plus mes papiers.{NB}»"),
        ("Assistante sociale saisie, aide à domicile demandée.",),
        lambda alea: _vulnerable(alea, penal=False),
    ),
    "MSF": Situation(
        (4, 16),
        (
            "Examen sans lésion. Départ prévu pendant les vacances, âge des cousines excisées identique.",
            "Cicatrice ancienne à l’examen. Douleurs décrites depuis un an.",
        ),
        (
            f"L’enfant dit{NB}: «{NB}On va faire une fête pour moi là-bas.{NB}»",
            f"Elle dit{NB}: «{NB}Ma petite sœur, c’est pour cet été.{NB}»",
        ),
        ("Rendez-vous avec la protection maternelle et infantile. Hospitalisation proposée.",),
        _msf,
    ),
    "DISPARITION": Situation(
        (16, 88),
        ("Vue au repas de midi. Chambre vide à 14 h 20, porte du hall ouverte.", "N’est pas revenue d’une promenade."),
        ("",),
        ("",),
        _disparition,
    ),
    "ARME_PREFET": Situation(
        (24, 70),
        ("Appris pendant un entretien, seul à seul.", "Dit devant l’infirmière, à la fin de la consultation."),
        (
            f"Il dit{NB}: «{NB}J’ai le fusil, je vais régler mes comptes.{NB}»",
            f"Il dit{NB}: «{NB}J’en ai acheté un autre.{NB}»",
        ),
        ("",),
        _arme,
    ),
    "PLAINTE_SIMPLIFIEE": Situation(
        (19, 70), ("",), ("",), ("",), _plainte, {"accord_recherche": "OUI", "accord": "OUI", "accord_ecrit": True}
    ),
    "TRAITE": Situation(
        (13, 17),
        ("Brûlures de cigarette d’âges différents. Ne lève pas les yeux tant que l’adulte est là.",),
        (f"Elle dit{NB}: «{NB}Je dois rembourser.{NB}»", f"Il dit{NB}: «{NB}Il a gardé mes papiers.{NB}»"),
        ("Hospitalisation proposée, accompagnant tenu à l’écart.",),
        _traite,
    ),
    "RADICALISATION_MINEUR": Situation(
        (13, 17),
        ("Le 12, ne voit plus ses amis. Le 18, approuve une attaque devant deux soignants.",),
        (f"Il dit{NB}: «{NB}Ils l’ont mérité.{NB}»",),
        ("Rendez-vous avec la pédopsychiatre.",),
        _basculement,
    ),
    "PERIL_TIERS": Situation(
        (20, 66),
        ("Son nom, son adresse, le nom et l’adresse de son frère, l’heure dite, le couteau.",),
        (f"Il dit{NB}: «{NB}Ce soir, c’est fini pour lui.{NB}»",),
        ("",),
        _peril,
    ),
    "CMI": Situation(
        (19, 70),
        ("Ecchymose du bras gauche, 3 cm, violacée. Traces rouges de la face latérale du cou, de 2 cm.",),
        (f"Elle déclare{NB}: «{NB}J’ai été serrée au cou hier soir.{NB}»",),
        ("",),
        certificats_fictifs.initial,
    ),
    "NON_EXCISION": Situation(
        (4, 16),
        ("Organes génitaux externes sans lésion ni cicatrice.",),
        ("",),
        ("",),
        certificats_fictifs.non_excision,
    ),
    "VULNERABILITE": Situation(
        (71, 93),
        ("Désorientée dans le temps. Ne peut ni téléphoner, ni se lever seule.",),
        (f"Elle déclare{NB}: «{NB}Je ne sais pas où est mon argent.{NB}»",),
        ("",),
        certificats_fictifs.vulnerabilite,
    ),
}
