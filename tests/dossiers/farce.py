"""A case stuffed with canaries: every text of every row that hangs on it, tables written later included."""

import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from convention.models import Institution, Service
from documents import coffre
from documents.chiffrement import ChampChiffre, DateChiffree, JsonChiffre
from documents.models import Document, Fichier
from dossiers.models import (
    Conservation,
    DecisionConservation,
    Dossier,
    MiseEnAttente,
    Participation,
    ParticipationPersonnelle,
    Personne,
    Piece,
)
from tests.conftest import connexion_superutilisateur
from tests.requisitions.conftest import octets_pdf

# Their presence stops the destruction, or is what remains of it.
HORS = {Conservation, DecisionConservation, MiseEnAttente, Participation, ParticipationPersonnelle}
TAILLE = 18
# What cannot be true of a row together with its other columns: opened, handed over at the counter, taken back.
EXCLUS = {f"requisitions.Remise.{nom}" for nom in ("confiee_le", "confiee_par", "revoquee_le", "revoquee_par")}
# A session that was held, a certificate that says fit: neither calls for another look.
EXCLUS |= {"requisitions.Seance.reevaluer_avant", "requisitions.AvisAptitude.reevaluer_avant"}
EXCLUS |= {"requisitions.PieceSaisie.motif"}  # a piece that was retained has no ground for being set aside
EXCLUS |= {"requisitions.Convocation.motif"}  # the councillor who comes gives no reason for being away


def jeton() -> str:
    return f"canari{secrets.token_hex(6)}"


def fichier() -> Fichier:
    return coffre.deposer(octets_pdf(jeton()), extension="pdf", type_mime="application/pdf")


def farcir(dossier: Dossier, temoin: User) -> set[str]:
    """Write canaries everywhere on this case; returns the labels of the models that carry some."""
    sans_identite = dossier.nature == "DECLARATION"  # a trigger refuses any identity there
    if not sans_identite:
        _ajouter_les_personnes(dossier)
    document = Document.objects.create(
        genre="farce", intitule="Pièce", reference="F", objet_cle=dossier.cle, empreinte="0" * 64, fichier=fichier()
    )
    piece = Piece(dossier=dossier, intitule=jeton(), classe="medical", fichier=fichier(), document=document)
    piece.service = Service.objects.order_by("pk")[0]
    piece.save()
    piece.remise_a.set(Service.objects.order_by("pk")[:2])
    connus: dict[Any, Any] = {
        Dossier: dossier, Piece: piece, Document: document, User: temoin,
        Service: piece.service, Institution: piece.service.institution,
    }  # fmt: skip
    for modele in _du_dossier(Dossier) | _du_dossier(Piece):
        if not _lignes(modele, dossier).exists() and not (sans_identite and modele is Personne):
            _ajouter(modele, connus)
    porteurs = set()
    with sans_gel(), transaction.atomic():
        for modele in _du_dossier(Dossier) | {Participation, ParticipationPersonnelle}:
            for ligne in _lignes(modele, dossier):
                if _ecrire(ligne):
                    ligne.save()
                    porteurs.add(modele._meta.label_lower)
    return porteurs


def _ajouter_les_personnes(dossier: Dossier) -> None:
    with sans_gel():
        personne = Personne.objects.create(dossier=dossier, nom=jeton(), prenoms=jeton(), age=40)
        Personne.objects.filter(pk=personne.pk).first().delete()  # known of its history alone
    Personne.objects.create(dossier=dossier, nom=jeton(), prenoms=jeton(), naissance=date(1980, 5, 17), age=45)


@contextmanager
def sans_gel() -> Iterator[None]:
    """Frozen rows are written too: a canary must be everywhere. The superuser alone lifts the seal, for the set-up."""
    with connexion_superutilisateur() as maitre:
        poses = maitre.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE tgname IN ('sceau', 'sceau_lettre', 'sceau_reference', 'garde', 'garde_contenu')"
            " OR tgname ~ '^pgtrigger_(fige|complement_fige|identite_figee)_'"
        ).fetchall()
        for table, nom in poses:
            maitre.execute(f"ALTER TABLE {table} DISABLE TRIGGER {nom}")
        try:
            yield
        finally:
            for table, nom in poses:
                maitre.execute(f"ALTER TABLE {table} ENABLE TRIGGER {nom}")


def _du_dossier(cible: type[models.Model]) -> set[type[models.Model]]:
    """Tables of the three case types that name a case or a piece; a case has one letter, its own."""
    return {
        modele
        for modele in apps.get_models()
        for champ in modele._meta.concrete_fields
        if champ.related_model is cible and modele not in HORS and not hasattr(modele, "history_object")
    }


def _lignes(modele: type[models.Model], dossier: Dossier) -> Any:
    noms = {champ.name: champ.related_model for champ in modele._meta.concrete_fields if champ.related_model}
    filtre = models.Q(pk__in=[])
    for nom, vers in noms.items():
        if vers is Dossier:
            filtre |= models.Q(**{nom: dossier})
        elif vers is Piece and Dossier not in noms.values():
            filtre |= models.Q(**{f"{nom}__dossier": dossier})
    return modele._base_manager.filter(filtre)


def _ajouter(modele: type[models.Model], connus: dict[Any, Any]) -> None:
    """One row with a value in every column; another case type's letter is left out."""
    if modele._meta.pk.is_relation and modele is not Fichier:
        return
    ligne = modele()
    for rang, champ in enumerate(modele._meta.concrete_fields):
        if not champ.primary_key and f"{modele._meta.label}.{champ.name}" not in EXCLUS:
            setattr(ligne, champ.name, _valeur(champ, connus, rang))
    ligne.save()


def _valeur(champ: models.Field, connus: dict[Any, Any], rang: int) -> Any:
    moment = timezone.now() + timedelta(hours=rang)
    if champ.is_relation:
        if champ.related_model is Fichier:
            return fichier()
        if champ.related_model is User:
            return User.objects.order_by("pk")[rang % User.objects.count()]
        return connus.get(champ.related_model) or _du_meme_dossier(champ, connus[Dossier])
    if champ.choices:
        return next(str(valeur) for valeur, _ in champ.flatchoices if valeur)
    if isinstance(champ, models.UUIDField):
        return uuid.uuid4()
    if isinstance(champ, DateChiffree):
        return date(1980, 5, 17)
    if isinstance(champ, JsonChiffre | models.JSONField):
        return _json(champ)
    if isinstance(champ, models.DateTimeField):
        return moment
    if isinstance(champ, models.DateField):
        return moment.date()
    if isinstance(champ, models.BooleanField):
        return False
    if isinstance(champ, models.IntegerField | models.DecimalField):
        return 1
    if isinstance(champ, ArrayField):
        return []
    return jeton()[: getattr(champ, "max_length", None) or 60]


def _du_meme_dossier(champ: models.Field, dossier: Dossier) -> Any:
    """Another table's row; one that belongs to a case is this case's own, or nothing."""
    lignes = champ.related_model._base_manager
    if not any(autre.name == "dossier" for autre in champ.related_model._meta.concrete_fields):
        return lignes.first()
    siennes = lignes.filter(dossier=dossier)
    return siennes.first() or (None if champ.null else lignes.first())


def _json(champ: models.Field) -> dict[str, str] | list[str]:
    """Shaped as its readers expect it: an object where the field says so."""
    return {"farce": jeton()} if champ.default is dict else [jeton()]


SAUFS = {"empreinte", "index_nom", "empreinte_precedente"}


def _ecrire(ligne: models.Model) -> bool:
    ecrit = False
    for champ in ligne._meta.concrete_fields:
        long_assez = (getattr(champ, "max_length", None) or TAILLE) >= TAILLE
        texte = isinstance(champ, models.CharField | models.TextField) or type(champ) is ChampChiffre
        impossible = f"{ligne._meta.label}.{champ.name}" in EXCLUS
        if champ.choices or champ.name in SAUFS or impossible or not long_assez or champ.is_relation:
            continue
        if texte or isinstance(champ, JsonChiffre):
            setattr(ligne, champ.name, jeton() if texte else _json(champ))
            ecrit = True
    return ecrit


def en_clair() -> str:
    """Every sealed value of the database, opened: what a dump hides is still a copy."""
    morceaux: list[str] = []
    for modele in apps.get_models(include_auto_created=True):
        for champ in modele._meta.concrete_fields:
            if isinstance(champ, ChampChiffre):
                morceaux += (str(getattr(ligne, champ.attname)) for ligne in modele._base_manager.all())
    return "\n".join(morceaux)
