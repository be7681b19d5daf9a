"""A threat to the hospital: called first, then traced; instruction SG/HFDS/2016/340."""

from accounts.roles import Role
from signalements.champs import Genre
from signalements.declarations.modele import FORCES, SANS_BLOC, Route, demander
from signalements.parcours import Page
from signalements.voies.modele import Delais, Ecrit

_ALERTE = (
    demander(
        "type_alerte",
        "alerte",
        "L’alerte",
        Genre.CHOIX,
        (
            ("INTRUSION", "Intrusion"),
            ("RIXE", "Rixe"),
            ("ARME_VISIBLE", "Arme visible"),
            ("TIREUR", "Tireur"),
            ("COLIS_SUSPECT", "Colis suspect"),
            ("ALERTE_BOMBE", "Alerte à la bombe"),
            ("MENACE_ECRITE", "Menace écrite ou téléphonée"),
            ("CYBER", "Attaque informatique"),
            ("DRONE", "Drone"),
            ("OCCUPATION", "Occupation des lieux"),
            ("VOL_MATERIEL_SENSIBLE", "Vol de matériel sensible"),
            ("NRBC", "Risque nucléaire, biologique ou chimique"),
            ("EVASION", "Évasion"),
            ("AUTRE", "Autre"),
        ),
        erreur="Choisissez la nature de l’alerte.",
    ),
    demander(
        "niveau",
        "alerte",
        "Gravité",
        Genre.CHOIX,
        (("VIGILANCE", "Vigilance"), ("INCIDENT", "Incident"), ("GRAVE", "Grave"), ("CRISE", "Crise")),
        erreur="Indiquez la gravité.",
    ),
    demander("heure_alerte", "alerte", "Heure de l’alerte", Genre.MOMENT, erreur="Indiquez l’heure de l’alerte."),
    demander("heure_appel17", "alerte", "Appel au 17 ou au 112", Genre.MOMENT),
    demander("heure_arrivee_fsi", "alerte", "Arrivée de la police ou de la gendarmerie", Genre.MOMENT),
    demander(
        "zone",
        "alerte",
        "Zone",
        Genre.LIGNE,
        aide="Par exemple\u00a0: hall B, parking sud. Jamais une chambre.",
        erreur="Indiquez la zone.",
    ),
    demander(
        "faits",
        "alerte",
        "Ce qui se passe",
        Genre.TEXTE,
        aide="Combien de personnes, des armes ou non. Aucun nom de patient.",
        erreur="Décrivez ce qui se passe.",
    ),
)
_MESURES = (
    demander(
        "mesures",
        "mesures",
        "Mesures prises",
        Genre.PLUSIEURS,
        (
            ("CONFINEMENT", "Confinement"),
            ("EVACUATION", "Évacuation"),
            ("FILTRAGE", "Filtrage"),
            ("BOUCLAGE", "Bouclage"),
            ("RENFORT", "Renfort"),
            ("AUCUNE", "Aucune"),
        ),
        erreur="Cochez les mesures prises, ou «\u00a0Aucune\u00a0».",
    ),
    demander(
        "plan_active",
        "mesures",
        "Plan activé",
        Genre.CHOIX,
        (("AUCUN", "Aucun"), ("PSE", "Plan de sécurisation"), ("PLAN_BLANC", "Plan blanc")),
        erreur="Indiquez le plan activé.",
    ),
    demander(
        "blesses", "mesures", "Nombre de blessés", Genre.NOMBRE, erreur="Indiquez le nombre de blessés, zéro compris."
    ),
    demander("point_accueil_fsi", "mesures", "Point d’accueil de la police ou de la gendarmerie", Genre.LIGNE),
    demander(
        "preuves_video_figees",
        "mesures",
        "La vidéo est-elle gelée\u00a0?",
        Genre.OUI_NON,
        erreur="Dites si la vidéo est gelée.",
    ),
    demander(
        "plainte_etab",
        "mesures",
        "L’hôpital portera-t-il plainte\u00a0?",
        Genre.OUI_NON,
        erreur="Dites si l’hôpital portera plainte.",
    ),
    demander("levee_le", "mesures", "Alerte levée", Genre.MOMENT),
    demander(
        "retex_prevu",
        "mesures",
        "Retour d’expérience prévu le",
        Genre.JOUR,
        aide="Dans le mois qui suit (proposition).",
    ),
)

ROUTE = Route(
    code="ALERTE_SURETE",
    libelle="Alerte de sûreté",
    icone="alert",
    resume="établissement",
    fiche_code="securite-etablissement",
    bases=("INSTR-2016-340",),
    base_libelle="Instruction SG/HFDS/2016/340",
    base_resume="Ce formulaire n’alerte personne\u00a0: il trace une alerte déjà donnée par téléphone.",
    caractere="OBLIGATION",
    urgence="JOUR",
    destinataires=FORCES,
    destinataire_defaut="POLICE-CSP",
    blocs=SANS_BLOC,
    controles=("C07", "C60", "C79", "C80", "C81"),
    ecrit=Ecrit(
        intitule="Compte rendu d’alerte de sûreté",
        objet="Événement de sûreté dans l’établissement",
        attention="Monsieur ou Madame le chef de service",
        declaration="L’établissement vous rend compte de l’alerte suivante, donnée d’abord par téléphone.",
        attestation="Ce compte rendu ne nomme aucun patient et ne décrit pas le plan de sécurisation.",
    ),
    titre_document="Compte rendu d’alerte de sûreté",
    consequences=(
        "La police ou la gendarmerie, et la sous-préfecture, lisent le compte rendu.",
        "Un retour d’expérience est attendu dans le mois.",
    ),
    convient=(
        "L’alerte a déjà été donnée par téléphone\u00a0: 17, 112 ou 114.",
        "L’établissement, ses agents ou ses locaux sont menacés.",
        "Aucun patient n’a besoin d’être nommé.",
    ),
    texte_article="Téléphonez, mettez-vous à l’abri, puis écrivez. La main courante se tient dans l’heure.",
    contacts=("CHV-SECU", "CHV-GARDE", "POLICE-CSP", "SPREF-SEC"),
    copies=("SPREF-SEC", "CHV-DIR", "CHV-SECU"),
    propres=(*_ALERTE, *_MESURES),
    delais=Delais(suite_jours=30),
    parcours=(
        Page("alerte", "L’alerte", "Téléphonez d’abord. Notez ensuite l’heure, le lieu et les faits."),
        Page("mesures", "Les mesures", "Ce qui a été fait, et ce qui suit."),
    ),
    auteurs=(Role.GARDE, Role.DIRECTION, Role.SECURITE, Role.CADRE),
    taire=("Le nom d’un patient, sa chambre, sa maladie.", "Le contenu du plan de sécurisation."),
    suites=("INTERVENTION", "ENQUETE", "SANS_RETOUR"),
    regle="alerte-surete",
    bouton="Tracer l’alerte",
    nom_fichier="alerte-surete",
    precision="type_alerte",
    urgentes=frozenset({"ARME_VISIBLE", "TIREUR", "COLIS_SUSPECT", "ALERTE_BOMBE", "NRBC"}),
    rappel_auteur="Tenez la main courante. Préparez le retour d’expérience dans le mois.",
    role_signataire="L’établissement",
)
