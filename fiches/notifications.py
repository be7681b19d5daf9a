"""Whom each act on a version concerns: computed when the notice leaves, from the places valid then."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from convention.acteur import rattachements_valides
from fiches.etats import OUVERTS
from fiches.lecture import adresse_de_comparaison
from fiches.models import AccuseLecture, MembreGroupe, Remarque, ReponseRemarque, VersionFiche
from fiches.policies import ROLES_D_AVIS, ROLES_D_AVIS_DE_L_ETABLISSEMENT
from fiches.positions import signataires_de
from notifications.avis import prevenir
from notifications.boite_envoi import publier, traiter_par
from presentation.temps import date_fr

AUX_PARTENAIRES = {
    "soumettre_lecture": "Une nouvelle version est à lire : fiche {fiche}, version {numero}.",
    "ouvrir_approbation": "Votre avis est attendu au plus tard le {avant} : fiche {fiche}, version {numero}.",
    "fixer_echeance": "Votre avis est attendu au plus tard le {avant}, date changée : fiche {fiche}, version {numero}.",
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
# To those who wrote in the thread of a remark.
AU_FIL = {
    "repondre_remarque": "Une réponse est donnée à une remarque que vous suivez : fiche {fiche}, version {numero}.",
    "resoudre": "Une remarque que vous suivez est résolue : fiche {fiche}, version {numero}.",
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
    nom, avis = charge["nom"], porte_paroles(version)
    if nom in AUX_PARTENAIRES:
        phrase, qui = AUX_PARTENAIRES[nom], avis
    elif nom in A_LA_REFERENTE:
        phrase, qui = A_LA_REFERENTE[nom], avis.filter(rattachements__role=Role.REFERENT)
    elif nom in AU_FIL and charge.get("remarque"):
        phrase, qui = AU_FIL[nom], _du_fil(version, charge["remarque"])
    elif nom == "proposer":
        phrase, qui = AU_GROUPE, _membres(version)
    elif nom == "modifier" and charge.get("institutions"):
        phrase, qui = TOMBE, porte_paroles(version, charge["institutions"])
    else:
        return
    prevenir(
        qui.exclude(pk=charge["par"]).distinct(),
        cle_unique=f"fiche:{version.pk}:{nom}:{charge['cle']}",
        texte=phrase.format(
            fiche=version.fiche.numero,
            numero=version.numero,
            avant=date_fr(version.avis_avant) if version.avis_avant else "jour convenu",
        ),
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
        .exclude(pk__in=porte_paroles(version))
        .order_by("pk"),
        cle_unique=f"fiche:{version.pk}:a_lire",
        texte=A_LIRE.format(fiche=version.fiche.numero, numero=version.numero),
        adresse=reverse("fiches:fiche", args=[version.fiche.numero]),
        reference=f"fiche {version.fiche.numero}",
    )


def _du_fil(version: VersionFiche, remarque: int) -> Any:
    """Who pinned the remark or answered it, and may still read this text: a place that ended is told nothing."""
    fil = Q(pk__in=Remarque.objects.filter(pk=remarque).values("posee_par"))
    fil |= Q(pk__in=ReponseRemarque.objects.filter(remarque=remarque).order_by().values("posee_par"))
    presents = Q(pk__in=porte_paroles(version).values("pk")) | Q(pk__in=_membres(version).values("pk"))
    return User.objects.filter(fil, presents).order_by("pk")


def _membres(version: VersionFiche) -> Any:
    """The persons of the working group who still work for their partner."""
    presents = MembreGroupe.objects.filter(thematique=version.fiche.thematique_id, retire_le=None)
    lignes = rattachements_valides().filter(
        Exists(presents.filter(utilisateur=OuterRef("utilisateur"), institution=OuterRef("service__institution")))
    )
    return User.objects.filter(pk__in=lignes.order_by().values("utilisateur")).order_by("pk")


def porte_paroles(version: VersionFiche, institutions: Collection[int] | None = None) -> Any:
    """The persons who may speak now for a signatory, or for these only."""
    etablissement = version.fiche.thematique.convention.etablissement_id
    parle = Q(role__in=ROLES_D_AVIS, service__institution__in=signataires_de(version))
    if institutions is not None:
        parle &= Q(service__institution__in=institutions)
    hors = Q(service__institution=etablissement) & ~Q(role__in=ROLES_D_AVIS_DE_L_ETABLISSEMENT)
    lignes = rattachements_valides().filter(parle).exclude(hors).values("utilisateur")
    return User.objects.filter(pk__in=lignes).order_by("pk")


def referentes_de(version: VersionFiche) -> Any:
    """The persons who follow the convention of this sheet."""
    convention = version.fiche.thematique.convention
    lignes = rattachements_valides().filter(
        role=convention.role_referent, service__institution=convention.etablissement_id
    )
    return User.objects.filter(pk__in=lignes.order_by().values("utilisateur")).order_by("pk")


def _adresse(version: VersionFiche) -> str:
    """The comparison while it is discussed, the sheet afterwards."""
    if version.etat in OUVERTS:
        return adresse_de_comparaison(version)
    return reverse("fiches:fiche", args=[version.fiche.numero])
