"""The page of one case, prepared in the view: blocks, parties and pieces as this reader may read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from convention.acteur import Acteur
from dossiers.models import Dossier, Participation
from dossiers.pieces import lisible
from dossiers.suivi import auteur_affiche, chronologie
from presentation.temps import date_fr, heure_fr
from prises_en_charge.documents import contraintes
from prises_en_charge.models import Extraction
from prises_en_charge.regards import Vue, libelle
from prises_en_charge.table import WORKFLOW


@dataclass(frozen=True, slots=True)
class Champ:
    libelle: str
    valeur: str


@dataclass(frozen=True, slots=True)
class Bloc:
    code: str
    titre: str
    note: str
    lignes: list[Champ]


def _moment(valeur: datetime | None) -> str:
    return f"{date_fr(valeur)}, {heure_fr(valeur)}" if valeur else ""


def _oui(valeur: bool | None, oui: str, non: str = "") -> str:
    return "" if valeur is None else oui if valeur else non


def blocs(vue: Vue) -> list[Bloc]:
    """Only the blocks of which something may be read."""
    prets = (
        Bloc("rendez-vous", "Rendez-vous", "Partagé avec toutes les parties, chacune pour sa part.", _rendez_vous(vue)),
        Bloc("soin", "Soin", "Lu par l’unité sanitaire et par le service seuls.", _soin(vue)),
        Bloc("etablissement", "Établissement", "Lu par l’établissement pénitentiaire seul.", _etablissement(vue)),
        Bloc("horaires", "Sur place", "", _horaires(vue)),
    )
    return [
        Bloc(bloc.code, bloc.titre, bloc.note, lignes)
        for bloc in prets
        if (lignes := [ligne for ligne in bloc.lignes if ligne.valeur])
    ]


def _rendez_vous(vue: Vue) -> list[Champ]:
    etablissement = vue["etablissement"]
    return [
        Champ("Personne", vue["personne"] or ""),
        Champ("Établissement", etablissement.institution.nom_court if etablissement else ""),
        Champ("Départ prévu", _moment(vue["depart_prevu"])),
        Champ("Arrivée", _moment(vue["creneau_debut"])),
        Champ("Fin prévue", _moment(vue["creneau_fin"])),
        Champ("Lieu", "" if vue["service_accueil"] else vue["lieu"] or ""),
        Champ("Entrée", libelle(vue, "acces")),
        Champ("Autorité parentale", libelle(vue, "autorite_parentale")),
        Champ("Hospitalisation", _oui(vue["hospitalisation_prevue"], "Prévue")),
        Champ("Ordre écrit", _oui(vue["ordre_recu"], "Reçu", "Attendu")),
        Champ("Escorte", f"{vue['effectif']} agents" if vue["effectif"] else ""),
        Champ("Surveillance", libelle(vue, "niveau_surveillance")),
        Champ("Décision motivée", _oui(vue["surveillance_motivee"], "Oui, par l’établissement")),
        Champ("Pendant l’examen", _examen(vue)),
        Champ("Contraintes pendant l’examen", _oui(vue["contrainte_levee"], "Levées", "Maintenues")),
    ]


def _examen(vue: Vue) -> str:
    if vue["sans_contrainte_ni_presence"]:
        return "Sans contrainte et hors de la présence de l’escorte"
    return libelle(vue, "presence_pendant_examen")


def _soin(vue: Vue) -> list[Champ]:
    service = vue["service_accueil"]
    return [
        Champ("Service qui reçoit", service.nom if service else ""),
        Champ("Motif", libelle(vue, "motif_acte")),
        Champ("Examen gynécologique ou accouchement", _oui(vue["examen_gyneco_ou_accouchement"], "Oui")),
        Champ("Consignes", vue["consignes"] or ""),
        Champ("Motif de la décision de présence", vue["presence_motif"] or ""),
        Champ("Pourquoi pas une chambre sécurisée", vue["chambre_motif"] or ""),
        Champ("Refus, ce qui a été dit", vue["refus_constat"] or ""),
        Champ("Motif de l’annulation", libelle(vue, "annulation_soin_motif")),
        Champ("Traitements", _oui(vue["traitements_transmis"], "Partis sous pli fermé vers l’unité sanitaire")),
    ]


def _etablissement(vue: Vue) -> list[Champ]:
    statut = dict(Extraction.StatutPenal.choices).get(vue["statut_penal"] or "", "")
    return [
        Champ("Statut pénal", statut),
        Champ("Équipe d’escorte", vue["escorte"].nom if vue["escorte"] else ""),
        Champ("Niveau d’escorte", libelle(vue, "niveau_escorte")),
        Champ("Contraintes pendant le trajet", contraintes(vue) if vue["niveau_escorte"] else ""),
        Champ("Motif de la surveillance", vue["surveillance_motif"] or ""),
        Champ("À réexaminer le", date_fr(vue["surveillance_reexamen_le"]) if vue["surveillance_reexamen_le"] else ""),
    ]


def _horaires(vue: Vue) -> list[Champ]:
    return [
        Champ("Arrivée", _moment(vue["arrivee_le"])),
        Champ("Début des soins", _moment(vue["soins_le"])),
        Champ("Hospitalisation", _moment(vue["hospitalisee_le"])),
        Champ("Chambre", libelle(vue, "chambre") or vue["lieu_de_garde"] or ""),
        Champ("Incident", libelle(vue, "incident")),
        Champ("Sortie", _moment(vue["sortie_le"])),
        Champ("Destination", libelle(vue, "retour")),
        Champ("Effets personnels", _oui(vue["effets_inventories"] or None, "Inventoriés et rendus")),
        Champ("Retour confirmé", _moment(vue["retour_le"])),
        Champ("Annulation", libelle(vue, "annulation_escorte_motif").capitalize()),
        Champ("Nouveau créneau proposé", _moment(vue["nouveau_creneau"])),
    ]


def parties(dossier: Dossier, acteur: Acteur) -> list[dict[str, Any]]:
    """Each party under the name this reader may know: the ward's own name stays inside the hospital."""
    lignes = (
        Participation.objects.vivantes()
        .filter(content_object=dossier)
        .select_related("group__service__institution")
        .order_by("pk")
    )
    return [
        {
            "role": ligne.get_role_display(),
            "service": ligne.group.service.nom if _dedans(ligne, acteur) else ligne.apparait_comme,
            "famille": ligne.group.service.institution.famille,
        }
        for ligne in lignes
    ]


def _dedans(ligne: Any, acteur: Acteur) -> bool:
    return ligne.group.service.institution_id in acteur.institutions


def pieces(dossier: Dossier, acteur: Acteur) -> list[dict[str, str]]:
    """The pieces this reader may download; the others are not even named."""
    toutes = dossier.pieces.select_related("fichier", "dossier").prefetch_related("remise_a")
    return [
        {
            "libelle": piece.intitule,
            "precision": f"{_moment(piece.deposee_le)}",
            "mention": piece.fichier.mention,
            "url": reverse("dossiers:piece", args=[piece.cle]) if piece.fichier.servi else "",
            "action": "Télécharger",
        }
        for piece in toutes
        if lisible(piece, acteur)
    ]


def fil(dossier: Dossier, acteur: Acteur) -> list[dict[str, Any]]:
    """The timeline, with what is still due on top."""
    futurs = [
        {"titre": echeance.libelle, "quand": echeance.echeance_le, "futur": True, "ton": "warn"}
        for echeance in dossier.echeances.filter(tenue_le=None).order_by("-echeance_le")
    ]
    passes = []
    for evenement in chronologie(dossier, acteur):
        etat = WORKFLOW.etats.get(evenement.apres)
        passes.append(
            {
                "titre": evenement.libelle,
                "quand": evenement.le,
                "par": auteur_affiche(evenement, acteur),
                "ton": etat.ton if etat else "mute",
                "icone": etat.icone if etat else "history",
            }
        )
    return [*futurs, *passes]
