"""Declaring an authorisation or a commission rogatoire, and picking one."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.roles import REQUERANTS
from convention.acteur import Acteur
from convention.models import Service
from presentation.formulaires import Formulaire
from requisitions.forms.champs import ChampFichier, jour, ligne_de_texte, moment
from requisitions.forms.dates import exiger_proches
from requisitions.models import TitreJudiciaire
from requisitions.titres import DECLARANTS, utilisables
from requisitions.types_acte import libelles


class ChampTitre(forms.ModelChoiceField):
    """The titles that name the actor's unit today; another unit's number is not a choice, as an invented one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            queryset=TitreJudiciaire.objects.none(),
            label="Titre déclaré par le magistrat (facultatif)",
            required=False,
            empty_label="Aucun, ou sur papier",
            help_text="L’hôpital y lit déjà le magistrat, la date et ce qu’il couvre.",
            error_messages={"invalid_choice": "Choisissez un titre de la liste."},
            **options,
        )

    def label_from_instance(self, titre: TitreJudiciaire) -> str:
        return f"{titre.reference}, {titre.magistrat}, jusqu’au {titre.fin:%d/%m/%Y}"


def offrir_les_titres(form: forms.Form, acteur: Acteur) -> None:
    offrir(form, utilisables(acteur))


def offrir(form: forms.Form, titres: QuerySet[TitreJudiciaire]) -> None:
    """Fill the choices, or take the field away where there is none."""
    if titres.exists():
        form.fields["titre"].queryset = titres  # type: ignore[attr-defined]
    else:
        del form.fields["titre"]


class TitreForm(Formulaire):
    genre = forms.ChoiceField(label="Titre", error_messages={"required": "Choisissez ce que vous déclarez."})
    reference = ligne_de_texte("Numéro", 80, required=True)
    magistrat = ligne_de_texte("Magistrat", required=True, help_text="Nom et fonction.")
    beneficiaire = forms.ModelChoiceField(
        label="Unité qui peut s’en servir",
        queryset=Service.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez l’unité."},
    )
    signe_du = moment("Donné le", required=True)
    fin = jour("Jusqu’au", required=True)
    types_acte = forms.MultipleChoiceField(
        label="Actes couverts",
        choices=lambda: list(libelles().items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un acte."},
    )
    procedure = ligne_de_texte("Limité à la procédure", 60)
    personne = ligne_de_texte("Limité à la personne", 80, help_text="Nom de naissance.")
    copie = ChampFichier(
        label="Copie signée",
        required=False,
        help_text="PDF ou photo, 20 Mo au plus. Jointe à chaque demande qui s’en sert.",
    )

    def __init__(self, *args: Any, acteur: Acteur, **options: Any) -> None:
        super().__init__(*args, **options)
        genres = [(genre.value, genre.label) for genre, role in DECLARANTS.items() if acteur.a(role)]
        self.fields["genre"].choices = genres  # type: ignore[attr-defined]
        unites = Q(rattachements__role__in=REQUERANTS, rattachements__fin_le=None)
        self.fields["beneficiaire"].queryset = (  # type: ignore[attr-defined]
            Service.objects.filter(unites).distinct().order_by("nom_externe")
        )
        self.fields["magistrat"].initial = acteur.nom
        self.fields["personne"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        signe_du, fin = donnees.get("signe_du"), donnees.get("fin")
        if signe_du and signe_du > timezone.now():
            self.add_error("signe_du", "Un titre se déclare une fois donné.")
        exiger_proches(self, donnees, ("fin",))
        if signe_du and fin and fin < timezone.localdate(signe_du):
            self.add_error("fin", "La fin du titre suit sa date.")
        return donnees
