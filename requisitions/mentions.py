"""The grid M1 to M14: what the system proposes of each mention, before a jurist confirms it."""

from dataclasses import dataclass, replace

from requisitions import retour
from requisitions.controles.personnes import MAGISTRATS, PARQUET, autorisation_due, visee_par_r01
from requisitions.criteres import manquants
from requisitions.minorite import est_mineur
from requisitions.models import ControleMention, LigneDecision, Requisition
from requisitions.types_acte import Famille, codes

Autorisation, Resultat = LigneDecision.Autorisation, ControleMention.Resultat
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
LONGUEUR = 200


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
    r: Requisition,
    *,
    personne: bool,
    personne_requise: bool,
    fichier: bool,
    articles: bool,
    infractions: str,
    age: int | None = None,
) -> list[Proposition]:
    """The fourteen propositions, in order. What only an eye can judge stays « à vérifier ».

    `infractions`: what the general instruction that is cited covers, as the prosecutor declared it; empty, none did.
    """
    examen = r.type_acte in EXAMENS
    serment = examen and r.type_acte != "EX_GAV"
    cr_complete = bool(r.cr_reference and r.cr_date and r.cr_juge)
    juge_lui_meme = r.autorite_qualite == "JI" and not r.cr_reference
    sur_instructions = r.cadre in {"MORT74", "DISP"} or _admise(r) == Autorisation.INSTRUCTIONS
    return [
        _auteur(r),
        _selon("M2", bool(r.cadre and articles), r.get_cadre_display()),
        _autorisation(r, infractions),
        _lue(r, _si("M4", r.cadre == "CR" and not juge_lui_meme, cr_complete)),
        _si("M5", sur_instructions, _nommee(r)),
        _selon("M6", bool(r.num_procedure)),
        _selon("M7", bool(r.qualification and r.date_faits)),
        Proposition("M8", Resultat.A_VERIFIER if examen else Resultat.SANS_OBJET),
        _mission(r),
        _visee(r, age, personne=personne, requise=personne_requise),
        Proposition("M11", Resultat.A_VERIFIER, "Relisez signature et cachet.")
        if fichier
        else _selon("M11", r.orale, "Demande orale."),
        Proposition("M12", Resultat.A_VERIFIER if serment else Resultat.SANS_OBJET),
        _selon("M13", True, retour.mention(r)),
        Proposition("M14", Resultat.A_VERIFIER if r.type_acte in PRELEVEMENTS else Resultat.SANS_OBJET),
    ]


def _visee(r: Requisition, age: int | None, *, personne: bool, requise: bool) -> Proposition:
    """Without a name, criteria precise enough to find one person and not a crowd; of a minor, that they are one."""
    if r.type_acte == "RECH_CRIT":
        absents = manquants(r)
        if {"heure", "blessure ou signe"} & set(absents):
            return Proposition("M10", Resultat.NON_CONFORME, f"Il manque\u00a0: {', '.join(absents)}.")
        reste = f" Non dits\u00a0: {', '.join(absents)}." if absents else ""
        return Proposition("M10", Resultat.A_VERIFIER, f"De quoi trouver une personne, pas une foule\u00a0?{reste}")
    return _si("M10", requise, personne, f"Personne mineure, {age}\u00a0ans." if est_mineur(age) else "")


def _admise(r: Requisition) -> str:
    return r.ligne_decision.autorisation if r.ligne_decision else ""


def _nommee(r: Requisition) -> bool:
    return bool(r.autorisation_magistrat and r.autorisation_le)


def _autorisation(r: Requisition, infractions: str) -> Proposition:
    """A mode alone proves nothing: the magistrate and the hour, a title that stands, or a known instruction do."""
    if not visee_par_r01(r.cadre, r.type_acte):
        admise = _admise(r)
        due = admise != Autorisation.INSTRUCTIONS and autorisation_due(r.cadre, r.type_acte, admise)
        donnent = MAGISTRATS if admise == Autorisation.DECISION else PARQUET
        return _si("M3", due, _nommee(r) or r.autorite_qualite in donnent)
    mode = r.get_autorisation_mode_display()
    if not r.autorisation_mode:
        return _selon("M3", False)
    if r.autorisation_mode == "instruction":
        # Whether these facts are among those offences, only a jurist can say.
        couvre = f"{mode}, couvre\u00a0: {infractions}. Comparez avec les faits." if infractions else mode
        return Proposition("M3", Resultat.A_VERIFIER, couvre[:LONGUEUR])
    if r.autorisation_mode == "directe":
        return Proposition("M3", Resultat.CONFORME if r.autorite_qualite in PARQUET else Resultat.A_VERIFIER, mode)
    return _lue(r, _selon("M3", True, mode)) if _nommee(r) else Proposition("M3", Resultat.A_VERIFIER, mode)


def _lue(r: Requisition, mention: Proposition) -> Proposition:
    """What the magistrate declared here is known; what was only typed, somebody reads it on a copy, or calls."""
    if mention.resultat != Resultat.CONFORME or (r.titre and not r.titre.revoque_le):
        return mention
    copie = "Copie jointe\u00a0: lisez-la." if r.ordre_ecrit else "Sans copie\u00a0: appelez le magistrat."
    dit = "Titre révoqué." if r.titre else copie
    return replace(mention, resultat=Resultat.A_VERIFIER, precision=f"{mention.precision} {dit}".strip())


def _auteur(r: Requisition) -> Proposition:
    """The judicial quality is that of the account; a customs grade is only said, until the call back confirms it."""
    if r.grade_controleur and not r.ordre_ecrit:
        return Proposition("M1", Resultat.A_VERIFIER, "Grade de contrôleur déclaré\u00a0: demandez-le au rappel.")
    return _selon("M1", bool(r.autorite_qualite and r.autorite_nom), r.get_autorite_qualite_display())


def _mission(r: Requisition) -> Proposition:
    """A period or a worded mission helps; only a reader can say that it is not fishing."""
    if not r.mission.strip():
        return Proposition("M9", Resultat.NON_CONFORME)
    if r.type_acte in {"LOGS", "VIDEO"} and not (r.cible and r.periode_du):
        dit = "lieu filmé" if r.type_acte == "VIDEO" else "compte, poste"
        return Proposition("M9", Resultat.A_VERIFIER, f"Non dits\u00a0: {dit} ou période.")
    courte = len(r.mission.strip()) < MISSION_COURTE and not r.periode_du
    return Proposition("M9", Resultat.A_VERIFIER, "Demande courte et sans période." if courte else "")


def manquantes(mentions: list[ControleMention]) -> list[ControleMention]:
    """Blocking mentions not confirmed as conform: they bar the validation."""
    attendues = {Resultat.NON_CONFORME, Resultat.A_VERIFIER}
    return [mention for mention in mentions if mention.numero not in ALERTES and mention.resultat in attendues]
