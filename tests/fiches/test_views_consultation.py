from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from documents.marque import demarquer
from fiches import actes, workflow
from fiches.models import Fiche, ReferenceLegale, VersionFiche
from tests import imprime
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db


def test_la_fiche_dit_tout_ce_que_le_lecteur_doit_faire(convention: None, distribution: Distribution) -> None:
    page = (
        distribution.client("soignante").get(reverse("fiches:fiche", args=[1])).content.decode().replace("\u00a0", " ")
    )
    for attendu in (
        "Recevez la personne seule",
        "Faut-il l’accord de la personne",
        "Recevoir la personne seule",
        "Dès l’accueil",
        "À éviter",
        "15 minutes",
        "Code pénal 226-14 3°",
        "lundi 2 novembre 2026",
        "tel:0353014010",
        "lundi 26 mai 2025",
    ):
        assert attendu in page


def test_le_bouton_ouvre_l_acte_pour_ceux_que_la_fiche_concerne(
    convention: None, distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    ouverture = actes.Ouverture(lambda code: f"/acte/{code}/", lambda acteur: True)
    monkeypatch.setitem(actes._ouvertures, "signalement", ouverture)
    adresse = reverse("fiches:fiche", args=[1])
    assert "/acte/VC_SANS_ACCORD/" in distribution.client("soignante").get(adresse).content.decode()
    assert "/acte/VC_SANS_ACCORD/" not in distribution.client("opj").get(adresse).content.decode()


def test_toutes_les_fiches_s_ouvrent_pour_chaque_partenaire(convention: None, distribution: Distribution) -> None:
    for nom in ("soignante", "opj", "referente", "crip"):
        client = distribution.client(nom)
        for numero in range(1, 19):
            assert client.get(reverse("fiches:fiche", args=[numero])).status_code == 200


def test_un_partenaire_ne_lit_aucun_nom_de_service_de_l_hopital(convention: None, distribution: Distribution) -> None:
    page = distribution.client("opj").get(reverse("fiches:fiche", args=[3])).content.decode()
    aside = page[page.index('id="onc"') : page.index("Tout l’annuaire")]
    assert "Urgences pédiatriques" not in aside
    assert "accueil des autorités" in aside


def test_la_garde_en_cours_est_nommee_aux_collegues_seulement(convention: None, distribution: Distribution) -> None:
    garde = distribution.utilisateur("garde")
    adresse = reverse("fiches:fiche", args=[1])
    assert str(garde) in distribution.client("soignante").get(adresse).content.decode()
    assert str(garde) not in distribution.client("opj").get(adresse).content.decode()


def test_un_texte_expire_se_voit(convention: None, distribution: Distribution) -> None:
    ReferenceLegale.objects.filter(cle="CP-226-14-3").update(fin="2026-01-01")
    page = distribution.client("soignante").get(reverse("fiches:fiche", args=[1])).content.decode()
    assert "Expiré" in page
    assert "n’est plus en vigueur" in page


def test_une_ancienne_version_renvoie_a_celle_en_vigueur(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any, distribution: Distribution
) -> None:
    approuver(en_approbation)
    workflow.mettre_en_vigueur(version=en_approbation, acteur=referente)
    client = distribution.client("soignante")
    ancienne = client.get(reverse("fiches:version", args=[1, "1.0"])).content.decode()
    assert "Cette version n’est plus en vigueur" in ancienne
    assert "Lire la 1.1" in ancienne
    assert "Approuvée par les 9 partenaires" in client.get(reverse("fiches:fiche", args=[1])).content.decode()


def test_la_liste_montre_d_abord_les_situations_du_role(convention: None, distribution: Distribution) -> None:
    page = distribution.client("usmp").get(reverse("fiches:liste")).content.decode()
    pour_vous = page[page.index("Pour vous") : page.index("Toutes les fiches")]
    assert "Je soigne une personne détenue" in pour_vous
    assert "/fiches/8/" not in pour_vous
    assert "/fiches/8/" in page


def test_un_projet_est_introuvable_hors_de_la_referente(projet: VersionFiche, distribution: Distribution) -> None:
    adresses = [reverse("fiches:version", args=[1, "1.1"]), reverse("fiches:comparer", args=[1, "1.0", "1.1"])]
    for adresse in adresses:
        assert distribution.client("opj").get(adresse).status_code == 404
        assert distribution.client("referente").get(adresse).status_code == 200


def test_une_fiche_inexistante_est_introuvable(convention: None, distribution: Distribution) -> None:
    assert distribution.client("soignante").get(reverse("fiches:fiche", args=[99])).status_code == 404


def test_le_pdf_dit_la_fiche_et_reste_le_meme(convention: None, distribution: Distribution) -> None:
    client = distribution.client("soignante")
    premier = client.post(reverse("fiches:pdf", args=[1]), follow=True)
    assert premier["Content-Type"] == "application/pdf"
    assert demarquer(client.get(reverse("fiches:pdf", args=[1])).content)[0] == demarquer(premier.content)[0]
    texte = imprime.texte(premier.content)
    for attendu in (
        "Violences dans le couple",
        "version 1.0",
        "Proposez toujours un certificat",
        "03 53 01 40 10",
        "226-14",
    ):
        assert attendu in texte


def test_le_pdf_d_un_enqueteur_ne_nomme_pas_les_services_de_soin(convention: None, distribution: Distribution) -> None:
    texte = imprime.texte(distribution.client("opj").post(reverse("fiches:pdf", args=[3]), follow=True).content)
    assert "Urgences pédiatriques" not in texte


def test_la_liste_et_la_fiche_coutent_un_nombre_constant_de_requetes(
    convention: None, distribution: Distribution, django_assert_max_num_queries: Any
) -> None:
    client = distribution.client("soignante")
    with django_assert_max_num_queries(16):
        client.get(reverse("fiches:liste"))
    with django_assert_max_num_queries(30):
        client.get(reverse("fiches:fiche", args=[6]))
    assert Fiche.objects.count() == 18
