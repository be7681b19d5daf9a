"""What disappears is frozen first and checked second: who keeps it, until when, who confirms, who is warned (R-19, R-20)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from dossiers.participations import parts_de
from presentation.templatetags.presentation import iso
from presentation.temps import date_fr
from requisitions import controles as c
from requisitions import gels
from requisitions import workflow as w
from requisitions.faits import faits_de
from requisitions.models import Gel
from tests.requisitions.test_parcours import pdf, poster
from tests.requisitions.test_regularisation import lire
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee

MIDI = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
GARDIENS = {"VIDEO": "securite", "TUBES": "labo", "LOGS": "dpo", "EFFETS": "securite"}
AUTRES = {
    objet: {"juriste", "garde", "medecin", "opj", "directrice", *GARDIENS.values()} - {qui}
    for objet, qui in GARDIENS.items()
}
OBJETS = sorted(GARDIENS)
# What a requester may write, and what neither a keeper, nor a paper, nor a notice may repeat.
CANARIS = {
    "mission": "CANARI-MISSION, bilan sanguin de Lucie Delcambre",
    "qualification": "CANARI-PENAL",
    "num_procedure": "CANARI-2026",
}


def au_complet(distribution):
    for qui in {*GARDIENS.values(), "juriste", "garde", "directrice"}:
        distribution.utilisateur(qui)


# Without a database: how long, and from when.


@pytest.mark.parametrize(
    ("objet", "connu", "fin"),
    [
        ("VIDEO", {"periode_du": MIDI - timedelta(days=3)}, MIDI + timedelta(days=27)),
        ("LOGS", {"periode_du": MIDI - timedelta(days=80)}, MIDI + timedelta(days=100)),
        ("TUBES", {"date_faits": date(2026, 11, 18)}, datetime(2026, 11, 25, tzinfo=MIDI.tzinfo)),
        ("EFFETS", {"date_faits": date(2026, 11, 10)}, datetime(2026, 12, 10, tzinfo=MIDI.tzinfo)),
        ("TUBES", {"periode_du": MIDI - timedelta(days=3)}, MIDI + timedelta(days=7)),
        ("VIDEO", {"date_faits": date(2026, 11, 1)}, MIDI + timedelta(days=30)),
        ("EFFETS", {}, MIDI + timedelta(days=30)),
        ("VIDEO", {"periode_du": MIDI + timedelta(days=9)}, MIDI + timedelta(days=30)),
    ],
)
def test_la_fin_se_compte_de_la_periode_ou_des_faits_et_a_defaut_de_la_reception(objet, connu, fin):
    assert gels.ecrasement(objet, recue_le=MIDI, **connu) == fin


@pytest.mark.parametrize("objet", OBJETS)
def test_l_etablissement_regle_ses_durees_et_la_page_les_dit(objet, settings):
    settings.CONSERVATION_JOURS = {**settings.CONSERVATION_JOURS, objet: 12}
    assert gels.ecrasement(objet, recue_le=MIDI) == MIDI + timedelta(days=12)
    assert "12\u00a0jours, comptés du" in gels.duree(objet)
    assert "ou de la réception" in gels.duree(objet)


def test_les_durees_par_defaut_sont_celles_du_document(settings):
    assert settings.CONSERVATION_JOURS == {"VIDEO": 30, "TUBES": 7, "LOGS": 180, "EFFETS": 30}


def test_on_rappelle_a_cinq_jours_puis_a_deux_et_plus_rien_ensuite():
    reste = {6: None, 5: 5, 3: 5, 2: 2, 1: 2, 0: None, -1: None}
    assert {jours: gels.jalon(timedelta(days=jours)) for jours in reste} == reste


@pytest.mark.parametrize("objet", OBJETS)
def test_r19_compare_l_heure_de_l_ordre_a_celle_de_la_reception(objet):
    grave = Niveau.BLOQUANT if objet == "VIDEO" else Niveau.ALERTE
    a_temps = c.Faits(
        cadre="FLAG", type_acte=objet, qualite="OPJ", recue_le=MIDI, maintenant=MIDI + timedelta(hours=3),
        gel_le=MIDI + timedelta(minutes=59), ecrasement_le=MIDI + timedelta(days=6),
    )  # fmt: skip
    assert c.r19(a_temps).message == f"Le gel n’est pas encore confirmé par {gels.REGLES[objet].gardee_par}."
    assert c.r19(replace(a_temps, gel_confirme=True)) is None
    tard = replace(a_temps, gel_le=MIDI + timedelta(minutes=61))
    assert (c.r19(tard).niveau, "dans l’heure" in c.r19(tard).message) == (grave, True)
    assert c.r19(replace(tard, gel_confirme=True)).niveau is Niveau.ALERTE, "gardé malgré tout : rien n’est barré"
    assert c.r19(replace(a_temps, gel_le=None)).niveau is grave
    assert c.r19(replace(a_temps, ecrasement_le=MIDI)).niveau is grave


@pytest.mark.parametrize("objet", OBJETS)
def test_r20_nomme_ce_qui_disparait_et_qui_relancer(objet):
    bientot = c.Faits(
        cadre="FLAG", type_acte=objet, qualite="OPJ", recue_le=MIDI, maintenant=MIDI, gel_le=MIDI,
        ecrasement_le=MIDI + timedelta(days=4),
    )  # fmt: skip
    message, regle = c.r20(bientot).message, gels.REGLES[objet]
    assert message.startswith(f"{regle.elements} {regle.finissent} ")
    assert message.endswith(f"relancez {regle.gardee_par}.")
    assert c.r20(replace(bientot, gel_confirme=True)) is None
    assert c.r20(replace(bientot, ecrasement_le=MIDI + timedelta(days=6))) is None


# The order itself.


@pytest.mark.parametrize("objet", OBJETS)
def test_une_requisition_irreguliere_est_gelee_quand_meme(objet, deposee, distribution, juriste):
    dossier = deposee(objet, cadre="PRELIM")
    assert "R-01" in {constat.numero for constat in c.controler(faits_de(dossier, dossier.requisition))}
    gel = Gel.objects.get(dossier=dossier)
    assert (gel.objet, gel.service.code) == (objet, gels.GARDIENS[objet])
    assert gel.ecrasement > timezone.now()
    due = dossier.echeances.get(nom="gel", tenue_le=None)
    assert due.echeance_le == gel.confirmer_avant == dossier.transmis_le + timedelta(hours=1)
    for qui in (GARDIENS[objet], "juriste", "garde"):
        assert parts_de(dossier, distribution.acteur(qui)), f"{qui} n’en sait rien"


@pytest.mark.parametrize("objet", OBJETS)
def test_qui_garde_confirme_et_personne_d_autre(objet, deposee, distribution):
    au_complet(distribution)
    dossier = deposee(objet)
    for qui in sorted(AUTRES[objet]):
        with pytest.raises(TransitionRefusee):
            w.confirmer_gel(dossier=dossier, acteur=distribution.acteur(qui), support="Ailleurs")
        reponse = distribution.client(qui).get(reverse("requisitions:gel", args=[dossier.cle]))
        assert reponse.status_code in {403, 404}, qui
    poster(distribution.client(GARDIENS[objet]), "gel", dossier, geste="geler", support="Coffre 2")
    gel = Gel.objects.get(dossier=dossier)
    assert gel.confirme_par == distribution.utilisateur(GARDIENS[objet])
    assert not dossier.echeances.filter(nom="gel", tenue_le=None).exists()


@pytest.mark.parametrize("objet", OBJETS)
@pytest.mark.parametrize("qui", ["juriste", "garde"])
def test_sans_compte_chez_qui_garde_un_gel_se_confirme_quand_meme(qui, objet, deposee, distribution):
    dossier = deposee(objet)
    client = distribution.client(qui)
    adresse = reverse("requisitions:gel", args=[dossier.cle])
    assert adresse in lire(client, "dossier", dossier)
    assert distribution.client("opj").get(adresse).status_code == 403
    poster(client, "gel", dossier, geste="geler", support="Par téléphone, coffre 2")
    assert Gel.objects.get(dossier=dossier).confirme_le
    assert adresse not in lire(client, "dossier", dossier)


def test_un_gel_ordonne_trop_tard_dit_son_heure_vraie(deposee, time_machine):
    time_machine.move_to(MIDI, tick=False)
    dossier = deposee("VIDEO")
    Dossier.objects.filter(pk=dossier.pk).update(transmis_le=MIDI - timedelta(hours=2))
    dossier.refresh_from_db()
    assert dossier.gel.ordonne_le == MIDI
    assert c.r19(faits_de(dossier, dossier.requisition)).message.startswith("Le gel doit être ordonné dans l’heure")


# What each reads.


@pytest.mark.parametrize("objet", OBJETS)
def test_qui_garde_lit_son_ordre_et_son_compte_a_rebours_jamais_les_faits(objet, deposee, distribution):
    dossier = deposee(objet, cible="Objet noir numéro 7", **CANARIS)
    client = distribution.client(GARDIENS[objet])
    arrivee = client.get(reverse("requisitions:ouvrir", args=[dossier.cle]))
    assert arrivee.url == reverse("requisitions:gel", args=[dossier.cle])
    html = lire(client, "gel", dossier)
    regle = gels.REGLES[objet]
    for mots in (
        "Objet noir numéro 7",
        regle.ordre,
        regle.fin,
        regle.ou,
        gels.duree(objet),
        iso(dossier.gel.ecrasement),
    ):
        assert mots in html, mots
    for secret in ("CANARI", "Delcambre", "Lucie", "bilan"):
        assert secret not in html, secret
    liste = client.get(reverse("requisitions:file")).content.decode()
    assert dossier.reference in liste
    assert iso(dossier.gel.confirmer_avant) in liste
    assert reverse("requisitions:file") in liste.split("</nav>")[0], "le menu mène à sa liste"


@pytest.mark.parametrize("objet", OBJETS)
@pytest.mark.parametrize("qui", ["juriste", "garde"])
def test_les_affaires_juridiques_et_la_garde_voient_le_meme_compte_a_rebours(qui, objet, deposee, distribution):
    au_complet(distribution)
    dossier = deposee(objet)
    html = lire(distribution.client(qui), "dossier", dossier)
    assert iso(dossier.gel.ecrasement) in html
    assert f"<dt>{gels.REGLES[objet].fin}</dt>" in html
    assert "Confirmer le gel" not in html


def test_le_laboratoire_retrouve_les_tubes_par_le_nom_montre_sur_motif(deposee, distribution):
    dossier = deposee("TUBES", **CANARIS)
    client = distribution.client("labo")
    poster(client, "identite", dossier, motif="REPONSE", page="gel")
    html = lire(client, "gel", dossier)
    assert "Delcambre" in html
    assert "CANARI" not in html


@pytest.mark.parametrize("objet", OBJETS)
def test_l_attestation_ne_dit_rien_du_soin_ni_du_patient(objet, deposee, distribution, ecrits):
    dossier = deposee(objet, cible="bilan de Lucie Delcambre" if objet != "VIDEO" else "Hall", **CANARIS)
    w.confirmer_gel(
        dossier=dossier, acteur=distribution.acteur(GARDIENS[objet]), support="CANARI-COFFRE des urgences",
        cameras="3 et 4" if objet == "VIDEO" else "bilan de Lucie Delcambre",
    )  # fmt: skip
    (mots,) = ecrits["pdf/requisition_gel.html"]
    assert f"{gels.REGLES[objet].limite} {date_fr(dossier.gel.ecrasement)}" in mots
    assert dossier.gel.get_objet_display() in mots
    for secret in (
        "CANARI-MISSION",
        "CANARI-PENAL",
        "CANARI-COFFRE",
        "Delcambre",
        "Lucie",
        "bilan",
        "urgences",
        "Laboratoire",
    ):
        assert secret not in mots, secret


@pytest.mark.parametrize("objet", OBJETS)
def test_ce_qui_n_existait_deja_plus_se_dit_au_requerant(objet, deposee, distribution):
    dossier = deposee(objet)
    gardien = distribution.client(GARDIENS[objet])
    sans_lieu = gardien.post(reverse("requisitions:gel", args=[dossier.cle]), {"geste": "geler"})
    assert list(sans_lieu.context["form"].errors) == ["support"]
    poster(gardien, "gel", dossier, geste="geler", perte="avant")
    assert "lit pourquoi les éléments manquent" in lire(gardien, "gel", dossier)
    assert Gel.objects.get(dossier=dossier).perte == "avant"
    assert not dossier.pieces.filter(intitule="Attestation de gel").exists()
    html = lire(distribution.client("opj"), "dossier", dossier)
    assert "Éléments déjà effacés ou détruits" in html
    assert "avant la réception de la demande" in html
    assert "par l’hôpital" not in html.split("Chronologie")[0].split("Éléments déjà")[1][:300]
    assert dossier.evenements.filter(libelle="Éléments déjà effacés ou détruits à la réception").exists()


# Who prepares the answer.


@pytest.mark.parametrize(("acte", "qui"), [("RH", "rh"), ("TUBES", "labo"), ("LOGS", "dpo")])
def test_le_service_qui_detient_prepare_la_reponse_sans_lire_les_faits(acte, qui, affectee, distribution, juriste):
    dossier = affectee(acte, **CANARIS)
    client = distribution.client(qui)
    assert dossier.reference in client.get(reverse("requisitions:file")).content.decode()
    depart = client.get(reverse("requisitions:ouvrir", args=[dossier.cle]), follow=True).content.decode()
    assert reverse("requisitions:reponse", args=[dossier.cle]) in depart
    html = lire(client, "reponse", dossier)
    assert "Passage du 21 novembre." in html, "la consigne lui est adressée"
    for interdit in ("CANARI", "Delcambre", "Mettre à disposition"):
        assert interdit not in depart + html, interdit
    poster(client, "reponse", dossier, geste="verser", intitule="Relevé demandé", fichier=pdf())
    dossier.refresh_from_db()
    assert dossier.etat == "EN_EXECUTION"
    assert dossier.pieces.get(intitule="Relevé demandé").service.code == gels.GARDIENS.get(acte, "CHV-DRH")
    assert "Relevé demandé" in lire(client, "reponse", dossier)
    assert "Relevé demandé" in lire(distribution.client("juriste"), "reponse", dossier)


@pytest.mark.parametrize("acte", ["RH", "TUBES", "LOGS"])
def test_les_affaires_juridiques_preparent_a_la_place_d_un_service_sans_compte(acte, affectee, distribution):
    dossier = affectee(acte)
    poster(distribution.client("juriste"), "reponse", dossier, geste="verser", intitule="Relevé", fichier=pdf())
    dossier.refresh_from_db()
    assert dossier.etat == "EN_EXECUTION"


@pytest.mark.parametrize("qui", ["cadre", "soignante", "dpo", "securite", "labo"])
def test_qui_n_est_pas_des_ressources_humaines_ne_sait_rien_d_une_demande_rh(qui, affectee, distribution):
    adresse = reverse("requisitions:reponse", args=[affectee("RH").cle])
    assert distribution.client(qui).get(adresse).status_code == 404
