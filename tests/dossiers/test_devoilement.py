"""An identity is asked for: two minutes, one page, on a motive, in the journal, without any script."""

import json
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from dossiers import devoilement
from journal.carnet import noter
from journal.models import Entree
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.requisitions import fabrique as de_requisition
from tests.signalements.situation import JETON, pret, transmis

NOM = JETON["nom"]


def pages_d_identite(distribution: Distribution) -> list[tuple[Client, str, str, str, dict[str, str]]]:
    """Every page that shows an identity: who reads it, where, the name, and where and what it posts to show it."""
    recu, brouillon = transmis(distribution.acteur("soignante")), pret(distribution.acteur("soignante"))
    requisition = de_requisition.ouvrir(distribution)
    soignante, parquet = distribution.client("soignante"), distribution.client("parquet")
    sig, req = f"/signalements/{recu.cle}/", f"/requisitions/{requisition.cle}/"
    montrer = f"/signalements/{brouillon.cle}/identite/verifier/"
    return [
        (soignante, f"{sig}suivi/", NOM, f"{sig}identite/suivi/", {"motif": "JOINDRE"}),
        (soignante, f"/signalements/{brouillon.cle}/verifier/", NOM, montrer, {"motif": "VERIFIER"}),
        (parquet, f"/parquet/{recu.cle}/", NOM, f"{sig}identite/lettre/", {"motif": "TRAITER"}),
        (distribution.client("juriste"), req, "Delcambre", f"{req}identite/", {"motif": "REPONSE"}),
        (
            distribution.client("juriste2"),
            f"{req}reponse/",
            "Delcambre",
            f"{req}identite/",
            {"motif": "REPONSE", "page": "reponse"},
        ),
        (distribution.client("opj"), req, "Delcambre", f"{req}identite/", {"motif": "APPEL"}),
    ]


def lire(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    return reponse.content.decode()


def test_chaque_identite_est_masquee_puis_montree_deux_minutes_sur_motif(distribution: Distribution) -> None:
    for nom in ("parquet", "juriste2"):
        distribution.utilisateur(nom)
    masquees = montrees = 0
    for client, adresse, nom, montrer, champs in pages_d_identite(distribution):
        assert nom not in lire(client, adresse), adresse
        masquees += 1
        for mauvais in ({}, {"motif": ""}, {"motif": "CURIOSITE"}):
            client.post(montrer, mauvais)
            assert nom not in lire(client, adresse), adresse
        reponse = client.post(montrer, champs)
        assert (reponse.status_code, reponse["Location"]) == (302, adresse)
        montree = lire(client, adresse)
        assert nom in montree
        assert 'class="filigrane"' in montree, adresse
        montrees += 1
        with time_machine.travel(timezone.now() + devoilement.DUREE + timedelta(seconds=1), tick=False):
            encore = lire(client, adresse)
        assert nom not in encore, adresse
        assert "filigrane" not in encore
    motifs = [json.loads(e.contenu)["motif"] for e in Entree.objects.filter(action="afficher_identite").order_by("pk")]
    assert motifs == ["JOINDRE", "VERIFIER", "TRAITER", "REPONSE", "REPONSE", "APPEL"]
    consigner("devoilement", pages=masquees, masquees=masquees, montrees_sur_motif=montrees)
    assert masquees == montrees == 6


def test_quitter_la_page_masque_a_nouveau(distribution: Distribution) -> None:
    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    client, adresse = distribution.client("soignante"), f"/signalements/{dossier.cle}/suivi/"
    client.post(f"/signalements/{dossier.cle}/identite/suivi/", {"motif": "JOINDRE"})
    assert NOM in lire(client, adresse)
    assert NOM in lire(client, adresse)
    assert NOM not in lire(client, f"/signalements/{dossier.cle}/transmis/")
    assert NOM not in lire(client, adresse)


def test_une_autre_session_de_la_meme_personne_ne_montre_rien(distribution: Distribution) -> None:
    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    premiere, seconde = distribution.client("soignante"), distribution.client("soignante")
    premiere.post(f"/signalements/{dossier.cle}/identite/suivi/", {"motif": "JOINDRE"})
    assert NOM in lire(premiere, f"/signalements/{dossier.cle}/suivi/")
    assert NOM not in lire(seconde, f"/signalements/{dossier.cle}/suivi/")


def test_qui_ne_recoit_pas_l_identite_ne_la_montre_pas(distribution: Distribution) -> None:
    dossier = de_requisition.ouvrir(distribution)
    client = distribution.client("etranger")
    assert client.post(f"/requisitions/{dossier.cle}/identite/", {"motif": "REPONSE"}).status_code == 404
    autre = transmis(distribution.acteur("soignante"))
    parquet = distribution.client("parquet")
    assert parquet.post(f"/signalements/{autre.cle}/identite/suivi/", {"motif": "JOINDRE"}).status_code == 403


def test_un_affichage_sans_acte_dans_l_heure_remonte_a_la_protection(
    distribution: Distribution,
) -> None:
    cle = transmis(distribution.acteur("soignante")).cle
    for nom, suite in (("soignante", "completer"), ("infirmiere", "")):
        acteur = distribution.acteur(nom)
        noter("afficher_identite", acteur=acteur, objet="signalement", cle=cle, motif="JOINDRE")
        noter("agir", acteur=acteur, objet="signalements:identite", cle=cle)
        noter("lire", acteur=acteur, objet="signalements:suivi", cle=cle)
        if suite:
            noter(suite, acteur=acteur, objet="signalement", cle=cle)
    assert not devoilement.sans_suite(["CHV"]).exists()
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        entrees = list(devoilement.sans_suite(["CHV"]))
        assert [entree.acteur for entree in entrees] == [distribution.utilisateur("infirmiere").cle]
        assert not devoilement.sans_suite(["POLICE"]).exists()


def test_le_numero_d_ecrou_suit_la_meme_regle(distribution: Distribution) -> None:
    from tests.prises_en_charge import fabrique as de_prise_en_charge

    dossier = de_prise_en_charge.ouvrir(distribution)
    client, adresse = distribution.client("maison_arret"), f"/detenus/{dossier.cle}/"
    numero = dossier.extraction.numero_ecrou_pseudonymise
    if not numero:
        from prises_en_charge.models import Extraction

        Extraction.objects.filter(pk=dossier.pk).update(numero_ecrou_pseudonymise="E-4521")
        numero = "E-4521"
    assert numero not in lire(client, adresse)
    client.post(f"{adresse}ecrou/", {"motif": "RETOUR"})
    montree = lire(client, adresse)
    assert numero in montree
    assert 'class="filigrane"' in montree
    assert Entree.objects.filter(action="afficher_ecrou", cle=dossier.cle).exists()
