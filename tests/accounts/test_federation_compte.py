"""SEC-24: what is configured, who links their identity, and how both sides say farewell."""

import os
import subprocess
import sys
import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from django.conf import settings as reglages
from django.test import Client

from accounts.federation.preuves import FERMETURE
from accounts.models import IdentiteFederee, User
from journal.models import Entree
from notifications.models import Envoi
from tests.accounts.fournisseur import Claims, FournisseurDEssai
from tests.accounts.identite import MOT_DE_PASSE, connecter, enroler, entre, plus_tard
from tests.accounts.parcours_federe import (
    PROCONNECT,
    PSC,
    consentir,
    ouverte,
    partir,
    passer,
    refusee,
    relier,
    sans,
)
from tests.distribution import Distribution
from tests.rapport import consigner


@pytest.fixture
def opj(distribution: Distribution) -> User:
    return distribution.utilisateur("opj")


def test_sans_reglage_rien_n_existe(opj: User, settings: Any) -> None:
    settings.FEDERATION = {}
    page = Client().get("/connexion/").content.decode()
    assert "ProConnect" not in page
    assert "Pro Santé Connect" not in page
    client = connecter(opj)
    assert "ProConnect" not in client.get("/compte/").content.decode()
    for suite in ("", "retour/", "fermeture/"):
        for nom in (PROCONNECT, PSC, "autre"):
            assert Client().get(f"/connexion/{nom}/{suite}").status_code == 404
            assert Client().post(f"/connexion/{nom}/{suite}").status_code == 404
    assert client.post(f"/compte/identite/{PROCONNECT}/").status_code == 404


def test_les_boutons_et_la_politique_de_la_page(agents: FournisseurDEssai, db: None) -> None:
    page = Client().get("/connexion/").content.decode()
    assert "Continuer avec ProConnect" in page
    assert "Continuer avec Pro Santé Connect" in page
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/connexion/{PROCONNECT}/").status_code == 403
    assert Client().get(f"/connexion/{PROCONNECT}/").status_code == 405


LIRE = "from config.settings import base; print(base.FEDERATION, base.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"


@pytest.mark.parametrize(
    ("variables", "attendu"),
    [
        ({}, "{} [\"'self'\"]"),
        ({"PROCONNECT_ADRESSE": "https://agents.test/api", "PROCONNECT_CLIENT": "c"}, "PROCONNECT_SECRET manque"),
        ({"PSC_ADRESSE": "http://soignants.test", "PSC_CLIENT": "c", "PSC_SECRET": "s"}, "commencer par https://"),
        (
            {
                "PROCONNECT_ADRESSE": "https://agents.test/api",
                "PROCONNECT_CLIENT": "c",
                "PROCONNECT_SECRET": "s",
                "PSC_ADRESSE": "https://soignants.test/a",
                "PSC_CLIENT": "c",
                "PSC_SECRET": "s",
                "PSC_AUTORISATION": "https://porte.test",
            },
            "[\"'self'\", 'https://agents.test', 'https://porte.test', 'https://soignants.test']",
        ),
    ],
)
def test_l_environnement_seul_nomme_les_fournisseurs(variables: dict[str, str], attendu: str) -> None:
    sortie = subprocess.run(
        [sys.executable, "-c", LIRE],
        env={**os.environ, **variables},
        cwd=reglages.RACINE,
        text=True,
        capture_output=True,
    )
    assert attendu in sortie.stdout + sortie.stderr


def test_une_personne_relie_son_identite_et_la_retire(agents: FournisseurDEssai, opj: User) -> None:
    enroler(opj)
    client = connecter(opj)
    page = f"/compte/identite/{PROCONNECT}/"
    assert "Relier mon compte ProConnect" in client.get("/compte/").content.decode()
    depart = client.post(page)["Location"]
    assert client.get(consentir(depart))["Location"] == page
    assert not IdentiteFederee.objects.exists(), "un retour ne relie rien : la personne confirme"
    assert "Une fois reliée" in client.get(page).content.decode()
    assert client.post(page, {"geste": "confirmer"})["Location"] == "/compte/"
    identite = IdentiteFederee.objects.get()
    assert (identite.utilisateur, identite.emetteur, identite.sujet) == (opj, agents.adresse, "personne-1")
    client.post(page, {"geste": "confirmer"})
    assert IdentiteFederee.objects.count() == 1
    assert "Retirer le lien avec ProConnect" in client.get("/compte/").content.decode()
    User.objects.filter(pk=opj.pk).update(password="!")
    sans_mot_de_passe = Client()
    sans_mot_de_passe.force_login(User.objects.get(pk=opj.pk))
    session = sans_mot_de_passe.session
    session.update({"eleve_le": int(time.time()), "second_facteur": opj.pk})
    session.save()
    sans_mot_de_passe.post(f"{page}retirer/")
    assert IdentiteFederee.objects.exists(), "on garde un moyen d’entrer"
    opj.set_password(MOT_DE_PASSE)
    opj.save()
    client = Client()
    with plus_tard(minutes=2):
        connecter(opj, client)
        client.post(f"{page}retirer/")
    assert not IdentiteFederee.objects.exists()
    modeles = [envoi.charge["modele"] for envoi in Envoi.objects.filter(sujet="compte.courriel").order_by("pk")]
    assert modeles == ["identite_reliee", "identite_deliee"]


def test_relier_demande_une_preuve_recente_et_la_meme_session(
    agents: FournisseurDEssai, opj: User, distribution: Distribution
) -> None:
    page = f"/compte/identite/{PROCONNECT}/"
    enroler(opj)
    client = connecter(opj)
    retour = consentir(client.post(page)["Location"])
    assert client.get(page)["Location"] == "/compte/"
    visiteur = Client()
    partir(visiteur)
    assert refusee(visiteur, visiteur.get(retour))
    assert client.get(retour)["Location"] == page
    ancienne = client.session
    ancienne["eleve_le"] = int(time.time()) - 301
    ancienne.save()
    for champs in ({}, {"geste": "confirmer"}):
        assert client.post(page, champs)["Location"].startswith("/confirmer/")
    ancienne["eleve_le"] = int(time.time())
    ancienne.save()
    relier(distribution.utilisateur("soignante"), agents)
    suite = client.post(page, {"geste": "confirmer"}, follow=True).content.decode()
    assert "déjà reliée" in suite
    assert IdentiteFederee.objects.filter(utilisateur=opj).count() == 0


def test_la_deconnexion_ferme_ici_puis_chez_le_fournisseur(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    agents.amr = ["mfa"]
    client = Client()
    passer(client)
    assert agents.signer({}).split(".")[0] not in str(dict(client.session)), "le jeton gardé est scellé"
    reponse = client.post("/deconnexion/")
    assert not ouverte(client)
    morceaux = urlsplit(reponse["Location"])
    assert f"{morceaux.scheme}://{morceaux.netloc}{morceaux.path}" == f"{agents.adresse}/end_session"
    lus = dict(parse_qsl(morceaux.query))
    assert jwt.decode(lus["id_token_hint"], options={"verify_signature": False})["sub"] == "personne-1"
    assert len(lus["state"]) >= 32
    assert lus["post_logout_redirect_uri"] == f"{reglages.ADRESSE_PUBLIQUE}/connexion/"
    enroler(opj)
    assert connecter(opj).post("/deconnexion/")["Location"] == "/connexion/"


def adieu(f: FournisseurDEssai, **autres: Any) -> Claims:
    return f.communs(sub="personne-1", jti="jti-1", events={FERMETURE: {}}, **autres)


def test_le_fournisseur_ferme_toutes_les_sessions(agents: FournisseurDEssai, opj: User) -> None:
    relier(opj, agents)
    agents.amr = ["mfa"]
    for par in ("sub", "sid"):
        client, seconde = Client(enforce_csrf_checks=True), Client()
        passer(seconde)
        assert entre(seconde)
        lu = {**sans("sub" if par == "sid" else "sid")(adieu(agents, sid="sid-1")), "jti": f"jti-{par}"}
        reponse = client.post(f"/connexion/{PROCONNECT}/fermeture/", {"logout_token": agents.signer(lu)})
        assert (reponse.status_code, reponse["Cache-Control"]) == (200, "no-store")
        assert not entre(seconde)
    assert Entree.objects.filter(objet="accounts:fin_de_session").count() == 2


def test_un_faux_adieu_ne_ferme_rien(deux: tuple[FournisseurDEssai, ...], opj: User) -> None:
    f, autre = deux
    relier(opj, f)
    f.amr = ["mfa"]
    client = Client()
    passer(client)
    faux = {
        "d’un autre": autre.signer(adieu(f)),
        "clé de l’autre": jwt.encode(adieu(f), autre.cle, "RS256", headers={"kid": f.kid}),
        "sans signature": jwt.encode(adieu(f), None, "none", headers={"kid": f.kid}),
        "aud": f.signer({**adieu(f), "aud": "autre"}),
        "iss": f.signer({**adieu(f), "iss": autre.adresse}),
        "nonce": f.signer(adieu(f, nonce="n" * 40)),
        "sans événement": f.signer(sans("events")(adieu(f))),
        "autre événement": f.signer({**adieu(f), "events": {"autre": {}}}),
        "événement plat": f.signer({**adieu(f), "events": [FERMETURE]}),
        "sans jti": f.signer(sans("jti")(adieu(f))),
        "jti vide": f.signer({**adieu(f), "jti": ""}),
        "sans personne": f.signer(sans("sub")(adieu(f))),
        "sans âge": f.signer(sans("iat")(adieu(f))),
        "ancien": f.signer(sans("exp")({**adieu(f), "iat": int(time.time()) - 700})),
        "périmé": f.signer({**adieu(f), "exp": int(time.time()) - 60}),
        "rien": "",
    }
    acceptes = [
        cas
        for cas, jeton in faux.items()
        if Client().post(f"/connexion/{PROCONNECT}/fermeture/", {"logout_token": jeton}).status_code != 400
    ]
    assert acceptes == []
    assert entre(client)
    bon = {"logout_token": f.signer({**adieu(f), "sub": "personne-inconnue"})}
    assert Client().post(f"/connexion/{PROCONNECT}/fermeture/", bon).status_code == 200
    assert Client().post(f"/connexion/{PROCONNECT}/fermeture/", bon).status_code == 400, "un adieu ne sert qu’une fois"
    assert entre(client)
    consigner("sec-24-adieux", faux=len(faux) + 1, acceptes=0)
