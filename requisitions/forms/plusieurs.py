"""The lines of a deposit, each read as the page again about somebody or somewhere else (ADR 23)."""

from collections.abc import Mapping, Set
from typing import Any, Self, TypeVar
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.models.dossier import Urgence
from presentation.temps import NBSP
from requisitions.forms.appui import FICHIERS
from requisitions.forms.cibles import LIEU, PREFIXE, CibleForm, distinguent
from requisitions.forms.montres import CRENEAU, PERIODE
from requisitions.types_acte import TypeActe, type_acte

# What a line does not say again is that of the page, a group at a time.
COMMUNS = (LIEU, PERIODE, CRENEAU, *(frozenset({nom}) for nom in ("fin_mesure", "debut_mesure", "heure_demande")))
DEJA = {
    True: ("nom", "Cette personne est déjà dans la demande."),
    False: ("cible", "Ce lieu est déjà demandé à ces heures."),
}


class PageForm(CibleForm):
    """A page that may be read again about another: `autres`, its lines; what it misses, doubts and looks like."""

    acteur: Acteur
    cle: UUID
    gardes: Set[str]
    autres: Any
    manques: list[str]
    a_verifier: list[str]
    semblables: list[Dossier]

    def pour_une_autre(self, envoi: dict[str, str]) -> Self:
        """This page about another person or place; its files are those of the page, good or not."""
        joints = {champ for champ in FICHIERS if self.cleaned_data.get(champ) or champ in self.errors}
        return type(self)(envoi, acteur=self.acteur, cle=self.cle, gardes=self.gardes | joints)


Page = TypeVar("Page", bound=PageForm)


def pages_des_autres(form: Page) -> list[Page]:
    """The page of each line that says something: same rules, same words.

    A fault is said on the line, or on the field of the page where it is mended, with whom it is about.
    """
    acte = type_acte(form.data["type_acte"]) if form.cleaned_data.get("type_acte") else None
    pages: list[Page] = []
    if acte is None or not form.autres.is_bound:
        return pages
    vues = [_signature(acte, form.cleaned_data)]
    for rang, ligne in enumerate(form.autres.forms, start=2):
        ligne.intitule = f"{'Personne' if acte.personne else 'Lieu'} {rang}"
        _taire(ligne, acte, form.data)
        saisi = {nom: form.data.get(ligne.add_prefix(nom), "") for nom in distinguent(acte)}
        if not any(saisi.values()):
            continue
        dit = _ce_qu_elle_dit(saisi)
        page = form.pour_une_autre(_envoi(form.data, dit))
        _reporter(page, ligne, dit, form)
        signature = _signature(acte, page.cleaned_data)
        if signature and signature in vues and ligne.is_valid():
            ligne.add_error(*DEJA[acte.personne])
        vues.append(signature)
        pages.append(page)
    return pages


def _taire(ligne: CibleForm, acte: TypeActe, donnees: Mapping[str, Any]) -> None:
    """What the line does not show has no fault, as on the page itself."""
    caches = set() if donnees.get("urgence") == Urgence.IMMEDIATE else {"fin_mesure"}
    caches |= set() if donnees.get(ligne.add_prefix("naissance_inconnue")) else {"age_declare"}
    for champ in set(ligne.errors) - {NON_FIELD_ERRORS}:
        if champ in caches or champ not in distinguent(acte):
            del ligne.errors[champ]


def _ce_qu_elle_dit(saisi: dict[str, str]) -> dict[str, str]:
    tus = {nom for groupe in COMMUNS if not any(saisi.get(nom) for nom in groupe) for nom in groupe}
    return {nom: valeur for nom, valeur in saisi.items() if nom not in tus}


def _envoi(page: Mapping[str, Any], dit: dict[str, str]) -> dict[str, str]:
    """What the browser would have sent of this line alone."""
    repris = {nom: page[nom] for nom in page if nom not in dit and not nom.startswith(f"{PREFIXE}-")}
    return {**repris, **{nom: valeur for nom, valeur in dit.items() if valeur}}


def _reporter(page: PageForm, ligne: CibleForm, dit: dict[str, str], form: PageForm) -> None:
    """Beside what the line says; what the page already says once is not said again."""
    deja = set(ligne.errors)
    for champ, fautes in page.errors.items():
        for faute in fautes:
            if champ in dit:
                if champ not in deja:
                    ligne.add_error(champ, faute)
            elif faute not in form.errors.get(champ, []):
                form.add_error(champ if champ in form.fields else None, _de(ligne, str(faute)))
    form.manques += [_de(ligne, phrase) for phrase in page.manques if phrase not in form.manques]
    form.a_verifier += [_de(ligne, phrase) for phrase in page.a_verifier if phrase not in form.a_verifier]
    form.semblables += [autre for autre in page.semblables if autre not in form.semblables]


def _de(ligne: CibleForm, phrase: str) -> str:
    return f"{ligne.intitule}{NBSP}: {phrase}"


def _signature(acte: TypeActe, donnees: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two lines one; empty for somebody that the page does not tell from another."""
    garde = donnees.get("cible", "").casefold() if acte.gel else ""
    if not acte.personne:
        lieu = (garde, donnees.get("cameras", "").casefold())
        return (*lieu, donnees.get("periode_du"), donnees.get("periode_au"))
    nom, prenoms = (donnees.get(champ, "").casefold() for champ in ("nom", "prenoms"))
    return (nom, prenoms, donnees["naissance"], garde) if donnees.get("naissance") else ()
