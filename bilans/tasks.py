"""The export in the worker: figures, layout, seal."""

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from bilans.documents import produire_bilan
from bilans.etats import OUVERT
from bilans.indicateurs import INDICATEURS, Releve, egrener, restaurer
from bilans.models import BilanAnnuel, Export
from documents.models import Document
from documents.travaux import Avancer, accomplir

PANNE = "La préparation du PDF n’a pas abouti. Vos chiffres sont intacts. Réessayez."
DEBUT, MISE_EN_PAGE, SCEAU = 5, 60, 95


def exporter(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject `bilan.exporter`."""
    export = Export.objects.select_related("bilan__convention__etablissement").get(pk=charge["export"])
    accomplir(export, partial(_preparer, export.bilan), panne=PANNE, pret="Le PDF est prêt")


def _preparer(bilan: BilanAnnuel, avancer: Avancer) -> Document:
    avancer(DEBUT, "Calcul des chiffres")
    releves = list(releves_de(bilan, avancer=avancer))
    avancer(MISE_EN_PAGE, "Mise en page et graphiques")
    document = produire_bilan(bilan, releves)
    avancer(SCEAU, "Scellement du document")
    return document


def releves_de(bilan: BilanAnnuel, codes: Collection[str] = (), avancer: Avancer | None = None) -> Iterator[Releve]:
    """The figures of a review, all or those of `codes`: frozen with it, or counted at this moment."""
    if bilan.etat != OUVERT:
        yield from (releve for releve in restaurer(bilan.releves) if not codes or releve.code in codes)
        return
    for rang, (indicateur, releve) in enumerate(egrener(bilan.annee, codes)):
        if avancer:
            part = (MISE_EN_PAGE - DEBUT) * rang // len(INDICATEURS)
            avancer(DEBUT + part, f"Calcul des chiffres\u00a0: {indicateur.intitule.lower()}")
        yield releve
