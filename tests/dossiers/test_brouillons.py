"""A draft is its owner's alone, is kept as typed, and goes after thirty days."""

from datetime import timedelta

import time_machine
from django.db import connection
from django.utils import timezone

from dossiers.brouillons import commencer, effacer_expires, garder, miens, retrouver, valider_page
from dossiers.models import Brouillon, Dossier
from tests.distribution import Distribution
from tests.dossiers import essai


def test_seul_son_proprietaire_le_retrouve(distribution: Distribution) -> None:
    brouillon = commencer(genre="essai", acteur=distribution.acteur("soignante"))
    assert retrouver(brouillon.cle, distribution.acteur("soignante")) == brouillon
    for nom in ("infirmiere", "cadre", "juriste", "dpo"):
        assert retrouver(brouillon.cle, distribution.acteur(nom)) is None
        assert miens(distribution.acteur(nom)) == []


def test_une_collegue_n_enregistre_ni_n_efface(distribution: Distribution) -> None:
    brouillon = commencer(genre="essai", acteur=distribution.acteur("soignante"))
    client = distribution.client("infirmiere")
    assert client.post(f"/brouillons/{brouillon.cle}/", {"page": "faits", "x": "1"}).status_code == 404
    assert client.post(f"/brouillons/{brouillon.cle}/effacer/").status_code == 404
    assert Brouillon.objects.get().donnees == {}


def test_l_enregistrement_garde_ce_qui_est_tape(distribution: Distribution) -> None:
    brouillon = commencer(genre="essai", acteur=distribution.acteur("soignante"))
    client = distribution.client("soignante")
    reponse = client.post(
        f"/brouillons/{brouillon.cle}/", {"page": "faits", "recit": "Il a dit « non ».", "lieux": ["a", "b"]}
    )
    assert reponse.status_code == 200
    client.post(f"/brouillons/{brouillon.cle}/", {"page": "suite", "z": "1"})
    brouillon.refresh_from_db()
    assert brouillon.donnees == {"faits": {"recit": "Il a dit « non ».", "lieux": ["a", "b"]}, "suite": {"z": "1"}}


def test_rien_ne_se_lit_dans_la_base(distribution: Distribution) -> None:
    brouillon = commencer(genre="essai", acteur=distribution.acteur("soignante"))
    garder(brouillon=brouillon, page="faits", valeurs={"recit": "ecchymose au bras"})
    with connection.cursor() as curseur:
        curseur.execute("SELECT donnees FROM dossiers_brouillon")
        assert b"ecchymose" not in bytes(curseur.fetchone()[0])


def test_une_page_validee_quitte_le_brouillon(distribution: Distribution) -> None:
    brouillon = commencer(genre="essai", acteur=distribution.acteur("soignante"))
    garder(brouillon=brouillon, page="a", valeurs={"x": "1"})
    garder(brouillon=brouillon, page="b", valeurs={"y": "2"})
    valider_page(brouillon=brouillon, page="a")
    brouillon.refresh_from_db()
    assert brouillon.donnees == {"b": {"y": "2"}}


def test_trente_jours_sans_frappe_l_effacent_avec_son_enveloppe(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    vide, envoye = essai.commencer(acteur), essai.transmettre(essai.commencer(acteur), acteur)
    commencer(genre="essai", acteur=acteur, dossier=vide)
    commencer(genre="essai", acteur=acteur, dossier=envoye)
    recent = commencer(genre="essai", acteur=acteur)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        effacer_expires()
        garder(brouillon=recent, page="a", valeurs={"x": "1"})
    assert Brouillon.objects.count() == 3
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        effacer_expires()
    assert list(Brouillon.objects.all()) == [recent]
    assert list(Dossier.objects.all()) == [envoye]
