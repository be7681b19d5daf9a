"""A new fitness certificate on the same demand: written by the doctor, handed over by somebody else, as the first."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.suivi import relater, verrouiller
from requisitions import documents
from requisitions.audition import aptitude, peut_reevaluer, peut_remettre_un_avis
from requisitions.audition.annonces import annoncer_avis
from requisitions.audition.documents import nouvel_avis
from requisitions.models import AvisAptitude
from requisitions.notifications import relater_en_interne
from requisitions.workflow.constat import exiger_discretes, suivre_l_avis
from requisitions.workflow.sortie import SECOND, exiger_le_titre
from requisitions.workflow.table import exiger_verdict, ouverte
from transitions.workflow import TransitionRefusee

Valeur, Accord = AvisAptitude.Valeur, AvisAptitude.Accord


@transaction.atomic
def reevaluer_aptitude(
    *,
    dossier: Dossier,
    acteur: Acteur,
    valeur: str,
    donne_le: datetime,
    accord: str,
    conditions: str = "",
    valable_jusqu_a: datetime | None = None,
    reevaluer_avant: datetime | None = None,
) -> AvisAptitude:
    """The doctor saw the person again. The paper waits for whoever hands it over; the requester reads nothing yet."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_reevaluer(dossier, acteur))
    inapte = valeur == Valeur.INAPTE
    avis = AvisAptitude(
        dossier=dossier,
        valeur=valeur,
        donne_le=donne_le,
        donne_par_id=acteur.utilisateur_id,
        accord=accord,
        conditions=conditions.strip() if valeur == Valeur.CONDITIONS else "",
        valable_jusqu_a=None if inapte else valable_jusqu_a,
        reevaluer_avant=(reevaluer_avant or aptitude.a_reevaluer_avant(donne_le)) if inapte else None,
    )
    _exiger_coherent(dossier, avis)
    avis.save()
    lettre = ouverte(dossier)
    ecrit = nouvel_avis(dossier, lettre, avis, acteur.nom)
    documents.verser(ecrit, dossier, classe=Classe.MEDICAL, remise_a=[])
    relater_en_interne(dossier=dossier, nom="reevaluer_aptitude", libelle="Nouvel avis d’aptitude donné", acteur=acteur)
    annoncer_avis(avis)
    dit = aptitude.avis_de(dossier)[-1]
    suivre_l_avis(dossier, dit, acteur)
    return avis


def _exiger_coherent(dossier: Dossier, avis: AvisAptitude) -> None:
    if avis.valeur not in Valeur.values or avis.accord not in Accord.values:
        raise TransitionRefusee("Complétez l’avis, et ce que dit la personne.")
    if avis.donne_le > timezone.now():
        raise TransitionRefusee("Cette heure n’est pas encore passée.", champ="donne_le")
    anciens = aptitude.avis_de(dossier)
    if anciens and avis.donne_le <= anciens[-1].donne_le:
        raise TransitionRefusee("Un avis plus récent est déjà donné.", champ="donne_le")
    if avis.valable_jusqu_a and avis.valable_jusqu_a <= avis.donne_le:
        raise TransitionRefusee("L’avis cesse de valoir après l’heure où il est donné.", champ="valable_jusqu_a")
    if avis.reevaluer_avant and avis.reevaluer_avant <= avis.donne_le:
        raise TransitionRefusee("La réévaluation suit l’avis.", champ="reevaluer_avant")
    lettre = ouverte(dossier)
    if lettre.cadre == "PRELIM" and avis.accord == Accord.SANS_OBJET:
        raise TransitionRefusee("En préliminaire, la personne donne son accord ou refuse.", champ="accord")
    if avis.valeur == Valeur.CONDITIONS and not avis.conditions:
        raise TransitionRefusee("Écrivez les conditions de l’audition.", champ="conditions")
    exiger_discretes(avis.conditions)


@transaction.atomic
def remettre_avis(*, dossier: Dossier, acteur: Acteur, avis: AvisAptitude) -> AvisAptitude:
    """Address the paper to the requester, by somebody else than the doctor, as long as the title stands."""
    dossier = verrouiller(dossier)
    exiger_verdict(peut_remettre_un_avis(dossier, acteur))
    avis = AvisAptitude.objects.select_for_update().get(pk=avis.pk, dossier=dossier)
    if avis.remis_le:
        raise TransitionRefusee("Cet avis est déjà remis.")
    if avis.donne_par_id == acteur.utilisateur_id:
        raise TransitionRefusee(SECOND)
    lettre = ouverte(dossier)
    exiger_le_titre(dossier, lettre)
    piece = Piece.objects.get(dossier=dossier, document__objet_cle=avis.cle)
    piece.remise_a.set([lettre.service_requerant])
    avis.remis_le, avis.remis_par_id = timezone.now(), acteur.utilisateur_id
    avis.save()
    relater(dossier=dossier, nom="remettre_avis", libelle="Nouvel avis d’aptitude remis", acteur=acteur)
    return avis
