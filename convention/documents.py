"""The printed convention: cover, parties, sheets and signatures."""

import uuid
from typing import Any

from convention.models import Convention
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire

ESPACE = uuid.UUID("5b0f3f0a-6c7e-4d55-9a39-0b8a4f6d2c11")


def lire_convention() -> Convention | None:
    """The last signed convention, with all that its page and its PDF show: a constant number of queries."""
    return (
        Convention.objects.select_related("etablissement")
        .prefetch_related("signataires__institution", "thematiques__fiches__versions")
        .order_by("-signee_le")
        .first()
    )


def themes_de(convention: Convention) -> list[dict[str, Any]]:
    """Each theme with its sheets in force. The sheets are read through the theme: this floor does not know them."""
    return [
        {
            "theme": theme,
            "versions": [
                version
                for fiche in theme.fiches.all()
                for version in fiche.versions.all()
                if version.etat == "EN_VIGUEUR"
            ],
        }
        for theme in convention.thematiques.all()
    ]


def document_pret(convention: Convention) -> Document | None:
    """The PDF of exactly this content if it was already made; writes nothing."""
    return Document.objects.filter(
        genre="convention",
        objet_cle=uuid.uuid5(ESPACE, convention.code),
        statut=Document.Statut.EN_VIGUEUR,
        empreinte=empreinte(_contenu(convention)),
    ).first()


def document_de(convention: Convention) -> Document:
    """The PDF, rendered again only when something printed in it has changed."""
    Convention.objects.select_for_update().get(pk=convention.pk)
    if existant := document_pret(convention):
        return existant
    cle, contenu = uuid.uuid5(ESPACE, convention.code), _contenu(convention)
    reference = f"CONV-{convention.version}"
    return produire(
        "convention",
        intitule=f"Convention santé, sécurité, justice, {convention.version}",
        reference=reference,
        objet_cle=cle,
        contenu=contenu,
        gabarit="pdf/convention.html",
        contexte={
            "convention": convention,
            "signataires": list(convention.signataires.all()),
            "themes": themes_de(convention),
            "titre_courant": "Convention santé, sécurité, justice · Valenciennes",
            "version": convention.version,
            "etablissement": convention.etablissement.nom,
            "service": "Référente de la convention",
            "lieu": convention.lieu,
            "date": convention.signee_le,
            "reference": reference,
            "empreinte": empreinte(contenu),
        },
    )


def _contenu(convention: Convention) -> dict[str, Any]:
    return {
        "convention": [convention.code, convention.version, convention.titre, convention.objet, convention.suivi],
        "historique": convention.historique,
        "signataires": [[str(ligne), ligne.institution.nom, ligne.signe_le] for ligne in convention.signataires.all()],
        "fiches": [
            [ligne["theme"].intitule, [[version.numero, version.empreinte] for version in ligne["versions"]]]
            for ligne in themes_de(convention)
        ],
    }
