from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


class ConnexionForm(AuthenticationForm):
    username = forms.EmailField(
        label="Adresse électronique professionnelle",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    error_messages = {
        "invalid_login": "Identifiant ou mot de passe incorrect. Vérifiez l’adresse, puis retapez le mot de passe.",
        "inactive": "Identifiant ou mot de passe incorrect. Vérifiez l’adresse, puis retapez le mot de passe.",
    }


class RepriseForm(forms.Form):
    """Unlocks a locked screen with the password of its owner."""

    password = forms.CharField(
        label="Votre mot de passe",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        error_messages={"required": "Tapez votre mot de passe pour reprendre."},
    )

    def __init__(self, *args: object, user: User | AnonymousUser, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.user = user

    def clean_password(self) -> str:
        mot_de_passe: str = self.cleaned_data["password"]
        if not self.user.check_password(mot_de_passe):
            raise forms.ValidationError("Mot de passe incorrect. Retapez-le, ou changez de session.")
        return mot_de_passe


class CompteForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["theme", "raccourcis"]
        widgets = {"theme": forms.RadioSelect}
