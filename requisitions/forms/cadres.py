"""What each frame calls for in the deposit, and who may invoke it."""

from accounts.roles import Role
from dossiers.models.dossier import Urgence
from requisitions.controles import (
    autorisation,
    ecrit_exige,
    r01,
    r02,
    r03,
    r04,
    r05,
    r06,
    r07,
    r08,
    r13_doctrine,
    r23,
    r26,
)
from requisitions.controles.personnes import MANQUES, autorisation_due
from requisitions.models import Cadre, LigneDecision

AUTRE = "AUTRE"
PRINCIPAUX = (Cadre.FLAG, Cadre.PRELIM, Cadre.CR)
AIDES_CADRE: dict[str, str] = {
    Cadre.FLAG: "Art. 60-1 du code de procédure pénale",
    Cadre.PRELIM: "Art. 77-1-1, sur autorisation du procureur",
    Cadre.CR: "Art. 99-3, sur délégation du juge",
    AUTRE: "Douanes, causes de la mort, disparition, route",
}
AIDES_URGENCE: dict[str, str] = {
    Urgence.IMMEDIATE: "Réponse sous 6 h au plus",
    Urgence.JOUR: "Réponse accélérée, à motiver",
    Urgence.ORDINAIRE: "Délai de la convention",
}
PARQUET = frozenset({Cadre.PRELIM, Cadre.MORT74, Cadre.DISP, Cadre.DOUANE_JUD})
# A copy is joined, or read in the very file of the demand.
COPIE = frozenset({Cadre.PRELIM, Cadre.CR, Cadre.DOUANE_ADM, Cadre.DOUANE_JUD, Cadre.PREFET, Cadre.DISP_ADM})
# Fields that only some frames call for; the style sheet hides them in step (requisitions.css).
SELON_CADRE = {
    "titre": PARQUET | {Cadre.CR},
    "autorisation_mode": frozenset({Cadre.PRELIM, Cadre.DOUANE_JUD}),
    "autorisation_magistrat": PARQUET,
    "autorisation_le": PARQUET,
    "instruction_reference": frozenset({Cadre.PRELIM}),
    "instruction_du": frozenset({Cadre.PRELIM}),
    "instruction_couvre": frozenset({Cadre.PRELIM}),
    "procureur_informe": frozenset({Cadre.PRELIM}),
    "cr_reference": frozenset({Cadre.CR}),
    "cr_date": frozenset({Cadre.CR}),
    "cr_juge": frozenset({Cadre.CR}),
    "cr_jusqu_au": frozenset({Cadre.CR}),
    "appui": COPIE,
    "ordre_ecrit": COPIE,
    "grade_controleur": frozenset({Cadre.DOUANE_ADM}),
    "arrete_motif": frozenset({Cadre.PREFET}),
    "arrete_jusqu_au": frozenset({Cadre.PREFET}),
}
MAGISTRAT = frozenset({"autorisation_magistrat", "autorisation_le"})
# Facts of the controls that the form asks under the same name.
VERIFIES = (
    "autorisation_mode", "autorisation_le", "instruction_reference", "instruction_du", "instruction_couvre",
    "procureur_informe", "cr_reference", "cr_date", "cr_juge", "cr_jusqu_au", "ordre_ecrit", "articles_cites",
    "grade_controleur", "arrete_motif", "arrete_jusqu_au", "statut_personne", "debut_mesure", "fin_mesure",
    "orale",
)  # fmt: skip
REGLES = (r01, r02, r03, r04, r05, r06, r07, r08, r13_doctrine, r23, r26, autorisation, ecrit_exige)
DU_FORMULAIRE = (
    "nom", "prenoms", "naissance", "age_declare", "fichier", "appui", "urgence", "cadre_autre", "incomplet", "nouvelle",
    "recue_le", "papier",
)  # fmt: skip


def demande(champ: str, cadre: str, acte: str, ligne: LigneDecision | None) -> bool:
    """The row, not the frame alone, may want a magistrate (§12, « Autor. »); R-23 wants one in every frame."""
    if cadre in SELON_CADRE[champ]:
        return True
    if champ in MAGISTRAT | {"appui", "ordre_ecrit"} and acte == "AGE":
        return True
    if ligne is None:
        return False
    if champ == "titre":
        return autorisation_due(cadre, ligne.type_acte, ligne.autorisation)
    return champ in MAGISTRAT and cadre != Cadre.CR and ligne.autorisation in MANQUES


def hors_de_son_cadre(roles: frozenset[Role], cadre: str) -> str:
    """The prefecture requires by its own decree, and nobody else does."""
    if Role.PREFECTURE in roles and cadre != Cadre.PREFET:
        return "La préfecture requiert par arrêté motivé : choisissez « Autre », puis « Réquisition du préfet »."
    if cadre == Cadre.PREFET and Role.PREFECTURE not in roles:
        return "Ce cadre est celui du préfet. Choisissez le vôtre."
    return ""
