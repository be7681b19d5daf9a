"""Fictitious requisitions for the demonstration seed: nobody here exists, and no text comes from a real case."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from documents.empreinte import empreinte
from dossiers.models import Dossier, Personne
from requisitions import etats
from requisitions.models import Requisition
from requisitions.types_acte import Famille, codes, type_acte
from requisitions.types_acte.presence import phrase

# Weights of the kinds of act among the cases of the seed.
VARIANTES: dict[str, int] = {
    "PRESENCE": 26,
    "DOSSIER": 24,
    "VIDEO": 18,
    "EX_GAV": 8,
    "EX_VICT": 7,
    "PREL_ALC": 4,
    "RH": 4,
    "SAISIE": 3,
    "AUD_PRO": 2,
    "EFFETS": 2,
    "TUBES": 1,
    "LOGS": 1,
}
CADRES: dict[str, tuple[str, ...]] = {
    "DOUANES-BSI": ("DOUANE_ADM",),
    "TJ-JI": ("CR", "JI_DIRECT"),
    "SPREF-SEC": ("PREFET",),
}
D_ENQUETE = ("FLAG", "FLAG", "FLAG", "PRELIM", "PRELIM", "CR")
PRENOMS = ("Lucie", "Sabri", "Mélina", "Gauthier", "Odile", "Théo", "Assia", "Norbert", "Clémence", "Wassim")
NOMS = (
    "Delcambre",
    "Carlevoix",
    "Hespelin",
    "Mourdois",
    "Taquinet",
    "Brasseclou",
    "Wibergue",
    "Lenfumé",
    "Orchival",
    "Dazinier",
)
QUALIFICATIONS = (
    "Violences volontaires en réunion",
    "Vol avec violences",
    "Blessures involontaires par conducteur",
    "Violences habituelles",
    "Dégradations volontaires",
    "Menaces réitérées",
)
MISSIONS = {
    "DOSSIER": (
        "Compte rendu du passage aux urgences et certificat descriptif.",
        "Compte rendu opératoire et imagerie du séjour.",
    ),
    "PRESENCE": ("Dire si la personne est présente dans l’établissement.", "Confirmer l’admission et sa date."),
    "VIDEO": ("Images de l’altercation devant l’entrée.", "Images du passage du véhicule signalé."),
}
LIEUX = ("Entrée des urgences", "Parking visiteurs", "Hall principal", "Dépose-minute")
MAGISTRATS = ("Mme Verdière, substitut", "M. Lestienne, vice-procureur")
JUGES = ("Mme Cordonnier", "M. Dubar")
QUALITES = {"GEND-COB1": "APJ", "DOUANES-BSI": "AG_DOUANE", "TJ-JI": "JI", "SPREF-SEC": "PREFET"}
SITUATIONS = ("victime", "suspect", "gav", "temoin")
STATUTS = {"EX_GAV": ("gav",), "EX_VICT": ("victime",), "PREL_ALC": ("suspect",)}
SORTIES = frozenset({etats.PRETE, etats.REMISE, etats.CLOTUREE})
FIGEES = SORTIES | {etats.REFUSEE, etats.ABANDONNEE, etats.CONTESTEE}
CONFIEES = SORTIES | {etats.AFFECTEE, etats.EN_EXECUTION}
MEDICALES = codes(Famille.MEDICALE)


def fabriquer_requisitions(
    dossiers: Sequence[Dossier], alea: random.Random
) -> tuple[list[Requisition], list[Personne]]:
    """Letters, one an envelope and in its order, and identities; unsaved. Same seed, same letters."""
    lettres: list[Requisition] = []
    personnes: list[Personne] = []
    for dossier in dossiers:
        if type_acte(dossier.variante).personne:
            personnes.append(_personne(dossier, alea))
        lettres.append(_lettre(dossier, alea))
    return lettres, personnes


def _personne(dossier: Dossier, alea: random.Random) -> Personne:
    return Personne(
        dossier=dossier,
        role=Personne.Role.CONCERNEE,
        nom=alea.choice(NOMS),
        prenoms=alea.choice(PRENOMS),
        age=alea.randint(17, 84),
    ).indexer()


def _lettre(dossier: Dossier, alea: random.Random) -> Requisition:
    recue_le = dossier.transmis_le or dossier.cree_le or timezone.now()
    emetteur = dossier.service_emetteur
    acte = type_acte(dossier.variante)
    lettre = Requisition(
        dossier=dossier,
        type_acte=dossier.variante,
        cadre=alea.choice(CADRES.get(emetteur.code, D_ENQUETE)),
        service_requerant=emetteur,
        autorite_nom=str(dossier.cree_par),
        autorite_qualite=QUALITES.get(emetteur.code, "OPJ"),
        num_procedure=f"{recue_le:%Y}/{alea.randint(1000, 99999):06d}",
        qualification=alea.choice(QUALIFICATIONS),
        date_faits=timezone.localdate(recue_le) - timedelta(days=alea.randint(0, 9)),
        mission=alea.choice(MISSIONS.get(dossier.variante, (f"{acte.libelle}, selon l’acte joint.",))),
        statut_personne=alea.choice(STATUTS.get(dossier.variante, SITUATIONS)) if acte.personne else "",
        delai_motif="Déferrement prévu demain" if dossier.urgence == "JOUR" else "",
    )
    plus = _cadre(lettre.cadre, recue_le, alea) | _periode(dossier.variante, recue_le, alea)
    for nom, valeur in (plus | _mesure(dossier.variante, recue_le)).items():
        setattr(lettre, nom, valeur)
    if lettre.autorite_qualite == "APJ" and lettre.cadre == "FLAG":
        lettre.sous_controle_de = "Lt. Hameau, OPJ"
    _suivre_l_etat(lettre, dossier, recue_le, alea)
    return lettre


def _cadre(cadre: str, recue_le: datetime, alea: random.Random) -> dict[str, Any]:
    """What the frame calls for."""
    if cadre == "PRELIM":
        mode = alea.choice(("ecrite", "orale"))
        return {
            "autorisation_mode": mode,
            "ordre_ecrit": mode == "ecrite",
            "autorisation_magistrat": alea.choice(MAGISTRATS),
            "autorisation_le": recue_le - timedelta(hours=alea.randint(1, 20)),
        }
    if cadre == "CR":
        jour = timezone.localdate(recue_le)
        return {
            "cr_reference": f"JI {alea.randint(1, 9)}/{alea.randint(10, 99)}",
            "cr_date": jour - timedelta(days=40),
            "cr_juge": alea.choice(JUGES),
            "cr_jusqu_au": jour + timedelta(days=60),
        }
    if cadre == "PREFET":
        arrete = {
            "arrete_motif": "Afflux de blessés après un accident",
            "arrete_jusqu_au": recue_le + timedelta(days=2),
        }
        return {"ordre_ecrit": True, **arrete}
    return {"ordre_ecrit": cadre == "DOUANE_ADM"}


def _mesure(variante: str, recue_le: datetime) -> dict[str, Any]:
    if variante != "EX_GAV":
        return {}
    return {"debut_mesure": recue_le - timedelta(hours=1), "heure_demande": recue_le - timedelta(minutes=20)}


def _periode(variante: str, recue_le: datetime, alea: random.Random) -> dict[str, Any]:
    if variante == "VIDEO":
        debut = recue_le - timedelta(hours=alea.randint(6, 200))
        return {"cible": alea.choice(LIEUX), "periode_du": debut, "periode_au": debut + timedelta(hours=2)}
    if type_acte(variante).famille == Famille.AUDITION:
        debut = (timezone.localtime(recue_le) + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
        patient = type_acte(variante).personne
        lieu = {"lieu_souhaite": "hopital" if patient else "service", "entendu_comme": "" if patient else "temoin"}
        return {"creneau_du": debut, "creneau_au": debut + timedelta(hours=4), **lieu}
    if type_acte(variante).periode:
        return {"periode_du": recue_le - timedelta(days=alea.randint(2, 60)), "periode_au": recue_le}
    return {}


def _suivre_l_etat(lettre: Requisition, dossier: Dossier, recue_le: datetime, alea: random.Random) -> None:
    """What the steps already lived have left in the letter; frozen when something left the hospital."""
    if dossier.etat in CONFIEES:
        lettre.consigne = lettre.mission
    if dossier.etat in SORTIES:
        lettre.authentifiee_le, lettre.authentifiee_par = recue_le + timedelta(minutes=35), dossier.cree_par
        lettre.numero_rappel = "03 53 01 40 70"
        if dossier.variante == "PRESENCE":
            lettre.presence_constatee = alea.choice(("present", "absent", "inconnu", "sans_reponse"))
            lettre.presence_constatee_le = lettre.authentifiee_le
            lettre.reponse_presence = lettre.presence_constatee
            lettre.reponse_texte = phrase(lettre.reponse_presence)
    if dossier.etat == etats.REFUSEE:
        lettre.refus_motif, lettre.refus_texte = refus_de(dossier.variante)
    if dossier.etat in FIGEES:
        lettre.fige_le = dossier.clos_le or recue_le + timedelta(hours=3)
        lettre.empreinte = empreinte({"reference": dossier.reference, "mission": lettre.mission})


def refus_de(variante: str) -> tuple[str, str]:
    """The ground and the words of a refusal of this kind of act."""
    motif = "secret" if variante in MEDICALES else "incompetence"
    return motif, "La réponse n’est pas possible dans ce cadre. Les affaires juridiques restent à votre disposition."
