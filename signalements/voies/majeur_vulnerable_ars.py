"""Maltreatment of a vulnerable adult, treated by the administration: the cell of the ARS. Article L. 119-2 CASF."""

from signalements.voies.modele import ADULTE, SOCLE, Alternative, Delais, Ecrit, Voie
from signalements.voies.vulnerable import PAGES, PROPRES, VERS_ACCORD

VOIE = Voie(
    code="MAJEUR_VULNERABLE_ARS",
    libelle="Maltraitance, cellule de l’ARS",
    icone="cane",
    resume="à l’ARS",
    fiche_code="personne-vulnerable",
    bases=("CASF-L119-2", "CASF-L119-1"),
    base_libelle="Code de l’action sociale et des familles, article L. 119-2",
    base_resume="Permission pour les professionnels tenus au secret.",
    caractere="PERMISSION",
    urgence="JOUR",
    destinataires=frozenset({("ARS", "majeurs-vulnerables")}),
    destinataire_defaut="ARS-CELLULE",
    au_destinataire="à la cellule de l’ARS",
    blocs=frozenset({"danger"}),
    propres=PROPRES,
    pages=PAGES,
    ages=ADULTE,
    si_mineur="MINEUR_IP",
    professions=None,
    alternatives=(
        Alternative(
            "MAJEUR_VULNERABLE_PR",
            "Une infraction grave ou un danger\u00a0? Écrivez au procureur. Ce que vous avez écrit est conservé.",
            "Continuer vers le procureur",
        ),
        VERS_ACCORD,
    ),
    controles=(*SOCLE, "C13", "C14", "C15", "C31", "C32", "C35", "C36"),
    ecrit=Ecrit(
        intitule="Signalement d’une maltraitance",
        objet="Personne majeure vulnérable par l’âge ou le handicap",
        attention="la cellule de l’agence régionale de santé chargée des maltraitances",
        declaration="Je vous signale les éléments suivants, recueillis dans l’exercice de ma profession.",
        attestation="Je transmets les faits constatés et les paroles recueillies, sans affirmer d’auteur.",
    ),
    titre_document="Signalement à la cellule de l’ARS – maltraitance d’un majeur vulnérable",
    consequences=(
        "Informer la cellule placée auprès de l’ARS, qui oriente.",
        "Pour vous, tenu au secret, c’est une permission.",
        "Une infraction grave va aussi, ou d’abord, au procureur.",
    ),
    convient=(
        "La personne est majeure, vulnérable par l’âge ou le handicap.",
        "Son état l’empêche de se protéger\u00a0: vous pouvez dire comment.",
        "La situation appelle une réponse administrative, sans urgence pénale.",
    ),
    texte_article=(
        "Toute personne signale à la cellule de l’ARS la maltraitance d’un majeur vulnérable par l’âge ou le handicap. "
        "Les personnes tenues au secret professionnel en ont la permission."
    ),
    contacts=("ARS-CELLULE", "CHV-SOCIAL", "CHV-GARDE"),
    delais=Delais(accuse_jours_ouvres=2, suite_jours=60),
)
