"""Where the refusal of a case stands between legal affairs and the direction. Only reads."""

from django.db.models import Q

from dossiers.models import Dossier
from requisitions.etats import INSTRUITE
from requisitions.models import RefusPropose
from transitions.verdict import OUI, Verdict, non

OUVERTE = Q(decision="", dossier__etat__in=INSTRUITE)


def en_attente(dossier: Dossier) -> RefusPropose | None:
    """The proposal that waits for its visa; a case that went elsewhere waits for none."""
    if dossier.pk is None or dossier.etat not in INSTRUITE:
        return None
    attendue: RefusPropose | None = (
        RefusPropose.objects.select_related("propose_par", "dossier").filter(OUVERTE, dossier=dossier).first()
    )
    return attendue


def renvoye(dossier: Dossier) -> RefusPropose | None:
    """The last proposal, when the direction sent it back and legal affairs have not answered yet."""
    if dossier.etat not in INSTRUITE:
        return None
    dernier: RefusPropose | None = dossier.refus_proposes.select_related("decide_par").last()
    return dernier if dernier and dernier.decision == RefusPropose.Decision.RENVOYE else None


def sans_refus_en_attente(dossier: Dossier) -> Verdict:
    """What contradicts a refusal waits for its visa; the requester may still give up, the doctor still answer."""
    if en_attente(dossier):
        return non("Un refus attend le visa de la direction. Retirez d’abord la proposition.")
    return OUI
