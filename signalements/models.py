"""The two letters, with a patient and without, their numbered complements and the outcomes a recipient records."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from convention.models import Rattachement, Service
from documents.chiffrement import ChampChiffre, JsonChiffre
from dossiers.classes import Classe
from dossiers.models import Dossier, Lettre, Piece
from fiches.models import ReferenceLegale
from signalements import reponses
from signalements.declarations.tables import Mesure, Victime

__all__ = ["Complement", "Declaration", "Mesure", "Signalement", "Suite", "Victime"]


class Signalement(Lettre):
    """What the reporter writes. Identities are in `dossiers.Personne`; frozen when it is transmitted.

    `etapes` lists the steps validated; `grille_*` hold {"version", "reponses": {question: OUI|NON|NSP}}.
    """

    CLASSES: ClassVar = {
        **dict.fromkeys(("etapes", "caractere", "canal", "destinataire", "base_legale"), Classe.ADMINISTRATIF),
        **dict.fromkeys(
            ("profession", "signataire_nom", "signataire_matricule", "signataire_service", "telephone_rappel"),
            Classe.ADMINISTRATIF,
        ),
        **dict.fromkeys(("date_appel", "interlocuteur", "attestation_conscience"), Classe.ADMINISTRATIF),
        **dict.fromkeys(
            (
                "date_constat",
                "a_examine",
                "faits_observes",
                "propos_rapportes",
                "types_violences",
                "certificat",
                "lesions",
            ),
            Classe.MEDICAL,
        ),
        **dict.fromkeys(
            ("grille_d", "grille_e", "danger_immediat", "motif_danger", "emprise", "motif_emprise"), Classe.MEDICAL
        ),
        **dict.fromkeys(("etat_grossesse", "agression_sexuelle", "mesures", "motif_decision"), Classe.MEDICAL),
        "propres": Classe.MEDICAL,
        **dict.fromkeys(
            ("date_faits", "lieu_faits", "commune_faits", "contexte", "lien_auteur", "auteur_designe", "enfants"),
            Classe.SOCIAL,
        ),
        **dict.fromkeys(
            ("accord_recherche", "accord", "accord_date", "accord_paroles", "accord_ecrit", "accord_portee"),
            Classe.SOCIAL,
        ),
        **dict.fromkeys(("information", "information_date", "information_par", "motif_non_information"), Classe.SOCIAL),
        **dict.fromkeys(
            ("hebergement", "plainte", "auteur_present_hopital", "crainte_represailles", "date_reevaluation"),
            Classe.SOCIAL,
        ),
        **dict.fromkeys(("contact_sur", "contact_interdit"), Classe.IDENTITE),
    }

    etapes = models.JSONField(default=list, blank=True)
    # Facts
    date_constat = models.DateTimeField(null=True, blank=True)
    a_examine = models.BooleanField(default=False)
    date_faits = ChampChiffre(blank=True)
    lieu_faits = models.CharField(max_length=20, choices=reponses.Lieu.choices, blank=True)
    commune_faits = ChampChiffre(blank=True)
    contexte = models.CharField(max_length=20, choices=reponses.Contexte.choices, blank=True)
    faits_observes = ChampChiffre(blank=True)
    propos_rapportes = ChampChiffre(blank=True)
    lien_auteur = models.CharField(max_length=20, choices=reponses.LienAuteur.choices, blank=True)
    auteur_designe = ChampChiffre("auteur tel que désigné par la personne", blank=True)
    types_violences = JsonChiffre(default=list, blank=True)
    agression_sexuelle = models.CharField(max_length=3, choices=reponses.OuiNonNsp.choices, blank=True)
    # [{zone, nature, dimensions, couleur}], numbered in this order on the body diagram
    lesions = JsonChiffre(default=list, blank=True)
    certificat = models.CharField(max_length=10, choices=reponses.Certificat.choices, blank=True)
    etat_grossesse = models.CharField(max_length=3, choices=reponses.OuiNonNsp.choices, blank=True)
    enfants = JsonChiffre(default=list, blank=True)
    # What its voie alone asks: {field: answer}, described by signalements.champs
    propres = JsonChiffre(default=dict, blank=True)
    # Danger and hold
    grille_d = JsonChiffre(default=dict, blank=True)
    grille_e = JsonChiffre(default=dict, blank=True)
    danger_immediat = models.CharField(max_length=3, choices=reponses.OuiNon.choices, blank=True)
    motif_danger = ChampChiffre(blank=True)
    emprise = models.CharField(max_length=3, choices=reponses.OuiNon.choices, blank=True)
    motif_emprise = ChampChiffre(blank=True)
    crainte_represailles = ChampChiffre(blank=True)
    # Agreement and information
    accord_recherche = models.CharField(max_length=3, choices=reponses.OuiNon.choices, blank=True)
    accord = models.CharField(max_length=12, choices=reponses.Accord.choices, blank=True)
    accord_date = models.DateTimeField(null=True, blank=True)
    accord_paroles = ChampChiffre(blank=True)
    accord_ecrit = models.BooleanField(default=False)
    accord_portee = models.JSONField(default=list, blank=True)
    information = models.CharField(max_length=10, choices=reponses.Information.choices, blank=True)
    information_date = models.DateTimeField(null=True, blank=True)
    information_par = ChampChiffre(blank=True)
    motif_non_information = ChampChiffre(blank=True)
    # Safety
    contact_sur = ChampChiffre(blank=True)
    contact_interdit = ChampChiffre(blank=True)
    mesures = ChampChiffre(blank=True)
    hebergement = models.CharField(max_length=30, choices=reponses.Hebergement.choices, blank=True)
    plainte = models.CharField(max_length=15, choices=reponses.Plainte.choices, blank=True)
    auteur_present_hopital = models.CharField(max_length=3, choices=reponses.OuiNonNsp.choices, blank=True)
    # Signature and sending
    base_legale = models.ForeignKey(ReferenceLegale, on_delete=models.PROTECT, null=True, related_name="+")
    caractere = models.CharField(max_length=25, choices=reponses.Caractere.choices, blank=True)
    attestation_conscience = models.BooleanField(default=False)
    profession = models.CharField(max_length=20, choices=Rattachement.Profession.choices, blank=True)
    signataire_nom = models.CharField(max_length=160, blank=True)
    signataire_matricule = models.CharField(max_length=30, blank=True)
    signataire_service = models.CharField(max_length=160, blank=True)
    telephone_rappel = ChampChiffre(blank=True)
    destinataire = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    canal = models.CharField(max_length=12, choices=reponses.Canal.choices, default=reponses.Canal.PLATEFORME)
    date_appel = models.DateTimeField(null=True, blank=True)
    interlocuteur = ChampChiffre(blank=True)
    # Decision not to report
    motif_decision = ChampChiffre(blank=True)
    date_reevaluation = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta(Lettre.Meta):
        abstract = False


class Declaration(Lettre):
    """The letter of a route that names no patient: no column can hold one, and no `Personne` hangs on it (ADR 14).

    `propres` holds what its route asks, described by `signalements.champs`; frozen when it is transmitted.
    """

    CLASSES: ClassVar = {
        **dict.fromkeys(("etapes", "propres", "base_legale", "destinataire"), Classe.ADMINISTRATIF),
        **dict.fromkeys(("signataire_nom", "signataire_qualite", "telephone_rappel"), Classe.ADMINISTRATIF),
        **dict.fromkeys(("date_appel", "interlocuteur", "attestation"), Classe.ADMINISTRATIF),
    }

    etapes = models.JSONField(default=list, blank=True)
    propres = JsonChiffre(default=dict, blank=True)
    base_legale = models.ForeignKey(ReferenceLegale, on_delete=models.PROTECT, null=True, related_name="+")
    attestation = models.BooleanField(default=False)
    signataire_nom = models.CharField(max_length=160, blank=True)
    signataire_qualite = models.CharField(max_length=160, blank=True)
    telephone_rappel = ChampChiffre(blank=True)
    destinataire = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="+")
    date_appel = models.DateTimeField(null=True, blank=True)
    interlocuteur = ChampChiffre(blank=True)
    history = HistoricalRecords()

    class Meta(Lettre.Meta):
        abstract = False


class Complement(models.Model):
    """What is added after the freeze: numbered, frozen at once. `cle` is the key of its form, sent once."""

    class Objet(models.TextChoices):
        COMPLEMENT = "COMPLEMENT", "Complément"
        INFORMATION = "INFORMATION", "Information de la personne"
        FIN = "FIN", "Fin de la recherche"

    CLASSES: ClassVar = {
        "numero": Classe.ADMINISTRATIF,
        "objet": Classe.ADMINISTRATIF,
        "texte": Classe.MEDICAL,
        "pieces": Classe.MEDICAL,
        "fige_le": Classe.TECHNIQUE,
        "fige_par": Classe.TECHNIQUE,
        "empreinte": Classe.TECHNIQUE,
    }

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="complements")
    numero = models.PositiveSmallIntegerField()
    objet = models.CharField(max_length=12, choices=Objet.choices, default=Objet.COMPLEMENT)
    texte = ChampChiffre()
    pieces = models.ManyToManyField(Piece, blank=True, related_name="complements")
    fige_le = models.DateTimeField()
    fige_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    empreinte = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["dossier_id", "numero"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "numero"],
                name="complement_numero_unique",
                violation_error_message="Ce numéro de complément est déjà pris.",
            ),
            models.CheckConstraint(
                condition=~Q(empreinte=""),
                name="complement_fige",
                violation_error_message="Un complément figé porte son empreinte.",
            ),
        ]
        triggers: ClassVar = [pgtrigger.Protect(name="complement_fige", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Complément n°\u00a0{self.numero}"


class Suite(models.Model):
    """An outcome. The reporter reads `information` and its date, never `suite_type`."""

    CLASSES: ClassVar = {
        "suite_type": Classe.JUDICIAIRE,
        "date": Classe.ADMINISTRATIF,
        "information": Classe.ADMINISTRATIF,
        "propres": Classe.ADMINISTRATIF,
        "service": Classe.ADMINISTRATIF,
        "enregistree_le": Classe.TECHNIQUE,
        "enregistree_par": Classe.TECHNIQUE,
    }

    cle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="suites")
    suite_type = models.CharField(
        max_length=25, choices=[*reponses.SuiteType.choices, *reponses.SuiteDeclaration.choices]
    )
    date = models.DateField()
    information = ChampChiffre("ce que lit l’auteur du signalement", blank=True)
    # What a declaration alone asks of its recipient, as `Declaration.propres` asks of its author
    propres = JsonChiffre(default=dict, blank=True)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    enregistree_le = models.DateTimeField(auto_now_add=True)
    enregistree_par = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    history = HistoricalRecords()

    class Meta:
        ordering: ClassVar = ["-date", "-pk"]

    def __str__(self) -> str:
        return self.get_suite_type_display()
