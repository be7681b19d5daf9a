"""Whom each act on a version concerns: computed when the notice leaves, from the places valid then."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from convention.acteur import rattachements_valides
from fiches.etats import OUVERTS
from fiches.lecture import adresse_de_comparaison
from fiches.models import AccuseLecture, MembreGroupe, VersionFiche
from fiches.policies import ROLES_D_AVIS, ROLES_D_AVIS_DE_L_ETABLISSEMENT
from fiches.positions import signataires_de
from notifications.avis import prevenir
from notifications.boite_envoi import publier, traiter_par

AUX_PARTENAIRES = {
    "soumettre_lecture": "Une nouvelle version est à lire : fiche {fiche}, version {numero}.",
    "ouvrir_approbation": "Votre avis est attendu : fiche {fiche}, version {numero}.",
    "mettre_en_vigueur": "Une nouvelle version est en vigueur : fiche {fiche}, version {numero}.",
    "programmer": "Une date d’entrée en vigueur est fixée : fiche {fiche}, version {numero}.",
    "prendre_effet": "Une nouvelle version est en vigueur : fiche {fiche}, version {numero}.",
    "abroger": "La fiche {fiche} est abrogée.",
}
A_LA_REFERENTE = {
    "donner_avis": "Un partenaire a donné son avis : fiche {fiche}, version {numero}.",
    "remarquer": "Une remarque est posée : fiche {fiche}, version {numero}.",
    "retenir_effet": "Une approbation manque, la version n’a pas pris effet : fiche {fiche}, version {numero}.",
    "approuver": "Les neuf partenaires approuvent : fiche {fiche}, version {numero}.",
}
AU_GROUPE = "Votre groupe de travail prépare un texte : fiche {fiche}, version {numero}."
A_LIRE = "Une nouvelle version est à lire : fiche {fiche}, version {numero}."
TOMBE = "Le texte a changé, votre avis est à redonner : fiche {fiche}, version {numero}."


@traiter_par("fiche.version")
def prevenir_de(charge: Mapping[str, Any]) -> None:
    """Tell the persons an act concerns, never its author. An act of no interest to anybody is told to nobody."""
    version = VersionFiche.objects.select_related("fiche__thematique__convention").get(pk=charge["version"])
    if charge["nom"] in {"mettre_en_vigueur", "prendre_effet"}:
        publier("fiche.a_lire", cle_unique=f"fiche:{version.pk}:a_lire", charge={"version": version.pk})
    nom, avis = charge["nom"], _destinataires(version)
    if nom in AUX_PARTENAIRES:
        phrase, qui = AUX_PARTENAIRES[nom], avis
    elif nom in A_LA_REFERENTE:
        phrase, qui = A_LA_REFERENTE[nom], avis.filter(rattachements__role=Role.REFERENT)
    elif nom == "proposer":
        phrase, qui = AU_GROUPE, _membres(version)
    elif nom == "modifier" and charge.get("institutions"):
        phrase, qui = TOMBE, avis.filter(rattachements__service__institution_id__in=charge["institutions"])
    else:
        return
    prevenir(
        qui.exclude(pk=charge["par"]).distinct(),
        cle_unique=f"fiche:{version.pk}:{nom}:{charge['cle']}",
        texte=phrase.format(fiche=version.fiche.numero, numero=version.numero),
        adresse=_adresse(version),
        reference=f"fiche {version.fiche.numero}",
    )


@traiter_par("fiche.a_lire")
def faire_lire(charge: Mapping[str, Any]) -> None:
    """Once a version: those the sheet is for and who have not read it. Signatories have a notice of their own."""
    version = VersionFiche.objects.select_related("fiche__thematique__convention").get(pk=charge["version"])
    if version.etat != VersionFiche.Etat.EN_VIGUEUR:
        return
    roles = rattachements_valides().filter(role__in=version.contenu["public"]).order_by().values("utilisateur")
    lecteurs = AccuseLecture.objects.filter(version_fiche=version).order_by().values("lu_par")
    prevenir(
        User.objects.filter(pk__in=roles)
        .exclude(pk__in=lecteurs)
        .exclude(pk__in=_destinataires(version))
        .order_by("pk"),
        cle_unique=f"fiche:{version.pk}:a_lire",
        texte=A_LIRE.format(fiche=version.fiche.numero, numero=version.numero),
        adresse=reverse("fiches:fiche", args=[version.fiche.numero]),
        reference=f"fiche {version.fiche.numero}",
    )


def _membres(version: VersionFiche) -> Any:
    """The persons of the working group who still work for their partner."""
    presents = MembreGroupe.objects.filter(thematique=version.fiche.thematique_id, retire_le=None)
    lignes = rattachements_valides().filter(
        Exists(presents.filter(utilisateur=OuterRef("utilisateur"), institution=OuterRef("service__institution")))
    )
    return User.objects.filter(pk__in=lignes.order_by().values("utilisateur")).order_by("pk")


def _destinataires(version: VersionFiche) -> Any:
    """The persons who may speak for a signatory now."""
    etablissement = version.fiche.thematique.convention.etablissement_id
    parle = Q(role__in=ROLES_D_AVIS, service__institution__in=signataires_de(version))
    hors = Q(service__institution=etablissement) & ~Q(role__in=ROLES_D_AVIS_DE_L_ETABLISSEMENT)
    lignes = rattachements_valides().filter(parle).exclude(hors).values("utilisateur")
    return User.objects.filter(pk__in=lignes).order_by("pk")


def _adresse(version: VersionFiche) -> str:
    """The comparison while it is discussed, the sheet afterwards."""
    if version.etat in OUVERTS:
        return adresse_de_comparaison(version)
    return reverse("fiches:fiche", args=[version.fiche.numero])
