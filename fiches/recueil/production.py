"""From the content to the sealed file, in the worker, with its progress; the same content is rendered once."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from convention.documents import LIVRE, abroger_les_papiers, cle_de
from convention.etats import E
from convention.models import Convention
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import Cachet, cle_stable, produire
from documents.travaux import Avancer, accomplir
from fiches.models import ExportRecueil
from fiches.recueil.assemblage import Recueil, assembler

PANNE = "La préparation du PDF n’a pas abouti. Rien n’est perdu. Réessayez, puis prévenez l’équipe technique."
LECTURE, MISE_EN_PAGE, SCEAU = 5, 15, 95


def exporter(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject `recueil.exporter`."""
    export = ExportRecueil.objects.select_related("convention__etablissement").get(pk=charge["export"])
    accomplir(export, partial(preparer, export.convention), panne=PANNE, pret="Le PDF est prêt")


def preparer(convention: Convention, avancer: Avancer) -> Document:
    """The document of what is in force now; the one already made when nothing printed has changed."""
    Convention.objects.select_for_update().get(pk=convention.pk)
    avancer(LECTURE, "Lecture des fiches en vigueur")
    recueil = assembler(convention)
    avancer(MISE_EN_PAGE, f"Mise en page de {len(recueil.lectures)} fiches")

    def mettre_en_page(part: int) -> None:
        avancer(MISE_EN_PAGE + (SCEAU - MISE_EN_PAGE) * part // 100, "Mise en page et table des matières")

    contenu = recueil.canonique()
    objet = cle_de(convention)
    document = produire(
        LIVRE,
        intitule=f"{convention.titre}, {convention.version}"[:160],
        reference=reference_de(convention),
        objet_cle=objet,
        contenu=contenu,
        gabarit="pdf/recueil.html",
        contexte=_contexte(recueil, contenu),
        cle=cle_stable(LIVRE, objet, contenu),
        cachet=Cachet("Exemplaire de la convention et de ses fiches en vigueur", exiger_la_date=True),
        avancer=mettre_en_page,
    )
    if convention.versions.filter(etat=E.RESILIEE).exists():
        abroger_les_papiers(convention)
        document.refresh_from_db()
    avancer(SCEAU, "Scellement du document")
    return document


def reference_de(convention: Convention) -> str:
    return f"CONV-{convention.code}"[:40].upper()


def _contexte(recueil: Recueil, contenu: Mapping[str, Any]) -> dict[str, Any]:
    convention = recueil.convention
    return {
        "recueil": recueil,
        "texte": recueil.texte,
        "convention": convention,
        "etablissement": convention.etablissement.nom,
        "service": "Référente de la convention",
        "lieu": convention.lieu,
        "date": convention.signee_le,
        "reference": reference_de(convention),
        "version": convention.version,
        "titre_courant": f"Convention · {convention.lieu}",
        "empreinte": empreinte(contenu),
        "renvois": False,
    }
