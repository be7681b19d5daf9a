"""Each role sees what it must, and nothing else."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from convention.rattachements import rattacher
from dossiers.brouillons import garder
from dossiers.models import Brouillon, Dossier, Piece
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from presentation.templatetags.presentation import iso
from requisitions import workflow as w
from requisitions.lecture import lettre_pour
from requisitions.models import Requisition
from requisitions.workflow.lots import passer_la_releve
from tests.distribution import Distribution
from tests.requisitions.test_parcours import depot

PAGES = (
    "dossier",
    "ouvrir",
    "controle",
    "complement",
    "affectation",
    "remplacement",
    "decliner",
    "rappel",
    "refus",
    "classement",
    "ecrit",
    "annulation",
    "contestation",
    "tri",
    "gel",
    "reponse",
    "retrait",
)


def page(client: Client, nom: str, dossier: Dossier):
    return client.get(reverse(f"requisitions:{nom}", args=[dossier.cle]))


@pytest.mark.parametrize("nom", PAGES)
def test_une_autre_unite_ne_sait_meme_pas_que_le_dossier_existe(nom, deposee, distribution: Distribution):
    dossier = deposee("VIDEO")
    assert page(distribution.client("etranger"), nom, dossier).status_code == 404


@pytest.mark.parametrize("qui", ["soignante", "cadre", "referente", "dpo", "ordre", "prefecture", "parquet", "medecin"])
def test_qui_ne_participe_pas_recoit_404(qui, deposee, distribution: Distribution):
    assert page(distribution.client(qui), "dossier", deposee("DOSSIER")).status_code == 404


@pytest.mark.parametrize("nom", ["controle", "affectation", "rappel", "refus", "tri", "gel"])
def test_le_requerant_voit_mais_ne_decide_pas(nom, deposee, distribution: Distribution):
    assert page(distribution.client("opj"), nom, deposee("VIDEO")).status_code == 403


@pytest.mark.parametrize("nom", ["retrait", "tri", "annulation"])
def test_les_juristes_ne_font_ni_l_acte_du_medecin_ni_celui_du_requerant(nom, deposee, distribution: Distribution):
    assert page(distribution.client("juriste"), nom, deposee("DOSSIER")).status_code == 403


def test_le_requerant_ne_lit_ni_la_cuisine_interne_ni_le_nom_du_medecin(affectee, distribution: Distribution, medecin):
    dossier = affectee()
    w.donner_accord(dossier=dossier, acteur=medecin, choix="refuse", motif="secret", commentaire="CANARI-MEDICAL")
    html = page(distribution.client("opj"), "dossier", dossier).content.decode()
    for interdit in ("Sellier", "Chirurgie", "CANARI", "Réponse du médecin", "Passage du 21 novembre.", "Nadia"):
        assert interdit not in html
    assert "Réquisition déposée" in html


def test_le_juriste_ne_lit_pas_la_remarque_medicale(affectee, distribution: Distribution, medecin):
    dossier = affectee()
    w.donner_accord(dossier=dossier, acteur=medecin, choix="refuse", motif="secret", commentaire="CANARI-MEDICAL")
    html = page(distribution.client("juriste"), "dossier", dossier).content.decode()
    assert "CANARI" not in html
    assert "Le secret protège ces informations" in html


def test_le_medecin_lit_la_consigne_et_pas_les_faits(affectee, distribution: Distribution):
    dossier = affectee(qualification="CANARI-PENAL", mission="CANARI-MISSION et copie du dossier de passage.")
    html = page(distribution.client("medecin"), "tri", dossier).content.decode()
    assert "CANARI" not in html
    assert "Passage du 21 novembre." in html


def test_le_poste_de_securite_ne_lit_ni_identite_ni_faits(affectee, distribution: Distribution):
    dossier = affectee("VIDEO", qualification="CANARI-PENAL", mission="CANARI-MISSION")
    client = distribution.client("securite")
    for nom in ("gel", "dossier"):
        assert "CANARI" not in page(client, nom, dossier).content.decode()


def test_l_identite_est_masquee_puis_montree_deux_minutes_sur_motif(deposee, distribution: Distribution, time_machine):
    time_machine.move_to(timezone.now())
    dossier = deposee("DOSSIER")
    client = distribution.client("juriste")
    assert "Delcambre" not in page(client, "dossier", dossier).content.decode()
    url = reverse("requisitions:identite", args=[dossier.cle])
    client.post(url, {"motif": "N’IMPORTE"})
    assert "Delcambre" not in page(client, "dossier", dossier).content.decode()
    client.post(url, {"motif": "REPONSE"})
    assert "Delcambre" in page(client, "dossier", dossier).content.decode()
    time_machine.shift(121)
    assert "Delcambre" not in page(client, "dossier", dossier).content.decode()


def test_le_bureau_des_entrees_verifie_sans_motif_penal(affectee, distribution: Distribution, django_user_model):
    agent = django_user_model.objects.create_user("entrees@demo.test", "demonstration-2025", prenom="Luc", nom="Petit")
    rattacher(utilisateur=agent, service=distribution.service("CHV-BE"), role=Role.ENTREES, acteur=None)
    dossier = affectee("PRESENCE", qualification="CANARI-PENAL", mission="CANARI-MISSION")
    client = Client()
    client.force_login(agent, backend="accounts.connexion.CourrielBackend")
    html = page(client, "reponse", dossier).content.decode()
    assert "Vérifier la présence" in html
    assert "CANARI" not in html
    assert "Mettre à disposition" not in html
    reponse = client.post(
        reverse("requisitions:reponse", args=[dossier.cle]),
        {"geste": "presence", "constatee": "absent", "protegee": "non"},
    )
    assert reponse.status_code == 302
    assert Requisition.objects.get(pk=dossier.pk).reponse_presence == "absent"


def test_la_fiche_du_medecin_se_lit_par_lui_et_les_affaires_juridiques_jamais_par_le_requerant(
    affectee, distribution: Distribution, medecin
):
    dossier = affectee()
    w.donner_accord(dossier=dossier, acteur=medecin, choix="refuse", motif="secret")
    fiche = dossier.pieces.get(intitule="Fiche de refus du médecin")
    lecteurs = ("medecin", "juriste", "opj", "etranger", "parquet", "securite", "soignante")
    assert {qui for qui in lecteurs if lit(distribution, qui, fiche)} == {"medecin", "juriste"}
    assert fiche.intitule in page(distribution.client("juriste"), "dossier", dossier).content.decode()
    assert fiche.intitule not in page(distribution.client("opj"), "dossier", dossier).content.decode()


def test_l_attestation_de_gel_se_lit_par_le_requerant(deposee, distribution: Distribution, securite):
    dossier = deposee("VIDEO")
    w.confirmer_gel(dossier=dossier, acteur=securite, support="Coffre")
    attestation = dossier.pieces.get(intitule="Attestation de gel")
    lecteurs = ("opj", "juriste", "etranger", "parquet", "securite", "medecin")
    assert {qui for qui in lecteurs if lit(distribution, qui, attestation)} == {"opj", "juriste"}
    assert attestation.intitule in page(distribution.client("opj"), "dossier", dossier).content.decode()


def lit(distribution: Distribution, qui: str, piece: Piece) -> bool:
    client = distribution.client_eleve(qui)
    return client.get(reverse("dossiers:piece", args=[piece.cle])).status_code == 200


def test_les_champs_internes_ne_sont_jamais_lus_hors_de_l_hopital(affectee, opj, juriste):
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=True)
    lettre = Requisition.objects.select_related("dossier", "service_requerant").get(pk=dossier.pk)
    assert lettre_pour(lettre, opj).presence_protegee is None
    assert lettre_pour(lettre, opj).consigne is None
    assert lettre_pour(lettre, juriste).presence_protegee is True


@pytest.mark.parametrize("lignes", [1, 6])
def test_la_file_coute_le_meme_nombre_de_requetes(
    lignes, deposee, distribution: Distribution, django_assert_max_num_queries
):
    for _ in range(lignes):
        deposee("RH")
    client = distribution.client("juriste")
    client.get(reverse("requisitions:file"))
    with django_assert_max_num_queries(21):
        html = client.get(reverse("requisitions:file")).content.decode()
    assert html.count("rowlink") == lignes


def test_un_depot_incomplet_dit_quoi_faire_puis_passe_si_l_on_insiste(distribution: Distribution, table):
    import uuid

    from tests.requisitions.test_parcours import pdf

    client = distribution.client("opj")
    url = reverse("requisitions:depot", args=[uuid.uuid4()])
    champs = {
        "cadre": "PRELIM",
        "type_acte": "VIDEO",
        "mission": "Images de l’entrée.",
        "cible": "Entrée",
        "urgence": "ORDINAIRE",
        "periode_du": "2026-11-20T20:00",
        "periode_au": "2026-11-20T22:00",
    }
    refus = client.post(url, {**champs, "fichier": pdf()})
    assert refus.status_code == 200
    assert "Il manque l’autorisation du procureur." in refus.content.decode()
    assert "Images de l’entrée." in refus.content.decode()
    passe = client.post(url, {**champs, "incomplet": "on"})
    assert passe.status_code == 302, "le fichier déjà joint est gardé"
    assert Dossier.objects.get().gel is not None


def test_un_brouillon_se_garde_et_se_reprend_par_son_seul_auteur(distribution: Distribution, table):
    import uuid

    cle = uuid.uuid4()
    opj, gendarme = distribution.client("opj"), distribution.client("gendarme")
    assert opj.post(reverse("requisitions:garder_depot", args=[cle]), {"mission": "À finir"}).status_code == 200
    url = reverse("requisitions:depot", args=[cle])
    assert "À finir" in opj.get(url).content.decode()
    assert gendarme.get(url).status_code == 404
    assert gendarme.post(reverse("requisitions:garder_depot", args=[cle]), {"mission": "x"}).status_code == 404


def test_une_grille_enregistree_entre_temps_n_est_pas_ecrasee(deposee, distribution: Distribution, juriste):
    dossier = w.controler(dossier=deposee("DOSSIER"), acteur=juriste)
    client = distribution.client("juriste2")
    grille = {f"{mention.numero}_resultat": "conforme" for mention in dossier.mentions.all()}
    reponse = client.post(
        reverse("requisitions:controle", args=[dossier.cle]),
        {**grille, "geste": "garder", "version": dossier.version - 1},
    )
    assert "Ce dossier a changé" in reponse.content.decode()
    assert dossier.mentions.get(numero="M11").resultat == "a_verifier"


def test_une_sauvegarde_en_retard_ne_ressuscite_pas_le_brouillon(deposee, distribution: Distribution):
    cle = deposee("RH").requisition.cle_depot
    client = distribution.client("opj")
    assert client.post(reverse("requisitions:garder_depot", args=[cle]), {"mission": "trop tard"}).status_code == 204
    assert not Brouillon.objects.exists()


def test_un_enregistrement_que_le_depot_a_devance_ne_tombe_pas(police, monkeypatch):
    """The draft is read, then the deposit takes it away, then the save would lock it."""
    cle = uuid.uuid4()

    def devance(**options):
        monkeypatch.setattr("requisitions.views.depot.garder", garder)
        options["brouillon"].__class__.objects.filter(cle=cle).delete()
        depot(police, cle=cle)
        return garder(**options)

    monkeypatch.setattr("requisitions.views.depot.garder", devance)
    assert police.post(reverse("requisitions:garder_depot", args=[cle]), {"mission": "trop tard"}).status_code == 204
    assert not Brouillon.objects.filter(cle=cle).exists()
    assert Dossier.objects.count() == 1


def test_le_requerant_lit_l_echeance_de_sa_reponse_et_pas_celle_du_gel(deposee, distribution: Distribution):
    dossier = deposee("VIDEO")
    html = distribution.client("opj").get(reverse("requisitions:miennes")).content.decode()
    reponse, gel = (dossier.echeances.get(nom=nom).echeance_le for nom in ("reponse", "gel"))
    assert iso(reponse) in html
    assert iso(gel) not in html
    assert iso(gel) in distribution.client("securite").get(reverse("requisitions:file")).content.decode()


@pytest.mark.parametrize(
    ("acte", "qui"), [("VIDEO", "securite"), ("PRESENCE", "entrees"), ("DOSSIER", "archives"), ("DOSSIER", "medecin")]
)
def test_ce_qu_un_autre_ecrit_librement_ne_se_lit_que_par_qui_instruit_ou_requiert(
    acte, qui, affectee, distribution: Distribution, monkeypatch, opj
):
    """§1.1: neither who executes nor who keeps knows the ground, wherever somebody may have written it."""
    monkeypatch.setattr("requisitions.workflow.enregistrement.hors_heures_ouvrees", lambda *_: True)
    dossier = affectee(acte)
    passer_la_releve(dossiers=[dossier], acteur=distribution.acteur("garde"), note="CANARI-RELEVE")
    dossier = w.annuler(dossier=dossier, acteur=opj, motif="CANARI-RETRAIT")
    parquet = distribution.acteur("parquet")
    en_copie = Octroi(
        Part.Role.COPIE, "Pour information", "Copie", "Parquet", service=distribution.service("PARQUET-PERM")
    )
    accorder(dossier=dossier, octrois=[en_copie], acteur=None)
    w.contester(dossier=dossier, acteur=parquet, motif="CANARI-PLAINTE")
    lus = {nom: lisibles(distribution, nom, dossier) for nom in (qui, "juriste", "opj", "parquet2")}
    assert lus == {
        qui: set(),
        "juriste": {"CANARI-RELEVE", "CANARI-RETRAIT", "CANARI-PLAINTE"},
        "opj": {"CANARI-RETRAIT", "CANARI-PLAINTE"},
        "parquet2": {"CANARI-PLAINTE"},
    }


def lisibles(distribution: Distribution, qui: str, dossier: Dossier) -> set[str]:
    reponse = page(distribution.client(qui), "dossier", dossier)
    assert reponse.status_code == 200, qui
    return set(re.findall(r"CANARI-[A-Z]+", reponse.content.decode()))


def test_l_ordre_a_l_executant_s_ecrit_la_demande_sous_les_yeux(validee, distribution: Distribution, juriste):
    """Filled beforehand with the demand, the order would carry the ground of whoever forgets to remove it."""
    dossier = validee("VIDEO", mission="CANARI-MISSION, vol avec violence.")
    lue = page(distribution.client("juriste"), "affectation", dossier)
    assert lue.context["form"]["consigne"].value() == ""
    assert "CANARI-MISSION" in lue.content.decode()
