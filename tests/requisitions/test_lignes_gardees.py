"""The lines of a page of deposit, kept as they are typed: a line more, a line less, a draft left for later."""

import uuid

import pytest
from django.urls import reverse

from dossiers.models import Brouillon, Dossier
from tests.requisitions.test_parcours import pdf
from tests.requisitions.test_plusieurs_cibles import LEFEBVRE, MARLIER, PREMIERE, envoyer, lignes


def test_ajouter_une_ligne_garde_la_page_et_son_fichier_sans_rien_controler(police):
    cle = uuid.uuid4()
    reponse = envoyer(police, {"nom": "Lefebvre"}, cle=cle, mission="", geste="ligne")
    adresse = reverse("requisitions:depot", args=[cle])
    assert reponse.url == f"{adresse}?ligne=1#autre-1"
    lue = police.get(reponse.url)
    form = lue.context["form"]
    assert [ligne["nom"].value() for ligne in form.autres.forms] == ["Lefebvre", None]
    assert form["nom"].value() == "Delcambre"
    html = lue.content.decode()
    assert "Un fichier est déjà joint" in html
    assert 'id="autre-1"' in html
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("geste", ["ligne", "retirer:0", "garder"])
def test_un_fichier_refuse_se_dit_meme_quand_on_garde(geste, police):
    reponse = envoyer(police, LEFEBVRE, geste=geste, fichier=pdf(nom="acte.exe"))
    assert "Le nom de ce fichier est trompeur" in police.get(reponse.url).content.decode()


def test_retirer_une_ligne_n_emporte_qu_elle(police):
    cle = uuid.uuid4()
    reponse = envoyer(police, LEFEBVRE, {}, MARLIER, cle=cle, geste="retirer:2")
    assert reponse.url.endswith("#autres")
    form = police.get(reponse.url).context["form"]
    assert [ligne["nom"].value() for ligne in form.autres.forms] == ["Lefebvre"]


@pytest.mark.parametrize("geste", ["retirer:", "retirer:9", "retirer:abc", "retirer:-1"])
def test_retirer_une_ligne_qui_n_est_pas_la_ne_perd_rien(geste, police):
    form = police.get(envoyer(police, LEFEBVRE, MARLIER, geste=geste).url).context["form"]
    assert [ligne["nom"].value() for ligne in form.autres.forms] == ["Lefebvre", "Marlier"]


def test_l_enregistrement_automatique_garde_les_lignes(police):
    cle = uuid.uuid4()
    reponse = police.post(
        reverse("requisitions:garder_depot", args=[cle]),
        {**PREMIERE, **lignes(LEFEBVRE, {"nom": "Marlier", "naissance_inconnue": "on"}), "autres-0-intrus": "x"},
    )
    assert reponse.status_code == 200
    gardees = Brouillon.objects.get(cle=cle).donnees["depot"]["autres"]
    assert [ligne["nom"] for ligne in gardees] == ["Lefebvre", "Marlier"]
    assert "intrus" not in gardees[0]
    html = police.get(reverse("requisitions:depot", args=[cle])).content.decode()
    assert 'value="Lefebvre"' in html
    assert html.count("checked") == 3, "le cadre, le délai et la date inconnue"
