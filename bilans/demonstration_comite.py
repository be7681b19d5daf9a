"""Two fictitious meetings, through the verbs: the last one with its minutes, the next one with its agenda."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from bilans import decisions, reunions
from bilans.models import Decision, Reunion
from convention.acteur import Acteur, acteur_de
from convention.models import Convention, Institution
from convention.textes import principale
from fiches.models import Fiche

# Who came to the last meeting, in which function; nobody for those who did not.
PRESENCES = {
    "SPREF": "Le secrétaire général",
    "PARQUET": "La substitute chargée des relations avec l’hôpital",
    "CHV": "La directrice adjointe et la référente de la convention",
    "CDOM": "Un conseiller ordinal",
    "POLICE": "Le chef du service de voie publique",
    "GENDARMERIE": "L’adjoint au commandant de compagnie",
    "DOUANES": "",
    "EPM": "Le chef d’établissement",
    "MA": "Le chef de détention",
}
POINTS_PASSES = ("Calendrier des formations communes",)
POINTS_A_VENIR = ("Bilan de l’exercice commun aux urgences", "Formation des nouveaux internes")
COMPTE_RENDU = "\n\n".join(
    (
        "Exemple de démonstration : cette réunion n’a pas eu lieu.",
        "Retours d’expérience. Aux urgences, la nuit, la pièce fermée que demande la fiche 1 n’est pas "
        "toujours libre. L’hôpital ouvre le bureau du cadre ; le comité dira au printemps s’il faut l’écrire "
        "dans la fiche.",
        "Réquisitions. Le parquet rappelle que la pièce jointe doit porter la qualité de qui requiert. "
        "L’hôpital constate que le délai de réponse s’allonge quand le rappel au standard de l’unité est fait "
        "de nuit : un numéro direct est demandé à la police et à la gendarmerie.",
        "Personnes détenues. La maison d’arrêt et l’établissement pour mineurs demandent que les rendez-vous "
        "déplacés leur soient dits la veille avant 16 heures. Accord de l’hôpital.",
        "Formations. Deux demi-journées communes auront lieu au premier trimestre, à l’hôpital puis au commissariat.",
    )
)


class Exemple(NamedTuple):
    """A decision: who carries it, in how many days from today it is due, and what became of it."""

    texte: str
    porteur: str
    jours: int
    fiche: int = 0
    suite: str = ""


DECISIONS = (
    Exemple(
        "Donner à l’hôpital un numéro direct, joignable la nuit, pour vérifier une réquisition.",
        "POLICE",
        -12,
        fiche=6,
    ),
    Exemple(
        "Prévenir la veille avant 16 heures de tout rendez-vous déplacé d’une personne détenue.",
        "CHV",
        -20,
        fiche=10,
        suite="La consigne est donnée aux secrétariats depuis le début du mois.",
    ),
    Exemple("Fixer les dates des deux demi-journées de formation et ouvrir les inscriptions.", "SPREF", 5),
    Exemple("Proposer un texte pour la pièce fermée la nuit, ou dire qu’il n’en faut pas.", "CHV", 60, fiche=1),
)


@transaction.atomic
def peupler() -> int:
    """How many meetings were added; none when there is one already, or no convention."""
    convention = principale()
    if convention is None or Reunion.objects.exists():
        return 0
    referente = acteur_de(User.objects.get(courriel="referente@demo.test"))
    jour = timezone.localdate()
    passee = _planifier(convention, referente, 0, jour + timedelta(days=1), POINTS_PASSES)
    _tenir(passee, referente, _jeudi(jour - timedelta(days=45)))
    _planifier(convention, referente, 1, _jeudi(jour + timedelta(days=21)), POINTS_A_VENIR)
    return 2


def _jeudi(jour: date) -> date:
    return jour + timedelta(days=3 - jour.weekday())


def _a(jour: date) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time(14, 30)))


def _planifier(convention: Convention, referente: Acteur, rang: int, jour: date, points: tuple[str, ...]) -> Reunion:
    return reunions.planifier(
        convention=convention,
        acteur=referente,
        genre=Reunion.Genre.SUIVI,
        debut=_a(jour),
        lieu="Centre hospitalier, salle du conseil",
        a_distance=True,
        institutions=[maison.pk for maison in Institution.objects.filter(code__in=PRESENCES)],
        cle=uuid.UUID(int=0xDE60 + rang, version=4),
        points=points,
    )


def _tenir(reunion: Reunion, referente: Acteur, jour: date) -> None:
    """Put the meeting in the past, then write it, decide and approve: nothing changes afterwards."""
    reunion.debut, reunion.planifiee_le = _a(jour), _a(jour - timedelta(days=30))
    reunion.save()
    presences = {
        ligne.pk: (bool(PRESENCES[ligne.institution.code]), PRESENCES[ligne.institution.code])
        for ligne in reunion.invitations.select_related("institution")
    }
    reunion = reunions.consigner_seance(
        reunion=reunion, acteur=referente, presences=presences, compte_rendu=COMPTE_RENDU
    )
    for exemple in DECISIONS:
        _decider(reunion, referente, exemple)
    reunion.tenue_le = reunion.debut
    reunion.save()
    reunions.approuver(reunion=reunion, acteur=referente)
    for exemple, decision in zip(DECISIONS, reunion.decisions.order_by("numero"), strict=True):
        if exemple.suite:
            decisions.clore(decision=decision, acteur=referente, issue=Decision.Issue.FAITE, suite=exemple.suite)


def _decider(reunion: Reunion, referente: Acteur, exemple: Exemple) -> None:
    """The verb refuses a day that is past: it is put back while the minutes are not approved."""
    aujourd_hui = timezone.localdate()
    decision = decisions.decider(
        reunion=reunion,
        acteur=referente,
        texte=exemple.texte,
        institution=Institution.objects.get(code=exemple.porteur),
        echeance=aujourd_hui,
        fiche=Fiche.objects.get(numero=exemple.fiche) if exemple.fiche else None,
    )
    decision.echeance, decision.prise_le = aujourd_hui + timedelta(days=exemple.jours), reunion.debut
    decision.save()
