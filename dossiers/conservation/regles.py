"""The dates of a case's life, computed from facts. Pure: no clock, no database."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

AVIS = timedelta(days=30)
MAJORITE = 18


@dataclass(frozen=True, slots=True)
class Duree:
    """Calendar months, then days. A month that is too short gives its last day."""

    mois: int = 0
    jours: int = 0

    def depuis(self, jour: date) -> date:
        rang = jour.year * 12 + jour.month - 1 + self.mois
        annee, mois = divmod(rang, 12)
        dernier = calendar.monthrange(annee, mois + 1)[1]
        return date(annee, mois + 1, min(jour.day, dernier)) + timedelta(days=self.jours)


@dataclass(frozen=True, slots=True)
class Bareme:
    """What a rule says, without its words.

    `butoir` runs from the making available and wins when it ends first; `age_du_mineur` and `apres_deces` (years)
    follow CSP R. 1112-7; `attend_versement` waits for the hospital to confirm that its own register holds the copy.
    """

    actif: Duree
    archive: Duree = Duree()
    butoir: Duree | None = None
    age_du_mineur: int | None = None
    apres_deces: int | None = None
    attend_versement: bool = False


@dataclass(frozen=True, slots=True)
class Faits:
    """What is known of one case. `depart` is the event the rule counts from, the last one when there were several."""

    bareme: Bareme
    depart: date | None
    mis_a_disposition: date | None = None
    naissance: date | None = None
    deces: date | None = None
    gele: bool = False
    rouvert: date | None = None
    prolonge_au: date | None = None
    verse: bool = False


def ans(jour: date, nombre: int) -> date:
    return Duree(mois=12 * nombre).depuis(jour)


def _depart(faits: Faits) -> date | None:
    """A reopening cancels the event: the count starts again at the next one."""
    if faits.depart and faits.rouvert and faits.rouvert >= faits.depart:
        return None
    return faits.depart


def fin_de_l_actif(faits: Faits) -> date | None:
    """The day the case goes to the restricted archive; None while nothing started the count."""
    depart = _depart(faits)
    return faits.bareme.actif.depuis(depart) if depart else None


def echeance_de_conservation(faits: Faits) -> date | None:
    """The first day the content may be destroyed; None when it may not be, today or on any date known yet."""
    bareme = faits.bareme
    if faits.gele or (bareme.attend_versement and not faits.verse):
        return None
    butoir = bareme.butoir.depuis(faits.mis_a_disposition) if bareme.butoir and faits.mis_a_disposition else None
    fin = _terme(faits)
    bornes = [borne for borne in (fin, butoir) if borne]
    if not bornes or (fin is None and faits.depart):
        return None
    terme = min(bornes)
    return max(terme, faits.prolonge_au) if faits.prolonge_au else terme


def _terme(faits: Faits) -> date | None:
    """Active period, then archive, then what minority or death changes."""
    bareme, depart, actif = faits.bareme, _depart(faits), fin_de_l_actif(faits)
    if depart is None or actif is None:
        return None
    if faits.deces and bareme.apres_deces is not None and faits.deces < ans(depart, bareme.apres_deces):
        return max(actif, ans(faits.deces, bareme.apres_deces))
    terme = bareme.archive.depuis(actif)
    if faits.naissance and bareme.age_du_mineur is not None and depart < ans(faits.naissance, MAJORITE):
        terme = max(terme, ans(faits.naissance, bareme.age_du_mineur))
    return terme


def premier_jour_de_destruction(echeance: date | None, averti: date | None) -> date | None:
    """Nothing goes less than thirty days after the warning, however late the warning was given."""
    return max(echeance, averti + AVIS) if echeance and averti else None
