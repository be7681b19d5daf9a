"""The certificates of non-excision and of vulnerability: written by the doctor who examined, handed over, sent to nobody."""

from dataclasses import replace

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Participation
from signalements.contenu import lire
from signalements.controles import CONTROLES, Faits
from signalements.voies import EN_MAIN_PROPRE
from tests.coffre_ouvert import lire as lire_fichier
from tests.imprime import texte
from tests.signalements.situation import references
from transitions.verdict import Niveau

IDENTITE = {"nom": "CANARI-NOM-CERT", "prenoms": "Lise", "sexe": "F", "identite_verifiee": "PIECE", "interprete": "NON"}
EXAMEN = {
    "date_constat": "2026-11-22T01:25",
    "a_examine": "on",
    "cadre": "DEMANDE_VICTIME",
    "lieu_examen": "Consultation de pédiatrie",
    "numero_certificat": "1",
}
ETAPES = {
    "non-excision": {
        "personne": {**IDENTITE, "age": "9"},
        "faits": {
            **EXAMEN,
            "faits_observes": "Organes génitaux externes sans lésion.",
            "moment": "AVANT",
            "examen_accepte_par": "Sa mère, présente",
        },
        "danger": {"conclusion": "AUCUNE"},
    },
    "vulnerabilite": {
        "personne": {**IDENTITE, "age": "84"},
        "faits": {
            **EXAMEN,
            "faits_observes": "Désorientée dans le temps.",
            "propos_rapportes": "Elle déclare : « Je ne sais pas où est mon argent. »",
        },
        "danger": {
            "elements": ["INCAPACITE_PSYCHIQUE"],
            "elements_constates": "Ne reconnaît pas ses proches.",
            "peut_etre_entendue": "NON",
            "conclusion": "HORS_D_ETAT",
        },
    },
}
CONCLUSIONS = {
    "non-excision": "À ce jour, l’examen ne montre aucune mutilation sexuelle.",
    "vulnerabilite": "À ce jour, son état l’empêche de se protéger.",
}
IMPRIMES = {
    "non-excision": (
        "Avant un voyage",
        "Sa mère, présente",
        "Organes génitaux externes sans lésion",
        "au retour du voyage",
    ),
    "vulnerabilite": (
        "« Je ne sais pas où est mon argent. »",
        "Une incapacité psychique",
        "Ne reconnaît pas ses proches",
    ),
}
REMISE = {"remis_le": "2026-11-22T02:10", "atteste": "on"}


@pytest.fixture(params=ETAPES)
def redige(request, distribution):
    """A certificate written by its doctor, in the pages."""
    references()
    client = distribution.client("soignante")
    client.post(reverse("signalements:nouveau", args=[request.param]), {"cle": ""})
    dossier = Dossier.objects.get()
    for code, valeurs in ETAPES[request.param].items():
        reponse = client.post(reverse(f"signalements:{code}", args=[dossier.cle]), {"page": code, **valeurs})
        assert reponse.status_code == 302, (code, reponse.context["form"].errors)
    return client, dossier, request.param


def lu(reponse) -> str:
    return " ".join(reponse.content.decode().replace("\xa0", " ").split())


def test_il_s_ecrit_se_relit_et_se_remet_a_la_personne_seule(redige, distribution):
    client, dossier, quel = redige
    adresse = reverse("signalements:remettre", args=[dossier.cle])
    assert CONCLUSIONS[quel] in lu(client.get(adresse))
    refus = client.post(adresse, {**REMISE, "remis_a": "TIERS"})
    assert "ce sont des tiers" in lu(refus)
    reponse = client.post(adresse, {**REMISE, "remis_a": "VICTIME"})
    dossier.refresh_from_db()
    assert (dossier.etat, dossier.phase, dossier.transmis_le) == ("REMIS", "clos", None)
    assert not Participation.objects.filter(content_object=dossier).exists()
    assert CONCLUSIONS[quel] in lu(client.get(reponse.url))
    for qui in ("parquet", "infirmiere", "crip"):
        assert distribution.client(qui).get(reponse.url).status_code == 404, qui

    titre = EN_MAIN_PROPRE[dossier.variante].titre_document
    papiers = {piece.intitule: texte(lire_fichier(piece.fichier)) for piece in dossier.pieces.exclude(document=None)}
    imprime = " ".join(papiers[titre].split())
    for mention in (titre, "CANARI-NOM-CERT", "Vérifiée sur une pièce", CONCLUSIONS[quel], *IMPRIMES[quel]):
        assert mention in imprime, mention
    for interdite in (
        "ITT",
        "Schéma des lésions",
        "Aucune lésion n’est placée",
        "procureur de la République",
        "Auteur désigné",
    ):
        assert interdite not in imprime, interdite


def test_il_demande_sa_conclusion_et_le_second_porte_son_numero(redige):
    client, dossier, quel = redige
    valeurs = {**ETAPES[quel]["danger"], "conclusion": ""}
    page = client.post(reverse("signalements:danger", args=[dossier.cle]), {"page": "danger", **valeurs})
    assert page.status_code == 200
    assert "Choisissez" in lu(page)
    faits = {**ETAPES[quel]["faits"], "numero_certificat": "2"}
    client.post(reverse("signalements:faits", args=[dossier.cle]), {"page": "faits", **faits})
    assert f"{lire(dossier).voie.titre_document} n° 2" in lu(
        client.get(reverse("signalements:remettre", args=[dossier.cle]))
    )


def test_un_infirmier_lit_pourquoi_il_ne_peut_pas_l_ecrire(distribution):
    references()
    client = distribution.client("infirmiere")
    for quel in ETAPES:
        adresse = reverse("signalements:nouveau", args=[quel])
        assert "par le médecin qui a examiné la personne" in lu(client.get(adresse))
        assert client.post(adresse, {"cle": ""}).status_code == 403
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("voie", ["NON_EXCISION", "VULNERABILITE"])
def test_c33_et_c34_tiennent_pour_tout_certificat(voie):
    cas = Faits(voie=voie, age=34, faits_ecrits="Désorientée.", propres={"remis_a": "VICTIME"})
    assert CONTROLES["C33"](cas) is None, "aucune ITT n’est demandée"
    nomme = replace(cas, faits_ecrits="Négligée par son fils.")
    assert (CONTROLES["C33"](nomme) or None).niveau is Niveau.BLOQUANT
    ecrit = replace(cas, propres={**cas.propres, "elements_constates": "Victime de maltraitance."})
    assert (CONTROLES["C33"](ecrit) or None).niveau is Niveau.BLOQUANT
    assert CONTROLES["C34"](cas) is None
    assert CONTROLES["C34"](replace(cas, propres={"remis_a": "TIERS"})).niveau is Niveau.BLOQUANT


def test_un_certificat_de_vulnerabilite_concerne_un_adulte_et_ne_joint_aucune_piece():
    for voie in EN_MAIN_PROPRE.values():
        assert voie.professions == {"MEDECIN"}
        assert voie.destinataires == frozenset()
    assert "pieces" in EN_MAIN_PROPRE["NON_EXCISION"].sans
    assert 17 not in EN_MAIN_PROPRE["VULNERABILITE"].ages
