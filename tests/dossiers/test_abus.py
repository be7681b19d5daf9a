"""SEC-61: the patterns of abuse that no single request shows, each recognised, and everyday work left in peace."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest

from accounts.models import User
from convention.acteur import acteur_de
from dossiers import abus, veille
from dossiers.abus import Activite, Trace, reconnaitre
from dossiers.devoilement import AFFICHAGES
from journal.carnet import noter
from notifications.models import Avis
from notifications.portee import portee_systeme
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.signalements.situation import JETON, transmis

JOUR = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
NUIT = datetime(2026, 3, 10, 2, 30, tzinfo=UTC)


def suite(genre: str, nombre: int, *, distincts: bool = True, fin: datetime = JOUR) -> list[Trace]:
    return [Trace(fin - timedelta(minutes=rang), genre, f"d{rang if distincts else 0}") for rang in range(nombre)]


ABUS = {
    "recherches": Activite(JOUR, suite("recherche", 15) + suite("ouverture", 2)),
    "devoilements": Activite(JOUR, suite("devoilement", 8)),
    "nuit": Activite(NUIT, ouverts_cette_nuit=6),
    "lent": Activite(JOUR, ouverts_en_sept_jours=300),
    "proche": Activite(JOUR, noms_lus=frozenset({"aa", "bb"}), nom="aa"),
}
PERMIS = {
    "quatorze recherches": Activite(JOUR, suite("recherche", 14)),
    "des recherches qui servent": Activite(JOUR, suite("recherche", 15) + suite("ouverture", 3)),
    "des recherches de la veille": Activite(JOUR, suite("recherche", 30, fin=JOUR - timedelta(hours=2))),
    "des identités et des actes": Activite(JOUR, suite("devoilement", 9) + suite("acte", 2)),
    "une identité affichée dix fois": Activite(JOUR, suite("devoilement", 10, distincts=False)),
    "cinq dossiers la nuit": Activite(NUIT, ouverts_cette_nuit=5),
    "une soirée": Activite(JOUR.replace(hour=21, minute=59), ouverts_cette_nuit=9),
    "la garde": Activite(NUIT, ouverts_cette_nuit=40, de_garde=True),
    "une équipe de nuit": Activite(NUIT, ouverts_cette_nuit=40, nuits_du_mois=1),
    "une semaine chargée": Activite(JOUR, ouverts_en_sept_jours=299),
    "un rôle qui lit davantage": Activite(JOUR, ouverts_en_sept_jours=300, limite_horaire=61),
    "un autre nom": Activite(JOUR, noms_lus=frozenset({"bb"}), nom="aa"),
    "un compte sans nom": Activite(JOUR, noms_lus=frozenset({"", "bb"}), nom=""),
}


@pytest.mark.parametrize("motif", ABUS)
def test_chaque_abus_se_reconnait_et_lui_seul(motif: str) -> None:
    assert reconnaitre(ABUS[motif]) == [motif]


@pytest.mark.parametrize("cas", PERMIS)
def test_juste_en_deca_rien_ne_se_dit(cas: str) -> None:
    assert reconnaitre(PERMIS[cas]) == []


def journee(tirage: random.Random, debut: datetime) -> list[Trace]:
    """A hundred lines of somebody at work: search, open, sometimes show an identity, act."""
    traces, moment = [], debut
    while len(traces) < 100:
        moment += timedelta(minutes=tirage.choice((1, 2, 4, 9)))
        cle = f"{debut.date()}-{tirage.randrange(40)}"
        etapes = ["recherche"] * tirage.choice((0, 1, 1, 2)) + ["ouverture"] * tirage.choice((1, 2, 3))
        etapes += ["devoilement"] * (tirage.random() < 0.3) + ["acte"] * (tirage.random() < 0.6)
        traces += [Trace(moment, etape, "" if etape == "recherche" else cle) for etape in etapes]
    return traces


def test_vingt_mille_gestes_ordinaires_n_alertent_presque_jamais() -> None:
    tirage, gestes, fausses = random.Random(61), 0, 0
    for personne in range(200):
        de_nuit = personne % 10 == 0
        debut = JOUR.replace(hour=22 if de_nuit else 7, minute=tirage.randrange(60))
        traces = journee(tirage, debut)
        for avant, trace in pairwise([None, *traces]):
            assert trace is not None
            recentes = [autre for autre in traces if trace.le - abus.HEURE < autre.le <= trace.le]
            vus = {autre.cle for autre in traces if autre.le <= trace.le and autre.genre == "ouverture"}
            activite = Activite(
                trace.le,
                recentes,
                ouverts_en_sept_jours=len(vus) * 5,
                ouverts_cette_nuit=len(vus) if de_nuit else 0,
                nuits_du_mois=8 if de_nuit else 0,
            )
            fausses += bool(reconnaitre(activite)) and avant is not None
            gestes += 1
    consigner("sec-61", motifs=len(ABUS), gestes_ordinaires=gestes, fausses_alertes=fausses)
    assert gestes >= 20_000
    assert fausses * 100 <= gestes


# From the journal itself


@pytest.fixture
def soignante(distribution: Distribution) -> User:
    distribution.utilisateur("dpo")
    return distribution.utilisateur("soignante")


def alertes(travailler: Callable[[], int]) -> list[str]:
    """What data protection reads after two ticks."""
    for _ in range(2):
        with portee_systeme("L’horloge d’un essai."):
            veille.veiller()
    travailler()
    avis = Avis.objects.filter(adresse="/acces-exceptionnels/").order_by("pk")
    assert {a.destinataire.courriel for a in avis} <= {"dpo@demo.test"}
    return [a.texte for a in avis]


def test_des_recherches_en_serie_previennent_une_fois_la_protection_des_donnees(
    soignante: User, travailler: Callable[[], int]
) -> None:
    acteur = acteur_de(soignante)
    for _ in range(abus.RECHERCHES - 1):
        noter("chercher", acteur=acteur, objet="recherche", details={"resultats": 3})
    assert alertes(travailler) == []
    noter("chercher", acteur=acteur, objet="recherche", details={"resultats": 3})
    (texte,) = alertes(travailler)
    assert "Recherches en série" in texte
    assert soignante.nom not in texte


def test_des_identites_affichees_sans_acte_se_voient(
    soignante: User, distribution: Distribution, monkeypatch: pytest.MonkeyPatch, travailler: Callable[[], int]
) -> None:
    monkeypatch.setattr(abus, "DEVOILEMENTS", 2)
    acteur = acteur_de(soignante)
    premier, second, troisieme = transmis(acteur), transmis(acteur, "MAJEUR_AVEC_ACCORD"), transmis(acteur)
    autre = acteur_de(distribution.utilisateur("infirmiere"))
    for dossier in (premier, second):
        noter(AFFICHAGES[0], acteur=autre, objet="signalement", cle=dossier.cle)
    noter("annoter", acteur=autre, objet="signalement", cle=premier.cle)
    assert alertes(travailler) == []
    noter(AFFICHAGES[0], acteur=autre, objet="signalement", cle=troisieme.cle)
    (texte,) = alertes(travailler)
    assert "Identités affichées" in texte


def test_un_dossier_au_nom_du_lecteur_se_voit_et_pas_celui_ou_il_agit(
    soignante: User, distribution: Distribution, travailler: Callable[[], int]
) -> None:
    dossier = transmis(acteur_de(soignante))
    parquet = distribution.utilisateur("parquet")
    User.objects.filter(pk=parquet.pk).update(nom=JETON["nom"].upper())
    lecteur = acteur_de(User.objects.get(pk=parquet.pk))
    noter("lire", acteur=lecteur, objet="signalements:lettre", cle=uuid4())
    noter("accuser", acteur=lecteur, objet="signalement", cle=dossier.cle)
    noter("lire", acteur=lecteur, objet="signalements:lettre", cle=dossier.cle)
    assert alertes(travailler) == []
    curieux = distribution.utilisateur("infirmiere")
    User.objects.filter(pk=curieux.pk).update(nom=JETON["nom"].upper())
    noter("lire", acteur=acteur_de(User.objects.get(pk=curieux.pk)), objet="signalements:lettre", cle=dossier.cle)
    (texte,) = alertes(travailler)
    assert "même nom" in texte


def test_le_journal_dit_les_nuits_et_les_semaines(soignante: User, distribution: Distribution) -> None:
    acteur = acteur_de(soignante)
    dossiers = [transmis(acteur), transmis(acteur, "MAJEUR_AVEC_ACCORD")]
    lecteur = distribution.utilisateur("infirmiere")
    for cle in (dossiers[0].cle, dossiers[0].cle, dossiers[1].cle, uuid4()):
        noter("lire", acteur=acteur_de(lecteur), objet="signalements:lettre", cle=cle)
    noter("lire", acteur=acteur_de(lecteur), objet="signalements:lettre", cle=dossiers[0].cle, resultat="refuse")
    with portee_systeme("L’horloge d’un essai."):
        lue = veille.activite(acteur_de(lecteur), lecteur)
    assert lue.ouverts_en_sept_jours == 2
    assert lue.ouverts_cette_nuit == 2
    assert lue.cles("ouverture") == {str(dossier.cle) for dossier in dossiers}
    assert reconnaitre(replace(lue, maintenant=NUIT, ouverts_cette_nuit=6)) == ["nuit"]
