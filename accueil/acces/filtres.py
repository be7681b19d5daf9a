"""The filters of the journal page and its keyset pages. Keys and codes only stand in an address, never a name."""

import uuid
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accueil.acces.archive import instants
from accueil.journal_lisible import EXCEPTIONNELS, IDENTITES, MOTS, RESULTATS, cles_du_dossier, mots
from convention.models import Service
from journal.models import Entree
from presentation.formulaires import DateNative, Formulaire

PAGE = 50
PERSONNES = 500
JOURS_MONTRES = 7
_EPOQUE = datetime(1970, 1, 1, tzinfo=UTC)


class Filtre(Formulaire):
    """What to show; everything is optional, seven days when no date is given."""

    marquer_facultatifs = False
    du = forms.DateField(label="Du", required=False, widget=DateNative)
    au = forms.DateField(label="Au", required=False, widget=DateNative)
    personne = forms.UUIDField(label="Personne", required=False, widget=forms.Select)
    service = forms.ChoiceField(label="Service", required=False)
    action = forms.ChoiceField(label="Action", required=False)
    resultat = forms.ChoiceField(label="Résultat", required=False, choices=[("", "Tous"), *RESULTATS.items()])
    dossier = forms.CharField(label="Dossier", required=False, max_length=20)
    exceptionnels = forms.BooleanField(label="Accès exceptionnels seulement", required=False)
    avant = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    def __init__(self, donnees: Mapping[str, Any], *, institution_id: int) -> None:
        super().__init__(donnees)
        services = Service.objects.filter(institution_id=institution_id).order_by("nom").values_list("code", "nom")
        personnes = User.objects.filter(rattachements__service__institution_id=institution_id).distinct()
        choix = [(str(p.cle), p.nom_complet) for p in personnes.order_by("nom", "prenom", "pk")[:PERSONNES]]
        self.fields["personne"].widget.choices = [("", "Toutes"), *choix]
        self.fields["service"].choices = [("", "Tous"), *services]  # type: ignore[attr-defined]
        actions = [(code, mots(code)["libelle"]) for code in MOTS if code not in EXCEPTIONNELS]
        self.fields["action"].choices = [("", "Toutes"), *actions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        du, au = valeurs.get("du"), valeurs.get("au")
        if du and au and du > au:
            self.add_error("au", "La fin vient avant le début. Corrigez l’une des deux dates.")
        return valeurs


class Page(NamedTuple):
    entrees: list[Entree]
    suivante: str


def periode(valeurs: Mapping[str, Any]) -> tuple[date, date]:
    """The days shown: those asked, or the last seven."""
    au = valeurs.get("au") or timezone.localdate()
    return valeurs.get("du") or au - timedelta(days=JOURS_MONTRES - 1), au


def paginer(chaine: str, valeurs: Mapping[str, Any], sauf: Collection[uuid.UUID] = ()) -> Page:
    """One page, most recent first. The key of the last row stands for the next page, whatever is appended above.

    `sauf` are the keys of the cases that the reader is excluded from.
    """
    debut, fin = instants(*periode(valeurs))
    entrees = _filtrer(Entree.objects.filter(chaine=chaine, le__gte=debut, le__lt=fin), valeurs)
    if sauf:
        entrees = entrees.filter(Q(cle=None) | ~Q(cle__in=sauf))
    if cle := _cle(valeurs.get("avant", "")):
        le, pk = cle
        entrees = entrees.filter(Q(le__lt=le) | Q(le=le, pk__lt=pk), le__lte=le)
    lues = list(entrees.order_by("-le", "-pk")[: PAGE + 1])
    montrees = lues[:PAGE]
    return Page(montrees, _jeton(montrees[-1]) if len(lues) > PAGE else "")


def _filtrer(entrees: QuerySet[Entree], valeurs: Mapping[str, Any]) -> QuerySet[Entree]:
    if personne := valeurs.get("personne"):
        entrees = entrees.filter(acteur=personne)
    if service := valeurs.get("service"):
        entrees = entrees.filter(contenu__contains=f'"service":"{service}"')
    if action := valeurs.get("action"):
        entrees = entrees.filter(action=action)
    if resultat := valeurs.get("resultat"):
        entrees = entrees.filter(resultat=resultat)
    if valeurs.get("exceptionnels"):
        entrees = entrees.filter(action__in=EXCEPTIONNELS)
    if reference := valeurs.get("dossier", "").strip():
        entrees = entrees.filter(cle__in=[*cles_du_dossier(reference), *_une_cle(reference)])
    return entrees


def _une_cle(texte: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(texte)]
    except ValueError:
        return []


def _jeton(entree: Entree) -> str:
    return f"{(entree.le - _EPOQUE) // timedelta(microseconds=1)}-{entree.pk}"


def _cle(jeton: str) -> tuple[datetime, int] | None:
    """An altered key is ignored: the first page is shown."""
    instant, _, pk = jeton.partition("-")
    if not (instant.isascii() and instant.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    if len(instant) > 17 or len(pk) > 18:
        return None
    return _EPOQUE + timedelta(microseconds=int(instant)), int(pk)


def _nombre(**condition: Any) -> Count:
    return Count("pk", filter=Q(**condition))


def chiffres_du_jour(chaine: str) -> list[tuple[str, int]]:
    """What the DPO looks at first, since midnight."""
    debut, _ = instants(timezone.localdate(), timezone.localdate())
    jour = Entree.objects.filter(chaine=chaine, le__gte=debut)
    comptes = jour.aggregate(
        identites=_nombre(action__in=IDENTITES),
        refus=_nombre(resultat__in=("refuse", "introuvable")),
        exceptionnels=_nombre(action__in=EXCEPTIONNELS),
        personnes=Count("acteur", distinct=True),
    )
    return [
        ("Identités affichées aujourd’hui", comptes["identites"]),
        ("Accès refusés aujourd’hui", comptes["refus"]),
        ("Accès exceptionnels aujourd’hui", comptes["exceptionnels"]),
        ("Comptes actifs aujourd’hui", comptes["personnes"]),
    ]
