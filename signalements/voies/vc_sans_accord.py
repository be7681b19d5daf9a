"""Violences dans le couple, without the person's agreement: article 226-14, 3°."""

from signalements.voies.feuilles import INFORMATION, RESSOURCES
from signalements.voies.modele import ADULTE, DE_COUPLE, PARQUET, SOCLE, Alternative, Ecrit, Voie

VOIE = Voie(
    code="VC_SANS_ACCORD",
    libelle="Violences dans le couple",
    icone="heart",
    resume="sans accord",
    fiche_code="violences-couple",
    bases=("CP-226-14-3",),
    base_libelle="Code pénal, article 226-14, 3°",
    base_resume="Sans l’accord de la personne. Danger immédiat et emprise.",
    caractere="PERMISSION",
    urgence="IMMEDIATE",
    destinataires=PARQUET,
    destinataire_defaut="PARQUET-PERM",
    blocs=DE_COUPLE | {"couple", "grilles", "appreciation", "information", "abri_couple"},
    controles=(*SOCLE, "C02", "C03", "C04", "C31", "C32", "C35", "C36", "C41", "C47", "C57", "C62", "C63"),
    ecrit=Ecrit(
        intitule="Signalement au procureur de la République",
        objet="Personne majeure victime de violences au sein du couple",
        attention="Madame ou Monsieur le procureur de la République",
        declaration="Je porte à votre connaissance les éléments suivants, recueillis dans l’exercice de ma profession.",
        attestation=(
            "J’estime en conscience que les violences décrites mettent la vie de cette personne majeure en danger "
            "immédiat et qu’elle n’est pas en mesure de se protéger, en raison de la contrainte morale qui résulte de "
            "l’emprise exercée sur elle. J’ai fait mon possible pour obtenir son accord. Sa réponse et son information "
            "figurent au point 5."
        ),
    ),
    ages=ADULTE,
    si_mineur="MINEUR_SIGNALEMENT",
    alternatives=(
        Alternative(
            "MAJEUR_AVEC_ACCORD",
            "Elle accepte\u00a0? Poursuivez avec son accord\u00a0: ce que vous avez écrit est conservé.",
            "Continuer avec son accord (226-14, 2°)",
        ),
    ),
    feuilles=(INFORMATION, RESSOURCES),
    titre_document="Signalement au procureur de la République – majeur victime de violences au sein du couple",
    consequences=(
        "Informer le procureur sans son accord.",
        "Vous devez d’abord chercher à l’obtenir.",
        "En cas de refus, vous devez l’informer du signalement.",
    ),
    convient=(
        "La personne est majeure.",
        "Les violences viennent de son conjoint, concubin ou partenaire, actuel ou ancien.",
        "Vous l’avez vous-même examinée.",
        "Vous pensez que sa vie est en danger immédiat et qu’une emprise l’empêche de se protéger.",
    ),
    texte_article=(
        "Le texte permet au professionnel de santé d’informer le procureur lorsqu’il estime, en conscience, que les "
        "violences mettent la vie de la personne majeure en danger immédiat et qu’elle ne peut pas se protéger à "
        "cause de l’emprise exercée sur elle. Il demande de s’efforcer d’obtenir son accord et, à défaut, de "
        "l’informer du signalement."
    ),
)
