"""What came at the counter, by telephone or on paper: the page of the deposit, and who requires as the act says it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from convention.models import Institution, Rattachement, Service
from documents.models import Fichier
from dossiers.models import Dossier
from dossiers.papier import lire_numero
from dossiers.reprise import est_le_bon
from presentation.formulaires import ChoixEncadres
from requisitions.controles import Faits
from requisitions.documents.papier import FORMULAIRE
from requisitions.forms.cadres import hors_de_son_cadre
from requisitions.forms.champs import ligne_de_texte, moment
from requisitions.forms.depot import DepotForm
from requisitions.forms.montres import DANS_L_ORDRE
from requisitions.models import Requisition
from requisitions.policies import DEPOSANTS
from requisitions.workflow.reception import heure_possible, recevoir

Canal = Requisition.Canal
AIDES_CANAL: dict[str, str] = {
    Canal.MAIN_PROPRE: "La carte professionnelle a été vue",
    Canal.TELEPHONE: "À confirmer par écrit sous 24 heures",
    Canal.PAPIER: "Joignez la photographie de l’acte",
    Canal.COURRIEL: "Joignez la pièce reçue, ne répondez pas par courriel",
}
# What the deposit says to the requester is said here to whoever writes for them.
DITS_AUTREMENT = {
    "sous_controle_de": "OPJ qui contrôle l’acte d’un APJ ou d’un assistant",
    "cadre": "Sous quel cadre l’acte est-il pris ?",
    "urgence": "Quand faut-il répondre ?",
    "grade_controleur": "L’agent est contrôleur des douanes, ou au-dessus",
    "orale": "Rien d’écrit n’est encore arrivé",
    "incomplet": "Enregistrer quand même",
}
AU_TELEPHONE = "Reçue par téléphone, écrit demandé."


class ReceptionForm(DepotForm):
    reception, liste = True, "requisitions:file"

    canal = forms.ChoiceField(
        label="Comment est-elle arrivée ?",
        choices=[(canal.value, canal.label) for canal in Canal if canal != Canal.PORTAIL],
        widget=ChoixEncadres(attrs={"class": "boxes--2"}, aides=AIDES_CANAL),
        error_messages={"required": "Dites comment la réquisition est arrivée."},
    )
    recue_le = moment("Reçue le", required=True, help_text="Les délais partent de cette heure, pas de la saisie.")
    service_requerant = forms.ModelChoiceField(
        label="Service qui requiert",
        queryset=Service.objects.none(),
        empty_label="Choisir",
        help_text="Il la verra dans Trait d’union, comme s’il l’avait déposée.",
        error_messages={"required": "Choisissez le service qui requiert."},
    )
    autorite_nom = ligne_de_texte("Nom et grade", required=True, help_text="Tels que l’acte les porte.")
    autorite_qualite = forms.ChoiceField(
        label="Qualité",
        choices=[("", "Choisir"), *Rattachement.Qualite.choices],
        error_messages={"required": "Choisissez la qualité de qui requiert."},
    )
    matricule = ligne_de_texte("Matricule, RIO ou NIGEND (facultatif)", 30)
    papier = ligne_de_texte(
        "Numéro du formulaire papier (facultatif)", 40, help_text="S’il a été rempli ici pendant une panne."
    )
    field_order = (
        *("canal", "recue_le", "service_requerant", "autorite_nom", "autorite_qualite", "matricule", "papier"),
        *DANS_L_ORDRE,
    )

    def __init__(self, *args: Any, acteur: Acteur, **options: Any) -> None:
        super().__init__(*args, acteur=acteur, **options)
        # Police, gendarmerie and customs even where nobody has an account yet: that is why somebody comes or calls.
        requerants = Rattachement.objects.filter(role__in=DEPOSANTS, fin_le=None).values("service__institution")
        services = Service.objects.filter(
            Q(institution__famille=Institution.Famille.SECURITE) | Q(institution__in=requerants)
        )
        self.fields["service_requerant"].queryset = services.order_by("nom_externe")  # type: ignore[attr-defined]
        self.fields["service_requerant"].label_from_instance = lambda tenu: tenu.nom_externe  # type: ignore[attr-defined]
        for champ, mots in DITS_AUTREMENT.items():
            self.fields[champ].label = mots

    def sous_controle(self) -> bool:
        return True

    def hors_cadre(self, donnees: dict[str, Any]) -> str:
        prefet = donnees.get("autorite_qualite") == Rattachement.Qualite.PREFET
        return hors_de_son_cadre(frozenset({Role.PREFECTURE} if prefet else ()), donnees["cadre"])

    def clean_recue_le(self) -> Any:
        recue_le = self.cleaned_data["recue_le"]
        if faute := heure_possible(recue_le, timezone.now()):
            raise forms.ValidationError(faute)
        return recue_le

    def clean_papier(self) -> str:
        numero = str(self.cleaned_data["papier"])
        verdict = est_le_bon(lire_numero(numero), FORMULAIRE.code) if numero else None
        if verdict is not None and not verdict:
            raise forms.ValidationError(verdict.raison)
        return numero

    def deposer(self, cle_depot: UUID, fichiers: Mapping[str, Fichier | None]) -> Dossier:
        recue_le, papier = self.cleaned_data["recue_le"], self.cleaned_data["papier"]
        return recevoir(**self._ecrit(cle_depot, fichiers), recue_le=recue_le, papier=papier)

    def pour_une_autre(self, envoi: dict[str, str]) -> Self:
        """The number of our own paper form is that of the first case alone."""
        return super().pour_une_autre({nom: dit for nom, dit in envoi.items() if nom != "papier"})

    def confirmation(self, dossier: Dossier) -> str:
        suite = "puis rappelez le service au numéro de l’annuaire."
        if self.pages:
            combien = 1 + len(self.pages)
            return f"{combien} réquisitions enregistrées, voyez « Même acte ». Remettez leurs accusés, {suite}"
        return f"Réquisition enregistrée sous le numéro {dossier.reference}. Remettez l’accusé, {suite}"

    def _document(self, donnees: dict[str, Any]) -> None:
        if donnees.get("canal") == Canal.TELEPHONE and not donnees.get("fichier") and "fichier" not in self.gardes:
            donnees["orale"], donnees["orale_motif"] = True, donnees.get("orale_motif") or AU_TELEPHONE
        super()._document(donnees)

    def _faits(self, donnees: dict[str, Any]) -> Faits:
        return replace(super()._faits(donnees), qualite=donnees.get("autorite_qualite", ""))
