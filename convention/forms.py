"""What an account manager types: who is invited with which right, and why."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.habilitations import manques
from convention.models import Institution, Rattachement, Service, SuiviCompte
from convention.models.habilitation import MOTIF_MINIMUM
from convention.personnes import ETATS
from convention.policies import AVEC_QUALITE, roles_de
from presentation.formulaires import DateNative, Formulaire

VIDE = [("", "Choisir")]


class Motif(Formulaire):
    """Why: read by the second person."""

    motif = forms.CharField(
        label="Motif",
        min_length=MOTIF_MINIMUM,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Le second le lira. Au moins 20 caractères, sans nom de patient.",
        error_messages={"min_length": f"Donnez un motif d’au moins {MOTIF_MINIMUM} caractères."},
    )


class Droit(Motif):
    """A right in a service of one institution."""

    service = forms.ModelChoiceField(label="Service", queryset=Service.objects.none(), empty_label="Choisir")
    role = forms.ChoiceField(label="Rôle")
    profession = forms.ChoiceField(
        label="Profession", required=False, choices=[*VIDE, *Rattachement.Profession.choices]
    )
    qualite = forms.ChoiceField(
        label="Qualité judiciaire", required=False, choices=[*VIDE, *Rattachement.Qualite.choices]
    )
    matricule = forms.CharField(label="RPPS, matricule ou numéro d’habilitation", required=False, max_length=30)
    debut_le = forms.DateField(label="Début", widget=DateNative, initial=timezone.localdate)
    fin_le = forms.DateField(
        label="Fin", required=False, widget=DateNative, help_text="Vide si la date n’est pas connue."
    )

    def __init__(
        self, *args: Any, institution: Institution, roles: frozenset[Role] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = institution.services.order_by("nom")  # type: ignore[attr-defined]
        permis = roles if roles is not None else roles_de(institution)
        self.fields["role"].choices = [*VIDE, *((r.value, r.label) for r in Role if r in permis)]  # type: ignore[attr-defined]
        if institution.famille != Institution.Famille.SANTE:
            del self.fields["profession"]
        if not permis & (AVEC_QUALITE | {Role.PREFECTURE}):
            del self.fields["qualite"]
        self.order_fields([nom for nom in self.fields if nom != "motif"])

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        valeurs = {nom: donnees.get(nom) or "" for nom in ("profession", "qualite", "matricule")}
        for champ, message in manques(donnees.get("role") or "", **valeurs).items():
            if champ not in self.errors:
                self.add_error(champ, message)
        debut, fin = donnees.get("debut_le"), donnees.get("fin_le")
        if debut and fin and fin <= debut:
            self.add_error("fin_le", "La fin doit suivre le début.")
        if fin and fin <= timezone.localdate():
            self.add_error("fin_le", "Cette date est passée\u00a0: donnez une date à venir.")
        return donnees


class Invitation(Droit):
    """A person without account, and the first right."""

    civilite = forms.ChoiceField(
        label="Civilité", required=False, choices=[("", "Aucune"), *((c, c) for c in ("Mme", "M.", "Dr", "Pr"))]
    )
    prenom = forms.CharField(label="Prénom", max_length=100)
    nom = forms.CharField(label="Nom", max_length=100)
    courriel = forms.EmailField(label="Adresse électronique professionnelle", help_text="L’invitation y sera envoyée.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["civilite", "prenom", "nom", "courriel"])


class Suspension(Formulaire):
    motif = forms.ChoiceField(
        label="Pourquoi",
        choices=[choix for choix in SuiviCompte.Motif.choices if choix[0] in {"securite", "absence"}],
    )


class Refus(Formulaire):
    """The answer of the second person; a refusal says why."""

    motif = forms.CharField(label="Motif du refus", required=False, max_length=500)


class Filtres(Formulaire):
    """Values that do not exist are dropped: a list is shown anyway."""

    marquer_facultatifs = False
    accompagnent = frozenset({"apres"})
    texte = forms.CharField(label="Nom ou adresse", required=False, max_length=60)
    service = forms.ModelChoiceField(
        label="Service", required=False, queryset=Service.objects.none(), empty_label="Tous"
    )
    role = forms.ChoiceField(label="Rôle", required=False)
    etat = forms.ChoiceField(label="État", required=False)

    def __init__(self, *args: Any, services: QuerySet[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", "Tous"), *((r.value, r.label.partition(" : ")[0]) for r in Role)]  # type: ignore[attr-defined]
        self.fields["etat"].choices = [("", "Tous"), *((code, mots[0]) for code, mots in ETATS.items())]  # type: ignore[attr-defined]


class Depart(Formulaire):
    """One colleague by case; `tous` fills those left empty."""

    def __init__(self, *args: Any, candidats: QuerySet[User], lignes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lignes = lignes
        if len(lignes) > 1:
            self.fields["tous"] = self._choix("Confier tous les dossiers à", candidats)
        for ligne in lignes:
            self.fields[f"d-{ligne.cle}"] = self._choix(f"Confier {ligne.reference} à", candidats)

    @staticmethod
    def _choix(libelle: str, candidats: QuerySet[User]) -> forms.ModelChoiceField:
        return forms.ModelChoiceField(
            label=libelle, queryset=candidats, required=False, empty_label="Choisir un collègue"
        )

    def successeurs(self) -> dict[Any, User]:
        tous = self.cleaned_data.get("tous")
        choix = {ligne.cle: self.cleaned_data.get(f"d-{ligne.cle}") or tous for ligne in self.lignes}
        return {cle: compte for cle, compte in choix.items() if compte is not None}
