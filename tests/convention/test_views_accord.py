import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from convention import workflow
from convention.models import (
    Contact,
    Convention,
    Delegation,
    DemandeDouble,
    Institution,
    Mandat,
    Partie,
    Service,
    VersionConvention,
)
from journal.models import Entree
from tests.convention.accord import MOTIF, SIGNATAIRES, charger_accord, en_signature, nommer, projet, relire, signer
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def accord(distribution: Distribution) -> Convention:
    return charger_accord(distribution)


def texte(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    return reponse.content.decode()


def adresse(nom: str, *arguments: Any) -> str:
    return reverse(f"convention:{nom}", args=["chv-2025", *arguments])


def test_la_page_dit_qui_a_signe_et_combien_de_signatures_manquent(
    accord: Convention, distribution: Distribution
) -> None:
    version = en_signature(distribution)
    signer(distribution, version, *list(SIGNATAIRES.values())[:7])
    page = texte(distribution.client("epm"), adresse("page"))
    assert "2 signatures manquent." in page
    assert page.count("Sur papier") == 9
    assert page.count("Second facteur") == 7
    assert adresse("signer", "avenant-1") in page
    assert adresse("signer", "avenant-1") not in texte(distribution.client("opj2"), adresse("page"))


def test_un_projet_ne_se_voit_que_de_la_referente(accord: Convention, distribution: Distribution) -> None:
    projet(distribution)
    assert "Ce qui change" in texte(distribution.client("referente"), adresse("version", "avenant-1"))
    for nom in ("ordre", "soignante", "crip"):
        assert distribution.client(nom).get(adresse("version", "avenant-1")).status_code == 404
        assert "avenant-1" not in texte(distribution.client(nom), adresse("page"))


def test_un_texte_en_signature_se_voit_des_parties_et_non_des_correspondants(
    accord: Convention, distribution: Distribution
) -> None:
    en_signature(distribution)
    page = texte(distribution.client("opj"), adresse("version", "avenant-1"))
    assert re.search(r"<ins>.*thématique a son groupe", page, re.S)
    assert distribution.client("crip").get(adresse("version", "avenant-1")).status_code == 404


def test_une_convention_meme_publiee_n_existe_pas_pour_qui_n_en_est_pas(
    accord: Convention, distribution: Distribution
) -> None:
    assert distribution.client("cpam").get(adresse("page")).status_code == 404
    assert "santé, sécurité, justice" not in texte(distribution.client("cpam"), reverse("convention:liste"))
    for nom in ("opj", "crip", "ars"):
        texte(distribution.client(nom), adresse("page"))


def test_plusieurs_conventions_donnent_la_liste_et_une_troisieme_sorte_n_a_besoin_d_aucun_code(
    accord: Convention, distribution: Distribution
) -> None:
    autre = Convention.objects.create(
        code="autre-2026",
        genre="une-troisieme-sorte",
        titre="Une autre convention",
        version="1",
        etablissement=Institution.objects.get(code="SPREF"),
        signee_le=timezone.localdate(),
        lieu="Lille",
        objet="Un objet.",
        suivi="Un suivi.",
    )
    Partie.objects.create(convention=autre, institution=autre.etablissement, ordre=1, entree_le=timezone.localdate())
    prefecture = distribution.client("prefecture")
    page = texte(prefecture, reverse("convention:convention"))
    assert "Une autre convention" in page
    assert "santé, sécurité, justice" in page
    assert "ne sont pas chargés" in texte(prefecture, reverse("convention:page", args=["autre-2026"]))
    assert prefecture.get(reverse("fiches:recueil", args=["autre-2026"])).status_code == 200
    assert distribution.client("opj").get(reverse("convention:page", args=["autre-2026"])).status_code == 404
    from bilans.models import bilan_de

    assert bilan_de(2026).convention == accord


def test_la_referente_propose_redige_et_ouvre_un_avenant(accord: Convention, distribution: Distribution) -> None:
    client = distribution.client("referente")
    jour = timezone.localdate().isoformat()
    assert "Proposer un avenant" in texte(client, adresse("proposer"))
    reponse = client.post(adresse("proposer"), {"motif": "court", "effet_le": "2020-01-01", "institution": ""})
    assert "au moins 20 caractères" in reponse.content.decode()
    assert "Cette date est passée" in reponse.content.decode()
    reponse = client.post(adresse("proposer"), {"motif": MOTIF, "effet_le": jour, "institution": ""})
    assert reponse.headers["Location"] == adresse("rediger", "avenant-1")
    envoi = envoi_de(client, adresse("rediger", "avenant-1"))
    envoi |= {
        "articles-4-texte": "Un groupe par thématique.",
        "articles-19-titre": "Nouveau",
        "articles-19-texte": "Dit.",
    }
    envoi["articles-0-DELETE"] = "on"
    reponse = client.post(adresse("rediger", "avenant-1"), envoi)
    assert reponse.status_code == 302
    articles = VersionConvention.objects.get(numero="avenant-1").contenu["articles"]
    assert [articles[0]["id"], articles[-1]["id"]] == ["parties", "nouveau"]
    assert client.post(adresse("avancer", "avenant-1"), {"geste": "ouvrir_signature"}).status_code == 302
    assert VersionConvention.objects.get(numero="avenant-1").etat == "EN_SIGNATURE"


def envoi_de(client: Client, page: str) -> dict[str, str]:
    """What the browser would send back, untouched."""
    redacteur = client.get(page).context["redacteur"]
    champs = [*redacteur.entete, *redacteur.articles.management_form]
    champs += [champ for formulaire in redacteur.articles for champ in formulaire if champ.name != "DELETE"]
    return {champ.html_name: "" if (valeur := champ.value()) is None else str(valeur) for champ in champs}


def test_un_texte_change_dans_une_autre_fenetre_ne_s_ecrase_pas(accord: Convention, distribution: Distribution) -> None:
    projet(distribution)
    client = distribution.client("referente")
    envoi = envoi_de(client, adresse("rediger", "avenant-1")) | {"version": "0", "articles-0-texte": "Mon texte à moi."}
    page = client.post(adresse("rediger", "avenant-1"), envoi).content.decode()
    assert "Ce texte a changé pendant que vous écriviez" in page
    assert "Mon texte à moi." in page


def test_un_partenaire_ne_propose_ni_ne_redige_ni_n_ouvre(accord: Convention, distribution: Distribution) -> None:
    client = distribution.client("opj")
    assert client.get(adresse("proposer")).status_code == 403
    version = en_signature(distribution)
    assert client.get(adresse("rediger", "avenant-1")).status_code == 403
    client.post(adresse("avancer", "avenant-1"), {"geste": "abandonner"})
    assert relire(version).etat == "EN_SIGNATURE"
    assert client.post(adresse("avancer", "avenant-1"), {"geste": "prendre_effet"}).status_code == 404


def test_signer_demande_un_second_facteur_recent(accord: Convention, distribution: Distribution) -> None:
    version = en_signature(distribution)
    client = distribution.client("ordre")
    for reponse in (
        client.get(adresse("signer", "avenant-1")),
        client.post(adresse("signer", "avenant-1"), {"lu": "on", "empreinte": version.empreinte}),
    ):
        assert reponse.headers["Location"].startswith(reverse("accounts:elever"))
    assert not version.signatures.exists()


def test_on_signe_l_empreinte_montree_en_clair_et_une_seule_fois(
    accord: Convention, distribution: Distribution
) -> None:
    version = en_signature(distribution)
    client = distribution.client_eleve("ordre")
    page = texte(client, adresse("signer", "avenant-1"))
    assert page.count(version.empreinte) == 2
    assert "par délégation" in page
    reponse = client.post(adresse("signer", "avenant-1"), {"empreinte": version.empreinte})
    assert "Cochez la case pour signer." in reponse.content.decode()
    envoi = {"empreinte": version.empreinte, "lu": "on"}
    for _ in range(2):
        assert client.post(adresse("signer", "avenant-1"), envoi).headers["Location"] == adresse("version", "avenant-1")
    signature = version.signatures.get()
    assert (signature.institution.code, signature.empreinte) == ("CDOM", version.empreinte)
    page = texte(client, adresse("version", "avenant-1"))
    assert "Votre institution a déjà signé ce texte." in page
    assert Entree.objects.filter(action="signer", objet="convention").count() == 1


def test_un_autre_texte_que_celui_montre_n_est_pas_signe(accord: Convention, distribution: Distribution) -> None:
    version = en_signature(distribution)
    client = distribution.client_eleve("ordre")
    page = client.post(adresse("signer", "avenant-1"), {"empreinte": "0" * 64, "lu": "on"}, follow=True)
    assert "Relisez-le avant de signer" in page.content.decode()
    assert not version.signatures.exists()


def test_denoncer_et_resilier_sont_deux_pages_deux_titulaires_deux_effets(
    accord: Convention, distribution: Distribution
) -> None:
    nommer(distribution, "DOUANES", "douanes")
    nommer(distribution, "CHV", "directrice")
    motif = "Une réorganisation nationale nous l’impose."
    douanes, directrice = distribution.client_eleve("douanes"), distribution.client_eleve("directrice")
    assert douanes.get(adresse("resilier")).status_code == 403
    assert directrice.get(adresse("denoncer")).status_code == 403
    assert "Cochez la case" in douanes.post(adresse("denoncer"), {"motif": motif}).content.decode()
    douanes.post(adresse("denoncer"), {"motif": motif, "certain": "on"})
    page = texte(distribution.client("opj"), adresse("page"))
    assert "Dénonciation notifiée" in page
    assert motif in page
    assert "sortira" in page
    assert "Convention résiliée" not in page
    directrice.post(adresse("resilier"), {"motif": motif, "certain": "on"})
    assert "Convention résiliée" in texte(distribution.client("opj"), adresse("page"))


def test_changer_de_titulaire_en_une_page(accord: Convention, distribution: Distribution) -> None:
    en_signature(distribution)
    client = distribution.client_eleve("referente")
    page = texte(client, reverse("convention:titulaire_changer", args=["POLICE"]))
    assert "Une signature à donner" in page
    delegation = Delegation.objects.get(mandat__institution__code="POLICE")
    envoi = {
        "civilite": "Mme",
        "prenom": "Ingrid",
        "nom": "Bailleul",
        "titre": "Commissaire divisionnaire",
        "utilisateur": distribution.utilisateur("opj2").pk,
        "debut_le": timezone.localdate().isoformat(),
        "motif": "Mutation de la commissaire.",
        "reprises": [delegation.pk],
    }
    assert client.post(reverse("convention:titulaire_changer", args=["POLICE"]), envoi).status_code == 302
    page = texte(client, reverse("convention:titulaires", args=["POLICE"]))
    assert "Un changement attend une seconde personne" in page
    assert "Mme Ingrid Bailleul, Commissaire divisionnaire" in page
    dpo = distribution.client_eleve("dpo")
    assert "délégations reprises" in texte(dpo, reverse("convention:approbations")).lower()
    demande = DemandeDouble.objects.get(acte="convention.changer_titulaire")
    dpo.post(reverse("convention:repondre", args=[demande.cle]), {"geste": "approuver"})
    page = texte(distribution.client("opj2"), reverse("convention:titulaires", args=["POLICE"]))
    assert "reprise du titulaire précédent" in page
    assert "Signature attendue" in page
    assert Mandat.objects.filter(institution__code="POLICE", fin_le=None).get().nom == "Bailleul"
    envoi = {"delegataire": distribution.utilisateur("etranger").pk, "titre": "Adjointe"}
    opj2 = distribution.client_eleve("opj2")
    opj2.post(reverse("convention:deleguer", args=["POLICE"]), envoi)
    ajoutee = Delegation.objects.get(delegataire=distribution.utilisateur("etranger"))
    opj2.post(reverse("convention:delegation_terminer", args=["POLICE", ajoutee.pk]))
    ajoutee.refresh_from_db()
    assert ajoutee.fin_le == timezone.localdate()


def test_les_titulaires_d_une_maison_ne_se_lisent_pas_d_une_autre(
    accord: Convention, distribution: Distribution
) -> None:
    assert distribution.client("gendarme").get(reverse("convention:titulaires", args=["POLICE"])).status_code == 403


def test_la_page_publique_ne_dit_que_ce_qui_peut_l_etre(accord: Convention, distribution: Distribution) -> None:
    nommer(distribution, "DOUANES", "douanes")
    en_signature(distribution)
    from convention import fins

    fins.denoncer(convention=accord, acteur=distribution.acteur("douanes"), motif="Motif tenu entre nous seuls.")
    anonyme = Client()
    assert anonyme.get("/public/convention/").headers["Location"] == "/public/convention/chv-2025/"
    page = texte(anonyme, "/public/convention/chv-2025/")
    for attendu in ("Damien MACKOWIAK", "Lutte contre la radicalisation", "Objet", "Suivi", "Sortie"):
        assert attendu in page
    interdits = [
        MOTIF,
        "Motif tenu entre nous seuls.",
        "Avenant",
        "Article 1",
        str(distribution.utilisateur("douanes")),
    ]
    interdits += list(Contact.objects.exclude(telephone="").values_list("telephone", flat=True))
    dits = " ".join(
        [*(ligne["titre"] for ligne in accord.historique), *Institution.objects.values_list("nom", flat=True)]
    )
    interdits += [nom for nom in Service.objects.values_list("nom", flat=True) if len(nom) > 12 and nom not in dits]
    assert [mot for mot in interdits if mot in page] == []
    Convention.objects.update(publiee_le=None)
    assert anonyme.get("/public/convention/chv-2025/").status_code == 404
    assert "Aucune convention" in texte(anonyme, "/public/convention/")


def test_la_page_coute_un_nombre_constant_de_requetes(
    accord: Convention, distribution: Distribution, django_assert_max_num_queries: Any
) -> None:
    version = en_signature(distribution)
    client = distribution.client("opj")
    client.get(adresse("page"))
    with django_assert_max_num_queries(43):
        client.get(adresse("page"))
    signer(distribution, version, *SIGNATAIRES.values())
    workflow.proposer(
        convention=accord, acteur=distribution.acteur("referente"), motif=MOTIF, effet_le=timezone.localdate()
    )
    with django_assert_max_num_queries(43):
        client.get(adresse("page"))


def test_les_avis_vont_aux_signataires_attendus(accord: Convention, distribution: Distribution) -> None:
    from convention.notifications import prevenir_de_version
    from notifications.models import Avis

    version = en_signature(distribution)
    charge = {
        "version": version.pk,
        "nom": "ouvrir_signature",
        "cle": "1",
        "par": distribution.utilisateur("referente").pk,
    }
    prevenir_de_version(charge)
    prevenir_de_version(charge)
    assert Avis.objects.count() == 9
    assert {avis.adresse for avis in Avis.objects.all()} == {adresse("version", "avenant-1")}
