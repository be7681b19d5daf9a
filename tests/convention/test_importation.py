"""Spreadsheets of numbers and of rosters: shown row by row, then all or nothing."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convention.importation import ImportRefuse, Plan, Statut, apercu, appliquer, deposer, oublier, ouvert
from convention.models import Contact, ImportAnnuaire, Permanence
from documents.tableurs import csv, ods
from presentation.temps import PARIS
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db
NUMEROS = ["Service", "Intitulé", "Téléphone", "Horaires", "Vérifié le"]
TABLEAU = ["Service", "Début", "Fin", "Courriel", "Ordre d’appel", "Téléphone"]
NEUF = "03 53 01 77 77"


@pytest.fixture(autouse=True)
def un_dimanche():
    with time_machine.travel(datetime(2026, 12, 6, 12, tzinfo=PARIS), tick=True):
        yield


def lu(distribution: Distribution, octets: bytes, genre: str = "contacts", nom: str = "referente") -> ImportAnnuaire:
    return deposer(genre=genre, octets=octets, acteur=distribution.acteur(nom))


def plan(distribution: Distribution, depot: ImportAnnuaire, nom: str = "referente") -> Plan:
    return apercu(depot=depot, acteur=distribution.acteur(nom))


def confirmer(distribution: Distribution, depot: ImportAnnuaire, nom: str = "referente") -> ImportAnnuaire:
    acteur = distribution.acteur(nom)
    return appliquer(depot=depot, empreinte=apercu(depot=depot, acteur=acteur).empreinte, acteur=acteur)


def test_l_apercu_dit_exactement_ce_qui_changera(distribution: Distribution) -> None:
    tel = Contact.objects.get(service__code="CHV-URG").telephone
    octets = ods(
        "numéros",
        NUMEROS,
        [
            ["CHV-URG", "Accueil", NEUF, "", ""],
            ["CHV-URG", "Cadre", "353015555", "Jour", "01/12/2026"],
            ["CHV-PED", "accueil", Contact.objects.get(service__code="CHV-PED").telephone, "", ""],
            ["INCONNU", "Accueil", NEUF, "", ""],
            ["CHV-DAJ", "Accueil", "12", "", ""],
        ],
    )
    lignes = plan(distribution, lu(distribution, octets)).changements
    assert [ligne.statut for ligne in lignes] == [
        Statut.CHANGE, Statut.CREE, Statut.INCHANGE, Statut.INCONNU, Statut.ERREUR,
    ]  # fmt: skip
    assert lignes[0].ecarts == [("Téléphone", tel, NEUF)]
    assert ("Téléphone", "", "03 53 01 55 55") in lignes[1].ecarts
    assert lignes[4].ou == "Ligne 6, colonne «\u00a0Téléphone\u00a0»"
    assert Contact.objects.get(service__code="CHV-URG").telephone == tel


def test_une_colonne_inconnue_est_nommee_avec_celles_qu_on_attend(distribution: Distribution) -> None:
    with pytest.raises(ImportRefuse) as refus:
        lu(distribution, csv(["Service", "Téléfone"], [["CHV-URG", NEUF]]))
    assert str(refus.value).startswith(
        "La colonne «\u00a0Téléfone\u00a0» n’est pas connue. Attendu\u00a0: «\u00a0Service"
    )
    for titres, phrase in ((["Service"], "Il manque la colonne"), (["Service", "Téléphone", "TELEPHONE"], "deux fois")):
        with pytest.raises(ImportRefuse, match=phrase):
            lu(distribution, csv(titres, [["CHV-URG"]]))
    with pytest.raises(ImportRefuse, match="aucune ligne"):
        lu(distribution, csv(NUMEROS, []))
    assert not ImportAnnuaire.objects.exists()


def test_une_seule_faute_et_rien_n_est_enregistre(distribution: Distribution) -> None:
    avant = list(Contact.objects.values())
    octets = csv(NUMEROS, [["CHV-URG", "Accueil", NEUF, "", ""], ["CHV-PED", "Accueil", "zéro", "", ""]])
    depot = lu(distribution, octets)
    with pytest.raises(ImportRefuse, match="a des erreurs"):
        confirmer(distribution, depot)
    assert list(Contact.objects.values()) == avant


def test_confirmer_enregistre_tout_et_un_second_clic_rien(distribution: Distribution) -> None:
    depot = lu(
        distribution, csv(NUMEROS, [["CHV-URG", "Accueil", NEUF, "Nuit", ""], ["CHV-PED", "Cadre", NEUF, "", ""]])
    )
    fait = confirmer(distribution, depot)
    assert (fait.changements, fait.lignes) == (2, [])
    contact = Contact.objects.get(service__code="CHV-URG")
    assert (contact.telephone, contact.horaires, contact.verifie_le) == (NEUF, "Nuit", timezone.localdate())
    assert contact.history.first().history_change_reason == f"import {depot.cle}"
    nombre = Contact.history.count()
    appliquer(depot=depot, empreinte="x", acteur=distribution.acteur("referente"))
    assert Contact.history.count() == nombre


def test_un_annuaire_change_depuis_l_apercu_refuse_la_confirmation(distribution: Distribution) -> None:
    depot = lu(distribution, csv(NUMEROS, [["CHV-URG", "Accueil", NEUF, "", ""]]))
    vue = plan(distribution, depot).empreinte
    contact = Contact.objects.get(service__code="CHV-URG")
    contact.telephone = "03 53 01 00 00"
    contact.save()
    with pytest.raises(ImportRefuse, match="a changé depuis l’aperçu"):
        appliquer(depot=depot, empreinte=vue, acteur=distribution.acteur("referente"))
    contact.refresh_from_db()
    assert contact.telephone == "03 53 01 00 00"


def test_un_administrateur_n_importe_que_sa_maison(distribution: Distribution) -> None:
    depot = lu(distribution, csv(NUMEROS, [["POLICE-CSP", "Accueil", NEUF, "", ""]]), nom="admin_chv")
    (ligne,) = plan(distribution, depot, "admin_chv").changements
    assert "ne tenez pas" in ligne.erreur


def test_rien_du_fichier_n_est_lisible_dans_la_base(distribution: Distribution) -> None:
    depot = lu(distribution, csv(NUMEROS, [["CHV-URG", "Accueil", NEUF, "", ""]]))
    with connection.cursor() as curseur:
        curseur.execute("SELECT lignes FROM convention_importannuaire WHERE cle = %s", [depot.cle])
        scelle = bytes(curseur.fetchone()[0])
    assert b"CHV-URG" not in scelle
    assert NEUF.encode() not in scelle


def test_un_apercu_est_a_son_auteur_une_heure(distribution: Distribution) -> None:
    depot = lu(distribution, csv(NUMEROS, [["CHV-URG", "Accueil", NEUF, "", ""]]))
    assert ouvert(depot.cle, distribution.acteur("admin_chv")) is None
    acteur = distribution.acteur("referente")
    assert ouvert(depot.cle, acteur) == depot
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert ouvert(depot.cle, acteur) is None
        oublier()
    assert not ImportAnnuaire.objects.exists()


def creneau(debut: str, fin: str, courriel: str = "soignante@demo.test", **autres: str) -> list[str]:
    return ["CHV-URG", debut, fin, courriel, autres.get("rang", ""), autres.get("telephone", "")]


def test_un_tableau_entier_s_importe_et_se_reimporte_sans_rien_changer(distribution: Distribution) -> None:
    distribution.utilisateur("soignante"), distribution.utilisateur("infirmiere")
    octets = csv(
        TABLEAU,
        [
            creneau("07/12/2026 20:00", "2026-12-08 08:00", telephone="06 39 98 00 01"),
            creneau("07/12/2026 20h00", "08/12/2026 08:00", "INFIRMIERE@demo.test", rang="2"),
            creneau("08/12/2026 08:00", "08/12/2026 20:00", "infirmiere@demo.test"),
        ],
    )
    confirmer(distribution, lu(distribution, octets, "permanences", "admin_chv"), "admin_chv")
    assert Permanence.objects.filter(service__code="CHV-URG").count() == 3
    encore = plan(distribution, lu(distribution, octets, "permanences", "admin_chv"), "admin_chv")
    assert {ligne.statut for ligne in encore.changements} == {Statut.INCHANGE}


@pytest.mark.parametrize(
    ("rangee", "phrase"),
    [
        (creneau("07/12/2026 21:00", "08/12/2026 09:00", "infirmiere@demo.test"), "Deux personnes sur le même créneau"),
        (creneau("07/12/2026 21:00", "08/12/2026 09:00", rang="2"), "déjà de permanence"),
        (creneau("08/12/2026 08:00", "08/12/2026 07:00"), "finir après son début"),
        (creneau("01/12/2026 08:00", "01/12/2026 20:00"), "déjà passé"),
        (creneau("08/12/2026 08:00", "08/12/2026 20:00", "opj@demo.test"), "Personne n’a cette adresse"),
        (creneau("hier", "08/12/2026 20:00"), "date et une heure"),
        (creneau("28/03/2027 02:30", "28/03/2027 08:00"), "changement d’heure"),
        (creneau("08/12/2026 08:00", "08/12/2026 20:00", rang="9"), "de 1 à 3"),
        (creneau("08/12/2026 08:00", "08/12/2026 20:00", telephone="1"), "numéro français"),
    ],
)
def test_une_ligne_impossible_est_dite_et_rien_ne_s_enregistre(
    distribution: Distribution, rangee: list[str], phrase: str
) -> None:
    for nom in ("soignante", "infirmiere", "opj"):
        distribution.utilisateur(nom)
    octets = csv(TABLEAU, [creneau("07/12/2026 20:00", "08/12/2026 08:00"), rangee])
    depot = lu(distribution, octets, "permanences", "admin_chv")
    fautes = plan(distribution, depot, "admin_chv").fautes
    assert [faute.numero for faute in fautes] == [3]
    assert phrase in fautes[0].erreur
    with pytest.raises(ImportRefuse):
        confirmer(distribution, depot, "admin_chv")
    assert not Permanence.objects.filter(service__code="CHV-URG").exists()


def test_l_importateur_n_apprend_rien_d_une_autre_maison(distribution: Distribution) -> None:
    distribution.utilisateur("parquet")
    rangee = ["PARQUET-PERM", "08/12/2026 08:00", "08/12/2026 20:00", "parquet@demo.test", "", ""]
    depot = lu(distribution, csv(TABLEAU, [rangee]), "permanences", "admin_chv")
    (ligne,) = plan(distribution, depot, "admin_chv").changements
    assert ligne.statut == Statut.INCONNU


def test_l_apercu_coute_autant_pour_une_ligne_ou_pour_cent(distribution: Distribution) -> None:
    distribution.utilisateur("soignante")
    couts = []
    for nombre in (1, 100):
        jours = [datetime(2027, 1, 1) + timedelta(days=rang) for rang in range(nombre)]  # text below
        rangees = [creneau(f"{j:%d/%m/%Y} 08:00", f"{j:%d/%m/%Y} 20:00") for j in jours]
        depot = lu(distribution, csv(TABLEAU, rangees), "permanences", "admin_chv")
        acteur = distribution.acteur("admin_chv")
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            assert apercu(depot=depot, acteur=acteur).comptes[Statut.CREE] == nombre
        couts.append(len(requetes))
    assert couts[0] == couts[1] <= 4
