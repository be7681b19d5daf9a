"""The minutes on paper, once approved: one document for each meeting, the same bytes for good."""

from typing import Any

from bilans.models import Reunion
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import Cachet, cle_stable, produire
from presentation.temps import a_paris

GENRE = "compte-rendu"


def canonique(reunion: Reunion) -> dict[str, Any]:
    """What the hash covers: who came, what was looked at, said and decided. Not what became of the decisions."""
    return {
        "reference": reunion.reference,
        "convention": reunion.convention.code,
        "genre": reunion.genre,
        "debut": a_paris(reunion.debut).isoformat(),
        "lieu": reunion.lieu,
        "a_distance": reunion.a_distance,
        "ordre_du_jour": reunion.ordre_du_jour,
        "compte_rendu": reunion.compte_rendu,
        "presences": [
            [ligne.institution.code, bool(ligne.present), ligne.fonction]
            for ligne in reunion.invitations.select_related("institution")
        ],
        "decisions": [
            [
                decision.numero,
                decision.texte,
                decision.institution.code,
                decision.echeance.isoformat(),
                decision.fiche.numero if decision.fiche else None,
            ]
            for decision in reunion.decisions.select_related("institution", "fiche")
        ],
    }


def papier_pret(reunion: Reunion) -> Document | None:
    """The PDF if it was already made; writes nothing."""
    return Document.objects.filter(
        genre=GENRE, objet_cle=reunion.cle, statut=Document.Statut.EN_VIGUEUR, empreinte=reunion.empreinte
    ).first()


def papier_de(reunion: Reunion) -> Document:
    Reunion.objects.select_for_update().get(pk=reunion.pk)
    if existant := papier_pret(reunion):
        return existant
    contenu = canonique(reunion)
    titre = f"{reunion.get_genre_display()}, compte rendu"
    return produire(
        GENRE,
        intitule=titre,
        reference=reunion.reference,
        objet_cle=reunion.cle,
        contenu=contenu,
        gabarit="pdf/compte_rendu.html",
        contexte={
            "reunion": reunion,
            "invitations": reunion.invitations.select_related("institution"),
            "decisions": reunion.decisions.select_related("institution", "fiche"),
            "titre_courant": titre,
            "etablissement": reunion.convention.etablissement.nom,
            "service": reunion.convention.titre,
            "lieu": reunion.convention.lieu,
            "date": reunion.approuvee_le,
            "reference": reunion.reference,
            "empreinte": empreinte(contenu),
        },
        cle=cle_stable(GENRE, reunion.cle, contenu),
        cachet=Cachet(titre),
    )
