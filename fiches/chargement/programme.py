"""What a convention file says of its programme: axes, actions and indicators, events and their places."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from convention.models import Action, Axe, Convention, Etape, Indicateur, Institution, Manifestation
from fiches.chargement.bilan import Bilan
from fiches.chargement.lecture import Fichier
from fiches.forme import Chemin

Poser = Callable[[Any, dict[str, Any], dict[str, Any], Bilan], Any]
Lier = Callable[[Any, str, list[Institution], Bilan], None]


def verifier_programme(fichier: Fichier, institutions: set[str]) -> Iterator[str]:
    """Codes written once, institutions that exist."""
    brut = fichier.donnees
    for nom in ("axes", "evenements"):
        yield from _repetes(fichier, (nom,), [ligne["code"] for ligne in brut.get(nom, ())])
    lignes: list[tuple[Chemin, Mapping[str, Any]]] = [
        (("evenements", rang), ligne) for rang, ligne in enumerate(brut.get("evenements", ()))
    ]
    for rang, axe in enumerate(brut.get("axes", ())):
        chemin: Chemin = ("axes", rang, "actions")
        yield from _repetes(fichier, chemin, [action["code"] for action in axe["actions"]])
        lignes += [((*chemin, place), action) for place, action in enumerate(axe["actions"])]
    for chemin, ligne in lignes:
        citees = [*ligne.get("partenaires", ()), *([ligne["pilote"]] if "pilote" in ligne else [])]
        for code in citees:
            if code not in institutions:
                yield fichier.erreur(chemin, f"l’institution « {code} » n’existe pas.")


def _repetes(fichier: Fichier, chemin: Chemin, codes: list[str]) -> Iterator[str]:
    for rang, code in enumerate(codes):
        if code in codes[:rang]:
            yield fichier.erreur((*chemin, rang, "code"), f"« {code} » est déjà écrit plus haut.")


class Programme:
    """Writes the programme of one convention, with the loader's own rule: what people changed is left as it is."""

    def __init__(
        self, convention: Convention, institutions: Mapping[str, Institution], poser: Poser, lier: Lier, bilan: Bilan
    ) -> None:
        self._convention, self._institutions, self._bilan = convention, institutions, bilan
        self._poser, self._lier = poser, lier

    def ecrire(self, brut: Mapping[str, Any]) -> None:
        for ordre, ligne in enumerate(brut.get("axes", ()), 1):
            valeurs = {"ordre": ordre, "intitule": ligne["intitule"]}
            axe = self._poser(Axe, {"convention": self._convention, "code": ligne["code"]}, valeurs, self._bilan)
            for rang, action in enumerate(ligne["actions"], 1):
                self._action(axe, rang, action)
        for ordre, ligne in enumerate(brut.get("evenements", ()), 1):
            self._manifestation(ordre, ligne)

    def _action(self, axe: Axe, ordre: int, ligne: Mapping[str, Any]) -> None:
        valeurs = {
            "ordre": ordre,
            "intitule": ligne["intitule"],
            "pilote": self._une(ligne.get("pilote")),
            "echeance": ligne.get("echeance"),
        }
        action = self._poser(Action, {"axe": axe, "code": ligne["code"]}, valeurs, self._bilan)
        self._lier(action, "partenaires", self._toutes(ligne), self._bilan)
        for indicateur in ligne.get("indicateurs", ()):
            cle = {"action": action, "intitule": indicateur["intitule"]}
            valeurs = {"unite": indicateur.get("unite", ""), "cible": indicateur.get("cible")}
            self._poser(Indicateur, cle, valeurs, self._bilan)

    def _manifestation(self, ordre: int, ligne: Mapping[str, Any]) -> None:
        valeurs = {champ: ligne.get(champ, "") for champ in ("titre", "description", "duree", "autres_partenaires")}
        valeurs |= {"ordre": ordre, "pilote": self._une(ligne.get("pilote"))}
        cle = {"convention": self._convention, "code": ligne["code"]}
        manifestation = self._poser(Manifestation, cle, valeurs, self._bilan)
        self._lier(manifestation, "partenaires", self._toutes(ligne), self._bilan)
        for rang, etape in enumerate(ligne["etapes"], 1):
            champs = ("commune", "periode", "stands_annonces", "equipes_annoncees")
            valeurs = {champ: etape.get(champ, "") for champ in champs}
            self._poser(Etape, {"manifestation": manifestation, "ordre": rang}, valeurs, self._bilan)

    def _une(self, code: str | None) -> Institution | None:
        return self._institutions[code] if code else None

    def _toutes(self, ligne: Mapping[str, Any]) -> list[Institution]:
        return [self._institutions[code] for code in ligne.get("partenaires", ())]
