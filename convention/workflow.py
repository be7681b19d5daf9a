"""How the text of a convention changes: drafted, signed by every party, in force. The only door to its states.

Each act locks the convention first, so that two acts on it follow one another.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from convention import articles, regles
from convention.acteur import Acteur
from convention.documents import remplacer_le_livre
from convention.etats import ETATS, E
from convention.models import Convention, Institution, Partie, Signature, VersionConvention
from convention.parties import manquantes
from journal.carnet import noter
from notifications.boite_envoi import publier
from transitions.verdict import Verdict
from transitions.workflow import Transition, TransitionRefusee, Workflow

RELATIONS = ("convention__etablissement", "convention__resiliation", "institution_admise")


class TexteDepasse(TransitionRefusee):
    """The text changed since the page was shown."""


def verrouiller_convention(convention_id: int) -> Convention:
    """One act at a time on a convention, its parties, its versions and its signatures."""
    Convention.objects.select_for_update().get(pk=convention_id)
    return (
        Convention.objects.select_related("etablissement", "resiliation")
        .prefetch_related("versions", "parties")
        .get(pk=convention_id)
    )


def verrouiller(version: VersionConvention) -> VersionConvention:
    """Lock the convention, then read the version again."""
    Convention.objects.select_for_update().get(pk=version.convention_id)
    return VersionConvention.objects.select_related(*RELATIONS).get(pk=version.pk)


def tracer(version: VersionConvention, nom: str, acteur: Acteur | None, cle: str, **details: Any) -> None:
    """Journal entry and outbox row of an act on a version."""
    noter(nom, acteur=acteur, objet="convention", cle=version.cle, details={"etat": version.etat, **details})
    par = acteur.utilisateur_id if acteur else None
    charge = {"version": version.pk, "nom": nom, "cle": cle, "par": par}
    publier("convention.version", cle_unique=f"convention:{version.pk}:{nom}:{cle}", charge=charge)


def _consigner(
    version: VersionConvention,
    *,
    transition: Transition,
    acteur: Acteur | None,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    tracer(version, transition.nom, acteur, str(version.version), avant=avant, empreinte=version.empreinte[:16])


TRANSITIONS = (
    Transition(
        "ouvrir_signature",
        frozenset({E.PROJET}),
        E.EN_SIGNATURE,
        "Ouvrir à la signature",
        regles.peut_ouvrir_signature,
        marque="ouverte",
        ton="primary",
    ),
    Transition("constater", frozenset({E.EN_SIGNATURE}), E.SIGNEE, "Constater les signatures", regles.toutes_signent),
    Transition("prendre_effet", frozenset({E.SIGNEE}), E.EN_VIGUEUR, "Prendre effet", regles.date_atteinte),
    Transition("remplacer", frozenset({E.EN_VIGUEUR}), E.REMPLACEE, "Remplacer"),
    Transition("resilier", frozenset({E.EN_VIGUEUR}), E.RESILIEE, "Résilier"),
    Transition(
        "abandonner",
        frozenset({E.PROJET, E.EN_SIGNATURE}),
        E.ABANDONNEE,
        "Abandonner ce texte",
        regles.peut_abandonner,
        ton="danger",
    ),
    # The end of the whole convention carries away what was being prepared, whatever its state.
    Transition("emporter", frozenset({E.PROJET, E.EN_SIGNATURE, E.SIGNEE}), E.ABANDONNEE, "Abandonner"),
)
WORKFLOW = Workflow("CONVENTION", ETATS, TRANSITIONS, consigner=_consigner, verrouiller=verrouiller)


def exiger(verdict: Verdict) -> None:
    if not verdict:
        raise TransitionRefusee(verdict.raison)


def avancer(version: VersionConvention) -> None:
    version.version += 1


@transaction.atomic
def proposer(
    *, convention: Convention, acteur: Acteur, motif: str, effet_le: date, institution_admise: Institution | None = None
) -> VersionConvention:
    """Open an amendment: a copy of the text in force, without any signature. It may admit an institution."""
    convention = verrouiller_convention(convention.pk)
    exiger(regles.peut_proposer(convention, acteur))
    if institution_admise and any(
        partie.institution_id == institution_admise.pk for partie in convention.parties.filter(denonciation=None)
    ):
        raise TransitionRefusee(f"{institution_admise.nom_court} est déjà partie à la convention.")
    modele = articles.lire(convention.versions.get(etat=E.EN_VIGUEUR).contenu)
    rang = convention.versions.aggregate(dernier=Max("rang"))["dernier"] + 1
    natures = VersionConvention.Nature
    version = VersionConvention(
        convention=convention,
        rang=rang,
        numero=f"avenant-{rang - 1}",
        nature=natures.ADHESION if institution_admise else natures.AVENANT,
        institution_admise=institution_admise,
        contenu=articles.Texte(modele.mention, effet_le.isoformat(), modele.articles).en_json(),
        motif=motif,
        redigee_par_id=acteur.utilisateur_id,
    )
    version.empreinte = articles.empreinte(version)
    WORKFLOW.initialiser(version, E.PROJET)
    version.save()
    tracer(version, "proposer_avenant", acteur, "0")
    return version


@transaction.atomic
def rediger(
    *,
    version: VersionConvention,
    acteur: Acteur,
    textes: Iterable[Mapping[str, str]],
    motif: str,
    effet_le: date,
    version_lue: int,
) -> VersionConvention:
    """Write the articles of a draft. Raises TexteDepasse when the page was older than the text."""
    version = verrouiller(version)
    exiger(regles.peut_rediger(version, acteur))
    if version.version != version_lue:
        raise TexteDepasse(
            "Ce texte a changé pendant que vous écriviez. Ce que vous avez tapé est conservé ci-dessous."
        )
    mention = version.contenu["mention"]
    version.contenu = articles.composer(textes, effet_le=effet_le, mention=mention).en_json()
    version.motif, version.empreinte = motif, articles.empreinte(version)
    avancer(version)
    version.save()
    tracer(version, "rediger_avenant", acteur, str(version.version))
    return version


@transaction.atomic
def ouvrir_signature(*, version: VersionConvention, acteur: Acteur) -> VersionConvention:
    """From here the text is frozen: what each party signs is this hash."""
    ouverte: VersionConvention = WORKFLOW.appliquer("ouvrir_signature", version, acteur=acteur, avant_ecriture=avancer)
    return ouverte


@transaction.atomic
def signer(*, version: VersionConvention, acteur: Acteur, empreinte: str) -> Signature:
    """Sign the text whose hash was shown. The last mandatory signature makes the version signed, then in force.

    The caller has asked for a second factor of at most five minutes.
    """
    version = verrouiller(version)
    # A change of office-holder waits for this signature, or this signature for it.
    list(Institution.objects.select_for_update().filter(pk__in=acteur.institutions).order_by("pk"))
    trouve = regles.signe_pour(version, acteur)
    if isinstance(trouve, Verdict):
        raise TransitionRefusee(trouve.raison)
    if not empreinte == version.empreinte == articles.empreinte(version):
        raise TexteDepasse("Le texte n’est plus celui que vous avez lu. Relisez-le avant de signer.")
    institution, (mandat, delegation) = trouve
    signature = Signature.objects.create(
        version=version,
        institution=institution,
        mandat=mandat,
        delegation=delegation,
        nom=str(delegation.delegataire) if delegation else mandat.personne,
        titre=f"{delegation.titre}, par délégation\u00a0: {mandat.titre}" if delegation else mandat.titre,
        empreinte=version.empreinte,
        preuve=Signature.Preuve.SECOND_FACTEUR,
        signee_par_id=acteur.utilisateur_id,
    )
    tracer(version, "signer", acteur, str(signature.pk), institution=institution.code, empreinte=empreinte)
    conclure(version, acteur)
    return signature


def conclure(version: VersionConvention, acteur: Acteur | None) -> VersionConvention:
    """Note that all signed, and let it take effect when its day has come. The convention is locked by the caller."""
    if version.etat == E.EN_SIGNATURE and not manquantes(version):
        version = WORKFLOW.appliquer("constater", version, acteur=acteur, avant_ecriture=avancer)
    if version.etat == E.SIGNEE and regles.date_atteinte(version, acteur):
        version = _prendre_effet(version, acteur)
    return version


def _prendre_effet(version: VersionConvention, acteur: Acteur | None) -> VersionConvention:
    """The new text replaces the old one at once, and whom it admits becomes a party."""
    jour = timezone.localdate()

    def finir(ancienne: VersionConvention) -> None:
        avancer(ancienne)
        ancienne.fin_le = jour

    def commencer(nouvelle: VersionConvention) -> None:
        avancer(nouvelle)
        nouvelle.effet_le = jour

    exiger(WORKFLOW.verdict("prendre_effet", version, acteur))
    for ancienne in version.convention.versions.filter(etat=E.EN_VIGUEUR):
        WORKFLOW.appliquer("remplacer", ancienne, acteur=acteur, avant_ecriture=finir)
    publiee: VersionConvention = WORKFLOW.appliquer("prendre_effet", version, acteur=acteur, avant_ecriture=commencer)
    remplacer_le_livre(publiee.convention)
    if publiee.institution_admise is not None:
        dernier = publiee.convention.parties.aggregate(dernier=Max("ordre"))["dernier"] or 0
        Partie.objects.create(
            convention=publiee.convention,
            institution=publiee.institution_admise,
            ordre=dernier + 1,
            entree_le=jour,
            admise_dans=publiee,
        )
    return publiee


@transaction.atomic
def abandonner(*, version: VersionConvention, acteur: Acteur) -> VersionConvention:
    """Give a text up before it is signed by all. The signatures already given stay in its history, for nothing else."""
    abandonnee: VersionConvention = WORKFLOW.appliquer("abandonner", version, acteur=acteur, avant_ecriture=avancer)
    return abandonnee
