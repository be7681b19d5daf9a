"""SEC-07: break-glass, scenario by scenario."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.test import Client
from django.utils import timezone

from convention.rattachements import terminer as terminer_rattachement
from dossiers import bris_de_glace
from dossiers.models import BrisDeGlace, Dossier, Exclusion
from dossiers.suivi import relater
from journal.models import Entree
from notifications.battement import battre
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.requisitions import fabrique as de_requisition
from tests.signalements.situation import JETON, transmis
from transitions.workflow import TransitionRefusee

MOTIF = "Retour de la patiente aux urgences, auteur du dossier injoignable."
OUVRIR, LISTE = "/acces-exceptionnels/ouvrir/", "/acces-exceptionnels/"
MONDE = ("soignante", "infirmiere", "cadre", "juriste", "garde", "directrice", "dpo", "admin_chv", "securite",
         "opj", "etranger", "maison_arret", "parquet")  # fmt: skip
Travailler = Callable[[], int]
SCENARIOS: list[Callable[..., None]] = []


def scenario(fonction: Callable[..., None]) -> Callable[..., None]:
    """One of the twelve of SEC-07: played on the same world, then undone."""
    SCENARIOS.append(fonction)
    return fonction


@pytest.fixture
def dossier(distribution: Distribution) -> Dossier:
    """Written by a doctor of the emergency ward, addressed to the parquet: her colleagues know nothing of it."""
    for nom in MONDE:
        distribution.utilisateur(nom)
    return transmis(distribution.acteur("soignante"))


def eleve(client: Client) -> Client:
    session = client.session
    session["eleve_le"] = int(time.time())
    session.save()
    return client


def envoi(dossier: Dossier, **autres: str) -> dict[str, str]:
    return {"reference": dossier.reference or "", "raison": "SECURITE", "motif": MOTIF, **autres}


def ouvrir(distribution: Distribution, dossier: Dossier, nom: str = "infirmiere") -> Client:
    client = eleve(distribution.client(nom))
    assert client.post(OUVRIR, envoi(dossier)).status_code == 302
    return client


def page(dossier: Dossier) -> str:
    return f"/signalements/{dossier.cle}/consultation/"


@scenario
def un_soignant_ouvre_une_heure_sur_motif(distribution: Distribution, dossier: Dossier, travailler: Travailler) -> None:
    client = eleve(distribution.client("infirmiere"))
    assert client.get(page(dossier)).status_code == 404
    reponse = client.post(OUVRIR, envoi(dossier))
    assert (reponse.status_code, reponse["Location"]) == (302, page(dossier))
    lu = client.get(page(dossier)).content.decode()
    assert JETON["faits"] in lu
    assert JETON["nom"] not in lu
    assert "en lecture seule" in lu
    bris = BrisDeGlace.objects.get()
    assert bris.expire_le - bris.ouvert_le <= timedelta(minutes=60, seconds=5)
    entree = Entree.objects.get(action="bris_de_glace")
    assert entree.cle == dossier.cle
    assert MOTIF not in entree.contenu


@scenario
def sans_motif_ou_en_dix_neuf_caracteres_rien_ne_s_ouvre(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    client = eleve(distribution.client("infirmiere"))
    for motif in ("", " " * 40, "a" * 19, "abc" + " " * 30 + "def"):
        reponse = client.post(OUVRIR, envoi(dossier, motif=motif))
        assert reponse.status_code == 200, motif
    assert client.post(OUVRIR, envoi(dossier, raison="AUTRE")).status_code == 200
    assert client.post(OUVRIR, envoi(dossier, raison="")).status_code == 200
    assert not BrisDeGlace.objects.exists()
    with pytest.raises(TransitionRefusee, match="20 caractères"):
        bris_de_glace.briser(acteur=distribution.acteur("infirmiere"), **envoi(dossier, motif="x" * 19))
    with pytest.raises(TransitionRefusee, match="raison"):
        bris_de_glace.briser(acteur=distribution.acteur("infirmiere"), **envoi(dossier, raison="AUTRE"))


@scenario
def sans_preuve_d_identite_rien_ne_s_ouvre(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    client = distribution.client("infirmiere")
    session = client.session
    session["eleve_le"] = int(time.time()) - 6 * 60
    session.save()
    assert client.get(OUVRIR).status_code == 302
    reponse = client.post(OUVRIR, envoi(dossier))
    assert reponse.status_code == 200
    assert MOTIF in reponse.content.decode()
    assert not BrisDeGlace.objects.exists()


@scenario
def apres_soixante_minutes_le_dossier_n_existe_plus(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    client = ouvrir(distribution, dossier)
    assert client.get(page(dossier)).status_code == 200
    acteur = distribution.acteur("infirmiere")
    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        assert Dossier.objects.visibles_par(acteur).filter(pk=dossier.pk).exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert not Dossier.objects.visibles_par(acteur).filter(pk=dossier.pk).exists()
    BrisDeGlace.objects.update(
        ouvert_le=timezone.now() - timedelta(minutes=61), expire_le=timezone.now() - timedelta(seconds=1)
    )
    assert client.get(page(dossier)).status_code == 404


@scenario
def une_personne_ecartee_lit_la_meme_reponse_qu_une_reference_inventee(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    ecartee = distribution.utilisateur("infirmiere")
    Exclusion.objects.create(dossier=dossier, utilisateur=ecartee, pose_par=distribution.utilisateur("soignante"))
    client = eleve(distribution.client("infirmiere"))

    def reponse(reference: str) -> str:
        recue = client.post(OUVRIR, envoi(dossier, reference=reference))
        assert recue.status_code == 200
        return recue.content.decode()

    assert bris_de_glace.INTROUVABLE in reponse(dossier.reference or "")
    assert bris_de_glace.INTROUVABLE in reponse("SIG-2026-9999")
    assert not BrisDeGlace.objects.exists()


@scenario
def etre_ecarte_pendant_l_heure_referme_aussitot(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    client = ouvrir(distribution, dossier)
    Exclusion.objects.create(
        dossier=dossier,
        utilisateur=distribution.utilisateur("infirmiere"),
        pose_par=distribution.utilisateur("soignante"),
    )
    assert client.get(page(dossier)).status_code == 404
    assert client.get(f"/dossiers/{dossier.cle}/acces/").status_code == 404


@scenario
def un_autre_etablissement_ou_un_autre_role_n_ouvre_rien(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    for nom in ("opj", "etranger", "securite", "dpo", "admin_chv", "maison_arret"):
        client = eleve(distribution.client(nom))
        assert client.get(OUVRIR).status_code == 403, nom
        assert client.post(OUVRIR, envoi(dossier)).status_code == 403, nom
    requisition = de_requisition.ouvrir(distribution)
    Dossier.objects.filter(pk=dossier.pk).update(service_emetteur=distribution.service("POLICE-CSP"))
    client = eleve(distribution.client("infirmiere"))
    assert client.post(OUVRIR, envoi(dossier)).status_code == 200
    assert not BrisDeGlace.objects.exists()
    assert client.post(OUVRIR, envoi(requisition)).status_code == 302  # the hospital takes part in that one


@scenario
def rien_ne_s_ecrit_par_un_acces_exceptionnel(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    client = ouvrir(distribution, dossier)
    avant = Dossier.objects.get(pk=dossier.pk)
    chemins = [
        f"/dossiers/{dossier.cle}/attribuer/",
        f"/dossiers/{dossier.cle}/acces/ecarter/",
        f"/signalements/{dossier.cle}/suivi/",
        f"/signalements/{dossier.cle}/reevaluer/",
        f"/signalements/{dossier.cle}/identite/suivi/",
        f"/signalements/{dossier.cle}/verifier/",
        f"/parquet/{dossier.cle}/accuser/",
        f"/parquet/{dossier.cle}/suite/",
    ]
    refus = 0
    for chemin in chemins:
        for methode in (client.post, client.put, client.patch, client.delete):
            reponse = methode(chemin)
            # Another verb than POST may be turned away sooner, for what it is.
            assert reponse.status_code == 403 or (reponse.status_code == 405 and methode != client.post), chemin
            assert reponse.status_code == 405 or bris_de_glace.LECTURE_SEULE in reponse.content.decode()
            refus += 1
    apres = Dossier.objects.get(pk=dossier.pk)
    assert (avant.version, avant.etat, avant.derniere_activite) == (apres.version, apres.etat, apres.derniere_activite)
    with pytest.raises(TransitionRefusee, match="lire, pas d’agir"):
        relater(dossier=dossier, nom="attribuer", libelle="Suivi pris", acteur=distribution.acteur("infirmiere"))
    consigner("sec-07-lecture-seule", tentatives=refus, acceptees=0)


@scenario
def les_responsables_sont_prevenus_tout_de_suite(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    travailler()
    mail.outbox.clear()
    Avis.objects.all().delete()
    ouvrir(distribution, dossier)
    travailler()
    prevenus = {avis.destinataire.courriel for avis in Avis.objects.select_related("destinataire")}
    assert prevenus == {"cadre@demo.test", "dpo@demo.test"}
    assert {courriel.to[0] for courriel in mail.outbox} == prevenus
    for courriel in mail.outbox:
        assert MOTIF not in courriel.body
        assert JETON["nom"] not in courriel.body
    Exclusion.objects.create(
        dossier=dossier, utilisateur=distribution.utilisateur("cadre"), pose_par=distribution.utilisateur("soignante")
    )
    Avis.objects.all().delete()
    ouvrir(distribution, dossier, "juriste")
    travailler()
    # Her head is excluded from the case: the management is told in her place.
    prevenus = {avis.destinataire.courriel for avis in Avis.objects.select_related("destinataire")}
    assert prevenus == {"directrice@demo.test", "dpo@demo.test"}


@scenario
def messagerie_coupee_l_acces_reste_enregistre_et_l_avis_part_ensuite(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    travailler()

    def couper(*args: Any) -> int:
        raise OSError("messagerie coupée")

    client = ouvrir(distribution, dossier)
    assert client.get(page(dossier)).status_code == 200
    envoi_du_bris = Envoi.objects.get(sujet=bris_de_glace.SUJET)
    with pytest.MonkeyPatch.context() as panne:
        panne.setattr(EmailBackend, "send_messages", couper)
        with pytest.raises(OSError, match="coupée"):
            executer(envoi_du_bris.pk)
    envoi_du_bris.refresh_from_db()
    assert envoi_du_bris.fait_le is None
    assert BrisDeGlace.objects.filter(dossier=dossier).exists()
    assert Entree.objects.filter(action="bris_de_glace", cle=dossier.cle).exists()
    assert dossier.reference in distribution.client("dpo").get(LISTE).content.decode()
    executer(envoi_du_bris.pk)
    assert Avis.objects.filter(destinataire__courriel="dpo@demo.test", texte__contains=dossier.reference).exists()


@scenario
def le_cadre_et_la_direction_ne_lisent_aucun_contenu_clinique(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    for nom in ("cadre", "juriste", "garde", "directrice"):
        lu = ouvrir(distribution, dossier, nom).get(page(dossier)).content.decode()
        for champ in ("faits", "paroles", "nom"):
            assert JETON[champ] not in lu, (nom, champ)
        assert "Violences" not in lu, nom
    assert "votre rôle ne lit pas" in ouvrir(distribution, dossier, "cadre").get(page(dossier)).content.decode().lower()


@scenario
def un_acces_reste_liste_jusqu_a_son_examen_par_un_autre(
    distribution: Distribution, dossier: Dossier, travailler: Travailler
) -> None:
    ouvrir(distribution, dossier, "cadre")
    bris = BrisDeGlace.objects.get()
    chv = bris.service.institution_id
    assert bris_de_glace.a_examiner(chv) == bris_de_glace.AExaminer(1, (dossier.reference or "",), 0)
    soi = distribution.client("cadre")
    assert "propre accès" in soi.get(LISTE).content.decode()
    champs = {f"{bris.cle}-constat": "JUSTIFIE", f"{bris.cle}-avis": "Vu avec l’équipe."}
    soi.post(f"{LISTE}{bris.cle}/examiner/", champs)
    bris.refresh_from_db()
    assert bris.revu_le is None
    assert distribution.client("opj").get(LISTE).status_code == 403
    assert distribution.client("opj").post(f"{LISTE}{bris.cle}/examiner/", champs).status_code == 404
    dpo = distribution.client("dpo")
    lu = dpo.get(LISTE).content.decode()
    assert MOTIF in lu
    assert dossier.reference in lu
    dpo.post(f"{LISTE}{bris.cle}/examiner/", champs)
    bris.refresh_from_db()
    assert (bris.constat, bris.revu_par) == ("JUSTIFIE", distribution.utilisateur("dpo"))
    assert bris_de_glace.a_examiner(chv).nombre == 0
    assert "Aucun accès n’attend" in dpo.get(LISTE).content.decode()


def test_apres_72_heures_sans_examen_la_protection_est_relancee_une_fois(
    distribution: Distribution, dossier: Dossier, travailler: Callable[[], int]
) -> None:
    ouvrir(distribution, dossier)
    travailler()
    battre()
    assert not Envoi.objects.filter(cle_unique__endswith=":tard").exists()
    BrisDeGlace.objects.update(
        ouvert_le=timezone.now() - timedelta(hours=73), expire_le=timezone.now() - timedelta(hours=72)
    )
    for _ in range(3):
        battre()
        travailler()
    relances = Avis.objects.filter(texte__contains="72")
    assert [avis.destinataire.courriel for avis in relances] == ["dpo@demo.test"]
    assert bris_de_glace.a_examiner(distribution.service("CHV-URG").institution_id).en_retard == 1


def test_quitter_son_service_referme_l_acces(distribution: Distribution, dossier: Dossier) -> None:
    client = ouvrir(distribution, dossier)
    rattachement = distribution.utilisateur("infirmiere").rattachements.get()
    terminer_rattachement(rattachement=rattachement, acteur=distribution.acteur("admin_chv"))
    assert client.get(page(dossier)).status_code == 404


def test_un_dossier_deja_connu_s_ouvre_sans_rien_briser(distribution: Distribution, dossier: Dossier) -> None:
    client = eleve(distribution.client("soignante"))
    assert client.post(OUVRIR, envoi(dossier)).status_code == 302
    assert not BrisDeGlace.objects.exists()


def test_les_douze_scenarios(distribution: Distribution, dossier: Dossier, travailler: Travailler) -> None:
    echecs = {}
    for joue in SCENARIOS:
        with transaction.atomic():
            try:
                joue(distribution, dossier, travailler)
            except AssertionError as echec:
                echecs[joue.__name__] = str(echec)
            transaction.set_rollback(True)
    consigner("sec-07", scenarios=len(SCENARIOS), passes=len(SCENARIOS) - len(echecs))
    assert len(SCENARIOS) == 12
    assert echecs == {}
