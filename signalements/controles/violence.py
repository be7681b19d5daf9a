"""An attack on a professional: who complains, on what, to whom. Controls of the domain's §9.1, then our C73 and C74."""

import re

from signalements.controles.socle import Faits, controle
from transitions.verdict import Niveau

VIOLENCE = "VIOLENCE_PERSONNEL"
LISTE_15_3_4 = frozenset({"CP_222_1", "CP_222_13", "CP_222_15", "CP_222_17", "CP_322_1", "CP_433_3"})
DE_L_HOPITAL = frozenset({"EMPLOYEUR", "OBLIGATOIRE_433_3_1", "ETAB_EN_SON_NOM"})
CONSENTEMENT = "Consentement écrit à la plainte"
REPRESENTANTS = frozenset({"DIRECTION", "GARDE", "JURISTE"})
INTERNE = "CHV"
ADRESSES = re.compile(
    r"\b\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|place|route|résidence)\b"
    r"|\b(?:domicilié|demeurant|habite au)\b",
    re.IGNORECASE,
)
SANTE = re.compile(
    r"\b(?:schizo\w*|psychos\w*|psychiatr\w*|bipolaire|démen\w*|alzheimer|toxicoman\w*|alcooli\w*|sevrage|VIH|sida"
    r"|hépatite|diagnosti\w*|traitement|neurolepti\w*|méthadone|dépressi\w*|autis\w*|délir\w*|hallucin\w*)\b",
    re.IGNORECASE,
)
TEXTES = ("description", "verbatim", "temoins", "auteur_designe", "agent_nom", "agent_metier")


def _textes(faits: Faits) -> str:
    return "\n".join(str(faits.propre(nom) or "") for nom in TEXTES)


def _employeur(faits: Faits) -> bool:
    return faits.voie == VIOLENCE and faits.propre("plainte_mode") == "EMPLOYEUR"


@controle("C22", Niveau.BLOQUANT, "plainte_mode", "CPP-15-3-4")
def c22(faits: Faits) -> str:
    """The employer complains for the agent: offence of the list, author from outside, written consent joined."""
    if not _employeur(faits):
        return ""
    if faits.propre("auteur_type") == "AGENT":
        return (
            "L’auteur désigné est un membre du personnel\u00a0: l’employeur ne peut pas porter plainte pour l’agent. "
            "L’agent porte plainte lui-même."
        )
    if faits.propre("infraction") not in LISTE_15_3_4:
        return (
            "Cette infraction n’est pas dans la liste de l’article 15-3-4\u00a0: l’agent porte plainte lui-même, et "
            "l’hôpital l’accompagne."
        )
    if faits.propre("consentement") != "OUI" or CONSENTEMENT not in faits.pieces:
        return "Recueillez le consentement écrit de l’agent et joignez-le\u00a0: sans lui, pas de plainte pour lui."
    return ""


@controle("C23", Niveau.ALERTE, "plainte_mode", "CP-433-3-1")
def c23(faits: Faits) -> str:
    """A threat to obtain an exception to the rules obliges the representative to complain."""
    if faits.voie != VIOLENCE or faits.propre("passe_droit") != "OUI":
        return ""
    if faits.propre("plainte_mode") == "OBLIGATOIRE_433_3_1":
        return ""
    return (
        "On a voulu obtenir une dérogation aux règles du service\u00a0: le représentant de l’établissement doit "
        "déposer plainte (433-3-1), sans accord de l’agent. Prévenez les affaires juridiques."
    )


@controle("C24", Niveau.ALERTE, "infraction", "CP-433-5")
def c24(faits: Faits) -> str:
    """Outrage, theft and sexual assault stand outside article 15-3-4."""
    if _employeur(faits) and faits.propre("infraction") in {"CP_433_5", "CP_311_1", "CP_222_22"}:
        return (
            "L’outrage, le vol et l’agression sexuelle sont hors de l’article 15-3-4. L’agent porte plainte\u00a0; "
            "l’avis de l’article 40 reste à évaluer par la direction."
        )
    return ""


@controle("C25", Niveau.BLOQUANT, "domiciliation_pro", "CPP-10-2")
def c25(faits: Faits) -> str:
    """The personal address of the agent is nowhere."""
    if faits.voie != VIOLENCE:
        return ""
    if trouve := ADRESSES.search(_textes(faits)):
        return (
            f"«\u00a0{trouve.group()}…\u00a0» ressemble à une adresse. Retirez-la\u00a0: l’agent donne l’adresse de "
            "l’hôpital."
        )
    if faits.propre("plainte_mode") in DE_L_HOPITAL and faits.propre("domiciliation_pro") != "OUI":
        return "Dans une plainte de l’hôpital, l’adresse de l’agent est celle de l’hôpital."
    return ""


@controle("C30", Niveau.ALERTE, "description", "CP-226-13")
def c30(faits: Faits) -> str:
    """A patient is the designated author: identity and facts, never health."""
    if faits.voie != VIOLENCE or faits.propre("auteur_type") != "PATIENT":
        return ""
    if trouve := SANTE.search(_textes(faits)):
        mot = trouve.group()
        return f"«\u00a0{mot}\u00a0» parle de la santé de l’auteur désigné. Le secret la couvre\u00a0: retirez-le."
    return ""


@controle("C58", Niveau.BLOQUANT, "consentement_retire", "CPP-15-3-4")
def c58(faits: Faits) -> str:
    """A consent withdrawn before the complaint is lodged ends it; the trace stays."""
    if _employeur(faits) and faits.propre("consentement_retire") == "OUI":
        return (
            "L’agent a retiré son consentement\u00a0: l’hôpital ne peut plus porter plainte pour lui. Choisissez une "
            "autre suite\u00a0; le retrait reste noté."
        )
    return ""


@controle("C73", Niveau.BLOQUANT, "destinataire", "CPP-15-3-4")
def c73(faits: Faits) -> str:
    """Without a complaint of the hospital, the declaration stays in the hospital."""
    if faits.voie != VIOLENCE or faits.destinataire[0] == INTERNE:
        return ""
    if faits.propre("plainte_mode") in DE_L_HOPITAL:
        return ""
    return (
        "L’hôpital ne porte pas plainte\u00a0: la déclaration reste interne. Adressez-la aux affaires juridiques. "
        "L’agent qui porte plainte le fait au commissariat ou à la gendarmerie."
    )


@controle("C74", Niveau.BLOQUANT, "destinataire", "CPP-15-3-4")
def c74(faits: Faits) -> str:
    """Only who represents the hospital complains in its name."""
    if faits.voie != VIOLENCE or faits.destinataire[0] == INTERNE or faits.role in REPRESENTANTS:
        return ""
    return (
        "Une plainte de l’hôpital est signée par la direction, l’administrateur de garde ou les affaires juridiques. "
        "Adressez votre déclaration aux affaires juridiques\u00a0: elles déposent la plainte."
    )


@controle("C84", Niveau.ALERTE, "victimes", "CGFP-L134-5")
def c84(faits: Faits) -> str:
    """Each victim is described: the protection of each is asked and answered apart."""
    comptees, decrites = faits.propre("victimes"), faits.propre("victimes_decrites")
    if faits.voie != VIOLENCE or not comptees or not decrites or comptees == decrites:
        return ""
    return (
        f"Vous comptez {comptees} victime{'s' if comptees > 1 else ''} et en décrivez {decrites}. Corrigez le nombre, "
        "ou ajoutez chaque professionnel à la page «\u00a0Autres victimes\u00a0»."
    )
