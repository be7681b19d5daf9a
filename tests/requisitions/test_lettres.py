"""Standard letters: versions, variables, and the number that a sent letter keeps."""

import pytest
from django.db import InternalError, ProgrammingError, transaction

from requisitions.lettres import GENRES, composer, inconnues
from requisitions.lettres import modeles as m
from requisitions.models import LettreType
from transitions.workflow import TransitionRefusee


@pytest.mark.parametrize("genre", GENRES)
def test_le_texte_de_depart_ne_nomme_que_ses_variables(genre):
    assert inconnues(genre, GENRES[genre].depart) == []


@pytest.mark.parametrize(
    ("texte", "fautes"),
    [
        ("Sous {{ numero }} et {{numero}}.", []),
        ("Le {{ patient }} et {{ patient }}.", ["patient"]),
        ("Avant le {{ echeance }}.", ["echeance"]),
        ("Une {{ accolade", ["{{"]),
        ("{{ }}", [""]),
    ],
)
def test_une_variable_inconnue_se_voit(texte, fautes):
    assert inconnues("refus", texte) == fautes


def test_une_valeur_reste_des_mots():
    lettre = composer("Pour {{ requerant }}", {"requerant": "<b>Duval</b> *Lt* [x](http://y.test)\n# {{ numero }}"})
    assert lettre == ("<p>Pour &lt;b&gt;Duval&lt;/b&gt; *Lt* [x](http://y.test) # {{ numero }}</p>\n")


def test_un_projet_n_est_pas_la_lettre_une_version_en_vigueur_l_est(juriste, opj):
    with pytest.raises(TransitionRefusee, match="affaires juridiques ou la référente"):
        m.ecrire(acteur=opj, genre="refus", texte="Bonjour.")
    with pytest.raises(TransitionRefusee, match="ne connaît pas «\u00a0patient"):
        m.ecrire(acteur=juriste, genre="refus", texte="Pour {{ patient }}.")
    m.ecrire(acteur=juriste, genre="refus", texte="Projet.")
    assert m.en_vigueur("refus") is None
    assert m.lettre("refus", {}).modele.endswith("texte de départ")
    m.ecrire(acteur=juriste, genre="refus", texte="Refus de {{ numero }}.", mettre_en_vigueur=True)
    assert m.lettre("refus", {"numero": "REQ-1"}) == m.Composee(
        "<p>Refus de REQ-1.</p>\n", "Lettre type «\u00a0Refus motivé\u00a0», version 1"
    )


def test_une_version_en_vigueur_ne_change_plus(juriste):
    version = m.ecrire(acteur=juriste, genre="refus", texte="Un.", mettre_en_vigueur=True)
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        LettreType.objects.filter(pk=version.pk).update(texte="Deux.")
    with pytest.raises(TransitionRefusee, match="déjà celui"):
        m.ecrire(acteur=juriste, genre="refus", texte="Un.", mettre_en_vigueur=True)
    assert m.ecrire(acteur=juriste, genre="refus", texte="Deux.").numero == 2
    assert m.lettre("refus", {}).texte == "<p>Un.</p>\n"


def test_la_page_montre_l_apercu_et_garde_ce_qui_est_tape(distribution):
    client = distribution.client("juriste")
    adresse = "/requisitions/lettres/?genre=accuse"
    page = client.post(adresse, {"texte": "Avant {{ jamais }}", "geste": "vigueur"}).content.decode()
    assert "ne connaît pas" in page
    assert "Avant {{ jamais }}" in page
    assert "Avant lundi" in client.post(adresse, {"texte": "Avant {{ echeance }}", "geste": "apercu"}).content.decode()
    assert client.post(adresse, {"texte": "Avant {{ echeance }}", "geste": "vigueur"}).status_code == 302
    assert "Version 1 en vigueur" in client.get(adresse).content.decode()
    assert distribution.client("opj").get(adresse).status_code == 403
