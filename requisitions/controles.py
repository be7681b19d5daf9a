"""The numbered controls (R-nn): one pure function a rule, over frozen facts. No rule ever blocks care."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from documents.reception import MO
from requisitions.types_acte import Famille, codes
from transitions.verdict import Constat, Niveau

MEDICAUX = codes(Famille.MEDICALE, Famille.EXAMEN)
PAR_VOIE_TELEMATIQUE = re.compile(r"(?<![\d-])(?:60-2|77-1-2|99-4)(?![\d-])")
ARTICLE = re.compile(r"\d+(?:-\d+)+|\d+")
SIX_MOIS = timedelta(days=183)
JOUR = timedelta(hours=24)
CINQ_JOURS = timedelta(days=5)
HEURE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal article as of the act: `fin` and `successeur` come from its row."""

    texte: str
    fin: date | None = None
    successeur: str = ""


@dataclass(frozen=True, slots=True)
class Faits:
    """All that the rules read. Nothing nominative."""

    cadre: str
    type_acte: str
    qualite: str
    recue_le: datetime
    maintenant: datetime
    prevue: bool = True
    a_confirmer: bool = False
    qualites_admises: tuple[str, ...] | None = None
    autorisation_admise: str = "aucune"
    autorisation_mode: str = ""
    magistrat: str = ""
    autorisation_le: datetime | None = None
    instruction_reference: str = ""
    instruction_du: date | None = None
    instruction_couvre: bool = False
    procureur_informe: bool = False
    sous_controle_de: str = ""
    cr_reference: str = ""
    cr_date: date | None = None
    cr_juge: str = ""
    cr_jusqu_au: date | None = None
    ordre_ecrit: bool = False
    articles_cites: str = ""
    references: tuple[Reference, ...] = ()
    compte_actif: bool = True
    qualite_du_compte: str = ""
    service_correspond: bool = True
    orale: bool = False
    orale_motif: str = ""
    confirmation_le: datetime | None = None
    accord: str = ""
    gel_le: datetime | None = None
    gel_confirme: bool = False
    ecrasement_le: datetime | None = None
    presence_protegee: bool = False
    reponse_presence: str = ""
    reponse_texte: str = ""
    services: tuple[str, ...] = ()
    authentifiee: bool = False
    tailles: tuple[int, ...] = ()
    echeance_le: datetime | None = None
    urgence_vitale: bool = False


def bloquant(numero: str, message: str, champ: str = "", reference: str = "") -> Constat:
    return Constat(numero, Niveau.BLOQUANT, message, champ, reference)


def alerte(numero: str, message: str, champ: str = "", reference: str = "") -> Constat:
    return Constat(numero, Niveau.ALERTE, message, champ, reference)


def r00(f: Faits) -> Constat | None:
    """The decision table: what it does not foresee is for legal affairs to decide, in writing."""
    if not f.prevue:
        return bloquant(
            "R-00", "Combinaison non prévue par la table de décision : décision écrite des affaires juridiques."
        )
    return None


def r01(f: Faits) -> Constat | None:
    if f.cadre != "PRELIM" or f.type_acte == "EX_GAV":
        return None
    if not f.autorisation_mode:
        return bloquant(
            "R-01", "Il manque l’autorisation du procureur.", "autorisation_mode", "art. 77-1 et 77-1-1 CPP"
        )
    if f.autorisation_mode == "orale" and not (f.magistrat and f.autorisation_le):
        return bloquant("R-01", "Autorisation orale : notez le magistrat et l’heure.", "autorisation_magistrat")
    if f.autorisation_mode == "directe" and f.qualite not in {"PR", "SUBSTITUT"}:
        return bloquant("R-01", "Seul le procureur requiert lui-même.", "autorisation_mode")
    return None


def r02(f: Faits) -> Constat | None:
    if f.autorisation_mode != "instruction":
        return None
    if f.autorisation_admise != "instruction":
        return bloquant(
            "R-02", "Une instruction générale ne couvre pas cet acte.", "autorisation_mode", "art. 39-3 CPP"
        )
    if not (f.instruction_reference and f.instruction_du):
        return bloquant("R-02", "Donnez la référence et la date de l’instruction générale.", "instruction_reference")
    if f.instruction_du + SIX_MOIS < f.recue_le.date():
        return bloquant("R-02", "L’instruction générale a plus de six mois.", "instruction_du")
    if not (f.instruction_couvre and f.procureur_informe):
        return bloquant(
            "R-02",
            "L’instruction doit couvrir l’acte, l’infraction et l’émetteur, et le procureur être informé.",
            "instruction_couvre",
        )
    return None


def r03(f: Faits) -> Constat | None:
    if f.qualite == "APJ" and f.cadre == "CR":
        return bloquant("R-03", "Un APJ ne requiert pas sur commission rogatoire.", "cadre", "art. 99-3 CPP")
    if (f.qualite == "ASSIST" or (f.qualite == "APJ" and f.cadre == "FLAG")) and not f.sous_controle_de:
        return bloquant("R-03", "Nommez l’OPJ qui contrôle l’acte.", "sous_controle_de", "art. 60 et 60-1 CPP")
    return None


def r04(f: Faits) -> Constat | None:
    if f.cadre != "CR":
        return None
    if not (f.cr_reference and f.cr_date and f.cr_juge):
        return bloquant("R-04", "Donnez le numéro, la date et le juge de la commission rogatoire.", "cr_reference")
    if f.cr_jusqu_au and f.cr_jusqu_au < f.recue_le.date():
        return bloquant("R-04", "Le délai d’exécution de la commission rogatoire est dépassé.", "cr_jusqu_au")
    return None


def r05(f: Faits) -> Constat | None:
    if f.cadre in {"MORT74", "DISP"} and not (f.magistrat and f.autorisation_le):
        return bloquant(
            "R-05",
            "Notez les instructions du procureur : magistrat et heure.",
            "autorisation_magistrat",
            "art. 74 et 74-1 CPP",
        )
    return None


def r06(f: Faits) -> Constat | None:
    if f.cadre != "DOUANE_ADM" or f.qualite != "AG_DOUANE" or "60 bis" in f.articles_cites:
        return None
    if f.type_acte == "DOSSIER" or f.type_acte == "SAISIE":
        return bloquant(
            "R-06", "L’article 65 ne lève pas le secret médical.", "type_acte", "art. 65 du code des douanes"
        )
    if f.type_acte not in MEDICAUX and not f.ordre_ecrit:
        return bloquant(
            "R-06", "Joignez l’ordre écrit d’un inspecteur, ou confirmez le grade de contrôleur.", "ordre_ecrit"
        )
    return None


def r07(f: Faits) -> Constat | None:
    articles = set(ARTICLE.findall(f.articles_cites))
    seul = bool(articles) and articles <= {"60-2", "77-1-2", "99-4"}
    if f.type_acte == "DOSSIER" and seul and PAR_VOIE_TELEMATIQUE.search(f.articles_cites):
        return bloquant(
            "R-07",
            "Cet article ne vise pas ce qu’un secret protège. Visez 60-1, 77-1-1 ou 99-3, ou saisissez.",
            "articles_cites",
        )
    return None


def r08(f: Faits) -> Constat | None:
    if f.cadre == "PREFET" and not f.ordre_ecrit:
        return bloquant("R-08", "Joignez l’arrêté motivé et signé.", "ordre_ecrit", "art. L. 2215-1 CGCT")
    return None


def r09(f: Faits) -> Constat | None:
    if not f.compte_actif or not f.service_correspond:
        return bloquant("R-09", "Le compte de l’émetteur n’est plus rattaché à ce service.")
    if not f.qualite or f.qualite != f.qualite_du_compte:
        return bloquant("R-09", "La qualité judiciaire annoncée n’est pas celle du compte.")
    return None


def r10(f: Faits) -> Constat | None:
    if not f.orale or f.confirmation_le:
        return None
    if f.maintenant - f.recue_le > JOUR:
        return alerte("R-10", "La confirmation écrite est attendue depuis plus de 24 heures.", "orale")
    return alerte(
        "R-10", f"Demande orale ({f.orale_motif or 'motif non donné'}) : confirmation écrite sous 24 heures.", "orale"
    )


def r13(f: Faits) -> Constat | None:
    if f.type_acte == "DOSSIER" and f.accord not in {"total", "partiel"}:
        suite = "Le médecin a refusé : proposez la saisie." if f.accord == "refuse" else "L’accord du médecin manque."
        return bloquant("R-13", suite, reference="art. 60-1, 77-1-1 et 99-3 CPP")
    return None


def r19(f: Faits) -> Constat | None:
    if f.type_acte != "VIDEO":
        return None
    if f.ecrasement_le and f.ecrasement_le <= f.maintenant and not f.gel_confirme:
        return bloquant(
            "R-19",
            "Les images ont atteint leur date d’effacement sans gel confirmé.",
            "periode_du",
            "art. L. 252-5 CSI",
        )
    if f.gel_le is None or f.gel_le - f.recue_le > HEURE:
        return bloquant("R-19", "Le gel doit être ordonné dans l’heure.", reference="art. L. 252-5 CSI")
    if not f.gel_confirme:
        return alerte("R-19", "Le poste de sécurité n’a pas encore confirmé le gel.")
    return None


def r20(f: Faits) -> Constat | None:
    if f.type_acte != "VIDEO" or f.gel_confirme or f.ecrasement_le is None:
        return None
    if timedelta(0) < f.ecrasement_le - f.maintenant <= CINQ_JOURS:
        return alerte("R-20", "Les images s’effacent dans moins de cinq jours : relancez le poste de sécurité.")
    return None


def r21(f: Faits) -> Constat | None:
    if f.type_acte == "PRESENCE" and f.presence_protegee and f.reponse_presence != "sans_reponse":
        return bloquant("R-21", "La seule réponse possible est la réponse neutre.", "reponse_presence")
    return None


def r22(f: Faits) -> Constat | None:
    if f.type_acte == "PRESENCE" and any(_plat(nom) in _plat(f.reponse_texte) for nom in f.services):
        return bloquant("R-22", "La réponse nomme un service. Retirez-le.", "precision")
    return None


def r43(f: Faits) -> Constat | None:
    if not f.authentifiee:
        return bloquant("R-43", "Rappelez d’abord le service requérant, au numéro de l’annuaire.")
    return None


def r45(f: Faits) -> Constat | None:
    lourdes = sum(taille > 5 * MO for taille in f.tailles)
    if lourdes:
        return Constat("R-45", Niveau.INFORMATION, f"{lourdes} fichier(s) de plus de 5 Mo : découpez-les si possible.")
    return None


def r46(f: Faits) -> Constat | None:
    if f.echeance_le and f.echeance_le < f.maintenant:
        return alerte("R-46", "L’échéance est dépassée. La direction est à prévenir.")
    return None


def r49(f: Faits) -> Constat | None:
    expires = [reference for reference in f.references if reference.fin and reference.fin < f.recue_le.date()]
    if not expires:
        return None
    suite = f" Visez {expires[0].successeur}." if expires[0].successeur else ""
    return alerte("R-49", f"L’article {expires[0].texte} n’est plus en vigueur.{suite}", "articles_cites")


Regle = Callable[[Faits], Constat | None]
A_LA_RECEPTION: tuple[Regle, ...] = (r00, r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r19, r20, r46, r49)
AVANT_REMISE: tuple[Regle, ...] = (r13, r21, r22, r43, r45)
# Emergency never opens these: they protect the patient, and no care waits for them.
JAMAIS_LEVEES = frozenset({"R-13", "R-21", "R-22"})


def controler(faits: Faits, regles: tuple[Regle, ...] = A_LA_RECEPTION) -> list[Constat]:
    """What the rules find. In a vital emergency a blocking finding becomes an alert to trace as a derogation."""
    constats = [constat for regle in regles if (constat := regle(faits))]
    return [_attenuer(constat) if faits.urgence_vitale else constat for constat in constats]


def _attenuer(constat: Constat) -> Constat:
    if not constat.bloque or constat.numero in JAMAIS_LEVEES:
        return constat
    return replace(constat, niveau=Niveau.ALERTE, message=f"Urgence vitale, à régulariser. {constat.message}")


def _plat(texte: str) -> str:
    decompose = unicodedata.normalize("NFKD", texte.lower())
    return "".join(lettre for lettre in decompose if not unicodedata.combining(lettre))
