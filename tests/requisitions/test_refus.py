"""A refusal in two persons: legal affairs propose, the direction signs or sends back, the requester learns it once."""

import uuid
from datetime import datetime

import pytest
import yaml
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.rattachements import rattacher
from dossiers.boite import compter
from dossiers.echeances import PARIS
from dossiers.models import Dossier
from fiches.models import ReferenceLegale
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.annonces.relances import relancer_les_refus
from requisitions.lettres.motifs import BASES, SELON_LE_CADRE, base_du_refus
from requisitions.models import RefusPropose, Requisition
from requisitions.notifications import prevenir_du_refus
from tests.distribution import DONNEES
from transitions.workflow import TransitionRefusee

TEXTES = (
    ("CPP-77-1", "Code de procédure pénale", "77-1"),
    ("CPP-77-1-1", "Code de procédure pénale", "77-1-1"),
    ("CPP-60-1", "Code de procédure pénale", "60-1"),
    ("CP-226-13", "Code pénal", "226-13"),
    ("CC-388", "Code civil", "388"),
)
TEXTE = "CANARI-REFUS, l’accord du médecin manque."


@pytest.fixture
def controlee(deposee, juriste, directrice):
    def faire(type_acte="DOSSIER", **champs):
        return w.controler(dossier=deposee(type_acte, **champs), acteur=juriste)

    return faire


@pytest.fixture
def proposee(controlee, juriste):
    def faire(type_acte="DOSSIER", **champs):
        dossier = controlee(type_acte, **champs)
        refus = w.proposer_refus(dossier=dossier, acteur=juriste, motif="secret", texte=TEXTE)
        return Dossier.objects.get(pk=dossier.pk), refus

    return faire


def page(client, dossier, nom="dossier"):
    return client.get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode()


def prevenus():
    return dict(Avis.objects.order_by("pk").values_list("destinataire__courriel", "texte"))


def test_le_refus_propose_ne_change_rien_et_ne_se_dit_pas_dehors(proposee, distribution):
    dossier, _ = proposee()
    assert dossier.etat == "EN_CONTROLE"
    assert not dossier.pieces.filter(intitule="Refus motivé").exists()
    opj = distribution.client("opj")
    assert "CANARI-REFUS" in page(distribution.client("juriste"), dossier)
    for adresse in (reverse("requisitions:dossier", args=[dossier.cle]), reverse("requisitions:miennes")):
        html = opj.get(adresse).content.decode()
        assert "CANARI-REFUS" not in html
        assert "efus" not in html
    assert opj.get(reverse("requisitions:visa", args=[dossier.cle])).status_code == 403
    distribution.utilisateur("parquet")
    assert not Dossier.objects.visibles_par(distribution.acteur("parquet")).filter(pk=dossier.pk).exists()


def test_l_heure_du_visa_ne_deplace_pas_le_delai_que_lit_le_requerant(controlee, juriste):
    dossier = controlee(urgence="IMMEDIATE")
    avant = dossier.participations.order_by("pk").values_list("group_id", "echeance_tri")
    lus = dict(avant)
    w.proposer_refus(dossier=dossier, acteur=juriste, motif="secret", texte=TEXTE)
    assert {groupe: tri for groupe, tri in dict(avant.all()).items() if groupe in lus} == lus


def test_le_visa_envoie_la_lettre_proposee_et_la_copie_au_parquet(proposee, distribution):
    dossier, refus = proposee()
    directrice = distribution.client("directrice")
    assert "CANARI-REFUS" in page(directrice, dossier, "visa")
    donnees = {"proposition": refus.cle, "geste": "viser"}
    directrice.post(reverse("requisitions:visa", args=[dossier.cle]), donnees)
    dossier.refresh_from_db()
    assert dossier.etat == "REFUSEE"
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert (lettre.refus_motif, lettre.refus_texte) == ("secret", TEXTE)
    ecrit = dossier.pieces.get(intitule="Refus motivé")
    assert set(ecrit.remise_a.values_list("code", flat=True)) == {"POLICE-CSP", "PARQUET-PERM"}
    assert "CANARI-REFUS" in page(distribution.client("opj"), dossier)


def test_les_affaires_juridiques_ne_visent_pas_et_la_direction_ne_propose_pas(proposee, controlee, juriste, directrice):
    dossier, refus = proposee()
    with pytest.raises(TransitionRefusee, match="visa de la direction"):
        w.refuser(dossier=dossier, acteur=juriste, proposition=refus.cle)
    autre = controlee()
    with pytest.raises(TransitionRefusee, match="se propose par les affaires juridiques"):
        w.proposer_refus(dossier=autre, acteur=directrice, motif="secret", texte=TEXTE)


def test_qui_tient_les_deux_roles_ne_vise_pas_ce_qu_il_a_propose(controlee, distribution):
    cumul = distribution.utilisateur("juriste2")
    rattacher(utilisateur=cumul, service=distribution.service("CHV-DIR"), role=Role.DIRECTION, acteur=None)
    qui = distribution.acteur("juriste2")
    dossier = controlee()
    refus = w.proposer_refus(dossier=dossier, acteur=qui, motif="secret", texte=TEXTE)
    for verbe, plus in ((w.refuser, {}), (w.renvoyer_refus, {"mot": "Non."})):
        with pytest.raises(TransitionRefusee, match="une autre personne de la direction"):
            verbe(dossier=dossier, acteur=qui, proposition=refus.cle, **plus)
    decide = {"decision": "vise", "decide_le": timezone.now(), "decide_par": cumul}
    with pytest.raises(IntegrityError, match="refus_deux_personnes"), transaction.atomic():
        RefusPropose.objects.filter(pk=refus.pk).update(**decide)


def test_le_second_compte_de_la_meme_personne_ne_vise_pas(proposee, distribution, directrice):
    dossier, refus = proposee()
    juriste = distribution.utilisateur("juriste")
    User.objects.filter(pk=directrice.utilisateur_id).update(nom=juriste.nom.upper(), prenom=juriste.prenom)
    with pytest.raises(TransitionRefusee, match="même nom"):
        w.refuser(dossier=dossier, acteur=directrice, proposition=refus.cle)
    assert "Viser et envoyer le refus" not in page(distribution.client("juriste"), dossier, "visa")
    refus.refresh_from_db()
    assert refus.decision == ""


def test_la_direction_renvoie_avec_un_mot_que_le_requerant_ne_lit_pas(proposee, distribution):
    dossier, refus = proposee()
    directrice, juriste = distribution.client("directrice"), distribution.client("juriste")
    adresse = reverse("requisitions:visa", args=[dossier.cle])
    muette = directrice.post(adresse, {"proposition": refus.cle, "geste": "renvoyer", "mot": ""})
    assert "ce qui est à revoir." in muette.content.decode()
    directrice.post(adresse, {"proposition": refus.cle, "geste": "renvoyer", "mot": "CANARI-MOT"})
    dossier.refresh_from_db()
    assert dossier.etat == "EN_CONTROLE"
    assert "CANARI-MOT" in page(juriste, dossier)
    assert "CANARI-REFUS" in page(juriste, dossier, "refus"), "rien de ce qui était écrit n’est perdu"
    assert "CANARI" not in page(distribution.client("opj"), dossier)


def test_une_proposition_retiree_puis_refaite_ne_se_vise_pas_a_l_aveugle(proposee, juriste, directrice):
    dossier, lue = proposee()
    w.retirer_refus(dossier=dossier, acteur=juriste, proposition=lue.cle)
    w.proposer_refus(dossier=dossier, acteur=juriste, motif="sans_objet", texte="Autre chose.")
    for cle in (lue.cle, uuid.uuid4()):
        with pytest.raises(TransitionRefusee, match="n’attend plus de visa"):
            w.refuser(dossier=dossier, acteur=directrice, proposition=cle)


def test_rien_ne_contredit_un_refus_qui_attend(proposee, juriste, distribution):
    dossier, refus = proposee()
    with pytest.raises(TransitionRefusee, match="Retirez d’abord"):
        w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    with pytest.raises(TransitionRefusee, match="Retirez d’abord"):
        w.valider(dossier=dossier, acteur=juriste)
    with pytest.raises(TransitionRefusee, match="attend déjà"):
        w.proposer_refus(dossier=dossier, acteur=juriste, motif="secret", texte=TEXTE)
    client = distribution.client("juriste")
    assert "Retirez d’abord la proposition." in page(client, dossier)
    client.post(reverse("requisitions:retirer_refus", args=[dossier.cle]), {"proposition": refus.cle})
    w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")


def test_la_page_des_raisons_ne_promet_pas_ce_qu_un_refus_retient(proposee, juriste):
    dossier, _ = proposee()
    for nom in ("valider", "regulariser"):
        assert "attend le visa" in w.WORKFLOW.verdict(nom, dossier, juriste).raison


def test_le_requerant_peut_toujours_renoncer(proposee, opj, directrice):
    dossier, refus = proposee()
    w.annuler(dossier=dossier, acteur=opj, motif="Affaire close.")
    with pytest.raises(TransitionRefusee):
        w.refuser(dossier=dossier, acteur=directrice, proposition=refus.cle)


def test_sans_personne_pour_viser_le_refus_ne_se_propose_pas(deposee, juriste):
    dossier = w.controler(dossier=deposee("DOSSIER"), acteur=juriste)
    with pytest.raises(TransitionRefusee, match="personne de la direction"):
        w.proposer_refus(dossier=dossier, acteur=juriste, motif="secret", texte=TEXTE)


@pytest.mark.parametrize(
    ("urgence", "a", "avant"),
    [
        ("IMMEDIATE", (2026, 11, 28, 3, 0), (2026, 11, 28, 3, 30)),
        ("JOUR", (2026, 11, 28, 3, 0), (2026, 11, 28, 5, 0)),
        ("ORDINAIRE", (2026, 11, 28, 3, 0), (2026, 11, 30, 11, 0)),
        ("ORDINAIRE", (2026, 11, 30, 10, 0), (2026, 11, 30, 12, 0)),
    ],
)
def test_l_ecrit_est_du_en_deux_heures_et_trente_minutes_en_garde_a_vue(proposee, time_machine, urgence, a, avant):
    time_machine.move_to(datetime(*a, tzinfo=PARIS), tick=False)
    _, refus = proposee(urgence=urgence)
    assert refus.viser_avant == datetime(*avant, tzinfo=PARIS)


def test_un_refus_n_attend_jamais_en_silence(proposee, time_machine, juriste, directrice):
    time_machine.move_to(datetime(2026, 11, 28, 3, 0, tzinfo=PARIS), tick=False)
    dossier, refus = proposee(urgence="IMMEDIATE")
    prevenir_du_refus({"refus": refus.pk, "jalon": "propose"})
    assert prevenus() == {"directrice@demo.test": f"Refus à viser : {dossier.reference}"}
    relancer_les_refus()
    Avis.objects.all().delete()
    time_machine.move_to(datetime(2026, 11, 28, 3, 31, tzinfo=PARIS), tick=False)
    prevenir_du_refus({"refus": refus.pk, "jalon": "retard"})
    assert prevenus()["directrice@demo.test"].startswith("Refus toujours sans visa")
    assert prevenus()["juriste@demo.test"].startswith("Refus sans visa, appelez la direction")
    Avis.objects.all().delete()
    w.renvoyer_refus(dossier=dossier, acteur=directrice, proposition=refus.cle, mot="À revoir.")
    prevenir_du_refus({"refus": refus.pk, "jalon": "renvoye"})
    assert prevenus() == {"juriste@demo.test": f"Refus renvoyé par la direction : {dossier.reference}"}


def test_la_direction_a_sa_liste_des_refus_a_viser(proposee, controlee, directrice, distribution):
    dossier, refus = proposee()
    controlee()
    client = distribution.client("directrice")
    html = client.get(reverse("requisitions:file")).content.decode()
    assert dossier.reference in html
    assert f"{refus.viser_avant.astimezone(PARIS):%Y-%m-%dT%H:%M}" in html, "elle lit l’heure du visa"
    assert compter(directrice, phases=("en_cours",)) == 1, "elle ne reçoit que ce qui lui est proposé"
    w.refuser(dossier=dossier, acteur=directrice, proposition=refus.cle)
    vide = client.get(reverse("requisitions:file")).content.decode()
    assert "Aucun refus à viser." in vide


def test_la_lettre_se_lit_avant_de_monter(controlee, distribution):
    dossier = controlee()
    donnees = {"motif": "secret", "texte": TEXTE, "geste": "lire"}
    reponse = distribution.client("juriste").post(reverse("requisitions:refus", args=[dossier.cle]), donnees)
    html = reponse.content.decode()
    assert html.count("CANARI-REFUS") == 2, "dans son champ et dans la lettre"
    assert "Ordre des médecins" in html
    assert not RefusPropose.objects.exists()


@pytest.mark.parametrize(
    ("motif", "cadre", "jour", "attendu"),
    [
        (
            "incompetence",
            "PRELIM",
            "2026-11-27",
            "Code de procédure pénale 77-1\u00a0; Code de procédure pénale 77-1-1",
        ),
        ("incompetence", "FLAG", "2026-11-27", ""),
        ("secret", "FLAG", "2026-11-27", "Code de procédure pénale 60-1\u00a0; Code pénal 226-13"),
        ("secret", "CR", "2026-11-27", "Code pénal 226-13"),
        ("pubertaire", "PRELIM", "2026-11-27", "Code civil 388"),
        ("sans_objet", "FLAG", "2026-11-27", ""),
    ],
)
def test_un_refus_porte_le_texte_que_la_convention_lui_donne(db, motif, cadre, jour, attendu, time_machine):
    """§2.12: ground, text, way that stays open; §2.3 gives the text, a dated row."""
    for cle, code, article in TEXTES:
        ReferenceLegale.objects.create(cle=cle, code=code, article=article, libelle="Texte.", debut="2000-01-01")
    time_machine.move_to(f"{jour}T12:00+01:00", tick=False)
    assert base_du_refus(motif, cadre) == attendu


def test_un_article_renumerote_se_cite_sous_son_nouveau_numero(db, time_machine):
    nouveau = ReferenceLegale.objects.create(cle="N", code="Code", article="L. 1", libelle="Neuf.", debut="2029-01-01")
    ReferenceLegale.objects.create(
        cle="CC-388",
        code="Code civil",
        article="388",
        libelle="Âge.",
        debut="1804-03-21",
        fin="2028-12-31",
        successeur=nouveau,
    )
    time_machine.move_to("2029-01-02T12:00+01:00", tick=False)
    assert base_du_refus("pubertaire", "PRELIM") == "Code L. 1"


def test_chaque_texte_cite_par_un_refus_est_une_ligne_de_la_base():
    connues = {ligne["cle"] for ligne in yaml.safe_load((DONNEES / "references.yaml").read_text("utf-8"))["references"]}
    assert {cle for cles in (*BASES.values(), *SELON_LE_CADRE.values()) for cle in cles} <= connues
