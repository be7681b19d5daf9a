"""The page each reader opens: the doctor sorts, the keeper freezes, the officer fetches, the others read."""

from django.urls import reverse

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions import etats
from requisitions.models import Convocation
from requisitions.policies import agit, est_medecin_designe, est_requerant, peut_confirmer_gel, peut_instruire
from requisitions.refus import en_attente
from requisitions.saisie.preparation import est_prevenu
from requisitions.types_acte import type_acte

A_RETIRER = frozenset({etats.PRETE, etats.REMISE})


def adresse(dossier: Dossier, acteur: Acteur) -> str:
    return reverse(f"requisitions:{_page(dossier, acteur)}", args=[dossier.cle])


def page_de_preparation(dossier: Dossier) -> str:
    """Where whoever executes writes the matter of the answer."""
    acte = type_acte(dossier.variante)
    return "volet" if acte.volet else "inventaire" if acte.inventaire else "reponse"


def _page(dossier: Dossier, acteur: Acteur) -> str:
    if dossier.etat in A_RETIRER and est_requerant(dossier, acteur):
        return "retrait"
    if est_medecin_designe(dossier, acteur):
        return "volet" if type_acte(dossier.variante).volet else "tri"
    if not peut_instruire(dossier, acteur) and est_prevenu(dossier, acteur):
        return "preparation"
    if agit(dossier, acteur, Role.ORDRE) and Convocation.objects.filter(dossier=dossier).exists():
        return "convocation"
    if not peut_instruire(dossier, acteur) and peut_confirmer_gel(dossier, acteur):
        return "gel"
    if agit(dossier, acteur, Role.DIRECTION) and en_attente(dossier):
        return "visa"
    return "dossier"
