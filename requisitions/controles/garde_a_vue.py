"""Controls of a custody: three hours (R-24), the examination of a minor (R-25), the retention of a child (R-26), and of
the certificate: conditions and their term (R-27), volet 1 alone and silent (R-28).
"""

from datetime import UTC, datetime, timedelta

from presentation.temps import NBSP
from requisitions.controles.indiscretions import diagnostic_devine
from requisitions.controles.modele import Faits, alerte, bloquant
from requisitions.minorite import ENFANT, RETENUE_LA_PLUS_LONGUE, TREIZE, examen_obligatoire
from transitions.verdict import Constat

TROIS_HEURES = timedelta(hours=3)
DEMANDE = "art. 63-3 CPP"
MINEUR = "art. L. 413-8 et L. 311-3 CJPM"
RETENUE = "art. L. 413-1 CJPM"
LUS_PAR_LE_REQUERANT = ("conditions", "retard_motif", "empechement_motif")


def r24(f: Faits) -> Constat | None:
    """Three hours from the request, that the requester or the doctor says; else from the reception, which follows."""
    if f.type_acte != "EX_GAV" or f.cadre == "PREFET":
        return None
    demande = f.heure_demande or _note(f, "heure_demande")
    debut = _note(f, "examen_le")
    tard = debut is not None and _ecart(demande or f.recue_le, debut) > TROIS_HEURES
    if tard and not str(f.volet.get("retard_motif") or "").strip():
        return alerte(
            "R-24",
            f"L’examen a commencé plus de 3{NBSP}heures après la demande{NBSP}: écrivez la circonstance insurmontable.",
            "retard_motif",
            DEMANDE,
        )
    if demande is None:
        dite = f"L’heure de la demande d’examen manque{NBSP}: les 3{NBSP}heures en partent."
        return alerte("R-24", dite, "heure_demande", DEMANDE)
    return None


def r25(f: Faits) -> Constat | None:
    """Received: said at once, so that nobody waits; once the doctor has written, the other one reads what."""
    if not f.volet and (raison := _obligatoire(f)):
        return alerte("R-25", f"Examen obligatoire dès le début de la mesure{NBSP}: {raison}.", reference=MINEUR)
    return None


def r25_execution(f: Faits) -> Constat | None:
    """Nothing is answered, refused or closed without the examination, unless what prevented it is written."""
    raison = _obligatoire(f)
    if not raison or f.volet.get("accord_personne") == "donne":
        return None
    if f.volet.get("empechement") and str(f.volet.get("empechement_motif") or "").strip():
        return None
    return bloquant(
        "R-25",
        f"Examen obligatoire ({raison}){NBSP}: examinez la personne, ou écrivez ce qui l’empêche.",
        "empechement",
        MINEUR,
    )


def r26(f: Faits) -> Constat | None:
    """Under ten, no measure; from ten to thirteen, a retention of twelve hours, and twelve more by exception."""
    retenue, mesure = f.statut_personne == "retenue_mineur", f.type_acte == "EX_GAV" and f.cadre != "PREFET"
    if not (mesure or retenue or f.statut_personne == "gav"):
        return None
    if f.age is not None and f.age < ENFANT:
        return bloquant("R-26", "Avant 10 ans, ni garde à vue ni retenue.", "naissance", RETENUE)
    if f.age is not None and f.age < TREIZE and not retenue:
        dite = f"De 10 à 13 ans, la mesure est une retenue, pas une garde à vue{NBSP}: corrigez la situation."
        return bloquant("R-26", dite, "statut_personne", RETENUE)
    if retenue and f.age is not None and f.age >= TREIZE:
        return bloquant("R-26", "La retenue ne vise que les 10 à 13 ans.", "statut_personne", RETENUE)
    if retenue and f.fin_mesure and _ecart(f.debut_mesure or f.recue_le, f.fin_mesure) > RETENUE_LA_PLUS_LONGUE:
        dite = f"La retenue dure 12{NBSP}heures, 24 au plus par exception{NBSP}: corrigez son début ou sa fin."
        return bloquant("R-26", dite, "fin_mesure", RETENUE)
    return None


def _obligatoire(f: Faits) -> str:
    return examen_obligatoire(
        f.type_acte, f.cadre, age=f.age, statut=f.statut_personne, adulte_injoignable=f.adulte_injoignable
    )


def _note(f: Faits, nom: str) -> datetime | None:
    """A moment of the volet."""
    return datetime.fromisoformat(str(f.volet[nom])) if f.volet.get(nom) else None


def _ecart(debut: datetime, fin: datetime) -> timedelta:
    """Time that passed, not the difference of two clocks."""
    return fin.astimezone(UTC) - debut.astimezone(UTC)


def r27(f: Faits) -> Constat | None:
    """« Sous conditions » says which, and until when."""
    if f.type_acte != "EX_GAV" or f.volet.get("conclusion") != "conditions":
        return None
    if not str(f.volet.get("conditions") or "").strip():
        return bloquant("R-27", "Compatible sous conditions\u00a0: écrivez au moins une condition.", "conditions")
    terme = str(f.volet.get("valable_jusqu_au") or "")
    if not terme:
        return bloquant("R-27", "Compatible sous conditions\u00a0: dites jusqu’à quand.", "valable_jusqu_au")
    if terme <= str(f.volet.get("examen_le") or ""):
        return bloquant("R-27", "Le terme des conditions suit l’examen.", "valable_jusqu_au")
    return None


def r28(f: Faits) -> Constat | None:
    """Volet 1 leaves alone, and names no illness. §13 makes it an alert: a doctor may have to write such a word."""
    if f.type_acte != "EX_GAV" or not f.volet:
        return None
    for champ in LUS_PAR_LE_REQUERANT:
        if diagnostic_devine(str(f.volet.get(champ) or "")):
            return alerte("R-28", "Ces mots laissent lire un diagnostic ou une alcoolémie\u00a0: volet 2.", champ)
    if len(f.tailles) > 1:
        return alerte("R-28", "Plusieurs pièces partiraient\u00a0: le volet 1 part seul, sans le volet médical.")
    return None
