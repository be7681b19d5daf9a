"""The blank forms that belong to no case: the night's calls, and the hand-over of the morning."""

from dossiers.papier import Champ, FormulairePapier, Section

APPELS = FormulairePapier(
    code="APP",
    titre="Registre des appels de nuit",
    consigne="Une ligne par appel, reçu ou donné. Aucun nom de patient : une initiale et un repère suffisent.",
    reprise="Classez cette feuille ; reportez les appels utiles dans les dossiers concernés",
    colonnes=("Heure", "Appelant, service", "Appelé, numéro", "Objet, sans nom", "Réponse, suite", "Visa"),
    hospitalier=False,
)
TRANSMISSION = FormulairePapier(
    code="TRA",
    titre="Fiche de transmission",
    consigne="De l’équipe qui part à celle qui arrive. Dites ce qui attend une réponse, et de qui.",
    reprise="Remettez-la en main propre, puis détruisez-la quand tout est saisi",
    hospitalier=False,
    sections=(
        Section(
            "Les équipes",
            (
                Champ("De (nom, fonction, service)"),
                Champ("À (nom, fonction, service)"),
                Champ("Jour et heure de la transmission"),
                Champ("Panne commencée le, à"),
            ),
        ),
        Section(
            "Les papiers remplis",
            (
                Champ("Numéros imprimés des formulaires remplis", lignes=4),
                Champ("Formulaires encore à saisir", lignes=3),
            ),
        ),
        Section(
            "Ce qui attend",
            (
                Champ("Réponses attendues, de qui, avant quand", lignes=6),
                Champ("Consignes des partenaires", lignes=4),
                Champ("Signatures"),
            ),
        ),
    ),
)
