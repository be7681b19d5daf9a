"""The unplanned search, its control afterwards, and the restitution of what was taken."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from accounts.roles import Role
from convention.models import Service
from presentation.formulaires import Formulaire
from requisitions.forms.champs import jour, ligne_de_texte, long_texte, moment
from requisitions.models import Cadre, Convocation, Restitution


class PerquisitionForm(Formulaire):
    """Filled standing up: who is there, on what ground, whom one called."""

    requerant = forms.ModelChoiceField(
        label="Service du magistrat",
        queryset=Service.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez le service du magistrat."},
    )
    cadre = forms.ChoiceField(
        label="Cadre",
        choices=[("", "Choisir"), *((cadre.value, cadre.label) for cadre in (Cadre.FLAG, Cadre.PRELIM, Cadre.CR))],
        error_messages={"required": "Demandez le cadre au magistrat."},
    )
    magistrat = ligne_de_texte("Magistrat présent", required=True, help_text="Nom et fonction.")
    magistrat_arrive_le = moment("Arrivé le", required=True)
    mission = long_texte(
        "Ce qu’il vient chercher",
        3,
        help_text="Tel qu’il le dit. Jamais un diagnostic.",
        error_messages={"required": "Écrivez ce que le magistrat vient chercher."},
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
        magistrats = Q(rattachements__role__in=(Role.PARQUET, Role.JUGE_INSTRUCTION), rattachements__fin_le=None)
        services = Service.objects.filter(magistrats).distinct().order_by("nom_externe")
        self.fields["requerant"].queryset = services  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        donnees["lieu"] = donnees.get("lieu") or Convocation.Lieu.ACCUEIL
        for champ in ("magistrat_arrive_le", "garde_appelee_le", "ordre_appele_le"):
            if donnees.get(champ) and donnees[champ] > timezone.now():
                self.add_error(champ, "Cette heure n’est pas encore passée.")
        return donnees


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
