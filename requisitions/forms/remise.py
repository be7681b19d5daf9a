"""How an answer leaves: here, or at the counter, and then to whom."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import ChampFichier, ligne_de_texte, moment
from requisitions.forms.levees import ALERTES, ajouter_les_motifs
from requisitions.levees import Point
from requisitions.models import Remise, Requisition
from requisitions.workflow.pli import SCELLES, faute_de_support, scelles_attendus, support_attendu


class SupportForm(Formulaire):
    marquer_facultatifs = False
    jeux = (ALERTES,)

    support = forms.ChoiceField(
        label="Comment la réponse est remise",
        choices=Remise.Support.choices,
        required=False,
    )
    scelle = ligne_de_texte("Numéro du scellé", 60, help_text="Pour un scellé seulement. Il figure au bordereau.")

    relu = forms.BooleanField(
        label="J’ai relu le périmètre, les intitulés et le nombre de pages",
        error_messages={"required": "Relisez l’inventaire, puis cochez la case."},
    )
    nom_relu = forms.BooleanField(label="Le médecin a relu le nom là où l’outil ne le lit pas", required=False)

    def __init__(self, *args: Any, lettre: Requisition, alertes: Sequence[Point] = (), **options: Any) -> None:
        initial = {"support": support_attendu(lettre), "scelle": scelles_attendus(lettre)}
        super().__init__(*args, initial=initial, **options)
        self.lettre, self.alertes = lettre, alertes
        if not lettre.urgence_vitale:
            ajouter_les_motifs(self, alertes)

    def justifications(self) -> list[forms.BoundField]:
        return [self[point.cle] for point in self.alertes if point.cle in self.fields]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees.pop("relu", None)
        donnees["motifs"] = {point.cle: donnees.pop(point.cle, "") for point in self.alertes}
        donnees["support"] = donnees.get("support") or support_attendu(self.lettre)
        if faute := faute_de_support(self.lettre, donnees["support"]):
            self.add_error("support", faute)
        elif donnees["support"] in SCELLES and not donnees.get("scelle"):
            self.add_error("scelle", "Indiquez le numéro du scellé.")
        return donnees


class MainPropreForm(Formulaire):
    nom = ligne_de_texte(
        "Qui reçoit", 160, required=True, help_text="Nom, grade et unité de la personne présente.",
        error_messages={"required": "Indiquez qui reçoit."},
    )  # fmt: skip
    identite = forms.ChoiceField(
        label="Identité vérifiée par",
        choices=Remise.Identite.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Dites comment l’identité a été vérifiée."},
    )
    le = moment("Remis le", required=True, error_messages={"required": "Indiquez la date et l’heure."})
    signe = ChampFichier(
        label="Bordereau signé",
        required=False,
        help_text="Photo ou PDF du papier signé par les deux, 20 Mo au plus.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, initial={"le": timezone.localtime()}, **options)
