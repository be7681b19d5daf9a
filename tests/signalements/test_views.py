"""The pages, as the person who opens them."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Brouillon, Dossier, Exclusion, Personne
from journal.models import Entree
from notifications.models import Avis
from signalements import instruction
from signalements.declarations.routes import ROUTES
from signalements.models import Complement, Signalement
from tests.signalements.situation import JETON, brouillon, pret, recu, references, transmis

PERSONNE = {
    "nom": "Varlet",
    "prenoms": "Élise",
    "sexe": "F",
    "age": "39",
    "contact_sur": "Par sa sœur.",
    "enfants-TOTAL_FORMS": "1",
    "enfants-INITIAL_FORMS": "0",
    "enfants-0-prenom": "Léo",
    "enfants-0-age": "7",
    "enfants-0-present": "OUI",
}


def adresse(nom, dossier, *suite):
    return reverse(f"signalements:{nom}", args=[dossier.cle, *suite])


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def test_commencer_deux_fois_le_meme_formulaire_n_ouvre_qu_un_dossier(distribution):
    references()
    client, url = distribution.client("soignante"), reverse("signalements:nouveau", args=["vc-sans-accord"])
    cle = re.search(r'name="cle" value="([^"]+)"', client.get(url).content.decode()).group(1)
    reponses = [client.post(url, {"cle": cle}) for _ in range(2)]
    assert reponses[0].url == reponses[1].url
    assert Dossier.objects.count() == 1


def test_une_situation_pas_encore_en_ligne_donne_la_fiche_et_des_telephones(distribution):
    page = distribution.client("soignante").get(reverse("signalements:nouveau", args=["pas-encore"]))
    assert page.status_code == 200
    assert "ne relève pas encore d’un signalement en ligne" in lu(page)
    assert "tel:0353014010" in lu(page)


@pytest.mark.parametrize("route", ROUTES.values(), ids=lambda route: route.code)
def test_une_route_sans_patient_s_ouvre_la_ou_elle_s_ecrit(route, distribution):
    reponse = distribution.client("soignante").get(reverse("signalements:nouveau", args=[route.adresse]))
    assert reponse.url == reverse("declarations:nouvelle", args=[route.adresse])


def test_un_enqueteur_ne_commence_pas_de_signalement(distribution):
    client, url = distribution.client("opj"), reverse("signalements:nouveau", args=["vc-sans-accord"])
    assert "disabled" in lu(client.get(url))
    assert client.post(url, {"cle": uuid.uuid4()}).status_code == 403


def test_une_etape_incomplete_garde_ce_qui_est_tape_et_dit_quoi_faire(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    page = client.post(adresse("personne", dossier), {**PERSONNE, "age": "", "nom": "Tapé-Ici"})
    assert page.status_code == 200
    assert "Indiquez au moins l’âge, même approché." in lu(page)
    assert "Tapé-Ici" in lu(page)
    assert "Tapé-Ici" in lu(client.get(adresse("personne", dossier)))
    assert not Personne.objects.exists()


def test_une_etape_validee_va_a_la_lettre_et_quitte_le_brouillon(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    reponse = client.post(adresse("personne", dossier), PERSONNE)
    assert reponse.url == adresse("faits", dossier)
    assert [personne.prenoms for personne in dossier.personnes.order_by("pk")] == ["Élise", "Léo"]
    assert Signalement.objects.get(pk=dossier.pk).etapes == ["personne"]
    assert "personne" not in Brouillon.objects.get(dossier=dossier).donnees
    client.post(adresse("personne", dossier), PERSONNE)
    assert dossier.personnes.count() == 2


def test_l_enregistrement_automatique_se_retrouve_a_la_reprise(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    garder = reverse("dossiers:brouillon", args=[Brouillon.objects.get(dossier=dossier).cle])
    brut = {"page": "danger", "motif_danger": "À moitié tap", "d06": "OUI"}
    assert client.post(garder, brut).status_code == 200
    page = lu(client.get(adresse("danger", dossier)))
    assert "À moitié tap" in page
    assert re.search(r'name="d06" value="OUI"[^>]*checked', page)


def test_ajouter_un_enfant_sans_javascript(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    client.post(adresse("personne", dossier), {**PERSONNE, "geste": "ligne"})
    page = lu(client.get(adresse("personne", dossier)))
    assert 'value="Léo"' in page
    assert "enfants-1-prenom" in page


def test_une_piece_refusee_dit_pourquoi(soignante, distribution):
    dossier, client = brouillon(soignante), distribution.client("soignante")
    faux = SimpleUploadedFile("photo.jpg", b"MZ pas une image")
    page = client.post(adresse("pieces", dossier), {"intitule": "Photographie", "fichier": faux})
    assert "Seuls les PDF et les photos JPEG ou PNG sont acceptés." in lu(page)
    assert not dossier.pieces.exists()


def test_la_derniere_page_dit_ce_qui_manque_et_masque_l_identite(soignante, distribution):
    dossier = pret(soignante, information="")
    page = lu(distribution.client("soignante").get(adresse("verifier", dossier)))
    assert "Vous n’avez pas indiqué si la personne a été informée du signalement." in page
    assert JETON["nom"] not in page
    assert "Mme É. C., 34 ans" in page


def test_l_identite_se_montre_deux_minutes_sur_motif_et_se_journalise(soignante, distribution):
    dossier, client = pret(soignante), distribution.client("soignante")
    client.post(adresse("identite", dossier, "verifier"), {"motif": ""})
    assert JETON["nom"] not in lu(client.get(adresse("verifier", dossier)))
    client.post(adresse("identite", dossier, "verifier"), {"motif": "VERIFIER"})
    assert JETON["nom"] in lu(client.get(adresse("verifier", dossier)))
    session = client.session
    session["devoiles"] = {str(dossier.cle): [timezone.now().isoformat(), adresse("verifier", dossier)]}
    session.save()
    assert JETON["nom"] not in lu(client.get(adresse("verifier", dossier)))
    assert Entree.objects.filter(contenu__contains='"afficher_identite"').count() == 1


ENVOI = {"telephone_rappel": "01 99 00 12 34", "attestation_conscience": "on", "alertes_lues": "on"}


def test_transmettre_puis_renvoyer_le_formulaire_ne_transmet_qu_une_fois(soignante, distribution):
    dossier, client = pret(soignante), distribution.client("soignante")
    envoi = {**ENVOI, "destinataire": distribution.service("PARQUET-PERM").pk, "version": dossier.version}
    reponses = [client.post(adresse("verifier", dossier), envoi) for _ in range(2)]
    assert [reponse.url for reponse in reponses] == [adresse("transmis", dossier)] * 2
    dossier.refresh_from_db()
    assert dossier.evenements.filter(nom="transmettre").count() == 1
    assert dossier.reference in lu(client.get(adresse("transmis", dossier)))


def test_transmettre_retenu_reaffiche_les_points_et_ce_qui_est_tape(soignante, distribution):
    dossier, client = pret(soignante, emprise="NON"), distribution.client("soignante")
    envoi = {**ENVOI, "destinataire": distribution.service("PARQUET-PERM").pk, "version": dossier.version}
    page = client.post(adresse("verifier", dossier), envoi)
    assert "Une condition manque" in lu(page)
    assert "01 99 00 12 34" in lu(page)
    assert "15" in lu(page)


def test_le_commissariat_n_est_pas_proposable(soignante, distribution):
    dossier, client = pret(soignante), distribution.client("soignante")
    page = client.post(adresse("verifier", dossier), {**ENVOI, "destinataire": distribution.service("POLICE-CSP").pk})
    assert page.status_code == 200
    dossier.refresh_from_db()
    assert dossier.etat == "BROUILLON"


@pytest.mark.parametrize("qui", ["infirmiere", "cadre", "opj", "juriste", "crip", "prefecture", "etranger"])
@pytest.mark.parametrize("page", ["dossier", "personne", "verifier", "suivi", "lettre", "suite"])
def test_qui_ne_doit_pas_savoir_recoit_404(soignante, distribution, qui, page):
    dossier = transmis(soignante)
    assert distribution.client(qui).get(adresse(page, dossier)).status_code == 404


def test_une_personne_ecartee_ne_sait_plus_rien(soignante, parquet, distribution):
    dossier = transmis(soignante)
    Exclusion.objects.create(
        dossier=dossier, utilisateur_id=parquet.utilisateur_id, pose_par_id=soignante.utilisateur_id
    )
    client = distribution.client("parquet")
    assert client.get(adresse("lettre", dossier)).status_code == 404
    assert dossier.reference not in lu(client.get(reverse("signalements:parquet")))


def test_le_parquet_n_ouvre_pas_les_pages_d_ecriture(soignante, parquet, distribution):
    dossier = transmis(soignante)
    assert distribution.client("parquet").get(adresse("faits", dossier)).status_code == 403


def test_la_boite_ne_montre_aucun_nom_et_coute_autant_pour_dix(soignante, parquet, distribution):
    client, url = distribution.client("parquet"), reverse("signalements:parquet")
    transmis(soignante)
    client.get(url)
    with CaptureQueriesContext(connection) as une:
        client.get(url)
    for _ in range(4):
        transmis(soignante)
    with CaptureQueriesContext(connection) as cinq:
        page = client.get(url)
    assert len(cinq) == len(une)
    assert lu(page).count("rowlink") == 5
    assert not any(jeton in lu(page) for jeton in JETON.values())
    assert "Femme, 34 ans" in lu(page)


def test_la_boite_se_filtre_et_retombe_sur_ses_pieds(soignante, distribution):
    transmis(soignante)
    client, url = distribution.client("parquet"), reverse("signalements:parquet")
    assert "rowlink" in lu(client.get(url, {"nature": "SIGNALEMENT"}))
    assert "rowlink" not in lu(client.get(url, {"nature": "REQUISITION"}))
    assert "Aucun signalement à traiter." in lu(client.get(url, {"vue": "suites"}))
    assert client.get(url, {"vue": "n'importe", "apres": "faux", "nature": "X"}).status_code == 200


def test_la_boite_n_est_pas_celle_des_soignants(distribution):
    assert distribution.client("soignante").get(reverse("signalements:parquet")).status_code == 403


@pytest.mark.parametrize("qui", ["crip", "ars", "prefecture"])
def test_les_autres_destinataires_ont_leur_boite(distribution, qui):
    assert distribution.client(qui).get(reverse("signalements:parquet")).status_code == 200


def test_ouvrir_la_lettre_se_journalise_et_la_marque_lue(soignante, distribution):
    dossier, client = transmis(soignante), distribution.client("parquet")
    page = lu(client.get(adresse("lettre", dossier)))
    assert JETON["faits"] in page
    assert JETON["nom"] not in page
    assert not dossier.participations.filter(non_lu=True).exists()
    assert Entree.objects.filter(contenu__contains='"ouvrir_lettre"').count() == 1


def test_le_parquet_accuse_demande_et_donne_une_suite(soignante, parquet, distribution):
    dossier, client = transmis(soignante), distribution.client("parquet")
    client.post(adresse("geste", dossier, "accuser"))
    client.post(adresse("demander", dossier), {"texte": "À quelle heure ?"})
    dossier.refresh_from_db()
    assert dossier.etat == "COMPLEMENT_DEMANDE"
    auteur = distribution.client("soignante")
    assert "À quelle heure ?" in lu(auteur.get(adresse("suivi", dossier)))
    cle = uuid.uuid4()
    for _ in range(2):
        auteur.post(adresse("suivi", dossier), {"cle": cle, "objet": "COMPLEMENT", "texte": "Vers 23 h."})
    assert Complement.objects.count() == 1
    assert "Vers 23 h." in lu(client.get(adresse("lettre", dossier)))
    client.post(
        adresse("suite", dossier),
        {
            "cle": uuid.uuid4(),
            "suite_type": "TGD",
            "jour": timezone.localdate(),
            "information": "C’est pris en charge.",
        },
    )
    page = lu(auteur.get(adresse("suivi", dossier)))
    assert "Une suite a été donnée" in page
    assert "C’est pris en charge." in page
    assert "Téléphone grave danger" not in page


def test_un_geste_impossible_le_dit_sans_rien_changer(soignante, distribution):
    dossier, client = transmis(soignante), distribution.client("parquet")
    reponse = client.post(adresse("geste", dossier, "clore"), follow=True)
    assert "Ce n’est plus possible" in lu(reponse)
    assert client.post(adresse("geste", dossier, "inconnu")).status_code == 404


def test_une_demande_vide_dit_quoi_ecrire(soignante, parquet, distribution):
    dossier = recu(soignante, parquet)
    page = distribution.client("parquet").post(adresse("demander", dossier), {"texte": ""})
    assert "Écrivez ce que vous demandez." in lu(page)


def test_une_suite_sans_choix_dit_quoi_choisir(soignante, parquet, distribution):
    dossier = recu(soignante, parquet)
    page = distribution.client("parquet").post(
        adresse("suite", dossier), {"cle": uuid.uuid4(), "jour": timezone.localdate()}
    )
    assert "Choisissez une suite." in lu(page)


def test_le_parquet_telecharge_ce_qui_lui_est_adresse_et_rien_d_autre(soignante, parquet, distribution):
    dossier = transmis(soignante)
    piece = dossier.pieces.get()
    url = reverse("dossiers:piece", args=[piece.cle])
    assert distribution.client_eleve("parquet").get(url).status_code == 200
    assert distribution.client("soignante").get(url).status_code == 200
    assert distribution.client("infirmiere").get(url).status_code == 404


def test_la_decision_demande_un_motif_et_une_date(soignante, distribution):
    dossier, client = pret(soignante), distribution.client("soignante")
    page = client.post(adresse("decision", dossier), {"motif": "", "date_reevaluation": ""})
    assert "Indiquez quand réévaluer la situation." in lu(page)
    client.post(adresse("decision", dossier), {"motif": "Pas d’emprise.", "date_reevaluation": timezone.localdate()})
    dossier.refresh_from_db()
    assert dossier.etat == "DECISION_NON_SIGNALEMENT"
    assert "Pas d’emprise." in lu(client.get(adresse("suivi", dossier)))
    client.post(adresse("reevaluer", dossier))
    dossier.refresh_from_db()
    assert dossier.etat == "CLOS"


def test_ne_pas_signaler_un_mineur_demande_un_second_avis_et_garde_ce_qui_est_ecrit(soignante, distribution):
    dossier, client = pret(soignante, "MINEUR_IP"), distribution.client("soignante")
    dossier.personnes.update(age=9)
    decision = {"motif": "Entretien rassurant.", "date_reevaluation": timezone.localdate()}
    page = lu(client.post(adresse("decision", dossier), decision))
    assert "La décision concerne un mineur" in page
    assert "Entretien rassurant." in page
    client.post(adresse("decision", dossier), decision | {"second_avis": "on"})
    dossier.refresh_from_db()
    assert dossier.etat == "DECISION_NON_SIGNALEMENT"


def test_changer_de_voie_garde_le_texte(soignante, distribution):
    dossier, client = pret(soignante), distribution.client("soignante")
    client.post(adresse("changer_voie", dossier, "majeur-avec-accord"))
    assert JETON["faits"] in lu(client.get(adresse("faits", dossier)))
    assert "226-14, 2°" in lu(client.get(adresse("accord", dossier)))


def test_l_information_differee_reste_due_jusqu_au_complement(soignante, distribution):
    dossier, client = (
        pret(soignante, information="DIFFEREE", motif_non_information="Il est là."),
        distribution.client("soignante"),
    )
    envoi = {**ENVOI, "destinataire": distribution.service("PARQUET-PERM").pk, "version": dossier.version}
    client.post(adresse("verifier", dossier), envoi)
    assert "L’information reste due" in lu(client.get(adresse("transmis", dossier)))
    instruction.completer(
        dossier=dossier, acteur=soignante, cle=uuid.uuid4(), texte="Informée à 9 h.", objet="INFORMATION"
    )
    assert "L’information reste due" not in lu(client.get(adresse("suivi", dossier)))


def test_la_liste_de_l_auteur_montre_brouillons_et_envois_sans_nom(soignante, distribution):
    pret(soignante)
    envoye = transmis(soignante)
    page = lu(distribution.client("soignante").get(reverse("signalements:liste")))
    assert "Violences dans le couple, femme, 34 ans" in page
    assert envoye.reference in page
    assert JETON["nom"] not in page


def test_l_avis_envoye_au_parquet_ne_dit_rien_du_contenu(soignante, parquet, travailler):
    dossier = transmis(soignante)
    travailler()
    avis = Avis.objects.get(destinataire_id=parquet.utilisateur_id)
    assert dossier.reference in avis.texte
    assert not any(jeton in avis.texte for jeton in JETON.values())
