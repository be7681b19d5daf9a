"""The sessions of a hearing, and what a doctor says of the person's fitness after the first certificate has left."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models import Service
from documents.chiffrement import ChampChiffre
from dossiers.classes import Classe
from dossiers.models import Dossier


class Seance(models.Model):
    """One appointment; a deferred one is followed by another, and one at most is open.

    Nothing here says why in words of care: an interruption is a coded reason, and the requester reads the slot and
    the issue only. `representant`, `avocat`, `interprete` are those who were there; `representant_absent` says why the
    one whom a minor or a protected adult is owed was not.
    """

    class Lieu(models.TextChoices):
        """Never a shared room (§3.2): there is no such choice."""

        LOCAL = "local", "Local fermé de l’hôpital"
        CHAMBRE = "chambre", "Chambre individuelle"
        SERVICE = "service", "Dans le service enquêteur"

    class Issue(models.TextChoices):
        REALISEE = "realisee", "L’audition a eu lieu"
        REFUSEE_PATIENT = "refusee_patient", "La personne a refusé d’être entendue"
        REPORTEE_MEDICAL = "reportee_medical", "Reportée sur avis du médecin"
        NON_TENUE = "non_tenue", "Elle n’a pas eu lieu, pour une autre raison"

    class Interruption(models.TextChoices):
        MEDECIN = "medecin", "À la demande du médecin"
        PERSONNE = "personne", "À la demande de la personne"
        ENQUETEUR = "enqueteur", "Par l’enquêteur"
        INCIDENT = "incident", "Un incident"

    class Entendu(models.TextChoices):
        """A professional; a patient's is the letter's `statut_personne`."""

        TEMOIN = "temoin", "Témoin"
        VICTIME = "victime", "Victime"
        MISE_EN_CAUSE = "mise_en_cause", "Mis en cause"

    class SansRepresentant(models.TextChoices):
        """Why nobody stood beside a minor or a protected adult."""

        INJOIGNABLE = "injoignable", "Injoignable"
        EMPECHE = "empeche", "Prévenu, empêché"
        OPPOSE = "oppose", "Ses intérêts sont contraires"
        REFUSE = "refuse", "La personne n’en voulait pas"
        NON_APPELE = "non_appele", "L’enquêteur ne l’a pas appelé"

    class Presence(models.TextChoices):
        PRESENTE = "presente", "Présente à l’hôpital"
        PARTIE = "partie", "N’y est pas, ou plus"

    CLASSES: ClassVar = {
        "prevue_pour": Classe.ADMINISTRATIF,
        "lieu": Classe.ADMINISTRATIF,
        "service_prevenu": Classe.IDENTITE,
        "presence": Classe.IDENTITE,
        "issue": Classe.ADMINISTRATIF,
        "debut": Classe.ADMINISTRATIF,
        "fin": Classe.ADMINISTRATIF,
        "interruption": Classe.ADMINISTRATIF,
        "incident": Classe.ADMINISTRATIF,
        "representant": Classe.IDENTITE,
        "representant_absent": Classe.IDENTITE,
        "avocat": Classe.ADMINISTRATIF,
        "interprete": Classe.ADMINISTRATIF,
        "reevaluer_avant": Classe.ADMINISTRATIF,
        "entendu": Classe.JUDICIAIRE,
        "statut_depuis": Classe.JUDICIAIRE,
    }

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="seances")
    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    prevue_pour = models.DateTimeField("prévue pour")
    lieu = models.CharField(max_length=10, choices=Lieu.choices)
    service_prevenu = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    programmee_le = models.DateTimeField("programmée")
    programmee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField("présence vérifiée", max_length=10, choices=Presence.choices, blank=True)
    presence_le = models.DateTimeField(null=True, blank=True)
    presence_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issue = models.CharField(max_length=20, choices=Issue.choices, blank=True)
    debut = models.DateTimeField("début", null=True, blank=True)
    fin = models.DateTimeField(null=True, blank=True)
    interruption = models.CharField("interrompue", max_length=10, choices=Interruption.choices, blank=True)
    incident = ChampChiffre("incident, sans motif de santé ni ce qui s’est dit", blank=True)
    representant = ChampChiffre("représentant, curateur ou tuteur", blank=True)
    representant_absent = models.CharField(
        "représentant absent", max_length=12, choices=SansRepresentant.choices, blank=True
    )
    avocat = ChampChiffre(blank=True)
    interprete = ChampChiffre("interprète", blank=True)
    reevaluer_avant = models.DateTimeField("à réévaluer avant", null=True, blank=True)
    entendu = models.CharField("entendu comme", max_length=14, choices=Entendu.choices, blank=True)
    statut_depuis = models.DateTimeField("son statut a changé à", null=True, blank=True)
    constatee_le = models.DateTimeField("constatée", null=True, blank=True)
    constatee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["programmee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(issue=""),
                name="seance_une_ouverte",
                violation_error_message="Une audition est déjà programmée\u00a0: déplacez-la, ou constatez-la.",
            ),
            models.CheckConstraint(
                condition=models.Q(issue="", constatee_le=None, constatee_par=None)
                | ~models.Q(issue="") & models.Q(constatee_le__isnull=False, constatee_par__isnull=False),
                name="seance_issue_signee",
                violation_error_message="L’issue de l’audition, sa date et son auteur vont ensemble.",
            ),
            models.CheckConstraint(
                condition=models.Q(issue="realisee", debut__isnull=False, fin__isnull=False)
                | ~models.Q(issue="realisee") & models.Q(debut=None, fin=None, interruption=""),
                name="seance_tenue_datee",
                violation_error_message="Une audition tenue a un début et une fin, les autres n’en ont pas.",
            ),
            models.CheckConstraint(
                condition=models.Q(debut=None) | models.Q(fin__gt=models.F("debut")),
                name="seance_fin_apres_debut",
                violation_error_message="La fin suit le début.",
            ),
            models.CheckConstraint(
                condition=models.Q(issue="reportee_medical", reevaluer_avant__isnull=False)
                | ~models.Q(issue="reportee_medical") & models.Q(reevaluer_avant=None),
                name="seance_report_a_reevaluer",
                violation_error_message="Un report médical dit quand l’avis sera réévalué.",
            ),
            models.CheckConstraint(
                condition=models.Q(presence="", presence_le=None, presence_par=None)
                | ~models.Q(presence="") & models.Q(presence_le__isnull=False, presence_par__isnull=False),
                name="seance_presence_signee",
                violation_error_message="La présence vérifiée, sa date et son auteur vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"audition de {self.dossier_id}"


class AvisAptitude(models.Model):
    """A new fitness certificate, once the first has left with its letter: the act is the same, no requisition is new.

    The first one stays the block of the act (`Volet`), written again as long as nothing has left. Like the first, this
    one is written by the doctor and handed over by somebody else.
    """

    class Valeur(models.TextChoices):
        APTE = "apte", "Apte à être entendue"
        CONDITIONS = "conditions", "Apte sous conditions"
        INAPTE = "inapte", "Inapte\u00a0: l’audition est reportée"

    class Accord(models.TextChoices):
        ECRIT = "ecrit", "Accord écrit"
        ORAL = "oral", "Accord oral, tracé"
        REFUS = "refus", "Refuse d’être entendue"
        SANS_OBJET = "sans_objet", "Accord non requis dans ce cadre"

    CLASSES: ClassVar = dict.fromkeys(
        ("valeur", "conditions", "valable_jusqu_a", "reevaluer_avant", "accord"), Classe.ADMINISTRATIF
    )

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="avis_aptitude")
    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    valeur = models.CharField("avis du médecin", max_length=12, choices=Valeur.choices)
    donne_le = models.DateTimeField("donné")
    donne_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    conditions = ChampChiffre(blank=True)
    valable_jusqu_a = models.DateTimeField(null=True, blank=True)
    reevaluer_avant = models.DateTimeField("à réévaluer avant", null=True, blank=True)
    accord = models.CharField("la personne", max_length=12, choices=Accord.choices)
    remis_le = models.DateTimeField("remis", null=True, blank=True)
    remis_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords(excluded_fields=["cle"])

    class Meta:
        ordering: ClassVar = ["donne_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valeur="inapte", reevaluer_avant__isnull=False)
                | ~models.Q(valeur="inapte") & models.Q(reevaluer_avant=None),
                name="avis_inapte_a_reevaluer",
                violation_error_message="Un avis d’inaptitude dit quand il sera réévalué.",
            ),
            models.CheckConstraint(
                condition=models.Q(valable_jusqu_a=None) | models.Q(valable_jusqu_a__gt=models.F("donne_le")),
                name="avis_fin_apres_debut",
                violation_error_message="L’avis cesse de valoir après l’heure où il est donné.",
            ),
            models.CheckConstraint(
                condition=models.Q(remis_le=None, remis_par=None)
                | models.Q(remis_le__isnull=False, remis_par__isnull=False),
                name="avis_remise_signee",
                violation_error_message="La date et l’auteur de la remise vont ensemble.",
            ),
        ]

    def __str__(self) -> str:
        return f"avis de {self.dossier_id}"
