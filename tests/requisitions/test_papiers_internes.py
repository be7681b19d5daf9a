"""Papers of the hospital's own: what they say, what they keep silent, and who reads them."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.echeances import PARIS
from requisitions import workflow as w
from requisitions.documents.internes import ATTESTATION, NOTE_AU_SERVICE
from tests import imprime
from tests.coffre_ouvert import lire
from tests.requisitions.inventaires import inventorier
from transitions.workflow import TransitionRefusee

AUDITION = {
    "entendu": "mise_en_cause", "professionnel": "Zoé Maillard", "accompagnement": "accepte", "lieu": "service",
    "protection": "demandee", "debut": "2026-11-27T08:30+00:00",
}  # fmt: skip
SAISIE = {
    "operation": "saisie_cr", "identite_verifiee": True, "ins": "qualifiee", "homonyme_ecarte": True, "debut": "2026-11-27T08:30+00:00",
    "lieu": "Bureau des archives", "fin": "2026-11-27T10:00+00:00",
}  # fmt: skip
DEBUT, FIN = datetime(2026, 11, 27, 9, 30, tzinfo=PARIS), datetime(2026, 11, 27, 10, 15, tzinfo=PARIS)


@pytest.fixture
def audition(affectee, juriste):
    dossier = affectee("AUD_PRO", mission="CANARI-MISSION", qualification="CANARI-FAITS")
    return w.remplir_volet(dossier=dossier, acteur=juriste, reponses=AUDITION)


@pytest.fixture
def saisie(validee, juriste, distribution):
    dossier = validee("SAISIE", cadre="CR", mission="CANARI-MISSION", cr_reference="CANARI-CR", cr_juge="Mme Dubar",
                      cr_date=timezone.localdate(), cr_jusqu_au=timezone.localdate())  # fmt: skip
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Préparer la copie.")
    w.remplir_volet(dossier=dossier, acteur=juriste, reponses=SAISIE)
    return inventorier(dossier, juriste)


def mots(piece) -> str:
    return imprime.texte(lire(piece.fichier))


def lisibles(piece, distribution, *noms):
    adresse = reverse("dossiers:piece", args=[piece.cle])
    return {nom for nom in noms if distribution.client_eleve(nom).get(adresse).status_code == 200}


def test_l_attestation_dit_la_presence_et_tait_le_motif(audition, juriste, distribution):
    piece = w.attester_la_presence(dossier=audition, acteur=juriste, debut=DEBUT, fin=FIN)
    texte = mots(piece)
    for phrase in ("Zoé Maillard", "vendredi 27 novembre 2026", "10 h 15", "convoqué"):
        assert phrase in texte
    for tu in ("CANARI", "Mis en cause", "POLICE", "Flagrance", "2026/018834", "Commissariat", "Caradec"):
        assert tu not in texte
    assert lisibles(piece, distribution, "juriste", "opj", "soignante", "parquet") == {"juriste"}


def test_une_audition_qui_n_a_pas_eu_lieu_ne_s_atteste_pas(audition, juriste, deposee):
    demain = timezone.now() + timedelta(days=1)
    with pytest.raises(TransitionRefusee, match="n’est pas finie"):
        w.attester_la_presence(dossier=audition, acteur=juriste, debut=DEBUT, fin=demain)
    with pytest.raises(TransitionRefusee, match="suit le début"):
        w.attester_la_presence(dossier=audition, acteur=juriste, debut=FIN, fin=DEBUT)
    with pytest.raises(TransitionRefusee, match="professionnel convoqué"):
        w.attester_la_presence(dossier=deposee("AUD_PRO"), acteur=juriste, debut=DEBUT, fin=FIN)


def test_les_heures_notees_sont_deja_dans_la_page(audition, distribution):
    client = distribution.client("juriste")
    adresse = reverse("requisitions:attestation", args=[audition.cle])
    assert adresse in client.get(reverse("requisitions:dossier", args=[audition.cle])).content.decode()
    assert 'value="2026-11-27T09:30"' in client.get(adresse).content.decode()
    client.post(adresse, {"debut": "2026-11-27T09:30", "fin": "2026-11-27T10:15"})
    assert audition.pieces.filter(intitule=ATTESTATION).count() == 1
    assert distribution.client("opj").get(adresse).status_code == 403


def test_la_note_au_service_dit_quoi_faire_sans_nommer_ni_dire_pourquoi(saisie, juriste, distribution):
    chirurgie = distribution.service("CHV-CHIR")
    piece = w.noter_au_service(dossier=saisie, acteur=juriste, destinataire=chirurgie)
    texte = mots(piece)
    for phrase in (chirurgie.nom, "Dossier", "40", "SC-4", "L. D., 34 ans", "archives médicales", "ne détruisez rien"):
        assert phrase in texte, phrase
    for tu in ("CANARI", "Delcambre", "Lucie", "Dubar", "Commission rogatoire", "2026/018834"):
        assert tu not in texte, tu
    assert lisibles(piece, distribution, "juriste", "opj", "medecin", "parquet") == {"juriste"}


def test_la_note_reste_dans_l_hopital(saisie, juriste, distribution):
    with pytest.raises(TransitionRefusee, match="interne"):
        w.noter_au_service(dossier=saisie, acteur=juriste, destinataire=distribution.service("POLICE-CSP"))
    client = distribution.client("juriste")
    adresse = reverse("requisitions:note_au_service", args=[saisie.cle])
    assert "Commissariat de Valenciennes</option>" not in client.get(adresse).content.decode()
    client.post(adresse, {"destinataire": distribution.service("CHV-CHIR").pk})
    assert saisie.pieces.filter(intitule=NOTE_AU_SERVICE).count() == 1
    assert (
        "Note interne"
        not in distribution.client("opj").get(reverse("requisitions:dossier", args=[saisie.cle])).content.decode()
    )


def test_le_scelle_est_ferme_par_defaut(validee, juriste, distribution):
    dossier = validee("SAISIE", cadre="CR", cr_reference="JI 4/26", cr_juge="Mme Dubar", cr_date=timezone.localdate(),
                      cr_jusqu_au=timezone.localdate())  # fmt: skip
    dossier = w.affecter(dossier=dossier, acteur=juriste, consigne="Préparer la copie.")
    page = distribution.client("juriste").get(reverse("requisitions:inventaire", args=[dossier.cle]))
    assert page.context["form"].lignes["scelles"].forms[0]["genre"].value() == "ferme", "R-18"
