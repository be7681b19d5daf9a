"""The sealed bundle: the inventory of its pieces, and the archive of their bytes."""

import shutil
import zipfile

from documents import coffre
from documents.flux import MORCEAU, Reserve
from documents.models import Document, Fichier
from documents.pdf import nombre_de_pages
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from requisitions.models import Remise, Requisition, Scelle
from requisitions.saisie.inventaire import a_remettre_sous_scelle

SCELLES = frozenset({Remise.Support.SCELLE_FERME, Remise.Support.SCELLE_OUVERT})
EPOQUE = (2025, 1, 1, 0, 0, 0)
SUR_SUPPORT = "La copie est sur un support : elle se remet en main propre, pas dans Trait d’union."
SOUS_SCELLE = "Les effets sont sous scellé : ils se remettent en main propre, sous ce scellé."
LONGUEUR = 60


def inventorier(dossier: Dossier, lettre: Requisition, pieces: list[Piece]) -> list[dict[str, object]]:
    """The inventory. Requesters read neutral titles: a medical piece is named by its number, not by its content."""
    lignes: list[dict[str, object]] = []
    for rang, piece in enumerate(pieces, start=1):
        fichier = piece.fichier
        lignes.append(
            {
                "rang": rang,
                "intitule": f"Pièce médicale n°\u00a0{rang}" if piece.classe == Classe.MEDICAL else piece.intitule,
                "fichier": f"{dossier.reference}-{rang:02d}.{fichier.extension}",
                "taille": fichier.taille,
                "pages": _pages(fichier, dossier),
                "empreinte": fichier.empreinte,
            }
        )
    if sur_support(lettre):
        lignes.append(
            {
                "rang": len(lignes) + 1,
                "intitule": f"Copie sur support : {lettre.copie_support}",
                "fichier": "",
                "taille": 0,
                "pages": None,
                "empreinte": lettre.copie_empreinte,
            }
        )
    return lignes


def _pages(fichier: Fichier, dossier: Dossier) -> int | None:
    """What whoever receives a paper counts; a film has none."""
    if fichier.extension == "pdf":
        return nombre_de_pages(coffre.lire(fichier, dossier.cle))
    return 1 if fichier.extension in {"jpg", "png"} else None


def sur_support(lettre: Requisition) -> bool:
    """The matter is a copy on a medium, known by its hash: it is handed over at the counter."""
    return bool(lettre.copie_empreinte)


def support_attendu(lettre: Requisition) -> Remise.Support:
    """How the answer leaves unless somebody decides otherwise."""
    if scelles := a_remettre_sous_scelle(lettre.dossier):
        fermes = all(scelle.genre == Scelle.Genre.FERME for scelle in scelles)
        return Remise.Support.SCELLE_FERME if fermes else Remise.Support.SCELLE_OUVERT
    return Remise.Support.CLE if sur_support(lettre) else Remise.Support.PLATEFORME


def scelles_attendus(lettre: Requisition) -> str:
    """The numbers of the seals that leave, as the receipt bears them; their list, when it is long, is the inventory."""
    numeros = [scelle.numero for scelle in a_remettre_sous_scelle(lettre.dossier)]
    dits = ", ".join(numeros)
    return dits if len(dits) <= LONGUEUR else f"{len(numeros)} scellés, listés à l’inventaire"


def faute_de_support(lettre: Requisition, support: str) -> str:
    """Why this answer does not leave so; empty when it may."""
    if a_remettre_sous_scelle(lettre.dossier):
        return "" if support in SCELLES else SOUS_SCELLE
    return SUR_SUPPORT if support == Remise.Support.PLATEFORME and sur_support(lettre) else ""


def assembler(
    dossier: Dossier, pieces: list[Piece], manifeste: list[dict[str, object]], bordereau: Document
) -> Fichier:
    """One archive, the same bytes for the same pieces; it has no depositor, so that no jurist may open it."""
    reserve = Reserve()
    with zipfile.ZipFile(reserve, "w", zipfile.ZIP_DEFLATED) as archive:
        _verser_au_pli(archive, "bordereau.pdf", bordereau.fichier, dossier)
        for piece, ligne in zip(pieces, manifeste, strict=False):
            _verser_au_pli(archive, str(ligne["fichier"]), piece.fichier, dossier)
    with reserve.lecture() as contenu:
        return coffre.deposer(contenu, extension="zip", type_mime="application/zip", attache=dossier.cle)


def _verser_au_pli(archive: zipfile.ZipFile, nom: str, fichier: Fichier, dossier: Dossier) -> None:
    """By chunks: pictures of 200 MB pass through without being held."""
    ligne = zipfile.ZipInfo(nom, EPOQUE)
    ligne.compress_type = zipfile.ZIP_DEFLATED
    with coffre.ouvrir(fichier, dossier.cle) as flux, archive.open(ligne, "w") as entree:
        shutil.copyfileobj(flux, entree, MORCEAU)
