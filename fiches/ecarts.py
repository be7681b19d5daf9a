"""What separates a text being typed, faults and all, from the present text: field by field, word by word."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from fiches import contenu as contenus
from fiches.forms import Redacteur
from fiches.models import Redaction, VersionFiche
from presentation.comparaison import Bloc, Passage, comparer
from presentation.typographie import typographier

LIGNES = {"etapes": "Étape", "roles": "Rôle", "delais": "Délai", "textes": "Texte", "controle": "Question"}
HORS_TEXTE = {"ORDER", "DELETE"}


def en_donnees(saisie: dict[str, list[str]]) -> QueryDict:
    """What was typed, as its form posted it."""
    donnees = QueryDict(mutable=True)
    for nom, valeurs in saisie.items():
        donnees.setlist(nom, valeurs)
    return donnees


def redacteur_de(version: VersionFiche, donnees: QueryDict | None = None) -> Redacteur:
    return Redacteur(contenus.lire(version.contenu), version.titre, version.motif, version.version, data=donnees)


def ecarts(version: VersionFiche, redaction: Redaction) -> list[Passage]:
    """The passages that saving this draft now would change."""
    presents = list(_blocs(redacteur_de(version)))
    tapes = list(_blocs(redacteur_de(version, en_donnees(redaction.saisie))))
    return [passage for passage in comparer(presents, tapes) if passage.change]


def _blocs(redacteur: Redacteur) -> Iterator[Bloc]:
    yield from (
        _bloc(champ.name, str(champ.label), champ) for champ in redacteur.texte.visible_fields() if _mots(champ)
    )
    for jeu in redacteur.jeux:
        for rang, formulaire in enumerate(jeu.forms, 1):
            if formulaire["DELETE"].value():
                continue
            cle = formulaire["identifiant"].value() if "identifiant" in formulaire.fields else ""
            for champ in formulaire.visible_fields():
                if champ.name not in HORS_TEXTE and _mots(champ):
                    titre = f"{LIGNES[str(jeu.prefix)]} {rang} : {champ.label}"
                    yield _bloc(f"{jeu.prefix}-{cle or rang}-{champ.name}", titre, champ)


def _bloc(identifiant: str, titre: str, champ: BoundField) -> Bloc:
    return Bloc(identifiant, titre, _mots(champ))


def _mots(champ: BoundField) -> list[str]:
    """The lines of a field as they would be saved: the words of a choice, ticked boxes in their order on the page."""
    valeur: Any = champ.value()
    if isinstance(champ.field, forms.ChoiceField):
        codes = {str(code) for code in (valeur if isinstance(valeur, list | tuple) else [valeur])}
        choix: Any = champ.field.choices
        return [str(mots) for code, mots in choix if code and str(code) in codes]
    lignes = str("" if valeur is None else valeur).splitlines()
    return [typographier(ligne.strip()) for ligne in lignes if ligne.strip()]
