"""Seizures and hearings, each figure against rows counted by hand."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bilans.indicateurs.releve import duree
from bilans.secret_statistique import MOINS, NON_AFFICHE
from dossiers.models import Dossier
from requisitions.models import AvisAptitude, Inventaire, PieceSaisie, Reserve, Restitution, Scelle
from tests.bilans.scene import Annee, jour
from tests.bilans.test_indicateurs_des_requisitions import lignes, lu

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]

UN_JOUR = timedelta(days=1)


def valeurs(code: str) -> dict[str, str]:
    return {chiffre.libelle: chiffre.valeur for chiffre in lu(code).chiffres}


def saisie(annee: Annee, presence: str = "present", apres: timedelta = UN_JOUR, **lettre: Any) -> Dossier:
    """Announced on the fourth of May, done `apres`."""
    dossier = annee.requisition(jour(5, 4), type_acte="SAISIE", **lettre)
    annee.volet(dossier, ordre_presence=presence, debut=(jour(5, 4) + apres).isoformat())
    return dossier


def test_la_presence_de_l_ordre_est_celle_notee_sur_place(annee: Annee):
    for presence, nombre in (("present", 12), ("excuse", 6), ("absent", 5), ("", 7)):
        for _ in range(nombre):
            saisie(annee, presence)
    for etat, nombre in (("REFUSEE", 8), ("EN_EXECUTION", 5)):
        for _ in range(nombre):
            annee.requisition(jour(5, 4), type_acte="SAISIE", etat=etat)
    assert valeurs("I33")["menées en présence de l’Ordre"] == "40\u00a0%"
    assert valeurs("I33")["saisies et perquisitions annoncées ou menées"] == "43"
    assert lignes(lu("I33")) == {
        "Menée, l’Ordre présent": 12,
        "Menée, l’Ordre excusé": 6,
        "Menée, l’Ordre absent": 5,
        "Menée, présence de l’Ordre non notée": 7,
        "À venir ou en cours": 5,
        "Refusée, annulée, classée ou close sans opération": 8,
        "Total": 43,
    }


def test_le_delai_va_de_l_annonce_a_la_saisie_et_laisse_l_inopinee(annee: Annee):
    delai = "délai médian entre l’annonce et la saisie"
    for _ in range(6):
        saisie(annee, apres=timedelta(minutes=10), inopinee=True)
        saisie(annee, apres=-UN_JOUR)
    for rang in range(7):
        if rang < 5:
            assert valeurs("I33")[delai] == NON_AFFICHE
        saisie(annee, apres=UN_JOUR if rang < 3 else 2 * UN_JOUR)
    assert valeurs("I33")[delai] == duree(2 * UN_JOUR, 7)


def _saisir(annee: Annee, rang: int, *, copie: bool, restitution: str) -> None:
    """One original in its seal, one certified copy, and one original struck out of the inventory."""
    dossier, qui = saisie(annee), annee.auteur
    Inventaire.objects.create(dossier=dossier, copie_conservee=copie, rempli_par=qui)
    scelle = Scelle.objects.create(dossier=dossier, numero=f"SC-{rang}")
    rayee = {"rayee_le": jour(5), "rayee_par": qui}
    for place, (support, plus) in enumerate((("original", {}), ("copie", {}), ("original", rayee)), start=1):
        PieceSaisie.objects.create(
            dossier=dossier, rang=place, nature="x", support=support, scelle=scelle, **plus
        )  # fmt: skip
    if restitution:
        rendu = {"restituee_le": jour(6), "restituee_par": qui} if restitution == "rendu" else {}
        Restitution.objects.create(
            dossier=dossier, scelle=scelle.numero, motif="x", demandee_par=qui, decision="accordee",
            decision_de="x", decision_du=jour(6).date(), **rendu,
        )  # fmt: skip


def test_les_copies_gardees_et_les_originaux_rendus(annee: Annee):
    gardee, rendus = "copie intégrale conservée, quand un original est saisi", "originaux saisis et restitués"
    for rang in range(20):
        _saisir(annee, rang, copie=rang < 12, restitution="rendu" if rang < 7 else "accorde" if rang < 15 else "")
        saisie(annee)
        if rang == 3:
            assert (valeurs("I33")[gardee], valeurs("I33")[rendus]) == (NON_AFFICHE, NON_AFFICHE)
    assert valeurs("I33")[gardee] == "60\u00a0%"
    assert valeurs("I33")[rendus] == "35\u00a0%"


def test_douze_originaux_de_quatre_saisies_ne_disent_rien(annee: Annee):
    for rang in range(4):
        saisie(annee)
        dossier = saisie(annee)
        scelle = Scelle.objects.create(dossier=dossier, numero=f"SC-{rang}")
        for place in range(3):
            PieceSaisie.objects.create(dossier=dossier, rang=place, nature="x", support="original", scelle=scelle)
        Restitution.objects.create(
            dossier=dossier, scelle=scelle.numero, motif="x", demandee_par=annee.auteur, decision="accordee",
            decision_du=jour(6).date(), restituee_le=jour(6) if rang < 2 else None,
            restituee_par=annee.auteur if rang < 2 else None,
        )  # fmt: skip
    assert valeurs("I33")["originaux saisis et restitués"] == NON_AFFICHE


def test_une_saisie_a_des_reserves_une_fois_et_une_reserve_rayee_n_en_est_pas(annee: Annee):
    for rang in range(14):
        dossier = saisie(annee)
        for auteur in ("ordre", "direction") if rang < 6 else ():
            Reserve.objects.create(dossier=dossier, auteur=auteur, texte="x")
        if rang == 13:
            Reserve.objects.create(dossier=dossier, auteur="ordre", texte="x", rayee_le=jour(5), rayee_par=annee.auteur)
    assert lignes(lu("I33"), 1) == {"Sans réserve": 8, "Avec réserve": 6, "Total": 14}
    assert valeurs("I33")["menées avec des réserves"] == "6"


def test_peu_de_reserves_ne_se_devinent_pas(annee: Annee):
    for rang in range(14):
        dossier = saisie(annee)
        if rang < 3:
            Reserve.objects.create(dossier=dossier, auteur="ordre", texte="x")
    assert valeurs("I33")["menées avec des réserves"] == MOINS
    assert lignes(lu("I33"), 1)["Sans réserve"] == NON_AFFICHE


def auditions(annee: Annee, acte: str, issues: Iterable[str], etat: str = "REMISE") -> list[Dossier]:
    """One demand, whatever its state, and one session with this issue."""
    demandes = []
    for issue in issues:
        demandes.append(annee.requisition(jour(5, 4), type_acte=acte, etat=etat))
        annee.seance(demandes[-1], issue, jour(5, 6))
    return demandes


def test_l_issue_des_auditions_est_celle_de_leurs_seances(annee: Annee):
    for issue, nombre in (("realisee", 9), ("refusee_patient", 5), ("non_tenue", 6), ("", 7)):
        auditions(annee, "AUD_PAT", [issue] * nombre)
    for reportee in auditions(annee, "AUD_PAT", ["reportee_medical"] * 8, etat="REFUSEE"):
        annee.seance(reportee, "realisee", jour(5, 8))
    for rang in range(4):
        refusee = annee.requisition(jour(5, 4), type_acte="AUD_PAT")
        annee.volet(refusee, aptitude="apte", aptitude_le=jour(5, 5).isoformat(), accord_patient="refus")
        if rang == 0:
            annee.seance(refusee, "refusee_patient", jour(5, 6))
    assert valeurs("I34")["auditions de patients demandées"] == "39"
    assert lignes(lu("I34")) == {
        "Tenues": 17,
        "Refusées par la personne": 9,
        "Reportées sur avis du médecin": 8,
        "À venir": 7,
        "Non tenues, pour une autre raison": 6,
        "Total": 47,
    }


def test_les_avis_d_aptitude_le_premier_et_les_suivants(annee: Annee):
    avis: list[tuple[str, datetime]] = [("apte", jour(5, 4, 13))] * 8 + [("conditions", jour(5, 4, 15))] * 5
    for valeur, quand in avis + [("inapte", jour(5, 4, 16))] * 6:
        dossier = annee.requisition(jour(5, 4), type_acte="AUD_PAT")
        annee.volet(dossier, aptitude=valeur, aptitude_le=quand.isoformat(), accord_patient="ecrit")
        if valeur == "inapte":
            AvisAptitude.objects.create(
                dossier=dossier, valeur="apte", donne_le=jour(5, 5), donne_par=annee.auteur, accord="ecrit"
            )
    annee.requisition(jour(5, 4), type_acte="AUD_PAT")
    assert lignes(lu("I34"), 1) == {
        "Apte à être entendue": 14,
        "Inapte\u00a0: l’audition est reportée": 6,
        "Apte sous conditions": 5,
        "Total": 25,
    }
    assert valeurs("I34")["avis d’aptitude défavorables"] == "24\u00a0%"
    # Nineteen first certificates, the tenth four hours after the reception.
    assert valeurs("I34")["délai médian du premier avis d’aptitude"] == duree(timedelta(hours=4), 19)


def test_les_professionnels_entendus_et_accompagnes(annee: Annee):
    demandes = auditions(annee, "AUD_PRO", ["realisee"] * 8 + ["non_tenue"] * 5 + [""] * 7)
    for rang, demande in enumerate(demandes):
        annee.volet(demande, accompagnement="accepte" if rang < 8 else "decline" if rang < 14 else "non")
    annee.requisition(jour(5, 4), type_acte="AUD_PRO")
    assert lignes(lu("I34")) == {"Tenues": 8, "À venir": 7, "Non tenues, pour une autre raison": 5, "Total": 20}
    assert lignes(lu("I34"), 1) == {"Proposé, accepté": 8, "Proposé, décliné": 6, "Pas encore proposé": 6, "Total": 20}
    assert valeurs("I34")["professionnels convoqués et accompagnés"] == "40\u00a0%"


def test_aucun_tableau_ne_dit_le_nombre_que_le_volume_tait(annee: Annee):
    auditions(annee, "AUD_PAT", ["realisee"] * 27)
    auditions(annee, "AUD_PRO", ["realisee"] * 3)
    assert valeurs("I34")["auditions de patients demandées"] == NON_AFFICHE
    assert valeurs("I34")["auditions de professionnels demandées"] == MOINS
    assert lu("I34").tableaux == (), "27 auditions de patients sur 30 diraient qu’il y en a 3 de professionnels"
    auditions(annee, "AUD_PRO", ["realisee"] * 4)
    assert valeurs("I34")["auditions de professionnels demandées"] == "7"
    assert len(lu("I34").tableaux) == 4
