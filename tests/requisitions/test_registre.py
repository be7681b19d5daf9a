"""The register of missed deadlines says which one, on what ground, when it was due and what came of it."""

import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dossiers import echeances
from dossiers.models import Echeance
from requisitions.annonces import alertes
from requisitions.models import Incident
from requisitions.registre import Manquee, manquee
from requisitions.saisie.perquisition import CONTROLE
from tests.requisitions.test_gels import MIDI
from tests.requisitions.test_regularisation import livrer

DUE = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
UNE_HEURE = timedelta(hours=1)


def reponse(echeance_le=DUE, libelle="Réponse au requérant", **champs):
    socle = {"nom": "reponse", "libelle": libelle, "calcul": "art. 60-1", "echeance_le": echeance_le}
    return Echeance(**{**socle, **champs})


def lue(**champs):
    socle = {"libelle": "Réponse au requérant", "calcul": "art. 60-1", "tenue_le": None, "suspendue": False}
    return Manquee(DUE, **{**socle, "reportee_au": None, **champs})


@pytest.mark.parametrize(
    ("reponses", "attendue"),
    [
        ([reponse()], lue()),
        ([reponse(tenue_le=DUE + UNE_HEURE)], lue(tenue_le=DUE + UNE_HEURE)),
        ([reponse(suspendue_le=DUE + UNE_HEURE)], lue(suspendue=True)),
        ([reponse(DUE + UNE_HEURE)], lue(reportee_au=DUE + UNE_HEURE)),
        ([reponse(DUE - UNE_HEURE, "Premier retour", tenue_le=DUE - UNE_HEURE), reponse()], lue()),
        (
            [reponse(libelle="Premier retour", tenue_le=DUE + UNE_HEURE), reponse(DUE + 9 * UNE_HEURE)],
            lue(libelle="Premier retour", tenue_le=DUE + UNE_HEURE),
        ),
        (
            [reponse(DUE + UNE_HEURE), reponse(nom=CONTROLE, libelle="Contrôle a posteriori")],
            lue(libelle="Contrôle a posteriori"),
        ),
        ([], lue(calcul="")),
    ],
    ids=[
        "court",
        "réglée",
        "suspendue",
        "reportée",
        "après un premier retour",
        "premier retour manqué",
        "perquisition",
        "inconnue",
    ],
)
def test_l_echeance_manquee_est_celle_qui_courait_alors(reponses, attendue):
    assert manquee(DUE, reponses) == attendue


def au_registre(client):
    html = client.get(reverse("requisitions:file"), {"vue": "incidents"}).content.decode()
    return unescape(html)


def en_clair(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")


@pytest.fixture
def manquer(deposee, time_machine):
    """Requisitions whose answer was due two hours ago, each in the register."""

    def faire(combien=1):
        time_machine.move_to(MIDI, tick=False)
        dossiers = [deposee("RH") for _ in range(combien)]
        due = dossiers[0].echeances.get(nom="reponse").echeance_le
        time_machine.move_to(due + 2 * UNE_HEURE, tick=False)
        alertes.alerter()
        livrer()
        return dossiers

    return faire


@pytest.mark.parametrize("qui", ["juriste", "directrice"])
def test_chaque_ligne_dit_laquelle_son_texte_son_heure_et_de_combien(qui, manquer, distribution):
    for nom in ("juriste", "directrice"):
        distribution.utilisateur(nom)
    (dossier,) = manquer()
    page = en_clair(au_registre(distribution.client(qui)))
    echeance = dossier.echeances.get(nom="reponse")
    for mots in (dossier.reference, "Réponse au requérant", echeance.calcul.replace("\u00a0", " "), "Dépassé de 2 h"):
        assert mots in page, mots
    assert "60-1" in echeance.calcul
    assert f'datetime="{echeance.echeance_le.astimezone(DUE.tzinfo):%Y-%m-%dT%H:%M}' in au_registre(
        distribution.client(qui)
    )


def test_une_echeance_reglee_en_retard_dit_quand_et_une_reportee_jusqu_a_quand(manquer, distribution, time_machine):
    distribution.utilisateur("directrice")
    reglee, reportee = manquer(2)
    time_machine.shift(UNE_HEURE)
    echeances.tenir(dossier=reglee, nom="reponse")
    echeances.suspendre(dossier=reportee, nom="reponse")
    page = en_clair(au_registre(distribution.client("juriste")))
    assert "Réglée avec 3 h de retard" in page
    assert "Délai suspendu" in page
    time_machine.shift(3 * UNE_HEURE)
    echeances.reprendre(dossier=reportee, nom="reponse")
    page = en_clair(au_registre(distribution.client("juriste")))
    assert "Reportée, " in page
    assert "Dépassé" not in page


def test_manquee_deux_fois_elle_a_deux_lignes(manquer, distribution):
    distribution.utilisateur("directrice")
    (dossier,) = manquer()
    Incident.objects.create(dossier=dossier, echeance_le=MIDI)
    assert "2 échéances manquées" in en_clair(au_registre(distribution.client("juriste")))


def test_le_registre_se_lit_en_autant_de_requetes_quel_que_soit_son_nombre(manquer, distribution):
    distribution.utilisateur("directrice")
    client, comptes = distribution.client("juriste"), []
    for combien in (1, 4):
        manquer(combien)
        au_registre(client)
        with CaptureQueriesContext(connection) as requetes:
            au_registre(client)
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1]


def test_un_registre_vide_le_dit(distribution, deposee):
    deposee("RH")
    assert "Aucune échéance manquée." in au_registre(distribution.client("juriste"))
