"""The page of the review: who reads it, what it says, what it costs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from bilans.models import BilanAnnuel, Commentaire, bilan_de
from bilans.workflow import commenter, geler
from tests.bilans.scene import ANNEE, Annee, jour
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]
LECTEURS = (
    "referente",
    "juriste",
    "parquet",
    "directrice",
    "prefecture",
    "opj",
    "gendarme",
    "douanes",
    "maison_arret",
    "ordre",
    "cadre",
    "dpo",
)
AUTRES = ("soignante", "service", "securite", "crip", "ars", "admin_chv", "sociale")


def page(distribution: Distribution, nom: str = "referente", **parametres: str) -> str:
    return distribution.client(nom).get(reverse("bilans:bilan", args=[ANNEE]), parametres).content.decode()


def test_l_adresse_courte_mene_a_l_annee_en_cours(annee: Annee):
    reponse = annee.distribution.client("referente").get(reverse("bilans:courant"))
    assert reponse.headers["Location"] == reverse("bilans:bilan", args=[timezone.localdate().year])


@pytest.mark.parametrize("nom", LECTEURS)
def test_les_representants_des_signataires_lisent_le_bilan(annee: Annee, nom: str):
    assert annee.distribution.client(nom).get(reverse("bilans:bilan", args=[ANNEE])).status_code == 200


@pytest.mark.parametrize("nom", AUTRES)
def test_les_autres_ne_le_lisent_pas(annee: Annee, nom: str):
    reponse = annee.distribution.client(nom).get(reverse("bilans:bilan", args=[ANNEE]))
    assert reponse.status_code == 403
    assert "représentants des signataires" in reponse.content.decode()


@pytest.mark.parametrize("quand", [1999, ANNEE + 1])
def test_une_annee_qui_n_existe_pas_est_introuvable(annee: Annee, quand: int):
    assert annee.distribution.client("referente").get(f"/bilan/{quand}/").status_code == 404


def test_la_page_montre_les_chiffres_et_cache_les_petits(annee: Annee):
    for rang in range(17):
        annee.signalement(jour(1 + rang % 6), ar=30, information="FAITE")
    for _ in range(3):
        annee.extraction(jour(2))
    html = page(annee.distribution)
    assert '<dd class="v">17</dd>' in html
    assert "30\u00a0min" in html
    assert "moins de 5" in page(annee.distribution, chapitre="detenus")
    assert " style=" not in html


@pytest.mark.parametrize("chapitre", ["", "signalements", "requisitions", "detenus", "convention"])
def test_le_cout_d_une_page_ne_depend_pas_du_nombre_de_dossiers(annee: Annee, chapitre: str):
    client, adresse = annee.distribution.client("referente"), reverse("bilans:bilan", args=[ANNEE])
    annee.signalement(jour(4), ar=10)
    client.get(adresse, {"chapitre": chapitre})
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as un:
        client.get(adresse, {"chapitre": chapitre})
    for _ in range(30):
        annee.signalement(jour(5), ar=10)
        annee.requisition(jour(5))
    with CaptureQueriesContext(connection) as trente:
        client.get(adresse, {"chapitre": chapitre})
    assert len(trente) == len(un) <= 60


def test_le_bouton_d_export_est_reserve(annee: Annee):
    assert "Exporter en PDF" in page(annee.distribution, "juriste")
    assert "Exporter en PDF" not in page(annee.distribution, "opj")


def test_chaque_institution_a_un_commentaire(annee: Annee):
    client = annee.distribution.client("parquet")
    for texte in ("Premier avis.", "Le délai tient."):
        client.post(reverse("bilans:commenter", args=[ANNEE]), {"texte": texte})
    assert list(Commentaire.objects.values_list("texte", flat=True)) == ["Le délai tient."]
    assert "Le délai tient." in page(annee.distribution, "opj")


def test_un_commentaire_vide_se_dit_pres_du_champ(annee: Annee):
    reponse = annee.distribution.client("parquet").post(reverse("bilans:commenter", args=[ANNEE]), {"texte": " "})
    assert "Écrivez votre commentaire." in reponse.content.decode()


def test_lire_une_annee_n_ecrit_rien(annee: Annee):
    page(annee.distribution)
    assert not BilanAnnuel.objects.exists()


def test_les_chiffres_s_arretent_apres_l_annee(annee: Annee, referente: object):
    with pytest.raises(TransitionRefusee, match="quand l’année 2026 est finie"):
        geler(bilan=bilan_de(ANNEE), acteur=referente)


def test_des_chiffres_arretes_ne_bougent_plus(annee: Annee, referente: object):
    for _ in range(8):
        annee.signalement(jour(4).replace(year=2025))
    client = annee.distribution.client("referente")
    client.post(reverse("bilans:avancer", args=[2025]), {"action": "geler"})
    for _ in range(8):
        annee.signalement(jour(5).replace(year=2025))
    html = client.get(reverse("bilans:bilan", args=[2025])).content.decode()
    assert '<dd class="v">8</dd>' in html
    assert "Chiffres arrêtés" in html


def test_seule_la_referente_arrete_les_chiffres(annee: Annee):
    reponse = annee.distribution.client("juriste").post(reverse("bilans:avancer", args=[2025]), {"action": "geler"})
    assert reponse.status_code == 403


def test_un_bilan_valide_ne_se_commente_plus(annee: Annee, referente: object):
    client = annee.distribution.client("referente")
    for action in ("geler", "valider"):
        client.post(reverse("bilans:avancer", args=[2025]), {"action": action})
    with pytest.raises(TransitionRefusee, match="validé"):
        commenter(bilan=bilan_de(2025), acteur=referente, texte="Trop tard.")
