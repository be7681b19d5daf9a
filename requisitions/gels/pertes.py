"""What could not be kept: whose doing it is, and what the requester reads of it. Pure rules.

A loss by the hospital (overwritten after the reception, or a damaged copy) is never mixed with what was already erased
when the demand came. A freeze that nobody confirmed before its overwriting date counts as lost until somebody says
otherwise.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from requisitions.etats import AVANT_REMISE, PRETE, SANS_SUITE
from requisitions.models import Gel

Cause = Gel.Perte
PAR_L_HOPITAL = frozenset({Cause.APRES, Cause.SUPPORT})
# Once something was handed over, an unconfirmed freeze proves nothing.
ENCORE_DUES = AVANT_REMISE - {PRETE}
# How long the requester has to fetch what is kept, from its confirmation (proposed to the convention's committee).
RETRAIT_SOUS = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Perte:
    """`presumee`: nobody said so, the date has simply passed."""

    cause: str
    presumee: bool = False

    @property
    def par_l_hopital(self) -> bool:
        return self.cause in PAR_L_HOPITAL

    @property
    def titre(self) -> str:
        """For whoever keeps and whoever instructs."""
        if self.presumee:
            return "Date dépassée sans confirmation" if self.par_l_hopital else "Date passée avant la réception"
        return {
            Cause.AVANT: "Déjà effacés ou détruits à la réception",
            Cause.APRES: "Perdus par l’hôpital après la réception",
            Cause.SUPPORT: "Perdus par l’hôpital, copie ou objet inutilisable",
        }[Cause(self.cause)]

    @property
    def annonce(self) -> str:
        """The title that the requester reads."""
        if self.presumee:
            return "Conservation non confirmée"
        return (
            "Éléments déjà effacés ou détruits" if self.cause == Cause.AVANT else "Éléments non conservés par l’hôpital"
        )

    @property
    def phrase(self) -> str:
        """What the requester reads, on the page and on paper: true, and no excuse."""
        if self.presumee and self.par_l_hopital:
            return (
                "La fin de leur conservation est passée et l’hôpital n’a pas confirmé leur mise à l’abri. "
                "Sauf indication contraire, les éléments sont perdus."
            )
        if self.presumee:
            return (
                "La fin de leur conservation était passée à la réception. L’hôpital vérifie s’il reste quelque chose."
            )
        return {
            Cause.AVANT: "La fin de leur conservation était atteinte avant la réception de la demande.",
            Cause.APRES: "Ils existaient à la réception de la demande et ont disparu avant d’être mis à l’abri.",
            Cause.SUPPORT: "Ils avaient été mis à l’abri. La copie ou l’objet conservé n’est plus utilisable.",
        }[Cause(self.cause)]


def perte_de(gel: Gel, maintenant: datetime) -> Perte | None:
    """What was said of it, else what its date says for want of a confirmation."""
    if gel.perte:
        return Perte(gel.perte)
    if gel.confirme_le or gel.ecrasement is None or gel.ecrasement > maintenant:
        return None
    dossier = gel.dossier
    finie = dossier.etat in SANS_SUITE and dossier.clos_le and dossier.clos_le > gel.ecrasement
    if dossier.etat not in ENCORE_DUES and not finie:
        return None
    recue_le = dossier.transmis_le or gel.ordonne_le
    return Perte(Cause.AVANT if gel.ecrasement <= recue_le else Cause.APRES, presumee=True)


def perdus(cause: str, maintenant: datetime) -> Q:
    """The same rule as a filter of freezes, for the figures."""
    finie = Q(dossier__etat__in=SANS_SUITE, dossier__clos_le__gt=F("ecrasement"))
    presumee = Q(perte="", confirme_le=None, ecrasement__lte=maintenant) & (Q(dossier__etat__in=ENCORE_DUES) | finie)
    recue = Q(ecrasement__lte=F("dossier__transmis_le"))
    if cause == Cause.AVANT:
        return Q(perte=cause) | (presumee & recue)
    return Q(perte=cause) | (presumee & ~recue) if cause == Cause.APRES else Q(perte=cause)


def retrait_avant(gel: Gel) -> datetime | None:
    return gel.confirme_le + RETRAIT_SOUS if gel.confirme_le and not gel.perte else None
