"""What is typed to find a number, to correct one, to hold a roster, to import a spreadsheet."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from accounts.models import User
from convention.models import Contact, CorrectionAnnuaire, ImportAnnuaire, Institution, Permanence, Service
from convention.permanences import Saisie, candidats
from convention.portee import Lecteur, institutions_de
from convention.telephones import normaliser
from documents.tableurs import TAILLE_MAXIMUM
from presentation.formulaires import ChoixEncadres, Formulaire, MomentNatif

Champ = CorrectionAnnuaire.Champ
ETATS = (("", "Toutes"), ("garde", "De garde maintenant"), ("verifier", "À vérifier"), ("trou", "Garde à compléter"))


class Recherche(Formulaire):
    """Sent by POST: what is looked for never stands in an address. A value that does not exist is dropped."""

    marquer_facultatifs = False
    texte = forms.CharField(label="Service ou institution", required=False, max_length=60)
    famille = forms.ChoiceField(label="Famille", required=False, choices=[("", "Toutes"), *Institution.Famille.choices])
    institution = forms.ModelChoiceField(
        label="Institution",
        required=False,
        queryset=Institution.objects.none(),
        to_field_name="code",
        empty_label="Toutes",
    )
    etat = forms.ChoiceField(label="Lignes", required=False, choices=ETATS)

    def __init__(self, *args: Any, lecteur: Lecteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions_de(lecteur).order_by("nom_court")  # type: ignore[attr-defined]


class Correction(Formulaire):
    """One value of one line."""

    contact = forms.ModelChoiceField(
        label="Ligne à corriger", queryset=Contact.objects.none(), required=False, empty_label="Nouveau numéro"
    )
    champ = forms.ChoiceField(label="Ce qui change", choices=Champ.choices, initial=Champ.TELEPHONE)
    nouvelle = forms.CharField(label="Nouvelle valeur", max_length=254)
    precision = forms.CharField(
        label="Comment le savez-vous", required=False, max_length=200, help_text="Sans nom de patient."
    )

    def __init__(self, *args: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = service.contacts.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        champ, nouvelle = donnees.get("champ"), donnees.get("nouvelle", "")
        if not champ or not nouvelle:
            return donnees
        if donnees.get("contact") is None and "contact" not in self.errors and champ != Champ.TELEPHONE:
            self.add_error("contact", "Choisissez la ligne à corriger.")
        try:
            donnees["nouvelle"] = _valeur(champ, nouvelle)
        except ValidationError as erreur:
            self.add_error("nouvelle", erreur)
        return donnees


def _valeur(champ: str, nouvelle: str) -> str:
    if champ == Champ.TELEPHONE:
        return numero(nouvelle)
    if champ == Champ.COURRIEL:
        EmailValidator("Écrivez une adresse comme accueil@exemple.fr.")(nouvelle)
    elif len(nouvelle) > 80:
        raise ValidationError("Gardez 80 caractères au plus.")
    return nouvelle


def numero(saisie: str) -> str:
    try:
        return normaliser(saisie)
    except ValueError as erreur:
        raise ValidationError(str(erreur)) from erreur


class Reponse(Formulaire):
    """The answer of who keeps the directory; a refusal says why."""

    motif = forms.CharField(label="Motif, si vous refusez", required=False, max_length=300)


class Creneau(Formulaire):
    """A duty slot; once it has begun, its beginning and its holder are no longer fields."""

    titulaire = forms.ModelChoiceField(label="Personne", queryset=User.objects.none(), empty_label="Choisir")
    debut = forms.DateTimeField(label="Début", widget=MomentNatif)
    fin = forms.DateTimeField(label="Fin", widget=MomentNatif)
    rang = forms.TypedChoiceField(
        label="Ordre d’appel",
        choices=Permanence.Rang.choices,
        coerce=int,
        initial=Permanence.Rang.PREMIER,
        help_text="Le deuxième est appelé si le premier ne répond pas.",
    )
    telephone = forms.CharField(
        label="Téléphone", required=False, max_length=20, help_text="Vide, le numéro du service sert."
    )

    def __init__(self, *args: Any, service: Service, commence: Permanence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._commence = commence
        self.fields["titulaire"].queryset = candidats(service)  # type: ignore[attr-defined]
        if commence:
            del self.fields["titulaire"], self.fields["debut"]

    def clean_telephone(self) -> str:
        saisi: str = self.cleaned_data["telephone"]
        return numero(saisi) if saisi else ""

    def saisie(self) -> Saisie:
        d = self.cleaned_data
        titulaire = self._commence.titulaire if self._commence else d["titulaire"]
        debut = self._commence.debut if self._commence else d["debut"]
        return Saisie(titulaire=titulaire, debut=debut, fin=d["fin"], rang=d["rang"], telephone=d["telephone"])


class Fichier(Formulaire):
    """A spreadsheet, and what it holds."""

    genre = forms.ChoiceField(
        label="Que contient ce fichier", choices=ImportAnnuaire.Genre.choices, widget=ChoixEncadres
    )
    fichier = forms.FileField(
        label="Fichier",
        help_text="ODS, XLSX ou CSV, 2\u00a0Mo et 5\u00a0000 lignes au plus.",
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide. Partez du modèle à télécharger.",
            "missing": "Choisissez un fichier.",
        },
    )

    def clean_fichier(self) -> Any:
        fichier = self.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAXIMUM:
            raise ValidationError("Ce fichier dépasse 2\u00a0Mo. Coupez-le en plusieurs fichiers.")
        return fichier


class Confirmation(Formulaire):
    """What the page showed, by its hash."""

    empreinte = forms.CharField(max_length=64, widget=forms.HiddenInput)
