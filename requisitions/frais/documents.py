"""The statement of frais de justice: printed for the accounts office from its own row, under the pseudonym."""

from typing import Any

from django.utils import timezone

from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire
from fiches.models import ReferenceLegale
from presentation.temps import date_fr, heure_fr
from requisitions.frais import BASES, forclusion, majoration, montant_fr
from requisitions.models import Memoire

GENRE = "requisition-frais"


def etat_pret(memoire: Memoire) -> Document | None:
    """The PDF of exactly this row if it was already made; writes nothing."""
    return Document.objects.filter(
        genre=GENRE,
        objet_cle=memoire.cle,
        statut=Document.Statut.EN_VIGUEUR,
        empreinte=empreinte(contenu(memoire)),
    ).first()


def etat_de_frais(memoire: Memoire) -> Document:
    """The same row is printed once; a later step replaces it. The case itself is never read."""
    if existant := etat_pret(memoire):
        return existant
    donnees = contenu(memoire)
    return produire(
        GENRE,
        intitule="Mémoire de frais de justice",
        reference=memoire.reference,
        objet_cle=memoire.cle,
        contenu=donnees,
        gabarit="pdf/requisition_frais.html",
        contexte={"fait_le": timezone.localdate(), **donnees},
    )


def contenu(memoire: Memoire) -> dict[str, Any]:
    """All that is printed, and nothing that the accounts office does not read on its screen."""
    acte_du = timezone.localtime(memoire.acte_du)
    return {
        "reference": memoire.reference,
        "pseudonyme": memoire.pseudonyme,
        "num_procedure": memoire.num_procedure,
        "prescripteur": memoire.prescripteur,
        "acte": memoire.get_acte_display(),
        "acte_du": f"{date_fr(acte_du)} à {heure_fr(acte_du)}",
        "majoration": majoration(memoire.acte_du),
        "numero": memoire.numero,
        "montant": montant_fr(memoire.montant),
        "situation": memoire.get_situation_display(),
        "motif": memoire.motif,
        "forclusion": date_fr(forclusion(memoire.acte_du)),
        "base": _base(memoire),
    }


def _base(memoire: Memoire) -> str:
    """The article that sets the fee, as the table of references says it on the day of the act."""
    cle = BASES.get(memoire.acte, "")
    reference = ReferenceLegale.objects.filter(cle=cle).first() if cle else None
    jour = timezone.localdate(memoire.acte_du)
    while reference and reference.fin and reference.fin < jour and reference.successeur:
        reference = reference.successeur
    if reference is None:
        return "À préciser par la régie : aucun tarif réglementaire n’est noté pour cet acte."
    doute = ", à vérifier avec le conseil" if reference.a_verifier else ""
    return f"{reference.code}, article {reference.article}{doute}. {reference.libelle}"
