"""An adult who cannot protect himself: to the prosecutor. Article 226-14, 1°."""

from signalements.voies.modele import ADULTE, PARQUET, SOCLE, Alternative, Ecrit, Voie
from signalements.voies.vulnerable import PAGES, PROPRES, VERS_ACCORD

VOIE = Voie(
    code="MAJEUR_VULNERABLE_PR",
    libelle="Personne vulnérable maltraitée",
    icone="cane",
    resume="au procureur",
    fiche_code="personne-vulnerable",
    bases=("CP-226-14-1", "CP-226-14-2"),
    base_libelle="Code pénal, article 226-14, 1°",
    base_resume="Sans accord\u00a0: la personne n’est pas en mesure de se protéger.",
    caractere="DEVOIR_DEONTOLOGIQUE",
    urgence="JOUR",
    destinataires=PARQUET,
    destinataire_defaut="PARQUET-PERM",
    blocs=frozenset({"danger", "certificat", "plainte"}),
    propres=PROPRES,
    pages=PAGES,
    ages=ADULTE,
    si_mineur="MINEUR_SIGNALEMENT",
    professions=None,
    alternatives=(
        Alternative(
            "MAJEUR_VULNERABLE_ARS",
            "Ni infraction grave ni danger\u00a0? La cellule de l’ARS peut traiter la situation.",
            "Continuer vers la cellule de l’ARS",
        ),
        VERS_ACCORD,
    ),
    controles=(*SOCLE, "C13", "C15", "C31", "C32", "C35", "C36", "C41", "C62"),
    ecrit=Ecrit(
        intitule="Signalement au procureur de la République",
        objet="Personne majeure hors d’état de se protéger",
        attention="Madame ou Monsieur le procureur de la République",
        declaration="Je porte à votre connaissance les éléments suivants, recueillis dans l’exercice de ma profession.",
        attestation=(
            "J’estime en conscience que cette personne n’est pas en mesure de se protéger, pour les raisons écrites au "
            "point 4. Je transmets les faits constatés et les paroles recueillies, sans affirmer d’auteur."
        ),
    ),
    titre_document="Signalement au procureur de la République – majeur hors d’état de se protéger",
    consequences=(
        "Informer le procureur sans son accord.",
        "Vous l’informez autant que possible.",
        "N’informez jamais le tuteur ou le mandataire mis en cause.",
    ),
    convient=(
        "La personne est majeure.",
        "Son âge, son handicap ou son état l’empêche de se protéger\u00a0: vous pouvez dire comment.",
        "Vous constatez ou suspectez des sévices, des privations ou une maltraitance.",
    ),
    texte_article=(
        "Le texte permet d’informer l’autorité judiciaire des privations, sévices ou maltraitances infligés à une "
        "personne que son âge ou son incapacité physique ou psychique empêche de se protéger."
    ),
    contacts=("PARQUET-PERM", "CHV-SOCIAL", "CHV-GARDE"),
)
