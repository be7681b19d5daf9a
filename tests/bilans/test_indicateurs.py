"""Every figure against a recount by hand over the same cases."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest

from accounts.models import User
from bilans.indicateurs import INDICATEURS, PAR_CODE, periode, relever, restaurer, serialiser
from bilans.indicateurs.releve import Releve, duree
from bilans.models import RetourExperience
from bilans.retours import repondre
from bilans.secret_statistique import NON_AFFICHE
from dossiers.models import Echeance
from fiches.accuses import accuser
from fiches.models import VersionFiche
from presentation.temps import duree_fr
from requisitions.models import AccordMedecin, Gel, Recusation, Regularisation
from signalements.models import Suite
from tests.bilans.scene import ANNEE, Annee, jour

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]


def lu(code: str) -> Releve:
    return PAR_CODE[code].relever(periode(ANNEE))


def lignes(releve: Releve, rang: int = 0) -> dict[str, object]:
    return {str(ligne[0]): ligne[1] for ligne in releve.tableaux[rang].lignes}


def test_les_signalements_se_comptent_par_mois_et_par_situation(annee: Annee):
    alea, attendu = random.Random(1), Counter()
    for mois in range(1, 13):
        for _ in range(14):
            voie = alea.choice(("VC_SANS_ACCORD", "VC_SANS_ACCORD", "MAJEUR_AVEC_ACCORD"))
            annee.signalement(jour(mois, alea.randint(1, 14)), voie)
            attendu[mois, voie] += 1
    annee.signalement(jour(6).replace(year=ANNEE - 1))
    releve = lu("I01")
    assert releve.chiffres[0].valeur == str(sum(attendu.values()))
    tableau = releve.tableaux[0]
    for rang, ligne in enumerate(tableau.lignes[:-1]):
        for colonne, voie in enumerate(("VC_SANS_ACCORD", "MAJEUR_AVEC_ACCORD"), start=1):
            mois = [rang + 1] if tableau.colonnes[0] == "Mois" else range(3 * rang + 1, 3 * rang + 4)
            vrai = sum(attendu[m, voie] for m in mois)
            assert ligne[colonne] == vrai or (isinstance(ligne[colonne], str))
            assert vrai >= 5 or isinstance(ligne[colonne], str)


def test_les_mois_trop_maigres_se_comptent_par_trimestre(annee: Annee):
    for mois in range(1, 13):
        for _ in range(3):
            annee.signalement(jour(mois))
            annee.signalement(jour(mois), "MAJEUR_AVEC_ACCORD")
    tableau = lu("I01").tableaux[0]
    assert tableau.colonnes[0] == "Trimestre"
    assert [ligne[-1] for ligne in tableau.lignes] == [18, 18, 18, 18, 72]


def test_le_titre_dit_la_tendance(annee: Annee):
    for mois in range(1, 13):
        for _ in range(24 if mois > 8 else 10):
            annee.signalement(jour(mois))
            annee.signalement(jour(mois), "MAJEUR_AVEC_ACCORD")
    assert lu("I01").conclusion == "Les signalements augmentent depuis trois mois"


def test_deux_annees_ne_se_comparent_que_si_la_premiere_est_complete(annee: Annee):
    for _ in range(20):
        annee.signalement(jour(3))
        annee.signalement(jour(3).replace(year=ANNEE - 1))
    assert lu("I01").chiffres[0].precision == ""
    for _ in range(10):
        annee.signalement(jour(12).replace(year=ANNEE - 2))
    assert lu("I01").chiffres[0].precision == f"+\u00a00\u00a0% par rapport à {ANNEE - 1}, sur la même durée"


def test_le_delai_du_parquet_est_la_mediane_des_envois(annee: Annee):
    minutes = [12, 20, 31, 44, 52, 75, 180]
    for rang, ar in enumerate(minutes):
        annee.signalement(jour(1 + rang % 3), ar=ar)
    chiffre = lu("I04").chiffres[0]
    assert (chiffre.valeur, chiffre.ton) == (duree_fr(timedelta(minutes=median(minutes))), "ok")


def test_une_mediane_de_moins_de_cinq_cas_ne_s_affiche_pas(annee: Annee):
    for ar in (10, 20, 30, 40):
        annee.signalement(jour(2), ar=ar)
    assert lu("I04").chiffres[0].valeur == "non affiché"


def test_l_information_tracee_et_les_suites(annee: Annee):
    dossiers = [annee.signalement(jour(4), information="FAITE" if rang < 12 else "") for rang in range(20)]
    assert lu("I03").chiffres[0].valeur == "60\u00a0%"
    for rang, dossier in enumerate(dossiers[:14]):
        for genre, quand in (("CLASSEMENT", 1), ("ENQUETE" if rang < 8 else "OP", 2)):
            Suite.objects.create(
                dossier=dossier, suite_type=genre, date=jour(5, quand).date(), service=dossier.service_emetteur,
                enregistree_par=annee.auteur,
            )  # fmt: skip
    releve = lu("I16")
    assert releve.chiffres[0].valeur == "70\u00a0%"
    assert lignes(releve)["Enquête ou poursuites"] == 8
    assert lignes(releve)["Classement ou alternative"] == "moins de 5"
    # Fourteen known outcomes less eight would say that the four small lines are empty.
    assert lignes(releve)["Protection de la personne"] == "non affiché"


def test_les_requisitions_par_institution_refus_et_heures(annee: Annee):
    for rang in range(30):
        refusee = rang % 5 == 0
        dossier = annee.requisition(
            jour(3, 2 + rang % 5, 11 if rang % 3 else 22),
            "POLICE-CSP" if rang < 20 else "GEND-COB1",
            "REFUSEE" if refusee else "CLOTUREE",
            refus_motif="secret" if refusee else "",
        )
        fin = dossier.cree_le + timedelta(hours=2 + rang)
        annee.evenement(
            dossier, "refuser" if refusee else "mettre_a_disposition", "REFUSEE" if refusee else "PRETE", fin
        )
    releve = lu("I23")
    assert (lignes(releve)["Police"], lignes(releve)["Gendarmerie"]) == (20, 10)
    assert releve.conclusion == "Police\u00a0: premier requérant de l’hôpital"
    assert lu("I26").chiffres[0].valeur == "6"
    assert lu("I27").chiffres[0].valeur == "33\u00a0%"
    assert lu("I25").chiffres[1].valeur == duree_fr(timedelta(hours=2 + median(range(30))))


def test_les_valeurs_rares_sont_comptees_ensemble(annee: Annee):
    for rang in range(30):
        annee.requisition(jour(3), "POLICE-CSP" if rang < 20 else "GEND-COB1" if rang < 27 else "DOUANES-BSI")
    cases = lignes(lu("I23"))
    assert "Douanes" not in cases
    assert cases["Autres, moins de 5 chacun"] == "moins de 5"
    assert cases["Gendarmerie"] == "non affiché"


def sort_des_images(qui: User, rang: int) -> dict[str, object]:
    """Six already erased, two copies damaged, five that nobody confirmed in time, the rest copied."""
    if rang < 8:
        return {"perte": "avant" if rang < 6 else "support", "perdu_le": jour(5, 4), "perdu_par": qui}
    if rang < 13:
        return {"ecrasement": jour(5, 20)}
    return {"confirme_le": jour(5, 4), "confirme_par": qui}


def test_conformite_delais_videos_et_accords(annee: Annee):
    for rang in range(25):
        etat = "EN_EXECUTION" if 8 <= rang < 13 else "CLOTUREE"
        dossier = annee.requisition(jour(5, 4), etat=etat, type_acte="VIDEO")
        Echeance.objects.create(
            dossier=dossier, nom="reponse", libelle="R", calcul="c", debut_le=jour(5, 4), echeance_le=jour(5, 6),
            tenue_le=jour(5, 5 if rang < 15 else 8),
        )  # fmt: skip
        annee.evenement(dossier, "mettre_a_disposition", "PRETE", jour(5, 5 if rang < 15 else 8))
        Gel.objects.create(
            dossier=dossier, objet="VIDEO", service=annee.distribution.service("CHV-SECU"), ordonne_par=annee.auteur,
            confirmer_avant=jour(5, 4), **sort_des_images(annee.auteur, rang),
        )  # fmt: skip
        annee.evenement(dossier, "valider", "VALIDEE", jour(5, 4))
        AccordMedecin.objects.create(dossier=dossier, choix="total", donne_par=annee.auteur)
        if rang < 9:
            AccordMedecin.objects.create(dossier=dossier, choix="refuse", motif="secret", donne_par=annee.auteur)
            Regularisation.objects.create(dossier=dossier, texte="x", avant=jour(6), demandee_par=annee.auteur)
    assert lu("I24").chiffres[0].valeur == "64\u00a0%"
    assert (lu("I25").chiffres[0].valeur, lu("I25").chiffres[0].ton) == ("60\u00a0%", "danger")
    images = lignes(lu("I28"))
    assert (images["Copiées à temps"], images["Copie à confirmer"]) == (12, "moins de 5")
    assert images["Perdues par l’hôpital"] == 7
    assert images["Déjà effacées à la réception"] == "non affiché", "il en dirait la case tue"
    assert lu("I28").conclusion == "Vidéos perdues par l’hôpital (doit être 0)\u00a0: 7"
    assert lu("I29").chiffres[0].valeur == "64\u00a0%"


def test_le_refus_d_un_medecin_recuse_n_est_pas_une_reponse(annee: Annee):
    """Seven refusals of twenty are those of doctors who were concerned: the ones who came after them agreed."""
    for rang in range(20):
        dossier = annee.requisition(jour(5, 4))
        autre = annee.distribution.utilisateur("medecin")
        if rang < 13:
            AccordMedecin.objects.create(dossier=dossier, choix="refuse", motif="secret", donne_par=autre)
            continue
        AccordMedecin.objects.create(dossier=dossier, choix="total", donne_par=annee.auteur)
        AccordMedecin.objects.create(dossier=dossier, choix="refuse", motif="recusation", donne_par=autre)
        Recusation.objects.create(dossier=dossier, recuse_par=autre, motif="lien")
    assert lu("I29").chiffres[0].valeur == "35\u00a0%"


def test_les_extractions_annulees_par_motif(annee: Annee):
    for rang in range(40):
        if rang < 8:
            annee.extraction(jour(6), "ANNULEE_ESCORTE", annulation_escorte_motif="EFFECTIFS")
        elif rang < 14:
            annee.extraction(jour(6), "ANNULEE_SOIN", annulation_soin_motif="SERVICE")
        else:
            annee.extraction(jour(6))
    releve = lu("I30")
    assert (releve.chiffres[0].valeur, releve.chiffres[1].valeur) == ("40", "35\u00a0%")
    assert lignes(releve)["Réalisées"] == 26


def test_aucun_champ_nominatif_n_est_lu(annee: Annee, django_assert_max_num_queries):
    """The statements of all the indicators name no sealed or nominative column."""
    annee.signalement(jour(4), ar=10)
    with django_assert_max_num_queries(80) as capture:
        relever(ANNEE)
    sql = " ".join(requete["sql"] for requete in capture.captured_queries)
    assert "dossiers_personne" not in sql
    for colonne in (
        "faits_observes",
        "propos_rapportes",
        "motif_danger",
        "mission",
        "autorite_nom",
        "consignes",
        "nom_externe",
    ):
        assert f'"{colonne}"' not in sql


def test_les_chiffres_geles_se_relisent_tels_quels(annee: Annee):
    for _ in range(9):
        annee.signalement(jour(4), ar=10)
    releves = relever(ANNEE)
    assert restaurer(serialiser(releves)) == releves


def test_chaque_indicateur_dit_ce_qu_il_compte():
    assert len({indicateur.code for indicateur in INDICATEURS}) == len(INDICATEURS)
    for indicateur in INDICATEURS:
        assert indicateur.definition.endswith(".")
        assert indicateur.source
        assert indicateur.frequence


def test_les_retours_se_comptent_comme_des_cas_et_leur_delai_median_attend_cinq_reponses(
    annee: Annee, deposer: Callable[..., RetourExperience]
):
    referente = annee.distribution.acteur("referente")
    for rang in range(10):
        assert lu("I31").chiffres[0].valeur == ("moins de 5" if rang < 5 else str(rang))
        retour = deposer(categorie="DELAI" if rang < 8 else "NUMERO")
        if rang < 5:
            assert lu("I31").chiffres[2].valeur == NON_AFFICHE
            retour = repondre(retour=retour, acteur=referente, reponse="Entendu.")
            retour.depose_le = retour.repondu_le - timedelta(days=1 + rang)
            retour.save()
    recus, repondus, mediane = lu("I31").chiffres
    assert (recus.valeur, repondus.valeur) == ("10", "50\u00a0%")
    assert mediane.valeur == duree(timedelta(days=3), 5)
    cases = lignes(lu("I31"))
    assert cases["Total"] == 10
    assert not isinstance(cases["Un numéro est faux"], int)


def test_une_fiche_lue_une_fois_quitte_la_liste_des_fiches_jamais_lues(annee: Annee):
    lire = PAR_CODE["I21"].relever
    assert lire(periode(ANNEE)).chiffres[0].valeur == "18"
    version = VersionFiche.objects.select_related("fiche").get(fiche__numero=5, etat="EN_VIGUEUR")
    accuser(version=version, acteur=annee.distribution.acteur("soignante"))
    releve = lire(periode(ANNEE))
    assert releve.chiffres[0].valeur == "17"
    assert not any(str(ligne[0]).startswith("Fiche 5,") for ligne in releve.tableaux[0].lignes)
