"""The papers of a seizure, or of kept objects: inventory, card of each seal, internal report, what is asked back.

The inventory names what left and under which seal. What was set aside has its number and its coded reason only: its
nature, date and author are what the seizure had to leave alone. The internal report has every line.
"""

from collections.abc import Iterable
from typing import Any

from convention.models import Service
from documents.models import Document
from dossiers.models import Dossier
from presentation.temps import date_fr
from requisitions.documents import entete, mots_de_la_lettre, produire_ecrit
from requisitions.models import Inventaire, PieceSaisie, Requisition, Restitution, Scelle, Volet
from requisitions.saisie.inventaire import numeros, passages_de, pieces_de, reserves_de, scelles_de
from requisitions.types_acte import type_acte
from requisitions.types_acte.saisie import DEBUT
from requisitions.volet import en_mots, lignes

FICHE = "Fiche de scellé (copie)"


def ligne_de(piece: PieceSaisie) -> dict[str, Any]:
    """One line as every paper prints it."""
    return {
        "rang": piece.rang,
        "nature": piece.nature,
        "date": piece.date,
        "auteur": piece.auteur,
        "pages": piece.pages,
        "support": piece.get_support_display(),
        "empreinte": piece.empreinte,
        "logiciels": piece.logiciels,
        "responsable": piece.responsable,
        "scelle": piece.scelle.numero if piece.scelle else "",
        "motif": piece.get_motif_display() if piece.motif else "",
    }


def retenues(dossier: Dossier) -> list[dict[str, Any]]:
    return [ligne_de(piece) for piece in pieces_de(dossier) if piece.retenue]


def ecartees(dossier: Dossier) -> list[PieceSaisie]:
    return [piece for piece in pieces_de(dossier) if not piece.retenue]


def _scelles(dossier: Dossier) -> list[dict[str, Any]]:
    rangs: dict[int | None, list[int]] = {}
    objets = type_acte(dossier.variante).chaine
    for piece in pieces_de(dossier):
        rangs.setdefault(piece.scelle_id, []).append(piece.rang)
    return [
        {
            "numero": scelle.numero,
            "genre": scelle.get_genre_display(),
            "motif": scelle.motif,
            "contenu": _contenu(rangs.get(scelle.pk, []), "Effet" if objets else "Pièce"),
        }
        for scelle in scelles_de(dossier)
    ]


def _contenu(rangs: list[int], mot: str) -> str:
    if not rangs:
        return "Sans inventaire"
    return f"{mot}{'s' if len(rangs) > 1 else ''} {numeros(rangs)}"


def _commun(dossier: Dossier) -> dict[str, Any]:
    tete: Inventaire | None = Inventaire.objects.filter(dossier=dossier).first()
    pieces = retenues(dossier)
    return {
        "retenues": pieces,
        "pages": sum(piece["pages"] or 0 for piece in pieces),
        "scelles": _scelles(dossier),
        "copie_conservee": bool(tete and tete.copie_conservee),
        "impossible": tete.impossible if tete else "",
        "reserves": [
            {"auteur": reserve.get_auteur_display(), "texte": reserve.texte, "au_pv": reserve.au_pv}
            for reserve in reserves_de(dossier)
        ],
        "signatures": [
            {"qualite": signature.get_qualite_display(), "nom": signature.nom}
            for signature in dossier.signatures.vivantes()
        ],
        "rayees": numeros(dossier.pieces_saisies.exclude(rayee_le=None).values_list("rang", flat=True))
        if dossier.pieces_saisies.exclude(rayee_le=None).exists()
        else "",
    }


def par_motif(pieces: Iterable[PieceSaisie]) -> list[dict[str, Any]]:
    """The numbers set aside, for each coded reason, in the order of the reasons: the list has no unexplained gap."""
    rangs: dict[str, list[int]] = {}
    for piece in pieces:
        rangs.setdefault(piece.motif, []).append(piece.rang)
    return [
        {"motif": motif.label, "nombre": len(rangs[motif]), "numeros": numeros(rangs[motif])}
        for motif in PieceSaisie.Exclusion
        if motif in rangs
    ]


def inventaire(dossier: Dossier, r: Requisition, volet: Volet) -> Document:
    acte = type_acte(r.type_acte)
    donnees = {
        **entete(dossier, r),
        "lignes": lignes(acte, volet.donnees, imprimees=True),
        **_commun(dossier),
        "ecartees": par_motif(ecartees(dossier)),
    }
    # A reservation that the record does not carry is the hospital's own: it stays in its report.
    donnees["reserves"] = [reserve for reserve in donnees["reserves"] if reserve["au_pv"]]
    return produire_ecrit("saisie", acte.ecrit, dossier, dossier.cle, "saisie", donnees)


def inventaire_des_effets(dossier: Dossier, r: Requisition) -> Document:
    """Each object in its seal, and the chain of hands up to the counter, where two of them sign."""
    commun = _commun(dossier)
    donnees = {
        **entete(dossier, r),
        **{nom: commun[nom] for nom in ("retenues", "scelles", "rayees")},
        "ecartees": par_motif(ecartees(dossier)),
        "gel": dossier.gel.ordonne_le,
        "passages": [
            {"le": p.le, "nom": p.nom, "lieu": p.lieu, "interruption": p.interruption} for p in passages_de(dossier)
        ],
    }
    return produire_ecrit("effets", type_acte(r.type_acte).ecrit, dossier, dossier.cle, "effets", donnees)


def fiche_de_scelle(dossier: Dossier, r: Requisition, volet: Volet | None, scelle: Scelle) -> Document:
    """The hospital's copy of the card that is signed on the spot."""
    tete: Inventaire | None = Inventaire.objects.filter(dossier=dossier).first()
    donnees = {
        **entete(dossier, r),
        "scelle": scelle.numero,
        "genre": scelle.get_genre_display(),
        "motif": scelle.motif,
        "impossible": tete.impossible if tete and scelle.genre == Scelle.Genre.PROVISOIRE else "",
        "saisi": _saisi(volet) if volet else "",
        "objets": type_acte(r.type_acte).chaine,
        "retenues": [ligne_de(piece) for piece in pieces_de(dossier) if piece.scelle_id == scelle.pk],
    }
    return produire_ecrit("scelle", f"{FICHE} n°\u00a0{scelle.numero}", dossier, scelle.cle, "scelle", donnees)


def compte_rendu(dossier: Dossier, r: Requisition, volet: Volet) -> Document:
    """All that was recorded, for the house: the official record is not left in copy."""
    controle = dossier.evenements.filter(nom="controler_apres").select_related("par").first()
    donnees = {
        **entete(dossier, r),
        "lignes": lignes(type_acte(r.type_acte), volet.donnees),
        **_commun(dossier),
        "ecartees": [ligne_de(piece) for piece in ecartees(dossier)],
        "note_le": volet.rempli_le,
        "controle": controle.commentaire if controle else "",
        "controle_par": str(controle.par) if controle else "",
        "controle_le": controle.le if controle else None,
    }
    return produire_ecrit(
        "compte-rendu", "Compte rendu interne de saisie", dossier, dossier.cle, "compte_rendu", donnees
    )


def demande_restitution(
    dossier: Dossier, r: Requisition, restitution: Restitution, volet: Volet | None, magistrat: Service
) -> Document:
    """The magistrate reads what the seal holds that the hospital has no more, and when it was taken."""
    du_scelle = [piece for piece in pieces_de(dossier) if piece.scelle and piece.scelle.numero == restitution.scelle]
    demandee = date_fr(restitution.demandee_le)
    donnees = {
        **mots_de_la_lettre("restitution", dossier, r, scelle=restitution.scelle, demandee=demandee),
        "destinataire": magistrat.nom_externe,
        "copie": r.service_requerant.nom_externe if r.service_requerant != magistrat else "",
        "scelle": restitution.scelle,
        "saisi": _saisi(volet) if volet else "",
        "retenues": [ligne_de(piece) for piece in du_scelle if piece.a_restituer],
        "motif": restitution.motif,
        "demandee_le": restitution.demandee_le,
    }
    return produire_ecrit("restitution", "Demande de restitution", dossier, dossier.cle, "restitution", donnees)


def _saisi(volet: Volet) -> str:
    return en_mots(DEBUT, volet.donnees["debut"]) if volet.donnees.get("debut") else ""
