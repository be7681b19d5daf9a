"""What each party types: one small form per act on a case."""

from datetime import timedelta
from typing import Any

from django import forms

from convention.acteur import Acteur
from convention.models import Service
from documents.reception import PDF_SEUL, PIECES, Accueil, FichierRefuse, recevoir
from dossiers.models import Dossier
from presentation.formulaires import ChoixEncadres, DateNative, Formulaire, MomentNatif
from prises_en_charge.controles import constats
from prises_en_charge.faits import faits_de
from prises_en_charge.models import Extraction

TRAJET = timedelta(minutes=45)


def avec_invite(choix: Any, invite: str) -> list[tuple[str, str]]:
    return [("", invite), *choix]


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
        return recevoir(champ.name, champ, accueil)
    except FichierRefuse as refus:
        raise forms.ValidationError(str(refus)) from refus


class OrdreForm(GesteForm):
    numero_ecrou_pseudonymise = forms.CharField(
        label="Numéro d’écrou", max_length=20, help_text="Chiffré. Il reste au greffe."
    )
    statut_penal = forms.ChoiceField(
        label="Statut pénal",
        choices=avec_invite(Extraction.StatutPenal.choices, "Choisir"),
        help_text="Il reste au greffe.",
    )
    escorte = forms.ModelChoiceField(Service.objects.none(), label="Équipe d’escorte", empty_label=None)
    niveau_escorte = forms.ChoiceField(
        label="Niveau d’escorte", choices=avec_invite(Extraction.NiveauEscorte.choices, "Choisir")
    )
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
    surveillance_reexamen_le = forms.DateField(
        label="Niveau II ou III, à réexaminer le", widget=DateNative, required=False
    )
    ordre = forms.FileField(
        label="Ordre écrit du chef d’établissement",
        help_text="PDF ou photo. En urgence, il peut suivre.",
        required=False,
        error_messages={"required": "Joignez l’ordre écrit du chef d’établissement."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        escortes = Service.objects.filter(
            institution_id=self.dossier.extraction.etablissement.institution_id, domaine="escorte"
        )
        equipe = self.fields["escorte"]
        assert isinstance(equipe, forms.ModelChoiceField)  # noqa: S101  declared above
        equipe.queryset = escortes.order_by("nom")
        self.initial.setdefault("depart_prevu", self.dossier.extraction.creneau_debut - TRAJET)
        if self.dossier.urgence != "IMMEDIATE":
            self.fields["ordre"].required = True
            self.fields["ordre"].help_text = "PDF ou photo, 20\u00a0Mo au plus."

    def clean_ordre(self) -> Any:
        return _piece(self.cleaned_data["ordre"], PIECES)

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        niveau = donnees.get("niveau_surveillance", "")
        faits = faits_de(self.dossier.extraction, niveau_surveillance=niveau)
        if any(constat.numero == "R-31" for constat in constats(faits)):
            self.add_error("niveau_surveillance", next(c.message for c in constats(faits) if c.numero == "R-31"))
        elif niveau in {"II", "III"}:
            if not donnees.get("surveillance_motif"):
                self.add_error(
                    "surveillance_motif", "Un niveau II ou III est une décision motivée. Indiquez son motif."
                )
            if not donnees.get("surveillance_reexamen_le"):
                self.add_error("surveillance_reexamen_le", "Indiquez quand la décision sera réexaminée.")
        depart = donnees.get("depart_prevu")
        if depart and depart > self.dossier.extraction.creneau_fin:
            self.add_error("depart_prevu", "Le départ précède la fin du créneau.")
        return donnees


class FichierForm(GesteForm):
    """A single file to hand over."""

    fichier = forms.FileField(
        label="Ordre écrit du chef d’établissement", help_text="PDF ou photo, 20\u00a0Mo au plus."
    )

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
    chambre = forms.ChoiceField(label="Chambre", choices=avec_invite(Extraction.Chambre.choices, "Choisir une chambre"))
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
        choices=[
            ("", "Choisir un motif"),
            *((code, nom.capitalize()) for code, nom in Extraction.AnnulationEscorte.choices),
        ],
        error_messages={"required": "Indiquez le motif de l’annulation."},
    )
    nouveau_creneau = forms.DateTimeField(label="Nouveau créneau proposé", widget=MomentNatif, required=False)


class AnnulationSoinForm(GesteForm):
    annulation_soin_motif = forms.ChoiceField(
        label="Motif",
        choices=avec_invite(Extraction.AnnulationSoin.choices, "Choisir un motif"),
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
        label="Nature", choices=avec_invite(Extraction.Incident.choices, "Choisir"),
        help_text="Appelez d’abord le 17, la direction de garde et le parquet. L’outil garde la trace.",
    )  # fmt: skip
