"""What the requester does after the deposit: put right, give up."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers import echeances
from dossiers.models import Dossier, Personne
from fiches.models import ReferenceLegale
from presentation.temps import duree_fr
from requisitions.minorite import age_le
from requisitions.models import Requisition
from requisitions.workflow.acte import APPUI, joindre_pour_le_requerant
from requisitions.workflow.circuit import suivre_le_circuit
from requisitions.workflow.delai import corriger_le_delai, delai_de
from requisitions.workflow.ecrit import confirmer_par_ecrit
from requisitions.workflow.enregistrement import viser_la_ligne
from requisitions.workflow.table import appliquer, exiger, ouverte

CORRIGEABLES = (
    "titre", "articles_cites",
    "autorisation_mode", "autorisation_magistrat", "autorisation_le", "instruction_reference", "instruction_du",
    "instruction_couvre", "procureur_informe", "cr_reference", "cr_date", "cr_juge", "cr_jusqu_au", "ordre_ecrit",
    "arrete_motif", "arrete_jusqu_au", "grade_controleur", "sous_controle_de", "num_procedure", "qualification",
    "date_faits", "mission", "periode_du", "periode_au", "critere_signe", "critere_sexe", "critere_age_min",
    "critere_age_max", "statut_personne", "interprete", "debut_mesure", "fin_mesure", "heure_demande",
    "adulte_injoignable",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reponse:
    """What completes the demand: words, corrected fields, the person who was not named, a file.

    A correction may empty a field, never the demand itself. `acte_signe`: the file is the act of an oral demand.
    """

    texte: str
    corrections: dict[str, object]
    personne: Personne | None = None
    fichier: Fichier | None = None
    acte_signe: bool = False


@transaction.atomic
def repondre_regularisation(
    *,
    dossier: Dossier,
    acteur: Acteur,
    texte: str,
    corrections: dict[str, object],
    personne: Personne | None = None,
    fichier: Fichier | None = None,
    acte_signe: bool = False,
) -> Dossier:
    """The requester completes what was missing; the case goes back to control and the clock runs again."""
    reponse = Reponse(texte, corrections, personne, fichier, acte_signe)
    return completer("repondre_regularisation", dossier, acteur, reponse)


def completer(nom: str, dossier: Dossier, acteur: Acteur, reponse: Reponse, *, commentaire: str = "") -> Dossier:
    """One answer, whoever writes it; inside the caller's transaction. `nom`: the transition that permits it."""
    dossier = exiger(nom, dossier, acteur)
    demande = dossier.regularisations.filter(repondue_le=None).last()
    if demande is not None:
        demande.reponse, demande.fichier = reponse.texte, reponse.fichier
        demande.repondue_le, demande.repondue_par_id = timezone.now(), acteur.utilisateur_id
        demande.save()
    lettre = ouverte(dossier)
    avant, du_avant = lettre.statut_personne, delai_de(dossier, lettre)
    _corriger(lettre, reponse.corrections)
    if reponse.personne is not None and not dossier.personnes.exists():
        reponse.personne.dossier = dossier
        reponse.personne.age = age_le(reponse.personne, timezone.localdate(dossier.transmis_le))
        reponse.personne.save()
    if reponse.personne is not None or lettre.statut_personne != avant:
        _viser_a_nouveau(dossier, lettre, acteur)
    if reponse.fichier:
        _joindre(dossier, lettre, reponse, reponse.fichier, acteur)
    lettre.save()
    dossier = appliquer(nom, dossier, acteur, commentaire=commentaire)
    _reprendre(dossier)
    pause = timezone.now() - demande.demandee_le if demande else timedelta(0)
    corriger_le_delai(dossier, lettre, du_avant, pause)
    return dossier


def _viser_a_nouveau(dossier: Dossier, lettre: Requisition, acteur: Acteur) -> None:
    """Who the person is, known late or corrected, may call for another row: that of a minor, of a detainee."""
    viser_la_ligne(lettre, dossier.personnes.first(), timezone.localdate(dossier.transmis_le))
    articles = lettre.ligne_decision.articles if lettre.ligne_decision else []
    lettre.articles.set(ReferenceLegale.objects.filter(cle__in=articles))
    suivre_le_circuit(dossier=dossier, lettre=lettre, acteur=acteur)


def _joindre(dossier: Dossier, lettre: Requisition, reponse: Reponse, fichier: Fichier, acteur: Acteur) -> None:
    """The requester's piece, whoever puts it in: it never leaves with the answer."""
    if reponse.acte_signe and lettre.orale:
        confirmer_par_ecrit(dossier, lettre, fichier, acteur)
        return
    intitule = APPUI if reponse.corrections.get("ordre_ecrit") else "Complément du requérant"
    joindre_pour_le_requerant(dossier, lettre, intitule, fichier, acteur)


def _corriger(lettre: Requisition, corrections: dict[str, object]) -> None:
    for nom in CORRIGEABLES:
        if nom in corrections and (corrections[nom] or nom != "mission"):
            setattr(lettre, nom, corrections[nom])


def _reprendre(dossier: Dossier) -> None:
    """Restart the clock, and say the pause in the line that explains the deadline."""
    arretee = dossier.echeances.filter(nom="reponse", tenue_le=None, suspendue_le__isnull=False).first()
    echeances.reprendre(dossier=dossier, nom="reponse")
    if arretee is None or arretee.suspendue_le is None:
        return
    pause = duree_fr(timezone.now() - arretee.suspendue_le)
    reprise = dossier.echeances.get(pk=arretee.pk)
    reprise.calcul = f"{reprise.calcul} Suspendue {pause}."[:200]
    reprise.save()


@transaction.atomic
def annuler(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    return retirer("annuler", dossier, acteur, commentaire=motif)


def retirer(nom: str, dossier: Dossier, acteur: Acteur, *, commentaire: str) -> Dossier:
    """The requester gives the demand up; what was frozen stays frozen."""
    dossier = appliquer(nom, dossier, acteur, commentaire=commentaire)
    echeances.tenir(dossier=dossier, nom="reponse")
    return dossier
