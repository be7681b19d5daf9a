"""The Ordre at a seizure: summoned without a name, it answers, the hospital sees it at once, silence is told (R-15)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from convention.models import Permanence
from dossiers.models import Dossier, Echeance
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import workflow as w
from requisitions.annonces import relances
from requisitions.models import Convocation, Requisition
from requisitions.saisie.ordre import a_repondre_avant, appele_le, notes
from tests.requisitions.test_parcours import poster
from tests.requisitions.test_volets import page
from transitions.workflow import TransitionRefusee

MIDI = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
CANARIS = ("Delcambre", "Lucie", "L. D.", "CANARI", "2026/018834", "Commission rogatoire")


@pytest.mark.parametrize(
    ("urgence", "prevue", "attente"),
    [
        ("ORDINAIRE", None, timedelta(hours=24)),
        ("JOUR", None, timedelta(hours=2)),
        ("IMMEDIATE", None, timedelta(minutes=30)),
        ("ORDINAIRE", timedelta(hours=72), timedelta(hours=24)),
        ("ORDINAIRE", timedelta(hours=10), timedelta(hours=5)),
        ("IMMEDIATE", timedelta(minutes=-10), timedelta(minutes=30)),
    ],
)
def test_l_ordre_a_le_temps_que_l_urgence_lui_laisse(urgence, prevue, attente):
    avant, calcul = a_repondre_avant(MIDI, MIDI + prevue if prevue is not None else None, urgence)
    assert avant == MIDI + attente
    assert "proposé" in calcul


@pytest.fixture
def saisie(deposee, juriste):
    """A seizure whose every writing names the patient, or what is looked for."""
    dossier = deposee(
        "SAISIE", cadre="CR", mission="CANARI-MISSION de Lucie Delcambre", qualification="CANARI-PENAL",
        num_procedure="2026/018834", autorite_nom="CANARI-AUTORITE",
    )  # fmt: skip
    lettre = Requisition.objects.get(pk=dossier.pk)
    lettre.consigne = "CANARI-CONSIGNE"
    lettre.save()
    return w.controler(dossier=dossier, acteur=juriste)


@pytest.fixture
def convoquee(saisie, distribution):
    reponse = distribution.client("juriste").post(
        reverse("requisitions:ordre", args=[saisie.cle]), {"lieu": "archives", "prevue_pour": "2027-01-08T09:30"}
    )
    assert reponse.status_code == 302
    return Dossier.objects.get(pk=saisie.pk)


def livrer():
    """What the worker would carry out now."""
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk"):
        executer(envoi.pk)


def convocation(dossier):
    return reverse("requisitions:convocation", args=[dossier.cle])


def test_l_ordre_lit_le_lieu_l_heure_l_autorite_et_rien_du_patient(convoquee, distribution, ecrits):
    livrer()
    ordre = distribution.client("ordre")
    liste = ordre.get(reverse("requisitions:convocations")).content.decode()
    assert convoquee.reference in liste
    detail = ordre.get(convocation(convoquee)).content.decode()
    for dit in ("Archives médicales", "8 janvier", "9 h 30", "Saisie"):
        assert dit in detail.replace("\u00a0", " "), dit
    assert convoquee.requisition.service_requerant.nom_externe in detail
    pages = [
        liste,
        detail,
        ordre.get(reverse("requisitions:dossier", args=[convoquee.cle]), follow=True).content.decode(),
        ordre.get(reverse("requisitions:file")).content.decode(),
        ordre.get(reverse("dossiers:acces", args=[convoquee.cle])).content.decode(),
        " ".join(Avis.objects.filter(destinataire=distribution.utilisateur("ordre")).values_list("texte", flat=True)),
        " ".join(f"{envoi.subject} {envoi.body}" for envoi in mail.outbox),
    ]
    for rang, lue in enumerate(pages):
        for interdit in CANARIS:
            assert interdit not in lue, (rang, interdit)


def test_la_convocation_imprimee_ne_nomme_ni_le_patient_ni_la_procedure(saisie, juriste, ecrits):
    w.convoquer_ordre(dossier=saisie, acteur=juriste, lieu="direction", prevue_pour=MIDI)
    [papier] = ecrits["pdf/requisition_ordre.html"]
    assert "Direction générale" in papier
    assert "20 novembre 2026" in papier.replace("\u00a0", " ")
    for interdit in CANARIS:
        assert interdit not in papier, interdit


def test_l_hopital_voit_aussitot_qui_vient(convoquee, distribution):
    juriste, ordre = distribution.client("juriste"), distribution.client("ordre")
    avant = page(juriste, "dossier", convoquee)
    assert "Réponse attendue" in avant
    assert distribution.service("CDOM-PERM").contacts.first().telephone.split()[0] in avant
    vide = ordre.post(convocation(convoquee), {"reponse": "vient", "conseiller": ""})
    assert vide.context["form"].errors["conseiller"] == ["Nommez le conseiller qui vient."]
    muette = ordre.post(convocation(convoquee), {"reponse": "empeche", "conseiller": "Dr Noël"})
    assert "Dites pourquoi" in muette.context["form"].errors["motif"][0]
    assert "Dr Noël" in muette.content.decode(), "rien n’est perdu"
    assert ordre.post(convocation(convoquee), {"reponse": "vient", "conseiller": "Dr Anne Noël"}).status_code == 302
    apres = page(juriste, "dossier", convoquee)
    assert "Présence confirmée" in apres
    assert "Dr Anne Noël" in apres
    assert not Echeance.objects.filter(dossier=convoquee, nom="ordre", tenue_le=None).exists()
    livrer()
    avis = Avis.objects.filter(destinataire=distribution.utilisateur("juriste")).values_list("texte", flat=True)
    assert any("présence confirmée" in texte for texte in avis), list(avis)
    requerant = distribution.client("opj").get(reverse("requisitions:dossier", args=[convoquee.cle])).content.decode()
    assert "Dr Anne Noël" not in requerant, "le requérant ne lit pas le nom du conseiller"


def test_l_ordre_peut_changer_de_conseiller_puis_dire_que_personne_ne_vient(convoquee, distribution):
    acteur = distribution.acteur("ordre")
    w.repondre_pour_l_ordre(dossier=convoquee, acteur=acteur, reponse="vient", conseiller="Dr Noël")
    w.repondre_pour_l_ordre(dossier=convoquee, acteur=acteur, reponse="empeche", motif="Aucun conseiller de garde.")
    dite = Convocation.objects.get(dossier=convoquee)
    assert (dite.reponse, dite.conseiller, dite.motif) == ("empeche", "", "Aucun conseiller de garde.")
    assert [ancienne.conseiller for ancienne in dite.history.all()][1] == "Dr Noël"
    assert "Personne ne vient" in page(distribution.client("juriste"), "dossier", convoquee)
    assert notes(dite) == {"ordre_presence": "excuse", "ordre_motif": "Aucun conseiller de garde."}
    Dossier.objects.filter(pk=convoquee.pk).update(etat="PRETE")
    with pytest.raises(TransitionRefusee, match="n’est plus à venir"):
        w.repondre_pour_l_ordre(dossier=convoquee, acteur=acteur, reponse="vient", conseiller="Dr Noël")


def test_seul_l_ordre_convoque_repond_et_lit_ses_convocations(convoquee, distribution):
    for nom in ("juriste", "opj"):
        assert distribution.client(nom).get(convocation(convoquee)).status_code == 403, nom
        with pytest.raises(TransitionRefusee, match="conseiller de permanence"):
            w.repondre_pour_l_ordre(
                dossier=convoquee, acteur=distribution.acteur(nom), reponse="vient", conseiller="Dr Noël"
            )
    assert distribution.client("gendarme").get(convocation(convoquee)).status_code == 404
    assert distribution.client("juriste").get(reverse("requisitions:convocations")).status_code == 403


def test_le_silence_de_l_ordre_est_dit_a_son_astreinte_et_aux_affaires_juridiques(
    saisie, juriste, distribution, time_machine
):
    debut = timezone.now()
    conseillere = distribution.utilisateur("ordre")
    Permanence.objects.create(
        service=distribution.service("CDOM-PERM"),
        titulaire=conseillere,
        debut=debut,
        fin=debut + timedelta(days=3),
        rang=1,
    )
    dossier = w.convoquer_ordre(dossier=saisie, acteur=juriste)
    livrer()
    Avis.objects.all().delete()
    relances.relancer_l_ordre()
    livrer()
    assert not Avis.objects.exists(), "le délai court encore"
    time_machine.move_to(debut + timedelta(hours=24, minutes=1), tick=False)
    for _ in range(2):
        relances.relancer_l_ordre()
        livrer()
    textes = dict(Avis.objects.values_list("destinataire__courriel", "texte"))
    assert textes[conseillere.courriel].startswith("Confirmez la présence")
    assert textes[distribution.utilisateur("juriste").courriel].startswith("L’Ordre n’a pas répondu")
    assert Avis.objects.filter(destinataire=conseillere).count() == 1, "une relance, une fois"
    assert "relancé" in page(distribution.client("juriste"), "dossier", dossier)


def test_le_deuxieme_puis_le_troisieme_d_astreinte_sont_appeles_a_leur_tour(
    saisie, juriste, distribution, time_machine
):
    """Each waits as long as the first, and nobody is called twice."""
    debut = timezone.now()
    gardes = {1: "ordre", 3: "referente"}
    for rang, nom in gardes.items():
        Permanence.objects.create(
            service=distribution.service("CDOM-PERM"),
            titulaire=distribution.utilisateur(nom),
            debut=debut,
            fin=debut + timedelta(days=9),
            rang=rang,
        )
    w.convoquer_ordre(dossier=saisie, acteur=juriste)
    livrer()
    limite = Echeance.objects.get(dossier=saisie, nom="ordre")
    attendus = [appele_le(limite.debut_le, limite.echeance_le, rang) for rang in (1, 2, 3)]
    assert [moment - debut > timedelta(hours=24 * rang - 1) for rang, moment in enumerate(attendus, 1)] == [True] * 3
    lus = []
    for moment in attendus:
        for ecart in (-1, 1):
            time_machine.move_to(moment + timedelta(minutes=ecart), tick=False)
            Avis.objects.all().delete()
            relances.relancer_l_ordre()
            livrer()
            lus.append(dict(Avis.objects.values_list("destinataire__courriel", "texte")))
    ordre, juriste_lu = distribution.utilisateur("ordre").courriel, distribution.utilisateur("juriste").courriel
    assert [ordre in avis for avis in lus] == [False, True, False, False, False, False]
    assert [avis.get(juriste_lu, "").split("\u00a0")[0].split(" :")[0] for avis in lus] == [
        "", "L’Ordre n’a pas répondu, appelez son astreinte", "", "L’Ordre ne répond toujours pas, appel n°", "",
        "L’Ordre ne répond toujours pas, appel n°",
    ]  # fmt: skip


def test_le_conseiller_rend_compte_aux_affaires_juridiques_et_a_elles_seules(convoquee, distribution):
    ordre = distribution.client("ordre")
    rendre = reverse("requisitions:compte_rendu_ordre", args=[convoquee.cle])
    ecrit = {"compte_rendu": "Trois pièces écartées : elles concernaient un tiers.", "reserves": "Portées au PV."}
    assert ordre.post(rendre, ecrit).status_code == 403, "l’opération n’a pas commencé"
    Dossier.objects.filter(pk=convoquee.pk).update(etat="EN_EXECUTION")
    vide = ordre.post(rendre, {"compte_rendu": "", "reserves": "Portées au PV."})
    assert vide.context["compte_rendu"].errors["compte_rendu"] == ["Écrivez le compte rendu de l’opération."]
    assert "Portées au PV." in vide.content.decode(), "rien n’est perdu"
    assert ordre.post(rendre, ecrit).status_code == 302
    livrer()
    juriste = distribution.utilisateur("juriste")
    assert Avis.objects.filter(destinataire=juriste, texte__startswith="Compte rendu de l’Ordre déposé").count() == 1
    lue = page(distribution.client("juriste"), "dossier", convoquee)
    assert "Trois pièces écartées" in lue
    assert "Portées au PV." in lue
    for nom in ("opj", "directrice", "parquet"):
        reponse = distribution.client(nom).get(reverse("requisitions:ouvrir", args=[convoquee.cle]), follow=True)
        assert "Trois pièces écartées" not in reponse.content.decode(), nom
    assert distribution.client("opj").post(rendre, ecrit).status_code == 403
    assert distribution.client("gendarme").post(rendre, ecrit).status_code == 404
    Dossier.objects.filter(pk=convoquee.pk).update(etat="CLOTUREE")
    assert ordre.post(rendre, ecrit | {"compte_rendu": "Corrigé."}).status_code == 302
    dite = Convocation.objects.get(dossier=convoquee)
    assert [ancien.compte_rendu for ancien in dite.history.all()][:2] == ["Corrigé.", ecrit["compte_rendu"]]


def test_une_presence_notee_sur_place_arrete_la_relance(saisie, juriste, time_machine):
    dossier = w.convoquer_ordre(dossier=saisie, acteur=juriste)
    Dossier.objects.filter(pk=dossier.pk).update(etat="EN_EXECUTION")
    w.remplir_volet(dossier=dossier, acteur=juriste, reponses={"ordre_presence": "present"})
    time_machine.move_to(timezone.now() + timedelta(hours=25), tick=False)
    relances.relancer_l_ordre()
    livrer()
    assert not Avis.objects.filter(texte__contains="pas répondu").exists()


def test_une_perquisition_inopinee_convoque_pour_tout_de_suite(distribution, table):
    distribution.utilisateur("parquet")
    distribution.client("garde").post(
        reverse("requisitions:perquisition"),
        {
            "requerant": distribution.service("PARQUET-PERM").pk, "cadre": "FLAG", "magistrat": "CANARI-MAGISTRAT",
            "magistrat_present": "oui",
            "arrivee_le": timezone.localtime(timezone.now() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M"),
            "mission": "CANARI dossier opératoire.", "lieu": "securite",
        },
    )  # fmt: skip
    dite = Convocation.objects.select_related("dossier").get()
    assert (dite.operation, dite.lieu) == ("perquisition", "securite")
    limite = Echeance.objects.get(dossier=dite.dossier, nom="ordre")
    assert limite.echeance_le - dite.convoquee_le == timedelta(minutes=30)
    lue = distribution.client("ordre").get(convocation(dite.dossier)).content.decode()
    assert "Perquisition" in lue
    assert "CANARI" not in lue


def test_le_point_de_rendez_vous_se_choisit_et_ne_s_ecrit_pas(saisie, distribution):
    client = distribution.client("juriste")
    refus = client.post(reverse("requisitions:ordre", args=[saisie.cle]), {"lieu": "Psychiatrie, lit de Mme Delcambre"})
    assert refus.status_code == 200
    assert "lieu" in refus.context["form"].errors
    assert not Convocation.objects.exists()
    poster(client, "ordre", saisie, lieu="accueil")
    assert Convocation.objects.get().prevue_pour is None


@pytest.mark.parametrize(
    ("etat", "mot"),
    [("RECUE", "Réponse attendue"), ("A_REGULARISER", "Opération en suspens"), ("ANNULEE", "Opération annulée"),
     ("REFUSEE", "Opération sans suite"), ("ABANDONNEE", "Opération sans suite"), ("PRETE", "Opération terminée"),
     ("CLOTUREE", "Opération terminée")],
)  # fmt: skip
def test_l_ordre_lit_ou_en_est_l_operation(etat, mot, convoquee, distribution):
    Dossier.objects.filter(pk=convoquee.pk).update(etat=etat)
    ordre = distribution.client("ordre")
    lue = ordre.get(convocation(convoquee)).content.decode()
    assert mot in lue
    assert ("Opération terminée" in lue) == (mot == "Opération terminée")
    a_venir = etat in {"RECUE", "A_REGULARISER"}
    liste = ordre.get(reverse("requisitions:convocations"), {} if a_venir else {"vue": "passees"}).content.decode()
    assert convoquee.reference in liste
    assert (mot in liste) == (etat != "RECUE")


def test_l_ordre_repond_encore_pendant_une_regularisation_et_n_est_pas_relance(convoquee, distribution):
    Dossier.objects.filter(pk=convoquee.pk).update(etat="A_REGULARISER")
    Echeance.objects.filter(dossier=convoquee, nom="ordre").update(echeance_le=timezone.now() - timedelta(minutes=1))
    relances.relancer_l_ordre()
    assert not Envoi.objects.filter(sujet="requisition.ordre").exists()
    suite = distribution.client("ordre").post(
        convocation(convoquee), {"reponse": "vient", "conseiller": "Dr Anne Noël"}
    )
    assert suite.status_code == 302
    Dossier.objects.filter(pk=convoquee.pk).update(etat="ANNULEE")
    refus = distribution.client("ordre").post(convocation(convoquee), {"reponse": "vient", "conseiller": "Dr B."})
    assert refus.status_code == 403


def test_un_dossier_pret_a_etre_remis_n_est_pas_une_operation_terminee(convoquee, distribution):
    Dossier.objects.filter(pk=convoquee.pk).update(etat="PRETE")
    Convocation.objects.filter(dossier=convoquee).update(operation="remise")
    lue = distribution.client("ordre").get(convocation(convoquee)).content.decode()
    assert "Remise à venir" in lue
    assert "Opération terminée" not in lue


@pytest.mark.parametrize("motif", ["Aucun conseiller avant lundi", "Aucun conseiller avant lundi."])
def test_un_motif_se_lit_avec_un_point_et_un_seul(motif, convoquee, distribution):
    ordre = distribution.client("ordre")
    ordre.post(convocation(convoquee), {"reponse": "empeche", "motif": motif})
    for lue in (
        ordre.get(convocation(convoquee)).content.decode(),
        page(distribution.client("juriste"), "dossier", convoquee),
    ):
        assert "avant lundi." in lue
        assert "avant lundi.." not in lue


def test_le_rendez_vous_deplace_se_dit_a_l_ordre_et_lui_redemande_sa_reponse(convoquee, distribution, juriste, ecrits):
    ordre, client = distribution.client("ordre"), distribution.client("juriste")
    ordre.post(convocation(convoquee), {"reponse": "vient", "conseiller": "Dr Anne Noël"})
    livrer()
    url = reverse("requisitions:ordre", args=[convoquee.cle])
    assert url in page(client, "dossier", convoquee)
    assert client.get(url).context["form"]["lieu"].value() == "archives"
    meme = client.post(url, {"lieu": "archives", "prevue_pour": "2027-01-08T09:30"})
    assert "Ni le lieu ni l’heure" in meme.content.decode()
    assert client.post(url, {"lieu": "direction", "prevue_pour": "2027-01-11T14:00"}).status_code == 302
    lue = ordre.get(convocation(convoquee)).content.decode().replace("\u00a0", " ")
    for mot in ("11 janvier", "14 h", "Direction générale"):
        assert mot in lue, mot
    assert "Dr Anne Noël" not in lue, "elle avait répondu pour une autre heure"
    assert "11 janvier" in ecrits["pdf/requisition_ordre.html"][-1].replace("\u00a0", " ")
    assert Echeance.objects.filter(dossier=convoquee, nom="ordre", tenue_le=None).exists()
    livrer()
    avis = Avis.objects.filter(destinataire=distribution.utilisateur("ordre")).values_list("texte", flat=True)
    assert any("déplacé" in texte for texte in avis), list(avis)


def test_le_rendez_vous_d_une_operation_sans_suite_ne_se_deplace_plus(convoquee, juriste, refusee):
    refusee(convoquee)
    with pytest.raises(TransitionRefusee, match="plus à venir"):
        w.deplacer_convocation(dossier=convoquee, acteur=juriste, lieu="direction")
