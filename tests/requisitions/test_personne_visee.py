"""Whom an act is about: their situation is always said, their age decides of the row, and either may be put right."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.controles import controler
from requisitions.faits import faits_de
from requisitions.models import Requisition
from requisitions.table import DE_10_A_13, MOINS_DE_16
from tests.requisitions.test_depot import fautes, page
from tests.requisitions.test_parcours import depot, poster
from tests.requisitions.test_reception import il_y_a

MAGISTRAT = {"autorisation_magistrat": "Mme Ardoin, substitut", "autorisation_le": il_y_a(hours=1)}


def ne_il_y_a(ans: int) -> str:
    """Whoever is that old today, whatever the day."""
    return f"{timezone.localdate().year - ans}-01-01"


# 1. The page of the deposit


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"statut_personne": ""}, "statut_personne", "Choisissez la situation de la personne"),
        ({"type_acte": "EX_GAV", "statut_personne": "temoin"}, "statut_personne", "en garde à vue ou en retenue"),
        ({"type_acte": "CORPS", "statut_personne": "inconnu"}, "statut_personne", "vise une personne défunte"),
        ({"type_acte": "EX_VICT", "statut_personne": "defunte"}, "statut_personne", "examen de corps"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "heure_demande": il_y_a(days=-1)}, "heure_demande", "pas encore passée"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "naissance": ne_il_y_a(12)}, "statut_personne", "une retenue"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "naissance": ne_il_y_a(8)}, "naissance", "ni garde à vue ni retenue"),
        ({"type_acte": "EX_GAV", "statut_personne": "retenue_mineur", "naissance": ne_il_y_a(12), "urgence": "IMMEDIATE",
          "debut_mesure": il_y_a(hours=2), "fin_mesure": il_y_a(hours=-23), **MAGISTRAT}, "fin_mesure", "24 au plus"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "naissance": ne_il_y_a(15)}, "autorisation_magistrat", "décision du magistrat"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "urgence": "IMMEDIATE", "debut_mesure": il_y_a(hours=2),
          "fin_mesure": il_y_a(hours=3)}, "fin_mesure", "suit son début"),
    ],
)  # fmt: skip
def test_ce_que_la_situation_ne_peut_etre_se_dit_a_cote_du_champ(champs, champ, phrase, police):
    trouvees = fautes(page(police, **champs))
    assert phrase in " ".join(trouvees[champ]), trouvees


def test_rien_n_est_choisi_d_avance(police):
    html = police.get(reverse("requisitions:depot", args=[uuid.uuid4()])).content.decode()
    champ = html.split('name="statut_personne"')[1].split("</select>")[0]
    assert "selected" not in champ.replace('value="" selected', "")
    assert "Non précisé" in champ
    assert "Mineure détenue" in champ


def test_ce_qui_est_dit_de_la_personne_se_lit_a_l_hopital(distribution, police):
    dossier = depot(
        police, type_acte="EX_GAV", majeur_protege="oui", interprete="Tigrinya", debut_mesure=il_y_a(hours=2),
        heure_demande=il_y_a(minutes=40),
    )  # fmt: skip
    lettre = dossier.requisition
    assert (lettre.majeur_protege, lettre.interprete) == ("oui", "Tigrinya")
    lue = distribution.client("juriste").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    for mots in ("Oui, tutelle ou curatelle", "Tigrinya", "Examen demandé", "Début de mesure", "En garde à vue"):
        assert mots in lue


@pytest.mark.parametrize(
    ("age", "statut", "precision"),
    [("15", "gav", MOINS_DE_16), ("16", "gav", ""), ("", "retenue_mineur", DE_10_A_13), ("12", "retenue_mineur", DE_10_A_13)],
)  # fmt: skip
def test_sans_date_de_naissance_l_age_dit_decide_de_la_ligne(age, statut, precision, police):
    dossier = depot(
        police, type_acte="EX_GAV", naissance="", naissance_inconnue="on", age_declare=age, statut_personne=statut,
        **MAGISTRAT,
    )  # fmt: skip
    assert dossier.requisition.precision == precision
    assert dossier.personnes.get().age == (int(age) if age else None)


def test_l_age_dit_ne_compte_pas_quand_la_naissance_est_connue(police):
    dossier = depot(police, type_acte="EX_GAV", age_declare="12")
    assert dossier.requisition.precision == ""
    assert dossier.personnes.get().age > 18


def test_un_officier_seul_qui_demande_l_examen_d_un_mineur_a_une_reponse_codee(distribution, police):
    """Row 4: the prosecutor or the judge names the doctor; the officer's demand is kept, and answered in writing."""
    dossier = depot(police, type_acte="EX_GAV", naissance=ne_il_y_a(15), incomplet="on")
    assert dossier.requisition.ligne_decision.rang == 4
    trouves = {x.numero: x for x in controler(faits_de(dossier, Requisition.objects.get(pk=dossier.pk)))}
    assert {"R-00", "T-01", "R-25"} <= trouves.keys()
    assert not trouves["R-25"].bloque
    poster(distribution.client("juriste"), "commencer", dossier)
    grille = distribution.client("juriste").get(reverse("requisitions:controle", args=[dossier.cle])).content.decode()
    assert "Examen obligatoire dès le début de la mesure" in grille
    assert "Personne mineure, 15\u00a0ans." in grille
    assert "La table n’admet pas cette qualité" in grille


# 2. Put right


def test_une_situation_corrigee_change_la_ligne_qui_decide(deposee, distribution, juriste):
    dossier = w.controler(dossier=deposee("EX_SUSP", statut_personne="suspect"), acteur=juriste)
    assert dossier.requisition.precision == ""
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Est-elle détenue ?")
    opj = distribution.client("opj")
    url = reverse("requisitions:complement", args=[dossier.cle])
    assert "nom" not in opj.get(url).context["form"].fields, "l’identité envoyée est scellée"
    poster(opj, "complement", dossier, texte="Oui.", statut_personne="mineur_detenu")
    lettre = Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)
    assert lettre.precision == "expertise d’une personne détenue"
    assert lettre.ligne_decision.rang == 50
    with pytest.raises(AssertionError, match="statut_personne"):
        w.controler(dossier=dossier, acteur=juriste)
        dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Encore ?")
        poster(opj, "complement", dossier, texte="Non.", statut_personne="roi")


def test_un_mineur_nomme_apres_le_depot_a_la_ligne_des_mineurs(distribution, table, fichier, juriste):
    dossier = w.deposer(
        cle_depot=uuid.uuid4(), lettre=Requisition(type_acte="EX_GAV", cadre="FLAG", mission="Compatibilité."),
        personne=None, fichier=fichier(), urgence="ORDINAIRE", acteur=distribution.acteur("opj"),
    )  # fmt: skip
    dossier = w.controler(dossier=dossier, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Nommez la personne.")
    nommee = {"nom": "Delcambre", "naissance": ne_il_y_a(15), "statut_personne": "gav"}
    url = reverse("requisitions:complement", args=[dossier.cle])
    assert distribution.client("opj").post(url, {"texte": "Voici.", **nommee}).status_code == 302
    assert Requisition.objects.get(pk=dossier.pk).precision == MOINS_DE_16


@pytest.mark.parametrize("statut", ["detenue", "mineur_detenu"])
def test_un_mineur_detenu_est_une_personne_detenue(statut, deposee, distribution, juriste):
    dossier = deposee("EX_SUSP", statut_personne=statut, mission="Examen par le médecin de la maison d’arrêt.")
    assert dossier.requisition.precision == "expertise d’une personne détenue"
    assert faits_de(dossier, dossier.requisition).medecin_usmp
