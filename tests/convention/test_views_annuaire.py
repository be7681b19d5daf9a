"""The directory's pages: who reads what, who is refused, and what a hundred services cost."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from convention.annuaire import lignes_de
from convention.models import Contact, CorrectionAnnuaire, Institution, Permanence, Service
from documents.tableurs import csv, lire
from fiches.chargement import charger
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def convention(distribution: Distribution) -> None:
    charger(DONNEES)
    distribution.utilisateur("garde")


def page(distribution: Distribution, nom: str, vue: str, *args: object, statut: int = 200) -> str:
    reponse = distribution.client(nom).get(reverse(f"convention:{vue}", args=args))
    assert reponse.status_code == statut
    return reponse.content.decode()


def service(code: str) -> Service:
    return Service.objects.get(code=code)


def test_un_service_de_soin_n_a_pas_de_page_hors_de_sa_maison(distribution: Distribution) -> None:
    psy = service("CHV-PSY")
    assert "Psychiatrie" in page(distribution, "soignante", "service", psy.cle)
    page(distribution, "opj", "service", psy.cle, statut=404)
    page(distribution, "opj", "corriger", psy.cle, statut=404)


def test_hors_de_la_maison_une_page_ne_dit_ni_nom_ni_service_de_soin(distribution: Distribution) -> None:
    garde = distribution.utilisateur("garde")
    creneau = Permanence.objects.get(titulaire=garde)
    guichet, psy = service("CHV-BE"), service("CHV-PSY")
    Permanence.objects.create(
        service=psy, titulaire=distribution.utilisateur("soignante"), debut=creneau.debut, fin=creneau.fin
    )
    guichet.remplacant = psy
    guichet.save()
    for lu in (service("CHV-GARDE"), guichet):
        dehors = page(distribution, "opj", "service", lu.cle)
        for secret in (str(garde), "Psychiatrie", psy.contacts.first().telephone.replace(" ", "\u00a0"), "Dr Camille"):
            assert secret not in dehors
    assert str(garde) in page(distribution, "soignante", "service", service("CHV-GARDE").cle)


def test_une_fiche_ne_donne_aux_partenaires_que_le_guichet(distribution: Distribution) -> None:
    (ligne,) = lignes_de(["CHV-PSY", "CHV-URG"], distribution.acteur("opj"))
    assert ligne.service.code == "CHV-BE"
    codes = [ligne.service.code for ligne in lignes_de(["CHV-PSY", "CHV-URG"], distribution.acteur("soignante"))]
    assert codes == ["CHV-PSY", "CHV-URG"]


def test_le_tableau_reste_dans_la_maison_et_s_ecrit_par_qui_le_tient(distribution: Distribution) -> None:
    garde = service("CHV-GARDE")
    assert str(distribution.utilisateur("garde")) in page(distribution, "soignante", "permanences", garde.cle)
    page(distribution, "opj", "permanences", garde.cle, statut=403)
    refus = page(distribution, "soignante", "permanence_nouvelle", garde.cle, statut=403)
    assert "cadre du service" in refus
    page(distribution, "admin_chv", "permanence_nouvelle", garde.cle)


def test_la_permanence_du_parquet_est_la_meme_page(distribution: Distribution) -> None:
    client = distribution.client("parquet")
    reponse = client.get("/parquet/permanence/", follow=True)
    assert reponse.redirect_chain[-1][0] == reverse("convention:permanences", args=[service("PARQUET-PERM").cle])
    assert "Aucune astreinte saisie" in reponse.content.decode()
    assert distribution.client("opj").get("/parquet/permanence/").status_code == 403


def test_le_tableau_dit_jusqu_ou_il_est_rempli_et_ce_qui_manque(distribution: Distribution) -> None:
    texte = page(distribution, "admin_chv", "permanences", service("CHV-GARDE").cle)
    assert "Aucune permanence saisie après le" in texte
    assert "Personne n’est inscrit" in texte


def test_inscrire_sur_un_creneau_pris_le_dit_au_champ_et_garde_la_saisie(distribution: Distribution) -> None:
    urgences, soignante = service("CHV-URG"), distribution.utilisateur("soignante")
    debut = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=2)
    Permanence.objects.create(service=urgences, titulaire=soignante, debut=debut, fin=debut + timedelta(hours=12))
    envoi = {
        "titulaire": distribution.utilisateur("infirmiere").pk,
        "debut": f"{debut + timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "fin": f"{debut + timedelta(hours=14):%Y-%m-%dT%H:%M}",
        "rang": 1,
        "telephone": "06 39 98 00 01",
    }
    adresse = reverse("convention:permanence_nouvelle", args=[urgences.cle])
    reponse = distribution.client("admin_chv").post(adresse, envoi)
    assert "Deux personnes sur le même créneau." in str(reponse.context["form"].errors["debut"])
    assert "06 39 98 00 01" in reponse.content.decode()
    assert Permanence.objects.filter(service=urgences).count() == 1


def test_la_recherche_ne_passe_jamais_par_l_adresse(distribution: Distribution) -> None:
    client, adresse = distribution.client("soignante"), reverse("convention:annuaire")
    trouve = client.post(adresse, {"texte": "psychia"}).content.decode()
    assert "Psychiatrie" in trouve
    assert "Urgences pédiatriques" not in trouve
    assert "Urgences pédiatriques" in client.get(adresse, {"texte": "psychia"}).content.decode()
    assert "Rien ne correspond" in client.post(adresse, {"texte": "zzz" * 20}).content.decode()
    seul = client.post(adresse, {"famille": "justice", "institution": "n’existe pas", "etat": "garde"})
    assert seul.status_code == 200


def test_les_trous_se_voient_dans_sa_maison_seulement(distribution: Distribution) -> None:
    assert "Garde à compléter" in page(distribution, "soignante", "annuaire").partition("</form>")[2]
    assert (
        "Garde à compléter" not in page(distribution, "opj", "annuaire").partition("</form>")[2].partition("<aside")[2]
    )


def multiplier(combien: int) -> None:
    modele, maison = service("CHV-URG"), Institution.objects.get(code="CHV")
    debut, personne = timezone.now() - timedelta(hours=1), User.objects.get(courriel="garde@demo.test")
    depart = Service.objects.count()
    for rang in range(depart, depart + combien):
        groupe = Group.objects.create(name=f"essai-{rang}")
        nouveau = Service.objects.create(
            code=f"E{rang}", institution=maison, groupe=groupe, nom="N" * 120, nom_externe=f"Externe {rang}",
            domaine="urgences", permanence=True, remplacant=modele,
        )  # fmt: skip
        Contact.objects.create(service=nouveau, libelle="L" * 80, telephone="03 53 01 40 15", verifie_le=debut.date())
        Permanence.objects.create(service=nouveau, titulaire=personne, debut=debut, fin=debut + timedelta(hours=9))


@pytest.mark.parametrize("nom", ["soignante", "opj", "referente"])
def test_l_annuaire_coute_autant_pour_un_ou_cent_services(distribution: Distribution, nom: str) -> None:
    client, couts = distribution.client(nom), []
    client.get(reverse("convention:annuaire"))
    for combien in (1, 99):
        multiplier(combien)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(reverse("convention:annuaire")).status_code == 200
        couts.append(len(requetes))
    assert couts[0] == couts[1]


def test_proposer_puis_refuser_sans_motif_puis_avec(distribution: Distribution) -> None:
    social = service("CHV-SOCIAL")
    contact = social.contacts.first()
    envoi = {"contact": contact.pk, "champ": "telephone", "nouvelle": "0353017777", "precision": ""}
    reponse = distribution.client("opj").post(reverse("convention:corriger", args=[social.cle]), envoi)
    assert reponse.status_code == 404
    reponse = distribution.client("soignante").post(
        reverse("convention:corriger", args=[social.cle]), envoi, follow=True
    )
    assert "Proposition envoyée" in reponse.content.decode()
    correction = CorrectionAnnuaire.objects.get()
    adresse = reverse("convention:correction", args=[correction.cle])
    assert distribution.client("opj").post(adresse, {"geste": "accepter"}).status_code == 404
    assert distribution.client("soignante").post(adresse, {"geste": "accepter"}).status_code == 403
    referente = distribution.client("referente")
    assert "Donnez le motif du refus" in referente.post(adresse, {"geste": "refuser"}, follow=True).content.decode()
    referente.post(adresse, {"geste": "refuser", "motif": "Numéro d’une autre unité."})
    assert "Numéro d’une autre unité." in page(distribution, "soignante", "service", social.cle)


def test_verifier_efface_l_alerte(distribution: Distribution) -> None:
    social = service("CHV-SOCIAL")
    contact = social.contacts.first()
    contact.verifie_le = timezone.localdate() - timedelta(days=91)
    contact.save()
    assert "plus de 90 jours" in page(distribution, "soignante", "service", social.cle)
    adresse = reverse("convention:verifier", args=[social.cle, contact.pk])
    assert distribution.client("soignante").post(adresse).status_code == 403
    assert distribution.client("referente").post(adresse, follow=True).status_code == 200
    assert "plus de 90 jours" not in page(distribution, "soignante", "service", social.cle)
    assert "numéro vérifié" in page(distribution, "soignante", "service", social.cle)


def importer(distribution: Distribution, nom: str, octets: bytes, genre: str = "contacts"):
    fichier = SimpleUploadedFile("f.csv", octets)
    adresse = reverse("convention:importer")
    return distribution.client(nom).post(adresse, {"genre": genre, "fichier": fichier}, follow=True)


def test_un_import_se_lit_puis_se_confirme_une_fois(distribution: Distribution) -> None:
    reponse = importer(distribution, "referente", csv(["Service", "Téléphone"], [["CHV-URG", "03 53 01 88 88"]]))
    texte = reponse.content.decode()
    assert "<del>03 53 01 40 15</del>" in texte
    assert "<ins>03 53 01 88 88</ins>" in texte
    adresse, envoi = reponse.redirect_chain[-1][0], {"empreinte": reponse.context["plan"].empreinte}
    client = distribution.client("referente")
    for _ in range(2):
        assert "Import enregistré" in client.post(adresse, envoi, follow=True).content.decode()
    assert service("CHV-URG").contacts.first().history.filter(history_change_reason__startswith="import").count() == 1
    assert distribution.client("admin_chv").get(adresse).status_code == 404


def test_un_import_fautif_ne_se_confirme_pas(distribution: Distribution) -> None:
    reponse = importer(distribution, "referente", csv(["Service", "Téléphone"], [["CHV-URG", "3"]]))
    texte = reponse.content.decode()
    assert "Ligne 2, colonne «\u00a0Téléphone\u00a0»" in texte
    assert "Enregistrer ces changements" not in texte
    for mauvais in (b"", b"\0\0\0", csv(["Téléfone"], [["3"]])):
        assert importer(distribution, "referente", mauvais).context["form"].errors["fichier"]
    assert distribution.client("soignante").get(reverse("convention:importer")).status_code == 403


def test_ce_qui_s_exporte_se_reimporte_sans_rien_changer(distribution: Distribution) -> None:
    for nom, genre in (("referente", "contacts"), ("admin_chv", "permanences")):
        for forme in ("ods", "csv"):
            adresse = reverse("convention:exporter", args=[genre, forme])
            octets = distribution.client(nom).get(adresse).content
            assert len(lire(octets).lignes) >= 1
            if genre == "contacts":
                reponse = importer(distribution, nom, octets, genre)
                assert set(reponse.context["comptes"]) == {"inchange"}
    assert (
        distribution.client("soignante").get(reverse("convention:exporter", args=["permanences", "ods"])).status_code
        == 403
    )
    assert distribution.client("opj").get(reverse("convention:exporter", args=["x", "ods"])).status_code == 404


def test_un_partenaire_n_exporte_pas_les_services_de_soin(distribution: Distribution) -> None:
    octets = distribution.client("opj").get(reverse("convention:exporter", args=["contacts", "csv"])).content
    assert "Psychiatrie" not in octets.decode()
    assert "CHV-PSY" not in octets.decode()


def test_les_modeles_ont_les_titres_attendus(distribution: Distribution) -> None:
    for genre in ("contacts", "permanences"):
        for forme in ("ods", "csv"):
            octets = distribution.client("opj").get(reverse("convention:modele", args=[genre, forme])).content
            assert lire(octets).entetes[0] == "Service"
