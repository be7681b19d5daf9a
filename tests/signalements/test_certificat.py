"""The medical certificate: who writes it, what it may not say, to whom it is handed, and that nobody receives it here."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Participation
from signalements import depart, en_main_propre
from signalements.contenu import canonique, lire
from signalements.controles import CONTROLES, Faits
from signalements.voies import EN_MAIN_PROPRE, VOIES
from tests.coffre_ouvert import lire as lire_fichier
from tests.imprime import texte
from tests.signalements.situation import references
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee

COMPLET = Faits(
    voie="CMI",
    age=34,
    profession="MEDECIN",
    professions_admises=frozenset({"MEDECIN"}),
    identite=True,
    faits_ecrits="Ecchymose violacée de 3 × 2 cm de la face externe du bras gauche.",
    paroles="Elle déclare : « Mon mari m’a frappée volontairement. »",
    propres={"itt": "JOURS", "itt_jours": 8, "photos_accord": "OUI", "cadre": "DEMANDE_VICTIME", "remis_a": "VICTIME"},
    date_constat=datetime(2026, 11, 22, 1, 25, tzinfo=ZoneInfo("Europe/Paris")),
    date_faits="21 novembre 2026 vers 23 h",
)
ETAPES = {
    "personne": {
        "nom": "CANARI-NOM-CMI",
        "prenoms": "Lise",
        "sexe": "F",
        "age": "34",
        "identite_verifiee": "PIECE",
        "interprete": "NON",
    },
    "faits": {
        "date_constat": "2026-11-22T01:25",
        "a_examine": "on",
        "date_faits": "la veille",
        "faits_observes": "Ecchymose violacée du bras gauche.",
        "propos_rapportes": "Elle déclare : « Il m’a poussée. »",
        "cadre": "DEMANDE_VICTIME",
        "lieu_examen": "Urgences",
        "doleances_physiques": "Douleur du bras.",
        "doleances_psychiques": "Aucune",
        "numero_certificat": "1",
        "lesions-TOTAL_FORMS": "1",
        "lesions-INITIAL_FORMS": "0",
        "lesions-0-zone": "FACE_BRAS_G",
        "lesions-0-nature": "ECCHYMOSE",
        "lesions-0-dimensions": "3 × 2 cm",
        "lesions-0-couleur": "violacée",
    },
    "danger": {
        "retentissement_fonctionnel": "Ne lève pas le bras pour se coiffer.",
        "retentissement_psychique": "Pleure pendant l’examen.",
        "itt": "JOURS",
        "itt_jours": "8",
        "itt_reserves": "Sous réserve de complications.",
    },
    "accord": {
        "photos_accord": "OUI",
        "photos_le": "2026-11-22T01:40",
        "photos_echelle": "Réglette de 10 cm dans le plan de la lésion",
    },
}
REMISE = {"remis_a": "VICTIME", "remis_le": "2026-11-22T02:10", "atteste": "on"}


def propre(cas: Faits, **reponses: object) -> Faits:
    return replace(cas, propres={**cas.propres, **reponses})


def niveau(numero: str, faits: Faits) -> Niveau | None:
    constat = CONTROLES[numero](faits)
    return constat.niveau if constat else None


@pytest.fixture
def redige(distribution):
    """A certificate whose four steps are written by its doctor, in the pages."""
    references()
    client = distribution.client("soignante")
    client.post(reverse("signalements:nouveau", args=["cmi"]), {"cle": ""})
    dossier = Dossier.objects.get()
    for code, valeurs in ETAPES.items():
        reponse = client.post(reverse(f"signalements:{code}", args=[dossier.cle]), {"page": code, **valeurs})
        assert reponse.status_code == 302, (code, reponse.context["form"].errors)
    return client, dossier


def test_chaque_page_du_certificat_se_relit(redige):
    client, dossier = redige
    for code in (*ETAPES, "pieces", "remettre"):
        assert client.get(reverse(f"signalements:{code}", args=[dossier.cle])).status_code == 200, code


@pytest.mark.parametrize(
    "phrase",
    [
        "Plaie de l’arcade, frappée par son conjoint.",
        "Lésions faites par un voisin.",
        "Coups volontaires au visage.",
        "Violences conjugales.",
        "Aspect d’agression sexuelle.",
        "Lésions compatibles avec un viol.",
        "La patiente a été frappée au bras.",
        "Son récit est véridique.",
        "Victime d’un pervers.",
    ],
)
@pytest.mark.parametrize("champ", ["constat", "doleances_physiques", "itt_reserves"])
def test_c33_ni_auteur_ni_volonte_ni_qualification_de_la_main_du_medecin(phrase, champ):
    cas = replace(COMPLET, faits_ecrits=phrase) if champ == "constat" else propre(COMPLET, **{champ: phrase})
    assert niveau("C33", cas) is Niveau.BLOQUANT


def test_c33_les_mots_de_la_personne_restent_entre_guillemets():
    assert niveau("C33", COMPLET) is None
    assert niveau("C33", propre(COMPLET, doleances_psychiques="Dit : « frappée par son mari ».")) is None


@pytest.mark.parametrize(
    ("reponses", "attendu"),
    [
        ({"itt": "", "itt_jours": None}, Niveau.BLOQUANT),
        ({"itt": "JOURS", "itt_jours": None}, Niveau.BLOQUANT),
        ({"itt": "JOURS", "itt_jours": 0}, None),
        ({"itt": "A_REEVALUER", "itt_jours": None}, None),
    ],
)
def test_c33_l_itt_est_donnee_en_jours_ou_dite_a_reevaluer(reponses, attendu):
    assert niveau("C33", propre(COMPLET, **reponses)) is attendu


@pytest.mark.parametrize(
    ("reponses", "age", "attendu"),
    [
        ({"remis_a": "TIERS"}, 34, Niveau.BLOQUANT),
        ({"remis_a": ""}, 34, Niveau.BLOQUANT),
        ({"remis_a": "REPRESENTANT_LEGAL"}, 34, Niveau.BLOQUANT),
        ({"remis_a": "REPRESENTANT_LEGAL", "representant_present": "sa tutrice"}, 34, None),
        ({"remis_a": "REPRESENTANT_LEGAL"}, 17, None),
        ({"remis_a": "AUTORITE_REQUERANTE"}, 34, Niveau.BLOQUANT),
        ({"remis_a": "AUTORITE_REQUERANTE", "requisition": "n° 12"}, 34, Niveau.BLOQUANT),
        ({"remis_a": "AUTORITE_REQUERANTE", "cadre": "REQUISITION", "requisition": "n° 12"}, 34, None),
        ({"remis_a": "VICTIME"}, 34, None),
    ],
)
def test_c34_ni_le_conjoint_ni_un_proche_ni_un_enqueteur_sans_requisition(reponses, age, attendu):
    assert niveau("C34", replace(propre(COMPLET, **reponses), age=age)) is attendu


@pytest.mark.parametrize(
    ("dite", "attendu"),
    [
        ("23 novembre 2026", Niveau.ALERTE),
        ("le 1er décembre 2026", Niveau.ALERTE),
        ("23/11/2026", Niveau.ALERTE),
        ("22 novembre 2026", None),
        ("31/02/2026", None),
        ("la veille", None),
        ("", None),
    ],
)
def test_c35_des_faits_posterieurs_a_l_examen_sont_signales(dite, attendu):
    assert niveau("C35", replace(COMPLET, date_faits=dite)) is attendu
    assert niveau("C35", replace(COMPLET, date_faits=dite, date_constat=None)) is None


def test_c37_pas_de_photographie_sans_un_accord_qui_la_couvre():
    avec = replace(COMPLET, pieces=frozenset({"Photographie"}))
    assert niveau("C37", avec) is None
    assert niveau("C37", propre(avec, photos_accord="NON")) is Niveau.BLOQUANT
    assert niveau("C37", propre(COMPLET, photos_accord="NON")) is None
    majeur = replace(avec, voie="MAJEUR_AVEC_ACCORD")
    assert niveau("C37", majeur) is Niveau.BLOQUANT
    assert niveau("C37", replace(majeur, accord_portee=frozenset({"PHOTOS"}))) is None
    assert "C37" in VOIES["MAJEUR_AVEC_ACCORD"].controles


def test_c38_une_identite_non_verifiee_est_signalee():
    assert niveau("C38", propre(COMPLET, identite_verifiee="NON")) is Niveau.ALERTE
    assert niveau("C38", propre(COMPLET, identite_verifiee="PIECE")) is None


def test_un_certificat_n_a_ni_destinataire_ni_copie_et_n_est_pas_une_voie_d_envoi():
    voie = EN_MAIN_PROPRE["CMI"]
    assert "CMI" not in VOIES
    assert (voie.destinataires, voie.copies, voie.copies_si) == (frozenset(), (), ())


def test_un_infirmier_lit_pourquoi_il_ne_peut_pas_l_ecrire_et_rien_ne_s_ouvre(distribution):
    client = distribution.client("infirmiere")
    adresse = reverse("signalements:nouveau", args=["cmi"])
    page = client.get(adresse).content.decode()
    assert "par le médecin qui a examiné la personne" in page
    assert client.post(adresse, {"cle": ""}).status_code == 403
    assert not Dossier.objects.exists()


def test_le_medecin_ecrit_remet_et_personne_d_autre_ne_recoit(redige, distribution):
    client, dossier = redige
    adresse = reverse("signalements:remettre", args=[dossier.cle])
    assert client.get(reverse("signalements:verifier", args=[dossier.cle])).url == adresse
    assert "ITT de 8 jours" in client.get(adresse).content.decode()
    apercu = texte(client.get(reverse("signalements:apercu", args=[dossier.cle])).content)
    assert "Aperçu avant remise" in apercu

    refus = client.post(adresse, {**REMISE, "remis_a": "TIERS"})
    assert refus.status_code == 200
    assert "ce sont des tiers" in refus.content.decode().replace("\u00a0", " ")
    dossier.refresh_from_db()
    assert (dossier.etat, dossier.reference) == ("BROUILLON", None)

    reponse = client.post(adresse, REMISE)
    assert reponse.url == reverse("signalements:remis", args=[dossier.cle])
    dossier.refresh_from_db()
    lu = lire(dossier)
    assert (dossier.etat, dossier.phase, dossier.transmis_le) == ("REMIS", "clos", None)
    assert canonique(lu)["destinataire"] == ""
    assert not Participation.objects.filter(content_object=dossier).exists()
    for qui in ("parquet", "opj", "infirmiere", "cadre", "prefecture"):
        assert not Dossier.objects.visibles_par(distribution.acteur(qui)).exists(), qui
        assert distribution.client(qui).get(reponse.url).status_code == 404, qui

    _lire_les_deux_papiers(dossier)
    page = client.get(reponse.url).content.decode()
    assert "À la personne elle-même" in page
    assert "CANARI-NOM-CMI" not in page, "l’identité reste masquée"
    assert client.post(adresse, REMISE).url == reverse("signalements:suivi", args=[dossier.cle])
    assert client.get(reverse("signalements:suivi", args=[dossier.cle])).url == reponse.url


def _lire_les_deux_papiers(dossier):
    papiers = {piece.intitule: texte(lire_fichier(piece.fichier)) for piece in dossier.pieces.exclude(document=None)}
    certificat, bordereau = papiers["Certificat médical initial"], papiers[en_main_propre.BORDEREAU]
    for mention in (
        "CANARI-NOM-CMI",
        "Vérifiée sur une pièce",
        "22 novembre 2026, 1 h 25",
        "Urgences",
        "« Il m’a poussée. »",
        "Douleur du bras",
        "1. Bras gauche, ecchymose, 3 × 2 cm, violacée",
        "Schéma des lésions",
        "Ne lève pas le bras",
        "Pleure pendant l’examen",
        "22 novembre 2026, 1 h 40",
        "Réglette de 10 cm",
        "ITT de 8 jours, sauf complication",
        "Sous réserve de complications",
        "Elle n’est pas un arrêt de travail",
        "Médecin",
    ):
        assert mention in certificat, mention
    for interdite in (
        "À l’attention de",
        "procureur",
        "Auteur désigné",
        "violences",
        "volontaire",
        "transmis",
        "Rappeler au",
    ):
        assert interdite not in certificat, interdite
    for mention in ("À la personne elle-même", "22 novembre 2026, 2 h 10", "CANARI-NOM-CMI"):
        assert mention in bordereau, mention
    for medicale in ("ecchymose", "ITT", "Pleure", "bras"):
        assert medicale not in bordereau, medicale


def test_un_certificat_ne_se_transmet_pas_ne_devient_pas_un_signalement_et_ne_se_classe_pas(redige, distribution):
    client, dossier = redige
    acteur = distribution.acteur("soignante")
    dossier.refresh_from_db()
    with pytest.raises(TransitionRefusee, match="son propre dossier"):
        depart.basculer(dossier=dossier, vers=VOIES["VC_SANS_ACCORD"], acteur=acteur)
    assert client.post(reverse("signalements:decision", args=[dossier.cle]), {}).status_code == 403
    adresse = reverse("signalements:changer_voie", args=[dossier.cle, "mineur-ip"])
    assert client.post(adresse).status_code == 403
    signalement = depart.commencer(voie=VOIES["MINEUR_IP"], cle=dossier.cle, acteur=acteur)
    assert client.post(reverse("signalements:changer_voie", args=[signalement.cle, "cmi"])).status_code == 403
    assert client.get(reverse("signalements:remettre", args=[signalement.cle])).url == reverse(
        "signalements:verifier", args=[signalement.cle]
    )
