"""The certificate that is handed over, its photographs: controls C33 to C35 and C37 of the domain's §9.2."""

import re
from datetime import date

from presentation.temps import MOIS
from signalements.controles.redaction import AFFIRMATIONS, JUGEMENTS
from signalements.controles.socle import AVEC_ACCORD, MAJORITE, Faits, controle
from transitions.verdict import Niveau

CMI = "CMI"
CERTIFICATS = frozenset({CMI, "NON_EXCISION", "VULNERABILITE"})
CITATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
# In the doctor's own words: an author, a will, a truth, an offence. Between quotation marks the words are hers.
AUTEUR = re.compile(
    r"\bpar (?:son|sa|ses|le|la|un|une) (?:ex\W?)?"
    r"(?:conjoint|conjointe|mari|femme|épou(?:x|se)|compagnon|compagne|concubine?|père|mère|fils|fille|frère|sœur"
    r"|beau-père|belle-mère|voisine?|collègue|agresseur|tiers|partenaire|petit ami|petite amie)\b",
    re.IGNORECASE,
)
QUALIFICATION = re.compile(
    r"\b(?:involontaires?|volontaire(?:s|ment)?|intentionnel\w*|délibéré\w*|violences? conjugales?|viols?|viol"
    r"|agressions?|maltraitances?|tentative d\w+|coups et blessures|infractions?|crimes?|délits?|véridiques?"
    r"|sans aucun doute|dit vrai|dit la vérité)\b",
    re.IGNORECASE,
)
ECRITS_DU_MEDECIN = (
    "doleances_physiques",
    "doleances_psychiques",
    "retentissement_fonctionnel",
    "retentissement_psychique",
    "examens_complementaires",
    "etat_anterieur",
    "itt_reserves",
    "elements_constates",
)
DATE_ECRITE = re.compile(rf"\b(\d{{1,2}})(?:er)?\s+({'|'.join(MOIS)})\s+(\d{{4}})\b", re.IGNORECASE)
DATE_CHIFFREE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")


@controle("C33", Niveau.BLOQUANT, "itt", "CSP-R4127-28")
def c33(faits: Faits) -> str:
    """No author, no will, no offence; and an ITT in days, or said not determinable."""
    if faits.voie not in CERTIFICATS:
        return ""
    ecrits = [faits.faits_ecrits, *(str(faits.propre(nom) or "") for nom in ECRITS_DU_MEDECIN)]
    siens = CITATION.sub("", "\n".join(ecrits))
    for motif in (AUTEUR, QUALIFICATION, AFFIRMATIONS, JUGEMENTS):
        if trouve := motif.search(siens):
            return (
                f"Vous écrivez «\u00a0{trouve.group()}\u00a0». Un certificat ne nomme pas d’auteur, ne dit pas si les "
                "faits sont volontaires et ne qualifie rien. Décrivez, ou mettez ses mots entre guillemets."
            )
    if faits.voie != CMI or faits.propre("itt") == "A_REEVALUER":
        return ""
    if faits.propre("itt") == "JOURS" and isinstance(faits.propre("itt_jours"), int):
        return ""
    return "L’ITT manque\u00a0: donnez un nombre de jours, zéro compris, ou dites qu’elle est à réévaluer."


@controle("C34", Niveau.BLOQUANT, "remis_a", "CP-226-13")
def c34(faits: Faits) -> str:
    """Handed to the person; to a representant who is not at stake; to who required it in writing. Nobody else."""
    if faits.voie not in CERTIFICATS:
        return ""
    remis_a = faits.propre("remis_a")
    if remis_a == "VICTIME":
        return ""
    if remis_a == "REPRESENTANT_LEGAL":
        protege = faits.age is not None and faits.age < MAJORITE
        if protege or faits.propre("representant_present"):
            return ""
        return (
            "La personne est majeure et aucun représentant n’est noté\u00a0: remettez-lui le certificat à elle-même, "
            "ou notez son représentant à l’étape «\u00a0La personne examinée\u00a0»."
        )
    if remis_a == "AUTORITE_REQUERANTE":
        if faits.propre("cadre") == "REQUISITION" and faits.propre("requisition"):
            return ""
        return "Sans réquisition écrite notée à l’étape «\u00a0Examen et constats\u00a0», aucune autorité ne le reçoit."
    return (
        "Le certificat ne se remet ni au conjoint, ni à un proche, ni à un enquêteur sans réquisition\u00a0: ce sont "
        "des tiers. Remettez-le à la personne elle-même."
    )


@controle("C35", Niveau.ALERTE, "date_faits", "")
def c35(faits: Faits) -> str:
    """The facts are written after the examination that found them."""
    if faits.date_constat is None:
        return ""
    tardive = next((jour for jour in _dates(faits.date_faits) if jour > faits.date_constat.date()), None)
    if tardive is None:
        return ""
    return "La date des faits est postérieure à votre examen. Corrigez l’une des deux."


def _dates(texte: str) -> list[date]:
    """The days that a free text gives in full."""
    ecrites = [
        (int(an), MOIS.index(mois.lower()) + 1, int(jour)) for jour, mois, an in DATE_ECRITE.findall(texte or "")
    ]
    chiffrees = [(int(an), int(mois), int(jour)) for jour, mois, an in DATE_CHIFFREE.findall(texte or "")]
    return [jour for triplet in (*ecrites, *chiffrees) if (jour := _jour(*triplet))]


def _jour(an: int, mois: int, jour: int) -> date | None:
    try:
        return date(an, mois, jour)
    except ValueError:
        return None


@controle("C36", Niveau.ALERTE, "pieces", "CP-226-13")
def c36(faits: Faits) -> str:
    """A piece of no said nature may hold more than what is strictly necessary."""
    if "Autre document" not in faits.pieces:
        return ""
    return "Une pièce n’a pas de nature précise. Ni dossier complet, ni imagerie d’un autre épisode\u00a0: relisez-la."


@controle("C37", Niveau.BLOQUANT, "pieces", "CSP-L1110-4")
def c37(faits: Faits) -> str:
    """No photograph without an agreement that covers it."""
    if "Photographie" not in faits.pieces:
        return ""
    if faits.voie == CMI and faits.propre("photos_accord") != "OUI":
        return "Des photographies sont jointes et la personne ne les a pas acceptées. Retirez-les, ou notez son accord."
    if faits.voie == AVEC_ACCORD and "PHOTOS" not in faits.accord_portee:
        return "Son accord ne couvre pas les photographies. Retirez-les, ou notez son accord à l’étape qui le concerne."
    return ""
