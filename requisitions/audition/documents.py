"""The papers of a hearing: the note to the ward, which says when and where and nothing of why; a new certificate."""

from typing import Any

from documents.models import Document
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions.documents import entete, produire_ecrit
from requisitions.models import AvisAptitude, Requisition, Seance
from requisitions.types_acte import type_acte

NOTE = "Note interne au service, audition"
OU = {
    Seance.Lieu.LOCAL: "Dans un local fermé, jamais dans une chambre partagée.",
    Seance.Lieu.CHAMBRE: "Dans une chambre où la personne est seule.",
    Seance.Lieu.SERVICE: "Hors de l’hôpital\u00a0: la personne sort le temps d’être entendue.",
}


def en_mots(quand: Any) -> str:
    return f"{date_fr(quand)} à {heure_fr(quand)}"


def note_d_audition(dossier: Dossier, seance: Seance, telephone: str) -> Document:
    """Neither who asks, nor the frame, nor why. The person is masked: the name is said, never left on a desk."""
    personne = dossier.personnes.first()
    donnees = {
        "destinataire": seance.service_prevenu.nom if seance.service_prevenu else "",
        "personne": personne.masquee if personne else "",
        "quand": en_mots(seance.prevue_pour),
        "ou": OU[Seance.Lieu(seance.lieu)],
        "ici": seance.lieu != Seance.Lieu.SERVICE,
        "telephone": telephone,
    }
    return produire_ecrit("note-audition", NOTE, dossier, seance.cle, "note_audition", donnees)


def nouvel_avis(dossier: Dossier, r: Requisition, avis: AvisAptitude, medecin: str) -> Document:
    """The same paper as the first certificate."""
    personne = dossier.personnes.first()
    dites = (
        ("Avis du médecin", avis.get_valeur_display()),
        ("Avis donné le", en_mots(avis.donne_le)),
        ("Valable jusqu’à", en_mots(avis.valable_jusqu_a) if avis.valable_jusqu_a else ""),
        ("Conditions", avis.conditions),
        ("À réévaluer le", en_mots(avis.reevaluer_avant) if avis.reevaluer_avant else ""),
        ("La personne", avis.get_accord_display()),
    )
    donnees = {
        **entete(dossier, r),
        "personne": personne.complete if personne else "",
        "naissance": personne.naissance if personne else None,
        "lignes": [{"libelle": libelle, "valeur": valeur} for libelle, valeur in dites if valeur],
        "medecin": medecin,
        "en_audition": False,
        "en_saisie": False,
    }
    return produire_ecrit("volet", type_acte(r.type_acte).ecrit, dossier, avis.cle, "volet", donnees)
