"""What the référente draws before it is a text, and the trace that a professional keeps of a question on secrecy."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from fiches.models.fiche import VersionFiche
from fiches.models.reference import ReferenceLegale


class EbaucheArbre(models.Model):
    """A decision tree being drawn over a version, faults allowed; gone once saved. No history: not a text yet.

    `depart` is the hash of the tree it started from: a tree changed meanwhile is never overwritten.
    """

    version_fiche = models.ForeignKey(VersionFiche, on_delete=models.CASCADE, related_name="ebauches")
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    arbre = models.JSONField()
    depart = models.CharField(max_length=64)
    gardee_le = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version_fiche", "auteur"], name="ebauche_unique")]

    def __str__(self) -> str:
        return f"arbre en cours de {self.version_fiche}"


class ConsultationSecret(models.Model):
    """One question on professional secrecy, its answer under one version of a fiche, and what the author decided.

    It holds no identity of a patient. Only its author ever reads it.
    """

    class Etat(models.TextChoices):
        OUVERTE = "OUVERTE", "Ouverte"
        AVIS_DEMANDE = "AVIS_DEMANDE", "Avis demandé"
        DECIDEE = "DECIDEE", "Décidée"
        CLOSE = "CLOSE", "Close"

    class Demandeur(models.TextChoices):
        INTERNE = "INTERNE", "Moi-même ou un collègue"
        POLICE = "POLICE", "Police"
        GENDARMERIE = "GENDARMERIE", "Gendarmerie"
        PARQUET = "PARQUET", "Parquet"
        PREFET = "PREFET", "Préfet"
        AVOCAT = "AVOCAT", "Avocat"
        FAMILLE = "FAMILLE", "Famille ou proche"
        EMPLOYEUR = "EMPLOYEUR", "Employeur"
        ASSURANCE = "ASSURANCE", "Assurance"
        AUTRE = "AUTRE", "Autre"

    class Question(models.TextChoices):
        PRESENCE = "PRESENCE", "Une présence, des coordonnées"
        SANTE = "SANTE", "Un état de santé, un dossier"
        VICTIME = "VICTIME", "Une personne victime ou en danger"
        INFRACTION = "INFRACTION", "Une infraction, une arme, un objet"
        TEMOIGNAGE = "TEMOIGNAGE", "Une audition, un témoignage"
        AUTRE = "AUTRE", "Autre chose"

    class Resultat(models.TextChoices):
        BASE_TROUVEE = "BASE_TROUVEE", "Un texte le permet"
        SANS_BASE = "SANS_BASE", "Aucun texte ne le permet"
        AVIS_REQUIS = "AVIS_REQUIS", "Un avis est nécessaire"

    class Avis(models.TextChoices):
        CDOM = "CDOM", "Ordre des médecins"
        JURIDIQUE = "JURIDIQUE", "Affaires juridiques"
        DPO = "DPO", "Protection des données"
        ETHIQUE = "ETHIQUE", "Espace éthique"
        AUCUN = "AUCUN", "Aucun"

    class Decision(models.TextChoices):
        REVELER = "REVELER", "Je révèle ce que le texte permet"
        NE_PAS_REVELER = "NE_PAS_REVELER", "Je ne révèle rien"
        DIFFERER = "DIFFERER", "Je diffère ma décision"

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version_fiche = models.ForeignKey(VersionFiche, on_delete=models.PROTECT, related_name="+")
    parcours = models.CharField("rangs des réponses", max_length=30)
    reponses = models.JSONField("questions et réponses lues")
    conclusion = models.CharField(max_length=120)
    profession = models.CharField(max_length=120)
    demandeur_type = models.CharField("qui demande", max_length=12, choices=Demandeur.choices)
    question_type = models.CharField("sur quoi", max_length=12, choices=Question.choices)
    resultat = models.CharField(max_length=12, choices=Resultat.choices)
    derogation = models.CharField(max_length=3, blank=True)
    base = models.ForeignKey(ReferenceLegale, on_delete=models.PROTECT, null=True, related_name="+")
    ouverte_le = models.DateTimeField(auto_now_add=True)
    ouverte_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    avis_demande_a = models.CharField(max_length=10, choices=Avis.choices, default=Avis.AUCUN)
    avis_demande_le = models.DateTimeField(null=True)
    avis_demande_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    avis_recu_le = models.DateTimeField(null=True)
    avis_recu_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=15, choices=Decision.choices, blank=True)
    motif = models.CharField(max_length=600, blank=True)
    decidee_le = models.DateTimeField(null=True)
    decidee_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    close_le = models.DateTimeField(null=True)
    close_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    etat = models.CharField(max_length=12, choices=Etat.choices)
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-ouverte_le", "-pk"]
        indexes = [models.Index(fields=["ouverte_par", "-ouverte_le", "-id"], name="consultation_mienne")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decidee_le=None, decision="", motif="")
                | (Q(decidee_le__isnull=False) & ~Q(decision="") & ~Q(motif="")),
                name="consultation_decision_motivee",
                violation_error_message="Une décision a toujours son motif et sa date.",
            ),
            models.CheckConstraint(
                condition=Q(avis_demande_le=None, avis_demande_a="AUCUN", avis_recu_le=None)
                | (Q(avis_demande_le__isnull=False) & ~Q(avis_demande_a="AUCUN")),
                name="consultation_avis_demande",
                violation_error_message="Un avis se demande à quelqu’un avant d’être reçu.",
            ),
            models.CheckConstraint(
                condition=~Q(resultat="BASE_TROUVEE") | ~Q(derogation="") | Q(base__isnull=False),
                name="consultation_base_nommee",
                violation_error_message="Un texte trouvé est nommé.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"SECRET-{str(self.cle)[:8].upper()}"
