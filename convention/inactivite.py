"""Idle accounts: warned after 83 days without a sign-in, closed seven days later, never without the warning."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from convention.comptes import administrateurs, fermer, institutions_de
from convention.models import SuiviCompte
from notifications.avis import prevenir
from notifications.boite_envoi import publier

DELAI, PREAVIS = timedelta(days=90), timedelta(days=7)
AVERTIR, FERME = "compte.inactif", "compte.ferme"


def surveiller() -> None:
    """One beat: warn, then close. Idempotent: a warning is dated, a closed account is no longer active."""
    maintenant = timezone.now()
    averti = Q(suivi__averti_le__gte=F("usage"))
    for compte in _sans_usage_depuis(maintenant - DELAI + PREAVIS).exclude(averti)[:200]:
        SuiviCompte.objects.update_or_create(utilisateur=compte, defaults={"averti_le": maintenant})
        publier(AVERTIR, cle_unique=f"inactif:{compte.cle}:{maintenant:%Y%m%d}", charge={"compte": compte.pk})
    for compte in _sans_usage_depuis(maintenant - DELAI).filter(averti, suivi__averti_le__lte=maintenant - PREAVIS)[
        :200
    ]:
        fermer(utilisateur=compte, motif=SuiviCompte.Motif.INACTIVITE, acteur=None)
        publier(FERME, cle_unique=f"ferme:{compte.cle}:{maintenant:%Y%m%d}", charge={"compte": compte.pk})


def _sans_usage_depuis(limite: Any) -> QuerySet[User]:
    """Active accounts last used before that moment: a sign-in, the opening or a reactivation."""
    usage = Greatest("last_login", "cree_le", "suivi__reactive_le")
    return User.objects.annotate(usage=usage).filter(is_active=True, usage__lt=limite).order_by("pk")


def avertir(charge: Mapping[str, Any]) -> None:
    """Carry out the outbox subject `compte.inactif`."""
    compte = User.objects.get(pk=charge["compte"])
    if compte.is_active:
        texte = "Votre compte n’a pas servi depuis 83 jours. Connectez-vous dans les 7 jours pour le garder ouvert."
        prevenir([compte], cle_unique=f"inactif:{_jour(compte)}", texte=texte, adresse="/", reference="")


def annoncer(charge: Mapping[str, Any]) -> None:
    """Carry out `compte.ferme`: the administrators of the house see to the cases this person carried."""
    compte = User.objects.get(pk=charge["compte"])
    adresse = reverse("convention:compte", args=[compte.cle])
    for institution_id in sorted(institutions_de(compte)):
        prevenir(
            administrateurs(institution_id),
            cle_unique=f"ferme:{compte.pk}:{_jour(compte)}",
            texte="Un compte sans connexion depuis 90 jours vient d’être suspendu. Voyez à qui confier ses dossiers.",
            adresse=adresse,
            reference="",
        )


def _jour(compte: User) -> str:
    suivi = SuiviCompte.objects.get(utilisateur=compte)
    return f"{compte.pk}:{suivi.averti_le:%Y%m%d}" if suivi.averti_le else str(compte.pk)
