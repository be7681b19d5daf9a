"""Rules that §13 does not number: the column « Autor. » (§12, T-01 and T-02), who is heard (§3, T-05 and T-06), the
urgency confirmed (T-10).
"""

from requisitions.controles.modele import Faits, alerte, bloquant
from requisitions.controles.titre import hors_du_titre
from transitions.verdict import Constat

PARQUET = frozenset({"PR", "SUBSTITUT"})
MAGISTRATS = PARQUET | {"JI", "JUGE"}
MANQUES = {
    "procureur": "Il manque l’autorisation du procureur : notez le magistrat, le jour et l’heure.",
    "instruction": "Il manque l’autorisation du procureur : notez le magistrat, le jour et l’heure.",
    "instructions": "Il manque les instructions du procureur : notez le magistrat, le jour et l’heure.",
    "decision": "Il manque la décision du magistrat : notez son nom, le jour et l’heure.",
}
# Held by a control of their own, and the search when it is done.
AILLEURS = frozenset({"CR", "MORT74", "DISP"})
ACTES_AILLEURS = frozenset({"INCORP", "AGE", "SAISIE"})
PROPOSE = frozenset({"accepte", "decline"})
A_PROTEGER = frozenset({"mise_en_cause", "victime"})


def audition(f: Faits) -> Constat | None:
    """What a fitness certificate must say before it leaves; who is heard and when is the session's own control."""
    if f.type_acte != "AUD_PAT" or not f.volet:
        return None
    avis, accord, le = (str(f.volet.get(nom) or "") for nom in ("aptitude", "accord_patient", "aptitude_le"))
    reevaluation, jusqu_a = (str(f.volet.get(nom) or "") for nom in ("reevaluation_le", "valable_jusqu_a"))
    if avis == "inapte" and not reevaluation:
        return bloquant("T-05", "Dites quand l’avis sera réévalué.", "reevaluation_le")
    if reevaluation and reevaluation <= le:
        return bloquant("T-05", "La réévaluation suit l’avis.", "reevaluation_le")
    if jusqu_a and jusqu_a <= le:
        return bloquant("T-05", "L’avis cesse de valoir après l’heure où il est donné.", "valable_jusqu_a")
    if avis == "conditions" and not f.volet.get("conditions"):
        return bloquant("T-05", "Écrivez les conditions de l’audition.", "conditions")
    if f.cadre == "PRELIM" and accord == "sans_objet":
        return bloquant("T-05", "En préliminaire, la personne donne son accord ou refuse.", "accord_patient")
    return None


def audition_professionnel(f: Faits) -> Constat | None:
    """No professional goes before an investigator without being told of secrecy, accompaniment and hierarchy."""
    if f.type_acte != "AUD_PRO" or not f.volet:
        return None
    if not f.volet.get("secret_rappele"):
        return bloquant("T-06", "Remettez au professionnel la note sur ses droits et le secret.", "secret_rappele")
    if f.volet.get("accompagnement") not in PROPOSE:
        return bloquant("T-06", "Proposez d’abord au professionnel d’être accompagné.", "accompagnement")
    if not f.volet.get("hierarchie"):
        return bloquant("T-06", "Informez sa hiérarchie, sans le motif.", "hierarchie")
    if f.volet.get("lieu") == "hopital" and not str(f.volet.get("lieu_motif") or "").strip():
        return bloquant(
            "T-06", "Écrivez pourquoi l’audition se tient à l’hôpital\u00a0: c’est l’exception.", "lieu_motif"
        )
    if f.volet.get("entendu") in A_PROTEGER and f.volet.get("protection") == "sans_objet":
        # They may decline it, or the facts have nothing to do with their work: whoever goes on says so.
        dite = "Mis en cause ou victime\u00a0: proposez-lui la protection fonctionnelle, elle n’est pas sans objet."
        return alerte("T-06", dite, "protection")
    return None


def ecrit_exige(f: Faits) -> Constat | None:
    """Row 13: a sample taken under constraint in flagrance is required in writing, once the prosecutor has spoken."""
    if f.type_acte != "PREL_AUTRE" or f.cadre != "FLAG" or not f.orale or f.confirmation_le:
        return None
    return bloquant("T-02", "Ce prélèvement se requiert par écrit, après les instructions du procureur.", "orale")


def urgence(f: Faits) -> Constat | None:
    """Nobody alone hurries a hospital: a second officer or a magistrate says it too, or whoever validates says why not.

    It delays nothing.
    """
    if not f.urgente or f.urgence_confirmee or f.qualite in MAGISTRATS:
        return None
    return alerte("T-10", "Un second officier ou un magistrat n’a pas encore confirmé l’urgence.", "urgence")


def visee_par_r01(cadre: str, type_acte: str) -> bool:
    return cadre in {"PRELIM", "DOUANE_JUD"} and type_acte != "EX_GAV"


def autorisation_due(cadre: str, type_acte: str, admise: str) -> bool:
    """Whether the row alone, and no numbered control, wants a magistrate behind the demand."""
    if visee_par_r01(cadre, type_acte) or cadre in AILLEURS or type_acte in ACTES_AILLEURS:
        return False
    return admise in MANQUES


def autorisation(f: Faits) -> Constat | None:
    """The column « Autor. » of the table, in the frames that R-01, R-04 and R-05 do not read."""
    if not autorisation_due(f.cadre, f.type_acte, f.autorisation_admise):
        return None
    if f.qualite in (MAGISTRATS if f.autorisation_admise == "decision" else PARQUET):
        return None
    if f.titre and (manque := hors_du_titre(f.titre, f, "autorisation")):
        return bloquant("T-01", manque, "titre")
    if not (f.magistrat and f.autorisation_le):
        champ = "autorisation_le" if f.magistrat else "autorisation_magistrat"
        return bloquant("T-01", MANQUES[f.autorisation_admise], champ)
    return None
