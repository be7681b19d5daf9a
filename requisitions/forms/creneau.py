"""What a deposit asks of a hearing, and of nothing else: when, where, and as what the person is heard.

A patient is heard as the page already says of them (`statut_personne`): it is not asked twice, only required here.
A visitor is no patient and no professional: the hospital has nothing to certify, and no demand is about them.
"""

from typing import Any

from django import forms
from django.utils import timezone

from presentation.formulaires import ChoixEncadres
from presentation.temps import NBSP
from requisitions.audition import AUDITIONS, PROFESSIONNEL
from requisitions.forms.dates import exiger_suite
from requisitions.models import Requisition, Seance

Statut = Requisition.Statut
SANS_STATUT = frozenset({"", Statut.INCONNU})


def champ_lieu() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Lieu souhaité",
        choices=Requisition.LieuSouhaite.choices,
        widget=ChoixEncadres(attrs={"class": "boxes--2"}),
        required=False,
    )


def champ_entendu() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Le professionnel est entendu comme",
        choices=Seance.Entendu.choices,
        widget=ChoixEncadres(),
        required=False,
    )


def exiger_creneau(form: forms.Form, donnees: dict[str, Any], *, passe_admis: bool) -> None:
    """`passe_admis`: written down by the hospital, maybe after the hour that the act asked."""
    if donnees["type_acte"] not in AUDITIONS:
        return
    debut, fin = donnees.get("creneau_du"), donnees.get("creneau_au")
    if (not debut or not fin) and not {"creneau_du", "creneau_au"} & set(form.errors):
        form.add_error("creneau_du", "Indiquez le début et la fin du créneau souhaité.")
    if debut and fin and fin == debut:
        form.add_error("creneau_au", "La fin du créneau suit son début.")
    exiger_suite(form, donnees, "creneau_du", "creneau_au", "La fin du créneau suit son début.")
    if debut and fin and debut < fin <= timezone.now() and not passe_admis:
        form.add_error("creneau_au", f"Ce créneau est passé{NBSP}: choisissez-en un à venir.")
    if not donnees.get("lieu_souhaite") and "lieu_souhaite" not in form.errors:
        form.add_error("lieu_souhaite", "Dites où la personne serait entendue.")
    if donnees["type_acte"] == PROFESSIONNEL:
        if not donnees.get("entendu_comme") and "entendu_comme" not in form.errors:
            form.add_error("entendu_comme", "Dites à quel titre le professionnel est entendu.")
    elif donnees.get("statut_personne") in SANS_STATUT and "statut_personne" not in form.errors:
        form.add_error("statut_personne", "Dites à quel titre la personne est entendue.")
