"""Search for drugs inside the body: express consent, or a judge's decision that names the doctor, before the act."""

from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe
from requisitions.types_acte.medecin_requis import EXAMEN, IDENTITE, LIEN, SEUL

INCORP = TypeActe(
    code="INCORP",
    libelle="Recherche de stupéfiants dans le corps",
    choix="Recherche de stupéfiants dans le corps (imagerie)",
    titre="Recherche de stupéfiants dans le corps",
    famille=Famille.EXAMEN,
    executant="CHV-IMA",
    requis=True,
    ligne_executant="Imagerie requise",
    manuel=False,
    ecrit="Certificat de présence ou d’absence",
    rappel="Sans consentement exprès ni décision d’un magistrat, l’examen ne se fait pas. Un soin urgent se fait.",
    volet=(
        LIEN,
        SEUL,
        IDENTITE,
        Champ(
            "base",
            "L’examen est fait sur",
            Genre.CHOIX,
            choix=(
                ("consentement", "Le consentement exprès de la personne, écrit"),
                ("decision", "La décision d’un magistrat"),
                ("aucune", "Ni l’un ni l’autre : l’examen n’a pas eu lieu"),
            ),
            requis=True,
            imprime=True,
        ),
        Champ("base_le", "Consentement ou décision du", Genre.MOMENT, imprime=True),
        Champ("magistrat", "Magistrat qui a décidé", Genre.TEXTE, imprime=True),
        Champ("designe", "Je suis le médecin que la décision désigne", Genre.OUI),
        EXAMEN,
        Champ(
            "resultat",
            "Corps étrangers",
            Genre.CHOIX,
            choix=(("presence", "Présence"), ("absence", "Absence"), ("non_realise", "Examen non réalisé")),
            requis=True,
            imprime=True,
            aide="Le requérant ne lit que cela : ni image, ni autre découverte.",
        ),
    ),
)
