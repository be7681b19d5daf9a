"""The figures of the declarations and of the situations alone, against a recount by hand."""

from datetime import timedelta
from typing import Any

import pytest

from bilans.indicateurs import PAR_CODE, periode
from bilans.indicateurs.releve import Releve
from dossiers.models import Dossier
from fiches.models import ReferenceLegale
from signalements.declarations.situations_fictives import SITUATIONS
from signalements.models import Declaration, Mesure, Signalement, Suite, Victime
from tests.bilans.scene import ANNEE, Annee, jour

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]


def lu(code: str) -> Releve:
    return PAR_CODE[code].relever(periode(ANNEE))


def valeurs(code: str) -> list[str]:
    return [chiffre.valeur.replace("\u00a0", " ") for chiffre in lu(code).chiffres]


def declarer(annee: Annee, variante: str, rang: int = 0, **reponses: Any) -> Dossier:
    dossier = annee.dossier("DECLARATION", variante, "TRANSMIS", jour(5, 10 + rang % 5), urgence="JOUR")
    Declaration.objects.create(dossier=dossier, propres=SITUATIONS[variante](rang) | reponses)
    return dossier


def test_les_violences_comptent_chaque_victime_et_le_niveau_le_plus_haut(annee: Annee):
    for rang in range(12):
        faits = ["P3_VIOLENCE", "P1_INJURE"] if rang < 6 else ["P1_INJURE"]
        dossier = declarer(annee, "VIOLENCE_PERSONNEL", faits=faits, arret_jours=2, plainte_mode="AGENT")
        if rang < 6:
            Victime.objects.create(dossier=dossier, nom="X", metier="MEDECIN", statut="AGENT", arret_jours=1)
    assert valeurs("I11")[:3] == ["12", "18", "30"]
    lignes = dict(lu("I11").tableaux[0].lignes)
    assert lignes["Niveau 3"] == 6
    assert valeurs("I12")[0].startswith("plus de"), "douze plaintes sur douze ne se disent pas exactement"


def test_les_objets_disent_le_delai_de_la_decouverte_au_recepisse(annee: Annee):
    for rang in range(6):
        decouverte = jour(5, 10 + rang % 5)
        dossier = declarer(annee, "OBJET_ILLICITE", rang, decouvert_le=decouverte.isoformat())
        recu = Suite.objects.create(
            dossier=dossier, suite_type="REMIS", date=decouverte.date(), service=dossier.service_emetteur,
            enregistree_par=annee.auteur,
        )  # fmt: skip
        Suite.objects.filter(pk=recu.pk).update(enregistree_le=decouverte + timedelta(hours=20 if rang else 60))
    assert valeurs("I10") == ["6", "20 h", "moins de 84 %"]


def test_les_alertes_disent_l_arrivee_et_les_retours_d_experience(annee: Annee):
    for rang, minutes in enumerate((4, 8, 12, 16, 40)):
        appel = jour(5, 10 + rang)
        arrivee = appel + timedelta(minutes=minutes)
        dossier = declarer(
            annee, "ALERTE_SURETE", rang, heure_appel17=appel.isoformat(), heure_arrivee_fsi=arrivee.isoformat()
        )
        Mesure.objects.create(
            dossier=dossier, genre="RETEX", echeance=jour(6).date(), ouverte_par=annee.auteur, faite_par=annee.auteur,
            faite_le=jour(6),
        )  # fmt: skip
    nombre, mediane, _ = valeurs("I14")
    assert (nombre, mediane) == ("5", "12 min")


def test_les_protections_se_comptent_le_jour_de_la_demande(annee: Annee):
    for rang in range(6):
        dossier = declarer(annee, "VIOLENCE_PERSONNEL", rang)
        Mesure.objects.create(
            dossier=dossier, genre="PROTECTION", echeance=jour(6).date(), ouverte_par=annee.auteur,
            demandee_le=jour(5).date(), decision="ACCORDEE", decidee_le=jour(5, 10 + rang).date(),
        )  # fmt: skip
    assert valeurs("I13")[0] == "6"
    assert "j" in valeurs("I13")[2]


def test_les_certificats_remis_se_comptent_et_ne_sont_pas_des_envois(annee: Annee):
    for rang in range(10):
        dossier = annee.dossier("SIGNALEMENT", "CMI", "REMIS", jour(4))
        propres = {"itt": "JOURS" if rang < 5 else "A_REEVALUER", "cadre": "DEMANDE_VICTIME"}
        Signalement.objects.create(dossier=dossier, propres=propres)
    assert valeurs("I08")[:2] == ["10", "50 %"]


def test_les_enfants_les_majeurs_vulnerables_et_les_absences(annee: Annee):
    for rang in range(20):
        voie = ("MINEUR_SIGNALEMENT", "MINEUR_IP", "MAJEUR_VULNERABLE_PR", "DISPARITION")[rang % 4]
        annee.signalement(jour(3, 1 + rang), voie)
    assert valeurs("I05")[:2] == ["5", "5"]
    assert valeurs("I07") == ["5"]
    assert valeurs("I15")[:2] == ["5", "2 h"]
    assert valeurs("I09") == ["moins de 5", "non affiché"]
    assert valeurs("I18") == ["moins de 5"]


def test_une_reference_expiree_le_jour_de_l_envoi_se_compte(annee: Annee):
    vieille = ReferenceLegale.objects.create(
        cle="X-1", code="Code", article="1", libelle="Essai", debut=jour(1).date(), fin=jour(2).date()
    )
    for rang in range(12):
        annee.signalement(jour(3 if rang < 6 else 1, 2), base_legale=vieille)
    assert valeurs("I22") == ["50 %"]
