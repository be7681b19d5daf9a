"""The journal in words: keys become people and references for the DPO who may read them."""

import json
from collections.abc import Iterable
from typing import Any

from accounts.models import User
from dossiers.models import Dossier
from journal.models import Entree
from notifications.portee import portee_systeme

RAISON = "Le délégué à la protection des données lit des références, jamais un dossier."
MOTS = {
    "lire": ("Page ouverte", "mute", "eye"),
    "agir": ("Formulaire envoyé", "info", "check"),
    "se_connecter": ("Connexion", "info", "key"),
    "telecharger": ("Fichier téléchargé", "warn", "download"),
    "ouvrir_pli": ("Pli scellé ouvert", "warn", "lock"),
    "telecharger_pli": ("Pli scellé téléchargé", "warn", "download"),
    "ouvrir_lettre": ("Contenu ouvert", "warn", "eye"),
    "ouvrir_homonyme": ("Ouverture malgré un nom identique", "warn", "eye"),
    "afficher_identite": ("Identité affichée", "warn", "eye"),
    "afficher_ecrou": ("Numéro d’écrou affiché", "warn", "eye"),
    "rattacher": ("Rattachement créé", "info", "user"),
    "terminer_rattachement": ("Rattachement terminé", "info", "user"),
    "controler": ("Contrôles passés", "info", "check"),
    "enregistrer_etape": ("Étape enregistrée", "info", "check"),
    "commencer": ("Brouillon commencé", "info", "pencil"),
    "transmettre": ("Dossier transmis", "ok", "send"),
    "deposer": ("Demande déposée", "ok", "inbox"),
    "accuser_lecture": ("Lecture d’une fiche attestée", "info", "eye"),
    "verifier_lecture": ("Lecture d’une fiche vérifiée", "info", "check"),
    "deposer_retour": ("Retour déposé sur une étape", "info", "chat"),
    "etudier": ("Retour mis à l’étude", "info", "eye"),
    "repondre": ("Réponse donnée à un retour", "ok", "chat"),
    "conclure": ("Retour conclu", "info", "check"),
    "clore": ("Dossier clos", "info", "check"),
    "exporter": ("Document exporté", "info", "download"),
    "exporter_frais": ("Mémoires de frais exportés", "info", "download"),
    "exporter_onvs": ("Ligne de l’observatoire emportée", "info", "download"),
    "imprimer": ("Feuille à signer imprimée", "info", "print"),
    "exporter_journal": ("Journal exporté", "warn", "download"),
    "purger_journal": ("Années effacées au terme légal", "info", "history"),
    "examiner_acces": ("Accès exceptionnel examiné", "info", "check"),
    "signer": ("Convention signée", "ok", "check"),
    "ouvrir_signature": ("Texte ouvert à la signature", "info", "pencil"),
    "prendre_effet": ("Texte entré en vigueur", "ok", "check"),
    "changer_titulaire": ("Titulaire changé", "warn", "user"),
    "deleguer_signature": ("Signature déléguée", "warn", "user"),
    "denoncer": ("Convention dénoncée", "warn", "exit"),
    "planifier_action": ("Action planifiée", "info", "calendar"),
    "engager_action": ("Action engagée", "info", "check"),
    "realiser_action": ("Action déclarée réalisée", "ok", "check"),
    "suspendre_action": ("Action suspendue", "warn", "pause"),
    "abandonner_action": ("Action abandonnée", "warn", "cross"),
    "rouvrir_action": ("Action rouverte", "info", "history"),
    "ajouter_indicateur": ("Indicateur ajouté", "info", "chart"),
    "relever_indicateur": ("Valeur d’un indicateur saisie", "info", "chart"),
    "inscrire_stand": ("Stand inscrit", "info", "plus"),
    "retirer_stand": ("Stand retiré", "warn", "cross"),
    "effacer_au_terme": ("Données effacées au terme de leur durée", "info", "history"),
    "planifier_reunion": ("Réunion du comité planifiée", "info", "calendar"),
    "annuler_reunion": ("Réunion du comité annulée", "warn", "cross"),
    "tenir_reunion": ("Compte rendu du comité écrit", "info", "pencil"),
    "corriger_compte_rendu": ("Compte rendu du comité corrigé", "info", "pencil"),
    "approuver_compte_rendu": ("Compte rendu du comité approuvé", "ok", "check"),
    "decider": ("Décision du comité écrite", "info", "plus"),
    "retirer_decision": ("Décision du comité retirée", "warn", "cross"),
    "clore_decision": ("Décision du comité close", "ok", "check"),
    "bris_de_glace": ("Accès exceptionnel", "danger", "alert"),
}
EXCEPTIONNELS = ("bris_de_glace",)
IDENTITES = ("afficher_identite", "afficher_ecrou")
REFUS = {"refuse": "Accès refusé", "introuvable": "Page introuvable"}
RESULTATS = {"fait": "Fait", **REFUS}
CANAUX = {
    "page": "page",
    "fichier": "fichier",
    "donnees": "données",
    "formulaire": "formulaire",
    "recherche": "recherche",
    "tache": "tâche de fond",
    "web": "dans la page",
}
MOTIFS = {
    "soin": "soin et protection de la personne",
    "procedure": "procédure judiciaire",
    "controle": "contrôle des accès",
    "administration": "gestion de la convention",
    "protection": "protection des personnes",
    "instruction": "instruction du dossier",
}
OBJETS = {
    "accounts": "Compte",
    "accueil": "Accueil",
    "bilans": "Bilan",
    "convention": "Convention",
    "documents": "Documents",
    "dossiers": "Dossier",
    "fiches": "Fiche",
    "prises_en_charge": "Personnes détenues",
    "requisitions": "Réquisition",
    "signalements": "Signalement",
    "signalement": "Signalement",
    "declarations": "Déclaration",
    "declaration": "Déclaration",
    "requisition": "Réquisition",
    "extraction": "Extraction",
    "piece": "Pièce",
    "fiche": "Fiche",
    "retour": "Retour d’expérience",
    "action": "Action d’un programme",
    "stand": "Stand d’un événement",
    "journal": "Journal",
    "bilan": "Bilan",
    "memoire": "Mémoire de frais",
    "compte": "Compte",
}


def cles_du_dossier(reference: str) -> list[Any]:
    """The key of a case and of what hangs on it, by its reference; empty when there is none."""
    with portee_systeme(RAISON):
        dossiers = Dossier.objects.filter(reference__iexact=reference)
        return [
            cle
            for champ in ("cle", "personnes__cle", "pieces__cle")
            for cle in dossiers.values_list(champ, flat=True).distinct()
            if cle
        ]


def lignes(entrees: Iterable[Entree]) -> list[dict[str, Any]]:
    """One dictionary a row; two more queries for the whole page."""
    page = list(entrees)
    personnes = {p.cle: p.nom_complet for p in User.objects.filter(cle__in={e.acteur for e in page if e.acteur})}
    with portee_systeme(RAISON):
        dossiers = Dossier.objects.filter(cle__in={e.cle for e in page if e.cle})
        references = dict(dossiers.values_list("cle", "reference"))
    return [_ligne(entree, personnes, references) for entree in page]


def _ligne(entree: Entree, personnes: dict[Any, str], references: dict[Any, str | None]) -> dict[str, Any]:
    corps = json.loads(entree.contenu)
    return {
        "entree": entree,
        "qui": personnes.get(entree.acteur, "Compte inconnu") if entree.acteur else _sans_acteur(entree),
        "service": corps.get("service", ""),
        "etat": mots(entree.action, entree.resultat),
        "reference": (references.get(entree.cle) if entree.cle else None) or "",
        "detail": _objet(entree.objet) + _copie(corps.get("details", {})),
        "motif": _motif(corps.get("motif", "")),
        "poste": corps.get("origine", ""),
        "canal": CANAUX.get(corps.get("canal", ""), ""),
        "vif": entree.resultat in REFUS or entree.action in EXCEPTIONNELS,
    }


def _sans_acteur(entree: Entree) -> str:
    return "Visiteur sans compte" if entree.action == "se_connecter" else "Trait d’union"


def _objet(objet: str) -> str:
    """« signalements:parquet » reads « Signalement, parquet »."""
    espace, _, vue = objet.partition(":")
    nom = OBJETS.get(espace, espace.replace("_", " ").capitalize())
    return f"{nom}, {vue.replace('_', ' ')}" if vue else nom


def _copie(details: dict[str, Any]) -> str:
    """Which copy left, when it was a file."""
    return f"\u00a0: {details['remise']}, exemplaire n°\u00a0{details['exemplaire']}" if "remise" in details else ""


def _motif(code: str) -> str:
    return MOTIFS.get(code, code.replace("_", " ").lower())


def mots(action: str, resultat: str = "fait") -> dict[str, str]:
    """The badge of an act."""
    if action == "se_connecter" and resultat == "refuse":
        return {"libelle": "Connexion refusée", "ton": "danger", "icone": "hand"}
    if resultat in REFUS:
        return {"libelle": REFUS[resultat], "ton": "danger", "icone": "hand"}
    libelle, ton, icone = MOTS.get(action, (action.replace("_", " ").capitalize(), "info", "check"))
    return {"libelle": libelle, "ton": ton, "icone": icone}
