"""An attack on somebody who works in the hospital: declared inside, complained of outside, told to the observatory."""

from accounts.roles import Role
from dossiers.classes import Classe
from signalements.champs import Genre
from signalements.declarations.modele import FORCES, SANS_BLOC, Feuille, Route, demander
from signalements.declarations.routes.violence_questions import AUTEUR, EPISODE, ONVS, PLAINTE, VICTIME
from signalements.parcours import Page
from signalements.voies.modele import PARQUET, Delais, Ecrit

_ATTENTION = "Madame ou Monsieur le procureur de la République, ou le chef du service de police ou de gendarmerie"
_SANS_SOIN = "Les faits sont décrits sans information de santé sur la personne désignée."
EMPLOYEUR = Ecrit(
    intitule="Plainte de l’employeur pour le compte d’un professionnel",
    objet="Code de procédure pénale, article 15-3-4",
    attention=_ATTENTION,
    declaration=(
        "L’établissement porte plainte pour le compte du professionnel nommé ci-dessous, qui y a consenti par écrit. "
        "Son consentement est joint. L’établissement n’acquiert pas la qualité de victime."
    ),
    attestation=(
        f"{_SANS_SOIN} Le professionnel élit domicile à son adresse professionnelle. Cette plainte ne dispense pas de "
        "l’avis prévu à l’article 40, alinéa 2, du code de procédure pénale."
    ),
)
OBLIGATOIRE = Ecrit(
    intitule="Plainte du représentant du service",
    objet="Code pénal, article 433-3-1",
    attention=_ATTENTION,
    declaration=(
        "Des menaces, des violences ou une intimidation ont visé à obtenir une dérogation aux règles de "
        "fonctionnement du service. Le représentant de l’établissement dépose plainte, comme la loi le lui impose."
    ),
    attestation=f"{_SANS_SOIN} Le consentement de l’agent n’est pas requis.",
)
EN_SON_NOM = Ecrit(
    intitule="Plainte de l’établissement en son nom",
    objet="Atteinte aux biens ou au fonctionnement de l’établissement",
    attention=_ATTENTION,
    declaration="L’établissement porte plainte pour le préjudice qu’il a lui-même subi.",
    attestation=_SANS_SOIN,
)

ROUTE = Route(
    code="VIOLENCE_PERSONNEL",
    libelle="Violence contre un professionnel",
    icone="shield",
    resume="personnel de l’hôpital",
    fiche_code="violences-soignants",
    bases=("CGFP-L134-5", "CPP-15-3-4", "CP-433-3-1"),
    bases_par={"EMPLOYEUR": "CPP-15-3-4", "OBLIGATOIRE_433_3_1": "CP-433-3-1"},
    base_libelle="CGFP, L. 134-5\u00a0; CPP, article 15-3-4\u00a0; code pénal, article 433-3-1",
    base_resume="L’hôpital peut porter plainte pour l’agent qui y consent par écrit. Rien sur la santé de l’auteur.",
    caractere="PERMISSION",
    urgence="JOUR",
    destinataires=FORCES | PARQUET | {("CHV", "juridique")},
    destinataire_defaut="CHV-DAJ",
    blocs=SANS_BLOC,
    controles=("C07", "C39", "C22", "C23", "C24", "C25", "C30", "C31", "C58", "C60", "C73", "C74", "C84"),
    ecrit=Ecrit(
        intitule="Déclaration d’une violence contre un professionnel",
        objet="Déclaration interne",
        attention="la direction des affaires juridiques",
        declaration="Je déclare les faits suivants, survenus à l’occasion ou en raison des fonctions.",
        attestation=f"{_SANS_SOIN} La protection fonctionnelle se demande par l’agent lui-même, par écrit.",
    ),
    ecrits={"EMPLOYEUR": EMPLOYEUR, "OBLIGATOIRE_433_3_1": OBLIGATOIRE, "ETAB_EN_SON_NOM": EN_SON_NOM},
    choix_ecrit="plainte_mode",
    titre_document="Violence contre un professionnel",
    consequences=(
        "Les affaires juridiques reçoivent la déclaration et rappellent l’agent.",
        "Une plainte de l’hôpital part à la police, à la gendarmerie ou au procureur.",
        "L’observatoire national reçoit une ligne sans aucun nom.",
    ),
    convient=(
        "Un agent, un étudiant, un libéral ou un prestataire a été agressé, menacé ou insulté au travail.",
        "Ou un bien de l’hôpital a été volé ou dégradé.",
        "Un seul épisode continu\u00a0: une rupture dans le temps fait une autre déclaration.",
    ),
    texte_article=(
        "Avec son accord écrit, l’employeur porte plainte pour l’agent quand l’infraction est dans la liste et que "
        "l’auteur est extérieur. L’outrage, le vol et l’agression sexuelle n’y sont pas\u00a0: l’agent porte plainte. "
        "Une menace pour obtenir un passe-droit oblige l’établissement à porter plainte."
    ),
    contacts=("CHV-DAJ", "CHV-DRH", "CHV-SECU", "POLICE-CSP"),
    copies=("CHV-DRH", "CHV-DIR"),
    propres=(*EPISODE, *VICTIME, *AUTEUR, *PLAINTE, *ONVS),
    delais=Delais(accuse_jours_ouvres=1, suite_jours=7),
    parcours=(
        Page("episode", "Les faits", "Les gestes et les mots, précisément. Rien sur la santé de l’auteur."),
        Page("personnes", "Les personnes", "La victime, par son métier. L’auteur, comme il est connu hors du soin."),
        Page("plainte", "La plainte", "L’agent choisit. Certains faits obligent l’établissement."),
        Page("onvs", "L’observatoire", "Une ligne sans nom pour l’observatoire national des violences en santé."),
    ),
    pieces_admises=("Consentement écrit à la plainte", "Certificat remis par l’agent", "Témoignage", "Autre document"),
    auteurs=(
        Role.SOIGNANT,
        Role.SOCIAL,
        Role.MEDECIN_RESPONSABLE,
        Role.USMP,
        Role.CADRE,
        Role.SECURITE,
        Role.ENTREES,
        Role.GARDE,
        Role.JURISTE,
        Role.DIRECTION,
    ),
    taire=(
        "Le diagnostic, le traitement, le service de soins de l’auteur.",
        "L’adresse personnelle de l’agent\u00a0: l’adresse professionnelle suffit.",
    ),
    suites=(
        "PLAINTE_ENREGISTREE",
        "ENQUETE",
        "POURSUITES",
        "ALTERNATIVE",
        "CLASSEMENT",
        "SUIVI_INTERNE",
        "SANS_RETOUR",
    ),
    suite=(
        demander(
            "procedure_no",
            "suite",
            "Numéro de procédure",
            Genre.LIGNE,
            requis_si=(
                "suite_type",
                frozenset({"PLAINTE_ENREGISTREE"}),
                "Indiquez le numéro de procédure de la plainte.",
            ),
            classe=Classe.JUDICIAIRE,
        ),
    ),
    regle="violence-personnel",
    bouton="Déclarer l’agression",
    nom_fichier="violence-personnel",
    internes=frozenset({"soutien", "discernement", "gestion", "motif", "pf_informe", "onvs_declare", "onvs_motif_non"}),
    feuilles=(Feuille("consentement", "Consentement à la plainte de l’employeur", "pdf/consentement_plainte.html"),),
    export_onvs=True,
    plusieurs_victimes=True,
    nouvelles=(3, 30),
    suivis=("PROTECTION", "PREVENTION"),
    reprise="Préparer la plainte de l’hôpital",
    rappel_auteur=(
        "La protection fonctionnelle se demande par l’agent lui-même, par écrit. Prenez de ses nouvelles dans "
        "trois jours, puis dans un mois."
    ),
    role_signataire="Le déclarant",
    lignes={
        "La police ou la gendarmerie a-t-elle été appelée": "Police ou gendarmerie appelée",
        "Une lésion a-t-elle été constatée": "Lésion constatée",
        "Un soutien a-t-il été proposé": "Soutien proposé",
        "Voulait-on obtenir une dérogation aux règles du service": "Dérogation aux règles recherchée",
        "L’infraction, si vous la connaissez": "Infraction",
        "L’agent a-t-il consenti par écrit": "Accord écrit de l’agent",
        "L’agent l’a-t-il retiré": "Accord retiré",
        "Il ou elle est": "Situation",
    },
)
