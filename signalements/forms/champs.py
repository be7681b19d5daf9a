"""The kinds of fields that the steps are made of."""

from django import forms

from presentation.formulaires import ChoixEncadres, DateNative, MomentNatif, Question
from signalements.champs import Genre, Propre
from signalements.reponses import OuiNon

BOITES_MAXIMUM = 5


def texte(label: str, lignes: int = 3, **options: object) -> forms.CharField:
    options.setdefault("required", False)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": lignes}), max_length=8000, **options)  # type: ignore[arg-type]


def choix(label: str, choices: list[tuple[str, str]], erreur: str = "", **options: object) -> forms.ChoiceField:
    """A drop-down, empty at first."""
    messages = {"required": erreur} if erreur else None
    return forms.ChoiceField(
        label=label,
        choices=[("", "Choisir"), *choices],
        required=bool(erreur),
        error_messages=messages,
        **options,  # type: ignore[arg-type]
    )


def boites(
    label: str, choices: list[tuple[str, str]], erreur: str = "", aides: dict[str, str] | None = None
) -> forms.ChoiceField:
    """Two to five boxed answers, none ticked in advance."""
    messages = {"required": erreur} if erreur else None
    return forms.ChoiceField(
        label=label, choices=choices, widget=ChoixEncadres(aides=aides), required=bool(erreur), error_messages=messages
    )


def champ_de(propre: Propre) -> forms.Field:
    """The form field of a voie's own field."""
    champ = _champ(propre)
    champ.required = bool(propre.erreur)
    champ.help_text = propre.aide
    if propre.erreur:
        champ.error_messages["required"] = propre.erreur
    return champ


def _champ(propre: Propre) -> forms.Field:
    choices = list(propre.choix)
    match propre.genre:
        case Genre.LIGNE:
            return forms.CharField(label=propre.libelle, max_length=300)
        case Genre.TEXTE:
            return texte(propre.libelle, required=bool(propre.erreur))
        case Genre.JOUR:
            return forms.DateField(label=propre.libelle, widget=DateNative)
        case Genre.MOMENT:
            return forms.DateTimeField(label=propre.libelle, widget=MomentNatif)
        case Genre.NOMBRE:
            return forms.IntegerField(label=propre.libelle, min_value=0, max_value=9999)
        case Genre.OUI_NON_NSP:
            return Question(label=propre.libelle)
        case Genre.OUI_NON:
            return boites(propre.libelle, list(OuiNon.choices), propre.erreur)
        case Genre.PLUSIEURS:
            return forms.MultipleChoiceField(label=propre.libelle, choices=choices, widget=forms.CheckboxSelectMultiple)
    return (boites if len(choices) <= BOITES_MAXIMUM else choix)(propre.libelle, choices, propre.erreur)
