"""Worklists: the same rows for every role, read from the participations and never from the letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace as Objet
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur
from convention.annuaire import services_sans_numero_sur
from convention.requete import Requete
from dossiers.boite import SANS_FILTRE, Ligne, Page, Suivi, boite, compter
from dossiers.brouillons import miens
from dossiers.models import Echeance
from dossiers.models.participation import Part
from requisitions.circuit import ACCUEIL
from requisitions.etats import pour
from requisitions.lettres.modeles import peut_ecrire_lettres
from requisitions.models import Incident, RefusPropose
from requisitions.numeros import a_verifier
from requisitions.policies import (
    peut_deposer,
    peut_ouvrir_perquisition,
    peut_passer_la_releve,
    peut_recevoir,
    peut_simuler,
)
from requisitions.refus import OUVERTE as SANS_VISA
from requisitions.registre import manquees
from requisitions.types_acte import type_acte
from requisitions.workflow.enregistrement import GENRE
from requisitions.workflow.restitution import ECHEANCE as RESTITUTION
from requisitions.workflow.suivi import deposants

NATURES = ("REQUISITION",)


@dataclass(frozen=True, slots=True)
class Vue:
    """One tab: `suivi` is who follows the case in one's service, `filtre` narrows by the envelope."""

    libelle: str
    phases: tuple[str, ...]
    suivi: str = ""
    filtre: Callable[[Acteur], Q] | None = None
    recents: bool = False
    comptee: bool = True

    def criteres(self, acteur: Acteur) -> dict[str, Any]:
        return {
            "phases": self.phases,
            "natures": NATURES,
            "suivi": self.suivi,
            "filtre": self.filtre(acteur) if self.filtre else SANS_FILTRE,
        }


def _de_moi(acteur: Acteur) -> Q:
    """Taken over by me, or deposited by me and taken over by nobody."""
    moi = acteur.utilisateur_id
    return Q(suivi_par_id=moi) | Q(suivi_par=None, content_object__cree_par_id=moi)


def _a_joindre_avec_prudence(acteur: Acteur) -> Q:
    """The requesting unit has no number that somebody verified lately."""
    return Q(content_object__service_emetteur__in=services_sans_numero_sur())


def _refus_a_viser(acteur: Acteur) -> Q:
    """Proposed by somebody else, and waiting for a visa."""
    attendus = RefusPropose.objects.filter(SANS_VISA).exclude(propose_par_id=acteur.utilisateur_id)
    return Q(content_object__in=attendus.values("dossier"))


def _au_registre(acteur: Acteur) -> Q:
    """What was due did not come in time: the register of incidents (R-46)."""
    return Q(content_object__in=Incident.objects.values("dossier"))


def _a_restituer(acteur: Acteur) -> Q:
    """What was taken and has not come back: asked or not, the case closed or not."""
    attendus = Echeance.objects.filter(nom=RESTITUTION, tenue_le=None)
    return Q(content_object__in=attendus.values("dossier"))


OUVERTES = ("en_cours", "en_attente")
A_TRAITER, ATTENTE = Vue("À traiter", ("en_cours",)), Vue("En attente", ("en_attente",))
CLOSES = Vue("Closes", ("clos",), recents=True, comptee=False)
REGISTRE = Vue("Registre des incidents", (*OUVERTES, "clos"), filtre=_au_registre, recents=True, comptee=False)
VUES = {"": A_TRAITER, "attente": ATTENTE, "closes": CLOSES}
DES_JURISTES = {
    "": A_TRAITER,
    "sans_agent": Vue("Sans agent", OUVERTES, suivi=Suivi.PERSONNE),
    "miens": Vue("Suivies par moi", OUVERTES, suivi=Suivi.MOI, comptee=False),
    "collegues": Vue("Par un collègue", OUVERTES, suivi=Suivi.COLLEGUE, comptee=False),
    "attente": ATTENTE,
    "adresses": Vue("Numéro à vérifier", OUVERTES, filtre=_a_joindre_avec_prudence, comptee=False),
    "restituer": Vue("À restituer", (*OUVERTES, "clos"), filtre=_a_restituer, recents=True, comptee=False),
    "incidents": REGISTRE,
    "closes": CLOSES,
}
DE_LA_DIRECTION = {
    "": Vue("Refus à viser", ("en_cours",), filtre=_refus_a_viser),
    "toutes": Vue("Toutes", OUVERTES, comptee=False),
    "incidents": REGISTRE,
    "closes": CLOSES,
}
DU_REQUERANT = {
    "": Vue("Mon unité", ("en_cours",)),
    "miens": Vue("Suivies par moi", OUVERTES, filtre=_de_moi),
    "attente": ATTENTE,
    "closes": CLOSES,
}
ENTETES = {
    Role.MEDECIN_RESPONSABLE: "Les demandes qui attendent votre réponse de médecin.",
    Role.SECURITE: "Ce qui est à geler, à copier, à remettre.",
    Role.DPO: "Les traces à geler, à copier, à remettre.",
    Role.ENTREES: "Les présences à vérifier. La réponse ne nomme jamais un service.",
    Role.GARDE: "Les réquisitions reçues hors heures ouvrées.",
    Role.PARQUET: "Les copies qui vous sont adressées.",
    Role.DIRECTION: "Un refus ne part qu’avec votre visa.",
}


@require_GET
def file(request: Requete) -> HttpResponse:
    """The hospital's worklist, each role seeing its own rows and words."""
    acteur = request.acteur
    page, onglets, vue = page_de(request, "requisitions:file", vues_de(acteur))
    lignes, registre = lignes_affichees(page.lignes, acteur), vues_de(acteur).get(vue) is REGISTRE
    contexte = {
        "lignes": _du_registre(lignes) if registre else lignes,
        "registre": registre,
        "suivante": page.suivante,
        "onglets": onglets,
        "vue": vue,
        "a_viser": vues_de(acteur) is DE_LA_DIRECTION and not vue,
        "accroche": next((mots for role, mots in ENTETES.items() if acteur.a(role)), "La prochaine échéance d’abord."),
        "suivi": suit(acteur),
        "plusieurs": suit(acteur) and vue != "closes",
        "releve": bool(peut_passer_la_releve(acteur)),
        "depose": bool(peut_deposer(acteur)),
        "simule": bool(peut_simuler(acteur)),
        "perquisition": bool(peut_ouvrir_perquisition(acteur)),
        "recoit": bool(peut_recevoir(acteur)),
        "brouillons": miens(acteur, GENRE)[:10] if peut_recevoir(acteur) else [],
        "lettres": bool(peut_ecrire_lettres(acteur)),
        "hopital": ACCUEIL,
    }
    return render(request, "requisitions/file.html", contexte)


def vues_de(acteur: Acteur) -> Mapping[str, Vue]:
    if suit(acteur):
        return DES_JURISTES
    return DE_LA_DIRECTION if acteur.a(Role.DIRECTION) else VUES


def suit(acteur: Acteur) -> bool:
    """Those who share the worklist of the front desk."""
    return acteur.a(Role.JURISTE, Role.GARDE)


def page_de(request: Requete, nom_url: str, vues: Mapping[str, Vue]) -> tuple[Page, list[Objet], str]:
    """One page of the actor's box, the tabs with capped counts, and the code of the present tab."""
    acteur = request.acteur
    code = request.GET.get("vue", "")
    code = code if code in vues else ""
    page = boite(acteur, recents=vues[code].recents, apres=request.GET.get("apres", ""), **vues[code].criteres(acteur))
    base = reverse(nom_url)
    onglets = [
        Objet(
            libelle=vue.libelle,
            url=f"{base}?vue={autre}" if autre else base,
            actif=autre == code,
            compte=compter(acteur, **vue.criteres(acteur)) if vue.comptee else None,
            ton="danger" if not autre else "mute",
        )
        for autre, vue in vues.items()
    ]
    return page, onglets, code


def lignes_affichees(lignes: list[Ligne], acteur: Acteur) -> list[dict[str, Any]]:
    """Rows ready for the template, with the names of followers read at once."""
    deposes = {ligne.dossier.cree_par_id for ligne in lignes if _a_deposer(ligne)}
    des_siens = frozenset(deposants(deposes, acteur)) if deposes else frozenset()
    suiveurs = [ligne.part["suivi_par_id"] or _deposant(ligne, des_siens) for ligne in lignes]
    suivis = {suiveur for suiveur in suiveurs if suiveur}
    noms = {personne.pk: str(personne) for personne in User.objects.filter(pk__in=suivis)} if suivis else {}
    douteux = a_verifier([ligne.dossier.service_emetteur_id for ligne in lignes]) if suit(acteur) else frozenset()
    courantes = _courantes([ligne for ligne in lignes if not _a_garder(ligne, acteur)])
    visas = _visas(lignes) if acteur.a(Role.DIRECTION) else {}
    return [
        {
            "adresse": reverse("requisitions:ouvrir", args=[ligne.dossier.cle]),
            "cle": ligne.dossier.cle,
            "reference": ligne.dossier.reference,
            "texte": ligne.part["ligne"],
            "non_lu": ligne.part["non_lu"],
            "chaud": ligne.part["urgence"] == "IMMEDIATE",
            "urgence": ligne.dossier.get_urgence_display(),
            "etat": pour(ligne.dossier.etat, ligne.part["role"]),
            "recue_le": ligne.dossier.transmis_le or ligne.dossier.cree_le,
            "dossier": ligne.dossier,
            "a_verifier": ligne.dossier.service_emetteur_id in douteux,
            "echeance": visas.get(ligne.dossier.pk)
            or _reponse(courantes.get(ligne.dossier.pk, []), ligne.dossier.echeance_le),
            "avant": _avant_la_reponse(courantes.get(ligne.dossier.pk, [])) if suit(acteur) else None,
            "suivi_par": noms.get(suiveur, "") if suiveur else "",
            "suivable": ligne.dossier.phase in OUVERTES,
            "moi": suiveur == acteur.utilisateur_id,
        }
        for ligne, suiveur in zip(lignes, suiveurs, strict=True)
    ]


def _du_registre(lignes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line a missed deadline."""
    rangees = manquees([ligne["dossier"].pk for ligne in lignes])
    return [{**ligne, "manquee": lue} for ligne in lignes for lue in rangees.get(ligne["dossier"].pk, [])]


def _a_deposer(ligne: Ligne) -> bool:
    return bool(ligne.part["role"] == Part.Role.AUTEUR and not ligne.part["suivi_par_id"])


def _deposant(ligne: Ligne, des_siens: frozenset[int]) -> int | None:
    """Until a colleague takes it over, the unit's demand is followed by whoever of theirs deposited it."""
    return ligne.dossier.cree_par_id if _a_deposer(ligne) and ligne.dossier.cree_par_id in des_siens else None


def _a_garder(ligne: Ligne, acteur: Acteur) -> bool:
    """Its reader keeps what is frozen: the nearest date of the envelope is theirs to live by."""
    executant = ligne.part["role"] == Part.Role.EXECUTANT and not suit(acteur)
    return executant and bool(type_acte(ligne.dossier.variante).gel)


def _courantes(lignes: list[Ligne]) -> dict[int, list[Echeance]]:
    """What is still due of each case, the nearest first: the list is in that order."""
    rangees: dict[int, list[Echeance]] = {}
    if not lignes:
        return rangees
    dossiers = [ligne.dossier.pk for ligne in lignes]
    for echeance in Echeance.objects.filter(dossier__in=dossiers, tenue_le=None).order_by("echeance_le", "pk"):
        rangees.setdefault(echeance.dossier_id, []).append(echeance)
    return rangees


def _visas(lignes: list[Ligne]) -> dict[int, datetime]:
    """When each refusal must be signed: what the direction lives by, before the answer itself."""
    attendus = RefusPropose.objects.filter(SANS_VISA, dossier__in=[ligne.dossier.pk for ligne in lignes])
    return dict(attendus.values_list("dossier_id", "viser_avant"))


def _reponse(courantes: list[Echeance], defaut: datetime | None) -> datetime | None:
    """When the answer is due; the envelope's own date may be that of the gel, which only its keeper lives by."""
    return next((echeance.echeance_le for echeance in courantes if echeance.nom == "reponse"), defaut)


def _avant_la_reponse(courantes: list[Echeance]) -> Echeance | None:
    """What gives the line its place in the list when it is not the answer."""
    premiere = next((echeance for echeance in courantes if echeance.suspendue_le is None), None)
    return premiere if premiere is not None and premiere.nom != "reponse" else None
