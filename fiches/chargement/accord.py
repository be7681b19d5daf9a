"""What a convention file says of the agreement itself: its parties, their office-holders, and its first text."""

from collections.abc import Callable, Mapping
from typing import Any

from convention import articles
from convention.models import Convention, Institution, Mandat, Partie, VersionConvention
from convention.workflow import WORKFLOW
from fiches.chargement.bilan import ORIGINE, Bilan
from fiches.chargement.verification import parties_de

Poser = Callable[[Any, dict[str, Any], dict[str, Any], Bilan], Any]


def poser_accord(
    convention: Convention, brut: Mapping[str, Any], institutions: Mapping[str, Institution], poser: Poser, bilan: Bilan
) -> None:
    """Each party is so from the day of the signature. Whoever left or came since is not touched.

    An office-holder is known only where the text names the person who signed.
    """
    for ordre, code in enumerate(parties_de(brut), 1):
        if not Partie.objects.filter(convention=convention, institution=institutions[code]).exists():
            cle = {"convention": convention, "institution": institutions[code], "entree_le": convention.signee_le}
            poser(Partie, cle, {"ordre": ordre}, bilan)
    for ligne in brut.get("signataires", ()):
        institution = institutions[ligne["institution"]]
        if not Mandat.objects.filter(institution=institution).exists():
            personne = {champ: ligne[champ] for champ in ("civilite", "prenom", "nom", "titre")}
            poser(Mandat, {"institution": institution, "debut_le": convention.signee_le}, personne, bilan)
    _texte(convention, brut, bilan)


def _texte(convention: Convention, brut: Mapping[str, Any], bilan: Bilan) -> None:
    """The text signed on paper, in force when the convention has none yet. Once there, it changes by amendment."""
    texte = articles.composer(
        brut.get("articles", ()), effet_le=convention.signee_le, mention=brut.get("mention", "")
    ).en_json()
    premiere = convention.versions.order_by("rang").first()
    if premiere is not None:
        if premiere.contenu != texte:
            bilan.conserves.append(
                f"convention {convention.code} : les articles du fichier diffèrent du texte signé, qui est gardé. "
                "Proposez un avenant dans l’application."
            )
        return
    version = VersionConvention(
        convention=convention,
        rang=1,
        numero=convention.version,
        nature=VersionConvention.Nature.INITIALE,
        contenu=texte,
        motif="Texte signé sur papier",
        effet_le=convention.signee_le,
    )
    version.empreinte = articles.empreinte(version)
    WORKFLOW.initialiser(version, VersionConvention.Etat.EN_VIGUEUR)
    version._change_reason = ORIGINE  # type: ignore[attr-defined]
    version.save()
    bilan.crees += 1
