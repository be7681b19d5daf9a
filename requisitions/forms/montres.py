"""What the page of the deposit shows: the rest is neither checked nor kept, whatever was typed before."""

from collections.abc import Set
from typing import Any

from dossiers.models.dossier import Urgence
from requisitions.forms.cadres import SELON_CADRE, demande
from requisitions.forms.criteres import CRITERES
from requisitions.models import LigneDecision, Requisition
from requisitions.table import declarable
from requisitions.types_acte import Famille, type_acte

PERIODE = frozenset({"periode_du", "periode_au"})
IDENTITE = frozenset({"nom", "prenoms", "naissance", "naissance_inconnue", "age_declare"})
PERSONNE = IDENTITE | {"statut_personne", "majeur_protege", "interprete"}
MESURE = frozenset({"debut_mesure", "heure_demande", "adulte_injoignable"})
CRENEAU = frozenset({"creneau_du", "creneau_au"})
APPUI = frozenset({"appui", "ordre_ecrit"})
INSTRUCTION = frozenset({"instruction_reference", "instruction_du", "instruction_couvre", "procureur_informe"})
DANS_L_ORDRE = (
    "cadre", "cadre_autre", "titre", "autorisation_mode", "autorisation_magistrat", "autorisation_le",
    "instruction_reference", "instruction_du", "instruction_couvre", "procureur_informe", "cr_reference", "cr_date",
    "cr_juge", "cr_jusqu_au", "appui", "ordre_ecrit", "arrete_motif", "arrete_jusqu_au", "grade_controleur",
    "sous_controle_de", "num_procedure", "articles_cites", "qualification", "date_faits", "type_acte", "precision",
    "mission", "cible", "cameras", "periode_du", "periode_au", "critere_signe", "critere_sexe", "critere_age_min",
    "critere_age_max", "creneau_du", "creneau_au", "lieu_souhaite", "entendu_comme", "nom", "prenoms", "naissance",
    "naissance_inconnue", "age_declare", "statut_personne", "majeur_protege", "interprete", "debut_mesure",
    "heure_demande", "adulte_injoignable", "urgence", "fin_mesure", "delai_motif", "reponse_souhaitee_le",
    "canal_de_retour", "fichier", "orale", "orale_motif", "incomplet", "nouvelle",
)  # fmt: skip


def caches_par_l_acte(donnees: dict[str, Any]) -> Set[str]:
    """Hidden by the act, the urgency, or a written act; read before the row of the table, which they narrow."""
    acte = type_acte(donnees["type_acte"]) if donnees.get("type_acte") else None
    cadre, statut = donnees.get("cadre", ""), donnees.get("statut_personne", "")
    montres = {
        frozenset({"cible"}): acte is not None and bool(acte.gel),
        frozenset({"cameras"}): acte is not None and acte.code == "VIDEO",
        PERIODE: acte is not None and acte.periode,
        frozenset(CRITERES): acte is not None and acte.criteres,
        CRENEAU | {"lieu_souhaite"}: acte is not None and acte.famille == Famille.AUDITION,
        frozenset({"entendu_comme"}): acte is not None and acte.code == "AUD_PRO",
        PERSONNE: acte is None or acte.personne,
        frozenset({"age_declare"}): bool(donnees.get("naissance_inconnue")),
        MESURE: acte is not None and acte.code == "EX_GAV",
        frozenset({"precision"}): acte is not None and donnees.get("precision") == declarable(cadre, acte.code, statut),
        frozenset({"fin_mesure"}): donnees.get("urgence") == Urgence.IMMEDIATE,
        frozenset({"delai_motif"}): donnees.get("urgence") == Urgence.JOUR,
        frozenset({"orale_motif"}): bool(donnees.get("orale")),
    }
    return {champ for champs, montre in montres.items() if not montre for champ in champs}


def caches_par_le_cadre(donnees: dict[str, Any], ligne: LigneDecision | None) -> Set[str]:
    """Hidden by the frame, and by the way the prosecutor said yes."""
    cadre, acte = donnees.get("cadre", ""), donnees.get("type_acte", "")
    caches = {champ for champ in SELON_CADRE if not demande(champ, cadre, acte, ligne)}
    mode = donnees.get("autorisation_mode")
    if mode != Requisition.Autorisation.INSTRUCTION:
        caches |= INSTRUCTION
    orale = "autorisation_mode" not in caches and mode != Requisition.Autorisation.ECRITE and acte != "AGE"
    return caches | APPUI if orale or donnees.get("titre") else caches
