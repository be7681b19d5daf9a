"""The acts offered on a case: their address, their words, their form and the verb each one calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from convention.acteur import Acteur
from dossiers.models import Dossier
from prises_en_charge import forms, policies, workflow
from prises_en_charge.regards import Public, place_de
from prises_en_charge.table import WORKFLOW
from transitions.verdict import Verdict

# The next step of an ordinary trip: shown to every party, so that each knows who is awaited.
ETAPES = {
    "DEMANDEE_USMP": "emettre_ordre",
    "ORDRE_EMIS": "confirmer_escorte",
    "PROGRAMMEE": "signaler_arrivee",
    "ARRIVEE": "commencer_soins",
    "EN_SOINS": "sortir",
    "HOSPITALISEE": "sortir",
    "SORTIE": "confirmer_retour",
    "REFUS_PATIENT": "confirmer_retour",
    "INCIDENT": "confirmer_retour",
    "RETOUR_CONFIRME": "clore",
}


@dataclass(frozen=True, slots=True)
class Geste:
    """`verdict` None means the transition of the same name; `champ_fichier` is the form's file, given apart."""

    nom: str
    libelle: str
    icone: str
    verbe: Callable[..., Dossier]
    succes: str
    formulaire: type[forms.GesteForm] | None = None
    verdict: Callable[[Dossier, Acteur], Verdict] | None = None
    champ_fichier: str = ""
    ton: str = ""
    hors_lettre: tuple[str, ...] = ()

    @property
    def chemin(self) -> str:
        return self.nom.replace("_", "-")

    def permis(self, dossier: Dossier, acteur: Acteur) -> Verdict:
        return self.verdict(dossier, acteur) if self.verdict else WORKFLOW.verdict(self.nom, dossier, acteur)

    def faire(self, dossier: Dossier, acteur: Acteur, donnees: dict[str, Any], version: str | None) -> Dossier:
        """Call the verb with what the form gathered."""
        autres: dict[str, Any] = {}
        champs = {nom: valeur for nom, valeur in donnees.items() if nom not in self.hors_lettre}
        if self.champ_fichier:
            autres["fichier"] = champs.pop(self.champ_fichier, None)
        if champs:
            autres["champs"] = champs
        return self.verbe(dossier=dossier, acteur=acteur, version=version, **autres)


GESTES: dict[str, Geste] = {
    geste.nom: geste
    for geste in (
        Geste(
            "emettre_ordre", "Émettre l’ordre", "file", workflow.emettre_ordre,
            "Ordre émis. L’escorte est prévenue et doit confirmer.", forms.OrdreForm, champ_fichier="ordre",
        ),
        Geste(
            "confirmer_escorte", "Confirmer l’escorte", "van", workflow.confirmer_escorte,
            "Escorte confirmée. La fiche de suivi est prête.", forms.EscorteForm,
        ),
        Geste(
            "regulariser_ordre", "Joindre l’ordre écrit", "clip", workflow.regulariser_ordre,
            "Ordre écrit joint.", forms.FichierForm, policies.peut_regulariser_ordre, champ_fichier="fichier",
        ),
        Geste(
            "signaler_arrivee", "Signaler l’arrivée", "building", workflow.signaler_arrivee,
            "Arrivée notée. L’établissement et l’unité sanitaire sont prévenus.",
        ),
        Geste("commencer_soins", "Commencer les soins", "heart", workflow.commencer_soins, "Soins commencés."),
        Geste(
            "decider_presence", "Décider de la présence", "eye-off", workflow.decider_presence,
            "Décision enregistrée, lue sans son motif.", forms.PresenceForm, policies.peut_decider_presence,
        ),
        Geste(
            "hospitaliser", "Hospitaliser", "bed", workflow.hospitaliser,
            "Hospitalisation notée. Le délai de 48\u00a0heures court.", forms.HospitalisationForm,
        ),
        Geste(
            "transmettre_compte_rendu", "Transmettre le compte rendu", "send", workflow.transmettre_compte_rendu,
            "Compte rendu remis à l’unité sanitaire.", forms.CompteRenduForm, policies.peut_transmettre_compte_rendu,
            champ_fichier="fichier",
        ),
        Geste(
            "sortir", "Noter la sortie", "right", workflow.sortir,
            "Sortie notée. Le bon de retour est prêt.", forms.SortieForm,
        ),
        Geste("confirmer_retour", "Confirmer le retour", "check", workflow.confirmer_retour, "Retour confirmé."),
        Geste("clore", "Terminer le dossier", "archive", workflow.clore, "Dossier terminé. Son contenu est figé."),
        Geste(
            "refuser_soins", "Noter un refus de la personne", "hand", workflow.refuser_soins,
            "Refus noté. L’établissement est prévenu, sans motif médical.", forms.RefusForm, ton="danger",
            hors_lettre=("informee",),
        ),
        Geste(
            "annuler_escorte", "Annuler, escorte impossible", "cross", workflow.annuler_escorte,
            "Extraction annulée. Le motif compte dans le bilan.", forms.AnnulationEscorteForm, ton="danger",
        ),
        Geste(
            "annuler_soin", "Annuler, raison de soin", "cross", workflow.annuler_soin,
            "Extraction annulée. L’établissement est prévenu.", forms.AnnulationSoinForm, ton="danger",
        ),
        Geste(
            "signaler_incident", "Signaler un incident", "flag", workflow.signaler_incident,
            "Incident noté. Prévenez la direction de garde et le parquet.", forms.IncidentForm, ton="danger",
        ),
    )
}  # fmt: skip


def offerts(dossier: Dossier, acteur: Acteur) -> list[tuple[Geste, Verdict]]:
    """What this reader may do now, then the next steps that are somebody else's, with the reason."""
    etape = ETAPES.get(dossier.etat)
    possibles = {transition.nom: verdict for transition, verdict in WORKFLOW.disponibles(dossier, acteur)}
    lignes = []
    for nom, geste in GESTES.items():
        verdict = possibles.get(nom) if geste.verdict is None else geste.verdict(dossier, acteur)
        if verdict is None:
            continue
        explique = nom == etape or (nom == "decider_presence" and place_de(dossier.extraction, acteur, Public.SERVICE))
        if verdict or explique:
            lignes.append((geste, verdict))
    return sorted(lignes, key=lambda ligne: (not ligne[1], ligne[0].ton == "danger", ligne[0].nom != etape))
