"""What authorises the act, in writing: a copy of its own, or within the file of the requisition."""

from collections.abc import Mapping, Set
from typing import Any

from django import forms

from documents.models import Fichier
from requisitions.forms.champs import ChampFichier, suivre

# The files of the page, in the order they are asked.
FICHIERS = ("appui", "fichier")


def champ_appui() -> ChampFichier:
    return ChampFichier(label="Copie de l’autorisation, de la commission, de l’ordre ou de l’arrêté", required=False)


def champ_dans_l_acte() -> forms.BooleanField:
    return forms.BooleanField(label="Elle est déjà dans le fichier de la réquisition", required=False)


def accueillir_l_appui(form: forms.Form) -> None:
    suivre(form, "appui", "acte", "Inutile si le titre est choisi dans la liste.")


def constater_l_appui(donnees: dict[str, Any], gardes: Set[str], caches: Set[str]) -> None:
    """Whether a copy is asked and really there: nothing is « in the file » of a demand that has none."""
    dans_l_acte = donnees.get("ordre_ecrit") and bool(donnees.get("fichier") or "fichier" in gardes)
    joint = donnees.get("appui") or "appui" in gardes or dans_l_acte
    donnees["ordre_ecrit"] = bool(joint) and "appui" not in caches


def fichiers_de(form: forms.Form, gardes: Mapping[str, Fichier]) -> dict[str, Fichier | None]:
    """What was just chosen, or what the draft keeps."""
    return {champ: form.cleaned_data.get(champ) or gardes.get(champ) for champ in FICHIERS}
