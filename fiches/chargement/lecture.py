"""YAML read with the line of every value, so that a fault is named where it stands."""

from pathlib import Path
from typing import Any

import yaml

from fiches.forme import Chemin

LECTEUR: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class DonneesInvalides(Exception):
    """The files cannot be loaded; `erreurs` are French sentences that name file and line."""

    def __init__(self, erreurs: list[str]) -> None:
        super().__init__("\n".join(erreurs))
        self.erreurs = erreurs


class Fichier:
    """A data file: its values and where each was written."""

    def __init__(self, nom: str, donnees: Any, lignes: dict[Chemin, int]) -> None:
        self.nom, self.donnees, self._lignes = nom, donnees, lignes

    def ligne(self, chemin: Chemin) -> int:
        """The line of a value, or of the nearest one that contains it."""
        while chemin and chemin not in self._lignes:
            chemin = chemin[:-1]
        return self._lignes.get(chemin, 1)

    def erreur(self, chemin: Chemin, message: str) -> str:
        return f"{self.nom}, ligne {self.ligne(chemin)} : {message}"


def lire(chemin: Path, nom: str) -> Fichier:
    """Parse one file. Raises DonneesInvalides when it is missing, malformed, or gives a key twice."""
    try:
        brut = chemin.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DonneesInvalides([f"{nom} : ce fichier manque."]) from None
    except UnicodeDecodeError:
        raise DonneesInvalides([f"{nom} : ce fichier n’est pas écrit en UTF-8."]) from None
    lecteur = LECTEUR(brut)
    try:
        noeud = lecteur.get_single_node()
        lignes: dict[Chemin, int] = {}
        donnees = _construire(lecteur, noeud, (), lignes, nom) if noeud is not None else None
    except yaml.MarkedYAMLError as faute:
        ligne = (faute.problem_mark.line if faute.problem_mark else 0) + 1
        aide = "l’écriture YAML est incorrecte ici ou juste avant. Vérifiez guillemets, retraits et deux-points."
        raise DonneesInvalides([f"{nom}, ligne {ligne} : {aide}"]) from None
    except (yaml.YAMLError, ValueError):
        raise DonneesInvalides(
            [f"{nom} : une valeur ne peut pas être lue (date impossible ou caractère interdit)."]
        ) from None
    finally:
        lecteur.dispose()
    return Fichier(nom, donnees, lignes)


def _construire(lecteur: Any, noeud: yaml.Node, chemin: Chemin, lignes: dict[Chemin, int], nom: str) -> Any:
    lignes[chemin] = noeud.start_mark.line + 1
    if isinstance(noeud, yaml.SequenceNode):
        return [_construire(lecteur, element, (*chemin, rang), lignes, nom) for rang, element in enumerate(noeud.value)]
    if isinstance(noeud, yaml.MappingNode):
        valeurs: dict[Any, Any] = {}
        for noeud_cle, noeud_valeur in noeud.value:
            cle, ligne = noeud_cle.value, noeud_cle.start_mark.line + 1
            if cle in valeurs:
                raise DonneesInvalides([f"{nom}, ligne {ligne} : le champ « {cle} » est écrit deux fois."])
            valeurs[cle] = _construire(lecteur, noeud_valeur, (*chemin, cle), lignes, nom)
            lignes[*chemin, cle] = ligne
        return valeurs
    try:
        return lecteur.construct_object(noeud)
    except ValueError:
        ligne = noeud.start_mark.line + 1
        raise DonneesInvalides([f"{nom}, ligne {ligne} : « {noeud.value} » ne peut pas être lu."]) from None
