"""Entering a paper form: the rule, the verb, and the line that tells both times."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier, ReprisePapier
from dossiers.papier import Numero, lire_numero
from dossiers.suivi import relater, verrouiller
from presentation.temps import date_fr, heure_fr
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee

INCONNU = "Ce numéro n’est pas celui d’un de nos formulaires. Relisez-le sur le papier, chiffres de fin compris."


def est_le_bon(numero: Numero | None, formulaire: str) -> Verdict:
    """The paper is one of ours, and of the right kind."""
    if numero is None:
        return non(INCONNU)
    if numero.formulaire != formulaire:
        return non("Ce numéro est celui d’un autre formulaire. Ouvrez la saisie qui lui correspond.")
    return OUI


def est_possible(numero: Numero, rempli_le: datetime, maintenant: datetime) -> Verdict:
    """Its hour lies between its printing and its entry."""
    if rempli_le > maintenant:
        return non("L’heure écrite sur le papier est dans le futur. Corrigez-la.")
    if timezone.localdate(rempli_le) < numero.imprime_le:
        jour = date_fr(numero.imprime_le)
        return non(f"Ce formulaire a été imprimé le {jour} : il n’a pas pu être rempli avant. Corrigez l’heure.")
    return OUI


@transaction.atomic
def reprendre(*, dossier: Dossier, acteur: Acteur, formulaire: str, numero: str, rempli_le: datetime) -> ReprisePapier:
    """Keep both times. Entered again before the case leaves, the paper's own words are corrected."""
    dossier = verrouiller(dossier)
    lu, maintenant = lire_numero(numero), timezone.now()
    verdict = est_le_bon(lu, formulaire)
    if verdict and lu:
        verdict = est_possible(lu, rempli_le, maintenant)
    if not verdict or lu is None:
        raise TransitionRefusee(verdict.raison)
    if dossier.transmis_le:
        raise TransitionRefusee("Ce dossier est déjà transmis : son origine ne change plus.")
    # Anybody can compute a number: only the cases that this person may know of answer.
    connus = Dossier.objects.visibles_par(acteur).exclude(pk=dossier.pk)
    if ReprisePapier.objects.filter(numero=lu.texte, dossier__in=connus).exists():
        raise TransitionRefusee("Ce formulaire papier a déjà été saisi. Cherchez le dossier qui porte son numéro.")
    reprise, _ = ReprisePapier.objects.update_or_create(
        dossier=dossier,
        defaults={
            "numero": lu.texte,
            "imprime": lu.imprime_le,
            "rempli_le": rempli_le,
            "saisi_le": maintenant,
            "saisi_par_id": acteur.utilisateur_id,
        },
    )
    relater(
        dossier=dossier,
        nom="reprendre_papier",
        libelle=f"Saisi d’après le papier {lu.texte}",
        acteur=acteur,
        commentaire=phrase(reprise),
    )
    return reprise


def reprise_de(dossier: Dossier) -> ReprisePapier | None:
    return ReprisePapier.objects.filter(dossier=dossier).first()


def depart_des_delais(dossier: Dossier) -> tuple[datetime, str]:
    """From when deadlines run, and the words that say so: the paper's hour when there is a paper."""
    reprise = reprise_de(dossier)
    if reprise:
        return reprise.rempli_le, "l’heure du formulaire papier"
    return dossier.transmis_le or timezone.now(), "la transmission"


def phrase(reprise: ReprisePapier) -> str:
    rempli, saisi = reprise.rempli_le, reprise.saisi_le
    return f"Rempli le {date_fr(rempli)} à {heure_fr(rempli)}, saisi le {date_fr(saisi)} à {heure_fr(saisi)}."
