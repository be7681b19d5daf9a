"""What is typed about the agreement: an amendment, its articles, an end, an office-holder, a delegation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from convention.acteur import rattachements_valides
from convention.articles import Texte
from convention.models import Delegation, Institution
from presentation.formulaires import DateNative, Formulaire


def comptes_de(institution: Institution) -> QuerySet[User]:
    """The accounts with a valid place in this institution."""
    lignes = rattachements_valides().filter(service__institution=institution).order_by()
    return User.objects.filter(pk__in=lignes.values("utilisateur")).order_by("nom", "prenom", "pk")


def _motif(aide: str, *, label: str = "Motif", maximum: int = 500) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=20,
        max_length=maximum,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=aide,
        error_messages={"min_length": "Donnez un motif d’au moins 20 caractères."},
    )


class AvenantForm(Formulaire):
    """Why the text changes, when it will take effect, and whom it admits."""

    motif = _motif("Pourquoi cet avenant. Tous les partenaires le liront.")
    effet_le = forms.DateField(
        label="Date d’effet",
        widget=DateNative,
        help_text="L’avenant prend effet ce jour, ou le jour de la dernière signature si elle vient après.",
    )
    institution = forms.ModelChoiceField(
        label="Institution qui adhère",
        queryset=Institution.objects.none(),
        required=False,
        empty_label="Aucune",
        help_text="Elle signera avec les partenaires, et sera liée à la date d’effet.",
    )

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        self.fields["institution"].label_from_instance = lambda maison: maison.nom  # type: ignore[attr-defined]

    def clean_effet_le(self) -> date:
        return a_venir(self.cleaned_data["effet_le"])


def a_venir(jour: date) -> date:
    if jour < timezone.localdate():
        raise forms.ValidationError("Cette date est passée\u00a0: donnez aujourd’hui ou une date à venir.")
    return jour


class RedactionForm(Formulaire):
    """What an amendment says besides its articles."""

    jeux = ("articles",)
    motif = _motif("Pourquoi cet avenant. Tous les partenaires le liront.")
    effet_le = forms.DateField(label="Date d’effet", widget=DateNative)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_effet_le(self) -> date:
        return a_venir(self.cleaned_data["effet_le"])


class ArticleForm(Formulaire):
    identifiant = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    titre = forms.CharField(label="Titre", max_length=160)
    texte = forms.CharField(label="Texte", max_length=8000, widget=forms.Textarea(attrs={"rows": 6}))


ArticleJeu: Any = forms.formset_factory(
    ArticleForm, extra=1, can_delete=True, can_order=True, absolute_max=80, max_num=60
)


class Redacteur:
    """The page of a draft: one form and the list of its articles, read from a text and written back."""

    def __init__(self, texte: Texte, motif: str, version: int, data: Mapping[str, Any] | None = None) -> None:
        initial = {"motif": motif, "effet_le": texte.effet_prevu, "version": version}
        self._connus = {article.id for article in texte.articles}
        self.entete = RedactionForm(data, initial=initial)
        self.articles = ArticleJeu(
            data,
            prefix="articles",
            initial=[{"identifiant": a.id, "titre": a.titre, "texte": a.texte} for a in texte.articles],
        )

    def is_valid(self) -> bool:
        return all([self.entete.is_valid(), self.articles.is_valid()])

    @property
    def formulaires(self) -> list[forms.BaseForm]:
        return [self.entete, *self.articles.forms]

    def textes(self) -> list[dict[str, str]]:
        """The articles kept, in the order asked; an identifier this text does not know is a new article."""
        gardes, pris = [], set[str]()
        for formulaire in self.articles.ordered_forms:
            saisi = formulaire.cleaned_data
            if not saisi or not saisi.get("titre"):
                continue
            cle = saisi["identifiant"] if saisi["identifiant"] in self._connus - pris else ""
            pris.add(cle)
            gardes.append({"id": cle, "titre": saisi["titre"], "texte": saisi["texte"]})
        return gardes


class SignatureForm(Formulaire):
    """The signer has the whole text before its eyes; `empreinte` is the one that was shown."""

    lu = forms.BooleanField(
        label="J’ai lu ce texte et je m’engage au nom de mon institution.",
        error_messages={"required": "Cochez la case pour signer."},
    )
    empreinte = forms.CharField(widget=forms.HiddenInput, max_length=64)


class FinForm(Formulaire):
    """A denunciation or a termination: why, and that one knows what it does."""

    motif = _motif("Il sera lu par tous les partenaires et restera dans l’historique.")
    certain = forms.BooleanField(error_messages={"required": "Cochez la case pour confirmer."})

    def __init__(self, *args: Any, engagement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certain"].label = engagement


class TitulaireForm(Formulaire):
    """The new office-holder, and the delegations of the former one that go on."""

    civilite = forms.ChoiceField(
        label="Civilité", required=False, choices=[("", "Aucune"), *((c, c) for c in ("Mme", "M.", "Dr", "Pr"))]
    )
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    titre = forms.CharField(label="Titre exact", max_length=200, help_text="Il figurera sous chaque signature.")
    utilisateur = forms.ModelChoiceField(
        label="Compte qui signe",
        queryset=User.objects.none(),
        required=False,
        empty_label="Aucun pour l’instant",
        help_text="Un compte de l’institution. Sans compte, le titulaire ne peut ni signer ni déléguer.",
    )
    debut_le = forms.DateField(label="Prise de fonction", widget=DateNative)
    motif = _motif("La personne qui approuve le lira.", label="Motif du changement", maximum=300)
    reprises = forms.ModelMultipleChoiceField(
        label="Délégations reprises par le nouveau titulaire",
        queryset=Delegation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Celles que vous décochez prennent fin.",
    )

    def __init__(self, *args: Any, institution: Institution, delegations: QuerySet[Delegation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["utilisateur"].queryset = comptes_de(institution)  # type: ignore[attr-defined]
        if delegations:
            self.fields["reprises"].queryset = delegations  # type: ignore[attr-defined]
            self.fields["reprises"].initial = list(delegations)
        else:
            del self.fields["reprises"]


class DelegationForm(Formulaire):
    delegataire = forms.ModelChoiceField(
        label="Déléguer à", queryset=User.objects.none(), empty_label="Choisir un collègue"
    )
    titre = forms.CharField(label="Sa qualité", max_length=120, help_text="Par exemple\u00a0: secrétaire générale.")

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["delegataire"].queryset = comptes_de(institution)  # type: ignore[attr-defined]
