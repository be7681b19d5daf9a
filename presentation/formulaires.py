"""Form rendering: one renderer, and the choices a person answers with one tap."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CHAMP_INCONNU = (
    "Cet envoi contient un champ que la page ne demande pas\u00a0: rien n’est enregistré. "
    "Actualisez la page, puis recommencez."
)
# What a page of ours may send beside the fields of its form: token, button, version that was read, window.
DE_LA_PAGE = frozenset({"csrfmiddlewaretoken", "geste", "version", "page", "next", "fenetre"})
TROIS_REPONSES = (("OUI", "Oui"), ("NON", "Non"), ("NSP", "Ne sait pas"))


class Rendu(TemplatesSetting):
    """Renders every field as a `.field` group; `{{ form }}` and `{{ field.as_field_group }}` follow it."""

    form_template_name = "django/forms/div.html"
    field_template_name = "composants/champ.html"


class Formulaire(forms.Form):
    """A form whose default « required » message names the field; give `error_messages` where a verb says it better.

    A field that it does not declare is refused: nothing is saved, what was typed stays. `accompagnent` names what its
    page sends besides, `jeux` the prefixes of the formsets that stand in the same page.
    """

    accompagnent: ClassVar[frozenset[str]] = frozenset()
    jeux: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            if champ.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                champ.error_messages["required"] = (
                    f"Complétez «\u00a0{champ.label}\u00a0»." if champ.label else "Complétez."
                )

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.inconnus():
            self.add_error(None, CHAMP_INCONNU)

    def inconnus(self) -> set[str]:
        """Names received that neither the form, nor its page, nor a formset of the page declares."""
        admis = {self.add_prefix(nom) for nom in (*self.base_fields, *self.fields)}
        admis |= {f"{nom}-clear" for nom in admis}
        recus = {*self.data, *self.files}
        if self.prefix:
            return {nom for nom in recus if nom.startswith(f"{self.prefix}-")} - admis
        passes = tuple(f"{jeu}-" for jeu in self.jeux)
        return {nom for nom in recus if not nom.startswith(passes)} - admis - DE_LA_PAGE - self.accompagnent


class DateNative(forms.DateInput):
    """The browser’s own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentNatif(forms.DateTimeInput):
    """The browser’s own date and time, in Paris time like every form value."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TroisReponses(forms.RadioSelect):
    """Oui, Non, Ne sait pas on one line. Drops the empty choice, so that nothing is ever answered in advance."""

    template_name = "django/forms/widgets/trois_reponses.html"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = TROIS_REPONSES) -> None:
        super().__init__(attrs, choices)

    def optgroups(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> list[Any]:
        groupes = super().optgroups(name, value, attrs)
        return [groupe for groupe in groupes if groupe[1][0]["value"] not in ("", None)]


class Question(forms.ChoiceField):
    """A question with the three answers; its label is the question."""

    widget = TroisReponses

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", TROIS_REPONSES)
        super().__init__(**kwargs)


class ChoixEncadres(forms.RadioSelect):
    """Two to five boxed options; `aides` gives a second line under some of them, by value."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, choices: Any = (), *, aides: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(attrs, choices)
        self.aides = dict(aides or {})

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        return {**option, "aide": self.aides.get(str(option["value"]), "")}


def cible(champ: BoundField) -> str:
    """The id a link of the error summary leads to: the first answer of a group, else the field."""
    identifiant = champ.auto_id
    groupe = isinstance(champ.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{identifiant}_0" if groupe else identifiant


def lignes_saisies(jeu: Any, prefixe: str, brut: Mapping[str, Any], *, vides: bool = False) -> list[dict[str, Any]]:
    """The lines of a formset as a browser sent them, without the empty ones unless asked; nothing is validated."""
    total = str(brut.get(f"{prefixe}-TOTAL_FORMS", "0"))
    combien = int(total) if re.fullmatch(r"[0-9]{1,4}", total) else 0
    noms = jeu.form.base_fields
    lignes = [
        {nom: brut.get(f"{prefixe}-{rang}-{nom}", "") for nom in noms} for rang in range(min(combien, jeu.max_num))
    ]
    return [ligne for ligne in lignes if vides or any(ligne.values())]


def points_a_corriger(*formulaires: Any) -> list[tuple[str, str]]:
    """(target, message) of each field in error, in the order of the page; an empty target is a general error.

    A formset counts as its own errors, then its forms, each with its `intitule` where it has one; a list, as its items.
    """
    points: list[tuple[str, str]] = []
    for formulaire in formulaires:
        if isinstance(formulaire, list):
            points += points_a_corriger(*formulaire)
            continue
        if isinstance(formulaire, forms.BaseFormSet):
            points += [("", str(message)) for message in formulaire.non_form_errors()]
            points += points_a_corriger(*formulaire.forms)
            continue
        points += [("", str(message)) for message in formulaire.non_field_errors()]
        qui = f"{intitule}\u00a0: " if (intitule := getattr(formulaire, "intitule", "")) else ""
        points += [(cible(champ), f"{qui}{champ.errors[0]}") for champ in formulaire if champ.errors]
    return points
