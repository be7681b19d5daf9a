"""A search without a name: criteria precise enough for one person, and an answer that names nobody protected."""

from accounts.roles import Role
from dossiers.classes import Classe
from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe

TROUVEES = "trouvees"
RECH_CRIT = TypeActe(
    code="RECH_CRIT",
    libelle="Recherche sans nom, sur critères",
    choix="Recherche sans nom, sur critères (heure, âge, sexe, blessure)",
    titre="Recherche sans nom, sur critères",
    famille=Famille.ADMINISTRATIVE,
    executant="CHV-ARCH",
    preparent=(Role.ARCHIVES, Role.JURISTE, Role.GARDE),
    preparation="La recherche est faite par les archives et l’information médicale, ou par les affaires juridiques.",
    ligne_executant="Recherche sur critères",
    personne=False,
    periode=True,
    criteres=True,
    manuel=False,
    ecrit="Réponse à une recherche sur critères",
    rappel="Cherchez sur tous les critères à la fois. Donnez l’identité seule\u00a0: ni service, ni soin, ni blessure. "
    "Qui est soigné sous anonymat ou protégé n’est jamais dans la liste\u00a0: prévenez les affaires juridiques.",
    volet=(
        Champ("registres", "Registres consultés", Genre.TEXTE, requis=True, aide="Le requérant ne le lit pas."),
        Champ(
            "resultat",
            "Résultat",
            Genre.CHOIX,
            choix=(
                ("aucune", "Aucune personne ne correspond"),
                (TROUVEES, "Une ou plusieurs personnes correspondent"),
                ("trop_large", "Trop de personnes : critères à préciser"),
            ),
            requis=True,
            imprime=True,
        ),
        Champ(
            "identites",
            "Personnes trouvées",
            Genre.LONG,
            classe=Classe.IDENTITE,
            requis_si=("resultat", TROUVEES),
            imprime=True,
            aide="Si des personnes correspondent, une par ligne\u00a0: nom, prénom, date de naissance.",
        ),
        Champ(
            "ecartee",
            "Une personne protégée correspond aussi, et n’est pas dans la liste",
            Genre.OUI,
            classe=Classe.IDENTITE,
            aide="Le requérant ne le lit pas. Les affaires juridiques décident avec le parquet.",
        ),
    ),
)
