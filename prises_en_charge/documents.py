"""The two papers of a trip. Both are written from what the escort may read: nothing medical can enter."""

from typing import Any

from convention.acteur import Acteur
from documents.render import produire
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.pieces import joindre
from presentation.temps import date_fr, heure_fr
from prises_en_charge.regards import Public, Vue, libelle, vue_du_public


def fiche_de_suivi(*, dossier: Dossier, acteur: Acteur) -> Piece:
    """The escort's sheet: time, entrance, restraint, what the care demands."""
    vue = vue_du_public(dossier.extraction, Public.ESCORTE)
    return _produire(
        dossier, acteur, "fiche-suivi-extraction", "Fiche de suivi d’extraction", _suivi(vue), Classe.JUDICIAIRE
    )


def bon_de_retour(*, dossier: Dossier, acteur: Acteur) -> Piece:
    """Given to the escort when the person leaves the hospital."""
    vue = vue_du_public(dossier.extraction, Public.ESCORTE)
    return _produire(dossier, acteur, "bon-retour", "Bon de retour", _retour(vue), Classe.ADMINISTRATIF)


def _moment(valeur: Any) -> str:
    return f"{date_fr(valeur)}, {heure_fr(valeur)}" if valeur else ""


def _suivi(vue: Vue) -> list[tuple[str, str]]:
    lignes = [
        ("Personne", vue["personne"] or ""),
        ("Départ prévu", _moment(vue["depart_prevu"])),
        ("Arrivée attendue", _moment(vue["creneau_debut"])),
        ("Fin prévue", _moment(vue["creneau_fin"])),
        ("Lieu", vue["lieu"] or ""),
        ("Entrée", libelle(vue, "acces")),
        ("Escorte", f"{vue['effectif']} agents" if vue["effectif"] else ""),
        ("Niveau d’escorte", libelle(vue, "niveau_escorte")),
        ("Moyens de contrainte", contraintes(vue)),
        ("Surveillance pendant l’examen", libelle(vue, "niveau_surveillance")),
        ("Ordre écrit", "Reçu" if vue["ordre_recu"] else "À régulariser dans les 2\u00a0heures après l’arrivée"),
    ]
    if vue["sans_contrainte_ni_presence"]:
        lignes.append(("Pendant l’examen", "Sans contrainte et hors de la présence de l’escorte"))
    return [ligne for ligne in lignes if ligne[1]]


def _retour(vue: Vue) -> list[tuple[str, str]]:
    lignes = [
        ("Personne", vue["personne"] or ""),
        ("Arrivée à l’hôpital", _moment(vue["arrivee_le"])),
        ("Sortie de l’hôpital", _moment(vue["sortie_le"])),
        ("Destination", libelle(vue, "retour")),
        ("Effets personnels", "Inventoriés et rendus" if vue["effets_inventories"] else "Aucun effet confié"),
    ]
    return [ligne for ligne in lignes if ligne[1]]


def contraintes(vue: Vue) -> str:
    """The restraints of the trip in words; empty for a reader who may not know."""
    if vue["moyens_contrainte"] is None:
        return ""
    noms = {"MENOTTES": "menottes", "ENTRAVES": "entraves", "CEINTURE": "ceinture"}
    return ", ".join(noms[code] for code in vue["moyens_contrainte"]).capitalize() or "Aucun"


def _produire(
    dossier: Dossier, acteur: Acteur, genre: str, intitule: str, lignes: list[tuple[str, str]], classe: Classe
) -> Piece:
    extraction = dossier.extraction
    document = produire(
        genre,
        intitule=intitule,
        reference=dossier.reference or "",
        objet_cle=dossier.cle,
        dossier_cle=dossier.cle,
        contenu={"reference": dossier.reference, "lignes": lignes},
        gabarit=f"pdf/extraction-{genre}.html",
        contexte={
            "reference": dossier.reference,
            "lignes": lignes,
            "etablissement": extraction.service_accueil.institution.nom,
            "titre_courant": f"{intitule}, {dossier.reference}",
        },
    )
    return joindre(
        dossier=dossier,
        intitule=intitule,
        classe=classe,
        fichier=document.fichier,
        document=document,
        acteur=acteur,
        remise_a=[service for service in (extraction.etablissement, extraction.escorte) if service],
    )
