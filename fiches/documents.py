"""The printed sheet, A4 and pocket: one PDF a version and a reading institution, made once and served again."""

from dataclasses import dataclass

from convention.acteur import Acteur
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import Cachet, cle_stable, produire
from fiches.lecture import Lecture
from fiches.models import VersionFiche


@dataclass(frozen=True, slots=True)
class Format:
    """A shape of paper. `prefixe` names the kind of document: each shape is replaced by the next of the same shape."""

    prefixe: str
    gabarit: str
    suffixe: str


A4 = Format("fiche", "pdf/fiche.html", "")
POCHE = Format("poche", "pdf/poche.html", "-POCHE")


def document_de(lecture: Lecture, acteur: Acteur, format: Format = A4) -> Document:
    """The PDF of a version in force as this reader's institution may read it.

    What is printed is hashed: the text, its references and the contacts of the day. The same content is rendered once.
    """
    version = VersionFiche.objects.select_for_update(of=("self",)).get(pk=lecture.version.pk)
    place = acteur.principale
    genre = f"{format.prefixe}-{place.institution_code.lower() if place else 'public'}"[:40]
    contenu = _contenu(lecture)
    existant = Document.objects.filter(
        genre=genre, objet_cle=version.cle, statut=Document.Statut.EN_VIGUEUR, empreinte=empreinte(contenu)
    ).first()
    if existant:
        return existant
    fiche = lecture.version.fiche
    convention = fiche.thematique.convention
    reference = f"FICHE-{fiche.numero}-{version.numero}{format.suffixe}"
    return produire(
        genre,
        intitule=f"Fiche {fiche.numero}, {version.titre}"[:160],
        reference=reference,
        objet_cle=version.cle,
        contenu=contenu,
        gabarit=format.gabarit,
        contexte={
            "lecture": lecture,
            "version": version.numero,
            "titre_courant": f"Fiche {fiche.numero} · {version.titre}",
            "etablissement": convention.etablissement.nom,
            "service": "Convention santé, sécurité, justice",
            "lieu": convention.lieu,
            "date": version.effet_le,
            "reference": reference,
            "empreinte": empreinte(contenu),
            "renvois": False,
        },
        cle=cle_stable(genre, version.cle, contenu),
        cachet=Cachet(f"Fiche {fiche.numero}, version {version.numero}"),
    )


def _contenu(lecture: Lecture) -> dict[str, object]:
    return {
        "fiche": lecture.version.fiche.numero,
        "version": lecture.version.numero,
        "texte": lecture.version.empreinte,
        "verifie_le": lecture.version.verifie_le,
        "articles": [[str(article.reference), article.expire] for article in lecture.articles],
        "contacts": [
            [ligne.nom, ligne.telephone, [[c.libelle, c.telephone, c.horaires] for c in ligne.contacts]]
            for ligne in lecture.contacts
        ],
    }
