"""The printed convention: cover, parties, sheets and signatures."""

import uuid
from typing import Any

from convention.models import Convention
from convention.textes import articles_de, signatures_de
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire

ESPACE = uuid.UUID("5b0f3f0a-6c7e-4d55-9a39-0b8a4f6d2c11")


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


def document_de(convention: Convention) -> Document:
    """The PDF, rendered again only when something printed in it has changed."""
    cle = uuid.uuid5(ESPACE, convention.code)
    Convention.objects.select_for_update().get(pk=convention.pk)
    contenu = _contenu(convention)
    existant = Document.objects.filter(
        genre="convention", objet_cle=cle, statut=Document.Statut.EN_VIGUEUR, empreinte=empreinte(contenu)
    ).first()
    if existant:
        return existant
    reference = f"CONV-{convention.code}"[:40]
    return produire(
        "convention",
        intitule=f"{convention.titre}, {convention.version}"[:160],
        reference=reference,
        objet_cle=cle,
        contenu=contenu,
        gabarit="pdf/convention.html",
        contexte={
            "convention": convention,
            "signataires": list(convention.signataires.all()),
            "themes": themes_de(convention),
            "texte": articles_de(convention),
            "signatures": signatures_de(convention),
            "titre_courant": f"Convention · {convention.lieu}",
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
        "articles": articles_de(convention).en_json(),
        "signatures": [
            [version.numero, [[str(ligne.institution), ligne.nom, ligne.titre, ligne.le] for ligne in lignes]]
            for version, lignes in signatures_de(convention)
        ],
        "fiches": [
            [ligne["theme"].intitule, [[version.numero, version.empreinte] for version in ligne["versions"]]]
            for ligne in themes_de(convention)
        ],
    }
