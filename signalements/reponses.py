"""The closed answers of a signalement, in the words shown."""

from django.db import models


class OuiNon(models.TextChoices):
    OUI = "OUI", "Oui"
    NON = "NON", "Non"


class OuiNonNsp(models.TextChoices):
    OUI = "OUI", "Oui"
    NON = "NON", "Non"
    NSP = "NSP", "Ne sait pas"


class LienAuteur(models.TextChoices):
    """The couple of article 132-80, living together or not, past or present; `AUTRE` is outside it."""

    CONJOINT = "CONJOINT", "Conjoint"
    CONCUBIN = "CONCUBIN", "Concubin"
    PACS = "PACS", "Partenaire de pacs"
    EX_CONJOINT = "EX_CONJOINT", "Ex-conjoint"
    EX_CONCUBIN = "EX_CONCUBIN", "Ex-concubin"
    EX_PACS = "EX_PACS", "Ex-partenaire de pacs"
    SANS_COHABITATION = "SANS_COHABITATION", "Relation sans vie commune"
    AUTRE = "AUTRE", "Autre personne, hors du couple"


class Lieu(models.TextChoices):
    DOMICILE = "DOMICILE", "Domicile"
    VOIE_PUBLIQUE = "VOIE_PUBLIQUE", "Voie publique"
    TRAVAIL = "TRAVAIL", "Travail"
    AUTRE = "AUTRE", "Autre lieu"
    INCONNU = "INCONNU", "Inconnu"


class Violence(models.TextChoices):
    PHYSIQUE = "PHYSIQUE", "Physiques"
    PSYCHOLOGIQUE = "PSYCHOLOGIQUE", "Psychologiques"
    SEXUELLE = "SEXUELLE", "Sexuelles"
    VERBALE = "VERBALE", "Verbales"
    ECONOMIQUE = "ECONOMIQUE", "Économiques"
    ADMINISTRATIVE = "ADMINISTRATIVE", "Administratives (papiers, droits)"
    CYBER = "CYBER", "Numériques"
    CONTROLE = "CONTROLE", "Contrôle des sorties ou des relations"


class Contexte(models.TextChoices):
    COUPLE = "COUPLE", "Couple"
    FAMILLE = "FAMILLE", "Famille"
    TRAVAIL = "TRAVAIL", "Travail"
    VOIE_PUBLIQUE = "VOIE_PUBLIQUE", "Voie publique"
    INSTITUTION = "INSTITUTION", "Institution"
    SOIN = "SOIN", "Lieu de soins"
    AUTRE = "AUTRE", "Autre"


class Lesion(models.TextChoices):
    """What is seen, never what caused it."""

    ECCHYMOSE = "ECCHYMOSE", "Ecchymose"
    HEMATOME = "HEMATOME", "Hématome"
    PLAIE = "PLAIE", "Plaie"
    EROSION = "EROSION", "Érosion, griffure"
    BRULURE = "BRULURE", "Brûlure"
    OEDEME = "OEDEME", "Gonflement"
    TRACE = "TRACE", "Trace linéaire ou en forme"
    CICATRICE = "CICATRICE", "Cicatrice"
    DOULEUR = "DOULEUR", "Douleur à la palpation, sans lésion visible"
    AUTRE = "AUTRE", "Autre, à préciser"


class Certificat(models.TextChoices):
    ETABLI = "ETABLI", "Établi et remis à la personne"
    SUIVRA = "SUIVRA", "Il suivra"
    REFUSE = "REFUSE", "Proposé, la personne n’en veut pas"


class Accord(models.TextChoices):
    OUI = "OUI", "Elle accepte"
    REFUS = "REFUS", "Elle refuse"
    IMPOSSIBLE = "IMPOSSIBLE", "Impossible à obtenir"


class Portee(models.TextChoices):
    SIGNALEMENT_PR = "SIGNALEMENT_PR", "Le signalement au procureur"
    CMI_JOINT = "CMI_JOINT", "Le certificat joint"
    PHOTOS = "PHOTOS", "Les photographies"
    CONTACT_AAV = "CONTACT_AAV", "Le contact d’une association d’aide aux victimes"


class Information(models.TextChoices):
    FAITE = "FAITE", "Oui, elle est informée"
    DIFFEREE = "DIFFEREE", "Pas encore, l’en informer maintenant l’exposerait"
    NON_FAITE = "NON_FAITE", "Non, c’est impossible"


class Hebergement(models.TextChoices):
    HOSPITALISATION = "HOSPITALISATION_PROTECTION", "Hospitalisation de protection"
    MISE_A_L_ABRI = "MISE_A_L_ABRI", "Mise à l’abri hors de l’hôpital"
    SEPARE = "SEPARE", "Domicile séparé"
    DOMICILE_COMMUN = "DOMICILE_COMMUN", "Retour au domicile commun"


class Plainte(models.TextChoices):
    DEJA = "DEJA", "Déjà déposée"
    SOUHAITEE_ICI = "SOUHAITEE_ICI", "Souhaitée ici, à l’hôpital"
    EN_LIGNE = "EN_LIGNE", "Souhaitée en ligne"
    COURRIER_PR = "COURRIER_PR", "Souhaitée par courrier au procureur"
    PLUS_TARD = "PLUS_TARD", "Peut-être plus tard"
    REFUSEE = "REFUSEE", "Elle n’en veut pas"


class Caractere(models.TextChoices):
    OBLIGATION = "OBLIGATION", "Obligation"
    DEVOIR = "DEVOIR_DEONTOLOGIQUE", "Devoir déontologique"
    PERMISSION = "PERMISSION", "Permission de la loi"
    SANS_BASE = "SANS_BASE", "Démarche de la personne"


class Canal(models.TextChoices):
    PLATEFORME = "PLATEFORME", "Trait d’union"
    APPEL = "APPEL", "Appel"
    COURRIER = "COURRIER", "Courrier"


class SuiteType(models.TextChoices):
    ENQUETE = "ENQUETE", "Enquête ouverte"
    GAV = "GAV", "Garde à vue"
    TGD = "TGD", "Téléphone grave danger"
    OPPI = "OPPI", "Ordonnance provisoire de protection immédiate"
    OP = "OP", "Ordonnance de protection"
    OPP = "OPP", "Ordonnance de placement provisoire"
    AUDITION_UAPED = "AUDITION_UAPED", "Audition à l’UAPED"
    EXPERTISE = "EXPERTISE", "Expertise ou examen"
    POURSUITES = "POURSUITES", "Poursuites"
    ALTERNATIVE = "ALTERNATIVE", "Alternative aux poursuites"
    CLASSEMENT = "CLASSEMENT", "Classement"
    TRANSMIS_AUTRE_PARQUET = "TRANSMIS_AUTRE_PARQUET", "Transmis à un autre parquet"
    RECHERCHES = "RECHERCHES", "Recherches en cours"
    RETROUVEE = "RETROUVEE", "Personne retrouvée"
    PLAINTE_RECUE = "PLAINTE_RECUE", "Plainte reçue"
    INTERVENTION = "INTERVENTION", "Intervention des forces de l’ordre"
    DESSAISISSEMENT = "DESSAISISSEMENT", "Dessaisissement de l’arme"
    REMISE_VOLONTAIRE = "REMISE_VOLONTAIRE", "Remise volontaire de l’arme"
    SANS_SUITE = "SANS_SUITE", "Sans suite"
    SANS_RETOUR = "SANS_RETOUR", "Aucune suite communicable"


JUDICIAIRES = (
    SuiteType.ENQUETE,
    SuiteType.GAV,
    SuiteType.TGD,
    SuiteType.OPPI,
    SuiteType.OP,
    SuiteType.OPP,
    SuiteType.AUDITION_UAPED,
    SuiteType.EXPERTISE,
    SuiteType.POURSUITES,
    SuiteType.ALTERNATIVE,
    SuiteType.CLASSEMENT,
    SuiteType.TRANSMIS_AUTRE_PARQUET,
    SuiteType.SANS_RETOUR,
)


class SuiteDeclaration(models.TextChoices):
    """What the recipient of a declaration answers besides what a prosecutor may."""

    REMIS = "REMIS", "Objet reçu contre récépissé"
    PLAINTE_ENREGISTREE = "PLAINTE_ENREGISTREE", "Plainte enregistrée"
    IDENTIFIE = "IDENTIFIE", "Personne identifiée"
    NON_IDENTIFIE = "NON_IDENTIFIE", "Recherches sans résultat"
    INTERVENTION = "INTERVENTION", "Intervention sur place"
    SUIVI_INTERNE = "SUIVI_INTERNE", "Suivi dans l’établissement"
