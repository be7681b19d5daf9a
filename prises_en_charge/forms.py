"""What each party types: the demand on one page, then one small form per act."""

from typing import Any

from django import forms
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Service
from documents.reception import PDF_SEUL, PIECES, Accueil, FichierRefuse, recevoir
from dossiers.models import Dossier
from presentation.formulaires import ChoixEncadres, DateNative, Formulaire, MomentNatif
from prises_en_charge.controles import constats
from prises_en_charge.faits import faits_de
from prises_en_charge.models import Extraction

SOIN = (
    "urgences", "pediatrie", "psychiatrie", "gynecologie", "geriatrie", "chirurgie", "reanimation", "imagerie", "biologie",
)  # fmt: skip


def _vide(choix: Any, invite: str) -> list[tuple[str, str]]:
    return [("", invite), *choix]


class DemandeForm(Formulaire):
    """The prison health unit's page. The ward reads the medical part, the prison the rest."""

    etablissement = forms.ModelChoiceField(Service.objects.none(), label="Établissement", empty_label=None)
    genre = forms.ChoiceField(label="La personne est", choices=Extraction.Genre.choices, widget=ChoixEncadres)
    age = forms.IntegerField(
        label="Âge", min_value=13, max_value=110, help_text="Ni nom, ni numéro d’écrou : la référence du dossier suffit."
    )
    autorite_parentale = forms.ChoiceField(
        label="Pour un mineur, autorité parentale", choices=_vide(Extraction.Autorite.choices, "Sans objet"), required=False
    )
    service_accueil = forms.ModelChoiceField(
        Service.objects.none(), label="Service qui reçoit", empty_label="Choisir un service"
    )
    motif_acte = forms.ChoiceField(label="Motif", choices=_vide(Extraction.Motif.choices, "Choisir un motif"))
    examen_gyneco_ou_accouchement = forms.BooleanField(
        label="Examen gynécologique ou accouchement",
        required=False,
        help_text="Ni contrainte, ni présence pénitentiaire. L’établissement lit la consigne, jamais sa raison.",
    )
    consignes = forms.CharField(
        label="Consignes médicales pour le service", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    creneau_debut = forms.DateTimeField(label="Arrivée souhaitée", widget=MomentNatif)
    creneau_fin = forms.DateTimeField(label="Fin prévue", widget=MomentNatif)
    acces = forms.ChoiceField(label="Entrée", choices=Extraction.Acces.choices)
    hospitalisation_prevue = forms.BooleanField(label="Une hospitalisation est prévue", required=False)

    BLOCS = (
        ("La personne", ("etablissement", "genre", "age", "autorite_parentale")),
        ("Le soin, lu par le service seul", ("service_accueil", "motif_acte", "examen_gyneco_ou_accouchement", "consignes")),
        ("Le créneau, lu par tous", ("creneau_debut", "creneau_fin", "acces", "hospitalisation_prevue")),
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = acteur.place("USMP")
        maison = place.service_code.removeprefix("USMP-") if place else ""
        greffes = Service.objects.filter(domaine="greffe", institution__code=maison)
        self.fields["etablissement"].queryset = greffes.select_related("institution").order_by("institution__nom")
        self.fields["etablissement"].label_from_instance = lambda service: service.institution.nom_court
        soin = Service.objects.filter(institution_id=place.institution_id if place else None, domaine__in=SOIN)
        self.fields["service_accueil"].queryset = soin.order_by("nom")

    def blocs(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(titre, [self[nom] for nom in noms]) for titre, noms in self.BLOCS]

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        debut, fin = donnees.get("creneau_debut"), donnees.get("creneau_fin")
        if debut and fin and fin <= debut:
            self.add_error("creneau_fin", "La fin doit suivre l’arrivée.")
        if debut and debut < timezone.now() and donnees.get("motif_acte") != "URGENCE":
            self.add_error("creneau_debut", "Ce créneau est passé. Choisissez une heure à venir.")
        if (donnees.get("age") or 18) < 18 and not donnees.get("autorite_parentale"):
            self.add_error("autorite_parentale", "La personne est mineure. Indiquez ce qui est fait pour l’autorité parentale.")
        for constat in constats(faits_de(Extraction(consignes=donnees.get("consignes", "")))):
            if constat.bloque and constat.numero in {"R-32", "R-35"}:
                self.add_error("consignes", constat.message)
        return donnees


class GesteForm(Formulaire):
    """Base of the forms of one act on one case. `acteur` and `dossier` narrow the choices."""

    def __init__(self, *args: Any, acteur: Acteur, dossier: Dossier, **kwargs: Any) -> None:
        self.acteur, self.dossier = acteur, dossier
        super().__init__(*args, **kwargs)


def _piece(champ: Any, accueil: Accueil) -> Any:
    """The received file, or None; a refusal is a sentence beside the field."""
    if not champ:
        return None
    try:
        return recevoir(champ.name, champ.read(), accueil)
    except FichierRefuse as refus:
        raise forms.ValidationError(str(refus)) from refus


class OrdreForm(GesteForm):
    numero_ecrou_pseudonymise = forms.CharField(
        label="Numéro d’écrou", max_length=20, help_text="Chiffré. Il reste au greffe."
    )
    statut_penal = forms.ChoiceField(
        label="Statut pénal", choices=_vide(Extraction.StatutPenal.choices, "Choisir"), help_text="Il reste au greffe."
    )
    escorte = forms.ModelChoiceField(Service.objects.none(), label="Équipe d’escorte", empty_label=None)
    niveau_escorte = forms.ChoiceField(label="Niveau d’escorte", choices=_vide(Extraction.NiveauEscorte.choices, "Choisir"))
    effectif = forms.IntegerField(label="Nombre d’agents", min_value=1, max_value=12)
    moyens_contrainte = forms.MultipleChoiceField(
        label="Moyens de contrainte pendant le trajet",
        choices=Extraction.Contrainte.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    depart_prevu = forms.DateTimeField(label="Départ prévu", widget=MomentNatif)
    niveau_surveillance = forms.ChoiceField(
        label="Surveillance pendant la consultation", choices=Extraction.Surveillance.choices, widget=ChoixEncadres
    )
    surveillance_motif = forms.CharField(
        label="Motif du niveau II ou III", widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    surveillance_reexamen_le = forms.DateField(label="À réexaminer le", widget=DateNative, required=False)
    ordre = forms.FileField(
        label="Ordre écrit du chef d’établissement", help_text="PDF ou photo. En urgence, il peut suivre.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        escortes = Service.objects.filter(
            institution_id=self.dossier.extraction.etablissement.institution_id, domaine="escorte"
        )
        self.fields["escorte"].queryset = escortes.order_by("nom")

    def clean_ordre(self) -> Any:
        if not self.cleaned_data["ordre"] and self.dossier.urgence != "IMMEDIATE":
            raise forms.ValidationError("Joignez l’ordre écrit du chef d’établissement.")
        return _piece(self.cleaned_data["ordre"], PIECES)

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        niveau = donnees.get("niveau_surveillance", "")
        faits = faits_de(self.dossier.extraction, niveau_surveillance=niveau)
        if any(constat.numero == "R-31" for constat in constats(faits)):
            self.add_error("niveau_surveillance", next(c.message for c in constats(faits) if c.numero == "R-31"))
        elif niveau in {"II", "III"} and not donnees.get("surveillance_motif"):
            self.add_error("surveillance_motif", "Un niveau II ou III est une décision motivée. Indiquez son motif.")
        depart = donnees.get("depart_prevu")
        if depart and depart > self.dossier.extraction.creneau_fin:
            self.add_error("depart_prevu", "Le départ précède la fin du créneau.")
        return donnees


class FichierForm(GesteForm):
    """A single file to hand over."""

    fichier = forms.FileField(label="Ordre écrit du chef d’établissement", help_text="PDF ou photo, 20\u00a0Mo au plus.")

    def clean_fichier(self) -> Any:
        return _piece(self.cleaned_data["fichier"], PIECES)


class CompteRenduForm(GesteForm):
    fichier = forms.FileField(label="Compte rendu médical", help_text="PDF. L’unité sanitaire seule le reçoit.")

    def clean_fichier(self) -> Any:
        return _piece(self.cleaned_data["fichier"], PDF_SEUL)


class EscorteForm(GesteForm):
    depart_prevu = forms.DateTimeField(label="Départ confirmé", widget=MomentNatif)
    effectif = forms.IntegerField(label="Nombre d’agents", min_value=1, max_value=12)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        extraction = self.dossier.extraction
        self.initial.setdefault("depart_prevu", extraction.depart_prevu)
        self.initial.setdefault("effectif", extraction.effectif)


class HospitalisationForm(GesteForm):
    chambre = forms.ChoiceField(label="Chambre", choices=_vide(Extraction.Chambre.choices, "Choisir une chambre"))
    chambre_motif = forms.CharField(
        label="Pourquoi pas une chambre sécurisée", widget=forms.Textarea(attrs={"rows": 2}), required=False,
        help_text="Lu par les soignants seuls.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        chambre = donnees.get("chambre")
        if chambre and not chambre.startswith("SECURISEE") and not donnees.get("chambre_motif"):
            self.add_error("chambre_motif", "Indiquez pourquoi la chambre sécurisée ne convient pas.")
        return donnees


class PresenceForm(GesteForm):
    presence_pendant_examen = forms.ChoiceField(
        label="Pendant l’examen", choices=Extraction.Presence.choices, widget=ChoixEncadres
    )
    contrainte_levee = forms.TypedChoiceField(
        label="Contraintes pendant l’examen",
        choices=(("oui", "Levées"), ("non", "Maintenues")),
        coerce=lambda valeur: valeur == "oui",
        widget=ChoixEncadres,
    )
    presence_motif = forms.CharField(
        label="Motif de la décision", widget=forms.Textarea(attrs={"rows": 3}), help_text="Lu par les soignants seuls."
    )


class SortieForm(GesteForm):
    retour = forms.ChoiceField(label="Destination", choices=Extraction.Retour.choices)
    effets_inventories = forms.BooleanField(label="Les effets personnels sont inventoriés et rendus", required=False)
    traitements_transmis = forms.BooleanField(
        label="Les traitements partent sous pli fermé vers l’unité sanitaire", required=False
    )


class AnnulationEscorteForm(GesteForm):
    annulation_escorte_motif = forms.ChoiceField(
        label="Motif",
        choices=[("", "Choisir un motif"), *((code, nom.capitalize()) for code, nom in Extraction.AnnulationEscorte.choices)],
        error_messages={"required": "Indiquez le motif de l’annulation."},
    )
    nouveau_creneau = forms.DateTimeField(label="Nouveau créneau proposé", widget=MomentNatif, required=False)


class AnnulationSoinForm(GesteForm):
    annulation_soin_motif = forms.ChoiceField(
        label="Motif",
        choices=_vide(Extraction.AnnulationSoin.choices, "Choisir un motif"),
        help_text="Lu par les soignants seuls. L’établissement lit « Annulée par l’hôpital ».",
        error_messages={"required": "Indiquez le motif de l’annulation."},
    )
    nouveau_creneau = forms.DateTimeField(label="Nouveau créneau proposé", widget=MomentNatif, required=False)


class RefusForm(GesteForm):
    informee = forms.BooleanField(
        label="La personne est informée des conséquences de son refus, et peut décider pour elle-même",
        error_messages={"required": "Informez la personne avant de noter son refus."},
    )
    refus_constat = forms.CharField(
        label="Ce qui a été dit", widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text="Lu par les soignants seuls.",
    )  # fmt: skip


class IncidentForm(GesteForm):
    incident = forms.ChoiceField(
        label="Nature", choices=_vide(Extraction.Incident.choices, "Choisir"),
        help_text="Appelez d’abord le 17, la direction de garde et le parquet. L’outil garde la trace.",
    )  # fmt: skip
