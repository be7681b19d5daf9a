"""An adult who agrees that the prosecutor be told: article 226-14, 2°."""

from signalements.voies.modele import PARQUET, Voie

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
    blocs=frozenset({"contexte", "accord_ecrit", "represailles"}),
    controles=("C01", "C05", "C06", "C07", "C57", "C60", "C61", "C62", "C63"),
    gabarit="pdf/signalement_accord.html",
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
    obligatoires=frozenset({"contexte", "agression_sexuelle", "danger_immediat", "accord", "contact_sur"}),
)
