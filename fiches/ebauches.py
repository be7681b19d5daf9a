"""The tree that a référente is drawing: kept at each step, faults and all; only a sound one enters the version."""

from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from documents.empreinte import empreinte
from fiches import contenu as contenus
from fiches import policies, workflow
from fiches.arbre import controle, edition
from fiches.connus import connus
from fiches.models import EbaucheArbre, Redaction, VersionFiche
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


def depart(version: VersionFiche) -> edition.Brut:
    """The tree of the version, empty when it has none."""
    brut: edition.Brut = version.contenu.get("arbre") or edition.VIDE
    return brut


def en_cours(version: VersionFiche, acteur: Acteur) -> edition.Brut:
    """What this person is drawing, else the tree of the version."""
    ebauche = _ebauche(version, acteur)
    brut: edition.Brut = ebauche.arbre if ebauche else depart(version)
    return brut


def _ebauche(version: VersionFiche, acteur: Acteur) -> EbaucheArbre | None:
    return EbaucheArbre.objects.filter(version_fiche=version, auteur_id=acteur.utilisateur_id).first()


def fautes(version: VersionFiche, brut: edition.Brut) -> list[controle.Faute]:
    """Everything that would refuse this tree: its drawing, then words that nothing bears. No tree at all is fine."""
    if not brut["questions"] and not brut["conclusions"]:
        return []
    arbre = edition.lu(brut)
    trouvees = controle.fautes(arbre)
    sans = contenus.lire({champ: valeur for champ, valeur in version.contenu.items() if champ != "arbre"})
    complet = contenus.avec_arbre(sans, arbre)
    inconnus = contenus.chemins_inconnus(complet, *connus())
    return trouvees + [controle.Faute(str(chemin[1]), phrase) for chemin, phrase in inconnus if chemin[0] == "arbre"]


@transaction.atomic
def dessiner(*, version: VersionFiche, acteur: Acteur, arbre: edition.Brut) -> None:
    """Keep one step of the drawing; the text of the version does not change."""
    workflow.exiger(policies.peut_rediger(version, acteur))
    ebauche = _ebauche(version, acteur) or EbaucheArbre(
        version_fiche=version, auteur_id=acteur.utilisateur_id, depart=empreinte(depart(version))
    )
    ebauche.arbre = arbre
    ebauche.save()
    noter("dessiner", acteur=acteur, objet="fiche", cle=version.cle, details={})


@transaction.atomic
def oublier(*, version: VersionFiche, acteur: Acteur) -> None:
    """Come back to the tree of the version."""
    EbaucheArbre.objects.filter(version_fiche=version, auteur_id=acteur.utilisateur_id).delete()


@transaction.atomic
def enregistrer(*, version: VersionFiche, acteur: Acteur) -> list[str]:
    """Put the tree into the text. Raises ContenuInvalide or TransitionRefusee and writes nothing."""
    version = workflow.verrouiller(version)
    ebauche = _ebauche(version, acteur)
    if ebauche is None:
        raise TransitionRefusee("L’arbre n’a pas changé.")
    if ebauche.depart != empreinte(depart(version)):
        raise TransitionRefusee(
            "L’arbre de cette version a changé depuis que vous dessinez. Notez vos changements, puis repartez du sien."
        )
    _sans_saisie(version)
    contenu: dict[str, Any] = {champ: valeur for champ, valeur in version.contenu.items() if champ != "arbre"}
    if ebauche.arbre["questions"] or ebauche.arbre["conclusions"]:
        contenu["arbre"] = ebauche.arbre
    tombes = _modifier(version, acteur, contenu)
    ebauche.delete()
    return tombes


@transaction.atomic
def changer_derogation(*, version: VersionFiche, acteur: Acteur, code: str, ligne: dict[str, Any]) -> list[str]:
    """Replace a line of the table of derogations, or add one when `code` is empty."""
    version = workflow.verrouiller(version)
    _sans_saisie(version)
    table = version.contenu["secret"]
    lignes = list(table["derogations"])
    if code:
        lignes = [{**ligne, "code": code} if ancienne["code"] == code else ancienne for ancienne in lignes]
    else:
        lignes.append(ligne)
    return _modifier(version, acteur, {**version.contenu, "secret": {**table, "derogations": lignes}})


def _sans_saisie(version: VersionFiche) -> None:
    """A text being typed on the other page would be lost by a change of the version: it comes first."""
    if Redaction.objects.filter(version_fiche=version, version_lue=version.version).exists():
        raise TransitionRefusee(
            "Un texte est en cours de saisie sur cette version : enregistrez-le ou oubliez-le d’abord."
        )


def _modifier(version: VersionFiche, acteur: Acteur, contenu: dict[str, Any]) -> list[str]:
    return workflow.modifier(
        version=version,
        acteur=acteur,
        titre=version.titre,
        contenu=contenu,
        motif=version.motif,
        version_lue=version.version,
    )
