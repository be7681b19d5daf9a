"""What the data protection officer reads: dates, references and counts, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.roles import Role
from convention import quatre_yeux
from convention.acteur import Acteur
from convention.models import DemandeDouble
from dossiers.conservation.gels import gels_en_cours
from dossiers.conservation.verbes import Acte, nom_d_acte, suivis_de
from dossiers.models import Conservation, DecisionConservation, MiseEnAttente
from transitions.workflow import Etat

HORIZON = timedelta(days=90)
LIMITE = 50
ETATS = {
    "detruit": Etat("detruit", "Détruit", "mute", "cross", ""),
    "gele": Etat("gele", "En attente légale", "danger", "lock", ""),
    "propose": Etat("propose", "À décider", "warn", "alert", ""),
    "averti": Etat("averti", "Parties averties", "warn", "clock", ""),
    "archive": Etat("archive", "Archive restreinte", "mute", "archive", ""),
    "actif": Etat("actif", "Actif", "info", "folder", ""),
}


@dataclass(frozen=True, slots=True)
class Ligne:
    """One case of the register, in words."""

    suivi: Conservation
    etat: Etat
    nature: str
    regle: str


def etat_de(suivi: Conservation, *, gele: bool) -> Etat:
    if suivi.detruit_le:
        return ETATS["detruit"]
    if gele:
        return ETATS["gele"]
    rangs = (("propose", suivi.propose), ("averti", suivi.averti), ("archive", suivi.archive_depuis))
    return ETATS[next((nom for nom, valeur in rangs if valeur), "actif")]


def tableau(acteur: Acteur) -> dict[str, Any]:
    """Everything the page shows, for the houses of this officer."""
    registre, jour = suivis_de(acteur, Role.DPO), timezone.localdate()
    vivants = registre.filter(detruit_le=None).select_related("regle")
    gels = {gel.dossier_id: gel for gel in _gels(registre)}
    return {
        "comptes": _comptes(registre, jour),
        "proposes": _lignes(vivants.exclude(propose=None).order_by("propose", "pk"), gels),
        "bientot": _lignes(vivants.filter(propose=None, echeance__lte=jour + HORIZON).order_by("echeance", "pk"), gels),
        "gels": list(gels.values()),
        "demandes": demandes(acteur),
        "detruits": _lignes(registre.exclude(detruit_le=None).select_related("regle").order_by("-detruit_le"), {}),
        "horizon": jour + HORIZON,
    }


def _lignes(lignes: QuerySet[Conservation], gels: dict[int, MiseEnAttente]) -> list[Ligne]:
    return [
        Ligne(
            suivi=suivi,
            etat=etat_de(suivi, gele=suivi.dossier_id in gels),
            nature=suivi.get_nature_display(),
            regle=suivi.regle.libelle if suivi.regle else "",
        )
        for suivi in lignes[:LIMITE]
    ]


def _gels(registre: QuerySet[Conservation]) -> list[MiseEnAttente]:
    """Holds in force; the register, not the case, gives the reference."""
    suivis = {suivi.dossier_id: suivi for suivi in registre.filter(dossier__in=gels_en_cours().values("dossier"))}
    lignes = list(gels_en_cours().filter(dossier_id__in=suivis).order_by("revoir_avant", "pk")[:LIMITE])
    for gel in lignes:
        gel.suivi = suivis[gel.dossier_id]  # type: ignore[attr-defined]
    return lignes


def _comptes(registre: QuerySet[Conservation], jour: date) -> list[dict[str, Any]]:
    nombres = registre.aggregate(
        actifs=Count("pk", filter=Q(archive_depuis=None, detruit_le=None)),
        archives=Count("pk", filter=Q(archive_depuis__isnull=False, detruit_le=None)),
        proposes=Count("pk", filter=Q(propose__isnull=False, detruit_le=None)),
        detruits=Count("pk", filter=Q(detruit_le__year=jour.year)),
    )
    libelles = {
        "actifs": "dossiers actifs",
        "archives": "en archive restreinte",
        "proposes": "destructions à décider",
        "detruits": f"détruits en {jour.year}",
    }
    return [{"libelle": libelle, "valeur": nombres[nom]} for nom, libelle in libelles.items()]


def demandes(acteur: Acteur, suivi: Conservation | None = None) -> list[dict[str, Any]]:
    """Decisions of retention that wait for their second person, in the reader's houses."""
    actes = {nom_d_acte(acte): acte.label for acte in Acte}
    lignes = quatre_yeux.en_attente().filter(acte__in=actes, institution_id__in=acteur.institutions)
    attendues: list[DemandeDouble] = list(lignes.select_related("demandee_par").order_by("demandee_le", "pk")[:LIMITE])
    decisions = {
        decision.cle: decision
        for decision in DecisionConservation.objects.filter(
            cle__in=[demande.objet for demande in attendues]
        ).select_related("suivi", "regle")
    }
    return [
        {"demande": demande, "libelle": actes[demande.acte], "decision": decisions[demande.objet]}
        for demande in attendues
        if demande.objet in decisions and (suivi is None or decisions[demande.objet].suivi_id == suivi.pk)
    ]
