"""What time alone brings: who is told that something is due, and when. Rows say it; the beat scans them.

The call comes first: a reminder is never how anybody is alerted of a danger.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from convention.acteur import acteur_de
from convention.gardes import appels
from dossiers.avis import parties
from dossiers.models import Brouillon, Dossier, Echeance, ParticipationPersonnelle
from dossiers.models.dossier import Nature
from dossiers.models.participation import Part
from dossiers.registre import type_de
from notifications.avis import prevenir
from notifications.battement import a_chaque_tour
from notifications.boite_envoi import publier, traiter_par
from signalements.controles import CONTROLES, Faits
from signalements.depart import GENRE
from signalements.etats import BROUILLON
from signalements.models import Mesure
from signalements.parcours import manquantes
from signalements.voies import voie_de
from signalements.workflow import ACCUSE, JOUR_PREVU, PREVUS, REEVALUATION, SUITE, service_destinataire

ECHEANCE, PRET, MESURE = "signalement.rappel", "signalement.pret", "signalement.mesure"
# A tick missed for three days still tells; what is older is in the list « Sans réponse ».
RATTRAPAGE = timedelta(days=3)
AUTEUR, DESTINATAIRE, GARDE, DIRECTION = "auteur", "destinataire", "garde", "direction"


@dataclass(frozen=True, slots=True)
class Palier:
    """One reminder: how long after the deadline, to whom, in neutral words. `rang`: of the duty roster."""

    apres: timedelta
    vers: str
    mot: str
    rang: int = 0


# First the recipient, then its second on duty, then the author who calls, then both houses' last on duty.
PALIERS: Mapping[str, tuple[Palier, ...]] = {
    ACCUSE: (
        Palier(timedelta(0), DESTINATAIRE, "Réception à accuser, délai dépassé"),
        Palier(timedelta(hours=1), GARDE, "Réception à accuser, deuxième relance", rang=2),
        Palier(timedelta(hours=3), AUTEUR, "Toujours sans accusé de réception\u00a0: appelez le destinataire"),
        Palier(timedelta(hours=5), GARDE, "Réception à accuser, dernière relance", rang=3),
        Palier(timedelta(hours=5), DIRECTION, "Sans accusé de réception\u00a0: appelez le référent du destinataire"),
    ),
    SUITE: (
        Palier(timedelta(0), DESTINATAIRE, "Une suite est attendue, délai dépassé"),
        Palier(timedelta(days=2), AUTEUR, "Aucune suite connue dans le délai"),
    ),
    REEVALUATION: (
        Palier(timedelta(0), AUTEUR, "Situation à réévaluer aujourd’hui"),
        Palier(timedelta(days=1), AUTEUR, "Situation à réévaluer, date dépassée"),
    ),
}


def dus(nom: str, echeance_le: datetime, maintenant: datetime) -> list[int]:
    """The ranks of the reminders of a deadline that are due and not too old: a pure function."""
    return [
        rang
        for rang, palier in enumerate(PALIERS.get(nom, ()))
        if echeance_le + palier.apres <= maintenant < echeance_le + palier.apres + RATTRAPAGE
    ]


def balayer() -> None:
    """At each tick: one outbox row a reminder, written once."""
    maintenant = timezone.now()
    plus_long = max(palier.apres for paliers in PALIERS.values() for palier in paliers)
    ouvertes = Echeance.objects.filter(
        nom__in=PALIERS,
        tenue_le=None,
        suspendue_le=None,
        echeance_le__lte=maintenant,
        echeance_le__gt=maintenant - plus_long - RATTRAPAGE,
        dossier__nature__in=(Nature.SIGNALEMENT, Nature.DECLARATION),
    )
    for cle, nom, echeance_le in ouvertes.order_by("pk").values_list("pk", "nom", "echeance_le"):
        for rang in dus(nom, echeance_le, maintenant):
            publier(ECHEANCE, cle_unique=f"rappel:{cle}:{rang}", charge={"echeance": cle, "rang": rang})
    _balayer_les_prets(maintenant)
    _balayer_les_mesures(timezone.localdate(maintenant))


def _balayer_les_prets(maintenant: datetime) -> None:
    """Complete letters that wait beyond what their urgency allows: their author alone knows of them (C43)."""
    attendent = Brouillon.objects.filter(
        genre=GENRE,
        dossier__nature=Nature.SIGNALEMENT,
        dossier__etat=BROUILLON,
        modifie_le__gt=maintenant - timedelta(days=8),
    ).select_related("dossier__signalement")
    for brouillon in attendent.only(
        "modifie_le", "dossier__urgence", "dossier__variante", "dossier__signalement__etapes"
    ):
        dossier = brouillon.dossier
        if dossier is None:
            continue
        attente = Faits(voie="", urgence=dossier.urgence, attente=maintenant - brouillon.modifie_le)
        if CONTROLES["C43"](attente) and not manquantes(voie_de(dossier.variante), dossier.signalement.etapes):
            publier(PRET, cle_unique=f"pret:{dossier.pk}", charge={"dossier": dossier.pk})


def _balayer_les_mesures(jour: date) -> None:
    dues = Mesure.objects.filter(faite_le=None, echeance__lte=jour, echeance__gt=jour - RATTRAPAGE)
    for cle, echeance in dues.order_by("pk").values_list("pk", "echeance"):
        publier(MESURE, cle_unique=f"mesure:{cle}:{echeance}", charge={"mesure": cle})


def rappeler(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject of a deadline, unless the act was done meanwhile."""
    echeance = Echeance.objects.select_related("dossier").get(pk=charge["echeance"])
    palier = PALIERS[echeance.nom][charge["rang"]]
    if echeance.tenue_le is None and echeance.suspendue_le is None:
        _prevenir(
            echeance.dossier, _qui(echeance.dossier, palier), palier.mot, f"rappel:{echeance.pk}:{charge['rang']}"
        )


def rappeler_le_pret(charge: Mapping[str, Any]) -> None:
    dossier = Dossier.objects.filter(pk=charge["dossier"], transmis_le=None).first()
    if dossier:
        _prevenir(dossier, _auteurs(dossier), "Une saisie complète attend d’être transmise", f"pret:{dossier.pk}")


def rappeler_le_jour(charge: Mapping[str, Any]) -> None:
    """The day that a letter planned has come."""
    dossier = Dossier.objects.filter(pk=charge["dossier"]).first()
    if dossier:
        cle = f"jour:{dossier.pk}:{charge['champ']}:{charge['jour']}"
        _prevenir(dossier, _auteurs(dossier), PREVUS[charge["champ"]], cle)


def rappeler_la_mesure(charge: Mapping[str, Any]) -> None:
    """What the hospital owes after a declaration is due today, told to who wrote it down."""
    mesure = Mesure.objects.select_related("dossier", "ouverte_par").filter(pk=charge["mesure"], faite_le=None).first()
    if mesure:
        mot = f"{mesure.get_genre_display()}, échéance atteinte"
        _prevenir(mesure.dossier, [mesure.ouverte_par], mot, f"mesure:{mesure.pk}:{mesure.echeance}")


def inscrire() -> None:
    """Called once when the applications are ready."""
    traiter_par(ECHEANCE)(rappeler)
    traiter_par(PRET)(rappeler_le_pret)
    traiter_par(JOUR_PREVU)(rappeler_le_jour)
    traiter_par(MESURE)(rappeler_la_mesure)
    a_chaque_tour(balayer)


def _qui(dossier: Dossier, palier: Palier) -> list[User]:
    if palier.vers == AUTEUR:
        return _auteurs(dossier)
    if palier.vers == DIRECTION:
        return [appel.titulaire for appel in appels(dossier.service_emetteur) if appel.titulaire][-1:]
    service = service_destinataire(dossier)
    auteurs = {personne.pk for personne in _auteurs(dossier)}
    tous = [personne for personne in parties(dossier) if personne.pk not in auteurs]
    if palier.vers == DESTINATAIRE or service is None:
        return tous
    return [appel.titulaire for appel in appels(service) if appel.titulaire and appel.rang == palier.rang] or tous


def _auteurs(dossier: Dossier) -> list[User]:
    siennes = ParticipationPersonnelle.objects.vivantes().filter(content_object=dossier, role=Part.Role.AUTEUR)
    return list(User.objects.filter(pk__in=siennes.values("user_id"), is_active=True).order_by("pk"))


def _prevenir(dossier: Dossier, personnes: Iterable[User], mot: str, cle: str) -> None:
    """A neutral sentence and a reference; the address only for who may open the case."""
    for personne in personnes:
        acteur = acteur_de(personne)
        voit = Dossier.objects.visibles_par(acteur).filter(pk=dossier.pk).exists()
        prevenir(
            [personne],
            cle_unique=cle,
            texte=f"{mot}\u00a0: {dossier.reference or 'brouillon'}",
            adresse=type_de(dossier).adresse(dossier, acteur) if voit else "",
            reference=dossier.reference or "",
        )
