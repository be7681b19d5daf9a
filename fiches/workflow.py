"""How a fiche is revised: proposed, read, approved by every signatory, in force. The only door to its states.

Each act locks the sheet first, so that two acts on the same sheet follow one another.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from convention.documents import remplacer_le_livre
from documents.models import Document
from fiches import contenu as contenus
from fiches import policies
from fiches.connus import connus
from fiches.etats import ETATS, OUVERTS, E
from fiches.forme import Probleme
from fiches.models import Fiche, Redaction, VerrouRedaction, VersionFiche, Visa
from fiches.positions import manquants
from journal.carnet import noter
from notifications.boite_envoi import publier
from presentation.typographie import typographier
from transitions.workflow import Transition, TransitionRefusee, Workflow

# How long partners have to give their opinion, unless the référente chooses another day.
DELAI_D_AVIS = timedelta(days=30)


class TexteDepasse(TransitionRefusee):
    """The text changed since the page was shown."""


def verrouiller(version: VersionFiche) -> VersionFiche:
    """Lock the sheet, then read the version again."""
    Fiche.objects.select_for_update().get(pk=version.fiche_id)
    return VersionFiche.objects.select_related("fiche__thematique__convention").get(pk=version.pk)


def tracer(version: VersionFiche, nom: str, acteur: Acteur | None, cle: str, **details: Any) -> None:
    """Journal entry and outbox row of an act on a version."""
    noter(nom, acteur=acteur, objet="fiche", cle=version.cle, details={"etat": version.etat, **details})
    charge = {"version": version.pk, "nom": nom, "cle": cle, "par": acteur and acteur.utilisateur_id, **details}
    publier("fiche.version", cle_unique=f"fiche:{version.pk}:{nom}:{cle}", charge=charge)


def consigner(
    version: VersionFiche,
    *,
    transition: Transition,
    acteur: Acteur | None,
    avant: str,
    commentaire: str,
    donnees: Mapping[str, Any],
) -> None:
    """What an applied transition leaves: journal and outbox. The values are in simple-history."""
    tracer(version, transition.nom, acteur, str(version.version))


def _de(*etats: str) -> frozenset[str]:
    return frozenset(etats)


TRANSITIONS = (
    Transition(
        "soumettre_lecture",
        _de(E.PROJET),
        E.EN_LECTURE,
        "Soumettre aux neuf partenaires",
        policies.peut_soumettre,
        ton="primary",
    ),
    Transition(
        "ouvrir_approbation",
        _de(E.EN_LECTURE),
        E.EN_APPROBATION,
        "Ouvrir l’approbation",
        policies.peut_ouvrir_approbation,
        ton="primary",
    ),
    Transition("approuver", _de(E.EN_APPROBATION), E.APPROUVEE, "Constater l’accord", policies.toutes_approuvent),
    Transition("rouvrir", _de(E.APPROUVEE), E.EN_APPROBATION, "Rouvrir l’approbation", policies.est_referente),
    Transition(
        "mettre_en_vigueur",
        _de(E.APPROUVEE),
        E.EN_VIGUEUR,
        "Mettre en vigueur",
        policies.peut_mettre_en_vigueur,
        ton="primary",
    ),
    Transition("prendre_effet", _de(E.APPROUVEE), E.EN_VIGUEUR, "Prendre effet", policies.toutes_approuvent),
    Transition("remplacer", _de(E.EN_VIGUEUR), E.REMPLACEE, "Remplacer"),
    Transition("abroger", _de(E.EN_VIGUEUR), E.ABROGEE, "Abroger la fiche", policies.peut_abroger, ton="danger"),
    Transition("abandonner", _de(*OUVERTS), E.ABROGEE, "Abandonner ce projet", policies.est_referente),
)
WORKFLOW = Workflow("FICHE", ETATS, TRANSITIONS, consigner=consigner, verrouiller=verrouiller)


def _avancer(version: VersionFiche) -> None:
    version.version += 1


def _rouvrir(version: VersionFiche) -> None:
    """The planned day was that of another text, and so was the day by which opinions were asked for."""
    _avancer(version)
    version.effet_prevu = None
    version.avis_avant = timezone.localdate() + DELAI_D_AVIS


def exiger(verdict: Any) -> None:
    if not verdict:
        raise TransitionRefusee(verdict.raison)


@transaction.atomic
def proposer(*, fiche: Fiche, acteur: Acteur, motif: str = "") -> VersionFiche:
    """Open version n+1 as a copy of the text in force, or of the last one when none is."""
    Fiche.objects.select_for_update().get(pk=fiche.pk)
    versions = fiche.versions.select_related("fiche__thematique__convention").order_by("-rang")
    modele = versions.filter(effet_le__isnull=False).first()
    if modele is None:
        raise TransitionRefusee("Cette fiche n’a pas encore de texte à réviser.")
    exiger(policies.peut_proposer(modele, acteur))
    rang = versions[0].rang + 1
    version = VersionFiche(
        fiche=fiche,
        numero=f"{modele.numero.partition('.')[0]}.{rang - 1}",
        rang=rang,
        titre=modele.titre,
        contenu=modele.contenu,
        empreinte=modele.empreinte,
        motif=motif,
        verifie_le=timezone.localdate(),
        redigee_par_id=acteur.utilisateur_id,
    )
    WORKFLOW.initialiser(version, E.PROJET)
    version.save()
    tracer(version, "proposer", acteur, "0")
    return version


@transaction.atomic
def modifier(
    *, version: VersionFiche, acteur: Acteur, titre: str, contenu: Mapping[str, Any], motif: str, version_lue: int
) -> list[str]:
    """Write the text. Every opinion given on another text lapses: returns the partners concerned.

    Raises ContenuInvalide, or TexteDepasse when the page was older than the text.
    """
    version = verrouiller(version)
    exiger(policies.peut_ecrire(version, acteur))
    if version.version != version_lue:
        raise TexteDepasse(
            "Ce texte a changé pendant que vous écriviez. Ce que vous avez tapé est conservé ci-dessous."
        )
    lu = contenus.lire(contenu)
    inconnus = list(contenus.chemins_inconnus(lu, *connus()))
    if inconnus:
        raise contenus.ContenuInvalide([Probleme(*faute) for faute in inconnus])
    titre = typographier(titre)
    version.titre, version.contenu, version.motif = titre, lu.en_json(), motif
    version.empreinte = contenus.empreinte(titre, lu)
    _avancer(version)
    version.save()
    tombes = _faire_tomber(version)
    # The author's own draft of this text has become the text. What others type, or typed before, stays theirs.
    Redaction.objects.filter(version_fiche=version, auteur_id=acteur.utilisateur_id, version_lue=version_lue).delete()
    VerrouRedaction.objects.filter(version_fiche=version, pris_par_id=acteur.utilisateur_id).delete()
    if version.etat == E.APPROUVEE and tombes:
        version = WORKFLOW.appliquer("rouvrir", version, acteur=acteur, avant_ecriture=_rouvrir)
    noms = [visa.institution.nom_court for visa in tombes]
    tracer(version, "modifier", acteur, str(version.version), institutions=[visa.institution_id for visa in tombes])
    return noms


def _faire_tomber(version: VersionFiche) -> list[Visa]:
    """The opinions given on another text lapse; their number and their partners are told."""
    visas = version.visas.filter(tombe_le=None).exclude(empreinte=version.empreinte).select_related("institution")
    tombes = list(visas)
    for visa in tombes:
        visa.tombe_le = timezone.now()
        visa.save()
    return tombes


@transaction.atomic
def soumettre_lecture(*, version: VersionFiche, acteur: Acteur) -> VersionFiche:
    avancee: VersionFiche = WORKFLOW.appliquer("soumettre_lecture", version, acteur=acteur, avant_ecriture=_avancer)
    return avancee


@transaction.atomic
def ouvrir_approbation(*, version: VersionFiche, acteur: Acteur, avis_avant: date | None = None) -> VersionFiche:
    """Ask every partner for its opinion by `avis_avant`. That day passed, silence is still no approval."""
    jour = avis_avant or timezone.localdate() + DELAI_D_AVIS
    exiger(policies.echeance_d_avis(jour, timezone.localdate()))

    def dater(ouverte: VersionFiche) -> None:
        _avancer(ouverte)
        ouverte.avis_avant = jour

    avancee: VersionFiche = WORKFLOW.appliquer("ouvrir_approbation", version, acteur=acteur, avant_ecriture=dater)
    return avancee


@transaction.atomic
def abandonner(*, version: VersionFiche, acteur: Acteur) -> VersionFiche:
    avancee: VersionFiche = WORKFLOW.appliquer("abandonner", version, acteur=acteur, avant_ecriture=_avancer)
    return avancee


def exiger_passages(version: VersionFiche, passages: Collection[str]) -> None:
    """A passage is named by the identifier of a block of this very text."""
    if not set(passages) <= {bloc.id for bloc in contenus.blocs(version.titre, contenus.lire(version.contenu))}:
        raise TransitionRefusee("Choisissez un passage de la fiche.")


@transaction.atomic
def donner_avis(
    *,
    version: VersionFiche,
    acteur: Acteur,
    avis: str,
    motif: str = "",
    empreinte: str,
    passages: Collection[str] = (),
) -> Visa:
    """The actor's institution approves, reserves or blocks the text it read (`empreinte`).

    A reserve may name the passages it is about; it holds the whole text back all the same.
    """
    version = verrouiller(version)
    exiger(policies.peut_donner_avis(version, acteur))
    if empreinte != version.empreinte:
        raise TexteDepasse("Le texte a changé depuis que vous l’avez lu. Relisez-le avant de donner votre avis.")
    if avis != Visa.Avis.APPROUVE and not motif.strip():
        raise TransitionRefusee("Une réserve doit être motivée.")
    exiger_passages(version, passages)
    place = policies.place_d_avis(version, acteur)
    assert place is not None  # noqa: S101  peut_donner_avis found it
    for precedent in version.visas.filter(institution_id=place.institution_id, tombe_le=None):
        precedent.tombe_le = timezone.now()
        precedent.save()
    visa = Visa.objects.create(
        version_fiche=version,
        institution_id=place.institution_id,
        avis=avis,
        motif=motif.strip() if avis != Visa.Avis.APPROUVE else "",
        passages=list(passages) if avis != Visa.Avis.APPROUVE else [],
        empreinte=version.empreinte,
        rendu_par_id=acteur.utilisateur_id,
    )
    tracer(version, "donner_avis", acteur, str(visa.pk), avis=avis, rattachement=place.rattachement_id)
    if avis == Visa.Avis.APPROUVE and not manquants(version):
        WORKFLOW.appliquer("approuver", version, acteur=acteur, avant_ecriture=_avancer)
    return visa


@transaction.atomic
def mettre_en_vigueur(*, version: VersionFiche, acteur: Acteur) -> VersionFiche:
    """The new text replaces the old one at once. Refused while a mandatory partner is missing."""
    version = verrouiller(version)
    exiger(WORKFLOW.verdict("mettre_en_vigueur", version, acteur))
    return entrer_en_vigueur(version, "mettre_en_vigueur", acteur, timezone.localdate())


def entrer_en_vigueur(version: VersionFiche, nom: str, acteur: Acteur | None, jour: date) -> VersionFiche:
    """The old text ends and the new one starts on the same day, in the transaction of the caller."""

    def dater(nouvelle: VersionFiche) -> None:
        _avancer(nouvelle)
        nouvelle.effet_le = jour

    for ancienne in version.fiche.versions.filter(etat=E.EN_VIGUEUR):
        _finir(ancienne, "remplacer", acteur, Document.Statut.REMPLACE, jour)
    publiee: VersionFiche = WORKFLOW.appliquer(nom, version, acteur=acteur, avant_ecriture=dater)
    remplacer_le_livre(version.fiche.thematique.convention)
    return publiee


@transaction.atomic
def abroger(*, version: VersionFiche, acteur: Acteur) -> None:
    """The sheet has no text in force any more."""
    _finir(version, "abroger", acteur, Document.Statut.ABROGE, timezone.localdate())
    remplacer_le_livre(version.fiche.thematique.convention)


def _finir(version: VersionFiche, nom: str, acteur: Acteur | None, statut: str, jour: date) -> None:
    def dater(ancienne: VersionFiche) -> None:
        _avancer(ancienne)
        ancienne.fin_le = jour

    WORKFLOW.appliquer(nom, version, acteur=acteur, avant_ecriture=dater)
    Document.objects.filter(objet_cle=version.cle, statut=Document.Statut.EN_VIGUEUR).update(
        statut=statut, statut_le=timezone.now()
    )
