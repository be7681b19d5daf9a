"""Controls of what is asked: frame, authority, authorisation, preservation, deadline (R-00 to R-10, R-19, R-20…)."""

import re
from datetime import UTC, datetime, timedelta

from requisitions.controles.modele import Faits, Instruction, alerte, bloquant
from requisitions.controles.personnes import visee_par_r01
from requisitions.controles.titre import hors_du_titre
from requisitions.gels import REGLES, jalon
from requisitions.types_acte import Famille, codes, type_acte
from transitions.verdict import Constat

MEDICAUX = codes(Famille.MEDICALE, Famille.EXAMEN)
PAR_VOIE_TELEMATIQUE = frozenset({"60-2", "77-1-2", "99-4"})
ARTICLE = re.compile(r"\d+(?:-\d+)+|\d+")
# The acts for which administrative customs have an article of their own (§12, rows 8 and 9); the rest is article 65.
HORS_ARTICLE_65 = frozenset({"INCORP", "EX_GAV"})
SIX_MOIS = timedelta(days=184)
JOUR = timedelta(hours=24)
HEURE = timedelta(hours=1)


def r00(f: Faits) -> Constat | None:
    """The decision table: what it does not foresee is for legal affairs to decide, in writing."""
    if not f.prevue:
        return bloquant(
            "R-00", "Combinaison non prévue par la table de décision : décision écrite des affaires juridiques."
        )
    if f.qualites_admises is not None and f.qualite not in f.qualites_admises:
        return bloquant(
            "R-00", "La table n’admet pas cette qualité pour cet acte : décision écrite des affaires juridiques."
        )
    if f.a_confirmer:
        return bloquant("R-00", "Ligne à confirmer par le conseil : décision écrite des affaires juridiques.")
    return None


def r01(f: Faits) -> Constat | None:
    """Judicial customs act on a requisition of the prosecutor: same demand (to be confirmed by counsel)."""
    if not visee_par_r01(f.cadre, f.type_acte):
        return None
    if f.titre and (manque := hors_du_titre(f.titre, f, "autorisation")):
        return bloquant("R-01", manque, "titre", "art. 77-1 et 77-1-1 CPP")
    if not f.autorisation_mode:
        return bloquant(
            "R-01", "Il manque l’autorisation du procureur.", "autorisation_mode", "art. 77-1 et 77-1-1 CPP"
        )
    nommee = f.titre is not None or (f.magistrat and f.autorisation_le)
    if f.autorisation_mode in {"ecrite", "orale"} and not nommee:
        champ = "autorisation_le" if f.magistrat else "autorisation_magistrat"
        copie = " Joignez aussi sa copie." if f.autorisation_mode == "ecrite" and not f.ordre_ecrit else ""
        mots = f"Autorisation écrite ou orale : notez le magistrat, le jour et l’heure.{copie}"
        return bloquant("R-01", mots, champ)
    if f.autorisation_mode == "ecrite" and f.titre is None and not f.ordre_ecrit:
        return bloquant("R-01", "Joignez la copie de l’autorisation écrite, ou dites qu’elle est orale.", "appui")
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
    if f.recue_le.date() - f.instruction_du > SIX_MOIS:
        return bloquant("R-02", "L’instruction générale a plus de six mois.", "instruction_du")
    if f.instruction and (manque := _hors_de(f.instruction, f)):
        return bloquant("R-02", manque, "instruction_reference", "art. 39-3 CPP")
    if not (f.instruction_couvre and f.procureur_informe):
        return bloquant(
            "R-02",
            "L’instruction doit couvrir l’acte, l’infraction et l’émetteur, et le procureur être informé.",
            "instruction_couvre",
        )
    if f.instruction is None:
        return bloquant(
            "R-02",
            "Le parquet n’a pas déclaré ici cette instruction générale : relisez sa référence, ou faites-la déclarer.",
            "instruction_reference",
            "art. 39-3 CPP",
        )
    return None


def _hors_de(instruction: Instruction, f: Faits) -> str:
    """What the declared instruction does not cover, in words; empty when it covers everything."""
    jour = f.recue_le.date()
    revoquee = instruction.revoquee_le is not None and instruction.revoquee_le <= f.recue_le
    if revoquee or not instruction.debut <= jour <= instruction.fin:
        return f"L’instruction générale {instruction.reference} n’est pas en cours à cette date."
    if f.type_acte not in instruction.types_acte:
        return f"L’instruction générale {instruction.reference} ne couvre pas cet acte."
    if f.qualite not in instruction.qualites:
        return f"L’instruction générale {instruction.reference} ne vise pas votre qualité."
    return ""


def r03(f: Faits) -> Constat | None:
    if f.qualite == "APJ" and f.cadre == "CR":
        return bloquant("R-03", "Un APJ ne requiert pas sur commission rogatoire.", "cadre", "art. 99-3 CPP")
    if (f.qualite == "ASSIST" or (f.qualite == "APJ" and f.cadre == "FLAG")) and not f.sous_controle_de:
        return bloquant("R-03", "Nommez l’OPJ qui contrôle l’acte.", "sous_controle_de", "art. 60 et 60-1 CPP")
    return None


def r04(f: Faits) -> Constat | None:
    """The judge who requires in person has nobody to commission; a commission that is cited must stand all the same."""
    if f.cadre != "CR":
        return None
    if f.titre and (manque := hors_du_titre(f.titre, f, "commission")):
        return bloquant("R-04", manque, "titre", "art. 151 et 152 CPP")
    if f.qualite == "JI" and not f.cr_reference:
        return None
    if not (f.cr_reference and f.cr_date and f.cr_juge):
        return bloquant("R-04", "Donnez le numéro, la date et le juge de la commission rogatoire.", "cr_reference")
    if f.cr_jusqu_au and f.cr_jusqu_au < f.recue_le.date():
        return bloquant("R-04", "Le délai d’exécution de la commission rogatoire est dépassé.", "cr_jusqu_au")
    if f.titre is None and not f.ordre_ecrit:
        non_declaree = "Le juge n’a pas déclaré ici cette commission rogatoire : lisez-la, ou appelez son cabinet."
        return alerte("R-04", non_declaree, "appui", "art. 151 et 152 CPP")
    return None


def r05(f: Faits) -> Constat | None:
    if f.cadre == "DISP_ADM" and not f.ordre_ecrit:
        return bloquant("R-05", "Joignez l’écrit visé par le chef de service.", "appui", "art. 26 de la loi n° 95-73")
    if f.cadre not in {"MORT74", "DISP"}:
        return None
    if f.titre and (manque := hors_du_titre(f.titre, f, "autorisation")):
        return bloquant("R-05", manque, "titre", "art. 74 et 74-1 CPP")
    if not (f.magistrat and f.autorisation_le):
        return bloquant(
            "R-05",
            "Notez les instructions du procureur : magistrat et heure.",
            "autorisation_magistrat",
            "art. 74 et 74-1 CPP",
        )
    return None


def r06(f: Faits) -> Constat | None:
    if f.cadre != "DOUANE_ADM" or f.qualite != "AG_DOUANE" or f.type_acte in HORS_ARTICLE_65:
        return None
    if f.type_acte in MEDICAUX:
        return bloquant(
            "R-06", "L’article 65 ne lève pas le secret médical.", "type_acte", "art. 65 du code des douanes"
        )
    if not f.ordre_ecrit and not f.grade_controleur:
        return bloquant("R-06", "Joignez l’ordre écrit d’un inspecteur, ou confirmez le grade de contrôleur.", "appui")
    return None


def r07(f: Faits) -> Constat | None:
    """Of traces, the row cites these articles: who names no other rests on them alone."""
    articles = set(ARTICLE.findall(f.articles_cites))
    muette = f.traces_medicales and f.cadre in {"FLAG", "PRELIM", "CR"}
    seul = articles <= PAR_VOIE_TELEMATIQUE and (bool(articles) or muette)
    if (f.type_acte == "DOSSIER" or f.traces_medicales) and seul:
        return bloquant(
            "R-07",
            "Cet article ne vise pas ce qu’un secret protège. Visez 60-1, 77-1-1 ou 99-3, ou saisissez.",
            "articles_cites",
        )
    return None


def r08(f: Faits) -> Constat | None:
    """The decree is joined, says the urgency and until when it holds."""
    if f.cadre != "PREFET":
        return None
    texte = "art. L. 2215-1 CGCT"
    if not f.ordre_ecrit:
        return bloquant("R-08", "Joignez l’arrêté motivé et signé.", "appui", texte)
    if not f.arrete_motif.strip():
        return bloquant("R-08", "Écrivez l’urgence que l’arrêté invoque.", "arrete_motif", texte)
    if f.arrete_jusqu_au is None:
        return bloquant("R-08", "Dites jusqu’à quand l’arrêté réquisitionne.", "arrete_jusqu_au", texte)
    if f.arrete_jusqu_au < f.recue_le:
        return bloquant("R-08", "La durée de l’arrêté est déjà écoulée.", "arrete_jusqu_au", texte)
    return None


def r09(f: Faits) -> Constat | None:
    if f.inopinee:
        return None
    if f.hors_portail:
        if f.authentifiee:
            return None
        return bloquant("R-09", "Reçue hors de Trait d’union : rappelez d’abord le service, au numéro de l’annuaire.")
    if not f.compte_actif or not f.service_correspond:
        return bloquant("R-09", "Le compte de l’émetteur n’est plus rattaché à ce service.")
    if not f.qualite or f.qualite != f.qualite_du_compte:
        return bloquant("R-09", "La qualité judiciaire annoncée n’est pas celle du compte.")
    return None


def r10(f: Faits) -> Constat | None:
    if not f.orale or f.confirmation_le:
        return None
    if f.maintenant.astimezone(UTC) - f.recue_le.astimezone(UTC) > JOUR:
        return alerte("R-10", "La confirmation écrite est attendue depuis plus de 24 heures.", "orale")
    return alerte(
        "R-10", f"Demande orale ({f.orale_motif or 'motif non donné'}) : confirmation écrite sous 24 heures.", "orale"
    )


def r19(f: Faits) -> Constat | None:
    """Blocking for pictures, which the law erases; what else disappears is frozen by agreement, hence an alert."""
    objet = type_acte(f.type_acte).gel
    if not objet:
        return None
    gele, images = REGLES[objet], objet == "VIDEO"
    constat, texte = (bloquant, "art. L. 252-5 CSI") if images else (alerte, "")
    if f.ecrasement_le and f.ecrasement_le <= f.maintenant and not f.gel_confirme:
        passee = f"{gele.elements} ont atteint leur date limite sans gel confirmé."
        return constat("R-19", passee, "periode_du" if images else "", texte)
    if f.gel_le is None or _ecart(f.recue_le, f.gel_le) > HEURE:
        # Kept in time all the same: late is written down, and bars nothing.
        constat = alerte if f.gel_confirme else constat
        return constat("R-19", "Le gel doit être ordonné dans l’heure qui suit la réception.", reference=texte)
    if not f.gel_confirme:
        return alerte("R-19", f"Le gel n’est pas encore confirmé par {gele.gardee_par}.")
    return None


def _ecart(debut: datetime, fin: datetime) -> timedelta:
    """Time that passed, not the difference of two clocks."""
    return fin.astimezone(UTC) - debut.astimezone(UTC)


def r20(f: Faits) -> Constat | None:
    objet = type_acte(f.type_acte).gel
    if not objet or f.gel_confirme or f.ecrasement_le is None or not jalon(_ecart(f.maintenant, f.ecrasement_le)):
        return None
    gele = REGLES[objet]
    return alerte(
        "R-20", f"{gele.elements} {gele.finissent} dans moins de cinq jours\u00a0: relancez {gele.gardee_par}."
    )


def r23(f: Faits) -> Constat | None:
    """Received: a judicial authority decides, and nobody is asked a pubertal examination."""
    if f.type_acte != "AGE":
        return None
    if f.vise_pubertaire:
        return bloquant("R-23", "La loi interdit l’examen pubertaire.", "mission", "art. 388 du code civil")
    if f.qualite not in {"PR", "SUBSTITUT", "JI", "JUGE"} and not (f.magistrat and f.autorisation_le):
        return bloquant(
            "R-23",
            "Il manque la décision de l’autorité judiciaire.",
            "autorisation_magistrat",
            "art. 388 du code civil",
        )
    if f.qualite not in {"PR", "SUBSTITUT", "JI"} and f.titre is None and not f.ordre_ecrit:
        return bloquant("R-23", "Joignez la décision de l’autorité judiciaire.", "appui", "art. 388 du code civil")
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
