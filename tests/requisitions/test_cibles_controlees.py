"""The lines of a page of deposit: each is controlled, frozen and compared for what it is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from requisitions.models import Gel, TitreJudiciaire
from requisitions.table import AUTOPSIE
from tests.requisitions.test_parcours import pdf
from tests.requisitions.test_plusieurs_cibles import LEFEBVRE, MARLIER, VIDEO, envoyer, fautes
from tests.requisitions.test_reception import il_y_a

# 1. Each is controlled for what it is


def test_la_ligne_de_la_table_suit_chaque_personne(police):
    mineur = {"nom": "Petit", "naissance": f"{timezone.localdate().year - 15}-01-01", "statut_personne": "gav"}
    reponse = envoyer(
        police, mineur, type_acte="EX_GAV", statut_personne="gav", urgence="IMMEDIATE", mission="Compatibilité.",
        autorisation_magistrat="Mme Ardoin, substitut", autorisation_le=il_y_a(hours=1),
    )  # fmt: skip
    assert reponse.status_code == 302, reponse.context["form"].errors
    adulte, jeune = (dossier.requisition for dossier in Dossier.objects.order_by("pk"))
    assert adulte.precision != jeune.precision
    assert adulte.ligne_decision_id != jeune.ligne_decision_id
    assert [dossier.personnes.get().age for dossier in Dossier.objects.order_by("pk")][1] == 15


def test_ce_qu_une_seule_personne_exige_se_dit_et_ne_va_qu_a_elle(police):
    """The autopsy of the dead wants the magistrate that the living driver does not."""
    route = {
        "cadre": "AUTRE", "cadre_autre": "ROUTE", "type_acte": "PREL_ALC", "mission": "Alcoolémie.", "precision": AUTOPSIE,
    }  # fmt: skip
    defunt = {**LEFEBVRE, "statut_personne": "defunte"}
    refus = envoyer(police, defunt, **route)
    assert "autorisation_magistrat" in refus.context["form"].errors, refus.context["form"].errors
    assert any("magistrat" in manque for manque in refus.context["form"].manques)
    assert not Dossier.objects.exists()
    magistrat = {"autorisation_magistrat": "Mme Ardoin, substitut", "autorisation_le": il_y_a(hours=1)}
    reponse = envoyer(police, defunt, **route, **magistrat)
    assert reponse.status_code == 302, reponse.context["form"].errors
    vivante, defunte = (dossier.requisition for dossier in Dossier.objects.order_by("pk"))
    assert (vivante.autorisation_magistrat, defunte.autorisation_magistrat) == ("", "Mme Ardoin, substitut")


def test_une_demande_semblable_se_dit_pour_chaque_personne(police):
    envoyer(police, nom="Lefebvre")
    deja = Dossier.objects.get()
    refus = envoyer(police, LEFEBVRE)
    assert str(deja.reference) in refus.content.decode()
    assert "nouvelle" in refus.context["form"].errors
    assert envoyer(police, LEFEBVRE, nouvelle="on").status_code == 302
    assert Dossier.objects.count() == 3


def test_une_fin_de_mesure_qui_n_est_pas_redite_est_celle_de_la_page(police):
    """The earlier deadline is the safe error: nobody of the page waits beyond it."""
    sienne = {**LEFEBVRE, "fin_mesure": il_y_a(hours=-20)}
    envoyer(police, sienne, MARLIER, urgence="IMMEDIATE", fin_mesure=il_y_a(hours=-4))
    fins = [dossier.requisition.fin_mesure for dossier in Dossier.objects.order_by("pk")]
    assert fins[0] == fins[2] < fins[1]
    echeances = [d.echeances.get(nom="reponse").echeance_le for d in Dossier.objects.order_by("pk")]
    assert echeances[2] == echeances[0] <= fins[0]


def test_un_titre_qui_ne_vise_pas_une_personne_dit_laquelle(police, distribution):
    titre = TitreJudiciaire.objects.create(
        genre="autorisation", reference="A-1", magistrat="Mme Ardoin", emetteur=distribution.service("PARQUET-PERM"),
        beneficiaire=distribution.service("POLICE-CSP"), signe_du=timezone.now(), debut=timezone.localdate(),
        fin=timezone.localdate() + timedelta(days=3), types_acte=["DOSSIER"], personne="Delcambre",
        declare_par=distribution.utilisateur("parquet"),
    )  # fmt: skip
    commun = {"cadre": "PRELIM", "titre": titre.pk, "num_procedure": "2026/12"}
    refus = envoyer(police, MARLIER, LEFEBVRE, **commun)
    phrases = refus.context["form"].errors["titre"]
    assert [phrase[:10] for phrase in phrases] == ["Personne 2", "Personne 3"], phrases
    assert "ne vise pas cette personne" in phrases[0]
    assert not Dossier.objects.exists()
    assert envoyer(police, **commun).status_code == 302


def test_une_demande_orale_l_est_pour_chacun(police):
    envoyer(police, LEFEBVRE, fichier="", orale="on", orale_motif="Urgence de nuit")
    for dossier in Dossier.objects.all():
        assert (dossier.requisition.orale, dossier.requisition.orale_motif) == (True, "Urgence de nuit")


def test_un_fichier_glisse_dans_une_ligne_ne_tient_pas_lieu_d_acte(police):
    """Crafted: otherwise the second case would pass for a written demand that nobody could ever complete."""
    envoyer(police, LEFEBVRE, fichier="", orale="on", orale_motif="Nuit", **{"autres-0-x": pdf()})
    assert all(dossier.requisition.orale for dossier in Dossier.objects.all())


# 2. Places, and what is kept


def test_chaque_lieu_filme_a_son_gel_et_son_compte_a_rebours(police):
    reponse = envoyer(
        police,
        {"cible": "Parking nord"},
        {"cible": "Hall", "periode_du": il_y_a(days=10), "periode_au": il_y_a(days=9)},
        {"periode_du": il_y_a(days=5), "periode_au": il_y_a(days=4)},
        **VIDEO,
    )
    assert reponse.status_code == 302, reponse.context["form"].errors
    lettres = [dossier.requisition for dossier in Dossier.objects.order_by("pk")]
    assert [lettre.cible for lettre in lettres] == [
        "Entrée des urgences",
        "Parking nord",
        "Hall",
        "Entrée des urgences",
    ]
    assert [lettre.cameras for lettre in lettres] == ["C4", "", "", "C4"]
    assert lettres[1].periode_du == lettres[0].periode_du
    gels = list(Gel.objects.order_by("dossier__pk"))
    assert gels[0].ecrasement == gels[1].ecrasement
    assert gels[2].ecrasement < gels[3].ecrasement < gels[0].ecrasement


@pytest.mark.parametrize(
    ("ligne", "champ", "phrase"),
    [
        ({"cible": "entrée des urgences", "cameras": "c4"}, "cible", "Ce lieu est déjà demandé"),
        ({"cible": "Hall", "periode_du": il_y_a(days=1)}, "periode_du", "Indiquez le début et la fin"),
        ({"cible": "Hall", "periode_du": il_y_a(days=1), "periode_au": il_y_a(days=2)}, "periode_au", "suit son début"),
    ],
)
def test_une_faute_de_lieu_se_dit_sur_sa_ligne(ligne, champ, phrase, police):
    trouvees = fautes(envoyer(police, ligne, **VIDEO), 0)
    assert list(trouvees) == [champ]
    assert phrase in trouvees[champ][0]


def test_une_faute_de_la_periode_commune_ne_se_dit_qu_une_fois(police):
    reponse = envoyer(police, {"cible": "Hall"}, **{**VIDEO, "periode_au": il_y_a(days=9)})
    assert not fautes(reponse, 0)
    assert list(reponse.context["form"].errors) == ["periode_au"]


def test_ce_qu_on_garde_se_dit_pour_chaque_personne(police):
    envoyer(police, {**LEFEBVRE, "cible": "Sac rouge"}, MARLIER, type_acte="EFFETS", cible="Téléphone noir")
    cibles = [dossier.requisition.cible for dossier in Dossier.objects.order_by("pk")]
    assert cibles == ["Téléphone noir", "Sac rouge", "Téléphone noir"], "qui garde lit toujours quoi garder"


@pytest.mark.parametrize(
    ("champs", "ligne"),
    [
        ({"type_acte": "EFFETS", "cible": "Téléphone noir"},
         {**LEFEBVRE, "nom": "Delcambre", "naissance": "1992-03-07", "cible": "Sac rouge"}),
        ({"nom": "Inconnu", "naissance": "", "naissance_inconnue": "on"}, {"nom": "Inconnu", "naissance_inconnue": "on", "statut_personne": "inconnu"}),
        (VIDEO, {"cible": "Entrée des urgences", "cameras": "C5"}),
    ],
)  # fmt: skip
def test_ce_qui_differe_n_est_pas_un_doublon(champs, ligne, police):
    reponse = envoyer(police, ligne, **champs)
    assert reponse.status_code == 302, reponse.context["form"].autres.errors
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize(
    ("champs", "ligne"),
    [
        ({"urgence": "ORDINAIRE"}, {**LEFEBVRE, "fin_mesure": "0026-01-01T00:00"}),
        (VIDEO, {"cible": "Hall", "naissance": "1890-01-01"}),
        ({"type_acte": "RH"}, {"naissance": "hier"}),
    ],
)
def test_ce_que_la_ligne_ne_montre_pas_ne_la_retient_pas(champs, ligne, police):
    reponse = envoyer(police, ligne, **champs)
    assert reponse.status_code == 302, reponse.context["form"].autres.errors


def test_les_dossiers_du_meme_acte_ne_sont_pas_des_demandes_semblables(police, distribution):
    frere = {**LEFEBVRE, "nom": "Delcambre", "prenoms": "Paul", "naissance": "1995-01-01"}
    envoyer(police, frere, {**frere, "prenoms": "Luc"})
    for dossier in Dossier.objects.all():
        lue = distribution.client("juriste").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
        assert "Même acte" in lue
        assert "Demandes semblables" not in lue


@pytest.mark.parametrize("acte", ["RH", "RECH_CRIT"])
def test_un_acte_sans_personne_ni_lieu_n_a_qu_un_dossier(acte, police):
    criteres = {"periode_du": il_y_a(hours=9), "periode_au": il_y_a(hours=5), "critere_signe": "plaie"}
    assert envoyer(
        police, LEFEBVRE, {"cible": "Hall"}, type_acte=acte, critere_sexe="inconnu", **criteres
    ).status_code == 302  # fmt: skip
    assert Dossier.objects.count() == 1


def test_des_personnes_saisies_avant_de_choisir_des_images_ne_comptent_pas(police):
    assert envoyer(police, {"nom": "Lefebvre"}, **VIDEO).status_code == 302
    assert Dossier.objects.count() == 1
