"""One person behind two accounts: what four eyes must not take for two persons."""

import unicodedata

from accounts.models import User
from convention.models import Rattachement


def meme_personne(premier: User, second: User, *, matricule: str = "", institution_id: int = 0) -> str:
    """The French reason to take these two accounts for one person, or nothing.

    `matricule` and `institution_id` stand for the rights of a `premier` who has no account yet.
    """
    if premier.pk is not None and premier.pk == second.pk:
        return "Une seule personne ne peut pas approuver sa propre demande."
    if _adresse(premier) == _adresse(second):
        return "Ces deux comptes ont la même adresse\u00a0: un autre collègue doit approuver."
    siens = _rattachements(second)
    miens = _rattachements(premier) if premier.pk else {(_numero(matricule), institution_id)}
    if {matricule for matricule, _ in miens if matricule} & {matricule for matricule, _ in siens if matricule}:
        return "Ces deux comptes portent le même RPPS ou matricule\u00a0: un autre collègue doit approuver."
    communes = {institution for _, institution in miens} & {institution for _, institution in siens}
    if communes and _nom(premier) == _nom(second):
        return "Ces deux comptes portent le même nom dans la même institution\u00a0: un autre collègue doit approuver."
    return ""


def _rattachements(utilisateur: User) -> set[tuple[str, int]]:
    """Every number and institution ever held: a right that ended still says who somebody is."""
    lignes = Rattachement.objects.filter(utilisateur=utilisateur).values_list("matricule", "service__institution")
    return {(_numero(matricule), maison) for matricule, maison in lignes}


def _numero(matricule: str) -> str:
    return "".join(car for car in matricule.casefold() if car.isalnum())


def _adresse(utilisateur: User) -> str:
    """The local part without its label, dots or case: « M.Durand+2@a.test » and « mdurand@b.test » are one."""
    locale = utilisateur.courriel.casefold().partition("@")[0].partition("+")[0]
    return "".join(car for car in locale if car.isalnum())


def _nom(utilisateur: User) -> tuple[str, ...]:
    """First and last names without accents, case, hyphens or order."""
    plat = unicodedata.normalize("NFKD", f"{utilisateur.prenom} {utilisateur.nom}".casefold())
    lettres = "".join(car if car.isalnum() else " " for car in plat if not unicodedata.combining(car))
    return tuple(sorted(lettres.split()))
