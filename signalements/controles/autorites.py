"""Towards the préfet, the police and the rescuers: controls C17, C18, C21, C26, C27 and C29 of the domain's §9.1."""

import re
from datetime import timedelta

from signalements.controles.socle import MAJORITE, Faits, controle
from transitions.verdict import Niveau

ARME, DISPARITION, PERIL = "ARME_PREFET", "DISPARITION", "PERIL_TIERS"
PROTEGE = frozenset({"SAUVEGARDE", "CURATELLE", "TUTELLE", "HABILITATION", "MANDAT"})
SANS_CONSENTEMENT = frozenset({"SDT", "PERIL_IMMINENT", "SDRE"})
ALERTE_AU_PLUS = timedelta(minutes=30)
# A word of care: it may be harmless, and is only pointed at.
SOINS = re.compile(
    r"\b(?:diagnosti\w*|traitements?|médicaments?|ordonnances?|psychiatr\w*|schizo\w*|bipolair\w*|psychos\w*|psychoti\w*"
    r"|délir\w*|dépress\w*|démen\w*|alzheimer|paranoï\w*|borderline|addict\w*|neurolepti\w*|antipsychoti\w*"
    r"|antidépress\w*|anxiolyti\w*|séropositi\w*|cancer\w*|hospitalisée? (?:sous|en|à la demande)"
    r"|SDRE|SDT|soins sans consentement|grossesse|enceinte)\b",
    re.IGNORECASE,
)


def _ecrits(faits: Faits) -> str:
    libres = [valeur for valeur in faits.propres.values() if isinstance(valeur, str) and not valeur.isupper()]
    return "\n".join((faits.faits_ecrits, faits.paroles, *libres))


def inquietante(faits: Faits) -> bool:
    """Always for a minor, a protected adult or care without consent; else as the doctor says."""
    return toujours_inquietante(faits) or faits.propre("caractere_inquietant") == "OUI"


def toujours_inquietante(faits: Faits) -> bool:
    mineure = faits.age is not None and faits.age < MAJORITE
    protegee = faits.propre("mesure_protection") in PROTEGE
    return bool(mineure or protegee or faits.propre("statut_admission") in SANS_CONSENTEMENT)


@controle("C17", Niveau.ALERTE, "source_connaissance", "CP-226-14-4")
def c17(faits: Faits) -> str:
    """The text says "know": a third person alone, or a danger without facts, is not knowing."""
    if faits.voie != ARME:
        return ""
    if faits.propre("source_connaissance") == "TIERS_SEUL":
        return (
            "Un tiers seul vous l’a dit. Le texte demande de savoir\u00a0: "
            "reparlez-en avec la personne, prenez un avis."
        )
    if not str(faits.propre("elements_dangerosite") or "").strip():
        return "Écrivez les faits qui montrent le danger."
    return ""


@controle("C18", Niveau.ALERTE, "faits_observes", "CP-226-13")
def c18(faits: Faits) -> str:
    """A diagnosis, a treatment or a mode of care in a writing that may not carry one."""
    if trouve := SOINS.search(_ecrits(faits)):
        return (
            f"Vous écrivez «\u00a0{trouve.group()}\u00a0». Retirez ce qui dit une maladie, un traitement ou des soins."
        )
    return ""


@controle("C21", Niveau.BLOQUANT, "peril_grave", "CP-223-6")
def c21(faits: Faits) -> str:
    """Grave, imminent and constant, together."""
    if faits.voie != PERIL or all(
        faits.propre(nom) == "OUI" for nom in ("peril_grave", "peril_proche", "peril_constant")
    ):
        return ""
    return (
        "Sans péril grave, imminent et constant, le secret demeure\u00a0: cet écrit ne part pas. "
        "Adaptez les soins et demandez un avis. L’appel aux secours reste toujours possible."
    )


@controle("C26", Niveau.ALERTE, "date_appel", "LOI-95-73-26")
def c26(faits: Faits) -> str:
    """A minor, a protected adult or care on the préfet's decision: the police is called without delay."""
    if faits.voie != DISPARITION or not toujours_inquietante(faits):
        return ""
    if faits.appel_le is None:
        if faits.appel:
            return ""
        return "Appelez la police ou la gendarmerie sans délai, et notez l’heure de l’appel."
    if faits.date_constat and faits.appel_le - faits.date_constat > ALERTE_AU_PLUS:
        return (
            "La police ou la gendarmerie a été appelée plus de 30\u00a0minutes après le constat. Dites-le à la garde."
        )
    return ""


@controle("C27", Niveau.BLOQUANT, "fin", "LOI-95-73-26")
def c27(faits: Faits) -> str:
    """A disappearance is not closed while nobody said that the search is over."""
    if faits.voie != DISPARITION or faits.fin_connue:
        return ""
    return (
        "La fin de la recherche n’est pas connue. L’hôpital l’annonce par un complément, "
        "ou enregistrez la suite «\u00a0Personne retrouvée\u00a0»."
    )


@controle("C29", Niveau.ALERTE, "detenue", "CP-434-27")
def c29(faits: Faits) -> str:
    """A detained person who leaves escapes: another circuit."""
    if faits.voie == DISPARITION and faits.propre("detenue") == "OUI":
        return (
            "Une personne détenue ou gardée à vue s’évade\u00a0: prévenez l’escorte et le 17, suivez la fiche 9 ou 10."
        )
    return ""
