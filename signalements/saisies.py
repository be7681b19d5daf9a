"""The other forms: piece, last page, decision, complement, and the recipient's."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from convention.annuaire import valables
from convention.models import Contact, Service
from presentation.formulaires import ChoixEncadres, DateNative, Formulaire, MomentNatif
from signalements.controles.transmission import CONTACT_JOURS
from signalements.models import Complement, Suite
from signalements.remise import Signature
from signalements.reponses import JUDICIAIRES
from signalements.voies import Voie
from signalements.voies.certificat import REMIS_A

PIECE_AIDE = "PDF, ou photo JPEG ou PNG, 20\u00a0Mo par fichier."
# A phone that reads these kinds proposes its camera.
PHOTO = {"accept": "application/pdf,image/jpeg,image/png"}


NATURES = ("Certificat descriptif", "Photographie", "Accord écrit de la personne", "Autre document")


class VueForm(Formulaire):
    """The name of a kept view; its page sends the filters besides."""

    accompagnent = frozenset({"vue", "nature", "urgence", "suivi"})
    nom = forms.CharField(
        label="Garder cette vue sous le nom",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Donnez un nom à cette vue."},
    )


class PieceForm(Formulaire):
    intitule = forms.ChoiceField(
        label="Nature de la pièce",
        error_messages={"required": "Choisissez la nature de la pièce."},
    )
    fichier = forms.FileField(
        label="Fichier",
        widget=forms.FileInput(attrs=PHOTO),
        help_text=PIECE_AIDE,
        error_messages={"required": "Choisissez un fichier à ajouter."},
    )

    def __init__(self, *args: Any, voie: Voie, **options: Any) -> None:
        super().__init__(*args, **options)
        admises = [(mot, mot) for mot in NATURES if voie.admet_piece(mot)]
        self.fields["intitule"].choices = [("", "Choisir"), *admises]  # type: ignore[attr-defined]


SANS_FAITS = "Je transmets cette fiche en conscience, à la demande de la personne, sans information de santé."


class TransmettreForm(Formulaire):
    """The signature. The alerts that remain are acknowledged with it."""

    destinataire = forms.ModelChoiceField(
        label="Destinataire",
        queryset=Service.objects.none(),
        error_messages={"required": "Choisissez le destinataire."},
    )
    contact_confirme = forms.BooleanField(
        label="Le contact de ce destinataire est le bon\u00a0: je l’ai vérifié.", required=False
    )
    telephone_rappel = forms.CharField(
        label="Où le destinataire peut vous rappeler",
        max_length=20,
        error_messages={"required": "Indiquez un numéro où vous rappeler."},
    )
    date_appel = forms.DateTimeField(label="Appel au destinataire, quand\u00a0?", widget=MomentNatif, required=False)
    interlocuteur = forms.CharField(label="À qui avez-vous parlé\u00a0?", max_length=120, required=False)
    alertes_lues = forms.BooleanField(
        label="J’ai lu les points signalés ci-dessus.",
        error_messages={"required": "Lisez les points signalés, puis cochez la case."},
    )
    attestation_conscience = forms.BooleanField(
        label="Je transmets ce signalement en conscience. Les faits sont décrits sans interprétation de ma part.",
        error_messages={"required": "Cochez la case pour transmettre."},
    )

    def __init__(self, *args: Any, voie: Voie, alertes: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        admis = Service.objects.none()
        for institution, domaine in voie.destinataires:
            admis |= Service.objects.filter(institution__code=institution, domaine=domaine)
        self.fields["destinataire"].queryset = admis.order_by("nom_externe")  # type: ignore[attr-defined]
        self.fields["destinataire"].label_from_instance = lambda service: service.nom_externe  # type: ignore[attr-defined]
        if not alertes:
            del self.fields["alertes_lues"]
        verifies = Contact.objects.filter(
            valables(), verifie_le__gte=timezone.localdate() - timedelta(days=CONTACT_JOURS)
        ).order_by()
        if not admis.exclude(pk__in=verifies.values("service")).filter(contacts__isnull=False).exists():
            del self.fields["contact_confirme"]
        if "faits" in voie.sans:
            self.fields["attestation_conscience"].label = SANS_FAITS
        elif (label := self.fields["attestation_conscience"].label) and "ce signalement" in str(label):
            self.fields["attestation_conscience"].label = str(label).replace("ce signalement", voie.mots.ce)

    @property
    def signature(self) -> Signature:
        donnees = self.cleaned_data
        return Signature(
            destinataire=donnees["destinataire"],
            attestation=donnees["attestation_conscience"],
            telephone_rappel=donnees["telephone_rappel"],
            date_appel=donnees["date_appel"],
            interlocuteur=donnees["interlocuteur"],
            contact_confirme=bool(donnees.get("contact_confirme")),
        )


class RemettreForm(Formulaire):
    """To whom a certificate is handed, and when."""

    remis_a = forms.ChoiceField(
        label="À qui le remettez-vous\u00a0?",
        choices=REMIS_A,
        widget=ChoixEncadres,
        error_messages={"required": "Dites à qui vous remettez le certificat."},
    )
    remis_le = forms.DateTimeField(
        label="Remis le", widget=MomentNatif, error_messages={"required": "Indiquez le jour et l’heure de la remise."}
    )
    alertes_lues = forms.BooleanField(
        label="J’ai lu les points signalés ci-dessus.",
        error_messages={"required": "Lisez les points signalés, puis cochez la case."},
    )
    atteste = forms.BooleanField(
        label="J’ai moi-même examiné la personne. Je n’affirme ni auteur, ni volonté.",
        error_messages={"required": "Cochez la case pour signer."},
    )

    def __init__(self, *args: Any, alertes: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not alertes:
            del self.fields["alertes_lues"]

    def clean_remis_le(self) -> Any:
        moment = self.cleaned_data["remis_le"]
        if moment > timezone.now():
            raise forms.ValidationError("Cette remise est dans le futur. Corrigez le jour ou l’heure.")
        return moment


OBJETS = {
    Complement.Objet.COMPLEMENT: "Un complément ou une correction",
    Complement.Objet.INFORMATION: "La personne est maintenant informée du signalement",
    Complement.Objet.FIN: "La recherche est finie\u00a0: la personne est retrouvée ou revenue",
}


class ComplementForm(Formulaire):
    cle = forms.UUIDField(widget=forms.HiddenInput)
    objet = forms.ChoiceField(
        label="Ce que vous ajoutez",
        widget=ChoixEncadres,
        initial=Complement.Objet.COMPLEMENT,
        error_messages={"required": "Dites ce que vous ajoutez."},
    )
    texte = forms.CharField(
        label="Votre complément",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Écrivez votre complément."},
    )
    fichier = forms.FileField(label="Pièce", widget=forms.FileInput(attrs=PHOTO), required=False, help_text=PIECE_AIDE)

    def __init__(self, *args: Any, voie: Voie, **options: Any) -> None:
        super().__init__(*args, **options)
        tus = {Complement.Objet.INFORMATION if voie.cloture else Complement.Objet.FIN}
        self.fields["objet"].choices = [(objet, mot) for objet, mot in OBJETS.items() if objet not in tus]  # type: ignore[attr-defined]
        if "pieces" in voie.sans:
            del self.fields["fichier"]


class DemandeForm(Formulaire):
    texte = forms.CharField(
        label="Ce que vous demandez",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Lu par l’auteur du signalement. Le délai est suspendu jusqu’à sa réponse.",
        error_messages={"required": "Écrivez ce que vous demandez."},
    )


class SuiteForm(Formulaire):
    cle = forms.UUIDField(widget=forms.HiddenInput)
    suite_type = forms.ChoiceField(
        label="Suite",
        error_messages={"required": "Choisissez une suite."},
    )
    jour = forms.DateField(
        label="Date", widget=DateNative, error_messages={"required": "Indiquez la date de la suite."}
    )
    information = forms.CharField(
        label="Ce que lit l’auteur du signalement",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Par exemple\u00a0: «\u00a0Le signalement est traité. La personne est contactée.\u00a0» "
        "La nature de la suite ne lui est pas montrée.",
    )

    def __init__(self, *args: Any, voie: Voie, **options: Any) -> None:
        super().__init__(*args, **options)
        mots = dict(Suite._meta.get_field("suite_type").flatchoices)
        admises = voie.suites or JUDICIAIRES
        self.fields["suite_type"].choices = [("", "Choisir"), *((code, mots[code]) for code in admises)]  # type: ignore[attr-defined]

    def clean_jour(self) -> Any:
        jour = self.cleaned_data["jour"]
        if jour > timezone.localdate():
            raise forms.ValidationError("Cette date est dans le futur. Corrigez-la.")
        return jour

    @property
    def reponse(self) -> dict[str, Any]:
        """What the verb receives."""
        return self.cleaned_data
