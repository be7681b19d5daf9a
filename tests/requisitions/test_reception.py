"""What came at the counter, by telephone or on paper: written down by the hospital, the same record as a deposit."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Brouillon, Dossier, Echeance, ReprisePapier
from dossiers.papier import numeroter
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions.documents.papier import FORMULAIRE
from requisitions.models import Requisition
from requisitions.policies import peut_confirmer_urgence
from requisitions.workflow import points_bloquants
from requisitions.workflow.acte import ACTE_SIGNE
from tests.requisitions.conftest import octets_pdf
from tests.requisitions.test_parcours import controler_et_valider, depot, pdf, poster, rappeler

CANAUX = [canal.value for canal in Requisition.Canal if canal != Requisition.Canal.PORTAIL]


def il_y_a(**duree) -> str:
    return timezone.localtime(timezone.now() - timedelta(**duree)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def recue(distribution, table):
    def faire(par="juriste", **champs) -> Dossier:
        champs = {
            "canal": "main_propre",
            "recue_le": il_y_a(minutes=20),
            "service_requerant": distribution.service("GEND-COB2").pk,
            "autorite_nom": "Adj. Noémie Vasseur",
            "autorite_qualite": "OPJ",
            **champs,
        }
        return depot(distribution.client(par), **champs)

    return faire


@pytest.mark.parametrize("canal", CANAUX)
def test_le_dossier_est_celui_du_service_qui_requiert(canal, recue, distribution):
    distribution.utilisateur("gendarme")
    dossier = recue(canal=canal, service_requerant=distribution.service("GEND-COB1").pk)
    assert dossier.reference
    assert (dossier.service_emetteur.code, dossier.requisition.service_requerant.code) == ("GEND-COB1", "GEND-COB1")
    assert dossier.requisition.autorite_nom == "Adj. Noémie Vasseur"
    gendarme = distribution.client("gendarme")
    liste = gendarme.get(reverse("requisitions:miennes")).content.decode()
    assert dossier.reference in liste
    lue = gendarme.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Réquisition reçue" in lue
    for page in (liste, lue):
        assert str(distribution.utilisateur("juriste")) not in page, "l’agent de l’hôpital n’est pas nommé au requérant"
    accuse = dossier.pieces.exclude(document=None).get()
    assert gendarme.get(reverse("dossiers:piece", args=[accuse.cle])).status_code in {200, 302}
    assert distribution.client("opj").get(reverse("requisitions:dossier", args=[dossier.cle])).status_code == 404


def test_les_delais_et_le_gel_partent_de_la_reception(recue):
    dossier = recue(
        type_acte="VIDEO", cible="Entrée des urgences", periode_du=il_y_a(hours=6), periode_au=il_y_a(hours=5),
        recue_le=il_y_a(minutes=50),
    )  # fmt: skip
    attente = timezone.now() - dossier.transmis_le
    assert timedelta(minutes=49) < attente < timedelta(minutes=53)
    assert dossier.gel.confirmer_avant == dossier.transmis_le + timedelta(hours=1)
    assert Echeance.objects.get(dossier=dossier, nom="reponse").debut_le == dossier.transmis_le


def test_rien_ne_se_valide_avant_le_rappel_au_numero_de_l_annuaire(recue, distribution):
    dossier = recue()
    juriste = distribution.client("juriste")

    def numeros():
        bloquants, _, _ = points_bloquants(dossier, Requisition.objects.get(dossier=dossier))
        return {constat.numero for constat in bloquants}

    assert "R-09" in numeros()
    rappeler(juriste, dossier)
    assert "R-09" not in numeros()
    controler_et_valider(juriste, dossier)


def test_l_acte_remis_au_guichet_n_est_jamais_une_piece_de_la_reponse(recue, distribution):
    from requisitions.faits import pieces_de_la_reponse

    dossier = recue(fichier=pdf(texte="CANARI"))
    signe = dossier.pieces.get(intitule=ACTE_SIGNE)
    assert signe.service.code == "GEND-COB2"
    assert pieces_de_la_reponse(dossier) == []


def test_une_demande_par_telephone_attend_son_ecrit(recue):
    dossier = recue(canal="telephone", fichier="")
    lettre = dossier.requisition
    assert (lettre.orale, lettre.orale_motif) == (True, "Reçue par téléphone, écrit demandé.")
    assert not dossier.pieces.filter(intitule=ACTE_SIGNE).exists()


@pytest.mark.parametrize(
    ("faute", "champ", "phrase"),
    [
        ({"canal": ""}, "canal", "Dites comment la réquisition est arrivée."),
        ({"canal": "portail"}, "canal", ""),
        ({"recue_le": "2199-01-01T10:00"}, "recue_le", "Cette heure n’est pas encore passée."),
        ({"recue_le": "2026-01-01T10:00"}, "recue_le", "Cette réception date de plus de trente jours"),
        ({"service_requerant": ""}, "service_requerant", "Choisissez le service qui requiert."),
        ({"autorite_qualite": ""}, "autorite_qualite", "Choisissez la qualité de qui requiert."),
        ({"fichier": ""}, "fichier", "Ajoutez la réquisition signée."),
        ({"papier": "P-REQ-1"}, "papier", "Ce numéro n’est pas celui d’un de nos formulaires."),
        ({"cadre": "AUTRE", "cadre_autre": "PREFET"}, "cadre", "Ce cadre est celui du préfet."),
        ({"autorite_qualite": "APJ"}, "sous_controle_de", "Nommez l’OPJ qui contrôle l’acte."),
    ],
)
def test_une_saisie_fautive_se_dit_a_cote_du_champ_et_ne_perd_rien(faute, champ, phrase, distribution, table):
    champs = {
        "canal": "main_propre", "recue_le": il_y_a(minutes=5), "autorite_nom": "Adj. Vasseur", "autorite_qualite": "OPJ",
        "service_requerant": distribution.service("GEND-COB2").pk, "cadre": "FLAG", "type_acte": "DOSSIER",
        "mission": "CANARI-MISSION", "nom": "Delcambre", "naissance": "1992-03-07", "statut_personne": "victime", "urgence": "ORDINAIRE",
        "fichier": pdf(), **faute,
    }  # fmt: skip
    distribution.utilisateur("gendarme")
    reponse = distribution.client("juriste").post(reverse("requisitions:depot", args=[uuid.uuid4()]), champs)
    assert reponse.status_code == 200
    assert phrase in " ".join(reponse.context["form"].errors[champ])
    assert "CANARI-MISSION" in reponse.content.decode()
    assert not Dossier.objects.exists()


def test_un_meme_papier_ne_s_enregistre_pas_deux_fois(recue, distribution):
    numero = numeroter(FORMULAIRE, institution="CHV", jour=timezone.localdate(), rang=3)
    dossier = recue(papier=numero.lower(), recue_le=il_y_a(minutes=1))
    assert ReprisePapier.objects.get(dossier=dossier).numero == numero
    with pytest.raises(AssertionError, match="déjà été saisi"):
        recue(papier=numero, nouvelle="on", recue_le=il_y_a(minutes=1))
    assert Dossier.objects.count() == 1


def test_deux_clics_n_enregistrent_qu_une_fois(recue):
    commun, acte = {"cle": uuid.uuid4(), "recue_le": il_y_a(minutes=5)}, octets_pdf()
    clics = [SimpleUploadedFile("acte.pdf", acte, content_type="application/pdf") for _ in range(2)]
    assert recue(**commun, fichier=clics[0]) == recue(**commun, fichier=clics[1], nouvelle="on")
    assert Dossier.objects.count() == 1


def test_seuls_les_juristes_et_la_garde_enregistrent_ce_qui_est_recu(recue, distribution):
    assert recue(par="garde").reference
    for nom in ("soignante", "securite", "directrice", "archives"):
        reponse = distribution.client(nom).get(reverse("requisitions:nouvelle"))
        assert reponse.status_code == 403, nom
        assert "Transmettez l’écrit reçu aux affaires juridiques" in reponse.content.decode()


def test_le_brouillon_d_une_reception_se_garde_et_se_reprend(distribution, table):
    cle, juriste = uuid.uuid4(), distribution.client("juriste")
    adresse = reverse("requisitions:depot", args=[cle])
    juriste.post(adresse, {"geste": "garder", "autorite_nom": "Adj. Vasseur", "canal": "papier", "mission": "Lettre."})
    assert Brouillon.objects.get(cle=cle).genre == "requisition"
    reprise = juriste.get(adresse).content.decode()
    assert "Adj. Vasseur" in reprise
    assert "Enregistrer une réquisition reçue" in reprise
    assert distribution.client("garde").get(adresse).status_code == 404


def test_le_service_apprend_que_l_hopital_a_enregistre_sa_demande(recue, distribution):
    gendarme = distribution.utilisateur("gendarme")
    recue(service_requerant=distribution.service("GEND-COB1").pk)
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk"):
        executer(envoi.pk)
    (avis,) = Avis.objects.filter(destinataire=gendarme).values_list("texte", flat=True)
    assert avis.startswith("Réquisition reçue au guichet : REQ-")


def test_le_gendarme_reprend_le_suivi_sans_que_l_agent_de_l_hopital_l_apprenne(recue, distribution):
    dossier = recue(service_requerant=distribution.service("GEND-COB1").pk)
    poster(distribution.client("gendarme"), "suivi", dossier)
    juriste = distribution.utilisateur("juriste")
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk"):
        executer(envoi.pk)
    assert not Avis.objects.filter(destinataire=juriste, texte__startswith="Suivi repris").exists()


def test_qui_requiert_au_guichet_ne_confirme_pas_sa_propre_urgence(recue, distribution):
    """Its author is a name on the act: an officer of the unit may be that very person."""
    dossier = recue(
        service_requerant=distribution.service("POLICE-CSP").pk, urgence="JOUR", delai_motif="Fin de mesure à 18 h."
    )
    for nom in ("opj", "opj2"):
        verdict = peut_confirmer_urgence(dossier, distribution.acteur(nom))
        assert not verdict, nom
        assert "magistrat" in verdict.raison


def test_une_reception_commencee_se_reprend_depuis_la_liste_de_l_hopital(distribution, table):
    garde, cle = distribution.client("garde"), uuid.uuid4()
    adresse = reverse("requisitions:depot", args=[cle])
    saisie = {"canal": "papier", "mission": "CANARI-MISSION", "geste": "garder"}
    reponse = garde.post(adresse, saisie, follow=True)
    assert (reponse.status_code, reponse.request["PATH_INFO"]) == (200, reverse("requisitions:file"))
    page = reponse.content.decode()
    assert "Le brouillon est gardé" in page
    assert adresse in page
    assert "CANARI-MISSION" in garde.get(adresse).content.decode()
    assert adresse not in distribution.client("juriste").get(reverse("requisitions:file")).content.decode()
