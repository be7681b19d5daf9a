"""The printed sheet: one PDF a version and a reading institution, made once and served again."""

from django.utils import timezone

from convention.acteur import Acteur
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire
from fiches.lecture import Lecture
from fiches.models import ConsultationSecret, VersionFiche


def document_de(lecture: Lecture, acteur: Acteur) -> Document:
    """The PDF of a version in force as this reader's institution may read it.

    What is printed is hashed: the text, its references and the contacts of the day. The same content is rendered once.
    """
    version = VersionFiche.objects.select_for_update(of=("self",)).get(pk=lecture.version.pk)
    place = acteur.principale
    lecteur = place.institution_code.lower() if place else "public"
    genre = f"fiche-{lecteur}"[:40]
    contenu = _contenu(lecture)
    existant = Document.objects.filter(
        genre=genre, objet_cle=version.cle, statut=Document.Statut.EN_VIGUEUR, empreinte=empreinte(contenu)
    ).first()
    if existant:
        return existant
    fiche = lecture.version.fiche
    convention = fiche.thematique.convention
    return produire(
        genre,
        intitule=f"Fiche {fiche.numero}, {version.titre}"[:160],
        reference=f"FICHE-{fiche.numero}-{version.numero}",
        objet_cle=version.cle,
        contenu=contenu,
        gabarit="pdf/fiche.html",
        contexte={
            "lecture": lecture,
            "version": version.numero,
            "titre_courant": f"Fiche {fiche.numero} · {version.titre}",
            "etablissement": convention.etablissement.nom,
            "service": "Convention santé, sécurité, justice",
            "lieu": convention.lieu,
            "date": version.effet_le,
            "reference": f"FICHE-{fiche.numero}-{version.numero}",
            "imprime_le": timezone.localdate(),
            "empreinte": empreinte(contenu),
            "renvois": False,
        },
    )


def _contenu(lecture: Lecture) -> dict[str, object]:
    return {
        "fiche": lecture.version.fiche.numero,
        "version": lecture.version.numero,
        "texte": lecture.version.empreinte,
        "verifie_le": lecture.version.verifie_le,
        "articles": [[str(article.reference), article.expire] for article in lecture.articles],
        "contacts": [[ligne.nom, [contact.telephone for contact in ligne.contacts]] for ligne in lecture.contacts],
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
