"""Who prepares the sheets of a theme: members from several partners, named and ended by the référente."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from convention.acteur import Acteur, rattachements_valides
from convention.parties import obligatoires
from fiches import policies
from fiches.lecture import fiches_de
from fiches.models import MembreGroupe, Thematique
from fiches.workflow import exiger
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


@dataclass(frozen=True, slots=True)
class Groupe:
    thematique: Thematique
    membres: list[MembreGroupe]

    @property
    def partenaires(self) -> int:
        return len({membre.institution_id for membre in self.membres})


def themes_de(acteur: Acteur) -> QuerySet[Thematique]:
    """The themes that have a sheet, in the conventions that concern this reader."""
    themes = Thematique.objects.filter(fiches__in=fiches_de(acteur)).distinct()
    return themes.select_related("convention").order_by("ordre")


def groupes(acteur: Acteur) -> list[Groupe]:
    """The group of each theme, members in the order of their partners."""
    themes = themes_de(acteur)
    par_theme: dict[int, list[MembreGroupe]] = {}
    for membre in _presents():
        par_theme.setdefault(membre.thematique_id, []).append(membre)
    return [Groupe(theme, par_theme.get(theme.pk, [])) for theme in themes]


def _presents() -> Iterable[MembreGroupe]:
    presents = MembreGroupe.objects.filter(retire_le=None).select_related("utilisateur", "institution")
    return presents.order_by("institution__nom_court", "utilisateur__nom", "pk")


@transaction.atomic
def ajouter(*, thematique: Thematique, acteur: Acteur, courriel: str) -> MembreGroupe:
    """Name a person, known by the address of an account, for the signatory where this person works now."""
    Thematique.objects.select_for_update().get(pk=thematique.pk)
    exiger(policies.peut_composer(thematique, acteur))
    signataires = obligatoires(thematique.convention)
    lignes = rattachements_valides().filter(utilisateur__courriel__iexact=courriel.strip())
    rattachement = lignes.filter(service__institution__in=signataires).order_by("pk").first()
    if rattachement is None:
        raise TransitionRefusee("Aucun compte actif d’un partenaire signataire n’a cette adresse. Vérifiez-la.")
    if thematique.membres.filter(utilisateur=rattachement.utilisateur_id, retire_le=None).exists():
        raise TransitionRefusee("Cette personne est déjà membre de ce groupe.")
    membre = MembreGroupe.objects.create(
        thematique=thematique,
        utilisateur_id=rattachement.utilisateur_id,
        institution_id=rattachement.service.institution_id,
        ajoute_par_id=acteur.utilisateur_id,
    )
    _noter("ajouter_au_groupe", membre, acteur)
    return membre


@transaction.atomic
def retirer(*, membre: MembreGroupe, acteur: Acteur) -> None:
    """End a membership. The remarks of this person stay."""
    membre = (
        MembreGroupe.objects.select_for_update(of=("self",)).select_related("thematique__convention").get(pk=membre.pk)
    )
    exiger(policies.peut_composer(membre.thematique, acteur))
    if membre.retire_le is None:
        membre.retire_le, membre.retire_par_id = timezone.now(), acteur.utilisateur_id
        membre.save()
        _noter("retirer_du_groupe", membre, acteur)


def _noter(action: str, membre: MembreGroupe, acteur: Acteur) -> None:
    details = {"thematique": membre.thematique.code, "membre": str(membre.utilisateur.cle)}
    noter(action, acteur=acteur, objet="groupe", details=details)
