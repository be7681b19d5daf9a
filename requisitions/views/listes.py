"""Worklists: the same rows for every role, read from the participations and never from the letters."""

from datetime import datetime
from types import SimpleNamespace as Objet
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.roles import Role
from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.boite import Ligne, Page, boite, compter
from dossiers.models import Echeance
from requisitions.circuit import ACCUEIL
from requisitions.lecture import PAR_ETAT
from requisitions.modeles_lettres import peut_ecrire_lettres
from requisitions.policies import peut_deposer, peut_ouvrir_perquisition, peut_simuler

NATURES = ("REQUISITION",)
VUES: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "": ("À traiter", ("en_cours",), False),
    "attente": ("En attente", ("en_attente",), False),
    "closes": ("Closes", ("clos",), True),
}
ENTETES = {
    Role.MEDECIN_RESPONSABLE: "Les demandes qui attendent votre réponse de médecin.",
    Role.SECURITE: "Ce qui est à geler, à copier, à remettre.",
    Role.ENTREES: "Les présences à vérifier. La réponse ne nomme jamais un service.",
    Role.GARDE: "Les réquisitions reçues hors heures ouvrées.",
    Role.PARQUET: "Les copies qui vous sont adressées.",
}


@require_GET
def file(request: Requete) -> HttpResponse:
    """The hospital's worklist, each role seeing its own rows and words."""
    acteur = request.acteur
    page, onglets, vue = page_de(request, "requisitions:file")
    contexte = {
        "lignes": lignes_affichees(page.lignes, acteur),
        "suivante": page.suivante,
        "onglets": onglets,
        "vue": vue,
        "accroche": next((mots for role, mots in ENTETES.items() if acteur.a(role)), "Triées par délai restant."),
        "suivi": acteur.a(Role.JURISTE, Role.GARDE),
        "depose": bool(peut_deposer(acteur)),
        "simule": bool(peut_simuler(acteur)),
        "perquisition": bool(peut_ouvrir_perquisition(acteur)),
        "lettres": bool(peut_ecrire_lettres(acteur)),
        "hopital": ACCUEIL,
    }
    return render(request, "requisitions/file.html", contexte)


def page_de(request: Requete, nom_url: str) -> tuple[Page, list[Objet], str]:
    """One page of the actor's box, the tabs with capped counts, and the code of the present tab."""
    vue = request.GET.get("vue", "")
    vue = vue if vue in VUES else ""
    _, phases, recents = VUES[vue]
    page = boite(request.acteur, phases=phases, natures=NATURES, recents=recents, apres=request.GET.get("apres", ""))
    base = reverse(nom_url)
    onglets = [
        Objet(
            libelle=libelle,
            url=f"{base}?vue={code}" if code else base,
            actif=code == vue,
            compte=compter(request.acteur, phases=phases_, natures=NATURES) if not recents_ else None,
            ton="danger" if not code else "mute",
        )
        for code, (libelle, phases_, recents_) in VUES.items()
    ]
    return page, onglets, vue


def lignes_affichees(lignes: list[Ligne], acteur: Acteur) -> list[dict[str, Any]]:
    """Rows ready for the template, with the names of followers read at once."""
    suivis = {ligne.part["suivi_par_id"] for ligne in lignes} - {None}
    noms = {personne.pk: str(personne) for personne in User.objects.filter(pk__in=suivis)} if suivis else {}
    reponses = {} if acteur.a(Role.SECURITE) else _reponses(lignes)
    return [
        {
            "adresse": reverse("requisitions:ouvrir", args=[ligne.dossier.cle]),
            "cle": ligne.dossier.cle,
            "reference": ligne.dossier.reference,
            "texte": ligne.part["ligne"],
            "non_lu": ligne.part["non_lu"],
            "chaud": ligne.part["urgence"] == "IMMEDIATE",
            "urgence": ligne.dossier.get_urgence_display(),
            "etat": PAR_ETAT[ligne.dossier.etat],
            "recue_le": ligne.dossier.transmis_le or ligne.dossier.cree_le,
            "dossier": ligne.dossier,
            "echeance": reponses.get(ligne.dossier.pk, ligne.dossier.echeance_le),
            "suivi_par": noms.get(ligne.part["suivi_par_id"], ""),
        }
        for ligne in lignes
    ]


def _reponses(lignes: list[Ligne]) -> dict[int, datetime]:
    """When the answer is due; the envelope's own date may be that of the gel, which only its keeper lives by."""
    attendues = Echeance.objects.filter(
        dossier__in=[ligne.dossier.pk for ligne in lignes], nom="reponse", tenue_le=None
    )
    return dict(attendues.values_list("dossier_id", "echeance_le"))
