"""The decision table as versioned rows: what the committee may change without a developer."""

from typing import ClassVar

from django.db import models


class LigneDecision(models.Model):
    """One combination cadre × type d’acte of one edition. `precision` narrows it (« mineur de moins de 16 ans »).

    Written by `manage.py charger_table_requisitions` only; `fin` is set when a later edition replaces it.
    """

    class Autorisation(models.TextChoices):
        AUCUNE = "aucune", "Aucune autorisation à vérifier"
        PROCUREUR = "procureur", "Autorisation du procureur"
        INSTRUCTION = "instruction", "Autorisation du procureur ou instruction générale"
        INSTRUCTIONS = "instructions", "Instructions du procureur"
        COMMISSION = "commission", "Commission rogatoire"
        DECISION = "decision", "Décision d’un magistrat"
        VISA = "visa", "Écrit de l’autorité administrative"

    class Ordre(models.TextChoices):
        NON = "non", "Non requis"
        CONSEILLE = "conseille", "Conseillé"
        REQUIS = "requis", "Requis"

    class Unite(models.TextChoices):
        MINUTES = "minutes", "minutes"
        HEURES = "heures", "heures"
        HEURES_OUVREES = "heures_ouvrees", "heures ouvrées"
        JOURS_OUVRES = "jours_ouvres", "jours ouvrés"
        FIXE = "fixe", "fixé par l’acte"

    edition = models.CharField(max_length=20)
    debut = models.DateField()
    fin = models.DateField(null=True, blank=True)
    rang = models.PositiveSmallIntegerField()
    cadre = models.CharField(max_length=12)
    type_acte = models.CharField(max_length=12)
    precision = models.CharField(max_length=80, blank=True)
    articles = models.JSONField("clés de références légales", default=list)
    articles_texte = models.CharField(max_length=120)
    autorites = models.JSONField("qualités admises", default=list)
    autorisation = models.CharField(max_length=15, choices=Autorisation.choices)
    ordre = models.CharField(max_length=10, choices=Ordre.choices, default=Ordre.NON)
    delai_unite = models.CharField(max_length=15, choices=Unite.choices)
    delai_valeur = models.PositiveSmallIntegerField(default=0)
    urgent_unite = models.CharField(max_length=15, choices=Unite.choices)
    urgent_valeur = models.PositiveSmallIntegerField(default=0)
    delai_legal = models.BooleanField("délai légal, sinon proposé", default=False)
    delai_repere = models.BooleanField("chiffre proposé d’une règle sans chiffre", default=False)
    delai_texte = models.CharField("délai, en mots de la convention", max_length=60, blank=True)
    a_confirmer = models.BooleanField("à confirmer par le conseil", default=False)
    note = models.CharField("ce que le conseil doit relire", max_length=200, blank=True)
    renvoi = models.CharField("n’est pas une réquisition : où cela se demande", max_length=200, blank=True)
    circuit = models.JSONField("codes de services", default=list)

    class Meta:
        ordering: ClassVar = ["rang", "cadre", "type_acte"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "cadre", "type_acte", "precision"],
                name="decision_unique",
                violation_error_message="Cette édition décrit deux fois la même combinaison.",
            )
        ]

    def __str__(self) -> str:
        return f"ligne {self.rang} : {self.cadre} × {self.type_acte}"
