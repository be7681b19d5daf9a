"""Seizure of a record or of objects: the Ordre summoned, an inventory, closed seals, a copy kept."""

from accounts.roles import Role
from requisitions.ins import ComparaisonIns
from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe

TITRE_DE_SAISIE = "Assentiment écrit ou ordonnance du juge"
PERQUISITION, REMISE = "perquisition", "remise"
DEBUT = Champ("debut", "Début", Genre.MOMENT, requis=True, imprime=True)
SAISIE = TypeActe(
    code="SAISIE",
    libelle="Saisie d’un dossier ou d’objets",
    choix="Saisie ou perquisition (dossier, objets)",
    titre="Saisie d’un dossier ou d’objets",
    famille=Famille.MEDICALE,
    preparent=(Role.JURISTE, Role.GARDE, Role.DIRECTION),
    manuel=False,
    ecrit="Inventaire de la saisie",
    ligne_executant="Opération à accueillir dans l’établissement",
    justificatif=TITRE_DE_SAISIE,
    copie_prealable=True,
    inventaire=True,
    rappel="Sans magistrat présent à une perquisition : appelez les affaires juridiques et le parquet, "
    "faites-le écrire au procès-verbal. Ne vous opposez jamais physiquement.",
    volet=(
        Champ(
            "operation",
            "Opération",
            Genre.CHOIX,
            choix=(
                ("saisie_cr", "Saisie sur commission rogatoire"),
                ("saisie_requisition", "Saisie sur réquisition autorisée"),
                (PERQUISITION, "Perquisition"),
                (REMISE, "Remise volontaire"),
                ("objet", "Saisie d’un objet, d’un effet, d’un produit"),
            ),
            requis=True,
            imprime=True,
        ),
        Champ(
            "magistrat_present",
            "Un magistrat est présent",
            Genre.OUI,
            imprime=True,
            papier="Magistrat présent",
            dit_non=True,
        ),
        Champ("magistrat", "Son nom et sa fonction", Genre.TEXTE, imprime=True, papier="Magistrat"),
        Champ("magistrat_arrive_le", "Magistrat arrivé le", Genre.MOMENT, papier="Magistrat arrivé"),
        Champ("garde_appelee_le", "Administrateur de garde appelé le", Genre.MOMENT, papier="Garde appelée"),
        Champ("garde_arrivee_le", "Administrateur de garde arrivé le", Genre.MOMENT, papier="Garde arrivée"),
        Champ("appel_parquet_le", "Sans magistrat : parquet appelé le", Genre.MOMENT, papier="Parquet appelé"),
        Champ(
            "titre",
            "Titre en préliminaire",
            Genre.CHOIX,
            choix=(
                ("assentiment", "Assentiment écrit"),
                ("ordonnance", "Ordonnance du juge"),
                ("aucun", "Aucun n’est présenté"),
                ("sans_objet", "Sans objet"),
            ),
        ),
        Champ(
            "accord_medecin",
            "Remise volontaire d’un dossier : médecin qui l’accepte par écrit",
            Genre.TEXTE,
            aide="Titre, prénom et nom. Sans son accord, aucun dossier médical ne part ainsi.",
            papier="Accord écrit du médecin",
        ),
        Champ("accord_medecin_le", "Son accord écrit, le", Genre.MOMENT, papier="Accord écrit donné"),
        Champ("ordre_appele_le", "Astreinte de l’Ordre appelée le", Genre.MOMENT, papier="Ordre appelé"),
        Champ("ordre_arrive_le", "Représentant arrivé le", Genre.MOMENT, papier="Ordre arrivé"),
        Champ("ordre_representant", "Représentant de l’Ordre", Genre.TEXTE, imprime=True),
        Champ(
            "ordre_presence",
            "L’Ordre",
            Genre.CHOIX,
            choix=(("present", "Présent"), ("excuse", "Excusé"), ("absent", "Absent")),
            imprime=True,
        ),
        Champ("ordre_motif", "S’il n’est pas venu : motif", Genre.TEXTE, imprime=True, papier="Motif de son absence"),
        Champ(
            "identite_verifiee",
            "Le dossier est bien celui de la personne désignée",
            Genre.OUI,
            aide="Nom, prénoms, date de naissance.",
            papier="Identité vérifiée",
        ),
        Champ(
            "ins",
            "Comparaison de l’INS et des traits",
            Genre.CHOIX,
            choix=tuple((issue.value, str(issue.label)) for issue in ComparaisonIns),
            aide="N’écrivez jamais le numéro INS.",
            requis_si=("identite_verifiee", True),
            papier="INS et traits",
        ),
        Champ("homonyme_ecarte", "Aucun homonyme, ou homonyme écarté", Genre.OUI, papier="Homonymes écartés"),
        Champ(
            "lieu",
            "Lieu",
            Genre.TEXTE,
            requis=True,
            aide="Bâtiment, bureau ou archives. Jamais un service de soins.",
        ),
        Champ("presents", "Présents et qualités", Genre.LONG, aide="Une personne par ligne : nom et qualité."),
        DEBUT,
        Champ("fin", "Fin", Genre.MOMENT, imprime=True, aide="Exigée avant la remise."),
    ),
)


def est_perquisition(operation: str, *, inopinee: bool, precision: str) -> bool:
    """By what was announced, how it came, or what was noted on the spot: one is enough, whatever the other says."""
    return inopinee or PERQUISITION in {operation, precision}
