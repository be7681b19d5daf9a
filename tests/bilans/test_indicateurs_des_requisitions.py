"""Figures of the requisitions, each against cases counted by hand."""

from datetime import datetime, timedelta

import pytest

from bilans.indicateurs import PAR_CODE, periode
from bilans.indicateurs.releve import Releve, duree
from bilans.secret_statistique import NON_AFFICHE
from dossiers.models import Dossier, Echeance
from requisitions.models import Derogation, Regularisation
from tests.bilans.scene import ANNEE, Annee, jour

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]


def lu(code: str) -> Releve:
    return PAR_CODE[code].relever(periode(ANNEE))


def lignes(releve: Releve, rang: int = 0) -> dict[str, object]:
    return {str(ligne[0]): ligne[1] for ligne in releve.tableaux[rang].lignes}


def test_seule_l_echeance_de_la_reponse_compte_et_une_demande_retiree_n_est_pas_une_reponse(annee: Annee):
    for rang in range(24):
        dossier = annee.requisition(jour(5, 4), etat="ANNULEE" if rang >= 20 else "CLOTUREE")
        tenue = jour(5, 5) if rang < 12 else jour(5, 9)
        for nom in ("reponse", "gel", "ordre"):
            echeance = jour(5, 6) if nom == "reponse" else jour(5, 4)
            Echeance.objects.create(
                dossier=dossier, nom=nom, libelle="R", calcul="c", debut_le=jour(5, 4), echeance_le=echeance,
                tenue_le=tenue,
            )  # fmt: skip
        if rang < 20:
            annee.evenement(dossier, "mettre_a_disposition", "PRETE", tenue)
    assert lu("I25").chiffres[0].valeur == "60\u00a0%"


def test_le_temps_ou_le_requerant_regularise_n_est_pas_celui_de_l_hopital(annee: Annee):
    for rang in range(7):
        dossier = annee.requisition(jour(5, 4))
        demande = Regularisation.objects.create(dossier=dossier, texte="x", avant=jour(6), demandee_par=annee.auteur)
        repondue = jour(5, 6) if rang < 6 else None
        Regularisation.objects.filter(pk=demande.pk).update(demandee_le=jour(5, 5), repondue_le=repondue)
        annee.evenement(dossier, "mettre_a_disposition" if repondue else "refuser", "PRETE", jour(5, 7))
        Echeance.objects.create(
            dossier=dossier, nom="reponse", libelle="R", calcul="c", debut_le=jour(5, 4),
            echeance_le=jour(5, 8 if repondue else 6), tenue_le=jour(5, 7), suspendue_le=None if repondue else jour(5, 5),
        )  # fmt: skip
    # Three days, less the day that each waited for its requester; the seventh was refused while it still waited.
    assert lu("I25").chiffres[1].valeur == duree(timedelta(days=2), 7)
    assert lu("I25").chiffres[0].valeur == "plus de 28\u00a0%"


def test_un_papier_recu_le_samedi_et_saisi_le_lundi_compte_le_samedi(annee: Annee):
    for rang in range(20):
        recue = jour(5, 9, 22) if rang < 8 else jour(5, 11, 10)
        dossier = annee.requisition(recue, saisie_le=jour(5, 11, 11))
        annee.evenement(dossier, "mettre_a_disposition", "PRETE", jour(5, 11, 12))
    assert lu("I27").chiffres[0].valeur == "40\u00a0%"
    assert lignes(lu("I27"))["Nuit, week-end, jour férié"] == 8
    assert lu("I25").chiffres[1].valeur == duree(timedelta(hours=2), 20)
    assert lu("I25").chiffres[1].precision == "neuf sur dix en moins de 1\u00a0j\u00a014\u00a0h"


def test_un_papier_du_reveillon_saisi_en_janvier_appartient_a_l_annee_qui_finit(annee: Annee):
    for rang in range(14):
        reveillon = jour(12, 31, 23).replace(year=ANNEE - 1)
        annee.requisition(reveillon if rang < 8 else jour(1, 3), saisie_le=jour(1, 4))
    assert lu("I23").chiffres[0].valeur == "6"
    assert PAR_CODE["I23"].relever(periode(ANNEE - 1)).chiffres[0].valeur == "8"


def test_les_cinq_points_les_plus_demandes_et_le_reste_ensemble(annee: Annee):
    demandes = {"M3": 14, "M9": 12, "M11": 10, "M7": 9, "M6": 8, "M1": 7, "M13": 2}
    for rang in range(14):
        points = [numero for numero, nombre in demandes.items() if rang < nombre]
        dossier = annee.requisition(jour(5))
        Regularisation.objects.create(
            dossier=dossier, points=points, texte="x", avant=jour(6), demandee_par=annee.auteur
        )
    assert list(lignes(lu("I24")).items()) == [
        ("Autorisation du procureur", 14),
        ("Périmètre précis", 12),
        ("Document signé", 10),
        ("Faits", 9),
        ("Autres", 9),
        ("Numéro de procédure", 8),
        ("Total", 62),
    ]


def test_la_part_des_preliminaires_avec_l_autorisation_jointe(annee: Annee):
    for rang in range(20):
        annee.requisition(jour(5), cadre="PRELIM", autorisation_mode="ecrite" if rang < 13 else "orale")
        annee.requisition(jour(5), cadre="PRELIM", autorisation_mode="directe")
        annee.requisition(jour(5), cadre="PRELIM", type_acte="EX_GAV")
        annee.requisition(jour(5), cadre="FLAG")
    assert lu("I32").chiffres[0].valeur == "65\u00a0%"


def _valider(annee: Annee, dossier: Dossier, leve: str, quand: datetime | None) -> None:
    """Validated on the tenth; one control lifted, before or after."""
    annee.evenement(dossier, "valider", "VALIDEE", jour(5, 10))
    if quand is not None:
        levee = Derogation.objects.create(
            dossier=dossier, controle="R-17", niveau=leve, constat="c", motif="m", levee_par=annee.auteur
        )
        Derogation.objects.filter(pk=levee.pk).update(levee_le=quand)


def test_n_est_conforme_du_premier_coup_que_ce_qui_est_valide_sans_reprise_ni_levee(annee: Annee):
    avant, apres = jour(5, 9), jour(5, 20)
    for leve, quand, nombre in (
        ("bloquant", None, 14),
        ("alerte", avant, 6),
        ("bloquant", apres, 5),
        ("bloquant", avant, 6),
    ):
        for _ in range(nombre):
            _valider(annee, annee.requisition(jour(5, 4)), leve, quand)
    for validee in (True, False):
        for _ in range(5):
            refusee = annee.requisition(jour(5, 4), etat="REFUSEE", refus_motif="secret")
            if validee:
                _valider(annee, refusee, "", None)
            annee.evenement(refusee, "refuser", "REFUSEE", jour(5, 12))
    for fin in ("valider", "classer"):
        for _ in range(2):
            reprise = annee.requisition(jour(5, 4))
            Regularisation.objects.create(dossier=reprise, texte="x", avant=jour(6), demandee_par=annee.auteur)
            annee.evenement(reprise, fin, "VALIDEE", jour(5, 15))
    for etat in ("EN_CONTROLE", "ANNULEE", "A_REGULARISER"):
        for _ in range(5):
            annee.requisition(jour(5, 4), etat=etat)
    # 25 of 45: what is cancelled or still read is neither well nor badly written.
    assert lu("I24").chiffres[0].valeur == "56\u00a0%"


def test_les_services_requerants_ne_trahissent_pas_l_institution_cachee(annee: Annee):
    for service, nombre in (("POLICE-CSP", 20), ("POLICE-SUR", 9), ("GEND-COB1", 8), ("GEND-BR", 6), ("GEND-COB2", 6)):
        for _ in range(nombre):
            annee.requisition(jour(3), service)
    assert lignes(lu("I23"), 1) == {
        "Police\u00a0: Commissariat de Valenciennes": 20,
        "Police\u00a0: Sûreté urbaine": 9,
        "Gendarmerie\u00a0: Communauté de brigades n°\u00a01": 8,
        "Gendarmerie\u00a0: Brigade de recherches": 6,
        "Gendarmerie\u00a0: Communauté de brigades n°\u00a02": 6,
        "Total": 49,
    }
    for _ in range(3):
        annee.requisition(jour(3), "DOUANES-BSI")
    releve = lu("I23")
    assert lignes(releve)["Gendarmerie"] == NON_AFFICHE
    assert not any("Gendarmerie" in service or "Douanes" in service for service in lignes(releve, 1))


def test_un_petit_service_ne_se_deduit_pas_de_son_institution(annee: Annee):
    for service, nombre in (("POLICE-CSP", 20), ("POLICE-SUR", 3), ("GEND-COB1", 8)):
        for _ in range(nombre):
            annee.requisition(jour(3), service)
    services = lignes(lu("I23"), 1)
    assert lignes(lu("I23"))["Police"] == 23
    assert services["Police\u00a0: autres services"] == "moins de 5"
    assert services["Police\u00a0: Commissariat de Valenciennes"] == NON_AFFICHE
