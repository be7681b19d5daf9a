"""The blank form of a signalement, for the nights without network; entered afterwards as an ordinary draft."""

from dossiers.papier import Champ, FormulairePapier, Section

CODE = "SIG"
OUI_NON = ("Oui", "Non", "Ne sait pas")

FORMULAIRE = FormulairePapier(
    code=CODE,
    titre="Signalement d’une personne en danger",
    consigne="Danger immédiat : appelez d’abord le 17 ou le 15, puis la permanence du parquet. Écrivez ensuite. "
    "Remettez ce papier en main propre ; n’en laissez aucune copie dans le service.",
    reprise="Signalements, puis « Saisi d’après un formulaire papier »",
    sections=(
        Section(
            "Vous",
            (
                Champ("Nom, profession, service"),
                Champ("Numéro RPPS ou matricule"),
                Champ("Où vous rappeler"),
                Champ("Jour et heure de ce papier", aide="Les délais courent depuis cette heure."),
            ),
        ),
        Section(
            "La personne",
            (
                Champ("Nom et prénoms"),
                Champ("Date de naissance, ou âge approché"),
                Champ("Comment la joindre sans danger, et ce qu’il ne faut jamais utiliser", lignes=2),
            ),
        ),
        Section(
            "Les faits",
            (
                Champ("Jour et heure de votre examen"),
                Champ("Ce que vous avez vu, sans interprétation", lignes=6),
                Champ("Ce que la personne dit, entre guillemets", lignes=5),
                Champ("Certificat descriptif", cases=("Rédigé", "À rédiger")),
            ),
        ),
        Section(
            "Le danger et l’accord",
            (
                Champ("Danger immédiat", cases=OUI_NON),
                Champ("Emprise", cases=OUI_NON),
                Champ("Accord recherché", cases=("Oui", "Non")),
                Champ("Sa réponse", cases=("Accepte", "Refuse", "Ne peut pas répondre")),
                Champ("Informée du signalement", cases=("Oui", "Non, parce que :")),
                Champ("Ses paroles, ou le motif", lignes=2),
            ),
        ),
        Section(
            "L’envoi",
            (
                Champ("Appel au parquet : jour, heure, interlocuteur"),
                Champ("Papier remis à, le, à"),
                Champ("Signature"),
            ),
        ),
    ),
)
