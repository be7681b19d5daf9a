"""Writing over a version: who holds the pen, and what each person is typing, kept until its author decides."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from fiches import policies
from fiches.models import Redaction, VerrouRedaction, VersionFiche
from fiches.workflow import exiger, verrouiller
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


@transaction.atomic
def prendre(*, version: VersionFiche, acteur: Acteur) -> VerrouRedaction:
    """Take the pen, or take it over from somebody who gave no sign of life for ten minutes."""
    version = verrouiller(version)
    exiger(policies.peut_ecrire(version, acteur))
    maintenant = timezone.now()
    verrou = VerrouRedaction.objects.filter(version_fiche=version).first()
    if verrou is None or verrou.pris_par_id != acteur.utilisateur_id or not verrou.vivant:
        verrou = VerrouRedaction(version_fiche=version, pris_par_id=acteur.utilisateur_id, pris_le=maintenant)
        noter("prendre_la_plume", acteur=acteur, objet="fiche", cle=version.cle)
    verrou.dernier_signe = maintenant
    verrou.save()
    return verrou


@transaction.atomic
def rendre(*, version: VersionFiche, acteur: Acteur) -> None:
    """Leave the pen; what was being typed is kept."""
    VerrouRedaction.objects.filter(version_fiche=version, pris_par_id=acteur.utilisateur_id).delete()


def ecrit(version: VersionFiche, acteur: Acteur) -> bool:
    """Whether this person holds the pen now."""
    verrou = VerrouRedaction.objects.filter(version_fiche=version, pris_par_id=acteur.utilisateur_id).first()
    return verrou is not None and verrou.vivant


@transaction.atomic
def garder(*, version: VersionFiche, acteur: Acteur, saisie: dict[str, Any], version_lue: int) -> Redaction:
    """Keep what is being typed over the text of `version_lue`, apart from it: nothing lapses before it is saved.

    A draft typed over another text is left alone. It is a sign of life of the person who holds the pen.
    """
    version = verrouiller(version)
    exiger(policies.peut_rediger(version, acteur))
    redaction, _ = Redaction.objects.update_or_create(
        version_fiche=version,
        auteur_id=acteur.utilisateur_id,
        version_lue=version_lue,
        defaults={"saisie": saisie},
    )
    verrou = VerrouRedaction.objects.filter(version_fiche=version, pris_par_id=acteur.utilisateur_id).first()
    if verrou is not None:
        verrou.dernier_signe = timezone.now()
        verrou.save(update_fields=["dernier_signe"])
    return redaction


def miennes(version: VersionFiche, acteur: Acteur) -> tuple[Redaction | None, list[Redaction]]:
    """What this person types over the present text, and over texts that others changed meanwhile."""
    lignes = list(Redaction.objects.filter(version_fiche=version, auteur_id=acteur.utilisateur_id))
    presente = next((ligne for ligne in lignes if ligne.version_lue == version.version), None)
    return presente, [ligne for ligne in lignes if ligne is not presente]


@transaction.atomic
def oublier(*, version: VersionFiche, acteur: Acteur, saisie: int) -> None:
    """Drop one of one's own drafts."""
    Redaction.objects.filter(pk=saisie, version_fiche=version, auteur_id=acteur.utilisateur_id).delete()


@transaction.atomic
def reprendre(*, version: VersionFiche, acteur: Acteur, saisie: int) -> None:
    """Carry an older draft over the present text, to be read again before it is saved."""
    version = verrouiller(version)
    exiger(policies.peut_rediger(version, acteur))
    presente, anciennes = miennes(version, acteur)
    ancienne = next((ligne for ligne in anciennes if ligne.pk == saisie), None)
    if ancienne is None:
        raise TransitionRefusee("Cette saisie n’existe plus.")
    if presente is not None:
        raise TransitionRefusee(
            "Une saisie est déjà en cours sur le texte présent. Enregistrez-la ou oubliez-la d’abord."
        )
    ancienne.version_lue = version.version
    ancienne.saisie = {**ancienne.saisie, "version": [str(version.version)]}
    ancienne.save()
