"""The programme on paper: axes, actions, indicators and events, as every party reads them."""

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from convention.documents import cle_de
from convention.lecture_programme import NON_PRECISE, LigneAction, axes_de, etapes_de, manifestations_de
from convention.models import Action, Axe, Convention, Etape, Indicateur, Manifestation, Releve, Stand
from convention.parties import obligatoires
from convention.textes import articles_de
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import Cachet, cle_stable, produire

GENRE = "programme"


def modifie_le(convention: Convention) -> date:
    """The day of the last change of anything that is printed: a paper says of which state it speaks."""
    histoires = (
        Axe.history.filter(convention=convention),
        Action.history.filter(axe__convention=convention),
        Indicateur.history.filter(action__axe__convention=convention),
        Manifestation.history.filter(convention=convention),
        Etape.history.filter(manifestation__convention=convention),
        Stand.history.filter(etape__manifestation__convention=convention),
    )
    moments = [histoire.aggregate(le=Max("history_date"))["le"] for histoire in histoires]
    releves = Releve.objects.filter(indicateur__action__axe__convention=convention)
    moments.append(releves.aggregate(le=Max("saisi_le"))["le"])
    return timezone.localdate(max(moment for moment in moments if moment))


def document_pret(convention: Convention) -> Document | None:
    """The PDF of exactly this programme if it was already made; writes nothing."""
    return Document.objects.filter(
        genre=GENRE,
        objet_cle=cle_de(convention),
        statut=Document.Statut.EN_VIGUEUR,
        empreinte=empreinte(_contenu(convention)),
    ).first()


def document_de(convention: Convention) -> Document:
    """The same content is rendered once; another replaces it."""
    Convention.objects.select_for_update().get(pk=convention.pk)
    if existant := document_pret(convention):
        return existant
    contenu, objet = _contenu(convention), cle_de(convention)
    axes = axes_de(convention)
    reference = f"PROG-{convention.code}"[:40].upper()
    return produire(
        GENRE,
        intitule=f"Programme, {convention.titre}"[:160],
        reference=reference,
        objet_cle=objet,
        contenu=contenu,
        gabarit="pdf/programme.html",
        contexte={
            "convention": convention,
            "mention": articles_de(convention).mention,
            "parties": obligatoires(convention),
            "axes": axes,
            "evenements": [(un, etapes_de(un)) for un in manifestations_de(convention)],
            "non_precise": NON_PRECISE,
            "titre_courant": f"Programme · {convention.titre}",
            "version": convention.version,
            "etablissement": convention.etablissement.nom,
            "service": "Programme d’actions",
            "lieu": convention.lieu,
            "date": modifie_le(convention),
            "reference": reference,
            "empreinte": empreinte(contenu),
            "renvois": False,
        },
        cle=cle_stable(GENRE, objet, contenu),
        cachet=Cachet("Programme d’actions de la convention"),
    )


def _contenu(convention: Convention) -> dict[str, Any]:
    """Everything that is printed."""
    return {
        "convention": convention.code,
        "titre": convention.titre,
        "version": convention.version,
        "modifie_le": modifie_le(convention),
        "mention": articles_de(convention).mention,
        "parties": [maison.nom for maison in obligatoires(convention)],
        "axes": [[axe.intitule, [_action(ligne) for ligne in lignes]] for axe, lignes in axes_de(convention)],
        "evenements": [
            [
                *(un.titre, un.description, un.duree, un.autres_partenaires),
                str(un.pilote or ""),
                [maison.nom for maison in un.partenaires.all()],
                [
                    [
                        *(ligne.etape.commune, ligne.etape.periode),
                        *(ligne.etape.stands_annonces, ligne.etape.equipes_annoncees),
                        [[s.intitule, s.teneur, s.metiers, s.professionnels, s.source] for s in ligne.stands],
                    ]
                    for ligne in etapes_de(un)
                ],
            ]
            for un in manifestations_de(convention)
        ],
    }


def _action(ligne: LigneAction) -> list[Any]:
    action = ligne.action
    return [
        action.intitule,
        ligne.etat.libelle,
        action.pilote.nom if action.pilote else "",
        [maison.nom for maison in action.partenaires.all()],
        action.echeance,
        action.origine,
        [
            [
                *(mesure.indicateur.intitule, mesure.indicateur.unite, mesure.indicateur.origine),
                str(mesure.indicateur.cible if mesure.indicateur.cible is not None else ""),
                [[releve.jour, str(releve.valeur), releve.source] for releve in mesure.releves],
            ]
            for mesure in ligne.mesures
        ],
    ]
