"""The letter: what an authority asks, on what ground, and what the hospital answers."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models import Rattachement, Service
from documents.chiffrement import ChampChiffre
from dossiers.models import Lettre
from fiches.models import ReferenceLegale
from requisitions.models.audition import Seance
from requisitions.models.classes import CLASSES
from requisitions.models.decision import LigneDecision
from requisitions.models.remise import Remise
from requisitions.models.titre import TitreJudiciaire


class Cadre(models.TextChoices):
    FLAG = "FLAG", "Flagrance"
    PRELIM = "PRELIM", "Enquête préliminaire"
    CR = "CR", "Commission rogatoire"
    JI_DIRECT = "JI_DIRECT", "Juge d’instruction, acte direct"
    MORT74 = "MORT74", "Recherche des causes de la mort"
    DISP = "DISP", "Disparition inquiétante"
    DISP_ADM = "DISP_ADM", "Disparition, recherche administrative"
    FUITE = "FUITE", "Recherche d’une personne en fuite"
    ROUTE = "ROUTE", "Code de la route"
    DOUANE_ADM = "DOUANE_ADM", "Douanes, pouvoirs propres"
    DOUANE_JUD = "DOUANE_JUD", "Douane judiciaire"
    PREFET = "PREFET", "Réquisition du préfet"
    CIVIL = "CIVIL", "Juge civil ou juge des enfants"


class Requisition(Lettre):
    """Frozen when the answer or the refusal leaves the hospital. `cle_depot` makes the deposit idempotent."""

    class Canal(models.TextChoices):
        """How it reached the hospital; outside the portal no account says who requires."""

        PORTAIL = "portail", "Déposée dans Trait d’union"
        MAIN_PROPRE = "main_propre", "Au guichet, en main propre"
        TELEPHONE = "telephone", "Par téléphone"
        PAPIER = "papier", "Par courrier ou télécopie"
        COURRIEL = "courriel", "Par courriel"

    class Statut(models.TextChoices):
        VICTIME = "victime", "Victime"
        TEMOIN = "temoin", "Témoin"
        SUSPECT = "suspect", "Mise en cause"
        GAV = "gav", "En garde à vue"
        RETENUE_MINEUR = "retenue_mineur", "En retenue, de 10 à 13 ans"
        RETENUE_DOUANE = "retenue_douane", "En retenue douanière"
        RETENUE_SEJOUR = "retenue_sejour", "En retenue pour vérification du séjour"
        DETENUE = "detenue", "Détenue"
        MINEUR_DETENU = "mineur_detenu", "Mineure détenue"
        DEFUNTE = "defunte", "Défunte"
        SANS_CONSENTEMENT = "sans_consentement", "En soins sans consentement"
        INCONNU = "inconnu", "Non précisé"

    class Protection(models.TextChoices):
        """Empty when whoever requires does not know."""

        NON = "non", "Non"
        OUI = "oui", "Oui, tutelle ou curatelle"

    class Autorisation(models.TextChoices):
        ECRITE = "ecrite", "Écrite, jointe"
        ORALE = "orale", "Orale, magistrat et heure notés"
        INSTRUCTION = "instruction", "Instruction générale"
        DIRECTE = "directe", "Le procureur requiert lui-même"

    class Sexe(models.TextChoices):
        FEMME = "femme", "Femme"
        HOMME = "homme", "Homme"
        INCONNU = "inconnu", "Inconnu"

    class Presence(models.TextChoices):
        PRESENT = "present", "Présente"
        ABSENT = "absent", "Absente"
        SORTI = "sorti", "Sortie"
        INCONNU = "inconnu", "Inconnue"
        SANS_REPONSE = "sans_reponse", "Ne peut répondre, voir les affaires juridiques"

    class LieuSouhaite(models.TextChoices):
        """Where the requester would hear the person; the room is the hospital's to choose."""

        HOPITAL = "hopital", "À l’hôpital"
        SERVICE = "service", "Dans le service enquêteur"

    class Refus(models.TextChoices):
        INCOMPETENCE = "incompetence", "Autorité incompétente, cadre ou autorisation manquants"
        SECRET = "secret", "Secret médical : ni accord du médecin, ni saisie"
        RECUSATION = "recusation", "Médecin traitant ou intérêt personnel"
        TECHNIQUE = "technique", "Incompétence technique"
        INDISPONIBILITE = "indisponibilite", "Impossibilité matérielle ou force majeure"
        EXPERTISE_DETENU = "expertise_detenu", "Expertise demandée au médecin de l’unité sanitaire"
        PUBERTAIRE = "pubertaire", "Examen pubertaire pour déterminer l’âge"
        REFUS_PERSONNE = "refus_personne", "Geste refusé par la personne, sans cadre de contrainte"
        SANS_OBJET = "sans_objet", "Demande sans objet d’enquête"

    # The ways an answer leaves; a seal is for a seizure, and open e-mail is none of them.
    RETOURS: ClassVar = [
        (mode.value, mode.label) for mode in (Remise.Support.PLATEFORME, Remise.Support.PLI_FERME, Remise.Support.CLE)
    ]
    CLASSES: ClassVar = CLASSES

    cle_depot = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    canal = models.CharField("arrivée", max_length=12, choices=Canal.choices, default=Canal.PORTAIL)
    ligne_decision = models.ForeignKey(LigneDecision, on_delete=models.PROTECT, null=True, related_name="+")
    cadre = models.CharField(max_length=12, choices=Cadre.choices)
    type_acte = models.CharField(max_length=12)
    precision = models.CharField("cas particulier de la table", max_length=80, blank=True)
    articles = models.ManyToManyField(ReferenceLegale, blank=True, related_name="+")
    articles_cites = models.CharField("articles cités par l’acte", max_length=120, blank=True)
    autorite_nom = models.CharField(max_length=160)
    autorite_qualite = models.CharField(max_length=12, choices=Rattachement.Qualite.choices, blank=True)
    service_requerant = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    matricule = models.CharField(max_length=30, blank=True)
    sous_controle_de = models.CharField("OPJ qui contrôle", max_length=160, blank=True)
    autorisation_mode = models.CharField(max_length=12, choices=Autorisation.choices, blank=True)
    autorisation_magistrat = models.CharField(max_length=160, blank=True)
    autorisation_le = models.DateTimeField(null=True, blank=True)
    instruction_reference = models.CharField(max_length=80, blank=True)
    instruction_du = models.DateField(null=True, blank=True)
    instruction_couvre = models.BooleanField("couvre l’acte, l’infraction et l’émetteur", default=False)
    procureur_informe = models.BooleanField(default=False)
    titre = models.ForeignKey(TitreJudiciaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cr_reference = models.CharField(max_length=80, blank=True)
    cr_date = models.DateField(null=True, blank=True)
    cr_juge = models.CharField(max_length=160, blank=True)
    cr_jusqu_au = models.DateField("exécution avant le", null=True, blank=True)
    ordre_ecrit = models.BooleanField("arrêté ou ordre écrit joint", default=False)
    grade_controleur = models.BooleanField("agent des douanes contrôleur ou au-dessus", default=False)
    arrete_motif = ChampChiffre("urgence, telle que l’arrêté la motive", blank=True)
    arrete_jusqu_au = models.DateTimeField("fin de la mesure de l’arrêté", null=True, blank=True)
    num_procedure = models.CharField(max_length=60, blank=True)
    qualification = ChampChiffre(blank=True)
    date_faits = models.DateField(null=True, blank=True)
    mission = ChampChiffre()
    consigne = ChampChiffre("ce que lit l’exécutant, sans motif pénal", blank=True)
    periode_du = models.DateTimeField(null=True, blank=True)
    periode_au = models.DateTimeField(null=True, blank=True)
    creneau_du = models.DateTimeField("audition souhaitée à partir de", null=True, blank=True)
    creneau_au = models.DateTimeField("audition souhaitée jusqu’à", null=True, blank=True)
    lieu_souhaite = models.CharField(max_length=10, choices=LieuSouhaite.choices, blank=True)
    entendu_comme = models.CharField(
        "le professionnel est entendu comme", max_length=14, choices=Seance.Entendu.choices, blank=True
    )
    statut_personne = models.CharField(max_length=20, choices=Statut.choices, blank=True)
    naissance_inconnue = models.BooleanField(default=False)
    critere_sexe = models.CharField("sexe de la personne cherchée", max_length=8, choices=Sexe.choices, blank=True)
    critere_age_min = models.PositiveSmallIntegerField("âge minimal", null=True, blank=True)
    critere_age_max = models.PositiveSmallIntegerField("âge maximal", null=True, blank=True)
    critere_signe = ChampChiffre("blessure ou signe cherché", blank=True)
    majeur_protege = models.CharField(max_length=3, choices=Protection.choices, blank=True)
    interprete = models.CharField("langue de l’interprète", max_length=60, blank=True)
    cible = models.CharField("lieu filmé", max_length=160, blank=True)
    cameras = models.CharField("caméras", max_length=160, blank=True)
    orale = models.BooleanField(default=False)
    orale_motif = models.CharField(max_length=200, blank=True)
    confirmation_ecrite_le = models.DateTimeField(null=True, blank=True)
    urgence_vitale = models.BooleanField(default=False)
    urgence_confirmee_le = models.DateTimeField(null=True, blank=True)
    urgence_confirmee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    inopinee = models.BooleanField("opération sans demande préalable, ouverte par l’hôpital", default=False)
    debut_mesure = models.DateTimeField("début de la garde à vue", null=True, blank=True)
    fin_mesure = models.DateTimeField("fin de la garde à vue", null=True, blank=True)
    heure_demande = models.DateTimeField("examen demandé le", null=True, blank=True)
    adulte_injoignable = models.BooleanField("adulte approprié injoignable", default=False)
    delai_motif = models.CharField(max_length=200, blank=True)
    reponse_souhaitee_le = models.DateTimeField("souhait, sans effet sur le délai", null=True, blank=True)
    canal_de_retour = models.CharField("retour souhaité", max_length=15, choices=RETOURS, blank=True)
    authentifiee_le = models.DateTimeField(null=True, blank=True)
    authentifiee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    numero_rappel = models.CharField("numéro de l’annuaire composé", max_length=20, blank=True)
    presence_constatee = models.CharField(max_length=15, choices=Presence.choices, blank=True)
    presence_protegee = models.BooleanField("présence à ne pas révéler", default=False)
    presence_constatee_le = models.DateTimeField("registres lus le", null=True, blank=True)
    sortie_le = models.DateField(null=True, blank=True)
    reponse_presence = models.CharField(max_length=15, choices=Presence.choices, blank=True)
    reponse_texte = ChampChiffre(blank=True)
    copie_support = models.CharField("support remis au requérant", max_length=160, blank=True)
    copie_empreinte = models.CharField("empreinte de ce support", max_length=64, blank=True)
    refus_motif = models.CharField(max_length=20, choices=Refus.choices, blank=True)
    refus_texte = ChampChiffre(blank=True)
    history = HistoricalRecords(m2m_fields=[articles])

    # A child in prison is a detained person too.
    DETENUS: ClassVar = frozenset({Statut.DETENUE, Statut.MINEUR_DETENU})
    ARRIVEES: ClassVar = {
        Canal.PORTAIL: "Déposée",
        Canal.MAIN_PROPRE: "Reçue au guichet",
        Canal.TELEPHONE: "Reçue par téléphone",
        Canal.PAPIER: "Reçue par courrier ou télécopie",
        Canal.COURRIEL: "Reçue par courriel",
    }

    @property
    def arrivee(self) -> str:
        """The words before the moment it came: nobody deposits what the hospital writes down."""
        return "Ouverte sur place" if self.inopinee else self.ARRIVEES[self.Canal(self.canal)]

    class Meta(Lettre.Meta):
        abstract = False
        # Thawed only by a delivery taken back before it was opened: `requisition_figee`, in SQL, says so.
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="fige",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__fige_le__isnull=False, new__fige_le__isnull=False),
            )
        ]
        constraints: ClassVar = [
            *Lettre.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(authentifiee_le__isnull=True, authentifiee_par__isnull=True)
                | models.Q(authentifiee_le__isnull=False, authentifiee_par__isnull=False),
                name="requisition_authentifiee_appariee",
                violation_error_message="La date et l’auteur du rappel vont ensemble.",
            ),
            models.CheckConstraint(
                condition=models.Q(urgence_confirmee_le=None, urgence_confirmee_par=None)
                | models.Q(urgence_confirmee_le__isnull=False, urgence_confirmee_par__isnull=False),
                name="requisition_urgence_appariee",
                violation_error_message="La date et l’auteur de la confirmation vont ensemble.",
            ),
            models.CheckConstraint(
                condition=models.Q(periode_au__isnull=True)
                | models.Q(periode_du__isnull=True)
                | models.Q(periode_au__gte=models.F("periode_du")),
                name="requisition_periode",
                violation_error_message="La fin de la période suit son début.",
            ),
            models.CheckConstraint(
                condition=models.Q(critere_age_max__isnull=True)
                | models.Q(critere_age_min__isnull=True)
                | models.Q(critere_age_max__gte=models.F("critere_age_min")),
                name="requisition_age_cherche",
                violation_error_message="L’âge maximal est au moins l’âge minimal.",
            ),
            models.CheckConstraint(
                condition=models.Q(creneau_du=None, creneau_au=None)
                | models.Q(creneau_du__isnull=False, creneau_au__gt=models.F("creneau_du")),
                name="requisition_creneau",
                violation_error_message="La fin du créneau suit son début.",
            ),
        ]
