"""Who may do what now, and the French reason when not."""

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from prises_en_charge.etats import FINIES
from prises_en_charge.regards import Public, place_de
from transitions.verdict import OUI, Verdict, non, tous

PRESCRIPTEURS = frozenset({"MEDECIN", "SAGE_FEMME"})


def _reserve(dossier: Dossier, acteur: Acteur, raison: str, *publics: Public) -> Verdict:
    return OUI if place_de(dossier.extraction, acteur, *publics) else non(raison)


def peut_demander(acteur: Acteur) -> Verdict:
    return OUI if acteur.a(Role.USMP) else non("Seule l’unité sanitaire demande une extraction.")


def peut_emettre_ordre(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _reserve(dossier, acteur, "L’ordre est émis par le greffe de l’établissement.", Public.GREFFE)


def peut_regulariser_ordre(dossier: Dossier, acteur: Acteur) -> Verdict:
    if dossier.extraction.ordre_ecrit_id or dossier.etat in FINIES or dossier.etat == "DEMANDEE_USMP":
        return non("Aucun ordre écrit n’est à joindre.")
    return peut_emettre_ordre(dossier, acteur)


def peut_confirmer_escorte(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _reserve(dossier, acteur, "L’escorte est confirmée par l’établissement.", Public.GREFFE, Public.ESCORTE)


def peut_signaler_arrivee(dossier: Dossier, acteur: Acteur) -> Verdict:
    prevue = (
        OUI if dossier.etat == "PROGRAMMEE" or dossier.urgence == "IMMEDIATE" else non("L’escorte n’est pas confirmée.")
    )
    recoit = _reserve(
        dossier,
        acteur,
        "L’arrivée est signalée par le service ou par l’escorte.",
        Public.SERVICE,
        Public.CADRE,
        Public.ESCORTE,
    )
    return tous(recoit, prevue)


def peut_soigner(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _reserve(dossier, acteur, "Ce geste revient au service qui reçoit la personne.", Public.SERVICE)


def peut_decider_presence(dossier: Dossier, acteur: Acteur) -> Verdict:
    if dossier.etat in FINIES | {"SORTIE", "RETOUR_CONFIRME"}:
        return non("L’examen est terminé.")
    place = place_de(dossier.extraction, acteur, Public.SERVICE)
    if place is None:
        return peut_soigner(dossier, acteur)
    return OUI if place.profession in PRESCRIPTEURS else non("Le médecin ou la sage-femme décide de la présence.")


def peut_confirmer_retour(dossier: Dossier, acteur: Acteur) -> Verdict:
    extraction = dossier.extraction
    if extraction.arrivee_le is None:
        return non("La personne n’a pas quitté l’établissement.")
    return _reserve(dossier, acteur, "Le retour est confirmé par l’établissement.", Public.GREFFE, Public.ESCORTE)


def peut_clore(dossier: Dossier, acteur: Acteur) -> Verdict:
    dehors = dossier.extraction.arrivee_le and not dossier.extraction.retour_le and not dossier.extraction.incident
    if dehors:
        return non("Le retour n’est pas encore confirmé.")
    return _reserve(dossier, acteur, "L’unité sanitaire termine le dossier.", Public.USMP)


def peut_annuler_escorte(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _reserve(dossier, acteur, "L’établissement seul annule faute d’escorte.", Public.GREFFE, Public.ESCORTE)


def peut_annuler_soin(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _reserve(dossier, acteur, "L’hôpital seul annule pour une raison de soin.", Public.USMP, Public.SERVICE)


def peut_noter_refus(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The refusal is heard where the person is: by the prison unit before departure, by the ward afterwards."""
    if dossier.extraction.arrivee_le is None:
        return _reserve(dossier, acteur, "Avant le départ, l’unité sanitaire note le refus.", Public.USMP)
    return _reserve(dossier, acteur, "À l’hôpital, le service note le refus.", Public.SERVICE)


def peut_signaler_incident(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _reserve(
        dossier, acteur, "L’incident est signalé par le service ou par l’établissement.",
        Public.SERVICE, Public.CADRE, Public.GREFFE, Public.ESCORTE,
    )  # fmt: skip


def peut_transmettre_compte_rendu(dossier: Dossier, acteur: Acteur) -> Verdict:
    if dossier.extraction.arrivee_le is None:
        return non("La personne n’est pas encore venue.")
    return _reserve(dossier, acteur, "Le service qui a soigné transmet le compte rendu.", Public.SERVICE)


def peut_lire_ecrou(dossier: Dossier, acteur: Acteur) -> Verdict:
    return _reserve(dossier, acteur, "Le numéro d’écrou reste au greffe.", Public.GREFFE)
