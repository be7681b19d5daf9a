"""Forms of identity. What is guessed is spent on the brake before it is compared."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts import appareils, code_personnel, facteurs, frein, mots_de_passe
from accounts.identite import adresse_ip
from accounts.models import User
from accounts.sessions import PARTAGE, PERSONNEL
from presentation.formulaires import Formulaire

REFUS = "Identifiant ou mot de passe incorrect."
POSTES = [
    (PARTAGE, "Poste partagé : verrouillage après 5\u00a0minutes sans action"),
    (PERSONNEL, "Poste personnel : verrouillage après 15\u00a0minutes"),
]
SECRET = {"autocapitalize": "none", "spellcheck": "false"}


def secret(libelle: str, autocomplete: str, requis: str, **attributs: Any) -> forms.CharField:
    """A password field: never trimmed, never truncated, paste allowed."""
    return forms.CharField(
        label=libelle,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, **SECRET, **attributs}),
        error_messages={"required": requis},
    )


def chiffres(
    libelle: str, requis: str, autocomplete: str, *, masque: bool = False, **attributs: Any
) -> forms.CharField:
    widget = (forms.PasswordInput if masque else forms.TextInput)(
        attrs={"class": "input input--code", "inputmode": "numeric", "autocomplete": autocomplete, **attributs}
    )
    return forms.CharField(label=libelle, max_length=20, widget=widget, error_messages={"required": requis})


class ConnexionForm(Formulaire):
    """The first factor. What it answers is the same for an account that does not exist."""

    username = forms.EmailField(
        label="Adresse électronique professionnelle",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True, **SECRET}),
        error_messages={"required": "Donnez votre adresse professionnelle."},
    )
    password = secret("Mot de passe", "current-password", "Tapez votre mot de passe.")
    poste = forms.ChoiceField(
        label="Où êtes-vous\u00a0?", choices=POSTES, initial=PARTAGE, required=False, widget=forms.RadioSelect
    )
    marquer_facultatifs = False

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.utilisateur: User | None = None

    def clean_poste(self) -> str:
        return str(self.cleaned_data["poste"] or PARTAGE)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if {"username", "password"} <= donnees.keys():
            self._reconnaitre(donnees["username"].strip().lower(), donnees["password"])
        return donnees

    def _reconnaitre(self, courriel: str, mot_de_passe: str) -> None:
        appareil = appareils.connu(self.request, courriel)
        adresse = f"adresse:{adresse_ip(self.request)}"
        if not appareil and (attendre := frein.attente(adresse, frein.ADRESSE)):
            raise ValidationError(frein.trop(attendre))

        def juste() -> bool:
            trouve = len(mot_de_passe) <= mots_de_passe.MAXIMUM and authenticate(
                self.request, username=courriel, password=mot_de_passe
            )
            self.utilisateur = trouve if isinstance(trouve, User) else None
            return self.utilisateur is not None

        if erreur := frein.tenter(f"connexion:{appareil}:{courriel}", frein.COMPTE, juste, REFUS):
            if not appareil:
                frein.essayer(adresse, frein.ADRESSE)
            raise ValidationError(erreur)


class ReponseDeCle(forms.JSONField):
    """What a security key answered, through the page's script."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as erreur:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from erreur

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data  # never shown again: a key answers anew


class PreuveForm(Formulaire):
    """What a person proves: a code or the answer of a security key, or its password when it has no factor.

    Codes are guessable, so they are spent on the brake, apart for a browser the person already used; a key is not.
    """

    code = chiffres("Code de vérification", "", "one-time-code", autofocus=True)
    cle = ReponseDeCle(widget=forms.HiddenInput, required=False)
    mot_de_passe = secret("Votre mot de passe", "current-password", "Tapez votre mot de passe.", autofocus=True)
    accompagnent = frozenset({"secours"})

    def __init__(
        self, *args: Any, request: HttpRequest, utilisateur: User, par_mot_de_passe: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.utilisateur = request, utilisateur
        self.fields["code"].required = False
        for nom in ("code", "cle") if par_mot_de_passe else ("mot_de_passe",):
            del self.fields[nom]
        self.marquer_facultatifs = False

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if self.errors:
            return donnees
        if donnees.get("cle"):
            if not facteurs.verifier_cle(self.utilisateur, donnees["cle"]):
                self.add_error(None, "Cette clé n’a pas été reconnue. Touchez-la à nouveau, ou entrez un code.")
            return donnees
        champ, verifier, faux = self._preuve(donnees)
        nom = f"preuve:{appareils.connu(self.request, self.utilisateur.courriel)}:{self.utilisateur.pk}"
        if erreur := frein.tenter(nom, frein.FACTEUR, verifier, faux):
            self.add_error(champ, erreur)
        return donnees

    def _preuve(self, donnees: dict[str, Any]) -> tuple[str, Callable[[], bool], str]:
        if "mot_de_passe" in self.fields:
            saisi = donnees["mot_de_passe"]
            return "mot_de_passe", lambda: self.utilisateur.check_password(saisi), "Mot de passe incorrect."
        code = donnees.get("code", "")
        if not code:
            raise ValidationError({"code": "Entrez le code affiché maintenant par votre application."})
        faux = "Ce code est faux, expiré ou déjà utilisé. Entrez le code affiché maintenant."
        return "code", lambda: facteurs.verifier_code(self.utilisateur, code), faux


class RepriseForm(Formulaire):
    """Unlocks one's own locked screen: with the personal code, or with the password when there is none."""

    code = chiffres("Code de reprise", "Tapez vos six chiffres pour reprendre.", "off", masque=True, autofocus=True)
    password = secret(
        "Votre mot de passe", "current-password", "Tapez votre mot de passe pour reprendre.", autofocus=True
    )

    def __init__(self, *args: Any, user: User | AnonymousUser, session: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.session = user, session
        self.epuise = False
        self.champ = "code" if getattr(user, "code_personnel", "") else "password"
        del self.fields["password" if self.champ == "code" else "code"]
        if self.champ == "code":
            self.fields["code"].label = f"Code de reprise de {user}"

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if self.errors:
            return donnees
        essai = frein.essayer(f"verrou:{self.session}", frein.DEVERROUILLAGE)
        if essai.permis and self._juste(donnees[self.champ]):
            frein.relacher(f"verrou:{self.session}")
            return donnees
        self.epuise = not essai.restants
        quoi = "Code incorrect." if self.champ == "code" else "Mot de passe incorrect."
        self.add_error(self.champ, f"{quoi} {frein.suite(essai)[:-1]}, puis il faudra vous reconnecter.")
        return donnees

    def _juste(self, saisi: str) -> bool:
        if not isinstance(self.user, User):
            return False
        return code_personnel.est_juste(self.user, saisi) if self.champ == "code" else self.user.check_password(saisi)


class OubliForm(Formulaire):
    courriel = forms.EmailField(
        label="Adresse électronique professionnelle",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True, **SECRET}),
        error_messages={"required": "Donnez votre adresse professionnelle."},
    )


class MotDePasseForm(Formulaire):
    """A new password, typed twice or pasted twice."""

    mot_de_passe = secret("Nouveau mot de passe", "new-password", "Choisissez un mot de passe.", autofocus=True)
    confirmation = secret("Le même, une seconde fois", "new-password", "Tapez à nouveau le mot de passe.")

    def __init__(self, *args: Any, utilisateur: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.utilisateur = utilisateur
        self.fields["mot_de_passe"].help_text = mots_de_passe.AIDE

    def clean_mot_de_passe(self) -> str:
        choisi = str(self.cleaned_data["mot_de_passe"])
        mots_de_passe.valider(choisi, self.utilisateur)
        if self.utilisateur.check_password(choisi):
            raise ValidationError("C’est votre mot de passe actuel. Choisissez-en un autre.")
        return choisi

    def clean_confirmation(self) -> str:
        confirmation = str(self.cleaned_data["confirmation"])
        if "mot_de_passe" in self.cleaned_data and confirmation != self.cleaned_data["mot_de_passe"]:
            raise ValidationError("Les deux saisies diffèrent. Retapez la seconde.")
        return confirmation


class CodePersonnelForm(Formulaire):
    code = chiffres("Vos six chiffres", "Choisissez six chiffres.", "off", maxlength=6)

    def clean_code(self) -> str:
        code_personnel.verifier(self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


class ApplicationForm(Formulaire):
    code = chiffres("Code à six chiffres", "Entrez le code affiché par l’application.", "one-time-code", maxlength=7)


class CleForm(Formulaire):
    nom = forms.CharField(
        label="Nom de cette clé",
        max_length=60,
        required=False,
        help_text="Par exemple\u00a0: «\u00a0clé du bureau\u00a0».",
    )
    cle = ReponseDeCle(
        widget=forms.HiddenInput, error_messages={"required": "La clé n’a pas répondu. Touchez-la, puis recommencez."}
    )

    def clean_nom(self) -> str:
        return str(self.cleaned_data["nom"]).strip() or "Clé de sécurité"


class CompteForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["theme", "raccourcis"]
        widgets = {"theme": forms.RadioSelect}
