"""The papers of a seizure, read as they are printed: who reads what of the pieces, the seals, the reservations."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.models import Requisition
from requisitions.saisie.inventaire import LignePiece, LigneReserve, LigneScelle
from tests import imprime
from tests.coffre_ouvert import lire
from tests.requisitions.conftest import octets_pdf
from tests.requisitions.inventaires import inventorier
from tests.requisitions.test_parcours import rappeler
from transitions.workflow import TransitionRefusee

OPERATION = {
    "operation": "saisie_cr", "identite_verifiee": True, "ins": "qualifiee", "homonyme_ecarte": True, "debut": "2026-11-27T08:30+00:00",
    "lieu": "Bureau des archives", "fin": "2026-11-27T10:00+00:00",
    "ordre_presence": "present", "ordre_representant": "Dr Témoin",
    "presents": "Mme Roy, directrice adjointe\nDr Sellier, médecin responsable",
}  # fmt: skip
PIECES = (
    LignePiece("Compte rendu opératoire", "3 novembre 2026", "Dr Vasseur", 2, "copie", scelle="SC-1"),
    LignePiece("CANARI-TIERS", "CANARI-DATE", "CANARI-AUTEUR", 5, "copie", "exclue", "tiers"),
    LignePiece("Lame d’histologie", support="objet", scelle="SC-2"),
    LignePiece("Dossier papier", pages=40, support="original", scelle="SC-3"),
)
SCELLES = (LigneScelle("SC-1"), LigneScelle("SC-2", "ouvert", "Objet trop grand"), LigneScelle("SC-3"))
RESERVES = (
    LigneReserve("ordre", "Pièce d’un tiers présentée.", au_pv=True),
    LigneReserve("medecin", "CANARI-RESERVE-INTERNE", au_pv=False),
)


@pytest.fixture
def faite(validee, juriste, distribution):
    jour = timezone.localdate()
    dossier = validee("SAISIE", cadre="CR", cr_reference="JI 4/26", cr_juge="Mme Dubar", cr_date=jour, cr_jusqu_au=jour)
    w.convoquer_ordre(dossier=dossier, acteur=juriste)
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Préparer la copie.")
    w.remplir_volet(dossier=dossier, acteur=juriste, reponses=OPERATION)
    return inventorier(dossier, juriste, pieces=PIECES, scelles=SCELLES, reserves=RESERVES)


@pytest.fixture
def remise(faite, juriste, distribution):
    rappeler(distribution.client("juriste"), faite)
    return w.mettre_a_disposition(dossier=faite, acteur=juriste)


def texte(dossier, intitule):
    return imprime.texte(lire(dossier.pieces.get(intitule=intitule).fichier))


def test_le_requerant_lit_ce_qui_est_retenu_et_le_seul_motif_de_ce_qui_est_ecarte(remise):
    lu = texte(remise, "Inventaire de la saisie")
    for mot in ("Compte rendu opératoire", "3 novembre 2026", "Dr Vasseur", "Objet trop grand", "SC-3", "42 pages"):
        assert mot in lu, mot
    for mot in ("Pièce d’un tiers : 1, n° 2", "Pièce d’un tiers présentée.", "Représentant de l’Ordre", "Cne Duval"):
        assert mot in lu, mot
    assert "CANARI" not in lu


def test_le_compte_rendu_interne_dit_tout(faite, juriste, distribution):
    w.rediger_compte_rendu(dossier=faite, acteur=juriste)
    lu = texte(faite, "Compte rendu interne de saisie")
    dits = ("CANARI-TIERS", "CANARI-RESERVE-INTERNE", "non portée au procès-verbal", "Lame d’histologie")
    for mot in (*dits, "Bureau des archives", "Mme Roy, directrice adjointe"):
        assert mot in lu, mot
    adresse = reverse("dossiers:piece", args=[faite.pieces.get(intitule="Compte rendu interne de saisie").cle])
    assert distribution.client_eleve("opj").get(adresse).status_code in {403, 404}


def test_chaque_scelle_a_sa_fiche_et_la_fiche_ne_dit_que_lui(faite, distribution):
    distribution.client("juriste").post(reverse("requisitions:fiches_de_scelle", args=[faite.cle]))
    fiche = texte(faite, "Fiche de scellé (copie) n°\u00a0SC-2")
    for mot in ("Lame d’histologie", "Ouvert", "Objet trop grand"):
        assert mot in fiche, mot
    assert "Dossier papier" not in fiche
    assert faite.pieces.filter(intitule__startswith="Fiche de scellé").count() == 3
    assert not faite.pieces.filter(intitule__startswith="Fiche de scellé", remise_a__isnull=False).exists()


def test_la_note_au_service_ne_dit_ni_l_auteur_ni_ce_qui_est_ecarte(faite, juriste, distribution):
    piece = w.noter_au_service(dossier=faite, acteur=juriste, destinataire=distribution.service("CHV-CHIR"))
    lu = imprime.texte(lire(piece.fichier))
    for mot in ("Compte rendu opératoire", "SC-1, SC-2, SC-3", "archives médicales"):
        assert mot in lu, mot
    for tu in ("CANARI", "Dr Vasseur", "Dubar"):
        assert tu not in lu, tu


def test_cent_pieces_tiennent_sur_plusieurs_pages_avec_leur_en_tete(faite, juriste, distribution):
    autres = tuple(LignePiece(f"Feuillet de suivi {rang}", pages=1, scelle="SC-1") for rang in range(100))
    inventorier(faite, juriste, pieces=autres, scelles=(), signatures=())
    rappeler(distribution.client("juriste"), faite)
    w.mettre_a_disposition(dossier=faite, acteur=juriste)
    lu = texte(faite, "Inventaire de la saisie")
    assert "Feuillet de suivi 99" in lu
    assert lu.count("Nature") >= 3, "l’en-tête se répète"


def test_la_restitution_suit_chaque_scelle_qui_retient_un_original_ou_un_objet(remise, juriste, distribution):
    client, adresse = distribution.client("juriste"), reverse("requisitions:restitution", args=[remise.cle])
    html = client.get(adresse).content.decode()
    assert "Scellé SC-2" in html
    assert "Scellé SC-1" not in html, "une copie laisse l’original à l’hôpital"
    client.post(f"{adresse}?scelle=SC-3", {"geste": "demander", "motif": "Continuité des soins."})
    lu = texte(remise, "Demande de restitution")
    assert "Dossier papier" in lu
    assert "Lame" not in lu
    w.demander_restitution(dossier=remise, acteur=juriste, motif="Soins.")
    assert set(remise.restitutions.values_list("scelle", flat=True)) == {"SC-2", "SC-3"}
    jour = timezone.localdate()
    decision = {"decision": "refusee", "decision_de": "Mme Dubar", "decision_du": jour}
    w.noter_decision(dossier=remise, acteur=juriste, scelle="SC-3", **decision)
    assert remise.echeances.get(nom="restitution", tenue_le=None).calcul.startswith("Scellé SC-2")
    w.noter_decision(dossier=remise, acteur=juriste, scelle="SC-2", **decision)
    assert not remise.echeances.filter(nom="restitution", tenue_le=None).exists()
    with pytest.raises(TransitionRefusee, match="déjà demandé"):
        w.demander_restitution(dossier=remise, acteur=juriste, motif="Soins.")


def test_l_inventaire_ne_change_plus_une_fois_parti_et_la_lettre_le_garde(remise, juriste):
    lettre = Requisition.objects.get(pk=remise.pk)
    assert lettre.empreinte
    with pytest.raises(TransitionRefusee):
        inventorier(remise, juriste)
    with pytest.raises(TransitionRefusee):
        w.rayer_piece(dossier=remise, acteur=juriste, cle=remise.pieces_saisies.first().cle)


def test_l_assentiment_joint_est_au_requerant_et_ne_part_pas_dans_le_pli(affectee, juriste, distribution, fichier):
    dossier = affectee("SAISIE", cadre="PRELIM", par=distribution.acteur("parquet"), autorisation_mode="ecrite", autorisation_magistrat="Mme V.",
                       autorisation_le=timezone.now(), ordre_ecrit=True)  # fmt: skip
    w.convoquer_ordre(dossier=dossier, acteur=juriste)
    client, adresse = distribution.client("juriste"), reverse("requisitions:volet", args=[dossier.cle])
    champs = {"operation": "perquisition", "magistrat_present": "on", "titre": "assentiment", "identite_verifiee": "on", "ins": "qualifiee",
              "homonyme_ecarte": "on", "debut": "2026-11-20T14:00", "fin": "2026-11-20T15:00", "lieu": "Archives",
              "ordre_presence": "present"}  # fmt: skip
    client.post(adresse, champs)
    inventorier(dossier, juriste)
    lettre = Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)
    manque = {constat.numero: constat.message for constat in w.constats_de_sortie(dossier, lettre)}
    assert "Joignez l’assentiment" in manque["T-03"]
    piece = SimpleUploadedFile("assentiment.pdf", octets_pdf(), content_type="application/pdf")
    client.post(adresse, champs | {"justificatif": piece})
    assert "T-03" not in {c.numero for c in w.constats_de_sortie(dossier, lettre)}
    rappeler(client, dossier)
    w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    intitules = [piece.intitule for piece in dossier.remises.get().pieces.all()]
    assert "Assentiment écrit ou ordonnance du juge" not in intitules
    assert "Inventaire de la saisie" in intitules


def test_un_export_numerique_porte_ses_logiciels_son_empreinte_et_qui_en_repond(faite, juriste, distribution):
    export = LignePiece(
        "Dossier informatisé", support="numerique", scelle="SC-1", empreinte="ab" * 32, logiciels="Sillage, PACS",
        responsable="M. Lenoir, DSI",
    )  # fmt: skip
    inventorier(faite, juriste, pieces=(export,), scelles=(), signatures=())
    rappeler(distribution.client("juriste"), faite)
    w.mettre_a_disposition(dossier=faite, acteur=juriste)
    w.rediger_compte_rendu(dossier=faite, acteur=juriste)
    for papier in ("Inventaire de la saisie", "Compte rendu interne de saisie"):
        for mot in ("Export numérique", "Sillage, PACS", "M. Lenoir, DSI", "ab" * 32):
            assert mot in texte(faite, papier), (papier, mot)
