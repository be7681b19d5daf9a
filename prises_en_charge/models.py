"""The letter of an extraction: three blocks, each written by its own house. Read it through `regards.vue_pour`."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from simple_history.models import HistoricalRecords

from convention.models import Service
from documents.chiffrement import ChampChiffre
from dossiers.classes import Classe
from dossiers.models import Lettre, Piece

_A, _J, _M, _I, _T = Classe.ADMINISTRATIF, Classe.JUDICIAIRE, Classe.MEDICAL, Classe.IDENTITE, Classe.TECHNIQUE


class Extraction(Lettre):
    """A detained person's trip to the hospital. No name anywhere: the case reference is the identity."""

    class Venue(models.TextChoices):
        PROGRAMMEE = "PROGRAMMEE", "Venue programmée"
        URGENCE = "URGENCE", "Urgence"

    class Motif(models.TextChoices):
        CONSULTATION = "CONSULTATION", "Consultation"
        IMAGERIE = "IMAGERIE", "Imagerie"
        BLOC = "BLOC", "Intervention au bloc"
        URGENCE = "URGENCE", "Urgence médicale"
        SUIVI = "SUIVI", "Suivi"
        PSYCHIATRIE = "PSYCHIATRIE", "Transfert en psychiatrie"
        NAISSANCE = "NAISSANCE", "Naissance"

    class Genre(models.TextChoices):
        FEMME = "F", "Femme"
        HOMME = "H", "Homme"

    class Autorite(models.TextChoices):
        INFORMEE = "INFORMEE", "Titulaires de l’autorité parentale informés"
        ACCORD = "ACCORD", "Accord parental recueilli"
        JUGE = "JUGE", "Décision judiciaire"
        ISOLE = "ISOLE", "Mineur non accompagné : administrateur ad hoc ou aide sociale à l’enfance"

    class Acces(models.TextChoices):
        AUTORITES = "AUTORITES", "Accueil des autorités"
        LATERALE = "LATERALE", "Entrée latérale"
        SAS = "SAS", "Sas des ambulances"

    class StatutPenal(models.TextChoices):
        PREVENU = "PREVENU", "Prévenu"
        CONDAMNE = "CONDAMNE", "Condamné"
        RETENU = "RETENU", "Retenu"

    class NiveauEscorte(models.TextChoices):
        NE1 = "NE1", "Niveau 1"
        NE2 = "NE2", "Niveau 2"
        NE3 = "NE3", "Niveau 3"
        NE4 = "NE4", "Niveau 4"
        NE5 = "NE5", "Niveau 5"
        NE6 = "NE6", "Niveau 6"

    class Contrainte(models.TextChoices):
        MENOTTES = "MENOTTES", "Menottes"
        ENTRAVES = "ENTRAVES", "Entraves"
        CEINTURE = "CEINTURE", "Ceinture"

    class Surveillance(models.TextChoices):
        I = "I", "Niveau I : hors de la présence de l’escorte"  # noqa: E741
        II = "II", "Niveau II : escorte présente, sans contrainte"
        III = "III", "Niveau III : escorte présente, avec contrainte"

    class Presence(models.TextChoices):
        HORS_VUE = "HORS_VUE", "Hors de vue et d’écoute"
        HORS_ECOUTE = "HORS_ECOUTE", "Hors d’écoute"
        PRESENCE = "PRESENCE", "Présence de l’escorte"

    class Chambre(models.TextChoices):
        SECURISEE_1 = "SECURISEE_1", "Chambre sécurisée 1"
        SECURISEE_2 = "SECURISEE_2", "Chambre sécurisée 2"
        SERVICE = "SERVICE", "Chambre du service, avec garde"
        REANIMATION = "REANIMATION", "Réanimation, avec garde"
        AUTRE = "AUTRE", "Autre chambre, avec garde"

    class Retour(models.TextChoices):
        ORIGINE = "ORIGINE", "Établissement d’origine"
        UHSI = "UHSI", "Unité hospitalière sécurisée interrégionale"
        UHSA = "UHSA", "Unité hospitalière spécialement aménagée"
        AUTRE = "AUTRE", "Autre lieu"

    class AnnulationEscorte(models.TextChoices):
        EFFECTIFS = "EFFECTIFS", "escorte indisponible"
        VEHICULE = "VEHICULE", "véhicule ou matériel indisponible"
        SECURITE = "SECURITE", "raison de sécurité"
        TRANSFERT = "TRANSFERT", "transfert ou libération"
        MOUVEMENT = "MOUVEMENT", "convocation judiciaire le même jour"

    class AnnulationSoin(models.TextChoices):
        SERVICE = "SERVICE", "Service ou praticien indisponible"
        MATERIEL = "MATERIEL", "Équipement indisponible"
        CONTRE_INDICATION = "CONTRE_INDICATION", "Contre-indication médicale certifiée"
        INUTILE = "INUTILE", "L’examen n’est plus nécessaire"
        SUR_PLACE = "SUR_PLACE", "Soin réalisé dans l’unité sanitaire"

    class Incident(models.TextChoices):
        EVASION = "EVASION", "Évasion ou tentative"
        VIOLENCE = "VIOLENCE", "Violence"
        AUTOMUTILATION = "AUTOMUTILATION", "Atteinte à soi-même"
        DECES = "DECES", "Décès"
        AUTRE = "AUTRE", "Autre incident"

    CLASSES: ClassVar = {
        "demande_cle": _T,
        "motif_acte": _M, "service_accueil": _M, "consignes": _M, "examen_gyneco_ou_accouchement": _M,
        "presence_motif": _M, "annulation_soin_motif": _M, "refus_constat": _M, "chambre_motif": _M,
        "etablissement": _A, "escorte": _A, "creneau_debut": _A, "creneau_fin": _A, "depart_prevu": _A, "acces": _A,
        "genre": _I, "age": _I, "mineur": _A, "autorite_parentale": _A, "hospitalisation_prevue": _A,
        "effectif": _A, "niveau_surveillance": _A, "presence_pendant_examen": _A, "contrainte_levee": _A,
        "chambre": _A, "arrivee_le": _A, "soins_le": _A, "hospitalisee_le": _A, "sortie_le": _A, "retour_le": _A,
        "retour": _A, "effets_inventories": _A, "traitements_transmis": _A, "annulation_escorte_motif": _A,
        "nouveau_creneau": _A, "incident": _A,
        "numero_ecrou_pseudonymise": _J, "statut_penal": _J, "niveau_escorte": _J, "moyens_contrainte": _J,
        "surveillance_motif": _J, "surveillance_reexamen_le": _J, "ordre_ecrit": _J,
    }  # fmt: skip

    demande_cle = models.UUIDField("clé de la demande, contre le double envoi", default=uuid.uuid4, unique=True)
    # medical: the prison health unit and the receiving ward
    motif_acte = models.CharField(max_length=15, choices=Motif.choices)
    service_accueil = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    consignes = ChampChiffre(blank=True)
    examen_gyneco_ou_accouchement = models.BooleanField(default=False)
    presence_motif = ChampChiffre(blank=True)
    annulation_soin_motif = models.CharField(max_length=20, choices=AnnulationSoin.choices, blank=True)
    refus_constat = ChampChiffre(blank=True)
    chambre_motif = ChampChiffre(blank=True)
    # administrative: shared, each party its own part
    etablissement = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    escorte = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    creneau_debut = models.DateTimeField(db_index=True)
    creneau_fin = models.DateTimeField()
    depart_prevu = models.DateTimeField(null=True, blank=True)
    acces = models.CharField(max_length=12, choices=Acces.choices, default=Acces.AUTORITES)
    genre = models.CharField(max_length=1, choices=Genre.choices)
    age = models.PositiveSmallIntegerField()
    mineur = models.BooleanField(default=False)
    autorite_parentale = models.CharField(max_length=10, choices=Autorite.choices, blank=True)
    hospitalisation_prevue = models.BooleanField(default=False)
    effectif = models.PositiveSmallIntegerField(null=True, blank=True)
    niveau_surveillance = models.CharField(max_length=3, choices=Surveillance.choices, blank=True)
    presence_pendant_examen = models.CharField(max_length=12, choices=Presence.choices, blank=True)
    contrainte_levee = models.BooleanField(null=True, blank=True)
    chambre = models.CharField(max_length=12, choices=Chambre.choices, blank=True)
    arrivee_le = models.DateTimeField(null=True, blank=True)
    soins_le = models.DateTimeField(null=True, blank=True)
    hospitalisee_le = models.DateTimeField(null=True, blank=True)
    sortie_le = models.DateTimeField(null=True, blank=True)
    retour_le = models.DateTimeField(null=True, blank=True)
    retour = models.CharField(max_length=8, choices=Retour.choices, blank=True)
    effets_inventories = models.BooleanField(default=False)
    traitements_transmis = models.BooleanField(default=False)
    annulation_escorte_motif = models.CharField(max_length=12, choices=AnnulationEscorte.choices, blank=True)
    nouveau_creneau = models.DateTimeField(null=True, blank=True)
    incident = models.CharField(max_length=15, choices=Incident.choices, blank=True)
    # judicial: the prison registry, and its escort for what an escort needs
    numero_ecrou_pseudonymise = ChampChiffre(blank=True)
    statut_penal = ChampChiffre(blank=True)
    niveau_escorte = models.CharField(max_length=3, choices=NiveauEscorte.choices, blank=True)
    moyens_contrainte = ArrayField(
        models.CharField(max_length=10, choices=Contrainte.choices), default=list, blank=True
    )
    surveillance_motif = ChampChiffre(blank=True)
    surveillance_reexamen_le = models.DateField(null=True, blank=True)
    ordre_ecrit = models.ForeignKey(Piece, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta(Lettre.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *Lettre.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(creneau_fin__gt=models.F("creneau_debut")),
                name="extraction_creneau",
                violation_error_message="Le créneau doit finir après son début.",
            ),
            models.CheckConstraint(
                condition=~models.Q(examen_gyneco_ou_accouchement=True, presence_pendant_examen="PRESENCE"),
                name="extraction_hors_presence",
                violation_error_message="Pour cet examen, la présence de l’escorte est interdite.",
            ),
            models.CheckConstraint(
                condition=~models.Q(chambre__in=["SECURISEE_1", "SECURISEE_2"], hospitalisee_le__isnull=True),
                name="extraction_chambre_datee",
                violation_error_message="Une chambre sécurisée a une heure d’entrée.",
            ),
        ]

    @property
    def sans_contrainte_ni_presence(self) -> bool:
        """Demanded by the care, whatever the ground: the prison reads this consequence, never its reason."""
        return self.examen_gyneco_ou_accouchement or self.presence_pendant_examen == self.Presence.HORS_VUE
