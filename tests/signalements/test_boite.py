"""The recipient's worklist: filters that hold, kept views, several acknowledgements at once."""

import pytest
from django.urls import reverse

from dossiers.models import Dossier, VueGardee
from dossiers.vues import PLAFOND, TropDeVues, garder_vue
from signalements.filtres import Filtres
from tests.signalements.situation import recu, transmis

BOITE, ACCUSER, GARDER = (reverse(f"signalements:{nom}") for nom in ("parquet", "accuser_plusieurs", "garder_vue"))


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def test_une_valeur_inconnue_compte_pour_aucun_choix():
    assert Filtres.lire({"vue": "x", "nature": "x", "urgence": "x", "suivi": "x"}) == Filtres()


def test_l_adresse_d_un_choix_redonne_ce_choix():
    choix = Filtres(vue="tous", nature="SIGNALEMENT", urgence="IMMEDIATE", suivi="moi")
    assert Filtres.lire(choix.choisis) == choix
    assert choix.adresse(apres="x") == "?vue=tous&nature=SIGNALEMENT&urgence=IMMEDIATE&suivi=moi&apres=x"


def test_ce_que_l_onglet_impose_l_emporte():
    assert Filtres(vue="danger", urgence="ORDINAIRE").criteres()["urgence"] == "IMMEDIATE"
    assert Filtres(vue="miens", suivi="personne").criteres()["suivi"] == "moi"


def test_les_filtres_de_danger_et_de_suivi_trient_la_liste(soignante, parquet, distribution):
    grave, ordinaire = transmis(soignante), transmis(soignante, "MAJEUR_AVEC_ACCORD")
    client = distribution.client("parquet")
    client.post(reverse("dossiers:attribuer", args=[ordinaire.cle]))
    references = {
        "?vue=danger": (grave,),
        "?urgence=IMMEDIATE": (grave,),
        "?suivi=moi": (ordinaire,),
        "?suivi=personne": (grave,),
        "?vue=miens": (ordinaire,),
        "?": (grave, ordinaire),
    }
    for adresse, attendus in references.items():
        page = lu(client.get(BOITE + adresse))
        vus = {dossier.reference for dossier in (grave, ordinaire) if dossier.reference in page}
        assert vus == {dossier.reference for dossier in attendus}, adresse


def test_on_accuse_reception_de_plusieurs_a_la_fois_et_la_vue_reste(soignante, parquet, distribution):
    dossiers = [transmis(soignante) for _ in range(2)]
    deja = recu(soignante, parquet)
    client = distribution.client("parquet")
    assert lu(client.get(BOITE)).count('name="dossier"') == 2
    envoi = {"dossier": [str(d.cle) for d in (*dossiers, deja)], "vue": "a_traiter", "urgence": "IMMEDIATE"}
    reponse = client.post(ACCUSER, envoi)
    assert reponse["Location"] == f"{BOITE}?vue=a_traiter&urgence=IMMEDIATE"
    page = lu(client.get(reponse["Location"]))
    assert "Réception accusée pour 2 signalements." in page
    assert f"{deja.reference} :" in page
    assert {d.etat for d in Dossier.objects.all()} == {"AR_RECU"}
    assert "Accuser réception des signalements cochés" not in page


def test_on_n_accuse_pas_reception_de_ce_qui_ne_nous_est_pas_adresse(soignante, distribution):
    dossier = transmis(soignante)
    client = distribution.client("crip")
    client.post(ACCUSER, {"dossier": [str(dossier.cle), "pas-une-cle"]})
    assert Dossier.objects.get().etat == "TRANSMIS"
    assert distribution.client("cadre").post(ACCUSER, {"dossier": [str(dossier.cle)]}).status_code == 403


def test_sans_rien_cocher_une_phrase_dit_quoi_faire(parquet, distribution):
    client = distribution.client("parquet")
    client.post(ACCUSER, {})
    assert "Cochez au moins un signalement, puis recommencez." in lu(client.get(BOITE))


def test_une_vue_gardee_revient_sous_son_nom_et_se_retire(parquet, distribution):
    client = distribution.client("parquet")
    assert client.post(GARDER, {"nom": "Mes urgences", "urgence": "IMMEDIATE", "suivi": "moi"}).status_code == 302
    page = lu(client.get(BOITE))
    assert "Mes urgences" in page
    assert "?vue=a_traiter&amp;urgence=IMMEDIATE&amp;suivi=moi" in page
    vue = VueGardee.objects.get()
    assert client.post(reverse("signalements:retirer_vue", args=[vue.cle])).status_code == 302
    assert not VueGardee.objects.exists()


def test_une_vue_n_est_vue_et_retiree_que_par_la_sienne(parquet, distribution):
    distribution.client("parquet").post(GARDER, {"nom": "À moi", "urgence": "JOUR"})
    autre = distribution.client("crip")
    assert "À moi" not in lu(autre.get(BOITE))
    autre.post(reverse("signalements:retirer_vue", args=[VueGardee.objects.get().cle]))
    assert VueGardee.objects.count() == 1


def test_une_vue_sans_nom_est_refusee_et_garde_les_filtres(parquet, distribution):
    page = lu(distribution.client("parquet").post(GARDER, {"nom": "", "urgence": "JOUR"}))
    assert "Donnez un nom à cette vue." in page
    assert '<input type="hidden" name="urgence" value="JOUR">' in page


def test_les_memes_filtres_gardes_deux_fois_ne_changent_que_de_nom(parquet):
    for nom in ("Un", "Deux"):
        garder_vue(liste="parquet", nom=nom, filtres={"urgence": "JOUR"}, acteur=parquet)
    assert [vue.nom for vue in VueGardee.objects.all()] == ["Deux"]


def test_au_dela_de_huit_vues_on_en_retire_une(parquet):
    for rang in range(PLAFOND):
        garder_vue(liste="parquet", nom="x", filtres={"n": str(rang)}, acteur=parquet)
    with pytest.raises(TropDeVues, match="Retirez-en une"):
        garder_vue(liste="parquet", nom="x", filtres={"n": "de trop"}, acteur=parquet)
