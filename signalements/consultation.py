"""The letter for somebody who neither wrote nor receives it: each line by the class of what it says."""

from convention.acteur import Acteur
from dossiers.classes import Classe, recoit
from signalements.contenu import Lu
from signalements.models import Signalement
from signalements.recapitulatif import Ligne, Section, sections

_SOCIALES = (
    "Date des faits",
    "Lieu des faits",
    "Contexte",
    "Auteur désigné",
    "Crainte de représailles",
    "Accord recherché",
    "Réponse",
    "Ses mots",
    "Accord écrit",
    "L’accord couvre",
    "Information de la personne",
    "Hébergement",
    "Auteur désigné sur le site",
    "Plainte",
)
_IDENTITES = ("Identité", "Naissance", "Âge", "Sexe", "Joindre sans risque", "À ne jamais utiliser")
_MEDICALES = (
    "Grossesse",
    "Examen",
    "Violences décrites",
    "Agression sexuelle",
    "Constatations",
    "Paroles rapportées",
    "Certificat",
    "Danger immédiat",
    "Ce qui fonde le danger",
    "Signes de danger",
    "Emprise",
    "Ce qui fonde l’emprise",
    "Signes d’emprise",
    "Mesures prises",
    "Pièce",
)
CLASSES = {
    **dict.fromkeys(_SOCIALES, Classe.SOCIAL),
    **dict.fromkeys(_IDENTITES, Classe.IDENTITE),
    **dict.fromkeys(_MEDICALES, Classe.MEDICAL),
}


def _classe(ligne: Ligne) -> Classe | None:
    return ligne.classe or CLASSES.get(ligne.libelle) or Signalement.CLASSES.get(ligne.champ)


def sections_pour(lu: Lu, acteur: Acteur) -> list[Section]:
    """The lines this reader's roles receive, identities masked; a line without a class is not shown."""
    lisibles = [
        Section(
            section.titre,
            section.etape,
            [ligne for ligne in section.lignes if (classe := _classe(ligne)) and recoit(acteur.roles, classe)],
        )
        for section in sections(lu)
    ]
    return [section for section in lisibles if section.lignes]


def titre_pour(lu: Lu, acteur: Acteur) -> str:
    """The route says what happened: it is read by those who may read the facts."""
    return lu.voie.libelle if recoit(acteur.roles, Classe.SOCIAL) else "Signalement"
