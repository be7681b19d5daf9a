"""The canary oracle of the extraction: role by role, a field its reader may not have appears nowhere."""

import json

import pytest
from django.core import mail
from django.urls import reverse

from dossiers.boite import boite
from dossiers.models import Dossier
from notifications.models import Avis
from prises_en_charge.models import Extraction
from prises_en_charge.regards import DERIVES, LECTEURS, Public, vue_du_public, vue_pour
from tests import imprime
from tests.coffre_ouvert import lire
from tests.prises_en_charge import scene as jeu
from tests.prises_en_charge.scene import JUDICIAIRES, MEDICAUX, RETOUR, Scene

INTERDITS = {
    "usmp": JUDICIAIRES,
    "medecin": JUDICIAIRES,
    "maison_arret": (*MEDICAUX, "Réanimation"),
    "escorte": (*MEDICAUX, "Réanimation", jeu.ECROU, "Prévenu", "Condamné"),
}
PERMIS = {
    "usmp": (jeu.CONSIGNES, jeu.PRESENCE, jeu.CHAMBRE, "Intervention au bloc", "Chirurgie"),
    "medecin": (jeu.CONSIGNES, jeu.PRESENCE, "Intervention au bloc", "Niveau II", "3 agents"),
    "maison_arret": (jeu.SURVEILLANCE, "Prévenu", "Niveau 4", "accueil des autorités"),
    "escorte": (jeu.SURVEILLANCE, "Niveau 4", "Entrée latérale", "accueil des autorités", "Chambre avec garde"),
}


def lettre(dossier: object) -> Extraction:
    return Extraction.objects.select_related("dossier").get(dossier=dossier)


def test_chaque_champ_a_une_classe_et_des_lecteurs():
    communs = {"dossier", "fige_le", "empreinte"}
    propres = {champ.name for champ in Extraction._meta.concrete_fields} - communs
    assert propres == set(Extraction.CLASSES) == set(LECTEURS)


def test_la_vue_et_les_pages_ne_disent_que_ce_que_le_lecteur_peut_recevoir(scene: Scene):
    dossier = scene.jusqu_a(*RETOUR)
    for nom in INTERDITS:
        verifier_lecteur(scene, dossier, nom)


def verifier_lecteur(scene: Scene, dossier: Dossier, nom: str) -> None:
    acteur, client = scene.acteur(nom), scene.distribution.client(nom)
    lignes = json.dumps([ligne.part for ligne in boite(acteur).lignes], default=str, ensure_ascii=False)
    sources = {
        "vue": str(dict(vue_pour(lettre(dossier), acteur))),
        "tableau": client.get(reverse("prises_en_charge:journee")).content.decode(),
        "dossier": client.get(reverse("prises_en_charge:dossier", args=[dossier.cle])).content.decode(),
        "boite": lignes,
    }
    for source, texte in sources.items():
        for canari in INTERDITS[nom]:
            assert canari not in texte, f"{nom} lit « {canari} » dans {source}"
    for permis in PERMIS[nom]:
        assert permis in sources["dossier"].replace("\u00a0", " "), f"{nom} ne lit pas « {permis} »"


@pytest.mark.parametrize("etapes", [jeu.PROGRAMMEE, jeu.SUR_PLACE, (*jeu.SUR_PLACE, "hospitaliser"), RETOUR])
def test_le_tableau_se_tait_a_chaque_etape(scene: Scene, etapes: tuple[str, ...]):
    scene.jusqu_a(*etapes)
    for nom, interdits in INTERDITS.items():
        page = scene.distribution.client(nom).get(reverse("prises_en_charge:journee")).content.decode()
        assert scene.dossier.reference in page
        assert not [canari for canari in (*interdits, jeu.ECROU) if canari in page], nom


def test_l_examen_protege_ne_dit_pas_sa_raison_a_la_prison(scene: Scene):
    scene.demander(examen_gyneco_ou_accouchement=True, genre="F")
    scene.ordonner(niveau_surveillance="I", surveillance_motif="")
    for nom in ("maison_arret", "escorte"):
        page = scene.distribution.client(nom).get(reverse("prises_en_charge:dossier", args=[scene.dossier.cle]))
        texte = page.content.decode()
        assert "Sans contrainte et hors de la présence" in texte
        assert "gynéco" not in texte
        assert "L226-2" not in texte


def test_le_cadre_du_service_ne_lit_que_l_administratif(scene: Scene):
    scene.demander(service_accueil=scene.distribution.service("CHV-URG"))
    vue = vue_pour(lettre(scene.dossier), scene.acteur("cadre"))
    assert vue["creneau_debut"]
    assert not [champ for champ in ("motif_acte", "consignes", "genre", "age", "niveau_escorte") if champ in vue]


@pytest.mark.parametrize("nom", ["epm", "opj", "parquet", "soignante", "dpo", "etranger", "service"])
def test_qui_n_est_pas_partie_ne_lit_rien(scene: Scene, nom: str):
    dossier = scene.jusqu_a("demander", "ordonner")
    client = scene.distribution.client(nom)
    assert client.get(reverse("prises_en_charge:dossier", args=[dossier.cle])).status_code == 404
    assert dossier.reference not in client.get(reverse("prises_en_charge:journee")).content.decode()
    vue = vue_pour(lettre(dossier), scene.acteur(nom))
    assert not [champ for champ in vue if champ in LECTEURS and LECTEURS[champ] != frozenset(Public)]


def test_un_papier_pour_l_escorte_ne_porte_rien_de_medical(scene: Scene):
    dossier = scene.jusqu_a(*RETOUR)
    papiers = {piece.intitule: lire(piece.fichier) for piece in dossier.pieces.exclude(document=None)}
    assert set(papiers) == {"Fiche de suivi d’extraction", "Bon de retour"}
    for intitule, octets in papiers.items():
        lu = imprime.texte(octets)
        assert dossier.reference in lu
        assert not [canari for canari in (*INTERDITS["escorte"], "bloc") if canari in lu], intitule


def test_la_vue_d_un_papier_egale_celle_de_la_personne(scene: Scene):
    dossier = scene.jusqu_a(*jeu.SUR_PLACE)
    extraction = lettre(dossier)
    assert vue_du_public(extraction, Public.ESCORTE) == vue_pour(extraction, scene.acteur("escorte"))
    assert vue_du_public(extraction, Public.USMP) == vue_pour(extraction, scene.acteur("usmp"))


PIECES = {
    "usmp": {"Compte rendu médical"},
    "medecin": {"Compte rendu médical", "Bon de retour"},
    "maison_arret": {"Ordre d’extraction", "Fiche de suivi d’extraction", "Bon de retour"},
    "escorte": {"Ordre d’extraction", "Fiche de suivi d’extraction", "Bon de retour"},
}


def test_chaque_piece_ne_s_ouvre_qu_a_ses_lecteurs(scene: Scene):
    dossier = scene.jusqu_a(*RETOUR)
    for nom, intitules in PIECES.items():
        client = scene.distribution.client_eleve(nom)
        page = client.get(reverse("prises_en_charge:dossier", args=[dossier.cle])).content.decode()
        ouvertes = set()
        for piece in dossier.pieces.all():
            reponse = client.get(reverse("dossiers:piece", args=[piece.cle]))
            assert reponse.status_code in (200, 404)
            if reponse.status_code == 200:
                ouvertes.add(piece.intitule)
            assert (str(piece.cle) in page) == (reponse.status_code == 200)
        assert ouvertes == intitules, nom


def test_les_avis_et_courriels_ne_portent_qu_une_reference(scene: Scene, travailler):
    scene.jusqu_a(*RETOUR)
    for nom in INTERDITS:
        scene.acteur(nom)
    travailler()
    textes = [avis.texte for avis in Avis.objects.all()]
    textes += [message.subject + message.body for message in mail.outbox]
    assert textes
    assert all(scene.dossier.reference in texte for texte in textes)
    assert not [texte for texte in textes for canari in (*MEDICAUX, *JUDICIAIRES) if canari in texte]


def test_les_valeurs_derivees_ont_une_classe():
    assert all(derive.lecteurs for derive in DERIVES.values())
