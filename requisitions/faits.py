"""From rows to the facts the controls read."""

import re
from datetime import datetime
from typing import Any

from django.utils import timezone

from convention.acteur import rattachements_valides
from convention.models import Service
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.models import Dossier, ParticipationPersonnelle, Personne, Piece
from dossiers.models.dossier import Urgence
from dossiers.models.participation import Part
from fiches.models import ReferenceLegale
from requisitions.circuit import ACCUEIL
from requisitions.controles import Faits, Inventorie, Reference
from requisitions.controles.execution import NEUTRES
from requisitions.controles.reception import ARTICLE
from requisitions.designation import accord_de
from requisitions.doctrine import ordre_attendu, saisie_seulement
from requisitions.documents.serment import serment_de
from requisitions.ecrit import confirmee_le
from requisitions.etats import AVANT_REMISE, CONTESTEE
from requisitions.instructions import connue
from requisitions.minorite import age_le
from requisitions.models import AccordMedecin, Gel, LigneDecision, Preparation, Requisition, Volet
from requisitions.protection import APPEL
from requisitions.reponses import elements_de, proposees
from requisitions.saisie.inventaire import inventorie, texte_des_effets
from requisitions.saisie.perquisition import controle_du
from requisitions.titres import de_la_lettre
from requisitions.types_acte import type_acte
from requisitions.types_acte.saisie import TITRE_DE_SAISIE

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
    "grade_controleur",
    "arrete_motif",
    "arrete_jusqu_au",
    "articles_cites",
    "orale",
    "orale_motif",
    "presence_protegee",
    "presence_constatee_le",
    "reponse_presence",
    "reponse_texte",
    "urgence_vitale",
    "inopinee",
    "precision",
    "statut_personne",
    "debut_mesure",
    "fin_mesure",
    "heure_demande",
    "adulte_injoignable",
)
PUBERTAIRE = re.compile(r"pubert|pubère", re.IGNORECASE)
# The prison's own health unit, asked by name to be the expert of the person it treats.
SOIGNANT_DU_DETENU = re.compile(
    r"m[ée]decin\b[^.]{0,40}\b(?:unit[ée] sanitaire|usmp|ucsa|maison d.arr[êe]t|prison)", re.IGNORECASE
)
UNITE_SANITAIRE = re.compile(r"\b(?:unit[ée] sanitaire|usmp|ucsa)\b", re.IGNORECASE)
# Traces that say who was treated, or who opened a record: a secret protects them.
TRACES_MEDICALES = re.compile(r"m[ée]dica|\bpatient|dossiers? de soin|\bdpi\b", re.IGNORECASE)
DETENTION = "soins-en-detention"
# Of an article that the act cites without its code.
PROCEDURE_PENALE = "Code de procédure pénale"


def faits_de(dossier: Dossier, r: Requisition) -> Faits:
    """Everything the rules may read of a deposited requisition, as of now."""
    recue_le = dossier.transmis_le or dossier.cree_le
    qualite, correspond = _compte(dossier, r, recue_le)
    gel, accord = getattr(dossier, "gel", None), accord_de(dossier)
    reponse = dossier.echeances.filter(nom="reponse", tenue_le=None, suspendue_le=None).first()
    ligne, personne = r.ligne_decision, dossier.personnes.first()
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
        hors_portail=r.canal != Requisition.Canal.PORTAIL,
        confirmation_le=confirmee_le(dossier, r),
        accord=accord.choix if accord else "",
        **_de_la_remise(dossier, r, gel),
        services=_services_de_soin() if r.type_acte in NEUTRES else (),
        authentifiee=r.authentifiee_le is not None,
        echeance_le=reponse.echeance_le if reponse else None,
        instruction=connue(r.instruction_reference),
        titre=de_la_lettre(r, personne.nom if personne else ""),
        age=age_le(personne, timezone.localdate(recue_le)),
        traces_medicales=traces_medicales(r.type_acte, r.mission),
        urgente=dossier.urgence != Urgence.ORDINAIRE,
        urgence_confirmee=r.urgence_confirmee_le is not None,
        doctrine_saisie=saisie_seulement(),
        contestee=dossier.etat == CONTESTEE,
        **_de_l_execution(dossier, r, accord),
        **{nom: getattr(r, nom) for nom in IDENTIQUES},
    )


def traces_medicales(type_acte: str, mission: str) -> bool:
    return type_acte == "LOGS" and bool(TRACES_MEDICALES.search(mission))


def _de_la_remise(dossier: Dossier, r: Requisition, gel: Gel | None) -> dict[str, Any]:
    """What is kept, and what would leave."""
    pieces = pieces_de_la_reponse(dossier)
    return {
        "gel_le": gel.ordonne_le if gel else None,
        "gel_confirme": bool(gel and (gel.confirme_le or gel.perte)),
        "gel_actif": bool(gel and not gel.perdu and dossier.etat in AVANT_REMISE),
        "ecrasement_le": gel.ecrasement if gel else None,
        "tailles": tuple(piece.fichier.taille for piece in pieces),
        "support": r.copie_support,
        "classes_remises": frozenset({piece.classe for piece in pieces} | ({Classe.IDENTITE} if gel else set())),
    }


def _de_l_execution(dossier: Dossier, r: Requisition, accord: AccordMedecin | None) -> dict[str, Any]:
    """What was recorded by whoever executes."""
    volet = Volet.objects.filter(dossier=dossier).first()
    donnees = volet.donnees if volet else {}
    saisie, ligne = r.type_acte == "SAISIE", r.ligne_decision
    return {
        "volet": donnees,
        "serment_signe": bool(volet and serment_de(dossier, volet)),
        "inventaire": inventorie(dossier) if type_acte(r.type_acte).inventaire else Inventorie(),
        "texte_inventaire": texte_des_effets(dossier) if r.type_acte in NEUTRES else "",
        "copie_dementie": saisie and Preparation.objects.filter(dossier=dossier, copie=False).exists(),
        "titre_joint": saisie and dossier.pieces.filter(intitule=TITRE_DE_SAISIE).exists(),
        "elements": tuple(proposees(dossier, r, elements_de(dossier, r))),
        "vise_pubertaire": r.type_acte == "AGE" and bool(PUBERTAIRE.search(r.mission)),
        "controle_apres_du": controle_du(dossier),
        "parquet_appele": r.presence_protegee and dossier.evenements.filter(nom=APPEL).exists(),
        "identite_verifiee": bool(donnees.get("identite_verifiee") or (accord and accord.identite_verifiee)),
        "ins": donnees.get("ins") or (accord.ins if accord else ""),
        "homonymes": _homonymes(dossier) if saisie or r.type_acte == "DOSSIER" else 0,
        # Whoever names that unit speaks of a detainee, even if the page does not say so.
        "medecin_usmp": bool(UNITE_SANITAIRE.search(r.mission))
        or (
            r.statut_personne in Requisition.DETENUS
            and (bool(SOIGNANT_DU_DETENU.search(r.mission)) or _medecin_de_detention(dossier))
        ),
        "ordre_requis": ordre_attendu(r.type_acte)
        and (not saisie or ligne is None or ligne.ordre == LigneDecision.Ordre.REQUIS),
        "ordre_convoque": ordre_attendu(r.type_acte)
        and (hasattr(dossier, "convocation") or dossier.evenements.filter(nom="convoquer_ordre").exists()),
    }


def _homonymes(dossier: Dossier) -> int:
    """Other open requisitions about a person of the same name, among those this reader may see."""
    noms = [nom for nom in dossier.personnes.values_list("index_nom", flat=True) if nom]
    if not noms:
        return 0
    autres = Personne.objects.filter(index_nom__in=noms, dossier__nature=dossier.nature, dossier__phase="en_cours")
    return autres.exclude(dossier=dossier).values("dossier").distinct().count()


def _medecin_de_detention(dossier: Dossier) -> bool:
    designes = ParticipationPersonnelle.objects.vivantes().filter(content_object=dossier, role=Part.Role.EXECUTANT)
    return rattachements_valides().filter(utilisateur__in=designes.values("user"), service__domaine=DETENTION).exists()


def pieces_de_la_reponse(dossier: Dossier) -> list[Piece]:
    """What will be sealed: sorted medical pieces, or what the executing service brought; never the letters, nor what
    went with an earlier bundle at its term."""
    pieces = list(
        dossier.pieces.filter(document=None)
        .exclude(service_id=dossier.service_emetteur_id)
        .exclude(fichier__etat_fichier=Fichier.Etat.EFFACE)
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
    """The articles of the row, and those that the act itself cites: without a code, they are of criminal procedure."""
    if r.pk is None:
        return ()
    lues = list(r.articles.select_related("successeur"))
    cites = ARTICLE.findall(r.articles_cites)
    if cites:
        dites = ReferenceLegale.objects.filter(code=PROCEDURE_PENALE, article__in=cites).select_related("successeur")
        lues += [reference for reference in dites if reference not in lues]
    return tuple(Reference(str(lue), lue.fin, str(lue.successeur or "")) for lue in lues)


def _services_de_soin() -> tuple[str, ...]:
    """Names a presence answer must never hold: the services that only appear outside as the front desk."""
    noms = Service.objects.filter(nom_externe=ACCUEIL).values_list("nom", flat=True)
    return tuple(noms)
