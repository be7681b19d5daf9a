"""One case looked at again: its dates computed from the facts of now, then the one step that is due, in a transaction.

Every date is computed under the lock of the envelope, so that a hold, a reopening or a new event of this minute counts.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from convention.models import Service
from dossiers.conservation import avertissements, bareme
from dossiers.conservation.bordereau import etablir
from dossiers.conservation.conserver import FERMEES, Conserve, Lecture, conserve_de
from dossiers.conservation.gels import est_gele
from dossiers.conservation.regles import (
    AVIS,
    Faits,
    echeance_de_conservation,
    fin_de_l_actif,
    premier_jour_de_destruction,
)
from dossiers.models import Conservation, Dossier, Evenement, Participation, RegleConservation
from dossiers.models.dossier import Phase
from dossiers.participations import reprendre, restreindre
from journal.carnet import noter


def faits_de(suivi: Conservation, lecture: Lecture, regle: RegleConservation, *, gele: bool) -> Faits:
    return Faits(
        bareme=regle.bareme,
        depart=lecture.depart,
        naissance=lecture.naissance,
        deces=lecture.deces,
        gele=gele,
        prolonge_au=suivi.prolonge_au,
        verse=suivi.verse_le is not None,
    )


@transaction.atomic
def examiner(dossier_id: int) -> Conservation | None:
    """Bring one case to where it must be today; running it again changes nothing. None for a draft or a stub."""
    dossier = Dossier.objects.select_for_update().filter(pk=dossier_id).first()
    if dossier is None or dossier.phase == Phase.BROUILLON:
        return None
    suivi = suivi_de(dossier)
    if suivi.detruit_le:
        return None
    conserve, jour = conserve_de(dossier), timezone.localdate()
    court = dossier.phase in FERMEES or dossier.etat in conserve.etats
    lecture = conserve.lire(dossier)
    if not court:
        lecture = Lecture(lecture.regle, None, lecture.naissance, lecture.deces)
    regles, gele = bareme.en_vigueur(), est_gele(dossier)
    suivi.regle = regles.get(lecture.regle)
    if suivi.regle is None:
        suivi.prochaine = None
        suivi.save()
        return suivi
    _dater(suivi, faits_de(suivi, lecture, suivi.regle, gele=gele))
    if not court:
        _rouvrir(dossier, suivi)
    if not gele:
        _avancer(dossier, suivi, jour)
        _faire_partir(dossier, conserve, regles, suivi, jour)
    suivi.save()
    return suivi


def suivi_de(dossier: Dossier) -> Conservation:
    """The row that follows this case, born with it."""
    suivi, _ = Conservation.objects.get_or_create(
        dossier=dossier,
        defaults={"cle": dossier.cle, "nature": dossier.nature, "reference": dossier.reference or ""},
    )
    suivi.institutions = sorted(_institutions(dossier)) or suivi.institutions
    return suivi


def _institutions(dossier: Dossier) -> set[int]:
    """The houses that took part: the data protection officer of each follows the case."""
    groupes = Participation.objects.filter(content_object=dossier).values("group_id")
    services = Service.objects.filter(groupe_id__in=groupes).values_list("institution_id", flat=True)
    emetteur = Service.objects.values_list("institution_id", flat=True).get(pk=dossier.service_emetteur_id)
    return {*services, emetteur}


def _dater(suivi: Conservation, faits: Faits) -> None:
    """A date that moves away withdraws the warning and the proposal made for the former one."""
    echeance = echeance_de_conservation(faits)
    if echeance is None or (suivi.echeance and echeance > suivi.echeance):
        suivi.averti = suivi.propose = None
    suivi.depart, suivi.archivage, suivi.echeance = faits.depart, fin_de_l_actif(faits), echeance


def _rouvrir(dossier: Dossier, suivi: Conservation) -> None:
    """The case left its closed phase: those who lost it with the archive find it again."""
    if suivi.archive_depuis:
        reprendre(dossier=dossier, depuis=suivi.archive_depuis)
    suivi.archive_depuis = suivi.averti = suivi.propose = None


def _avancer(dossier: Dossier, suivi: Conservation, jour: date) -> None:
    """Archive, warn, propose: each at its date, each once."""
    if suivi.archivage and suivi.archivage <= jour and suivi.archive_depuis is None:
        _archiver(dossier, suivi)
    if suivi.echeance and suivi.averti is None and suivi.echeance - AVIS <= jour:
        suivi.averti = jour
        avertissements.echeance_proche(dossier, suivi)
    premier = premier_jour_de_destruction(suivi.echeance, suivi.averti)
    if premier and premier <= jour and suivi.propose is None and suivi.archive_depuis:
        suivi.propose, suivi.bordereau = jour, etablir(dossier, suivi)
        avertissements.destruction_proposee(dossier, suivi)
        noter("proposer_destruction", acteur=None, objet=dossier.nature.lower(), cle=dossier.cle, details=_regle(suivi))
    suivi.prochaine = _prochaine(suivi, premier)


def _prochaine(suivi: Conservation, premier: date | None) -> date | None:
    if suivi.archivage and suivi.archive_depuis is None:
        return suivi.archivage
    if suivi.echeance and suivi.averti is None:
        return suivi.echeance - AVIS
    return premier if suivi.propose is None else None


def _archiver(dossier: Dossier, suivi: Conservation) -> None:
    """The restricted archive: out of every list, and only author and recipients may still open it."""
    suivi.archive_depuis = timezone.now()
    Dossier.objects.filter(pk=dossier.pk).update(phase=Phase.ARCHIVE)
    dossier.phase = Phase.ARCHIVE
    restreindre(dossier=dossier, le=suivi.archive_depuis)
    Evenement.objects.create(dossier=dossier, nom="archiver", libelle="Versé à l’archive restreinte")
    noter("archiver", acteur=None, objet=dossier.nature.lower(), cle=dossier.cle, details=_regle(suivi))


def _faire_partir(
    dossier: Dossier, conserve: Conserve, regles: dict[str, RegleConservation], suivi: Conservation, jour: date
) -> None:
    """What goes before the case: its rule, signed for the platform, is the decision."""
    attendus: list[date] = []
    for passager in conserve.passagers(dossier):
        regle = regles.get(passager.regle)
        if regle is None:
            continue
        fin = echeance_de_conservation(
            Faits(regle.bareme, passager.depart, passager.mis_a_disposition, prolonge_au=suivi.prolonge_au)
        )
        if fin and fin <= jour:
            passager.effacer()
            details = {"regle": str(regle)}
            noter("effacer_contenu", acteur=None, objet=dossier.nature.lower(), cle=dossier.cle, details=details)
        elif fin:
            attendus.append(fin)
    suivi.prochaine = min([*attendus, *([suivi.prochaine] if suivi.prochaine else [])], default=None)


def _regle(suivi: Conservation) -> dict[str, Any]:
    return {"regle": str(suivi.regle), "depart": str(suivi.depart), "echeance": str(suivi.echeance)}
