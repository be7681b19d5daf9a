"""A person nobody can name, an offence the direction learns of, a threat to the hospital: C08, C28 and our own."""

from datetime import date, datetime

from signalements.controles.sans_patient import identifiant_dans
from signalements.controles.socle import Faits, controle
from signalements.controles.violence import SANTE
from transitions.verdict import Niveau

SANS_IDENTITE, INFRACTION, ALERTE = "SANS_IDENTITE", "INFRACTION_ETAB", "ALERTE_SURETE"
A_APPELER = frozenset({"GRAVE", "CRISE"})
UN_MOIS = 31


def _textes(faits: Faits, *noms: str) -> str:
    return "\n".join(str(faits.propre(nom) or "") for nom in noms)


@controle("C28", Niveau.BLOQUANT, "choix_anonymat", "NOTE-DGOS-2022-10")
def c28(faits: Faits) -> str:
    """Who chose not to be named is never told to the police."""
    if faits.voie == SANS_IDENTITE and faits.propre("choix_anonymat") != "NON":
        return (
            "Cette personne a choisi l’anonymat, ou on ne le sait pas\u00a0: son choix s’impose. "
            "Ne la signalez pas, et appelez la direction de garde en cas de doute."
        )
    return ""


@controle("C75", Niveau.BLOQUANT, "description", "NOTE-DGOS-2022-10")
def c75(faits: Faits) -> str:
    """A description that anybody would see: no diagnosis."""
    if faits.voie != SANS_IDENTITE:
        return ""
    if trouve := SANTE.search(_textes(faits, "description", "signes_particuliers", "vetements_effets")):
        return f"«\u00a0{trouve.group()}\u00a0» parle de santé. Retirez-le\u00a0: la fiche dit ce que chacun verrait."
    return ""


@controle("C76", Niveau.ALERTE, "recherche_interne", "NOTE-DGOS-2022-10")
def c76(faits: Faits) -> str:
    """The hospital looks by itself first."""
    if faits.voie == SANS_IDENTITE and faits.propre("recherche_interne") == "NON":
        return "Demandez aux admissions de chercher\u00a0: effets, entourage, SAMU ou pompiers."
    return ""


@controle("C83", Niveau.ALERTE, "disparition", "NOTE-DGOS-2022-10")
def c83(faits: Faits) -> str:
    """A disappearance that was declared may be this person."""
    if faits.voie == SANS_IDENTITE and faits.propre("disparition") in {"OUI", "NSP"}:
        return "Une disparition déclarée peut correspondre\u00a0: dites-le au téléphone au service qui la traite."
    return ""


@controle("C08", Niveau.ALERTE, "connu_par", "CPP-40")
def c08(faits: Faits) -> str:
    """Article 40 does not open medical secrecy."""
    if faits.voie == INFRACTION and faits.propre("connu_par") == "SECRET":
        return (
            "L’article 40 n’ouvre pas le secret médical. Le soignant qui a constaté suit sa propre voie\u00a0: mineur, "
            "personne vulnérable, accord de la victime ou péril."
        )
    return ""


@controle("C77", Niveau.BLOQUANT, "connu_par", "CPP-40")
def c77(faits: Faits) -> str:
    """The document attests that the facts were known outside medical secrecy: it must be true."""
    if faits.voie == INFRACTION and faits.propre("connu_par") == "SECRET":
        return (
            "Cet avis atteste que les faits sont connus hors du secret\u00a0: vous avez répondu l’inverse. Voyez la "
            "fiche «\u00a0Secret professionnel\u00a0», ou appelez les affaires juridiques."
        )
    return ""


@controle("C78", Niveau.BLOQUANT, "decouverte", "CP-226-13")
def c78(faits: Faits) -> str:
    """A patient is told by quality, never by name, number, room or health."""
    if faits.voie != INFRACTION or "PATIENT" not in {faits.propre("victime_type"), faits.propre("auteur_type")}:
        return ""
    texte = _textes(faits, "decouverte", "etat_lieux", "mesures", "lieu_faits")
    if trouve := identifiant_dans(texte):
        return f"«\u00a0{trouve[1]}\u00a0» ressemble à {trouve[0]}. Retirez-le\u00a0: un patient n’est pas nommé ici."
    if sante := SANTE.search(texte):
        return f"«\u00a0{sante.group()}\u00a0» parle de santé. Retirez-le\u00a0: l’article 40 n’ouvre pas le secret."
    return ""


@controle("C82", Niveau.ALERTE, "enquete_interne", "CPP-40")
def c82(faits: Faits) -> str:
    """No inquiry inside before the prosecutor was told."""
    if faits.voie == INFRACTION and faits.propre("enquete_interne") == "OUI":
        return "L’enquête interne attend l’avis du procureur. Suspendez-la, et n’entendez pas la victime."
    return ""


@controle("C79", Niveau.ALERTE, "heure_appel17", "CP-223-6")
def c79(faits: Faits) -> str:
    """This form alerts nobody: a grave or armed alert without a call says so."""
    if faits.voie != ALERTE or faits.propre("heure_appel17"):
        return ""
    if faits.urgence == "IMMEDIATE" or faits.propre("niveau") in A_APPELER:
        return "Aucun appel au 17 n’est noté. Ce formulaire n’alerte personne\u00a0: téléphonez maintenant."
    return ""


@controle("C80", Niveau.BLOQUANT, "faits", "CP-226-13")
def c80(faits: Faits) -> str:
    """An alert names no patient and no room."""
    if faits.voie != ALERTE:
        return ""
    if trouve := identifiant_dans(_textes(faits, "faits", "zone", "point_accueil_fsi")):
        return (
            f"«\u00a0{trouve[1]}\u00a0» ressemble à {trouve[0]}. Retirez-le\u00a0: une alerte ne nomme aucun patient."
        )
    return ""


@controle("C81", Niveau.ALERTE, "retex_prevu", "INSTR-2016-340")
def c81(faits: Faits) -> str:
    """A feedback within a month; a grave alert is told to the sous-préfet the same day."""
    if faits.voie != ALERTE:
        return ""
    if faits.propre("niveau") in A_APPELER and not faits.appel:
        return "Alerte grave\u00a0: appelez aussi la sous-préfecture aujourd’hui, puis notez l’heure de l’appel."
    debut, prevu = faits.propre("heure_alerte"), faits.propre("retex_prevu")
    if not prevu or not debut:
        return "Fixez la date du retour d’expérience, dans le mois qui suit."
    if (date.fromisoformat(prevu) - datetime.fromisoformat(debut).date()).days > UN_MOIS:
        return "Le retour d’expérience est prévu à plus d’un mois. Rapprochez-le si possible."
    return ""
