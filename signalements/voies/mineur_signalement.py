"""A child in grave danger, or an offence: to the prosecutor, with a copy to the CRIP. Articles 226-14 and L. 226-4."""

from signalements.voies.mineur import LIBELLES, PAGES, PROPRES, VERS_IP
from signalements.voies.modele import MINEUR, SOCLE, Ecrit, Voie

VOIE = Voie(
    code="MINEUR_SIGNALEMENT",
    libelle="Enfant en danger",
    icone="child",
    resume="signalement",
    fiche_code="enfant-en-danger",
    bases=("CP-226-14-1", "CP-226-14-2", "CASF-L226-4"),
    base_libelle="Code pénal, article 226-14, 1° et 2°",
    base_resume="Sans l’accord de l’enfant ni de ses parents. Copie à la CRIP.",
    caractere="DEVOIR_DEONTOLOGIQUE",
    urgence="IMMEDIATE",
    destinataires=frozenset(
        {("PARQUET", "permanence"), ("PARQUET", "mineurs"), ("PARQUET", "violences-intrafamiliales")}
    ),
    destinataire_defaut="PARQUET-PERM",
    copies=("CRIP-59",),
    blocs=frozenset({"enfants", "certificat"}),
    propres=PROPRES,
    pages=PAGES,
    libelles=LIBELLES,
    ages=MINEUR,
    professions=None,
    titre_enfants="La fratrie",
    alternatives=(VERS_IP,),
    controles=(*SOCLE, "C11", "C12", "C31", "C32", "C35", "C36", "C41", "C47", "C62"),
    ecrit=Ecrit(
        intitule="Signalement au procureur de la République",
        objet="Mineur en danger",
        attention="Madame ou Monsieur le procureur de la République",
        declaration="Je porte à votre connaissance les éléments suivants, recueillis dans l’exercice de ma profession.",
        attestation=(
            "Je transmets ce signalement en conscience, avec prudence et circonspection. J’écris ce que j’ai constaté "
            "et les paroles recueillies\u00a0; je n’affirme aucun auteur. Copie est adressée au président du conseil "
            "départemental (CRIP)."
        ),
    ),
    titre_document="Signalement au procureur de la République – mineur en danger",
    consequences=(
        "Informer le procureur sans l’accord de l’enfant ni des parents.",
        "La copie à la CRIP part en même temps.",
        "N’informez pas les parents avant, si une infraction dans la famille est suspectée.",
    ),
    convient=(
        "L’enfant a moins de 18\u00a0ans.",
        "Vous suspectez une infraction, ou le danger est grave et immédiat.",
        "Vous rapportez des constats et des mots exacts. Vous n’enquêtez pas.",
    ),
    texte_article=(
        "Le texte permet d’informer le procureur des privations ou sévices infligés à un mineur, sans son accord. Le "
        "code de déontologie en fait un devoir, sauf circonstances particulières appréciées en conscience. Celui qui "
        "avise directement le procureur adresse copie au département."
    ),
    contacts=("PARQUET-PERM", "CHV-UAPED", "CHV-GARDE"),
)
