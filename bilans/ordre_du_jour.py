"""What the next committee has to look at, built from what is still open. Numbers and sheets, never a case."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from bilans.etats import GELE
from bilans.models import BilanAnnuel, Decision, RetourExperience, Reunion
from bilans.retours import EN_ATTENTE
from convention.models import Convention
from dossiers.bris_de_glace import a_examiner
from fiches.etats import E
from fiches.lecture import en_vigueur
from fiches.models import VersionFiche
from fiches.peremption import etats


class Point(NamedTuple):
    """One line of the agenda: its heading, and one sentence."""

    rubrique: str
    texte: str


def ordre_du_jour(convention: Convention, jour: date | None = None) -> list[Point]:
    """The open items of this convention, in the order in which a committee takes them."""
    jour = jour or timezone.localdate()
    return [
        *_decisions(convention, jour),
        *_bilans(convention),
        *_acces(convention),
        *_retours(convention),
        *_fiches(convention, jour),
        *_avis(convention, jour),
    ]


def en_json(points: list[Point], libres: list[str]) -> list[dict[str, str]]:
    """The agenda as the minutes keep it; what was added by hand comes last."""
    return [point._asdict() for point in (*points, *(Point("Autre point", texte) for texte in libres))]


def pluriel(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre}\u00a0{un if nombre < 2 else plusieurs}"


def _decisions(convention: Convention, jour: date) -> Iterator[Point]:
    ouvertes = Decision.objects.filter(reunion__convention=convention, close_le=None).select_related(
        "institution", "reunion"
    )
    for decision in ouvertes.order_by("echeance", "pk"):
        retard = ", en retard" if decision.echeance < jour else ""
        porteur = f"{decision.institution.nom_court}, pour le {decision.echeance:%d/%m/%Y}{retard}"
        yield Point("Décisions à suivre", f"{decision.texte.rstrip('.')} ({porteur}).")


def _bilans(convention: Convention) -> Iterator[Point]:
    for bilan in BilanAnnuel.objects.filter(convention=convention, etat=GELE).order_by("annee"):
        yield Point("Bilan annuel", f"Chiffres de {bilan.annee} arrêtés, à valider par le comité.")


def _acces(convention: Convention) -> Iterator[Point]:
    examen = a_examiner(convention.etablissement_id)
    if examen.nombre:
        tard = f", dont {examen.en_retard} depuis plus de 72 heures" if examen.en_retard else ""
        yield Point(
            "Accès exceptionnels",
            f"{pluriel(examen.nombre, 'accès n’est pas encore examiné', 'accès ne sont pas encore examinés')}{tard}.",
        )


def _retours(convention: Convention) -> Iterator[Point]:
    """The recommendations of the field: the steps put on the agenda since the last meeting, and what still waits."""
    retours = RetourExperience.objects.filter(version_fiche__fiche__thematique__convention=convention)
    derniere = Reunion.objects.filter(convention=convention, tenue_le__isnull=False).order_by("-tenue_le").first()
    inscrits = retours.filter(issue=RetourExperience.Issue.COMITE)
    if derniere:
        inscrits = inscrits.filter(clos_le__gt=derniere.tenue_le)
    comptes: dict[tuple[int, str], int] = {}
    for numero, categorie in inscrits.order_by("version_fiche__fiche__numero", "pk").values_list(
        "version_fiche__fiche__numero", "categorie"
    ):
        comptes[numero, categorie] = comptes.get((numero, categorie), 0) + 1
    for (numero, categorie), nombre in comptes.items():
        libelle = RetourExperience.Categorie(categorie).label
        yield Point(
            "Retours d’expérience", f"Fiche {numero}\u00a0: {libelle.lower()} ({pluriel(nombre, 'retour', 'retours')})."
        )
    attente = retours.filter(etat__in=EN_ATTENTE).count()
    if attente:
        yield Point(
            "Retours d’expérience",
            pluriel(attente, "retour attend sa conclusion.", "retours attendent leur conclusion."),
        )


def _fiches(convention: Convention, jour: date) -> Iterator[Point]:
    versions = en_vigueur().filter(fiche__thematique__convention=convention)
    for etat in etats(jour, versions):
        numero, titre = etat.version.fiche.numero, etat.version.titre
        if etat.expirees:
            articles = ", ".join(str(citation.reference) for citation in etat.expirees)
            yield Point(
                "Fiches à réviser", f"Fiche {numero}, {titre}\u00a0: textes qui ne sont plus en vigueur, {articles}."
            )
        elif etat.a_relire:
            yield Point("Fiches à réviser", f"Fiche {numero}, {titre}\u00a0: pas relue depuis un an.")


def _avis(convention: Convention, jour: date) -> Iterator[Point]:
    retards: Any = VersionFiche.objects.filter(
        fiche__thematique__convention=convention, etat=E.EN_APPROBATION, avis_avant__lt=jour
    ).select_related("fiche")
    for version in retards.order_by("fiche__numero"):
        yield Point(
            "Révisions en cours",
            f"Fiche {version.fiche.numero}, version {version.numero}\u00a0: des avis sont en retard.",
        )
