"""The papers of a certificate: what is handed to the person, and the slip that keeps the trace of it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire, rendre_pdf
from presentation.temps import date_fr
from signalements.contenu import Lu, canonique
from signalements.documents import dessin
from signalements.recapitulatif import moment, sections, signataire
from signalements.voies.certificat import REMIS_A
from signalements.voies.cmi import A_REEVALUER

CERTIFICAT, BORDEREAU = "certificat-medical", "bordereau-certificat"
GABARITS = {CERTIFICAT: "pdf/certificat.html", BORDEREAU: "pdf/certificat_bordereau.html"}
# The signatory's lines that a certificate has no use for: it calls nobody.
TUES = {"Rappeler au", "Appel"}


def intitule(lu: Lu) -> str:
    """Its title for the first of these facts, numbered for the next."""
    numero = (lu.lettre.propres or {}).get("numero_certificat") or 1
    if numero <= 1:
        return lu.voie.titre_document
    titre = "Certificat médical complémentaire" if _fixe_une_itt(lu) else lu.voie.titre_document
    return f"{titre} n°\u00a0{numero}"


def conclusion(lu: Lu) -> str:
    """What it concludes, in one sentence; empty while it is not answered."""
    if _fixe_une_itt(lu):
        return itt(lu)
    return next((p.dire((lu.lettre.propres or {}).get(p.nom)) for p in lu.voie.propres if p.nom == "conclusion"), "")


def itt(lu: Lu) -> str:
    """The incapacity that an initial certificate fixes, or puts off."""
    reponses = lu.lettre.propres or {}
    if reponses.get("itt") == A_REEVALUER:
        jour = next(p for p in lu.voie.propres if p.nom == "reevaluation_le").dire(reponses.get("reevaluation_le"))
        return f"ITT non déterminable à ce jour, à réévaluer{f' le {jour}' if jour else ''}."
    jours = reponses.get("itt_jours")
    if jours is None:
        return ""
    return f"ITT de {jours} jour{'s' if jours > 1 else ''}, sauf complication." if jours else "Aucun jour d’ITT."


def _fixe_une_itt(lu: Lu) -> bool:
    return any(propre.nom == "itt" for propre in lu.voie.propres)


def contexte(lu: Lu, le: datetime) -> dict[str, Any]:
    """The values of both templates: the same letter at the same moment gives the same files."""
    etablissement, reponses = lu.dossier.service_emetteur.institution, lu.lettre.propres or {}
    titre = intitule(lu)
    remis_le = reponses.get("remis_le")
    return {
        "lu": lu,
        "lettre": lu.lettre,
        "intitule": titre,
        "ecrit": lu.voie.ecrit,
        "sections": [section for section in sections(lu, clair=True) if section.lignes],
        "conclusion": conclusion(lu),
        "reserves": reponses.get("itt_reserves") or "",
        "signataire": [ligne for ligne in signataire(lu) if ligne.libelle not in TUES],
        "schema": dessin(lu),
        "avec_schema": lu.voie.demande("lesions"),
        "personne": lu.concernee.complete if lu.concernee else "",
        "remis_a": dict(REMIS_A).get(reponses.get("remis_a", ""), ""),
        "remis_le": moment(datetime.fromisoformat(remis_le)) if remis_le else "",
        "requisition": reponses.get("requisition") or "",
        "etablissement": etablissement.nom,
        "lieu": etablissement.commune,
        "date": le,
        "jour": date_fr(le),
        "reference": lu.dossier.reference or "",
        "titre_courant": f"{titre} {lu.dossier.reference or 'à relire'}",
        "empreinte": empreinte(canonique(lu)),
    }


def produire_papier(lu: Lu, genre: str, titre: str) -> Document:
    """Render, seal and register one of the two."""
    return produire(
        genre,
        intitule=titre,
        reference=lu.dossier.reference or "",
        objet_cle=lu.dossier.cle,
        dossier_cle=lu.dossier.cle,
        contenu=canonique(lu) | {"papier_remis": genre},
        gabarit=GABARITS[genre],
        contexte=contexte(lu, lu.dossier.clos_le or timezone.now()),
    )


def apercu(lu: Lu) -> bytes:
    """The certificate before it is handed over: marked as such, not registered."""
    return rendre_pdf(GABARITS[CERTIFICAT], {**contexte(lu, timezone.now()), "apercu": True, "empreinte": ""})
