"""A minor who may be tipping over into violence: an information préoccupante to the CRIP. Never a religion."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.voies import mineur
from signalements.voies.modele import MINEUR, SOCLE, Delais, Ecrit, Mots, Voie

INDICES = (
    ("RUPTURE_ENVIRONNEMENT", "Rupture avec la famille, l’école, les amis"),
    ("ISOLEMENT", "Isolement"),
    ("DISCOURS_VIOLENT", "Discours qui légitime la violence"),
    ("ADHESION_IDEOLOGIE_VIOLENTE", "Adhésion à une idéologie violente"),
    ("DEPART_ZONE", "Projet de départ vers une zone de combat"),
    ("APPRENTISSAGE_ARMES", "Apprentissage des armes"),
    ("TECHNIQUES_DISSIMULATION", "Techniques de dissimulation"),
    ("TRAFIC_PROPAGANDE", "Diffusion de propagande violente"),
    ("ANTECEDENT", "Antécédents judiciaires"),
)
AVIS = (
    ("REFERENT", "Le référent de l’hôpital"),
    ("CDOM", "L’Ordre des médecins"),
    ("CRIP", "La CRIP"),
    ("CNAPR_CONSEIL", "La plateforme nationale, pour un conseil"),
)
SIENS = (
    Propre(
        "indices",
        "danger",
        "Ce que vous observez",
        Genre.PLUSIEURS,
        INDICES,
        aide="Dans deux domaines au moins. La religion, la tenue et l’origine ne sont jamais des indices.",
        erreur="Choisissez au moins deux indices, dans deux domaines.",
        minimum=2,
        dit="Indices observés",
    ),
    Propre(
        "arme_ou_projet",
        "danger",
        "Y a-t-il une arme, ou un projet précis\u00a0?",
        Genre.OUI_NON,
        aide="Un passage à l’acte imminent\u00a0: appelez le 17, puis le parquet.",
        erreur="Répondez\u00a0: y a-t-il une arme, ou un projet précis\u00a0?",
        dit="Arme ou projet précis",
    ),
    Propre(
        "avis_demande",
        "accord",
        "Avis demandé, sans identité",
        Genre.PLUSIEURS,
        AVIS,
        classe=Classe.ADMINISTRATIF,
        interne=True,
    ),
)
VOIE = Voie(
    code="RADICALISATION_MINEUR",
    libelle="Basculement d’un mineur vers la violence",
    icone="eye",
    resume="à la CRIP",
    fiche_code="radicalisation",
    bases=("CASF-L226-2-2", "CASF-L226-3", "CASF-R226-2-2"),
    base_libelle="Code de l’action sociale et des familles, article L. 226-2-2",
    base_resume="Partage strictement nécessaire à la protection de l’enfant. Parents informés, sauf intérêt contraire.",
    caractere="PERMISSION",
    urgence="JOUR",
    destinataires=frozenset({("CRIP", "enfance-en-danger")}),
    destinataire_defaut="CRIP-59",
    au_destinataire="à la CRIP",
    blocs=frozenset({"enfants"}),
    propres=(*(propre for propre in mineur.PROPRES if propre.nom not in {"type_danger", "auteur_lien"}), *SIENS),
    pages=mineur.PAGES
    | {"danger": ("Indices et gravité", "Des faits datés, de plusieurs domaines. Ni religion, ni tenue, ni origine.")},
    sans=frozenset({"pieces"}),
    retires=frozenset({"auteur_nom", "auteur_prenoms", "auteur_designe"}),
    libelles=mineur.LIBELLES | {"faits_observes": "Ce que vous avez vu ou entendu, et quand"},
    aides={"faits_observes": "Des faits datés. N’enquêtez pas, n’interrogez pas."},
    ages=MINEUR,
    professions=None,
    titre_enfants="La fratrie",
    alternatives=(mineur.VERS_SIGNALEMENT,),
    controles=(*SOCLE, "C10", "C12", "C19", "C20", "C31", "C32", "C35", "C47", "C63"),
    ecrit=Ecrit(
        intitule="Information préoccupante",
        objet="Mineur qui peut basculer vers la violence",
        attention="la cellule de recueil des informations préoccupantes",
        declaration=(
            "Je vous transmets les éléments suivants, limités à ce qui est nécessaire à la protection de l’enfant."
        ),
        attestation=(
            "Cette information est factuelle\u00a0: des faits datés, de plusieurs domaines. Elle ne dit ni religion, "
            "ni opinion, ni origine. Elle ne comporte aucune pièce du dossier médical."
        ),
        reserve="",
    ),
    mots=Mots("Information préoccupante", feminin=True),
    titre_document="Information préoccupante – mineur qui peut basculer vers la violence",
    consequences=(
        "Informer la cellule départementale, sous 24\u00a0heures.",
        "Vous informez les parents, sauf si l’intérêt de l’enfant s’y oppose\u00a0: écrivez alors pourquoi.",
        "Rien n’est adressé au suivi de sécurité de l’État.",
    ),
    convient=(
        "La personne a moins de 18\u00a0ans.",
        "Vous avez des faits, dans au moins deux domaines.",
        "Le danger n’est ni grave ni immédiat\u00a0: sinon, écrivez au procureur.",
    ),
    texte_article=(
        "Les personnes tenues au secret qui protègent l’enfance peuvent partager ce qui est strictement nécessaire. "
        "L’information préoccupante va à la cellule départementale. Aucun texte propre ne vise la radicalisation."
    ),
    contacts=("CRIP-59", "CHV-UAPED", "CDOM-PERM"),
    delais=Delais(accuse_jours_ouvres=2, suite_jours=90),
    apres=(
        "Fixez un nouveau point dans 15\u00a0jours.",
        "Ne gardez aucune liste de personnes suivies.",
        "Un proche inquiet appelle lui-même la plateforme nationale.",
    ),
)
