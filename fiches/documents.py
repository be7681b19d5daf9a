"""The printed sheet, A4 and pocket: one PDF a version and a reading institution, made once and served again."""

from dataclasses import dataclass

from convention.acteur import Acteur
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import Cachet, cle_stable, produire
from fiches.lecture import Lecture
from fiches.models import ConsultationSecret, VersionFiche


@dataclass(frozen=True, slots=True)
class Format:
    """A shape of paper. `prefixe` names the kind of document: each shape is replaced by the next of the same shape."""

    prefixe: str
    gabarit: str
    suffixe: str


A4 = Format("fiche", "pdf/fiche.html", "")
POCHE = Format("poche", "pdf/poche.html", "-POCHE")


def document_pret(lecture: Lecture, acteur: Acteur, format: Format = A4) -> Document | None:
    """The PDF of exactly this content if it was already made; writes nothing."""
    return Document.objects.filter(
        genre=_genre(acteur, format),
        objet_cle=lecture.version.cle,
        statut=Document.Statut.EN_VIGUEUR,
        empreinte=empreinte(_contenu(lecture)),
    ).first()


def document_de(lecture: Lecture, acteur: Acteur, format: Format = A4) -> Document:
    """The PDF of a version in force as this reader's institution may read it.

    What is printed is hashed: the text, its references and the contacts of the day. The same content is rendered once.
    """
    version = VersionFiche.objects.select_for_update(of=("self",)).get(pk=lecture.version.pk)
    if existant := document_pret(lecture, acteur, format):
        return existant
    genre, contenu = _genre(acteur, format), _contenu(lecture)
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
            "service": convention.titre,
            "lieu": convention.lieu,
            "date": version.effet_le,
            "reference": reference,
            "empreinte": empreinte(contenu),
            "renvois": False,
        },
        cle=cle_stable(genre, version.cle, contenu),
        cachet=Cachet(f"Fiche {fiche.numero}, version {version.numero}"),
    )


def _genre(acteur: Acteur, format: Format) -> str:
    """Each institution has its own copy, since its directory names differ."""
    place = acteur.principale
    return f"{format.prefixe}-{place.institution_code.lower() if place else 'public'}"[:40]


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


def trace_de(trace: ConsultationSecret, acteur: Acteur) -> Document:
    """The trace of a question on secrecy: what was answered, found and decided. It names no patient."""
    version = trace.version_fiche
    convention = version.fiche.thematique.convention
    contenu = _contenu_de_trace(trace)
    existant = Document.objects.filter(
        genre="trace-secret", objet_cle=trace.cle, statut=Document.Statut.EN_VIGUEUR, empreinte=empreinte(contenu)
    ).first()
    return existant or produire(
        "trace-secret",
        intitule=f"Relevé de décision {trace.reference}",
        reference=trace.reference,
        objet_cle=trace.cle,
        contenu=contenu,
        gabarit="pdf/trace_secret.html",
        contexte={
            "trace": trace,
            "auteur": acteur.nom,
            "titre_courant": f"Relevé de décision · {trace.reference}",
            "version": version.numero,
            "etablissement": convention.etablissement.nom,
            "service": "Secret professionnel",
            "lieu": convention.lieu,
            "date": trace.ouverte_le,
            "reference": trace.reference,
            "empreinte": empreinte(contenu),
        },
    )


def _contenu_de_trace(trace: ConsultationSecret) -> dict[str, object]:
    version = trace.version_fiche
    return {
        "reference": trace.reference,
        "fiche": f"{version.fiche.numero} v{version.numero}",
        "texte": version.empreinte,
        "reponses": trace.reponses,
        "conclusion": trace.conclusion,
        "profession": trace.profession,
        "resultat": trace.resultat,
        "derogation": trace.derogation,
        "base": str(trace.base or ""),
        "avis": [trace.avis_demande_a, trace.avis_demande_le, trace.avis_recu_le],
        "decision": [trace.decision, trace.motif, trace.decidee_le],
        "etat": trace.etat,
    }
