"""The PDFs of a pack, each as its institution may read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from convention.acteur import Acteur
from convention.annuaire import par_institution
from convention.models import Institution, Permanence
from documents import coffre
from documents.render import rendre_pdf
from dossiers.papier import FormulairePapier, formulaires, numeroter
from fiches.documents import A4, POCHE, Format, document_de
from fiches.lecture import en_vigueur, lire_version, pour

SEMAINE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the pack: where it stands in the ZIP, and what the index calls it."""

    chemin: str
    titre: str
    octets: bytes


def fiches(lecteur: Acteur) -> Iterator[Piece]:
    """Every sheet in force, A4 and pocket; those already printed for this institution are taken as they are."""
    for version in en_vigueur().filter(pour(lecteur)).select_related("fiche__thematique__convention__etablissement"):
        lecture, numero = lire_version(version, lecteur), version.fiche.numero
        for dossier, format in (("fiches", A4), ("poche", POCHE)):
            yield _fiche(lecture, lecteur, format, f"{dossier}/fiche-{numero:02d}.pdf", f"{numero}. {version.titre}")


def _fiche(lecture: Any, lecteur: Acteur, format: Format, chemin: str, titre: str) -> Piece:
    return Piece(chemin, titre, coffre.lire_document(document_de(lecture, lecteur, format)))


def annuaire(institution: Institution, lecteur: Acteur, le: datetime) -> Piece:
    """Who is on duty during the next seven days, then every number."""
    contexte = {
        **_entete(institution, le, f"GARDES-{le:%Y%m%d}", "Gardes et numéros utiles"),
        "gardes": gardes(lecteur, le),
        "groupes": par_institution(lecteur),
        "jusqu_a": le + SEMAINE,
    }
    return Piece(
        "gardes-et-numeros.pdf", "Gardes des sept jours et numéros utiles", rendre_pdf("pdf/gardes.html", contexte)
    )


@dataclass(frozen=True, slots=True)
class Tour:
    """One duty slot; `titulaire` is named inside one's own institution only."""

    debut: datetime
    fin: datetime
    service: str
    titulaire: str
    telephone: str


def gardes(lecteur: Acteur, le: datetime) -> list[Tour]:
    """The duty slots of the next seven days; two wards that share an outer name and a number are one line."""
    creneaux = (
        Permanence.objects.filter(fin__gt=le, debut__lt=le + SEMAINE)
        .select_related("service__institution", "titulaire")
        .order_by("debut", "service__institution__nom", "pk")
    )
    return list(dict.fromkeys(_tour(creneau, lecteur) for creneau in creneaux))


def _tour(creneau: Permanence, lecteur: Acteur) -> Tour:
    a_moi = creneau.service.institution_id in lecteur.institutions
    return Tour(
        debut=creneau.debut,
        fin=creneau.fin,
        service=creneau.service.nom if a_moi else creneau.service.nom_externe,
        titulaire=str(creneau.titulaire) if a_moi else "",
        telephone=creneau.telephone,
    )


def papiers(institution: Institution, le: datetime) -> Iterator[Piece]:
    """The blank forms, several copies each, every copy with its own number."""
    for formulaire in formulaires(hospitalier=institution.famille == Institution.Famille.SANTE):
        yield _papier(formulaire, institution, le)


def _papier(formulaire: FormulairePapier, institution: Institution, le: datetime) -> Piece:
    jour = timezone.localdate(le)
    numeros = [
        numeroter(formulaire, institution=institution.code, jour=jour, rang=rang)
        for rang in range(1, formulaire.exemplaires + 1)
    ]
    contexte = {
        **_entete(institution, le, "", formulaire.titre),
        "formulaire": formulaire,
        "numeros": numeros,
        "lignes": range(22),
    }
    nom = f"formulaires/{formulaire.code.lower()}-{formulaire.titre.split()[0].lower()}.pdf"
    return Piece(_ascii(nom), formulaire.titre, rendre_pdf("pdf/formulaire.html", contexte))


def _ascii(nom: str) -> str:
    """File names that every system and every USB stick keeps."""
    return nom.translate(str.maketrans("éèêàçîô’", "eeeacio-"))


def _entete(institution: Institution, le: datetime, reference: str, titre: str) -> dict[str, Any]:
    return {
        "etablissement": institution.nom,
        "service": "Pack de secours",
        "lieu": institution.commune,
        "date": le,
        "reference": reference,
        "titre_courant": titre,
    }
