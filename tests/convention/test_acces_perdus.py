"""A person who lost phone, key and recovery codes: two persons bring them back, and nobody else gets in meanwhile."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings as reglages
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts import code_personnel
from accounts.courriels import composer
from accounts.facteurs import code_du_pas
from accounts.models import User
from convention import acces_perdus, comptes, quatre_yeux
from convention.models import DemandeDouble
from convention.quatre_yeux import ApprobationRefusee
from convention.sceau_facteurs import AdaptateurFacteurs
from journal.chaine import verifier
from journal.models import Entree
from notifications.models import Envoi
from tests.accounts.identite import MOT_DE_PASSE, NOUVEAU, connecter, enroler, entre, plus_tard, premier_facteur
from tests.convention.gens import MOTIF, acteur, administrateur, client, compte
from tests.distribution import Distribution

CHOIX = {"mot_de_passe": NOUVEAU, "confirmation": NOUVEAU}
PAGE = "/connexion/mot-de-passe/"


@pytest.fixture
def opj(distribution: Distribution) -> User:
    """Has an application, recovery codes and a personal code, and no longer any of them at hand."""
    utilisateur = distribution.utilisateur("opj")
    enroler(utilisateur)
    RecoveryCodes.activate(utilisateur)
    code_personnel.choisir(utilisateur, "719283")
    return utilisateur


@pytest.fixture
def deux(distribution: Distribution) -> tuple[User, User]:
    return administrateur(distribution, "POLICE", 1), administrateur(distribution, "POLICE", 2)


def demander(qui: User, pour: User) -> DemandeDouble:
    return acces_perdus.demander(utilisateur=pour, motif=MOTIF, acteur=acteur(qui))


def approuver(demande: DemandeDouble, qui: User) -> None:
    quatre_yeux.approuver(demande=demande, contenu=acces_perdus.contenu(demande.objet), acteur=acteur(qui))


def recevoir(modele: str, mailoutbox: list[Any]) -> str:
    composer(Envoi.objects.filter(charge__modele=modele).latest("pk").charge)
    adresse = re.search(r"https?://\S+", mailoutbox[-1].body)
    assert adresse is not None
    return adresse.group().removeprefix(reglages.ADRESSE_PUBLIQUE)


def intacte(utilisateur: User) -> bool:
    utilisateur.refresh_from_db()
    return Authenticator.objects.filter(user=utilisateur).count() == 2 and utilisateur.check_password(MOT_DE_PASSE)


def test_deux_administrateurs_ramenent_une_personne_qui_a_tout_perdu(
    settings: Any, opj: User, deux: tuple[User, User], mailoutbox: list[Any]
) -> None:
    """Through the pages: asked, approved, a link, a new password, a new factor, and only then the product."""
    ouverte = connecter(opj)
    assert entre(ouverte)
    premier, second = (client(qui) for qui in deux)
    assert "Accès perdu" in premier.get(f"/comptes/{opj.cle}/").content.decode()
    reponse = premier.post(f"/comptes/{opj.cle}/acces-perdu/", {"motif": MOTIF}, follow=True)
    assert "second administrateur" in reponse.content.decode()
    assert intacte(opj), "demander n’efface rien"
    page = second.get("/comptes/approbations/").content.decode()
    assert "Remettre à zéro un accès perdu" in page
    demande = DemandeDouble.objects.get()
    second.post(f"/comptes/approbations/{demande.cle}/", {"geste": "approuver"})

    settings.MODE_DEMONSTRATION = False
    opj.refresh_from_db()
    assert not Authenticator.objects.filter(user=opj).exists()
    assert (opj.has_usable_password(), opj.code_personnel) == (False, "")
    assert not entre(ouverte), "ses sessions sont fermées"
    refuse = Client().post("/connexion/", {"username": opj.courriel, "password": MOT_DE_PASSE})
    assert refuse.status_code == 200, "l’ancien mot de passe n’entre plus"

    retrouve = Client()
    assert retrouve.get(recevoir("retour", mailoutbox))["Location"] == PAGE
    assert retrouve.post(PAGE, CHOIX).status_code == 302
    assert retrouve.get("/accueil/")["Location"] == "/compte/verification/"
    assert not entre(retrouve), "sans nouveau facteur, rien de nominatif ne s’ouvre"
    retrouve.get("/compte/verification/application/")
    secret = AdaptateurFacteurs().decrypt(retrouve.session["graine"])
    code = code_du_pas(secret, int(time.time()) // 30)
    assert retrouve.post("/compte/verification/application/", {"code": code}).status_code == 302
    assert entre(retrouve)


def test_le_journal_dit_qui_a_demande_approuve_et_efface(opj: User, deux: tuple[User, User]) -> None:
    demande = demander(deux[0], opj)
    approuver(demande, deux[1])
    traces = Entree.objects.filter(cle__in=[demande.cle, opj.cle]).exclude(action="rattacher").order_by("pk")
    assert [(trace.action, trace.acteur) for trace in traces] == [
        ("demander_approbation", acteur(deux[0]).cle),
        ("approuver", acteur(deux[1]).cle),
        ("rendre_acces", acteur(deux[1]).cle),
    ]
    assert all(MOTIF not in t.contenu and opj.nom not in t.contenu for t in traces)
    assert verifier() == []


def test_la_personne_est_prevenue_deux_fois_sans_un_mot_de_trop(
    opj: User, deux: tuple[User, User], mailoutbox: list[Any]
) -> None:
    demande = demander(deux[0], opj)
    assert recevoir("retour_demande", mailoutbox) == "/compte/"
    approuver(demande, deux[1])
    assert recevoir("retour", mailoutbox).startswith(f"/connexion/retour/{opj.cle}/")
    for courriel in mailoutbox:
        assert courriel.to == [opj.courriel]
        for mot in (opj.nom, opj.prenom, deux[0].nom, deux[1].nom, MOTIF, "POLICE"):
            assert mot not in courriel.subject + courriel.body


def test_un_lien_de_retour_sert_une_fois_et_un_jour(opj: User, deux: tuple[User, User], mailoutbox: list[Any]) -> None:
    approuver(demander(deux[0], opj), deux[1])
    lien = recevoir("retour", mailoutbox)
    with plus_tard(hours=24.1):
        assert "plus de 24 heures" in Client().get(lien).content.decode()
    for autre in (lien.replace("/connexion/retour/", "/invitation/"), lien.replace("/retour/", "/oubli/")):
        assert "Ce lien ne sert plus" in Client().get(autre).content.decode()
    navigateur = Client()
    navigateur.get(lien)
    navigateur.post(PAGE, CHOIX)
    assert "Ce lien ne sert plus" in Client().get(lien).content.decode()


def test_un_lien_perdu_se_redemande_a_deux(opj: User, deux: tuple[User, User], mailoutbox: list[Any]) -> None:
    approuver(demander(deux[0], opj), deux[1])
    perdu = recevoir("retour", mailoutbox)
    opj.refresh_from_db()
    with plus_tard(hours=30):
        approuver(demander(deux[1], opj), deux[0])
        assert "Ce lien ne sert plus" in Client().get(perdu).content.decode()
        assert Client().get(recevoir("retour", mailoutbox)).status_code == 302


def refuse(geste: Any, mots: str) -> None:
    with pytest.raises(ApprobationRefusee, match=mots), transaction.atomic():
        geste()


def test_ni_seul_ni_pour_soi_ni_trop_tard(distribution: Distribution, opj: User, deux: tuple[User, User]) -> None:
    premier, second = deux
    gendarme, admin, dpo = (distribution.utilisateur(nom) for nom in ("gendarme", "admin_chv", "dpo"))
    enroler(premier)
    refuse(lambda: demander(premier, premier), "le vôtre")
    double = compte(distribution, "autre@demo.test", "POLICE-CSP", "ADMIN_INSTITUTION", prenom=opj.prenom, nom=opj.nom)
    refuse(lambda: demander(double, opj), "le vôtre")
    refuse(lambda: demander(gendarme, opj), "Seul l’administrateur")
    refuse(lambda: demander(admin, opj), "Seul l’administrateur")
    refuse(lambda: demander(dpo, opj), "Seul l’administrateur")
    refuse(lambda: acces_perdus.demander(utilisateur=opj, motif="perdu", acteur=acteur(premier)), "au moins")
    demande = demander(premier, opj)
    refuse(lambda: demander(premier, opj), "attend déjà")
    refuse(lambda: approuver(demande, premier), "une autre personne")
    refuse(lambda: approuver(demande, double), "pour vous")
    refuse(lambda: approuver(demande, dpo), "second administrateur")
    with plus_tard(hours=24.1):
        refuse(lambda: approuver(demande, second), "24 heures")
    assert intacte(opj)


def test_qui_se_connecte_n_a_rien_perdu(opj: User, deux: tuple[User, User]) -> None:
    demande = demander(deux[0], opj)
    premier_facteur(opj)
    User.objects.filter(pk=opj.pk).update(last_login=timezone.now())
    refuse(lambda: approuver(demande, deux[1]), "a changé")
    assert intacte(opj)


def test_un_compte_suspendu_ou_sans_facteur_passe_par_ailleurs(
    distribution: Distribution, opj: User, deux: tuple[User, User]
) -> None:
    refuse(lambda: demander(deux[0], compte(distribution, "x@demo.test", "POLICE-CSP", "ENQUETEUR")), "oublié")
    demande = demander(deux[0], opj)
    comptes.suspendre(utilisateur=opj, motif="securite", acteur=acteur(deux[1]))
    refuse(lambda: approuver(demande, deux[1]), "n’en a plus le droit")
    refuse(lambda: demander(deux[0], opj), "suspendu")
    assert intacte(opj)


def test_l_administrateur_seul_de_sa_maison_revient_par_la_referente_et_le_delegue(
    distribution: Distribution, mailoutbox: list[Any]
) -> None:
    seul, referente, dpo = (
        administrateur(distribution, "PARQUET", 1),
        *map(distribution.utilisateur, ("referente", "dpo")),
    )
    enroler(seul)
    assert "Accès perdu" in client(referente).get(f"/comptes/{seul.cle}/").content.decode()
    demande = demander(referente, seul)
    refuse(lambda: approuver(demande, referente), "une autre personne")
    approuver(demande, dpo)
    assert not Authenticator.objects.filter(user=seul).exists()
    enroler(seul)
    administrateur(distribution, "PARQUET", 2)
    refuse(lambda: demander(referente, seul), "Seul l’administrateur")
