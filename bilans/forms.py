from typing import Any

from django import forms

from bilans.models import RetourExperience
from bilans.retours import manque
from fiches.models import VersionFiche
from presentation.formulaires import ChoixEncadres, Formulaire


class CommentaireForm(Formulaire):
    """What one institution says of the year."""

    texte = forms.CharField(
        label="Votre commentaire",
        help_text="Lu par tous les signataires et repris dans le PDF. Aucun nom, aucun cas reconnaissable.",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Écrivez votre commentaire.",
            "max_length": "Le commentaire dépasse 3 000 signes. Raccourcissez-le.",
        },
    )


class RetourForm(Formulaire):
    """« Cette étape ne marche pas ». `relu` comes with the second sending, after an advice."""

    categorie = forms.ChoiceField(
        label="Qu’est-ce qui ne marche pas ?",
        choices=RetourExperience.Categorie.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Choisissez ce qui ne marche pas."},
    )
    texte = forms.CharField(
        label="Que s’est-il passé, et que proposez-vous ?",
        help_text="Aucun nom de patient, aucune date de naissance. La référente seule sait qui écrit.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Décrivez ce qui ne marche pas, en une phrase ou deux.",
            "max_length": "Le texte dépasse 2 000 signes. Raccourcissez-le.",
        },
    )
    cle = forms.UUIDField(widget=forms.HiddenInput)
    relu = forms.BooleanField(required=False, widget=forms.HiddenInput)


class RepondreForm(Formulaire):
    reponse = forms.CharField(
        label="Votre réponse",
        help_text="Lue par l’auteur du retour.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Écrivez votre réponse : son auteur la lira.",
            "max_length": "La réponse dépasse 2 000 signes. Raccourcissez-la.",
        },
    )


class ConclureForm(Formulaire):
    """What the feedback becomes; each outcome says what it needs."""

    marquer_facultatifs = False
    issue = forms.ChoiceField(
        label="Ce que devient ce retour",
        choices=RetourExperience.Issue.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Dites ce que devient le retour."},
    )
    corrige_dans = forms.ModelChoiceField(
        label="Version qui corrige", queryset=VersionFiche.objects.none(), required=False, empty_label="Aucune"
    )
    motif = forms.CharField(
        label="Motif",
        help_text="Obligatoire si le retour n’est pas retenu. Lu par son auteur.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, retour: RetourExperience, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visee = retour.version_fiche
        plus_recentes = VersionFiche.objects.filter(fiche=visee.fiche_id, rang__gt=visee.rang).exclude(
            etat=VersionFiche.Etat.ABROGEE
        )
        self.fields["corrige_dans"].queryset = plus_recentes.select_related("fiche")  # type: ignore[attr-defined]
        self._retour = retour

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        if "issue" in saisi:
            raison = manque(self._retour, saisi["issue"], saisi.get("corrige_dans"), saisi.get("motif") or "")
            if raison:
                champ = "corrige_dans" if saisi["issue"] == RetourExperience.Issue.CORRIGE else "motif"
                self.add_error(champ, raison)
        return saisi
