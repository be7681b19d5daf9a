"""A child at risk, without offence nor emergency: an information préoccupante to the CRIP. Article L. 226-2-1 CASF."""

from signalements.voies.mineur import LIBELLES, PAGES, PROPRES, VERS_SIGNALEMENT
from signalements.voies.modele import MINEUR, SOCLE, Delais, Ecrit, Mots, Voie

VOIE = Voie(
    code="MINEUR_IP",
    libelle="Information préoccupante",
    icone="child",
    resume="enfant en risque",
    fiche_code="enfant-en-danger",
    bases=("CASF-L226-2-1", "CASF-L226-2-2", "CASF-L226-3"),
    base_libelle="Code de l’action sociale et des familles, article L. 226-2-1",
    base_resume="Partage strictement nécessaire à la protection de l’enfant. Parents informés, sauf intérêt contraire.",
    caractere="PERMISSION",
    urgence="JOUR",
    destinataires=frozenset({("CRIP", "enfance-en-danger")}),
    destinataire_defaut="CRIP-59",
    au_destinataire="à la CRIP",
    blocs=frozenset({"enfants"}),
    propres=PROPRES,
    pages=PAGES,
    # Neither certificate nor piece of the file: the writing stays factual, and the parents may read it.
    sans=frozenset({"pieces"}),
    libelles=LIBELLES,
    ages=MINEUR,
    professions=None,
    titre_enfants="La fratrie",
    alternatives=(VERS_SIGNALEMENT,),
    controles=(*SOCLE, "C10", "C12", "C31", "C32", "C35", "C47"),
    ecrit=Ecrit(
        intitule="Information préoccupante",
        objet="Mineur en danger ou en risque de l’être",
        attention="la cellule de recueil des informations préoccupantes",
        declaration=(
            "Je vous transmets les éléments suivants, limités à ce qui est nécessaire à la protection de l’enfant."
        ),
        attestation=(
            "Cette information est factuelle. Elle ne comporte ni certificat ni pièce du dossier médical. Je n’affirme "
            "aucun auteur."
        ),
    ),
    mots=Mots("Information préoccupante", feminin=True),
    titre_document="Information préoccupante – mineur en danger ou en risque de l’être",
    consequences=(
        "Informer la cellule départementale.",
        "Vous informez les parents, sauf si l’intérêt de l’enfant s’y oppose\u00a0: écrivez alors pourquoi.",
        "Un retour est attendu sous trois mois.",
    ),
    convient=(
        "L’enfant a moins de 18\u00a0ans.",
        "Vous êtes inquiet pour sa santé, sa sécurité, sa moralité ou son éducation.",
        "Il n’y a ni infraction suspectée, ni danger grave et immédiat.",
    ),
    texte_article=(
        "Les personnes qui concourent à la protection de l’enfance transmettent sans délai à la cellule départementale "
        "toute information préoccupante. Les parents en sont informés, sauf intérêt contraire de l’enfant."
    ),
    contacts=("CRIP-59", "CHV-UAPED", "CHV-SOCIAL"),
    delais=Delais(accuse_jours_ouvres=2, suite_jours=90),
)
