"""The grid M1 to M14: what the system proposes of each mention, before a jurist confirms it."""

from dataclasses import dataclass

from requisitions.models import ControleMention, Requisition
from requisitions.types_acte import Famille, codes

Resultat = ControleMention.Resultat
EXAMENS = codes(Famille.EXAMEN)
PRELEVEMENTS = frozenset({"PREL_ALC", "PREL_STUP", "PREL_AUTRE"})
LIBELLES = {
    "M1": ("Auteur habilité", "Nom, qualité, service"),
    "M2": ("Cadre juridique", "Cadre et articles visés"),
    "M3": ("Autorisation du procureur", "Nom, date, heure, mode"),
    "M4": ("Commission rogatoire", "Numéro, date, juge"),
    "M5": ("Instructions du procureur", "Magistrat et heure"),
    "M6": ("Numéro de procédure", "Alerte s’il manque"),
    "M7": ("Faits", "Qualification et date"),
    "M8": ("Destinataire", "Médecin nommé, directeur ou tout médecin"),
    "M9": ("Périmètre précis", "Questions, documents ou période"),
    "M10": ("Personne identifiée", "Identité, ou critères précis"),
    "M11": ("Document signé", "Date, signature, cachet"),
    "M12": ("Serment", "Écrit joint, ou liste d’experts"),
    "M13": ("Délai de réponse", "Délai souhaité et canal"),
    "M14": ("Consentement ou contrainte", "Mention pour un prélèvement"),
}
ALERTES = frozenset({"M6", "M7", "M13", "M14"})
MISSION_COURTE = 40


@dataclass(frozen=True, slots=True)
class Proposition:
    numero: str
    resultat: str
    precision: str = ""


def _selon(numero: str, conforme: bool, precision: str = "") -> Proposition:
    return Proposition(numero, Resultat.CONFORME if conforme else Resultat.NON_CONFORME, precision)


def _si(numero: str, concerne: bool, conforme: bool, precision: str = "") -> Proposition:
    return _selon(numero, conforme, precision) if concerne else Proposition(numero, Resultat.SANS_OBJET)


def proposer(
    r: Requisition, *, personne: bool, personne_requise: bool, fichier: bool, articles: bool
) -> list[Proposition]:
    """The fourteen propositions, in order. What only an eye can judge stays « à vérifier »."""
    examen = r.type_acte in EXAMENS
    serment = examen and r.type_acte != "EX_GAV"
    cr_complete = bool(r.cr_reference and r.cr_date and r.cr_juge)
    instructions = bool(r.autorisation_magistrat and r.autorisation_le)
    return [
        _selon("M1", bool(r.autorite_qualite and r.autorite_nom), r.get_autorite_qualite_display()),
        _selon("M2", bool(r.cadre and articles), r.get_cadre_display()),
        _si(
            "M3",
            r.cadre == "PRELIM" and r.type_acte != "EX_GAV",
            bool(r.autorisation_mode),
            r.get_autorisation_mode_display(),
        ),
        _si("M4", r.cadre == "CR", cr_complete),
        _si("M5", r.cadre in {"MORT74", "DISP"}, instructions),
        _selon("M6", bool(r.num_procedure)),
        _selon("M7", bool(r.qualification and r.date_faits)),
        Proposition("M8", Resultat.A_VERIFIER if examen else Resultat.SANS_OBJET),
        _mission(r),
        _si("M10", personne_requise, personne),
        Proposition("M11", Resultat.A_VERIFIER, "Relisez signature et cachet.")
        if fichier
        else _selon("M11", r.orale, "Demande orale."),
        Proposition("M12", Resultat.A_VERIFIER if serment else Resultat.SANS_OBJET),
        _selon("M13", True, "Délai de la convention, retour par l’outil."),
        Proposition("M14", Resultat.A_VERIFIER if r.type_acte in PRELEVEMENTS else Resultat.SANS_OBJET),
    ]


def _mission(r: Requisition) -> Proposition:
    """A period or a worded mission helps; only a reader can say that it is not fishing."""
    if not r.mission.strip():
        return Proposition("M9", Resultat.NON_CONFORME)
    courte = len(r.mission.strip()) < MISSION_COURTE and not r.periode_du
    return Proposition("M9", Resultat.A_VERIFIER, "Demande courte et sans période." if courte else "")


def manquantes(mentions: list[ControleMention]) -> list[ControleMention]:
    """Blocking mentions not confirmed as conform: they bar the validation."""
    attendues = {Resultat.NON_CONFORME, Resultat.A_VERIFIER}
    return [mention for mention in mentions if mention.numero not in ALERTES and mention.resultat in attendues]
