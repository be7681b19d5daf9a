"""The rows that follow the fields of a step: the children of « personne », the injuries of « faits »."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dossiers.models import Personne
from presentation.formulaires import lignes_saisies
from signalements.contenu import Lu
from signalements.forms.lignes import EnfantsFormSet, LesionsFormSet
from signalements.parcours import Page

Ligne = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Annexe:
    """`code` is its prefix in the form, `bloc` the group of the voie that brings it."""

    code: str
    bloc: str
    formset: Any
    lire: Callable[[Lu], list[Ligne]]
    ecrire: Callable[[Lu, list[Ligne]], None]

    def jeu(self, lu: Lu, donnees: Any) -> Any:
        """The rows as they were sent; those of the letter when the page that was sent had none."""
        if f"{self.code}-TOTAL_FORMS" in donnees:
            return self.formset(donnees, prefix=self.code)
        return self.montrer(lu, None, {})

    def montrer(self, lu: Lu, brut: Mapping[str, Any] | None, voulue: Ligne) -> Any:
        """The rows of the draft, else of the letter, and the one that was just asked."""
        lignes = lignes_saisies(self.formset, self.code, brut) if brut else self.lire(lu)
        return self.formset(initial=[*lignes, voulue] if voulue else lignes, prefix=self.code)

    def enregistrer(self, lu: Lu, jeu: Any) -> None:
        if not jeu.is_bound:
            return
        lignes = [ligne for ligne in jeu.cleaned_data if any(valeur not in ("", None) for valeur in ligne.values())]
        self.ecrire(lu, lignes)


def _lire_enfants(lu: Lu) -> list[Ligne]:
    autres = lu.lettre.enfants or []
    return [
        {"prenom": enfant.prenoms, "age": enfant.age, **(autres[rang] if rang < len(autres) else {})}
        for rang, enfant in enumerate(lu.enfants)
    ]


def _ecrire_enfants(lu: Lu, lignes: list[Ligne]) -> None:
    lu.dossier.personnes.filter(role=Personne.Role.ENFANT).delete()
    for ligne in lignes:
        Personne.objects.create(
            dossier=lu.dossier, role=Personne.Role.ENFANT, prenoms=ligne.get("prenom", ""), age=ligne.get("age")
        )
    lu.lettre.enfants = [{"present": ligne.get("present", ""), "lieu": ligne.get("lieu", "")} for ligne in lignes]


def _lire_lesions(lu: Lu) -> list[Ligne]:
    return list(lu.lettre.lesions or [])


def _ecrire_lesions(lu: Lu, lignes: list[Ligne]) -> None:
    lu.lettre.lesions = lignes


_ANNEXES = {
    "personne": Annexe("enfants", "enfants", EnfantsFormSet, _lire_enfants, _ecrire_enfants),
    "faits": Annexe("lesions", "certificat", LesionsFormSet, _lire_lesions, _ecrire_lesions),
}


def annexe_de(lu: Lu, page: Page) -> Annexe | None:
    """The rows of a step, None when the voie does not ask them."""
    annexe = _ANNEXES.get(page.code)
    return annexe if annexe and annexe.bloc in lu.voie.blocs else None
