"""The page by which the prison health unit asks an extraction."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from convention.models import Service
from presentation.formulaires import ChoixEncadres, Formulaire, MomentNatif
from prises_en_charge.controles import constats
from prises_en_charge.faits import faits_de
from prises_en_charge.forms import avec_invite
from prises_en_charge.models import Extraction

SOIN = (
    "urgences",
    "pediatrie",
    "psychiatrie",
    "gynecologie",
    "geriatrie",
    "chirurgie",
    "reanimation",
    "imagerie",
    "biologie",
)


class Maison(forms.ModelChoiceField):
    """A prison registry, shown under its institution's name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.institution.nom_court)


class DemandeForm(Formulaire):
    """The prison health unit's page. The ward reads the medical part, the prison the rest."""

    accompagnent: ClassVar[frozenset[str]] = frozenset({"demande_cle"})
    etablissement = Maison(Service.objects.none(), label="Établissement", empty_label=None)
    genre = forms.ChoiceField(label="La personne est", choices=Extraction.Genre.choices, widget=ChoixEncadres)
    age = forms.IntegerField(
        label="Âge",
        min_value=13,
        max_value=110,
        help_text="Ni nom, ni numéro d’écrou : la référence du dossier suffit.",
    )
    autorite_parentale = forms.ChoiceField(
        label="Pour un mineur, autorité parentale",
        choices=avec_invite(Extraction.Autorite.choices, "Sans objet"),
        required=False,
    )
    service_accueil = forms.ModelChoiceField(
        Service.objects.none(), label="Service qui reçoit", empty_label="Choisir un service"
    )
    motif_acte = forms.ChoiceField(label="Motif", choices=avec_invite(Extraction.Motif.choices, "Choisir un motif"))
    examen_gyneco_ou_accouchement = forms.BooleanField(
        label="Examen gynécologique ou accouchement",
        required=False,
        help_text="Ni contrainte, ni présence pénitentiaire. L’établissement lit la consigne, jamais sa raison.",
    )
    consignes = forms.CharField(
        label="Consignes médicales pour le service", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    creneau_debut = forms.DateTimeField(label="Arrivée souhaitée", widget=MomentNatif)
    creneau_fin = forms.DateTimeField(label="Fin prévue", widget=MomentNatif)
    acces = forms.ChoiceField(label="Entrée", choices=Extraction.Acces.choices)
    hospitalisation_prevue = forms.BooleanField(label="Une hospitalisation est prévue", required=False)

    BLOCS = (
        ("La personne", ("etablissement", "genre", "age", "autorite_parentale")),
        (
            "Le soin, lu par le service seul",
            ("service_accueil", "motif_acte", "examen_gyneco_ou_accouchement", "consignes"),
        ),
        ("Le créneau, lu par tous", ("creneau_debut", "creneau_fin", "acces", "hospitalisation_prevue")),
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = acteur.place(Role.USMP)
        maison = place.service_code.removeprefix("USMP-") if place else ""
        greffes = Service.objects.filter(domaine="greffe", institution__code=maison)
        self._proposer("etablissement", greffes.select_related("institution").order_by("institution__nom"))
        soin = Service.objects.filter(institution_id=place.institution_id if place else 0, domaine__in=SOIN)
        self._proposer("service_accueil", soin.order_by("nom"))

    def _proposer(self, nom: str, services: QuerySet[Service]) -> None:
        champ = self.fields[nom]
        assert isinstance(champ, forms.ModelChoiceField)  # noqa: S101  declared above
        champ.queryset = services

    def blocs(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(titre, [self[nom] for nom in noms]) for titre, noms in self.BLOCS]

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        debut, fin = donnees.get("creneau_debut"), donnees.get("creneau_fin")
        if debut and fin and fin <= debut:
            self.add_error("creneau_fin", "La fin doit suivre l’arrivée.")
        if debut and debut < timezone.now() and donnees.get("motif_acte") != "URGENCE":
            self.add_error("creneau_debut", "Ce créneau est passé. Choisissez une heure à venir.")
        if (donnees.get("age") or 18) < 18 and not donnees.get("autorite_parentale"):
            self.add_error(
                "autorite_parentale", "La personne est mineure. Indiquez ce qui est fait pour l’autorité parentale."
            )
        for constat in constats(faits_de(Extraction(consignes=donnees.get("consignes", "")))):
            if constat.bloque and constat.numero in {"R-32", "R-35"}:
                self.add_error("consignes", constat.message)
        return donnees
