"""Letters for the demonstration seed: unsaved, coherent with the state of each envelope, drawn from one generator."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from convention.models import Service
from dossiers.models import Dossier
from presentation.temps import PARIS
from prises_en_charge.etats import SUR_PLACE
from prises_en_charge.faits import figer
from prises_en_charge.models import Extraction

# Weights of the envelope's `variante`.
VARIANTES = {"PROGRAMMEE": 85, "URGENCE": 15}
# Weights of the final states of past trips, close to what the public reports say of cancellations.
ETATS_PASSES = {"CLOTUREE": 68, "ANNULEE_ESCORTE": 17, "ANNULEE_SOIN": 9, "RETOUR_CONFIRME": 4, "REFUS_PATIENT": 2}

_MOTIFS = {
    "CHV-IMA": "IMAGERIE",
    "CHV-CHIR": "BLOC",
    "CHV-URG": "URGENCE",
    "CHV-GYN": "CONSULTATION",
    "CHV-PSY": "PSYCHIATRIE",
}
_ACCUEILS = {"CHV-IMA": 40, "CHV-CHIR": 25, "CHV-PSY": 10, "CHV-GYN": 5}
_CONSIGNES = (
    "À jeun depuis minuit. Allergie à l’iode signalée.",
    "Porteur d’une prothèse de hanche.",
    "Traitement anticoagulant en cours, feuille de surveillance jointe.",
    "Examen de contrôle, comparer avec le précédent.",
    "",
)
_ARRIVES = SUR_PLACE | {"SORTIE", "RETOUR_CONFIRME", "CLOTUREE", "INCIDENT"}


def fabriquer_extractions(dossiers: Sequence[Dossier], alea: Random) -> list[Extraction]:
    """One letter per envelope, its slot around the envelope's own date. At most one patient a secure room."""
    codes = [*_ACCUEILS, "CHV-URG", "MA-GREFFE", "MA-ESCORTE", "EPM-GREFFE", "EPM-ESCORTE"]
    services = {service.code: service for service in Service.objects.filter(code__in=codes).order_by("pk")}
    chambres = ["SECURISEE_1", "SECURISEE_2"]
    return [_lettre(dossier, services, chambres, alea) for dossier in dossiers]


def _lettre(dossier: Dossier, services: dict[str, Service], chambres: list[str], alea: Random) -> Extraction:
    urgente = dossier.variante == "URGENCE"
    accueil = "CHV-URG" if urgente else alea.choices([*_ACCUEILS], weights=[*_ACCUEILS.values()])[0]
    emetteur = dossier.service_emetteur.code if dossier.service_emetteur_id else "USMP-MA"
    maison = emetteur.removeprefix("USMP-") if emetteur.startswith("USMP-") else "MA"
    mineur = maison == "EPM"
    gyneco = accueil == "CHV-GYN"
    debut = _creneau(dossier, alea, urgente)
    extraction = Extraction(
        dossier=dossier,
        motif_acte=_MOTIFS[accueil],
        service_accueil=services[accueil],
        consignes=alea.choice(_CONSIGNES),
        examen_gyneco_ou_accouchement=gyneco,
        etablissement=services[f"{maison}-GREFFE"],
        creneau_debut=debut,
        creneau_fin=debut + timedelta(minutes=alea.choice((60, 90, 120, 180))),
        acces="SAS" if urgente else alea.choice(("AUTORITES", "LATERALE")),
        genre="F" if gyneco or alea.random() < 0.08 else "H",
        age=alea.randint(14, 17) if mineur else alea.randint(18, 71),
        mineur=mineur,
        autorite_parentale=alea.choice(("INFORMEE", "ACCORD", "ISOLE")) if mineur else "",
    )
    if dossier.etat != "DEMANDEE_USMP":
        _ordonner(extraction, services[f"{maison}-ESCORTE"], alea)
    _deplacer(extraction, dossier, chambres, alea)
    return extraction


def _creneau(dossier: Dossier, alea: Random, urgente: bool) -> datetime:
    """Within the fortnight after the demand, in opening hours; an emergency within two hours."""
    if urgente:
        return dossier.cree_le + timedelta(minutes=alea.randint(30, 120))
    jour = (dossier.cree_le + timedelta(days=alea.randint(1, 14))).astimezone(PARIS)
    return jour.replace(hour=alea.randint(8, 16), minute=alea.choice((0, 15, 30, 45)), second=0, microsecond=0)


def _ordonner(extraction: Extraction, escorte: Service, alea: Random) -> None:
    surveillance = (
        "I" if extraction.examen_gyneco_ou_accouchement else alea.choices(("I", "II", "III"), (60, 30, 10))[0]
    )
    extraction.escorte = escorte
    extraction.numero_ecrou_pseudonymise = f"E{alea.randint(10000, 99999)}"
    extraction.statut_penal = alea.choice(Extraction.StatutPenal.values)
    extraction.niveau_escorte = alea.choices(Extraction.NiveauEscorte.values, (20, 35, 25, 12, 5, 3))[0]
    extraction.effectif = alea.choice((2, 3, 3, 4))
    extraction.moyens_contrainte = alea.choice(([], ["MENOTTES"], ["MENOTTES", "ENTRAVES"]))
    extraction.niveau_surveillance = surveillance
    if surveillance != "I":
        extraction.surveillance_motif = "Incident lors d’une extraction précédente."
        extraction.surveillance_reexamen_le = (extraction.creneau_debut + timedelta(days=90)).date()
    extraction.depart_prevu = extraction.creneau_debut - timedelta(minutes=alea.choice((25, 40, 55)))


def _deplacer(extraction: Extraction, dossier: Dossier, chambres: list[str], alea: Random) -> None:
    """The hours of what already happened, in order, then the freeze of a finished letter."""
    etat, debut = dossier.etat, extraction.creneau_debut
    if etat in _ARRIVES:
        extraction.arrivee_le = debut + timedelta(minutes=alea.randint(-5, 25))
        extraction.soins_le = extraction.arrivee_le + timedelta(minutes=15) if etat != "ARRIVEE" else None
        extraction.presence_pendant_examen = "HORS_VUE" if extraction.examen_gyneco_ou_accouchement else "HORS_ECOUTE"
        extraction.contrainte_levee = True
    if etat == "HOSPITALISEE":
        extraction.hospitalisee_le = debut + timedelta(hours=1)
        extraction.chambre = chambres.pop() if chambres else "SERVICE"
    if etat in {"SORTIE", "RETOUR_CONFIRME", "CLOTUREE"}:
        extraction.sortie_le = extraction.creneau_fin + timedelta(minutes=alea.randint(-10, 40))
        extraction.retour, extraction.effets_inventories, extraction.traitements_transmis = "ORIGINE", True, True
    if etat in {"RETOUR_CONFIRME", "CLOTUREE"} and extraction.sortie_le:
        extraction.retour_le = extraction.sortie_le + timedelta(minutes=alea.randint(25, 60))
    if etat == "ANNULEE_ESCORTE":
        motifs = Extraction.AnnulationEscorte.values
        extraction.annulation_escorte_motif = alea.choices(motifs, (60, 12, 8, 10, 10))[0]
    if etat == "ANNULEE_SOIN":
        extraction.annulation_soin_motif = alea.choices(Extraction.AnnulationSoin.values, (40, 20, 10, 15, 15))[0]
    if etat == "INCIDENT":
        extraction.incident = "VIOLENCE"
    if dossier.phase == "clos":
        figer(extraction)
