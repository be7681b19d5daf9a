"""The PDF addressed to the prosecutor: what it must say, what it must never say."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from documents.render import rendre_pdf
from dossiers.models import Personne
from signalements import certificat, documents, workflow
from signalements.contenu import lire
from signalements.demonstration import VARIANTES, fabriquer_signalements
from signalements.models import Signalement
from signalements.voies import EN_MAIN_PROPRE, VOIES
from tests.coffre_ouvert import lire as lire_fichier
from tests.imprime import texte
from tests.signalements.situation import JETON, brouillon, pret, signature, transmis

LE = datetime(2026, 11, 22, 3, 12, tzinfo=ZoneInfo("Europe/Paris"))


def du_dossier(dossier) -> str:
    return texte(lire_fichier(dossier.pieces.exclude(document=None).get().fichier))


def test_le_signalement_sans_accord_porte_les_mentions_obligatoires(soignante):
    dossier = transmis(soignante)
    pdf = du_dossier(dossier)
    for mention in (
        "procureur de la République",
        "226-14, 3°",
        "Dr Camille Aubert",
        "Médecin",
        "10001234567",
        JETON["nom"],
        JETON["contact"],
        JETON["faits"],
        "CANARI-PAROLES-7C",
        "Pression sur le cou.",
        "Isolée de sa famille.",
        "Accord recherché",
        "Elle refuse",
        "Informée du signalement",
        "en conscience",
        "Grilles renseignées, version 2025.1",
        "Signé et transmis dans Trait d’union",
        dossier.reference,
        "Parquet de Valenciennes",
    ):
        assert mention in pdf, mention


def test_les_paroles_restent_entre_guillemets(soignante):
    assert "« CANARI-PAROLES-7C »" in du_dossier(transmis(soignante))


@pytest.mark.parametrize("interdit", ["IPP", "victime de M.", "agresseur", "coupable"])
def test_le_signalement_n_affirme_rien_et_ne_porte_pas_d_identifiant_hospitalier(soignante, interdit):
    dossier = pret(soignante)
    Personne.objects.create(dossier=dossier, role=Personne.Role.DESIGNEE, nom="Quennesson", prenoms="Bruno")
    pdf = du_dossier(workflow.transmettre(dossier=dossier, acteur=soignante, signature=signature()))
    assert "Bruno Quennesson, tel que la personne le désigne" in pdf
    assert interdit not in pdf


def test_le_signalement_avec_accord_dit_l_accord_expres(soignante):
    pdf = du_dossier(transmis(soignante, "MAJEUR_AVEC_ACCORD"))
    assert "226-14, 2°" in pdf
    assert "accord exprès" in pdf
    assert "Écrit, daté et signé" in pdf
    assert "emprise exercée" not in pdf


def test_la_meme_lettre_donne_deux_fois_le_meme_fichier(soignante):
    lu = lire(transmis(soignante))
    premier = rendre_pdf(documents.GABARIT, documents.contexte(lu, LE))
    with time_machine.travel(LE + timedelta(days=400), tick=False):
        second = rendre_pdf(documents.GABARIT, documents.contexte(lu, LE))
    assert premier == second


def test_l_apercu_se_dit_apercu_et_n_est_pas_garde(soignante):
    dossier = pret(soignante)
    assert "Aperçu avant envoi" in texte(documents.apercu(lire(dossier)))
    assert not dossier.pieces.exists()


def test_une_saisie_reste_un_texte_et_jamais_un_gabarit(soignante):
    dossier = pret(soignante, faits_observes="{% load static %}<b>{{ settings.SECRET_KEY }}</b>")
    assert "{{ settings.SECRET_KEY }}" in texte(documents.apercu(lire(dossier)))


def test_la_graine_donne_toujours_les_memes_lettres_et_elles_s_impriment(soignante):
    dossiers = [brouillon(soignante, voie) for voie in VARIANTES]
    Signalement.objects.all().delete()
    lots = [fabriquer_signalements(dossiers, random.Random(7)) for _ in range(2)]
    assert [lettre.faits_observes for lettre in lots[0][0]] == [lettre.faits_observes for lettre in lots[1][0]]
    lettres, personnes = lots[0]
    Signalement.objects.bulk_create(lettres)
    Personne.objects.bulk_create(personnes)
    assert set(VARIANTES) == set(VOIES) | set(EN_MAIN_PROPRE)
    for dossier in dossiers:
        papier = certificat if dossier.variante in EN_MAIN_PROPRE else documents
        assert texte(papier.apercu(lire(dossier)))
