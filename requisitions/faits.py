"""From rows to the facts the controls read."""

from datetime import datetime

from django.utils import timezone

from convention.acteur import rattachements_valides
from convention.models import Service
from dossiers.models import Dossier, Piece
from requisitions.circuit import ACCUEIL
from requisitions.controles import Faits, Reference
from requisitions.models import LigneDecision, Requisition

# Facts that bear the name of the letter's field.
IDENTIQUES = (
    "autorisation_mode",
    "autorisation_le",
    "instruction_reference",
    "instruction_du",
    "instruction_couvre",
    "procureur_informe",
    "sous_controle_de",
    "cr_reference",
    "cr_date",
    "cr_juge",
    "cr_jusqu_au",
    "ordre_ecrit",
    "articles_cites",
    "orale",
    "orale_motif",
    "presence_protegee",
    "reponse_presence",
    "reponse_texte",
    "urgence_vitale",
)


def faits_de(dossier: Dossier, r: Requisition) -> Faits:
    """Everything the rules may read of a deposited requisition, as of now."""
    recue_le = dossier.transmis_le or dossier.cree_le
    qualite, correspond = _compte(dossier, r, recue_le)
    gel = getattr(dossier, "gel", None)
    accord = dossier.accords.first()
    reponse = dossier.echeances.filter(nom="reponse", tenue_le=None, suspendue_le=None).first()
    ligne = r.ligne_decision
    return Faits(
        cadre=r.cadre,
        type_acte=r.type_acte,
        qualite=r.autorite_qualite,
        recue_le=timezone.localtime(recue_le),
        maintenant=timezone.localtime(),
        prevue=ligne is not None,
        a_confirmer=bool(ligne and ligne.a_confirmer),
        qualites_admises=tuple(ligne.autorites) if ligne else None,
        autorisation_admise=ligne.autorisation if ligne else LigneDecision.Autorisation.AUCUNE,
        magistrat=r.autorisation_magistrat,
        references=_references(r),
        compte_actif=bool(qualite) or correspond,
        qualite_du_compte=qualite,
        service_correspond=correspond,
        confirmation_le=r.confirmation_ecrite_le,
        accord=accord.choix if accord else "",
        gel_le=gel.ordonne_le if gel else None,
        gel_confirme=bool(gel and gel.confirme_le),
        ecrasement_le=gel.ecrasement if gel else None,
        services=_services_de_soin() if r.type_acte == "PRESENCE" and r.reponse_texte else (),
        authentifiee=r.authentifiee_le is not None,
        tailles=tuple(piece.fichier.taille for piece in pieces_de_la_reponse(dossier)),
        echeance_le=reponse.echeance_le if reponse else None,
        **{nom: getattr(r, nom) for nom in IDENTIQUES},
    )


def pieces_de_la_reponse(dossier: Dossier) -> list[Piece]:
    """What will be sealed: sorted medical pieces, or what the executing service brought; never the letters."""
    pieces = list(
        dossier.pieces.filter(document=None)
        .exclude(service_id=dossier.service_emetteur_id)
        .select_related("fichier", "tri", "tri_origine")
        .order_by("deposee_le", "pk")
    )
    return [piece for piece in pieces if _retenue(piece)]


def _retenue(piece: Piece) -> bool:
    if piece.classe != "medical":
        return True
    if hasattr(piece, "tri_origine"):
        return True
    tri = getattr(piece, "tri", None)
    return tri is not None and tri.decision == "remettre"


def _compte(dossier: Dossier, r: Requisition, quand: datetime) -> tuple[str, bool]:
    """The judicial quality the depositing account held that day in the requesting service."""
    rattachement = (
        rattachements_valides(quand).filter(utilisateur=dossier.cree_par_id, service=r.service_requerant_id).first()
    )
    return (rattachement.qualite, True) if rattachement else ("", False)


def _references(r: Requisition) -> tuple[Reference, ...]:
    if r.pk is None:
        return ()
    return tuple(
        Reference(str(reference), reference.fin, str(reference.successeur or ""))
        for reference in r.articles.select_related("successeur")
    )


def _services_de_soin() -> tuple[str, ...]:
    """Names a presence answer must never hold: the services that only appear outside as the front desk."""
    noms = Service.objects.filter(nom_externe=ACCUEIL).values_list("nom", flat=True)
    return tuple(noms)
