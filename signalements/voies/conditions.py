"""The legal panel: each condition of an article, read from the answers. Never blocking."""

from collections.abc import Callable

from signalements.controles import COUPLE, SOIGNANTS, Faits
from signalements.controles.autorites import inquietante
from signalements.controles.basculement import DOMAINES
from signalements.reponses import LienAuteur
from signalements.voies.modele import Condition

Lecture = Callable[[Faits], Condition]


def _repondu(valeur: str) -> bool | None:
    return None if not valeur else valeur == "OUI"


def soignant(faits: Faits) -> Condition:
    return Condition("Vous êtes professionnel de santé", faits.profession in SOIGNANTS)


def medecin(faits: Faits) -> Condition:
    return Condition("Vous êtes médecin", faits.profession == "MEDECIN")


def majeure(faits: Faits) -> Condition:
    age = f" ({faits.age} ans)" if faits.age is not None else ""
    return Condition(f"La personne est majeure{age}", None if faits.age is None else faits.age >= 18)


def couple(faits: Faits) -> Condition:
    lien = f" ({LienAuteur(faits.lien_auteur).label.lower()})" if faits.lien_auteur in COUPLE else ""
    return Condition(f"Violences au sein du couple{lien}", faits.lien_auteur in COUPLE if faits.lien_auteur else None)


def danger(faits: Faits) -> Condition:
    return Condition("Danger immédiat pour sa vie, selon vous", _repondu(faits.danger_immediat))


def emprise(faits: Faits) -> Condition:
    return Condition("Emprise qui l’empêche de se protéger", _repondu(faits.emprise))


def accord_recherche(faits: Faits) -> Condition:
    cherche = None if not faits.accord else faits.accord in {"REFUS", "IMPOSSIBLE"}
    return Condition("Accord recherché, non obtenu", cherche)


def informee(faits: Faits) -> Condition:
    return Condition("Personne informée du signalement", faits.information == "FAITE" if faits.information else None)


def constate(faits: Faits) -> Condition:
    return Condition("Vous avez constaté les faits dans votre exercice", True if faits.a_examine else None)


def accord(faits: Faits) -> Condition:
    return Condition("La personne donne son accord", None if not faits.accord else faits.accord == "OUI")


def accord_ecrit(faits: Faits) -> Condition:
    return Condition("L’accord est écrit et daté", True if faits.accord_ecrit else None)


def mineure(faits: Faits) -> Condition:
    age = f" ({faits.age} ans)" if faits.age is not None else ""
    return Condition(f"L’enfant a moins de 18\u00a0ans{age}", None if faits.age is None else faits.age < 18)


def gravite(faits: Faits) -> Condition:
    """Offence or grave danger: the prosecutor's."""
    if not (faits.propre("infraction_suspectee") and faits.propre("gravite")):
        return Condition("Infraction suspectée, ou danger grave et immédiat", None)
    return Condition("Infraction suspectée, ou danger grave et immédiat", faits.penal)


def sans_infraction(faits: Faits) -> Condition:
    reponse = gravite(faits).remplie
    return Condition("Ni infraction suspectée, ni danger grave et immédiat", None if reponse is None else not reponse)


def motivee(faits: Faits) -> Condition:
    return Condition("Votre appréciation est fondée sur des faits", True if faits.propre("motif_gravite") else None)


def parents(faits: Faits) -> Condition:
    reponse = faits.propre("information_parents")
    dite = bool(reponse) and (reponse == "FAITE" or bool(faits.propre("motif_information")))
    return Condition("Parents informés, ou motif de ne pas le faire", dite if reponse else None)


def hors_d_etat(faits: Faits) -> Condition:
    return Condition("Hors d’état de se protéger", _repondu(str(faits.propre("incapacite_se_proteger") or "")))


def incapacite_motivee(faits: Faits) -> Condition:
    return Condition("Des faits le montrent", True if faits.propre("motif_incapacite") else None)


def mineure_ou_hors_d_etat(faits: Faits) -> Condition:
    libelle = "Mineure, ou hors d’état de se protéger"
    if faits.age is None:
        return Condition(libelle, None)
    if faits.age < 18:
        return Condition(f"{libelle} ({faits.age} ans)", True)
    return Condition(libelle, _repondu(str(faits.propre("incapacite_se_proteger") or "")))


def mutilation(faits: Faits) -> Condition:
    statut = faits.propre("msf_statut")
    return Condition("Mutilation constatée, ou risque imminent", statut != "RISQUE" if statut else None)


def parents_tus(faits: Faits) -> Condition:
    reponse = faits.propre("parents_informes")
    return Condition("Parents non prévenus avant le procureur", reponse != "OUI_PREVENTION" if reponse else None)


def _propre(libelle: str, nom: str, *valeurs: str) -> Lecture:
    """A condition that one answer fulfils."""

    def lire(faits: Faits) -> Condition:
        reponse = faits.propre(nom)
        return Condition(libelle, reponse in valeurs if reponse else None)

    return lire


def signataire_admis(faits: Faits) -> Condition:
    admises = faits.professions_admises
    admis = admises is None or faits.profession in admises
    return Condition("Vous êtes professionnel de santé ou d’action sociale", admis)


def absence_inquietante(faits: Faits) -> Condition:
    reponse = inquietante(faits) if faits.age is not None or faits.propre("caractere_inquietant") else None
    return Condition("Absence inquiétante\u00a0: par la loi, ou selon un médecin", reponse)


def faisceau(faits: Faits) -> Condition:
    indices = faits.propre("indices")
    return Condition("Au moins deux indices", len(indices) > 1 if indices else None)


def deux_domaines(faits: Faits) -> Condition:
    indices = faits.propre("indices")
    reponse = len({DOMAINES.get(code) for code in indices}) > 1 if indices else None
    return Condition("Des faits, dans au moins deux domaines", reponse)


_VULNERABLE = (majeure, hors_d_etat, incapacite_motivee)
CONDITIONS: dict[str, tuple[Lecture, ...]] = {
    "VC_SANS_ACCORD": (soignant, majeure, couple, danger, emprise, accord_recherche, informee),
    "MAJEUR_AVEC_ACCORD": (soignant, majeure, constate, accord, accord_ecrit),
    "MINEUR_SIGNALEMENT": (mineure, gravite, motivee),
    "MINEUR_IP": (mineure, sans_infraction, motivee, parents),
    "MAJEUR_VULNERABLE_PR": _VULNERABLE,
    "MAJEUR_VULNERABLE_ARS": _VULNERABLE,
    "DISPARITION": (absence_inquietante, _propre("Ni détenue ni gardée à vue", "detenue", "NON")),
    "ARME_PREFET": (
        signataire_admis,
        _propre("La personne dangereuse vous consulte", "est_patient", "OUI"),
        _propre(
            "Vous savez qu’elle a une arme ou en veut une",
            "source_connaissance",
            "DIT_PATIENT",
            "VUE",
            "TIERS_CORROBORE",
        ),
        _propre("Aucun passage à l’acte imminent", "peril_imminent", "NON"),
    ),
    "PLAINTE_SIMPLIFIEE": (majeure, accord, accord_ecrit),
    "TRAITE": (mineure_ou_hors_d_etat, faisceau),
    "RADICALISATION_MINEUR": (mineure, sans_infraction, deux_domaines, parents),
    "CMI": (medecin, constate),
    "NON_EXCISION": (medecin,),
    "VULNERABILITE": (medecin, majeure),
    "PERIL_TIERS": (
        _propre("Danger grave", "peril_grave", "OUI"),
        _propre("Danger imminent", "peril_proche", "OUI"),
        _propre("Danger constant", "peril_constant", "OUI"),
    ),
    "MSF": (mineure_ou_hors_d_etat, mutilation, parents_tus),
}
