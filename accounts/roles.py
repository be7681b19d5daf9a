"""The role codes of architecture §12, a French sentence each. Nothing else defines a role."""

from django.db import models


class Role(models.TextChoices):
    SOIGNANT = "SOIGNANT", "Soignant : signale, certifie, réalise les examens requis"
    SOCIAL = "SOCIAL", "Travailleur social : signale, avec cosignature quand la loi le veut"
    CADRE = "CADRE", "Cadre de santé ou chef de service : suit les actes du service"
    MEDECIN_RESPONSABLE = "MEDECIN_RESPONSABLE", "Médecin responsable : accorde ou refuse une remise, trie les pièces"
    GARDE = "GARDE", "Administrateur de garde : accueil de nuit, gel, appels, pendant sa permanence"
    JURISTE = "JURISTE", "Affaires juridiques : contrôle, répond, refuse, suit les saisies"
    DIRECTION = "DIRECTION", "Direction : signe, refuse, avise au titre de l’article 40"
    ARCHIVES = "ARCHIVES", "Archives et information médicale : extrait, numérote, copie"
    SECURITE = "SECURITE", "PC sécurité : gèle et exporte la vidéo, accueille les forces"
    ENTREES = "ENTREES", "Bureau des entrées : vérifie présence et identité"
    MORTUAIRE = "MORTUAIRE", "Chambre mortuaire : bloque et libère un corps"
    USMP = "USMP", "Unité sanitaire : demande les extractions, reçoit les comptes rendus"
    SOINS_SANS_CONSENTEMENT = (
        "SOINS_SANS_CONSENTEMENT",
        "Bureau des soins sans consentement : échéances, juge, absences",
    )
    REGIE = "REGIE", "Régie : frais de justice, sans le nom du patient"
    REFERENT = "REFERENT", "Référente de la convention : fiches, annuaire, bilan, comités"
    ADMIN_INSTITUTION = "ADMIN_INSTITUTION", "Administrateur des comptes : invite, suspend, revoit les droits"
    DPO = "DPO", "Protection des données : journal, conservation, revues"
    PARQUET = "PARQUET", "Parquet : reçoit les signalements, décide, autorise"
    JUGE_INSTRUCTION = "JUGE_INSTRUCTION", "Juge d’instruction et greffe : commissions rogatoires, ordonnances"
    ENQUETEUR = "ENQUETEUR", "Enquêteur : réquisitions de son unité, gardes à vue"
    DOUANES = "DOUANES", "Douanes : réquisitions dans leurs cadres propres"
    PENITENTIAIRE = "PENITENTIAIRE", "Administration pénitentiaire : ordres, escortes, incidents"
    PJJ = "PJJ", "Protection judiciaire de la jeunesse : information sur les mineurs"
    PREFECTURE = "PREFECTURE", "Préfecture et sous-préfecture : armes, soins sur décision du préfet, alertes"
    ORDRE = "ORDRE", "Ordre des médecins : présence aux saisies, réserves"
    CRIP = "CRIP", "Cellule départementale des informations préoccupantes"
    ARS = "ARS", "Cellule maltraitance de l’agence régionale de santé"
    REFERENT_PROGRAMME = "REFERENT_PROGRAMME", "Référent d’un programme : actions, indicateurs, événements"
    PARTENAIRE = "PARTENAIRE", "Partenaire d’un programme : suit les actions que son institution pilote"


HOSPITALIERS_DE_SOIN = frozenset({Role.SOIGNANT, Role.SOCIAL, Role.CADRE, Role.MEDECIN_RESPONSABLE, Role.USMP})
REQUERANTS = frozenset({Role.ENQUETEUR, Role.DOUANES, Role.JUGE_INSTRUCTION})
