"""The export in the worker: figures, layout, seal. Its progress is written beside the task's own transaction."""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from bilans.documents import produire_bilan
from bilans.etats import OUVERT
from bilans.indicateurs import INDICATEURS, Releve, egrener, restaurer
from bilans.models import BilanAnnuel, Export
from documents.models import Document

journal = logging.getLogger(__name__)
Avancer = Callable[[int, str], None]

PANNE = "La préparation du PDF n’a pas abouti. Vos chiffres sont intacts. Réessayez."
DEBUT, MISE_EN_PAGE, SCEAU = 5, 60, 95


def exporter(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject `bilan.exporter`. A second delivery of a finished export does nothing.

    A failure is written on the export, in a French sentence, and is not raised: « Réessayer » starts it again.
    """
    export = Export.objects.select_related("bilan__convention__etablissement").get(pk=charge["export"])
    if export.statut == Export.Statut.FINI:
        return
    with _temoin(export) as avancer:
        try:
            with transaction.atomic():
                document = _preparer(export.bilan, avancer)
        except Exception:  # whatever broke, the person who waits must read it
            journal.exception("export %s", export.cle)
            _conclure(export, Export.Statut.ECHEC, PANNE)
        else:
            _conclure(export, Export.Statut.FINI, "Le PDF est prêt", document)


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


def _conclure(export: Export, statut: Export.Statut, libelle: str, document: Document | None = None) -> None:
    pourcent = 100 if statut == Export.Statut.FINI else 0
    Export.objects.filter(pk=export.pk).update(
        statut=statut, pourcent=pourcent, libelle=libelle, document=document, dernier_signe=timezone.now()
    )


@contextmanager
def _temoin(export: Export) -> Iterator[Avancer]:
    """A connection of its own: each step is committed at once, while the task's transaction is still open."""
    temoin = connection.copy()

    def avancer(pourcent: int, libelle: str) -> None:
        with temoin.cursor() as curseur:
            curseur.execute(
                "UPDATE bilans_export SET statut = %s, pourcent = %s, libelle = %s, dernier_signe = %s WHERE id = %s",
                [Export.Statut.EN_COURS, pourcent, libelle, timezone.now(), export.pk],
            )

    try:
        yield avancer
    finally:
        temoin.close()
