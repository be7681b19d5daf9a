"""What is asked of an attack on a professional, page by page."""

from dossiers.classes import Classe
from signalements import onvs
from signalements.champs import Genre
from signalements.declarations.modele import demander

# The list of article 15-3-4, and what is often met and stands outside it.
DANS_LA_LISTE = (
    ("CP_222_13", "Violences (222-9 à 222-13)"),
    ("CP_222_17", "Menaces (222-17, 222-18)"),
    ("CP_222_1", "Tortures, actes de barbarie (222-1)"),
    ("CP_222_15", "Administration de substances nuisibles (222-15, 222-16)"),
    ("CP_322_1", "Dégradation d’un bien (322-1, 322-3)"),
    ("CP_433_3", "Menaces ou violences contre une personne chargée d’un service public (433-3)"),
)
HORS_LISTE = (
    ("CP_433_5", "Outrage, injures (433-5)"),
    ("CP_311_1", "Vol (311-1)"),
    ("CP_222_22", "Agression sexuelle (222-22)"),
    ("AUTRE", "Autre, ou je ne sais pas"),
)
NATURES = (("PERSONNE", "Contre une personne"), ("BIEN", "Contre un bien"), ("MIXTE", "Les deux"))
LIEUX = (
    ("SERVICE", "Service de soins"),
    ("ACCUEIL", "Accueil, salle d’attente"),
    ("PARKING", "Parking, abords"),
    ("DOMICILE", "Domicile d’un patient"),
    ("SMUR", "Intervention du SMUR"),
    ("AUTRE", "Autre lieu"),
)
METIERS = (
    ("INFIRMIER", "Infirmier, infirmière"),
    ("AIDE_SOIGNANT", "Aide-soignant, aide-soignante"),
    ("MEDECIN", "Médecin, interne"),
    ("SAGE_FEMME", "Sage-femme"),
    ("AUTRE_SOIGNANT", "Autre soignant"),
    ("ADMINISTRATIF", "Accueil, administration"),
    ("SECURITE", "Sécurité"),
    ("TECHNIQUE", "Technique, logistique"),
    ("AUTRE", "Autre métier"),
)
MOTIFS = (
    ("PRISE_EN_CHARGE", "Reproche sur la prise en charge"),
    ("ATTENTE", "Attente"),
    ("REFUS_PRESCRIPTION", "Refus de prescription"),
    ("REGLEMENT", "Règlement, refus opposé"),
    ("ALCOOL", "Alcool, produits"),
    ("TRANSFERT", "Transfert, sortie"),
    ("VISITE", "Visites"),
    ("AUTRE", "Autre"),
)
GESTION = (
    ("DESESCALADE", "Dialogue"),
    ("EQUIPE", "Intervention de l’équipe"),
    ("SECURITE", "Intervention de la sécurité"),
    ("POLICE", "Intervention de la police ou de la gendarmerie"),
)
EPISODE = (
    demander("nature_atteinte", "episode", "Nature", Genre.CHOIX, NATURES, erreur="Indiquez la nature de l’atteinte."),
    demander(
        "faits",
        "episode",
        "Les faits",
        Genre.PLUSIEURS,
        tuple((fait.code, f"{fait.libelle} (niveau\u00a0{fait.niveau})") for fait in onvs.echelle()[1]),
        aide="Cochez tous les faits du même épisode. Le niveau retenu est le plus haut.",
        erreur="Cochez au moins un fait.",
    ),
    demander(
        "survenue_le",
        "episode",
        "Jour et heure",
        Genre.MOMENT,
        erreur="Indiquez le jour et l’heure des faits.",
    ),
    demander("lieu", "episode", "Lieu", Genre.CHOIX, LIEUX, erreur="Indiquez le lieu des faits."),
    demander(
        "description",
        "episode",
        "Ce qui s’est passé",
        Genre.TEXTE,
        aide="Les gestes, dans l’ordre. Rien sur la santé de l’auteur.",
        erreur="Décrivez les faits.",
    ),
    demander("verbatim", "episode", "Les paroles", Genre.TEXTE, aide="Entre guillemets, telles qu’entendues."),
    demander("temoins", "episode", "Témoins", Genre.LIGNE, aide="Nom et métier des collègues présents."),
    demander("motif", "episode", "Ce qui l’a déclenché", Genre.PLUSIEURS, MOTIFS),
    demander("gestion", "episode", "Comment cela s’est arrêté", Genre.PLUSIEURS, GESTION),
    demander(
        "fdo_appelees",
        "episode",
        "La police ou la gendarmerie a-t-elle été appelée\u00a0?",
        Genre.OUI_NON,
        erreur="Dites si la police ou la gendarmerie a été appelée.",
    ),
)
VICTIME = (
    demander(
        "agent_nom", "personnes", "Professionnel victime", Genre.LIGNE, erreur="Indiquez le professionnel victime."
    ),
    demander("agent_metier", "personnes", "Son métier", Genre.CHOIX, METIERS, erreur="Indiquez son métier."),
    demander(
        "agent_statut",
        "personnes",
        "Il ou elle est",
        Genre.CHOIX,
        (
            ("AGENT", "Agent de l’hôpital"),
            ("LIBERAL", "Libéral exerçant ici"),
            ("ETUDIANT", "Étudiant"),
            ("PRESTATAIRE", "Prestataire"),
        ),
        erreur="Indiquez son statut.",
    ),
    demander("victimes", "personnes", "Nombre de victimes", Genre.NOMBRE, erreur="Indiquez le nombre de victimes."),
    demander("lesion", "personnes", "Une lésion a-t-elle été constatée\u00a0?", Genre.OUI_NON_NSP),
    demander("arret_jours", "personnes", "Arrêt de travail, en jours", Genre.NOMBRE),
    demander(
        "itt_jours",
        "personnes",
        "ITT, en jours",
        Genre.NOMBRE,
        aide="Celle du certificat. L’arrêt de travail n’est pas l’ITT.",
    ),
    demander("soutien", "personnes", "Un soutien a-t-il été proposé\u00a0?", Genre.OUI_NON),
)
AUTEUR = (
    demander(
        "auteur_type",
        "personnes",
        "L’auteur désigné est",
        Genre.CHOIX,
        (
            ("PATIENT", "Un patient"),
            ("ACCOMPAGNANT", "Un accompagnant"),
            ("VISITEUR", "Un visiteur"),
            ("AGENT", "Un membre du personnel"),
            ("DETENU", "Une personne détenue"),
            ("GAV", "Une personne gardée à vue"),
            ("INCONNU", "Inconnu"),
        ),
        erreur="Indiquez qui est l’auteur désigné.",
    ),
    demander(
        "auteur_designe",
        "personnes",
        "Comment il est désigné",
        Genre.LIGNE,
        aide="Son nom, s’il est connu hors du soin, ou son apparence. Jamais sa maladie.",
        classe=Classe.JUDICIAIRE,
    ),
    demander(
        "discernement",
        "personnes",
        "Son discernement semblait-il altéré\u00a0?",
        Genre.OUI_NON_NSP,
        aide="Pour l’observatoire seulement\u00a0: ne part pas dans la plainte.",
    ),
)
PLAINTE = (
    demander(
        "passe_droit",
        "plainte",
        "Voulait-on obtenir une dérogation aux règles du service\u00a0?",
        Genre.OUI_NON,
        aide="Par exemple\u00a0: passer avant les autres par la menace.",
        erreur="Dites si l’on voulait obtenir une dérogation aux règles du service.",
    ),
    demander(
        "infraction",
        "plainte",
        "L’infraction, si vous la connaissez",
        Genre.CHOIX,
        DANS_LA_LISTE + HORS_LISTE,
        erreur="Choisissez l’infraction, ou «\u00a0je ne sais pas\u00a0».",
        classe=Classe.JUDICIAIRE,
    ),
    demander(
        "plainte_mode",
        "plainte",
        "La plainte",
        Genre.CHOIX,
        (
            ("AGENT", "L’agent porte plainte lui-même"),
            ("EMPLOYEUR", "L’hôpital porte plainte pour l’agent, avec son accord écrit"),
            ("OBLIGATOIRE_433_3_1", "L’hôpital porte plainte, la loi l’y oblige (433-3-1)"),
            ("ETAB_EN_SON_NOM", "L’hôpital porte plainte pour son propre préjudice"),
            ("ORDRE", "L’Ordre se constitue partie civile"),
            ("MAIN_COURANTE", "Main courante"),
            ("AUCUNE", "Aucune plainte pour l’instant"),
        ),
        erreur="Indiquez le choix pour la plainte.",
        classe=Classe.JUDICIAIRE,
    ),
    demander(
        "consentement",
        "plainte",
        "L’agent a-t-il consenti par écrit\u00a0?",
        Genre.OUI_NON,
        aide="Joignez l’écrit. L’agent peut le retirer jusqu’au dépôt.",
        requis_si=("plainte_mode", frozenset({"EMPLOYEUR"}), "Dites si l’agent a consenti par écrit."),
    ),
    demander("consentement_le", "plainte", "Date du consentement", Genre.JOUR),
    demander("consentement_retire", "plainte", "L’agent l’a-t-il retiré\u00a0?", Genre.OUI_NON),
    demander(
        "domiciliation_pro",
        "plainte",
        "Adresse donnée à l’enquête\u00a0: celle de l’hôpital",
        Genre.OUI_NON,
        aide="L’adresse personnelle de l’agent ne figure nulle part.",
        erreur="Dites si l’agent élit domicile à l’hôpital.",
    ),
    demander("pf_informe", "plainte", "L’agent connaît-il la protection fonctionnelle\u00a0?", Genre.OUI_NON),
)
ONVS = (
    demander(
        "onvs_declare",
        "onvs",
        "Déclarer à l’observatoire\u00a0?",
        Genre.OUI_NON,
        erreur="Dites si l’épisode sera déclaré à l’observatoire.",
    ),
    demander(
        "onvs_motif_non",
        "onvs",
        "Pourquoi ne pas le déclarer",
        Genre.LIGNE,
        requis_si=("onvs_declare", frozenset({"NON"}), "Écrivez pourquoi l’épisode n’est pas déclaré."),
    ),
)
