"""Ninety days without a sign-in close an account, after a warning; and no account has every right (SEC-13)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from config.exigences import controler_la_base
from convention import comptes
from convention.inactivite import surveiller
from journal.models import Entree
from notifications.models import Avis
from tests.architecture.depot import modules
from tests.conftest import connexion_superutilisateur
from tests.convention.gens import acteur, administrateur
from tests.distribution import Distribution
from tests.rapport import consigner


def vieux(distribution: Distribution, nom: str, jours: int) -> User:
    utilisateur = distribution.utilisateur(nom)
    usage = timezone.now() - timedelta(days=jours)
    User.objects.filter(pk=utilisateur.pk).update(last_login=usage, cree_le=usage - timedelta(days=30))
    utilisateur.refresh_from_db()
    return utilisateur


def test_un_compte_inactif_est_averti_puis_ferme_sept_jours_plus_tard(
    distribution: Distribution, travailler: Callable[[], int]
) -> None:
    admin = administrateur(distribution, "CHV")
    oublie, recent = vieux(distribution, "soignante", 84), vieux(distribution, "juriste", 82)
    surveiller(), surveiller()
    travailler()
    assert [message.to for message in mail.outbox] == [[oublie.courriel]]
    assert "7 jours" in Avis.objects.get(destinataire=oublie).texte
    oublie.refresh_from_db()
    assert oublie.is_active
    with time_machine.travel(timezone.now() + timedelta(days=6, hours=23), tick=False):
        surveiller()
        oublie.refresh_from_db()
        assert oublie.is_active
    with time_machine.travel(timezone.now() + timedelta(days=7, hours=1), tick=False):
        surveiller()
        oublie.refresh_from_db()
        recent.refresh_from_db()
        assert not oublie.is_active
        assert recent.is_active
        assert oublie.suivi.motif == "inactivite"
        assert Entree.objects.filter(action="suspendre", cle=oublie.cle, acteur=None).exists()
        travailler()
        assert Avis.objects.filter(destinataire=admin, texte__contains="90 jours").exists()


def test_un_compte_jamais_averti_n_est_pas_ferme_meme_apres_un_an(distribution: Distribution) -> None:
    oublie = vieux(distribution, "soignante", 365)
    surveiller()
    oublie.refresh_from_db()
    assert oublie.is_active


def test_une_connexion_ou_une_reouverture_remet_le_delai_a_zero(distribution: Distribution) -> None:
    admin = administrateur(distribution, "CHV")
    revenu, rouvert = vieux(distribution, "soignante", 89), vieux(distribution, "juriste", 120)
    surveiller()
    User.objects.filter(pk=revenu.pk).update(last_login=timezone.now())
    comptes.fermer(utilisateur=rouvert, motif="absence", acteur=acteur(admin))
    comptes.activer(compte=rouvert, acteur=acteur(admin))
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        surveiller()
    revenu.refresh_from_db()
    rouvert.refresh_from_db()
    assert revenu.is_active
    assert rouvert.is_active


def test_ni_administration_django_ni_historique_modifiable() -> None:
    """SEC-13: nothing registers a model in an admin site, and no class of these kinds exists in the product."""
    interdits = ("SimpleHistoryAdmin", "GuardedModelAdmin", "ModelAdmin", "admin.site", "contrib.admin")
    fautes = [
        (fichier.name, mot)
        for fichier in modules()
        for mot in interdits
        if mot in Path(fichier).read_text(encoding="utf-8")
    ]
    assert fautes == []
    assert not apps.is_installed("django.contrib.admin")
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


@pytest.mark.django_db(transaction=True)
def test_le_demarrage_est_refuse_quand_un_compte_a_tous_les_droits(settings: object) -> None:
    """The database refuses such an account; were its constraint removed, the start would still be refused."""
    settings.MODE_DEMONSTRATION = settings.EN_PROPRIETAIRE = False  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(courriel="tout@hopital.test", prenom="A", nom="B", is_superuser=True)
    User.objects.create(courriel="tout@hopital.test", prenom="A", nom="B")
    avant = [erreur.msg for erreur in controler_la_base(databases=["default"])]
    with connexion_superutilisateur() as base:
        base.execute("ALTER TABLE accounts_user DROP CONSTRAINT compte_jamais_superutilisateur")
        base.execute("UPDATE accounts_user SET is_superuser = true")
        apres = [erreur.msg for erreur in controler_la_base(databases=["default"])]
        base.execute("UPDATE accounts_user SET is_superuser = false")
        base.execute("ALTER TABLE accounts_user ADD CONSTRAINT compte_jamais_superutilisateur CHECK (NOT is_superuser)")
    connection.close()
    consigner("sec-13", modeles_enregistres=0, refus_de_demarrer=len(apres) - len(avant))
    assert [phrase for phrase in apres if phrase not in avant] == [
        "Un compte a tous les droits\u00a0: retirez-lui ce privilège, aucun compte n’en a besoin."
    ]
