"""What a password must be (SEC-17): long, unknown to the lists, not the person's own name. No rule of composition."""

import re
import unicodedata
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

MINIMUM, MAXIMUM = 12, 128
AIDE = (
    "Douze caractères au moins. Une phrase de quatre ou cinq mots se retient bien et se devine mal. "
    "Vous pouvez la coller depuis un gestionnaire de mots de passe."
)
CHIFFRES = str.maketrans("013457@$!€", "oieastasie")
SUITES = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
)


def valider(mot_de_passe: str, utilisateur: Any = None) -> None:
    """Raise the sentences that say what to change."""
    validate_password(mot_de_passe, utilisateur)


def plat(texte: str) -> str:
    """Lower case, without accents nor separators."""
    decompose = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(lettre for lettre in decompose if lettre.isalnum() or lettre in "@$!€")


@cache
def courants() -> frozenset[str]:
    """Our French and local list; Django's own list of 20 000 comes besides."""
    lignes = (settings.RACINE / "donnees" / "mots_de_passe_courants.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(plat(ligne) for ligne in lignes if ligne and not ligne.startswith("#"))


@cache
def _anglais() -> frozenset[str]:
    return frozenset(map(plat, CommonPasswordValidator().passwords))


def est_courant(mot_de_passe: str) -> bool:
    """In a list as it is, disguised (@ for a, 0 for o) or dressed with digits and signs; or two or three such words."""
    nu = plat(mot_de_passe)
    coeur = re.sub(r"[^a-z]+$|^[^a-z]+", "", nu)
    formes = {nu, coeur, nu.translate(CHIFFRES), coeur.translate(CHIFFRES), re.sub(r"[^a-z]", "", nu)} - {""}
    if formes & (courants() | _anglais()):
        return True
    return any(_assemblage(forme) for forme in formes if forme.isalpha())


def _assemblage(mot: str) -> bool:
    """Two or three words of our list, side by side (« valenciennesurgences »)."""
    listes = courants()
    atteints = {0: 0}
    for fin in range(1, len(mot) + 1):
        pas = [atteints[debut] + 1 for debut in atteints if fin - debut >= 3 and mot[debut:fin] in listes]
        if pas:
            atteints[fin] = min(pas)
    return atteints.get(len(mot), 99) <= 3


def est_repetitif(mot_de_passe: str) -> bool:
    """A few characters over and over, or a run of the keyboard, whatever its length."""
    nu = plat(mot_de_passe)
    if len(set(nu)) <= 3:
        return True
    motif = re.fullmatch(r"(.{1,12}?)\1+.{0,5}", nu)
    suite = any(nu in (suite * 3) or nu in (suite[::-1] * 3) for suite in SUITES)
    return bool(motif) or suite


class _Regle:
    """Django's interface for a rule; `phrase` is both the help and the refusal."""

    phrase = ""
    code = ""

    def refuse(self, mot_de_passe: str, utilisateur: Any) -> bool:
        raise NotImplementedError

    def validate(self, password: str, user: Any = None) -> None:
        if self.refuse(password, user):
            raise ValidationError(self.phrase, code=self.code)

    def get_help_text(self) -> str:
        return self.phrase


class Longueur(_Regle):
    phrase = "Choisissez un mot de passe de 12 à 128\u00a0caractères\u00a0: une phrase de quatre ou cinq mots convient."
    code = "longueur"

    def refuse(self, mot_de_passe: str, utilisateur: Any) -> bool:
        return not MINIMUM <= len(mot_de_passe) <= MAXIMUM


class SansNul(_Regle):
    phrase = "Ce mot de passe contient un caractère invisible. Retapez-le, ou copiez-le à nouveau."
    code = "nul"

    def refuse(self, mot_de_passe: str, utilisateur: Any) -> bool:
        return "\0" in mot_de_passe


class PasCourant(_Regle):
    phrase = "Ce mot de passe figure dans les listes que les pirates essaient d’abord. Choisissez une phrase à vous."
    code = "courant"

    def refuse(self, mot_de_passe: str, utilisateur: Any) -> bool:
        return est_courant(mot_de_passe) or est_repetitif(mot_de_passe)


class PasSonNom(_Regle):
    phrase = "Ce mot de passe contient votre nom ou votre adresse. Choisissez une phrase sans rapport avec vous."
    code = "nom"

    def refuse(self, mot_de_passe: str, utilisateur: Any) -> bool:
        if utilisateur is None:
            return False
        nu = plat(mot_de_passe)
        local = utilisateur.courriel.partition("@")[0]
        siens = {plat(utilisateur.nom), plat(utilisateur.prenom), plat(local), *map(plat, re.split(r"[.\-_]", local))}
        return any(len(mot) >= 4 and mot in nu for mot in siens)
