"""A step of a voie: the common fields it keeps, in its words, and the fields of its own."""

from typing import Any

from presentation.formulaires import Formulaire
from signalements.forms.champs import champ_de
from signalements.voies import Voie


class Etape(Formulaire):
    """A step. The common fields that the voie does not ask are dropped, its own are added."""

    code: str
    marquer_facultatifs = True

    def __init__(self, *args: Any, voie: Voie, sexe: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.voie, self.genre = voie, sexe
        for nom in [nom for nom in self.fields if not voie.demande(nom)]:
            del self.fields[nom]
        for nom, libelle in voie.libelles.items():
            if nom in self.fields:
                self.fields[nom].label = libelle
        for nom, aide in voie.aides.items():
            if nom in self.fields:
                self.fields[nom].help_text = aide
        self.attendus = voie.propres_de(self.code)
        self.fields.update({propre.nom: champ_de(propre) for propre in self.attendus})
        if not self.marquer_facultatifs:
            self._marquer_les_siens()

    def _marquer_les_siens(self) -> None:
        """Common fields of this step depend on one another; a field of the voie's own that nothing requires says so."""
        for propre in self.attendus:
            if not propre.erreur and propre.requis_si is None:
                self.fields[propre.nom].label = f"{propre.libelle} (facultatif)"

    @property
    def propres(self) -> list[Any]:
        """The bound fields that this voie adds to the step."""
        return [self[propre.nom] for propre in self.attendus]

    @property
    def communs(self) -> list[Any]:
        """The bound fields that every voie of this step shares."""
        siens = {propre.nom for propre in self.attendus}
        return [self[nom] for nom in self.fields if nom not in siens]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for propre in self.attendus:
            if propre.minimum and propre.nom in donnees and len(donnees[propre.nom] or ()) < propre.minimum:
                self.add_error(propre.nom, propre.erreur)
            if propre.requis_si is None or donnees.get(propre.nom):
                continue
            autre, valeurs, phrase = propre.requis_si
            reponse = donnees.get(autre) or ""
            if not valeurs.isdisjoint(reponse if isinstance(reponse, list) else [reponse]):
                self.add_error(propre.nom, phrase)
        return donnees
