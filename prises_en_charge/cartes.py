"""One card of the board, written from a `Vue`: what a reader may not receive is simply not there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dossiers.models import Dossier
from presentation.temps import NBSP, a_paris, date_fr, duree_fr, heure_fr
from prises_en_charge.controles import DELAI_CHAMBRE
from prises_en_charge.etats import AVANT_DEPART
from prises_en_charge.models import Extraction
from prises_en_charge.regards import Vue, libelle
from prises_en_charge.table import WORKFLOW


@dataclass(frozen=True, slots=True)
class Insigne:
    libelle: str
    ton: str
    icone: str


@dataclass(frozen=True, slots=True)
class Ligne:
    icone: str
    texte: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Carte:
    cle: object
    reference: str
    personne: str
    insigne: Insigne
    lignes: list[Ligne]
    lieu: str
    creneau: datetime
    urgente: bool

    @property
    def ton(self) -> str:
        return self.insigne.ton


def carte(dossier: Dossier, vue: Vue, maintenant: datetime) -> Carte:
    """`dossier` gives the envelope, which every party reads; everything else comes from `vue`."""
    return Carte(
        cle=dossier.cle,
        reference=dossier.reference or "",
        personne=vue["personne"] or "",
        insigne=_insigne(dossier, vue, maintenant),
        lignes=[ligne for ligne in _lignes(dossier, vue, maintenant) if ligne.texte],
        lieu=_lieu(dossier, vue),
        creneau=vue["creneau_debut"],
        urgente=dossier.urgence == "IMMEDIATE" and dossier.etat in AVANT_DEPART,
    )


def _insigne(dossier: Dossier, vue: Vue, maintenant: datetime) -> Insigne:
    etat = WORKFLOW.etats[dossier.etat]
    if dossier.urgence == "IMMEDIATE" and dossier.etat in AVANT_DEPART:
        return Insigne("Urgence, sans délai", "danger", "alert")
    if dossier.etat == "ORDRE_EMIS" and vue["creneau_debut"] - maintenant < timedelta(hours=2):
        return Insigne(f"Escorte non confirmée à 2{NBSP}h du départ", "danger", "alert")
    if dossier.etat == "HOSPITALISEE" and vue["hospitalisee_le"]:
        reste = vue["hospitalisee_le"] + DELAI_CHAMBRE - maintenant
        if reste <= timedelta(0):
            return Insigne(f"48{NBSP}h dépassées de {duree_fr(reste)}", "danger", "cross")
        ton = "warn" if reste < DELAI_CHAMBRE / 2 else "info"
        return Insigne(f"reste {duree_fr(reste)} avant 48{NBSP}h", ton, "clock")
    if dossier.etat == "PROGRAMMEE" and vue["mineur"]:
        return Insigne("Mineur, confirmée", "justice", "child")
    return Insigne(etat.libelle, etat.ton, etat.icone)


def _lieu(dossier: Dossier, vue: Vue) -> str:
    if dossier.etat == "HOSPITALISEE":
        return libelle(vue, "chambre") or vue["lieu_de_garde"] or ""
    return libelle(vue, "motif_acte") or "À l’hôpital"


def _lignes(dossier: Dossier, vue: Vue, maintenant: datetime) -> list[Ligne]:
    if dossier.etat in AVANT_DEPART:
        return _avant(dossier, vue, maintenant)
    if dossier.etat in {"ARRIVEE", "EN_SOINS", "HOSPITALISEE", "INCIDENT"}:
        return _sur_place(dossier, vue, maintenant)
    return _apres(dossier, vue, maintenant)


def _avant(dossier: Dossier, vue: Vue, maintenant: datetime) -> list[Ligne]:
    etablissement = vue["etablissement"]
    contact = next((un for un in etablissement.contacts.all() if un.telephone), None)
    ordre = "Ordre écrit reçu" if vue["ordre_recu"] else "Ordre écrit attendu"
    escorte = "escorte confirmée" if dossier.etat == "PROGRAMMEE" else "escorte à confirmer"
    agents = f", {vue['effectif']} agents" if vue["effectif"] else ""
    lignes = [
        Ligne("building", etablissement.institution.nom_court),
        Ligne("clock", _horaire(vue, maintenant)),
        Ligne("van", f"{ordre}, {escorte}{agents}" if dossier.etat != "DEMANDEE_USMP" else ordre),
        Ligne("heart", libelle(vue, "motif_acte")),
        Ligne("right", libelle(vue, "acces")),
        Ligne("users", libelle(vue, "autorite_parentale") if vue["mineur"] else ""),
        Ligne("eye-off", _presence(vue)),
    ]
    if contact and dossier.etat == "DEMANDEE_USMP" and vue["depart_prevu"] is None:
        lignes.append(Ligne("phone", "Greffe : ", contact.telephone))
    return lignes


def _sur_place(dossier: Dossier, vue: Vue, maintenant: datetime) -> list[Ligne]:
    sejour = ""
    if dossier.etat == "HOSPITALISEE":
        sejour = f"Transfert UHSI à demander avant 48{NBSP}h"
    return [
        Ligne("bed", _lieu(dossier, vue)),
        Ligne("clock", f"Sur place depuis {duree_fr(maintenant - vue['arrivee_le'])}" if vue["arrivee_le"] else ""),
        Ligne("clock", sejour),
        Ligne("van", "" if vue["ordre_recu"] else f"Ordre écrit à joindre sous 2{NBSP}h"),
        Ligne("shield", "Contrainte levée pendant les soins" if vue["contrainte_levee"] else ""),
        Ligne("eye-off", _presence(vue)),
        Ligne("flag", libelle(vue, "incident")),
    ]


def _apres(dossier: Dossier, vue: Vue, maintenant: datetime) -> list[Ligne]:
    annulee = ""
    if dossier.etat.startswith("ANNULEE"):
        motif = (
            libelle(vue, "annulation_escorte_motif") or libelle(vue, "annulation_soin_motif").lower() or "par l’hôpital"
        )
        annulee = f"Annulée {_quand(dossier.clos_le, maintenant)}, {motif}"
    remis = getattr(dossier, "compte_rendu", False)
    rendu = "Compte rendu remis à l’unité sanitaire" if remis else "Compte rendu attendu"
    return [
        Ligne("cross", annulee),
        Ligne("right", f"Sortie {_quand(vue['sortie_le'], maintenant)}" if vue["sortie_le"] else ""),
        Ligne("check", f"Retour confirmé {_quand(vue['retour_le'], maintenant)}" if vue["retour_le"] else ""),
        Ligne("file", rendu if vue["sortie_le"] else ""),
        Ligne(
            "calendar",
            f"Nouveau créneau{NBSP}: {_quand(vue['nouveau_creneau'], maintenant)}" if vue["nouveau_creneau"] else "",
        ),
    ]


def _horaire(vue: Vue, maintenant: datetime) -> str:
    arrivee = vue["creneau_debut"]
    depart = f"départ {heure_fr(vue['depart_prevu'])}, " if vue["depart_prevu"] else ""
    phrase = f"{depart}arrivée {heure_fr(arrivee)}"
    if a_paris(arrivee).date() == a_paris(maintenant).date():
        return phrase[0].upper() + phrase[1:]
    return f"{date_fr(arrivee, avec_annee=False).capitalize()}, {phrase}"


def _quand(instant: datetime | None, maintenant: datetime) -> str:
    if instant is None:
        return ""
    if a_paris(instant).date() == a_paris(maintenant).date():
        return f"à {heure_fr(instant)}"
    return f"le {date_fr(instant, avec_annee=False)}, {heure_fr(instant)}"


def _presence(vue: Vue) -> str:
    if vue["sans_contrainte_ni_presence"]:
        return "Examen sans contrainte, hors présence"
    if vue["presence_pendant_examen"] == Extraction.Presence.HORS_ECOUTE:
        return "Examen hors d’écoute"
    return {"II": "Surveillance de niveau II", "III": "Surveillance de niveau III"}.get(
        vue["niveau_surveillance"] or "", ""
    )
