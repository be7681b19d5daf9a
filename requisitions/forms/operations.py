"""The unplanned search, its control afterwards, and the restitution of what was taken."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.roles import REQUERANTS, Role
from convention.models import Service
from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import jour, ligne_de_texte, long_texte, moment
from requisitions.forms.dates import exiger_passees
from requisitions.models import Cadre, Convocation, Restitution


class PerquisitionForm(Formulaire):
    """Filled standing up: who is there, on what ground, whom one called. The truth, a missing magistrate included."""

    marquer_facultatifs = False

    magistrat_present = forms.ChoiceField(
        label="Un magistrat est présent",
        choices=[("oui", "Oui"), ("non", "Non")],
        widget=ChoixEncadres(attrs={"class": "boxes--2"}),
        error_messages={"required": "Dites si un magistrat est présent."},
    )
    requerant = forms.ModelChoiceField(
        label="Service qui se présente",
        queryset=Service.objects.none(),
        empty_label="Choisir",
        help_text="Celui du magistrat s’il est là, sinon l’unité de police, de gendarmerie ou des douanes.",
        error_messages={"required": "Choisissez le service qui se présente."},
    )
    cadre = forms.ChoiceField(
        label="Cadre",
        choices=[("", "Choisir"), *((cadre.value, cadre.label) for cadre in (Cadre.FLAG, Cadre.PRELIM, Cadre.CR))],
        error_messages={"required": "Demandez le cadre de l’opération."},
    )
    magistrat = ligne_de_texte("Magistrat présent", help_text="Nom et fonction.")
    officier = ligne_de_texte("Sans magistrat : qui conduit l’opération", help_text="Nom et grade.")
    appel_parquet_le = moment(
        "Sans magistrat : permanence du parquet appelée le", help_text="Laissez vide si l’appel est encore à faire."
    )
    arrivee_le = moment("Arrivée à l’hôpital le", required=True)
    mission = long_texte(
        "Ce qui est cherché",
        3,
        help_text="Tel qu’on vous le dit. Jamais un diagnostic.",
        error_messages={"required": "Écrivez ce qui est cherché."},
    )
    garde_appelee_le = moment("Administrateur de garde appelé le")
    ordre_appele_le = moment("Astreinte de l’Ordre appelée le")
    lieu = forms.ChoiceField(
        label="Où le conseiller de l’Ordre se présente",
        choices=Convocation.Lieu.choices,
        required=False,
        help_text="Jamais un service de soins.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["requerant"].queryset = _de(Role.PARQUET, *REQUERANTS)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["lieu"] = donnees.get("lieu") or Convocation.Lieu.ACCUEIL
        exiger_passees(self, donnees, ("arrivee_le", "appel_parquet_le", "garde_appelee_le", "ordre_appele_le"))
        self._selon_le_magistrat(donnees, donnees.pop("magistrat_present", ""))
        return donnees

    def _selon_le_magistrat(self, donnees: dict[str, Any], present: str) -> None:
        """Who is named follows the answer; what the other answer would have asked is not kept."""
        requerant = donnees.get("requerant")
        if present == "oui":
            donnees["officier"], donnees["appel_parquet_le"] = "", None
            if not donnees.get("magistrat"):
                self.add_error("magistrat", "Nommez le magistrat présent.")
            if requerant and not _de(Role.PARQUET, Role.JUGE_INSTRUCTION).filter(pk=requerant.pk).exists():
                self.add_error("requerant", "Choisissez le service du magistrat.")
        elif present == "non":
            donnees["magistrat"] = ""
            if not donnees.get("officier"):
                self.add_error("officier", "Nommez l’officier qui conduit l’opération.")


def _de(*roles: Role) -> QuerySet[Service]:
    services = Service.objects.filter(rattachements__role__in=roles, rattachements__fin_le=None)
    return services.distinct().order_by("nom_externe")


class ConclusionForm(Formulaire):
    conclusion = long_texte(
        "Conclusion du contrôle",
        help_text="Titre présenté, magistrat présent, mission respectée, réserves. Lue dans l’établissement.",
        error_messages={"required": "Écrivez ce que vous avez vérifié."},
    )


class DemandeRestitutionForm(Formulaire):
    motif = long_texte(
        "Pourquoi l’hôpital en a besoin",
        3,
        help_text="Lu par le magistrat. Aucune information médicale.",
        error_messages={"required": "Expliquez la demande."},
    )


class DecisionRestitutionForm(Formulaire):
    decision = forms.ChoiceField(
        label="Décision",
        choices=[("", "Choisir"), *Restitution.Decision.choices],
        error_messages={"required": "Choisissez la décision."},
    )
    decision_de = ligne_de_texte("Magistrat", required=True)
    decision_du = jour("Décision du", required=True)
