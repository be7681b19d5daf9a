"""Court fees: the accounts office reads a number and a pseudonym, never the patient nor the case (§2.11)."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from documents.marque import demarquer
from documents.models import Document
from dossiers.models import Dossier
from fiches.models import ReferenceLegale
from journal.models import Entree
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions.frais import a_surveiller, forclusion, majoration
from requisitions.frais.documents import contenu
from requisitions.models import Memoire, Requisition
from requisitions.workflow.frais import ouvrir_memoire, suivre_memoire
from transitions.workflow import TransitionRefusee

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("instant", "attendue"),
    [
        (datetime(2026, 3, 10, 14, tzinfo=PARIS), ""),
        (datetime(2026, 3, 10, 19, 59, tzinfo=PARIS), ""),
        (datetime(2026, 3, 10, 20, tzinfo=PARIS), "Nuit"),
        (datetime(2026, 3, 10, 7, 59, tzinfo=PARIS), "Nuit"),
        (datetime(2026, 3, 8, 14, tzinfo=PARIS), "Dimanche ou jour férié"),
        (datetime(2026, 7, 14, 14, tzinfo=PARIS), "Dimanche ou jour férié"),
        (datetime(2026, 7, 13, 22, 30, tzinfo=ZoneInfo("UTC")), "Nuit"),
    ],
)
def test_la_majoration_suit_l_heure_de_paris(instant, attendue):
    assert majoration(instant) == attendue


def test_un_memoire_se_prescrit_un_an_apres_l_acte():
    assert forclusion(datetime(2028, 2, 29, 12, tzinfo=PARIS)) == date(2029, 2, 28)
    acte = datetime(2026, 3, 10, 14, tzinfo=PARIS)
    assert not a_surveiller("a_etablir", acte, date(2027, 1, 8))
    assert a_surveiller("rejete", acte, date(2027, 1, 9))
    assert not a_surveiller("depose", acte, date(2027, 3, 1))


@pytest.fixture
def memoire(deposee, juriste):
    """The state is set by hand: what is tested comes after the hand-over."""
    dossier = deposee("EX_VICT", mission="CANARI-MISSION", qualification="CANARI-PENAL", num_procedure="2026/018834")
    lettre = Requisition.objects.get(pk=dossier.pk)
    lettre.consigne = "CANARI-CONSIGNE"
    lettre.save()
    with pytest.raises(TransitionRefusee, match="a été fait et remis"):
        transmettre(dossier, juriste)
    Dossier.objects.filter(pk=dossier.pk).update(etat="REMISE")
    return transmettre(Dossier.objects.get(pk=dossier.pk), juriste)


def transmettre(dossier, juriste):
    return ouvrir_memoire(
        dossier=dossier, acteur=juriste, acte="victime", acte_du=timezone.now(), num_procedure="2026/018834"
    )


def test_la_regie_lit_un_numero_et_un_pseudonyme_jamais_un_nom(memoire, distribution):
    client = distribution.client("regie")
    adresses = [reverse("requisitions:frais"), reverse("requisitions:memoire", args=[memoire.cle])]
    for adresse in adresses:
        page = client.get(adresse)
        html = page.content.decode()
        assert page.status_code == 200
        assert memoire.reference in html
        assert memoire.pseudonyme in html
        assert "2026/018834" in html
        for interdit in ("Delcambre", "Lucie", "CANARI", "L. D."):
            assert interdit not in html, (adresse, interdit)
    assert client.get(reverse("requisitions:dossier", args=[memoire.dossier.cle])).status_code == 404
    assert distribution.client("juriste").get(adresses[0]).status_code == 403
    assert distribution.client("opj").get(adresses[1]).status_code == 403


def test_deux_requisitions_de_la_meme_personne_n_ont_pas_le_meme_pseudonyme(memoire, deposee, juriste):
    autre = deposee("EX_VICT")
    Dossier.objects.filter(pk=autre.pk).update(etat="REMISE")
    assert transmettre(Dossier.objects.get(pk=autre.pk), juriste).pseudonyme != memoire.pseudonyme
    with pytest.raises(TransitionRefusee, match="déjà transmis"):
        transmettre(memoire.dossier, juriste)


def test_un_memoire_va_de_a_etablir_a_paye_et_un_rejet_se_redepose(memoire, distribution):
    client = distribution.client("regie")
    adresse = reverse("requisitions:memoire", args=[memoire.cle])
    vide = client.post(adresse, {"situation": "depose"})
    assert set(vide.context["form"].errors) == {"numero", "montant"}
    assert "situation" in client.post(adresse, {"situation": "paye"}).context["form"].errors
    assert client.post(adresse, {"situation": "depose", "numero": "FJ-1", "montant": "57,50"}).status_code == 302
    assert "motif" in client.post(adresse, {"situation": "rejete"}).context["form"].errors
    assert client.post(adresse, {"situation": "rejete", "motif": "Attestation manquante"}).status_code == 302
    assert client.post(adresse, {"situation": "depose", "numero": "FJ-2", "montant": "57,50"}).status_code == 302
    assert client.post(adresse, {"situation": "paye"}).status_code == 302
    memoire.refresh_from_db()
    assert (memoire.situation, memoire.numero, str(memoire.montant)) == ("paye", "FJ-2", "57.50")
    assert client.post(adresse, {"situation": "depose", "numero": "FJ-3", "montant": "1"}).status_code == 302
    assert Memoire.objects.get(pk=memoire.pk).numero == "FJ-2"
    with pytest.raises(TransitionRefusee, match="tenus par la régie"):
        suivre_memoire(memoire=memoire, acteur=distribution.acteur("juriste"), situation="depose")


def test_la_base_ne_montre_la_ligne_qu_a_la_regie_et_a_qui_voit_le_dossier(memoire, distribution):
    lues = {}
    for nom in ("regie", "juriste", "gendarme"):
        acteur = distribution.acteur(nom)
        with connection.cursor() as curseur:
            for reglage, valeur in (
                ("tdu.portee", ""),
                ("tdu.utilisateur", str(acteur.utilisateur_id)),
                ("tdu.groupes", ",".join(map(str, acteur.groupes))),
            ):
                curseur.execute("SELECT set_config(%s, %s, true)", [reglage, valeur])
            curseur.execute("SELECT count(*) FROM requisitions_memoire")
            lues[nom] = curseur.fetchone()[0]
    assert lues == {"regie": 1, "juriste": 1, "gendarme": 0}


def livrer():
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk"):
        executer(envoi.pk)


def avis_de(distribution, nom):
    return list(Avis.objects.filter(destinataire=distribution.utilisateur(nom)).order_by("pk"))


def test_la_regie_est_prevenue_d_un_memoire_ouvert_et_mene_a_sa_ligne(distribution, memoire):
    distribution.utilisateur("regie")
    livrer()
    livrer()
    [avis] = avis_de(distribution, "regie")
    assert avis.texte == f"Mémoire de frais à établir : {memoire.reference}"
    assert avis.adresse == reverse("requisitions:memoire", args=[memoire.cle])
    assert distribution.client("regie").get(avis.adresse).status_code == 200


@pytest.mark.parametrize(("issue", "mots"), [("rejete", "Mémoire de frais rejeté"), ("paye", "Mémoire de frais payé")])
def test_qui_a_ouvert_le_memoire_apprend_son_rejet_ou_son_paiement(memoire, distribution, issue, mots):
    regie = distribution.acteur("regie")
    suivre_memoire(memoire=memoire, acteur=regie, situation="depose", numero="FJ-1", montant=Decimal("57.50"))
    livrer()
    Avis.objects.all().delete()
    motif = "Attestation manquante" if issue == "rejete" else ""
    suivre_memoire(memoire=memoire, acteur=regie, situation=issue, motif=motif)
    livrer()
    [avis] = avis_de(distribution, "juriste")
    assert avis.texte == f"{mots} : {memoire.reference}"
    assert distribution.client("juriste").get(avis.adresse, follow=True).status_code == 200


def test_le_memoire_imprime_porte_le_pseudonyme_la_somme_la_procedure_la_base_et_aucun_nom(
    memoire, distribution, ecrits
):
    ReferenceLegale.objects.get_or_create(
        cle="CPP-R117",
        defaults={
            "code": "Code de procédure pénale", "article": "R. 117", "libelle": "Fixe le tarif.", "debut": date(1959, 3, 2)
        },
    )  # fmt: skip
    regie = distribution.acteur("regie")
    suivre_memoire(memoire=memoire, acteur=regie, situation="depose", numero="FJ-77", montant=Decimal("57.50"))
    client, adresse = distribution.client("regie"), reverse("requisitions:memoire_pdf", args=[memoire.cle])
    assert client.get(adresse).status_code == 302, "une lecture n’écrit rien"
    assert not Document.objects.filter(genre="requisition-frais").exists()
    for _ in range(2):
        reponse = client.post(adresse, follow=True)
        assert reponse["Content-Type"] == "application/pdf"
    [papier] = ecrits["pdf/requisition_frais.html"]
    for dit in (
        memoire.pseudonyme,
        memoire.reference,
        "57,50 €",
        "FJ-77",
        "2026/018834",
        "R. 117",
        memoire.prescripteur,
    ):
        assert dit in papier.replace("\u00a0", " "), dit
    for interdit in ("Delcambre", "Lucie", "CANARI", "L. D."):
        assert interdit not in papier, interdit
    suivre_memoire(memoire=memoire, acteur=regie, situation="paye")
    assert client.get(adresse).status_code == 302, "l’ancien état ne vaut plus"
    for nom, code in (("juriste", 403), ("opj", 403)):
        assert distribution.client(nom).get(adresse).status_code == code


def test_un_acte_sans_tarif_reglementaire_le_dit(memoire):
    Memoire.objects.filter(pk=memoire.pk).update(acte="copie")
    assert contenu(Memoire.objects.get(pk=memoire.pk))["base"].startswith("À préciser par la régie")


def emporte(distribution, vue="", nom="regie"):
    return distribution.client(nom).get(reverse("requisitions:frais_csv"), {"vue": vue} if vue else {})


def rangees(reponse):
    texte, marque = demarquer(reponse.content)
    assert marque, "un exemplaire numéroté"
    return list(csv.reader(io.StringIO(texte.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_la_regie_emporte_ses_memoires_en_csv_sans_aucun_nom(memoire, distribution):
    Memoire.objects.filter(pk=memoire.pk).update(acte_du=datetime(2026, 3, 10, 22, 30, tzinfo=PARIS))
    reponse = emporte(distribution)
    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert reponse["Content-Disposition"] == 'attachment; filename="frais-de-justice-a-etablir.csv"'
    assert "no-store" in reponse["Cache-Control"]
    *en_tete, titres, ligne = rangees(reponse)
    assert [mots[0] for mots in en_tete if mots] == ["Frais de justice", "Fichier fait le", "Mémoires"]
    assert dict(zip(titres, ligne, strict=True)) == {
        "Numéro interne": memoire.reference,
        "Numéro de procédure": "2026/018834",
        "Prescripteur": memoire.prescripteur,
        "Code de l’acte": "victime",
        "Acte": "Examen de victime, certificat",
        "Date de l’acte": "10/03/2026",
        "Heure de l’acte": "22:30",
        "Montant en euros": "",
        "État du mémoire": "À établir",
    }
    for interdit in ("Delcambre", "Lucie", "CANARI", "L. D."):
        assert interdit not in reponse.content.decode(), interdit


def test_le_csv_suit_l_onglet_ouvert_et_porte_le_montant(memoire, distribution):
    regie = distribution.acteur("regie")
    suivre_memoire(memoire=memoire, acteur=regie, situation="depose", numero="FJ-9", montant=Decimal("57.5"))
    page = distribution.client("regie").get(reverse("requisitions:frais"), {"vue": "depose"}).content.decode()
    assert f"{reverse('requisitions:frais_csv')}?vue=depose" in page
    [*_, ligne] = rangees(emporte(distribution, "depose"))
    assert ligne[-2:] == ["57,50", "Déposé"]
    assert rangees(emporte(distribution))[2] == ["Mémoires", "0"]


def test_une_formule_tapee_dans_un_numero_de_procedure_reste_un_texte(memoire, distribution):
    Memoire.objects.filter(pk=memoire.pk).update(num_procedure="=1+1", prescripteur="@SUM(A1)")
    [*_, ligne] = rangees(emporte(distribution))
    assert ligne[1:3] == ["'=1+1", "'@SUM(A1)"]


def test_le_csv_des_frais_est_a_la_regie_seule_et_trace(memoire, distribution):
    for nom in ("juriste", "opj", "referente"):
        assert emporte(distribution, nom=nom).status_code == 403
    assert not Entree.objects.filter(action="exporter_frais").exists()
    emporte(distribution)
    [entree] = Entree.objects.filter(action="exporter_frais")
    assert json.loads(entree.contenu)["details"].items() >= {"situation": "a_etablir", "lignes": 1}.items()


def test_un_fichier_borne_dit_qu_il_en_reste(memoire, distribution, monkeypatch, deposee, juriste):
    autre = deposee("EX_VICT")
    Dossier.objects.filter(pk=autre.pk).update(etat="REMISE")
    transmettre(Dossier.objects.get(pk=autre.pk), juriste)
    monkeypatch.setattr("requisitions.views.frais.LIGNES_MAXIMUM", 1)
    lues = rangees(emporte(distribution))
    assert lues[2] == ["Mémoires", "1", "Il en reste d’autres\u00a0: ce fichier porte les plus anciens."]
    assert lues[-1][0] == memoire.reference
