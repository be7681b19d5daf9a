"""What every certificate that is handed over shares: who asks for it, where it is written, to whom it is given."""

from typing import Any

from signalements.champs import Genre, Propre
from signalements.voies.feuilles import RESSOURCES
from signalements.voies.modele import Mots

REQUISITION, OUI = "REQUISITION", "OUI"
AUTORITE, REPRESENTANT, TIERS = "AUTORITE_REQUERANTE", "REPRESENTANT_LEGAL", "TIERS"
REMIS_A = (
    ("VICTIME", "À la personne elle-même"),
    (REPRESENTANT, "À son représentant légal, qui n’est pas en cause"),
    (AUTORITE, "À l’autorité qui l’a requis par écrit"),
    (TIERS, "À quelqu’un d’autre\u00a0: conjoint, proche, enquêteur sans réquisition"),
)
PERSONNE = (
    Propre(
        "identite_verifiee",
        "personne",
        "Son identité est",
        Genre.CHOIX,
        (("PIECE", "Vérifiée sur une pièce"), ("DECLARATIVE", "Déclarée par la personne"), ("NON", "Non vérifiée")),
        erreur="Dites si l’identité est vérifiée.",
    ),
    Propre(
        "representant_present",
        "personne",
        "Représentant présent, et son lien",
        Genre.LIGNE,
        aide="Pour un mineur ou un majeur protégé. Son lien suffit.",
    ),
    Propre(
        "interprete",
        "personne",
        "Avec un interprète",
        Genre.OUI_NON,
        aide="Jamais quelqu’un de l’entourage.",
        erreur="Dites si un interprète était présent.",
    ),
)
CADRE = (
    Propre(
        "cadre",
        "faits",
        "Qui demande ce certificat\u00a0?",
        Genre.CHOIX,
        (("DEMANDE_VICTIME", "La personne"), (REQUISITION, "Une autorité, par réquisition écrite")),
        erreur="Dites qui demande ce certificat.",
    ),
    Propre(
        "requisition",
        "faits",
        "Réquisition\u00a0: autorité, date, numéro",
        Genre.LIGNE,
        aide="Gardez l’original et un double au dossier médical.",
        requis_si=("cadre", frozenset({REQUISITION}), "Notez l’autorité, la date et le numéro de la réquisition."),
    ),
    Propre(
        "lieu_examen",
        "faits",
        "Lieu de l’examen",
        Genre.LIGNE,
        aide="Par exemple\u00a0: urgences, salle d’examen.",
        erreur="Indiquez le lieu de l’examen.",
    ),
)
NUMERO = (
    Propre(
        "numero_certificat",
        "faits",
        "Numéro du certificat pour ces faits",
        Genre.NOMBRE,
        aide="1 pour le premier, 2 pour une réévaluation.",
        erreur="Indiquez 1 pour un premier certificat.",
    ),
)
# The common fields of a report that a certificate has no use for.
RETIRES = frozenset(
    {"certificat", "contact_sur", "contact_interdit", "commune_faits", "auteur_nom", "auteur_prenoms", "auteur_designe"}
)
APRES = (
    "Gardez le double au dossier médical, hors du portail du patient.",
    "Un enquêteur le demande\u00a0: il faut une réquisition. Elle se traite dans «\u00a0Réquisitions\u00a0».",
    "Un certificat déjà remis ne se corrige pas\u00a0: établissez-en un autre, numéroté.",
)
# What is the same in the voie of each: no recipient, the doctor alone, the same article.
COMMUN: dict[str, Any] = {
    "icone": "file",
    "resume": "remis en main propre",
    "bases": ("CSP-R4127-76", "CSP-R4127-28"),
    "base_libelle": "Code de la santé publique, article R. 4127-76",
    "caractere": "SANS_BASE",
    "urgence": "ORDINAIRE",
    "destinataires": frozenset(),
    "destinataire_defaut": "",
    "au_destinataire": "",
    "professions": frozenset({"MEDECIN"}),
    "mots": Mots("Certificat"),
    "feuilles": (RESSOURCES,),
    "texte_article": "Le médecin rédige le certificat que la personne peut demander, en français, daté et signé.",
    "apres": APRES,
}
