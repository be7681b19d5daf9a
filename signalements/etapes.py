"""The seven steps: what each reads from the letter, writes to it, and how far the writing has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.brouillons import commencer, valider_page
from dossiers.models import Brouillon, Dossier, Personne
from journal.carnet import noter
from signalements import grilles, policies
from signalements.annexes import annexe_de
from signalements.champs import Genre
from signalements.contenu import Lu
from signalements.forms import AbriForm, AccordForm, DangerForm, Etape, FaitsForm, PersonneForm
from signalements.parcours import Page, etapes_manquantes, pages_de
from signalements.voies import Voie
from transitions.workflow import TransitionRefusee

FORMULAIRES: dict[str, type[Etape]] = {
    form.code: form for form in (PersonneForm, FaitsForm, DangerForm, AccordForm, AbriForm)
}


@dataclass(frozen=True, slots=True)
class EtapeAffichee:
    libelle: str
    url: str
    etat: str
    precision: str = ""


def etapes(lu: Lu, courante: str = "") -> list[EtapeAffichee]:
    """The seven steps with their state, for the list and for the side of each page."""
    faites = set(lu.lettre.etapes) | ({"pieces"} if lu.pieces else set())
    affichees = []
    for page in pages_de(lu.voie):
        etat = "en_cours" if page.code == courante else "fait" if page.code in faites else "a_faire"
        adresse = reverse(f"signalements:{page.code}", args=[lu.dossier.cle])
        affichees.append(EtapeAffichee(page.libelle, adresse, etat, _precision(page, lu)))
    return affichees


def _precision(page: Page, lu: Lu) -> str:
    if page.code == "personne" and lu.concernee and lu.concernee.age is not None:
        return f"{lu.concernee.get_sexe_display()}, {lu.concernee.age} ans"
    if page.code == "pieces" and lu.pieces:
        return f"{len(lu.pieces)} pièce{'s' if len(lu.pieces) > 1 else ''}"
    return "Facultatif" if page.facultative and page.code not in lu.lettre.etapes else ""


def suivante(lu: Lu, apres: str = "") -> str:
    """The address to continue with: the step after this one, else the first not done."""
    codes = [page.code for page in pages_de(lu.voie)]
    if apres:
        code = codes[min(codes.index(apres) + 1, len(codes) - 1)]
    else:
        code = next((code for code in codes if code not in lu.lettre.etapes), "verifier")
    return reverse(f"signalements:{code}", args=[lu.dossier.cle])


def initial(page: Page, lu: Lu) -> dict[str, Any]:
    """What the letter holds for a step, as the form shows it."""
    lettre = lu.lettre
    valeurs: dict[str, Any] = {nom: getattr(lettre, nom) for nom in _champs(page) if hasattr(lettre, nom)}
    siens = lu.voie.propres_de(page.code)
    valeurs |= {propre.nom: propre.relire((lettre.propres or {}).get(propre.nom, "")) for propre in siens}
    if page.code == "personne" and lu.concernee:
        valeurs |= {nom: getattr(lu.concernee, nom) for nom in ("nom", "prenoms", "sexe", "naissance", "age")}
    if page.code == "faits" and lu.designee:
        valeurs |= {"auteur_nom": lu.designee.nom, "auteur_prenoms": lu.designee.prenoms}
    if page.code == "danger":
        for grille in (lettre.grille_d, lettre.grille_e):
            valeurs |= (grille or {}).get("reponses", {})
    return valeurs


def _champs(page: Page) -> list[str]:
    return list(FORMULAIRES[page.code].base_fields) if page.code in FORMULAIRES else []


def depuis_brouillon(page: Page, voie: Voie, brut: Mapping[str, Any]) -> dict[str, Any]:
    """The raw values of an autosaved page, as an unbound form shows them again, valid or not."""
    valeurs: dict[str, Any] = dict(brut)
    communs = FORMULAIRES[page.code].base_fields.items()
    plusieurs = {nom for nom, champ in communs if isinstance(champ, forms.MultipleChoiceField)}
    plusieurs |= {propre.nom for propre in voie.propres_de(page.code) if propre.genre is Genre.PLUSIEURS}
    for nom in plusieurs:
        if isinstance(valeurs.get(nom), str):
            valeurs[nom] = [valeurs[nom]]
    return valeurs


def brouillon_de(dossier: Dossier, acteur: Acteur) -> Brouillon:
    """The draft of a case being written; recreated if it was lost, so that autosave never fails."""
    existant = Brouillon.objects.filter(dossier=dossier, proprietaire_id=acteur.utilisateur_id).first()
    return existant or commencer(genre="signalement", acteur=acteur, dossier=dossier)


def pret_depuis(lu: Lu, acteur: Acteur) -> timedelta | None:
    """For how long everything has been written and not sent (C43); None while a step is missing."""
    siens = Brouillon.objects.filter(dossier=lu.dossier, proprietaire_id=acteur.utilisateur_id)
    saisie = siens.values_list("modifie_le", flat=True).first()
    return timezone.now() - saisie if saisie and not etapes_manquantes(lu) else None


@transaction.atomic
def enregistrer_etape(*, lu: Lu, page: Page, form: Etape | None, lignes: Any = None, acteur: Acteur) -> None:
    """A validated step leaves the draft for the letter."""
    verdict = policies.peut_ecrire(lu.dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    lettre = lu.lettre
    donnees = form.cleaned_data if form else {}
    for nom in _champs(page):
        if nom in donnees and hasattr(lettre, nom):
            setattr(lettre, nom, donnees[nom])
    siens = lu.voie.propres_de(page.code)
    if form and siens:
        lettre.propres = {**(lettre.propres or {}), **{p.nom: p.garder(donnees.get(p.nom)) for p in siens}}
    if page.code == "personne":
        _ecrire_personne(lu, donnees)
    elif page.code == "faits":
        _ecrire_designee(lu, donnees)
    elif page.code == "danger":
        lettre.grille_d, lettre.grille_e = _grille(grilles.DANGER, donnees), _grille(grilles.EMPRISE, donnees)
    annexe = annexe_de(lu, page)
    if annexe and lignes is not None:
        annexe.enregistrer(lu, lignes)
    if page.code not in lettre.etapes:
        lettre.etapes = [*lettre.etapes, page.code]
    lettre.save()
    valider_page(brouillon=brouillon_de(lu.dossier, acteur), page=page.code)
    noter("enregistrer_etape", acteur=acteur, objet="signalement", cle=lu.dossier.cle, details={"etape": page.code})


def _grille(modele: Mapping[str, str], donnees: Mapping[str, Any]) -> dict[str, Any]:
    return {"version": grilles.VERSION, "reponses": {code: donnees[code] for code in modele if donnees.get(code)}}


def _ecrire_personne(lu: Lu, donnees: Mapping[str, Any]) -> None:
    concernee = lu.concernee or Personne(dossier=lu.dossier, role=Personne.Role.CONCERNEE)
    for nom in ("nom", "prenoms", "sexe", "naissance", "age"):
        setattr(concernee, nom, donnees[nom])
    concernee.save()


def _ecrire_designee(lu: Lu, donnees: Mapping[str, Any]) -> None:
    designee = lu.designee or Personne(dossier=lu.dossier, role=Personne.Role.DESIGNEE)
    if "auteur_nom" not in donnees:
        return
    designee.nom, designee.prenoms = donnees["auteur_nom"], donnees["auteur_prenoms"]
    if designee.pk or designee.nom or designee.prenoms:
        designee.save()


__all__ = ["FORMULAIRES", "enregistrer_etape", "etapes", "initial", "suivante"]
