"""The two secure rooms of a hospital: which are taken, without telling by whom."""

from convention.models import Institution
from notifications.portee import portee_systeme
from prises_en_charge.controles import CHAMBRES_SECURISEES
from prises_en_charge.models import Extraction
from transitions.workflow import TransitionRefusee

NOMBRE = len(CHAMBRES_SECURISEES)


def prises(institution_id: int) -> frozenset[str]:
    with portee_systeme("Une chambre est prise quel que soit le dossier ; rien n’en est dit."):
        return frozenset(
            Extraction.objects.filter(
                chambre__in=CHAMBRES_SECURISEES,
                hospitalisee_le__isnull=False,
                sortie_le=None,
                service_accueil__institution_id=institution_id,
            ).values_list("chambre", flat=True)
        )


def reserver(extraction: Extraction) -> None:
    """Take the room of the letter, or refuse; two wards asking at once are put in order by the hospital's row."""
    if extraction.chambre not in CHAMBRES_SECURISEES:
        return
    institution_id = extraction.service_accueil.institution_id
    Institution.objects.select_for_update(no_key=True).get(pk=institution_id)
    occupees = prises(institution_id)
    if len(occupees) == NOMBRE:
        raise TransitionRefusee("Les deux chambres sécurisées sont prises. Choisissez une chambre avec garde.")
    if extraction.chambre in occupees:
        raise TransitionRefusee("Cette chambre sécurisée est prise. Choisissez l’autre.")
