"""The Ordre at each fictitious seizure: what it answered, what it still has to, what it reported."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from accueil.demonstration.affaire import Affaire, echoir
from accueil.demonstration.comptes import Monde
from requisitions.circuit import ORDRE
from requisitions.etats import CLOTUREE, CONTESTEE, EN_EXECUTION, REMISE
from requisitions.models import Convocation
from requisitions.saisie.ordre import ATTENDUE, ECHEANCE, a_repondre_avant

COMPTE_RENDU = (
    "Présents : l’officier commis, le médecin responsable, les affaires juridiques. La commission rogatoire m’a été "
    "lue. Les pièces retenues correspondent à la mission ; deux pièces d’un tiers ont été écartées. Scellé fermé, "
    "inventaire signé."
)
RESERVES = "Une pièce manuscrite n’a pu être datée : réserve portée au procès-verbal."


def convoquer(monde: Monde, affaires: list[Affaire]) -> dict[UUID, Convocation]:
    """By key of the case. Of the seizures to come it answered one in two; of those that are over it reported."""
    equipe, convocations, a_venir = monde.equipes[ORDRE], {}, 0
    for rang, affaire in enumerate(affaire for affaire in affaires if affaire.variante == "SAISIE"):
        controlee = affaire.dates.get("controler")
        if controlee is None or not equipe:
            continue
        ouverte, faite = affaire.dossier.etat in ATTENDUE, affaire.dossier.etat in {REMISE, CLOTUREE, CONTESTEE}
        dite = not ouverte or bool(a_venir % 2)
        a_venir += ouverte
        convocations[affaire.dossier.cle] = Convocation(
            dossier=affaire.dossier,
            service=monde.services[ORDRE],
            operation="saisie",
            autorite=affaire.dossier.service_emetteur.nom_externe,
            lieu=("accueil", "archives", "direction")[rang % 3],
            prevue_pour=_prevue(affaire, controlee),
            convoquee_le=controlee,
            convoquee_par=affaire.parties["guichet"][1],
            reponse="vient" if dite else "",
            conseiller=f"Dr {equipe[0].nom}" if dite else "",
            repondue_le=controlee + timedelta(hours=3) if dite else None,
            repondue_par=equipe[0] if dite else None,
            compte_rendu=COMPTE_RENDU if faite else "",
            reserves=RESERVES if faite and rang % 2 else "",
            rendu_le=controlee + timedelta(days=2, hours=4) if faite else None,
            rendu_par=equipe[0] if faite else None,
        )
    return convocations


def _prevue(affaire: Affaire, controlee: datetime) -> datetime:
    """Half past nine, two days after what set it; what has begun was planned for when it began."""
    if affaire.dossier.etat == EN_EXECUTION:
        return affaire.fin
    depart = max(controlee, timezone.now()) if affaire.dossier.etat in ATTENDUE else controlee
    return (timezone.localtime(depart) + timedelta(days=2)).replace(hour=9, minute=30, second=0, microsecond=0)


def attendre(affaire: Affaire, convocation: Convocation) -> None:
    """The deadline of its answer, as `requisitions.workflow.ordre` sets it."""
    debut = timezone.localtime(convocation.convoquee_le)
    terme, calcul = a_repondre_avant(debut, convocation.prevue_pour, affaire.dossier.urgence)
    tenue = convocation.repondue_le or affaire.dossier.clos_le
    echoir(affaire, ECHEANCE, "Réponse de l’Ordre", debut, terme, calcul, tenue=tenue)
