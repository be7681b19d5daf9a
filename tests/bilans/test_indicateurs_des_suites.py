"""What did not go by itself, each against rows counted by hand: points lifted, fees, missed deadlines, secrecy."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bilans.secret_statistique import MOINS, NON_AFFICHE
from dossiers.models import BrisDeGlace, Dossier
from requisitions.models import Derogation, Incident, Memoire
from tests.bilans.scene import Annee, jour
from tests.bilans.test_indicateurs_des_requisitions import lignes, lu

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]


def test_un_refus_conteste_puis_clos_reste_un_refus(annee: Annee):
    for etat in ("REFUSEE", "CONTESTEE", "CLOTUREE"):
        for _ in range(5):
            annee.requisition(jour(5), etat=etat, refus_motif="secret")
            annee.requisition(jour(5), etat=etat)
    assert lu("I26").chiffres[0].valeur == "15"


def _lever(annee: Annee, dossier: Dossier, controle: str, **plus: object) -> None:
    Derogation.objects.create(
        dossier=dossier, controle=controle, constat="c", motif="m", levee_par=annee.auteur, **plus
    )  # fmt: skip


def test_les_points_leves_se_comptent_par_controle_et_a_part_des_alertes(annee: Annee):
    for rang in range(13):
        dossier = annee.requisition(jour(5))
        _lever(annee, dossier, "R-17")
        if rang < 6:
            _lever(annee, dossier, "M3", vitale=True)
        if rang < 3:
            _lever(annee, dossier, "R-12")
        if rang < 7:
            _lever(annee, dossier, "R-10", niveau="alerte")
            _lever(annee, dossier, "T-03")
            _lever(annee, dossier, "§ 12")
    _lever(annee, annee.requisition(jour(5).replace(year=2025)), "R-17")
    releve = lu("I35")
    assert [chiffre.valeur for chiffre in releve.chiffres] == ["36", "7"]
    assert lignes(releve) == {
        "Par écrit, affaires juridiques ou direction": 30,
        "Par une urgence vitale": 6,
        "Total": 36,
    }
    leves = lignes(releve, 1)
    assert leves["R-17, copie de l’original saisi"] == 13
    assert leves["T-03, titre d’une perquisition préliminaire"] == 7
    assert leves["§ 12, autorisation, écrit ou titre que la table exige"] == 7, "un ancien numéro se lit encore"
    assert not [mot for mot in leves if mot.startswith("R-12")], "trois levées ne se montrent pas"
    assert lignes(releve, 2)["R-10, demande orale, écrit attendu"] == 7


def _facturer(annee: Annee, rang: int, situation: str, montant: int | None) -> None:
    dossier = annee.requisition(jour(5))
    Memoire.objects.create(
        dossier=dossier, service=annee.distribution.service("CHV-REGIE"), reference=dossier.reference or "",
        pseudonyme=f"P{rang}", prescripteur="x", acte="examen", acte_du=jour(5), ouvert_par=annee.auteur,
        situation=situation, numero="" if montant is None else f"N{rang}",
        montant=None if montant is None else Decimal(montant), motif="r" if situation == "rejete" else "",
    )  # fmt: skip


def test_les_frais_factures_et_encaisses_sans_trahir_le_peu_qui_reste_du(annee: Annee):
    for rang in range(6):
        _facturer(annee, rang, "paye", 200)
        _facturer(annee, 100 + rang, "a_etablir", None)
    assert [chiffre.valeur for chiffre in lu("I36").chiffres] == ["1\u00a0200\u00a0€", "1\u00a0200\u00a0€"]
    for rang in range(5):
        _facturer(annee, 200 + rang, "depose" if rang < 3 else "rejete", 100)
        deux = [chiffre.valeur for chiffre in lu("I36").chiffres]
        assert deux == [f"1\u00a0{300 + 100 * rang}\u00a0€", NON_AFFICHE if rang < 4 else "1\u00a0200\u00a0€"]


def test_moins_de_cinq_memoires_ne_disent_aucun_montant(annee: Annee):
    for rang in range(4):
        _facturer(annee, rang, "paye", 200)
    assert [chiffre.valeur for chiffre in lu("I36").chiffres] == [NON_AFFICHE, NON_AFFICHE]


def test_les_echeances_depassees_se_lisent_au_registre(annee: Annee):
    for rang in range(9):
        dossier = annee.requisition(jour(5), type_acte="VIDEO" if rang < 6 else "RH")
        assert lu("I37").chiffres[0].valeur == (MOINS if rang < 5 else str(rang))
        Incident.objects.create(dossier=dossier, echeance_le=jour(5, 11))
    assert lignes(lu("I37"))["Total"] == 9


def test_un_acces_injustifie_est_un_incident_de_confidentialite(annee: Annee):
    revoit = annee.distribution.utilisateur("cadre")
    constats = ["INJUSTIFIE"] * 6 + ["JUSTIFIE"] * 8 + ["EVITABLE"] * 5 + [""] * 7
    for constat in constats:
        BrisDeGlace.objects.create(
            dossier=annee.requisition(jour(5)), utilisateur=annee.auteur,
            service=annee.distribution.service("CHV-URG"), raison="ABSENCE", motif="x", constat=constat,
            revu_le=jour(12) if constat else None, revu_par=revoit if constat else None, expire_le=jour(12, 30) + timedelta(days=1),
        )  # fmt: skip
    releve = lu("I38")
    assert releve.chiffres[0].valeur == "6"
    assert lignes(releve)["Total"] == 26
