"""Who must sign and approve today: the one source of the mandatory partners, for the text and for the sheets."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from convention.models import Convention, Institution, Partie, Signature, VersionConvention


def parties_au(convention: Convention, jour: date | None = None) -> QuerySet[Partie]:
    """The parties bound that day: entered, and not out of the notice of their denunciation."""
    jour = jour or timezone.localdate()
    return (
        Partie.objects.filter(convention=convention, entree_le__lte=jour)
        .filter(Q(denonciation=None) | Q(denonciation__effet_le__gt=jour))
        .select_related("institution", "denonciation")
        .order_by("ordre", "pk")
    )


def obligatoires(convention: Convention, jour: date | None = None) -> list[Institution]:
    """The institutions whose agreement is mandatory that day, in the order of the signatures."""
    return [partie.institution for partie in parties_au(convention, jour)]


def attendues(version: VersionConvention) -> list[Institution]:
    """Whose signature this version needs: the parties of today, then the institution it admits."""
    institutions = obligatoires(version.convention)
    admise = version.institution_admise
    return institutions if admise is None or admise in institutions else [*institutions, admise]


@dataclass(frozen=True, slots=True)
class Ligne:
    """One mandatory institution and the signature it gave. `moyen` says how: on paper, or with which proof.

    `nom` is empty when the text names the institution and not the person.
    """

    institution: Institution
    nom: str = ""
    titre: str = ""
    le: datetime | date | None = None
    moyen: str = ""
    empreinte: str = ""

    @property
    def signee(self) -> bool:
        return self.le is not None


def lignes_de(version: VersionConvention) -> list[Ligne]:
    """Who signed this version and who is missing, in the order of the parties; paper first for the initial text."""
    if version.nature == VersionConvention.Nature.INITIALE:
        return _sur_papier(version.convention)
    donnees = {ligne.institution_id: ligne for ligne in version.signatures.select_related("institution")}
    if version.etat not in (VersionConvention.Etat.PROJET, VersionConvention.Etat.EN_SIGNATURE):
        return [_electronique(ligne) for ligne in donnees.values()]
    return [
        _electronique(donnees[institution.pk]) if institution.pk in donnees else Ligne(institution)
        for institution in attendues(version)
    ]


def _sur_papier(convention: Convention) -> list[Ligne]:
    """The persons that the text names; then the parties of that day that it names alone."""
    lignes = [
        Ligne(
            institution=ligne.institution,
            nom=f"{ligne.civilite} {ligne.prenom} {ligne.nom}",
            titre=ligne.titre,
            le=ligne.signe_le,
            moyen="Sur papier",
        )
        for ligne in convention.signataires.select_related("institution").order_by("ordre")
    ]
    nommees = {ligne.institution.pk for ligne in lignes}
    premieres = convention.parties.filter(admise_dans=None, entree_le=convention.signee_le)
    return lignes + [
        Ligne(institution=partie.institution, le=convention.signee_le, moyen="Sur papier")
        for partie in premieres.select_related("institution").order_by("ordre")
        if partie.institution_id not in nommees
    ]


def _electronique(signature: Signature) -> Ligne:
    return Ligne(
        institution=signature.institution,
        nom=signature.nom,
        titre=signature.titre,
        le=signature.signee_le,
        moyen=str(signature.get_preuve_display()),
        empreinte=signature.empreinte,
    )


def manquantes(version: VersionConvention) -> list[Institution]:
    """The mandatory institutions that have not signed this very hash."""
    signees = set(version.signatures.filter(empreinte=version.empreinte).values_list("institution_id", flat=True))
    return [institution for institution in attendues(version) if institution.pk not in signees]


def phrase_des_manquantes(nombre: int) -> str:
    """« 2 signatures manquent. »"""
    if nombre == 0:
        return "Aucune signature ne manque."
    return "1 signature manque." if nombre == 1 else f"{nombre} signatures manquent."
