"""An adult who agrees that the prosecutor be told: article 226-14, 2°."""

from signalements.voies.feuilles import RESSOURCES
from signalements.voies.modele import ADULTE, DE_COUPLE, PARQUET, SOCLE, Alternative, Ecrit, Voie

VOIE = Voie(
    code="MAJEUR_AVEC_ACCORD",
    libelle="Majeur victime, avec accord",
    icone="user",
    resume="avec accord",
    fiche_code="majeur-avec-accord",
    bases=("CP-226-14-2",),
    base_libelle="Code pénal, article 226-14, 2°",
    base_resume="Avec l’accord écrit de la personne.",
    caractere="PERMISSION",
    urgence="JOUR",
    destinataires=PARQUET,
    destinataire_defaut="PARQUET-PERM",
    blocs=DE_COUPLE | {"contexte", "accord_ecrit", "represailles"},
    controles=(*SOCLE, "C05", "C31", "C32", "C35", "C36", "C37", "C41", "C47", "C57", "C62", "C63"),
    ecrit=Ecrit(
        intitule="Signalement au procureur de la République",
        objet="Personne majeure victime, qui donne son accord",
        attention="Madame ou Monsieur le procureur de la République",
        declaration=(
            "Avec l’accord exprès de la personne, je porte à votre connaissance les éléments suivants, constatés dans "
            "l’exercice de ma profession."
        ),
        attestation=(
            "Je transmets ce signalement en conscience. La personne m’a donné un accord écrit et daté, dont l’étendue "
            "figure au point 5. Elle pouvait le retirer jusqu’à l’envoi."
        ),
    ),
    pages={"danger": ("Danger", "Ce que vous appréciez, et ce qu’elle craint. Rien n’est décidé à votre place.")},
    ages=ADULTE,
    si_mineur="MINEUR_SIGNALEMENT",
    alternatives=(
        Alternative(
            "VC_SANS_ACCORD",
            "Elle refuse, au sein du couple, en danger immédiat et sous emprise\u00a0? Une autre base légale existe.",
            "Continuer sans son accord (226-14, 3°)",
        ),
        Alternative(
            "MAJEUR_VULNERABLE_PR",
            "Son état l’empêche de se protéger\u00a0? Son accord n’est alors pas nécessaire.",
            "Continuer\u00a0: personne hors d’état de se protéger",
        ),
    ),
    feuilles=(RESSOURCES,),
    titre_document="Signalement au procureur de la République – majeur victime, avec son accord",
    consequences=(
        "Informer le procureur de ce que vous avez constaté.",
        "La personne décide seule. Elle peut retirer son accord jusqu’à l’envoi.",
        "L’accord vaut pour cet épisode.",
    ),
    convient=(
        "La personne est majeure et peut décider elle-même.",
        "Vous avez constaté des sévices ou des privations dans votre exercice.",
        "Elle donne un accord écrit et daté.",
    ),
    texte_article=(
        "Le texte permet au professionnel de santé, avec l’accord de la personne majeure, de porter à la connaissance "
        "du procureur les sévices ou privations qu’il a constatés et qui font présumer des violences."
    ),
)
